"""Real papers laid out in the formats that are measured, an entry at a time."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from common import CORPUS, ROOT, block, load_corpus

sys.path.insert(0, str(ROOT))

from digest.readers import read_file

Paper = dict[str, Any]


class Layout(NamedTuple):
    """How a file of papers is put together."""

    name: str
    """The format's, as `digest read` says it."""
    suffix: str
    entry: Callable[[Paper], str]
    before: str = ""
    between: str = "\n"
    after: str = ""
    papers_a_file: int = 500

    def show(self, papers: Iterable[Paper]) -> Iterator[str]:
        """The text of a file, piece by piece."""
        yield self.before
        for number, paper in enumerate(papers):
            yield (self.between if number else "") + self.entry(paper)
        yield self.after


def load_papers() -> Iterator[Paper]:
    """Papers without end, no two with one `number`: the shared corpus, else the example content.

    What comes again comes under another number, and is otherwise the same.
    """
    numbers = itertools.count()
    while True:
        for paper in load_corpus(100_000) if CORPUS.exists() else _examples():
            yield {**paper, "number": next(numbers)}


def _examples() -> Iterator[Paper]:
    sightings = itertools.chain.from_iterable(
        read_file(path, path.name).sightings for path in sorted((ROOT / "content").rglob("*.txt"))
    )
    for number, record in enumerate(sighting.record for sighting in sightings):
        if record.abstract:
            abstract = " ".join(record.abstract.split())
            yield {
                "title": record.title or abstract[:60],
                "abstract": abstract,
                "comment": record.comment or "",
                "authors": ["A. Author", "B. Writer"],
                "arxiv": f"1501.{number + 10_000:05}",
                "doi": record.doi or "",
                "date": "2015-01-31",
                "updated": "",
                "tags": ["cs.DL"],
            }


def lay_out(layout: Layout, folder: Path, size: int) -> list[Path]:
    """Files of together `size` bytes, or a little more."""
    folder.mkdir(parents=True)
    papers = load_papers()
    paths: list[Path] = []
    written = 0
    while written < size:
        text = "".join(layout.show(itertools.islice(papers, layout.papers_a_file)))
        path = folder / f"{len(paths):05}{layout.suffix}"
        written += path.write_bytes(text.encode())
        paths.append(path)
    return paths


def _glued(p: Paper) -> str:
    return "\n".join(filter(None, (p["abstract"], p["comment"], f"arXiv:{p['arxiv']}")))


def _titled(p: Paper) -> str:
    day = date.fromisoformat(p["date"])
    trailer = f"  • {len(p['authors'])} authors\n·\n{day:%b} {day.day}, {day.year}"
    return "\n\n".join((p["title"], p["abstract"], trailer))


def _front_matter(p: Paper) -> str:
    fields = {
        "title": p["title"],
        "authors": p["authors"],
        "date": p["date"],
        "arxiv": p["arxiv"],
        "tags": p["tags"],
    }
    # JSON's strings and lists are YAML's.
    head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{head}---\n\n{p['abstract']}\n"


def _json_line(p: Paper) -> str:
    fields = ("title", "abstract", "authors", "arxiv", "doi", "date", "updated", "comment", "tags")
    return json.dumps({name: p[name] for name in fields}, ensure_ascii=False)


def _mail(p: Paper) -> str:
    day = date.fromisoformat(p["date"])
    fields = [
        f"Title: {p['title']}",
        f"Authors: {', '.join(p['authors'])}",
        f"Categories: {' '.join(p['tags'])}",
    ]
    if p["comment"]:
        fields.append(f"Comments: {p['comment']}")
    if p["doi"]:
        fields.append(f"DOI: {p['doi']}")
    head = "\n".join(textwrap.fill(f, 79, subsequent_indent="  ") for f in fields)
    return (
        f"\\\\\narXiv:{p['arxiv']}\nDate: {day:%a}, {day.day} {day:%b} {day.year} 10:13:39 GMT"
        f"   (45kb)\n\n{head}\n\\\\\n{textwrap.fill(p['abstract'], 79, initial_indent='  ')}\n"
        f"\\\\ ( https://arxiv.org/abs/{p['arxiv']} ,  45kb)\n" + "-" * 78
    )


