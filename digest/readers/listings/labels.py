"""Labels that pages print before the fields of a paper: `Title:`, `Authors:`, `Subjects:`."""

from __future__ import annotations

import re

from digest.identifiers import OLD_ARCHIVES
from digest.paper import Span
from digest.readers.listings.lines import Line

_ROLES = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "abstract": "abstract",
    "summary": "abstract",
    "comment": "comment",
    "comments": "comment",
    "journal ref": "journal_ref",
    "journal reference": "journal_ref",
    "subject": "subjects",
    "subjects": "subjects",
    "categories": "subjects",
    "keywords": "subjects",
    "doi": "doi",
    "related doi": "doi",
    "journal doi": "doi",
    "arxiv id": "eprint",
    "arxiv": "eprint",
    "cite as": "cite",
    "publish": "date",
    "published": "date",
    "date": "date",
    "submitted": "date",
    "submitted on": "date",
    "publication date": "date",
    "updated": "updated",
    "last updated": "updated",
    "code": "code",
    "github": "code",
    "project": "project",
    "project page": "project",
    "link": "link",
    "links": "link",
    "url": "link",
    "pdf": "link",
    "venue": "venue",
    "conference": "venue",
    "report number": "",
    "report no": "",
    "msc class": "",
    "msc classes": "",
    "acm class": "",
    "acm classes": "",
    "license": "",
    "relevance": "",
    "novelty": "",
    "score": "",
}
"""Labels in lower case, `-` as a blank, and the field that each one tells ("": none of ours)."""
_LABEL = re.compile(
    r"(?:[-•*▪]\s{0,3})?(\*\*)?([A-Z][A-Za-z]{1,12}(?:[ -][A-Za-z]{2,10})?)(?:\(s\))?\s{0,3}[:：]"
    r"(?(1)\*\*)\s*"
)
_ABSTRACT = re.compile(r"(?:Abstract|ABSTRACT)(?:\.?\s*$|\.?\s?[—–-]\s{0,3})")
_SUBMITTED = re.compile(r"(Submitted)\s+(?:\d|[A-Z][a-z]{2,8}\s\d)")
_ARCHIVES = "|".join(sorted(name for name in OLD_ARCHIVES if "-" in name))
CATEGORY = rf"(?:[a-z][a-z-]{{1,8}}\.[A-Za-z-]{{2,9}}|{_ARCHIVES})"
"""A category of arXiv, as a pattern: `cs.CV`, `hep-th`."""
CATEGORIES = re.compile(rf"(?:{CATEGORY}(?:[\s,;]{{1,4}}|$))+")
"""A line of arXiv categories and nothing else."""
_MIDLINE = re.compile(r"\s{1,8}Authors?:\s{1,8}(?=\S)")
_WIDEST_LABEL = 40


def read_label(line: str) -> tuple[str, int] | None:
    """The field that a line's label tells, and where its value begins; None without a label."""
    m = _LABEL.match(line)
    if m is None:
        if m := _ABSTRACT.match(line):
            return "abstract", m.end()
        m = _SUBMITTED.match(line)
        return ("date", m.end(1)) if m else None
    role = _ROLES.get(m[2].lower().replace("-", " "))
    return None if role is None else (role, m.end())


def label_of(text: str, line: Line) -> tuple[str, int] | None:
    """`read_label` for a line of `text`; the offset counts from the line's start."""
    return read_label(text[line.start : min(line.end, line.start + _WIDEST_LABEL)])


def split_midline(text: str, start: int, end: int) -> tuple[Span | None, Span | None]:
    """`Some title Authors: A, B` as two spans; the second is None where no such label stands."""
    found = list(_MIDLINE.finditer(text, start, end))
    if not found:
        return (start, end), None
    m = found[-1]
    return ((start, m.start()) if m.start() > start else None), (m.end(), end)


def has_midline(text: str, line: Line) -> bool:
    """Whether a label `Authors:` stands in the midst of `line`."""
    return _MIDLINE.search(text, line.start, line.end) is not None
