"""EndNote's tagged form (refer): `%0 Journal Article`, `%A` an author a line, `%T`, `%X`.

Tags: https://en.wikipedia.org/wiki/EndNote#Tags_and_fields
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.paper import Record
from digest.readers.base import Passage, Reader
from digest.readers.citations import (
    date_in_words,
    doi_in,
    doi_of,
    named_eprint,
    own_eprint,
    reference,
    year_of,
)
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
    rf"{LINE_START}[ \t]{{0,8}}+%([0-9A-Z!@#$^&*+~<>?=|:;/\\()\[\]-])(?:[ \t]|(?=[\r\n])|\Z)", re.M
)
_BOOKS = frozenset({"book", "edited book", "conference proceedings", "journal", "electronic book"})


def recognise(text: str) -> float:
    """How sure it is that `text` has this shape."""
    names = [m[1] for m in _TAG.finditer(text)]
    if not names or not {"T", "A"} & set(names):
        return 0.0
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if names[0] == "0" and len(names) * 5 >= lines:
        return 0.95
    return 0.7 if len(names) * 5 >= lines * 4 else 0.2


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    yield from read_entries(text, _entries(text), _record)


def _entries(text: str) -> Iterator[list[Tagged]]:
    fields: list[Tagged] = []
    titled = False
    for field in find_tags(text, _TAG):
        opens = field.tag == "0" or (field.after_blank and titled and field.tag in "AT")
        if opens and fields:
            yield _bounded(fields)
            fields, titled = [], False
        titled = titled or field.tag == "T"
        fields.append(field)
    if fields:
        yield _bounded(fields)


def _bounded(fields: list[Tagged]) -> list[Tagged]:
    """Text after a blank line belongs to an abstract, and to no other field at the end."""
    return (
        fields if fields[-1].tag in "XKZ" else [*fields[:-1], shortened(fields[-1], at_blank=True)]
    )


def _record(entry: Entry) -> Record:
    kind = entry.first_line("0").lower()
    venue = entry.line("J", "B")
    published = _date(entry)
    authors = tuple(dict.fromkeys(entry.lines("A")))
    if not authors and kind in _BOOKS:
        authors = tuple(dict.fromkeys(entry.lines("E")))
    words = (word for line in entry.lines("K") for word in line.split(";" if ";" in line else ","))
    eprint = next(
        (found for v in entry.lines("R", "U", "J", "M") if (found := named_eprint(v))), None
    ) or own_eprint(entry.line("Z") or "")
    return Record(
        span=entry.span,
        title=entry.line("T"),
        abstract=entry.paragraphs("X"),
        authors=tuple(name.strip(" ,") for name in authors),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=_doi(entry),
        published=published,
        published_as="endnote" if published else None,
        comment=entry.line("Z"),
        journal_ref=reference(
            entry.line("J"), entry.first_line("V"), entry.first_line("N"), entry.first_line("P"),
            published[:4] if published else None,
        ),
        venue=venue,
        links=entry.links("U", ">"),
        tags=tuple(dict.fromkeys(word for w in words if (word := plain(w).lstrip("*#")))),
    )  # fmt: skip


def _doi(entry: Entry) -> str | None:
    for value in entry.lines("R"):
        if found := doi_of(value):
            return found
    return next((found for v in entry.lines("U") if (found := doi_in(v))), None)


def _date(entry: Entry) -> str | None:
    """`%D 2016` with `%8 March 15`; whichever says more."""
    year = year_of(entry.first_line("D"))
    day = entry.first_line("8")
    dated = date_in_words(day) or (date_in_words(f"{day} {year}") if day and year else None)
    return dated if dated and (year is None or dated.startswith(year)) else year


READER = Reader("endnote", recognise, read)
