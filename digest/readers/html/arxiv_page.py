"""Saved pages of arXiv: what an abstract page says outside of its tags, and lists of papers.

A list is a row of `<dt>` with the identifier and `<dd>` with title, authors, comments, subjects
and, in the lists of new papers, the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from digest.identifiers import Eprint, match_arxiv
from digest.paper import Record
from digest.readers.base import Remark, Unread
from digest.readers.markup import plain_line, strip_tags
from digest.readers.xml.text import arxiv_paragraphs, links_in

_CELL = re.compile(
    r"<td class=[\"']tablecell (comments|subjects|jref)\b[^\"'<>]{0,60}[\"']>(.{1,3000}?)</td>",
    re.S,
)
_TERM = re.compile(r"<dt\b[^<>]{0,100}>")
_TITLE = "list-title"
_FIELD = re.compile(
    r"<div class=[\"']list-(title|authors|comments|subjects|journal-ref)\b[^\"'<>]{0,60}[\"']>"
)
_ABSTRACT = re.compile(r"<p class=[\"']mathjax[\"']>")
_NAME = re.compile(r"/abs/")
_LABEL = re.compile(r"^(?:Title|Authors?|Comments?|Subjects?|Journal-ref)\s*:\s*", re.I)
_CODE = re.compile(r"\(([a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Za-z-]{2,10})?)\)")
_LARGEST = 100_000
_LONGEST_FIELD = 20_000


def with_cells(record: Record, text: str) -> Record:
    """`record` with the comment, the subjects and the reference that the page's table gives."""
    cells = {m[1]: plain_line(m[2]) for m in _CELL.finditer(text)}
    if not cells:
        return record
    return structs.replace(
        record,
        comment=record.comment or cells.get("comments"),
        journal_ref=record.journal_ref or cells.get("jref"),
        tags=record.tags or _codes(cells.get("subjects")),
    )


def _codes(subjects: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_CODE.findall(subjects or "")))


def find_listed(text: str) -> Iterator[Record | Unread | Remark]:
    """The papers of a list, each from its `<dt>` to the next."""
    if _TITLE not in text:
        return
    starts = [m.start() for m in _TERM.finditer(text)]
    for start, limit in zip(starts, [*starts[1:], len(text)], strict=False):
        stop = text.find("</dd>", start, min(limit, start + _LARGEST))
        end = stop + len("</dd>") if stop >= 0 else _last_tag(text, start, limit)
        entry = text[start : min(end, start + _LARGEST)]
        if _TITLE not in entry:
            continue
        record = _listed(entry, start, end)
        if record is None:
            why = "an entry of a list without title or identifier"
            yield Unread((start, end), why)
            yield Remark(start, "warning", why, "save the page again")
        else:
            yield record


def _last_tag(text: str, start: int, limit: int) -> int:
    close = text.rfind("</div>", start, limit)
    return close + len("</div>") if close >= 0 else limit


def _listed(entry: str, start: int, end: int) -> Record | None:
    fields: dict[str, str] = {}
    for m in _FIELD.finditer(entry):
        if m[1] not in fields:
            shown = plain_line(_until(entry, m.end(), "</div>")) or ""
            fields[m[1]] = _LABEL.sub("", shown)
    eprint = _identifier(entry)
    title = fields.get("title")
    if not title or eprint is None:
        return None
    below = _ABSTRACT.search(entry)
    said = strip_tags(_until(entry, below.end(), "</p>")) if below else ""
    abstract = arxiv_paragraphs(said)
    comment = fields.get("comments") or None
    authors = (name.strip() for name in (fields.get("authors") or "").split(","))
    return Record(
        span=(start, end),
        title=title,
        abstract=abstract,
        authors=tuple(name for name in authors if name),
        eprint=eprint.id,
        eprint_version=eprint.version,
        comment=comment,
        journal_ref=fields.get("journal-ref") or None,
        links=tuple(links_in(abstract, comment)),
        tags=_codes(fields.get("subjects")),
    )


def _until(entry: str, start: int, close: str) -> str:
    end = entry.find(close, start, start + _LONGEST_FIELD)
    return entry[start : end if end >= 0 else start + _LONGEST_FIELD]


def _identifier(entry: str) -> Eprint | None:
    for m in _NAME.finditer(entry):
        found = match_arxiv(entry, m.end())
        if found:
            return found[0]
    return None
