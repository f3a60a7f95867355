"""Real files that lie beside their expected values are read as those say."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from digest.paper import Record
from digest.readers import read_file
from tests.readers.counts import FORMATS

pytestmark = pytest.mark.skipif(
    not FORMATS.is_dir(), reason="the real files are not beside the project"
)
_PAGES = FORMATS / "publisher-html"
NO_PAPER = {
    "APS_PhysRevLett.122.145901.html": "a check for robots",
    "TFOnline_00268976.2013.788745.html": "a check for robots",
    "TFOnline_23311932.2015.1117749.html": "a check for robots",
    "AnnualReview_annurev_conmatphys_031214_014726_Out.json": "its title is “None”",
}
"""Files beside expected values that hold no paper, and what they hold."""


def found(path: Path) -> list[Record]:
    return [s.record for s in read_file(path, path.name).sightings]


def folded(text: str | None) -> str:
    """Words alone: without markup, and whatever the quotes, dashes and blanks."""
    text = re.sub(r"<[^<>]{1,200}>", "", html.unescape(html.unescape(text or "")))
    return " ".join(re.sub(r"[‐‑–—−]", "-", text).replace("’", "'").split())


def people(names: list[str] | tuple[str, ...]) -> list[str]:
    """Names in one order of their parts."""
    turned = []
    for name in names:
        family, comma, given = folded(name).partition(",")
        turned.append(f"{given.strip()} {family}" if comma else family)
    return turned


def printed(out: dict[str, Any]) -> list[str]:
    return [
        folded(f"{person.get('given') or ''} {person.get('family') or ''}")
        for person in out.get("author_list", [])
    ]


EXPECTED = sorted(_PAGES.rglob("*_Out.json")) if FORMATS.is_dir() else []


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.removesuffix("_Out.json"))
def test_pages_and_what_papis_made_of_them(path: Path) -> None:
    """Title, authors, year and DOI of a saved page are those beside it; and the file that holds
    them is itself read so."""
    out = json.loads(path.read_text("utf-8"))
    page = path.with_name(path.name.replace("_Out.json", ".html"))
    for file in (path, page):
        if file.name in NO_PAPER or not file.exists():
            continue
        (record,) = found(file)
        assert folded(record.title) == folded(out["title"]), file.name
        assert people(record.authors) == printed(out), file.name
        if out.get("doi"):
            assert (record.doi or "").lower() == out["doi"].lower(), file.name
        year = str(out.get("year") or "")[:4]
        if len(year) == 4:
            assert (record.published or "")[:4] == year, file.name


def fields(record: Record) -> tuple[object, ...]:
    """Everything but the place."""
    return tuple(
        value
        for name in record.__struct_fields__
        if name not in ("span", "confidence")
        for value in [getattr(record, name)]
    )


def test_an_answer_reads_the_same_wrapped_and_bare() -> None:
    """The XML of an answer of arXiv and the JSON that wraps it give the same records."""
    pairs = 0
    for wrapped in sorted((FORMATS / "arxiv-atom").rglob("*.json")):
        bare = wrapped.with_suffix(".xml")
        if bare.exists():
            pairs += 1
            assert list(map(fields, found(wrapped))) == list(map(fields, found(bare)))
    assert pairs >= 5


def test_a_table_reads_the_same_whatever_parts_its_cells() -> None:
    """One table saved with commas, semicolons and tabs, and with blanks in its names."""
    tables = sorted((FORMATS / "csv").rglob("generic*.*"))
    same = [p for p in tables if "labels" not in p.name]
    assert len(same) >= 5
    first, *others = [list(map(fields, found(path))) for path in same]
    assert first
    assert all(first[0][0] and other == first for other in others)


def test_a_bibliography_reads_as_what_a_parser_wrote_of_it() -> None:
    """A file and what bibtexparser wrote after reading it hold the same papers."""
    pairs = 0
    for written in sorted((FORMATS / "bibtex").rglob("*_output.bib")):
        source = written.with_name(written.name.replace("_output", ""))
        if source.exists():
            pairs += 1

            def key(record: Record) -> tuple[object, ...]:
                return folded(record.title), record.authors, record.published, record.doi

            assert sorted(map(key, found(source))) == sorted(map(key, found(written)))
    assert pairs >= 2


def test_openreview_fields() -> None:
    """Title, abstract and authors of every OpenReview record are those of the JSON."""
    for path in sorted((FORMATS / "openreview").rglob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        records = found(path)
        assert len(records) == len(truth)
        for record, paper in zip(records, truth, strict=True):
            assert folded(record.title) == folded(paper["title"])
            assert folded(record.abstract) == folded(paper["abstract"])
