"""How many papers a real file holds, counted by the plainest means and without the readers.

What is counted is the mark that every entry of a format has: `@type{`, `ER  -`, an element's name,
a row. Where a file holds entries that are no papers, `EXCEPTIONS` names it and says why.
"""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SHARED = Path(__file__).parents[2] / "../shared"
FORMATS = SHARED / "formats"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

EXCEPTIONS: dict[str, tuple[int, str]] = {
    "id_abc_s0_m100_b79c8dcf6bc3.json": (0, "its one entry is the API's message of an error"),
    "id_abc_s0_m100_b79c8dcf6bc3.xml": (0, "its one entry is the API's message of an error"),
    "fixtures/entry.bib": (3, "@article{foo,} has no field at all"),
    "MedlineImporterTestBookArticleSet.xml": (1, "the second book has no title and no abstract"),
    "baseline_reference_types.ris": (59, "two entries have no field but the end"),
    "duplicate_records.csv": (10, "four rows give neither title nor abstract nor a real DOI"),
    "APS_PhysRevLett.122.145901.html": (0, "a check for robots in place of the paper's page"),
    "TFOnline_00268976.2013.788745.html": (0, "a check for robots in place of the paper's page"),
    "TFOnline_23311932.2015.1117749.html": (0, "a check for robots in place of the paper's page"),
    "AnnualReview_annurev_conmatphys_031214_014726_Out.json": (0, "its title is “None”"),
    "plugin-bibtex/test/input.json": (
        0,
        "cases that test a converter, most of a field or two: nothing tells them for papers",
    ),
    "plugin-bibtex/test/output.json": (0, "as input.json; `--as json` reads both"),
    "semanticscholar/tests/data/test_get_papers.yaml": (0, "the answer gives authors alone"),
    "test_search_paper_bulk_retrieval_sorted_results_default_order.yaml": (
        0,
        "the answers give numbers of citations alone",
    ),
    "test_search_paper_min_citation_count.yaml": (0, "the answer gives citations alone"),
    "test_search_paper_open_access_pdf.yaml": (
        17,
        "the answer gives addresses of PDF files alone, 17 of which name a DOI",
    ),
    "test_search_paper_venue.yaml": (0, "the answer gives venues alone"),
    "test_search_paper_year.yaml": (0, "the answer gives years alone"),
    "test_search_paper_year_range.yaml": (0, "the answer gives years alone"),
}
"""End of a path, how many papers it holds, and why the plain count says otherwise."""


def files() -> list[Path]:
    """The real files, in order."""
    if not FORMATS.is_dir():
        return []
    return sorted(p for p in FORMATS.rglob("*") if p.is_file() and p.name != "MANIFEST.json")


class Count(NamedTuple):
    """How many papers a file holds."""

    plain: int | None
    """By counting marks. None where nobody has said how its kind is counted."""
    expected: int | None
    why: str
    """Why the two differ."""


def count(path: Path) -> Count:
    """What is expected of a real file."""
    place = path.relative_to(FORMATS).as_posix()
    counts = _COUNTS.get(place.partition("/")[0])
    plain = counts(path, _text(path)) if counts else None
    for end, (number, why) in EXCEPTIONS.items():
        if place.endswith(end):
            return Count(plain, number, why)
    return Count(plain, plain, "")


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").replace("\r\n", "\n")


def _lines(pattern: str) -> Callable[[Path, str], int]:
    found = re.compile(pattern, re.M)
    return lambda _, text: len(found.findall(text))


def _one(_: Path, text: str) -> int:
    return int(bool(text.strip()))


def _bibtex(_: Path, text: str) -> int:
    # Sets and `xdata` only serve other entries.
    other = {"string", "comment", "preamble", "set", "xdata"}
    kinds = re.findall(r"^[ \t\ufeff]*@[ \t]*(\w+)\s*[{(]", text, re.M)
    return sum(kind.lower() not in other for kind in kinds)


def _elements(text: str, *names: str) -> int:
    root = ET.fromstring(text)
    return sum(e.tag.rpartition("}")[2] in names for e in root.iter())


def _atom(path: Path, text: str) -> int:
    if path.suffix == ".json":
        text = json.loads(text)["body"]
    return _elements(text, "entry", "item")


def _oai(_: Path, text: str) -> int:
    return _elements(text, "record")


def _pubmed(path: Path, text: str) -> int:
    if path.suffix in {".txt", ".nbib"}:
        return _medline(path, text)
    text = re.sub(r"<!DOCTYPE[^>]*>", "", text)
    text = re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;", " ", text)
    return _elements(text, "PubmedArticle", "PubmedBookArticle") or _elements(
        text, "MedlineCitation", "article"
    )


