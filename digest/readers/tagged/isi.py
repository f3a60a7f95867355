"""ISI and Web of Science: `PT J`, two-letter tags, lines that go on after three blanks, `ER`.

Tags: https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.citations import (
    date_in_words,
    doi_of,
    edtf_of,
    month_of,
    named_eprint,
    reference,
    year_of,
)
from digest.readers.tagged.lines import (
    LINE_START,
    Entry,
    Tagged,
    between,
    find_tags,
    no_title,
    plain,
    shortened,
)

_TAG = re.compile(rf"{LINE_START}([A-Z][A-Z0-9])(?:[ \t]|(?=[\r\n])|\Z)", re.M)
_FILE_TAGS = frozenset({"FN", "VR", "EF"})


def recognise(text: str) -> float:
    """How sure it is that `text` has this shape."""
    names = [m[1] for m in _TAG.finditer(text)]
    if names[:1] == ["FN"] and "VR" in names[1:3]:
        return 0.97
    if "PT" not in names or "ER" not in names:
        return 0.0
    lines = sum(not line.isspace() for line in text.splitlines() if line)
    going_on = len(re.findall(r"^[ ]{3}\S", text, re.M))
    return 0.9 if (len(names) + going_on) * 5 >= lines * 4 and names[0] == "PT" else 0.3


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    reached = 0
    for fields, ended in _entries(text):
        entry = Entry(fields)
        start, end = entry.span
        yield from between(text, reached, start)
        reached = end
        if fields[0].tag in _FILE_TAGS:
            yield Chrome((start, end))
            continue
        if all(field.tag in ("PT", "ER") for field in fields):
            yield Unread((start, end), "an entry without fields")
            continue
        record = _record(entry)
        yield record
        if not ended:
            yield Remark(end - 1, "warning", "the entry has no `ER` line", "add the line `ER`")
        if not (record.title or record.abstract or record.doi):
            yield no_title(entry)
    yield from between(text, reached, len(text))


def _entries(text: str) -> Iterator[tuple[list[Tagged], bool]]:
    fields: list[Tagged] = []
    for field in find_tags(text, _TAG):
        if field.tag in _FILE_TAGS or field.tag == "PT":
            if fields:
                yield [*fields[:-1], shortened(fields[-1], at_blank=True)], False
                fields = []
            if field.tag == "PT":
                fields = [field]
            else:
                yield [shortened(field, at_blank=False)], True
        elif field.tag == "ER":
            yield [*fields, shortened(field, at_blank=False)], True
            fields = []
        else:
            fields.append(field)
    if fields:
        yield [*fields[:-1], shortened(fields[-1], at_blank=True)], False


def _record(entry: Entry) -> Record:
    venue = entry.line("SO", "JI", "J9")
    published = _date(entry)
    first, last = entry.first_line("BP"), entry.first_line("EP")
    pages = entry.first_line("PS") or (f"{first}-{last}" if first and last else first)
    pages = pages or entry.first_line("AR")
    # INSPEC keeps numbers of its own under ID.
    tags = ("DE",) if entry.first_line("UT").startswith("INSPEC") else ("DE", "ID")
    words = [word for value in entry.values(*tags) for word in plain(value).split(";")]
    doi = entry.first_line("DI")
    eprint = named_eprint(entry.first_line("AR")) or named_eprint(entry.first_line("UT"))
    volume, issue = entry.first_line("VL"), entry.first_line("IS")
    return Record(
        span=entry.span,
        title=entry.line("TI"),
        abstract=entry.paragraphs("AB"),
        authors=tuple(dict.fromkeys(entry.lines("AF") if entry.has("AF") else entry.lines("AU"))),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=doi_of(doi) if doi else None,
        published=published,
        published_as="isi" if published else None,
        comment=entry.line("CT"),
        journal_ref=reference(venue, volume, issue, pages, published[:4] if published else None),
        venue=venue,
        links=entry.links("UR"),
        tags=tuple(dict.fromkeys(word.strip() for word in words if 0 < len(word.strip()) <= 100)),
    )


def _date(entry: Entry) -> str | None:
    """`PY 2006` with `PD MAR 15`, `PD 04 2006` or `PD MAR-APR`."""
    year, day = year_of(entry.first_line("PY")), entry.first_line("PD")
    if year is None:
        return date_in_words(day)
    if not day:
        return year
    dated = date_in_words(day) if year_of(day) else date_in_words(f"{day} {year}")
    if dated and dated.startswith(year):
        return dated
    return edtf_of(year, month_of(day))


READER = Reader("isi", recognise, read)
