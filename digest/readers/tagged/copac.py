"""Library catalogues' exports without a closing line: `TI- ` (Copac) and `TI ~ ` (INSPEC).

A tag of two letters opens a field, indented lines go on with it, a blank line parts entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.paper import Record
from digest.readers.base import Passage, Reader
from digest.readers.citations import doi_in, doi_of, year_of
from digest.readers.tagged.lines import (
    LINE_START,
    Entry,
    Tagged,
    find_tags,
    plain,
    read_entries,
    shortened,
)

_TAG = re.compile(rf"{LINE_START}([A-Z]{{2}})(?:-| ~)(?:[ \t]|(?=[\r\n])|\Z)", re.M)
_LEAST_TAGS = 4


def recognise(text: str) -> float:
    """How sure it is that `text` has this shape."""
    names = [m[1] for m in _TAG.finditer(text)]
    if len(names) < _LEAST_TAGS or "TI" not in names or not {"AU", "PU", "PY"} & set(names):
        return 0.0
    lines = [line for line in text.splitlines() if line.strip()]
    going_on = sum(line[:1] in " \t" for line in lines)
    return 0.9 if (len(names) + going_on) * 5 >= len(lines) * 4 else 0.2


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    yield from read_entries(text, _entries(text), _record)


def _entries(text: str) -> Iterator[list[Tagged]]:
    fields: list[Tagged] = []
    for field in find_tags(text, _TAG):
        if field.after_blank and fields:
            yield [*fields[:-1], shortened(fields[-1], at_blank=True)]
            fields = []
        fields.append(field)
    if fields:
        yield [*fields[:-1], shortened(fields[-1], at_blank=True)]


def _record(entry: Entry) -> Record:
    published = year_of(entry.first_line("PY"))
    doi = entry.first_line("DO") or entry.first_line("DI")
    return Record(
        span=entry.span,
        title=entry.line("TI"),
        abstract=entry.paragraphs("AB"),
        authors=tuple(dict.fromkeys(entry.lines("AU"))),
        doi=(doi_of(doi) if doi else None) or doi_in(entry.first_line("UR")),
        published=published,
        published_as="copac" if published else None,
        comment=entry.line("NT"),
        journal_ref=entry.line("SO"),
        venue=entry.line("JN", "JT"),
        links=entry.links("UR"),
        tags=tuple(dict.fromkeys(filter(None, map(plain, entry.values("KW"))))),
    )


READER = Reader("copac", recognise, read)
