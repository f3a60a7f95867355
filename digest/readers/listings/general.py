"""The reader of last resort: entries found by their repeated structure, in no known layout.

It says so, and how sure it is of each entry. Every other reader that knows a text goes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.listings.filling import Slots, fill_record, find_slots
from digest.readers.listings.kinds import Kind, Unit
from digest.readers.listings.pieces import find_units
from digest.readers.listings.repeats import Pattern, cut, find_pattern

_MOST = 0.6

_LEAST_COVER = 0.6

_FEWEST = 2

_REACH = 12

_STRAY = 12

_RULED = re.compile(r"[-=*_~#·•.|+<>—–─━═\s]+")
"""What pages rule lines with, and parts of their furniture."""
_LOOSE = frozenset([
    Kind.TITLE, Kind.BUTTON, Kind.OTHER, Kind.NAME, Kind.RULE, Kind.DATE, Kind.VENUE, Kind.NUMBER,
])  # fmt: skip

_SAMPLE = 65_536

_NO_LISTING = re.compile(
    r"\s*(?:<[!?a-zA-Z]|\{|\[\s*[\[{\"]|@\w+\s?[{(]|%[0A-Z!]|---\r?\n|#!|%PDF)"
)

_CODE = re.compile(
    r"[{};]$|^(?:import|from \S+ import|#include|def|class|return|function|var|let|const|if|for"
    r"|while|else|end|//|/\*|\*|\$|>>>|sudo|apt|pip)\b.{0,80}[;:{()=]|^[\w.\[\]]{1,40}\s?[:+-]?=\s"
    r"|\w\([^()]{0,80}\);?$|^(?:/[\w.-]+){2,}|\]:\s|^[\w-]{1,40}\s{2,}\S+$|^\s*-{1,2}[a-z]"
    r"|<[\w.+-]{1,60}@|\b[0-9a-f]{16,64}\b|^commit [0-9a-f]{7}|[Ss]igned-off-by|urgency="
)

_SCHOLARLY = re.compile(
    r"\b(?:we (?:propose|show|present|introduce|study|prove|investigate|find|develop|demonstrate"
    r"|consider|describe|report|analy[sz]e|discuss|derive|give|obtain|use|also|observe|construct"
    r"|evaluate|provide|examine|explore|then)|this (?:paper|article|work|study|letter|thesis|note)"
    r"|our (?:results?|method|approach|model|experiments?|analysis|framework|work)|results?"
    r"|experiments?|proposed|algorithm|theor\w{1,8}|numerical|empirical|state-of-the-art|dataset"
    r"|simulations?|is shown|are shown|novel|spectrum|equations?|quantum|conjecture)\b"
    r"|本文|我们提出|wir (?:zeigen|schlagen|stellen)|nous (?:proposons|montrons)",
    re.I,
)

_PERSONAL = re.compile(r"\b(?:you|your|yours|I'm|I've|my|Dear|[Pp]lease|he|she|said)\b")


def recognise(text: str) -> float:
    """How sure it is that `text` has repeated entries of papers; never more than `_MOST`."""
    if _NO_LISTING.match(text) or len(text) < 80:
        return 0.0
    text = text[:_SAMPLE]
    units = find_units(text)
    if not units or _code_share(units) > 0.12:
        return 0.0
    pattern = find_pattern(units)
    if pattern is None or pattern.fit < 0.45:
        return 0.0
    found = [p for p in _entries(text, units, pattern) if isinstance(p, Record)]
    good = [record for record in found if _is_paper(record)]
    if len(good) < _FEWEST or len(good) < 0.6 * len(found):
        return 0.0
    inside = sum(record.span[1] - record.span[0] for record in good)
    whole = units[-1].end - units[0].start
    # A page on which several people wrote one thing is likely to list papers by single ones, too.
    several = sum(len(record.authors) > 1 for record in good) * 4 >= len(good)
    scholarly = sum(_is_scholarly(record, several=several) for record in good)
    if inside < _LEAST_COVER * whole or scholarly < 0.6 * len(good):
        return 0.0
    return min(_MOST, 0.62 * pattern.fit + 0.1)


def _code_share(units: list[Unit]) -> float:
    return sum(_CODE.search(unit.words[:200]) is not None for unit in units) / len(units)


def _is_paper(record: Record) -> bool:
    known = record.title or record.eprint or record.doi
    return bool(known and (record.abstract or record.authors or record.eprint or record.doi))


def _is_scholarly(record: Record, *, several: bool) -> bool:
    """Whether an entry has what papers have and recipes, letters and manuals have not."""
    if record.eprint or record.doi:
        return True
    abstract = (record.abstract or "")[:3000]
    signs = len({m.lower() for m in _SCHOLARLY.findall(abstract)})
    personal = len(_PERSONAL.findall(abstract))
    if abstract and personal * 40 > len(abstract.split()):
        return False
    if record.authors and record.title:
        placed = record.venue or record.journal_ref or record.published or record.links
        return signs >= 1 or bool(not abstract and placed and (several or len(record.authors) > 1))
    return signs >= 3


def read(text: str) -> Iterator[Passage]:
    """Every entry that was found; what could not be placed is unread."""
    units = find_units(text)
    pattern = find_pattern(units)
    if pattern is None:
        for unit in units:
            yield Unread((unit.start, unit.end), "no structure repeats here")
        return
    passages = list(_with_strays(text, list(_entries(text, units, pattern))))
    records = [p for p in passages if isinstance(p, Record)]
    if records:
        sure = round(100 * sum(record.confidence for record in records) / len(records))
        yield Remark(
            records[0].span[0], "note",
            f"this layout is not known; {len(records)} entries were found by their repeated "
            f"structure (about {sure} % sure)",
            "check with `digest read` that they are what the page shows",
        )  # fmt: skip
    yield from passages


def _entries(text: str, units: list[Unit], pattern: Pattern) -> Iterator[Passage]:
    entries = list(cut(units, pattern.starts))
    slots = find_slots(entries)
    shape = _find_shape(entries)
    for entry in entries:
        yield from _read_entry(text, entry, slots, shape, pattern.fit)


def _with_strays(text: str, passages: list[Passage]) -> Iterator[Passage]:
    """`passages`, where furniture that comes once alone, between two entries, is named as a stray.

    A lone year or number may be what is left of an entry; a heading or a rule comes again.
    """
    places = [place for place, passage in enumerate(passages) if isinstance(passage, Record)]
    inner = range(places[0], places[-1]) if len(places) >= _FEWEST else range(0)
    shapes = Counter(
        _shape_of(text, passage) for passage in passages if isinstance(passage, Chrome)
    )
    for place, passage in enumerate(passages):
        if (
            isinstance(passage, Chrome)
            and place in inner
            and (shape := _shape_of(text, passage))
            and shapes[shape] == 1
        ):
            yield Unread(passage.span, "a stray line between the entries of a page")
            yield Remark(
                passage.span[0], "warning", "a line between two entries that belongs to neither",
                "complete the entry that it is left of, or remove it",
            )  # fmt: skip
        else:
            yield passage


def _shape_of(text: str, passage: Passage) -> str:
    """The passage with its digits alike where it is a number or odd marks; else nothing."""
    if not isinstance(passage, Chrome) or passage.span[1] - passage.span[0] > _STRAY:
        return ""
    words = text[passage.span[0] : passage.span[1]]
    if _RULED.fullmatch(words) or any(c.isalpha() for c in words):
        return ""
    return re.sub(r"\d", "0", words)


def _sign(unit: Unit) -> tuple[str | None, Kind]:
    loose = unit.kind in (Kind.TITLE, Kind.NAME, Kind.OTHER) and unit.role is None
    return unit.role, Kind.TITLE if loose else unit.kind


def _agree(units: list[Unit], opening: tuple[tuple[str | None, Kind], ...]) -> bool:
    """Whether `units` are of those kinds; a single name may be a title or names."""
    return len(units) == len(opening) and all(
        _sign(unit) == sign or (unit.kind is Kind.NAME and sign == (None, Kind.NAMES))
        for unit, sign in zip(units, opening, strict=True)
    )


class _Shape(Struct):
    """How most entries begin and end."""

    opens: list[tuple[tuple[str | None, Kind], ...]]
    """The first units, three of them, then two."""
    ends: frozenset[tuple[str | None, Kind]]


def _find_shape(entries: list[list[Unit]]) -> _Shape:
    shown = [bare for entry in entries[:2000] if (bare := _without_rules(entry))]
    opens = [
        Counter(tuple(map(_sign, entry[:size])) for entry in shown).most_common(1)[0][0]
        for size in (3, 2)
        if shown
    ]
    ends = Counter(_sign(entry[-1]) for entry in shown)
    usual = frozenset(sign for sign, count in ends.items() if count * 5 >= len(shown) and count > 1)
    return _Shape(opens, usual)


def _without_rules(entry: list[Unit]) -> list[Unit]:
    return [unit for unit in entry if unit.kind is not Kind.RULE]


def _bounds(entry: list[Unit], shape: _Shape) -> tuple[int, int]:
    """Where an entry really begins and ends: headings above and below it are no part of it."""
    first, last = 0, len(entry)
    while first < last and entry[first].kind is Kind.RULE:
        first += 1
    for opening in shape.opens:
        at = next(
            (i for i in range(first, min(last, first + _REACH))
             if _agree(entry[i : i + len(opening)], opening)),
            None,
        )  # fmt: skip
        if at is not None and all(_is_loose(unit) for unit in entry[first:at]):
            first = at
            break
    while last > first and entry[last - 1].kind is Kind.RULE:
        last -= 1
    at = last
    while at > first + 1 and _is_loose(entry[at - 1]) and _sign(entry[at - 1]) not in shape.ends:
        at -= 1
        if entry[at].gap and _sign(entry[at - 1]) in shape.ends:
            return first, at
    return first, last


def _read_entry(
    text: str, entry: list[Unit], slots: Slots, shape: _Shape, fit: float
) -> Iterator[Passage]:
    first, last = _bounds(entry, shape)
    for unit in entry[:first]:
        yield _left_over(unit)
    body = entry[first:last]
    record = fill_record(text, body, slots, fit) if body else None
    if record is not None and _is_paper(record):
        yield record
    elif body:
        yield from _unfilled(body)
    for unit in entry[last:]:
        yield _left_over(unit)


def _unfilled(body: list[Unit]) -> Iterator[Passage]:
    if all(unit.kind in (Kind.RULE, Kind.BUTTON, Kind.NUMBER) for unit in body):
        yield from (Chrome((unit.start, unit.end)) for unit in body)
        return
    size = sum(unit.end - unit.start for unit in body)
    yield Unread((body[0].start, body[-1].end), "not an entry like the others of this page")
    if size > 120:
        yield Remark(
            body[0].start, "warning", "a passage that is not like the other entries",
            "add its title and its abstract or authors, or remove it",
        )  # fmt: skip


def _is_loose(unit: Unit) -> bool:
    """Whether a unit may as well be a heading or a button between two entries."""
    return unit.role is None and unit.kind in _LOOSE


def _left_over(unit: Unit) -> Passage:
    span = (unit.start, unit.end)
    if unit.kind in (Kind.RULE, Kind.BUTTON, Kind.NUMBER, Kind.DATE):
        return Chrome(span)
    return Unread(span, "stands between the entries of a page")


READER = Reader("general", recognise, read)
