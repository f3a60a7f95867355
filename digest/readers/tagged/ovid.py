"""Ovid's export as text: `<1>`, then the name of a field on a line, its value indented below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.paper import Record
from digest.readers.base import Passage, Reader, Unread
from digest.readers.citations import date_in_words, doi_of
from digest.readers.tagged.lines import (
    LINE_START,
    Entry,
    Tagged,
    between,
    find_tags,
    no_title,
    plain,
)

_TAG = re.compile(
    rf"{LINE_START}[ \t]{{0,3}}(<\d{{1,7}}>(?=[ \t]*(?:[\r\n]|\Z))"
    r"|(?<![ \t])[A-Z][\w &/-]{1,60}+(?=[ \t]*(?:\r\n?|\n)[ \t]))",
    re.M,
)
_NUMBER = re.compile(r"<\d{1,7}>")
_DATED = re.compile(r"((?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d)\.?$|\(((?:19|20)\d\d)\)")
_AFFILIATION = re.compile(r"[\s\d*+,]+$")
_KIND = re.compile(r"\.?\s?\[(?:Article|Review|Letter|Editorial|Miscellaneous)\]\.?$", re.I)


def recognise(text: str) -> float:
    """How sure it is that `text` has this shape."""
    names = [m[1] for m in _TAG.finditer(text)]
    if not names or not _NUMBER.fullmatch(names[0]):
        return 0.0
    return 0.95 if {"Title", "Author", "Source", "Accession Number"} & set(names) else 0.0


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    reached = 0
    for fields in _entries(text):
        entry = Entry(fields)
        start, end = entry.span
        yield from between(text, reached, start)
        reached = end
        if len(fields) == 1:
            yield Unread((start, end), "an entry without fields")
            continue
        record = _record(entry)
        yield record
        if not (record.title or record.abstract or record.doi):
            yield no_title(entry)
    yield from between(text, reached, len(text))


def _entries(text: str) -> Iterator[list[Tagged]]:
    fields: list[Tagged] = []
    for field in find_tags(text, _TAG):
        if field.tag[0] == "<" and fields:
            yield fields
            fields = []
        fields.append(field)
    if fields:
        yield fields


def _record(entry: Entry) -> Record:
    source = entry.line("Source") or ""
    dated = _DATED.search(source)
    published = date_in_words(dated[1] or dated[2]) if dated else None
    names = (
        _AFFILIATION.sub("", plain(name))
        for line in entry.lines("Author", "Authors")
        for name in line.split(";")
    )
    words = (
        plain(word).strip(" .")
        for line in entry.lines("Author Keywords", "Keywords")
        for word in line.split(";")
    )
    venue = source.partition(".")[0].strip()
    title = _KIND.sub("", entry.line("Title", "Chapter Title") or "")
    doi = entry.first_line("DOI Number") or entry.first_line("Digital Object Identifier")
    return Record(
        span=entry.span,
        title=title or None,
        abstract=entry.paragraphs("Abstract"),
        authors=tuple(dict.fromkeys(filter(None, names))),
        doi=doi_of(doi) if doi else None,
        published=published,
        published_as="ovid" if published else None,
        journal_ref=source or None,
        venue=venue if venue and not _DATED.search(venue) else None,
        tags=tuple(dict.fromkeys(filter(None, words))),
    )


READER = Reader("ovid", recognise, read)
