"""Labels that pages print before the fields of a paper: `Title:`, `Authors:`, `Subjects:`."""

from __future__ import annotations

import re

from digest.identifiers import OLD_ARCHIVES
from digest.paper import Span
from digest.readers.listings.dates import DATED
from digest.readers.listings.lines import Line

_ROLES = {
    "title": "title",
    "paper title": "title",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "abstract": "abstract",
    "summary": "abstract",
    "comment": "comment",
    "comments": "comment",
    "journal ref": "journal_ref",
    "journal reference": "journal_ref",
    "journal": "journal_ref",
    "reference": "journal_ref",
    "subject": "subjects",
    "subjects": "subjects",
    "category": "subjects",
    "categories": "subjects",
    "primary category": "subjects",
    "keywords": "subjects",
    "tags": "subjects",
    "doi": "doi",
    "doi link": "doi",
    "related doi": "doi",
    "journal doi": "doi",
    "arxiv id": "eprint",
    "arxiv": "eprint",
    "arxiv number": "eprint",
    "arxiv identifier": "eprint",
    "eprint": "eprint",
    "identifier": "eprint",
    "paper id": "eprint",
    "id": "eprint",
    "cite as": "cite",
    "publish": "date",
    "published": "date",
    "published on": "date",
    "posted": "date",
    "posted on": "date",
    "year": "date",
    "created": "date",
    "date": "date",
    "date published": "date",
    "date submitted": "date",
    "submission date": "date",
    "submitted": "date",
    "submitted on": "date",
    "publication date": "date",
    "updated": "updated",
    "updated on": "updated",
    "last updated": "updated",
    "revised": "updated",
    "last revised": "updated",
    "code": "code",
    "github": "code",
    "project": "project",
    "project page": "project",
    "link": "link",
    "links": "link",
    "url": "link",
    "pdf": "link",
    "pdf url": "link",
    "pdf link": "link",
    "paper link": "link",
    "abs url": "link",
    "venue": "venue",
    "published in": "venue",
    "booktitle": "venue",
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
    r"(?:[-•*▪]\s{0,3})?(\*\*)?([A-Za-z][A-Za-z]{1,12}(?:[ -][A-Za-z]{2,10})?)"
    r"(?:\(s\))?\s{0,3}[:：](?(1)\*\*)\s*"
)
_ABSTRACT = re.compile(r"(?:Abstract|ABSTRACT)(?:\.?\s*$|\.?\s?[—–-]\s{0,3})")
_SUBMITTED = re.compile(r"(Submitted)\s+(?:\d|[A-Z][a-z]{2,8}\s\d)")
_ARCHIVES = "|".join(sorted(name for name in OLD_ARCHIVES if "-" in name))
CATEGORY = rf"(?:[a-z][a-z-]{{1,8}}\.[A-Za-z-]{{2,9}}|{_ARCHIVES})"
"""A category of arXiv, as a pattern: `cs.CV`, `hep-th`."""
CATEGORIES = re.compile(rf"(?:{CATEGORY}(?:[\s,;]{{1,4}}|$))+")
"""A line of arXiv categories and nothing else."""
_EPRINT = re.compile(
    r"(?:arXiv:\s?|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/)?"
    r"(?:\d{4}\.\d{4,5}|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?(?:\s{0,2}[\[(][^\])]{1,40}[\])])?",
    re.I,
)
_MIDLINE = re.compile(r"\s{1,8}Authors?:\s{1,8}(?=\S)")
_WIDEST_LABEL = 40
_AMBIGUOUS = frozenset(
    """by code project summary link date score conference year journal reference
    identifier id category created posted tags revised""".split()
)
"""Words that begin sentences too: inside an abstract they are labels of what fits alone."""
_SHORT = 100
_DAY = re.compile(rf"(?:{re.sub('[?]P<[a-z0-9]+>', '?:', DATED.pattern)}|(?:19|20)\d\d\b)", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S|[\w-]{1,40}\.(?:com|org|io|net)/\S")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


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


def is_word(role: str, begin: int, words: str, *, ended: bool) -> bool:
    """Whether a label of `role`, `words[:begin]`, is a word of the abstract above it.

    `ended` says whether a sentence ends above.
    """
    name = words[:begin].partition(":")[0].strip("*•- ")
    value = words[begin:].strip()
    if role == "":
        return not ended and name.islower()
    if role == "abstract" and len(words) < 2 * _SHORT:
        return True
    if role in ("eprint", "doi") or name.lower() in _AMBIGUOUS:
        return not _fits(role, value)
    return name.islower() and not ended


def _fits(role: str, value: str) -> bool:
    """Whether `value` is of the kind that a label of `role` stands before."""
    if len(value) > _SHORT and role != "link":
        return False
    if role in ("date", "updated"):
        return _DAY.match(value) is not None
    if role in ("link", "code", "project"):
        return _ADDRESS.match(value) is not None
    if role in ("venue", "journal_ref"):
        return _YEAR.search(value) is not None
    if role == "eprint":
        return _EPRINT.fullmatch(value) is not None
    if role == "subjects":
        return CATEGORIES.fullmatch(value) is not None
    return role == "doi" and "10." in value[:_WIDEST_LABEL]


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
