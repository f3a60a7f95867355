"""Papers in the forms that other programs read: a table of functions, one a form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from digest.catalogue.related import Related
from digest.latex import to_plain
from digest.paper import Paper
from digest.website.bibtex import bibtex
from digest.website.citation import cite
from digest.website.citation_forms import csl, ris
from digest.website.exports import export_paper

_COLUMNS = (
    "key", "title", "authors", "published", "venue", "doi", "arxiv", "tags", "url", "code",
    "abstract",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a cell begins that a spreadsheet takes for a formula."""


class Exported(NamedTuple):
    """A paper, and what its entry says besides."""

    paper: Paper
    key: str
    """By which it is cited."""
    related: tuple[Related, ...]


def to_jsonl(papers: Iterable[Exported]) -> Iterator[str]:
    """One object a line, as in the site's `data/`."""
    for each in papers:
        yield msgspec.json.encode(export_paper(each.paper, each.related)).decode() + "\n"


def to_bibtex(papers: Iterable[Exported]) -> Iterator[str]:
    """Entries with a blank line between them."""
    for number, each in enumerate(papers):
        yield ("\n" if number else "") + bibtex(each.paper, each.key)


def to_ris(papers: Iterable[Exported]) -> Iterator[str]:
    """Entries of RIS."""
    for number, each in enumerate(papers):
        yield ("\r\n" if number else "") + ris(cite(each.paper, each.key))


def to_csl_json(papers: Iterable[Exported]) -> Iterator[str]:
    """One array of CSL-JSON."""
    yield "["
    for number, each in enumerate(papers):
        item = csl(cite(each.paper, each.key))
        yield (",\n" if number else "\n") + msgspec.json.encode(item).decode()
    yield "\n]\n"


def to_csv(papers: Iterable[Exported]) -> Iterator[str]:
    """A table with a head, as RFC 4180 has it; several names in a cell are parted by `; `.

    What a spreadsheet would take for a formula begins with an apostrophe: the texts are strangers'.
    """
    line = io.StringIO()
    write = csv.writer(line).writerow
    write(_COLUMNS)
    for each in papers:
        write(map(_harmless, _cells(each)))
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _cells(each: Exported) -> tuple[str, ...]:
    paper, citation = each.paper, cite(each.paper, each.key)
    return (
        each.key,
        citation.title,
        "; ".join(author.name for author in paper.authors),
        paper.published or "",
        paper.venue.label if paper.venue else "",
        paper.doi or "",
        paper.eprint or "",
        "; ".join(tag.name for tag in paper.tags if tag.page),
        citation.url,
        next((link.url for link in paper.links if link.kind == "code"), ""),
        to_plain(paper.abstract or ""),
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


FORMATS: Mapping[str, Callable[[Iterable[Exported]], Iterator[str]]] = {
    "jsonl": to_jsonl,
    "bibtex": to_bibtex,
    "ris": to_ris,
    "csl-json": to_csl_json,
    "csv": to_csv,
}
"""Every form by its name."""
