"""MEDLINE, PubMed's `.nbib`: tags of four characters, `- `, lines that go on after six blanks.

Tags: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.paper import Record
from digest.readers.base import Passage, Reader
from digest.readers.citations import date_in_words, doi_in, doi_of, edtf_of, named_eprint
from digest.readers.tagged.lines import (
    LINE_START,
    Entry,
    Tagged,
    find_tags,
    plain,
    read_entries,
    shortened,
)

_TAG = re.compile(
    rf"{LINE_START}([A-Z][A-Z0-9]{{3}}|[A-Z][A-Z0-9]{{2}} |[A-Z][A-Z0-9]  )-"
    r"(?:[ \t]|(?=[\d\r\n])|\Z)",
    re.M,
)
_OPENERS = frozenset({"PMID", "PMC", "PMCR", "UI"})
_CLEAR = frozenset({"PMID", "PMC", "PMCR", "OWN", "STAT", "DCOM", "FAU", "JID", "PHST", "EDAT"})
_EIGHT = re.compile(r"([12]\d{3})(\d\d)(\d\d)")


def recognise(text: str) -> float:
    """How sure it is that `text` has this shape."""
    names = [m[1].rstrip() for m in _TAG.finditer(text)]
    if not names or names[0] == "TY" or not _CLEAR & set(names):
        return 0.0
    first = _TAG.search(text)
    before = len(text[: first.start()].strip()) if first else 0
    if before * 5 > len(text):
        return 0.2
    return 0.96 if names[0] in _OPENERS and len(names) > 1 else 0.7 if len(names) > 3 else 0.3


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    yield from read_entries(text, _entries(text), _record)


def _entries(text: str) -> Iterator[list[Tagged]]:
    fields: list[Tagged] = []
    numbered = False
    for field in find_tags(text, _TAG):
        opens = field.tag in _OPENERS and (field.after_blank or (field.tag == "PMID" and numbered))
        if opens and fields and fields[-1].tag not in _OPENERS:
            yield [*fields[:-1], shortened(fields[-1], at_blank=True)]
            fields, numbered = [], False
        numbered = numbered or field.tag == "PMID"
        fields.append(field)
    if fields:
        yield [*fields[:-1], shortened(fields[-1], at_blank=True)]


def _record(entry: Entry) -> Record:
    title = " ".join(filter(None, map(plain, entry.values("TI")))) or entry.line("BTI", "CTI")
    published = _date(entry)
    people = (*entry.lines("FAU"),) if entry.has("FAU") else (*entry.lines("AU"),)
    eprint = next((e for v in entry.lines("AID", "LID", "SO") if (e := named_eprint(v))), None)
    return Record(
        span=entry.span,
        title=title or None,
        abstract=entry.paragraphs("AB"),
        authors=tuple(dict.fromkeys((*people, *entry.lines("CN")))),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=_doi(entry),
        published=published,
        published_as="medline" if published else None,
        comment=entry.line("GN"),
        journal_ref=entry.line("SO"),
        venue=entry.line("JT", "TA"),
        links=entry.links("URL", "UR"),
        tags=_tags(entry),
    )


def _doi(entry: Entry) -> str | None:
    """`AID - 10.1016/j.mex.2018.03.007 [doi]`"""
    for value in entry.lines("AID", "LID"):
        if value.endswith("[doi]") and (found := doi_of(value[:-5])):
            return found
    return next((d for v in entry.lines("AID", "LID", "SO") if (d := doi_in(v))), None)


def _date(entry: Entry) -> str | None:
    """DP, the journal's date; DEP, the day on the web, where it only adds to it."""
    printed = date_in_words(entry.first_line("DP"))
    m = _EIGHT.match(entry.first_line("DEP"))
    web = edtf_of(m[1], int(m[2]), int(m[3])) if m else None
    if printed and web and web.startswith(printed):
        return web
    return printed or web


def _tags(entry: Entry) -> tuple[str, ...]:
    """The authors' keywords, and of the subject headings those that a star marks as what the
    paper is about; all headings where it has neither."""
    headings = list(entry.lines("MH"))
    major = [word for word in headings if "*" in word]
    words = [*entry.lines("OT"), *major] or headings
    bare = (plain(word).partition("/")[0] if word in headings else plain(word) for word in words)
    return tuple(dict.fromkeys(word for b in bare if (word := b.strip(" *"))))


READER = Reader("medline", recognise, read)