def _medline(_: Path, text: str) -> int:
    """Blocks between blank lines that begin with a tag."""
    blocks = re.split(r"(?:\r?\n[ \t]*){2,}", text.strip())
    return sum(re.match(r"[A-Z]{2,4} *-", block) is not None for block in blocks)


def _ris(_: Path, text: str) -> int:
    if re.search(r"^(?:FN|PT) ", text, re.M):
        return len(re.findall(r"^ER\b", text, re.M))
    return len(re.findall(r"^[ \t\ufeff]*ER {0,2}-", text, re.M))


def _reference_manager(path: Path, text: str) -> int:
    if path.suffix == ".xml":
        return _elements(text, "record")
    patterns = {
        ".isi": r"^PT ",
        ".enw": r"^%0 |\A%[A-Z]",
        "Ovid": r"^<\d+>",
        "Copac": r"^TI-",
        "Inspec": r"^TI ~",
    }
    for sign, pattern in patterns.items():
        if sign in path.name:
            return max(len(re.findall(part, text, re.M)) for part in pattern.split("|"))
    raise LookupError(f"{path.name}: how is this counted?")


def _rows(_: Path, text: str) -> int:
    mark = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    return sum(any(cell.strip() for cell in row) for row in rows) - 1


def _objects(value: Any, *names: str) -> int:
    """Objects that have a field of one of these names, not counting those inside them."""
    if isinstance(value, dict):
        if any(isinstance(value.get(name), str | dict | list) for name in names):
            return 1
        value = list(value.values())
    return sum(_objects(inner, *names) for inner in value) if isinstance(value, list) else 0


def _csl(_: Path, text: str) -> int:
    return _objects(json.loads(text), "title", "issued")


def _cassette(path: Path, text: str) -> int:
    """Papers in the answers that a test has recorded."""
    if path.suffix == ".json":
        return _objects(json.loads(text), "paperId", "title")
    return sum(_objects(answer, "paperId", "DOI", "title") for answer in _answers(text))


def _answers(text: str) -> Iterator[Any]:
    for pair in yaml.load(text, Loader=_Loader)["interactions"]:
        answer = pair["response"]
        body = answer["body"]["string"] if "body" in answer else answer["content"]
        data = body if isinstance(body, bytes) else body.encode()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        try:
            yield json.loads(data)
        except ValueError:
            yield None  # words, such as `Resource not found.`


def _markdown(path: Path, text: str) -> int | None:
    """What the maker of a list repeats in every row."""
    place = path.as_posix()
    if path.suffix == ".csv":
        return _rows(path, text)
    if "dair-ai" in place:
        return len(re.findall(r"^\| *\d+[).]", text, re.M))
    if "zziz" in place:
        return len(re.findall(r"^\| \[", text, re.M)) - 1  # the first leads to the years
    if "gabrielchua" in place:
        return text.count("(Read more on ")
    return None


def _alerts(_: Path, text: str) -> int:
    """Titles in the mails: base64 in JSON."""
    found = 0
    for body in re.findall(r'"data": *"([\w=-]{100,})"', text):
        mail = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode("utf-8", "replace")
        found += mail.count("gse_alrt_title")
    return found


_COUNTS: dict[str, Callable[[Path, str], int | None]] = {
    "arxiv-abs": _one,
    "arxiv-atom": _atom,
    "arxiv-mail": _lines(r"^(?:arXiv|Paper): ?\S"),
    "arxiv-mail-latin1": _lines(r"^(?:arXiv|Paper): ?\S"),
    "arxiv-oai": _oai,
    "arxiv-rss": _atom,
    "bibtex": _bibtex,
    "crossref": _cassette,
    "crossref-xml": _lines(
        r"<(?:\w+:)?(?:journal_article|conference_paper|posted_content|content_item|dissertation)\b"
    ),
    "csl-json": _csl,
    "csv": _rows,
    "hf-page-html": _one,
    "isi-endnote": _reference_manager,
    "markdown": _markdown,
    "medline": _pubmed,
    "miniconf": _rows,
    "nbib": _medline,
    "openreview": lambda _, text: len(json.loads(text)),
    "pmlr-posts": _one,
    "publisher-html": _one,
    "pubmed-xml": _pubmed,
    "ris": _ris,
    "scholar-alerts": _alerts,
    "semantic-scholar": _cassette,
}
