"""What a unit is, told by its place: names one below the other, a single author, a short title.

`Spin Glasses` and `Ann Abel` look alike. Where the bylines of a page stand between a title and a
venue, a unit between a title and a venue is one, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.readers.listings.kinds import HEAD, Kind, Unit
from digest.readers.listings.reference_names import split_names

_LOOSE = frozenset([Kind.TITLE, Kind.NAME, Kind.OTHER])
_FEWEST = 2
_SHARE = 0.15
_LONGEST = 60

_Place = tuple[str, str, int, bool, str, int]


def join_names(units: list[Unit]) -> Iterator[Unit]:
    """`units` with names that stand one below the other as one unit.

    A title that reads like a name is none of them: one has to stand above.
    """
    held: list[Unit] = []
    titled = False
    for unit in units:
        single = unit.kind is Kind.NAME and unit.role is None and not unit.marker and not unit.cell
        below = not held or (not unit.gap and unit.indent == held[0].indent)
        if single and titled and below:
            held.append(unit)
            continue
        yield from _one(held)
        held = []
        if unit.gap and unit.kind is not Kind.NAME:
            titled = False
        titled |= unit.kind in (Kind.TITLE, Kind.OTHER)
        yield unit
    yield from _one(held)


def _one(names: list[Unit]) -> Iterator[Unit]:
    if len(names) < 2:
        yield from names
        return
    first, last = names[0], names[-1]
    first.end, first.stop, first.last, first.tail = last.end, last.stop, last.value, last.tail
    first.words = ", ".join(name.words for name in names)[:HEAD]
    first.kind, first.listed = Kind.NAMES, True
    yield first


def name_by_place(units: list[Unit]) -> None:
    """Makes names of what looks like a single name and stands where bylines of the page stand."""
    places: Counter[_Place] = Counter()
    for index, unit in enumerate(units):
        if unit.kind is Kind.NAMES and unit.role is None:
            places[_place(units, index)] += 1
    total = sum(places.values())
    usual = {p for p, count in places.items() if count >= max(_FEWEST, _SHARE * total)}
    found = [
        unit
        for index, unit in enumerate(units)
        if _may_be_name(unit) and _place(units, index) in usual
    ]
    for unit in found:
        unit.kind = Kind.NAMES


def _may_be_name(unit: Unit) -> bool:
    if unit.role is not None:
        return False
    turned = unit.kind in _LOOSE and unit.words.count(",") == 1 and len(unit.words) < _LONGEST
    return unit.kind is Kind.NAME or (turned and split_names(unit.words) is not None)


def _place(units: list[Unit], index: int) -> _Place:
    unit = units[index]
    before = _class(units[index - 1]) if index else ""
    after = _class(units[index + 1]) if index + 1 < len(units) else ""
    return before, after, unit.cell, unit.gap > 0, unit.marker, unit.indent


def _class(unit: Unit) -> str:
    return Kind.TITLE if unit.kind in _LOOSE else unit.kind