def _bibtex(p: Paper) -> str:
    year, month, _ = p["date"].split("-")
    fields = {
        "title": p["title"],
        "author": " and ".join(p["authors"]),
        "year": year,
        "month": month,
        "eprint": p["arxiv"],
        "archiveprefix": "arXiv",
        "doi": p["doi"],
        "abstract": p["abstract"],
    }
    # A parser that stops at a brace without its fellow has nothing to compare.
    shown = (
        f"  {name} = {{{value if value.count('{') == value.count('}') else _bare(value)}}}"
        for name, value in fields.items()
        if value
    )
    return f"@article{{paper{p['number']},\n" + ",\n".join(shown) + "\n}\n"


def _bare(value: str) -> str:
    return value.replace("{", "").replace("}", "")


def _ris(p: Paper) -> str:
    lines = [("TY", "JOUR"), ("TI", p["title"]), *(("AU", name) for name in p["authors"])]
    lines += [("PY", p["date"].replace("-", "/")), ("AB", p["abstract"]), ("DO", p["doi"])]
    lines += [("UR", f"https://arxiv.org/abs/{p['arxiv']}"), *(("KW", tag) for tag in p["tags"])]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def _medline(p: Paper) -> str:
    lines = [("PMID", str(p["number"] + 1)), ("TI", p["title"]), ("AB", p["abstract"])]
    lines += [("FAU", name) for name in p["authors"]]
    lines += [("DP", p["date"][:4]), ("LID", p["doi"] and p["doi"] + " [doi]")]
    return "".join(
        textwrap.fill(f"{tag:<4}- {value}", 86, subsequent_indent=" " * 6) + "\n"
        for tag, value in lines
        if value
    )


def _atom(p: Paper) -> str:
    names = "".join(f"<author><name>{escape(name)}</name></author>" for name in p["authors"])
    tags = "".join(f'<category term="{escape(tag)}"/>' for tag in p["tags"])
    return (
        f"<entry><id>http://arxiv.org/abs/{p['arxiv']}v1</id><title>{escape(p['title'])}</title>"
        f"<updated>{p['updated'] or p['date']}T00:00:00Z</updated>"
        f"<published>{p['date']}T00:00:00Z</published><summary>{escape(p['abstract'])}</summary>"
        f'{names}{tags}<link href="http://arxiv.org/abs/{p["arxiv"]}v1" rel="alternate"/></entry>'
    )


_COLUMNS = ("title", "authors", "abstract", "arxiv", "doi", "date", "comment")


def _csv(p: Paper) -> str:
    row = io.StringIO()
    values = {**p, "authors": "; ".join(p["authors"])}
    csv.writer(row, lineterminator="").writerow([values[name] for name in _COLUMNS])
    return row.getvalue()


_ATOM = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns="http://www.w3.org/2005/Atom">\n<title>Papers</title>\n'
)
_MAIL = "Subject: cs daily Subj-class mailing\n\n" + "-" * 78 + "\n"

LISTINGS = (
    Layout("abstracts", ".txt", lambda p: f"Abstract:{p['abstract']}"),
    Layout("blocks", ".txt", block, between="\n\n"),
    Layout("glued", ".txt", _glued, between=""),
    Layout("titles", ".txt", _titled, "Daily Papers\n\nSubscribe\n\n", "\n\n"),
    Layout("arxiv-mail", ".txt", _mail, _MAIL),
    Layout("front-matter", ".md", _front_matter, papers_a_file=1),
)
"""Formats that no library reads."""
INTERCHANGE = (
    Layout("json", ".jsonl", _json_line),
    Layout("bibtex", ".bib", _bibtex),
    Layout("ris", ".ris", _ris),
    Layout("medline", ".nbib", _medline),
    Layout("atom", ".xml", _atom, _ATOM, after="\n</feed>\n"),
    Layout("table", ".csv", _csv, ",".join(_COLUMNS) + "\n"),
)
"""Formats that libraries read."""
LAYOUTS = {layout.name: layout for layout in (*LISTINGS, *INTERCHANGE)}
