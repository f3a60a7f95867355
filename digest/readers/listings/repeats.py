"""The entries of an unknown layout: where the same pattern of kinds begins again and again.

What may begin an entry is tried in turn (a rule above it, a number, a wide gap, a label, a kind,
the end of an abstract …). Each way cuts the text into entries; the best is the one whose entries
are complete, hold nothing twice, resemble each other and cover the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from digest.readers.listings.kinds import Kind, Unit

Starts = Callable[[Unit, Unit | None], bool]
"""Whether an entry begins with a unit, given the one before it."""

_FIELDS = frozenset(
    [Kind.TITLE, Kind.NAMES, Kind.ABSTRACT, Kind.IDENTIFIER, Kind.DATE, Kind.VENUE, Kind.LINK]
)
_SINGLE = (Kind.NAMES, Kind.ABSTRACT, Kind.IDENTIFIER)
_TITLES = frozenset([Kind.TITLE, Kind.NAME, Kind.OTHER])
_SEEN = 1200
"""Units on which the ways to cut are compared."""
_FEWEST = 2
_TWICE = 0.35
_STRUCTURE = 0.04
_LATE = 0.15
_APART = 0.2


class Pattern(NamedTuple):
    """How a text is cut, and how well that explains it, 0 to 1."""

    starts: Starts
    fit: float


def find_pattern(units: list[Unit]) -> Pattern | None:
    """The best way to cut `units` into at least two entries, or None."""
    seen = units[:_SEEN]
    best: Pattern | None = None
    for starts, bonus in _ways(seen):
        entries = list(cut(seen, starts))
        if len(entries) < _FEWEST:
            continue
        fit = _fit(entries) + bonus
        if best is None or fit > best.fit + 1e-9:
            best = Pattern(starts, fit)
    return best if best and best.fit > 0 else None


def cut(units: list[Unit], starts: Starts) -> Iterator[list[Unit]]:
    """`units` in entries; what stands before the first start is an entry too."""
    entry: list[Unit] = []
    before: Unit | None = None
    for unit in units:
        if entry and starts(unit, before):
            yield entry
            entry = []
        entry.append(unit)
        before = unit
    if entry:
        yield entry


def _ways(units: list[Unit]) -> Iterator[tuple[Starts, float]]:
    """Every way to cut that the units suggest, with a little more for what is made to part."""
    kinds = Counter(unit.kind for unit in units)
    markers = Counter((unit.marker, unit.indent) for unit in units if unit.marker)
    gaps = Counter(unit.gap for unit in units)
    labels = Counter((unit.role, unit.indent) for unit in units if unit.role)
    if kinds[Kind.RULE]:
        yield (
            lambda u, b: u.kind is not Kind.RULE and b is not None and b.kind is Kind.RULE,
            (2 * _STRUCTURE),
        )
    if kinds[Kind.NUMBER] >= _FEWEST:
        yield lambda u, _: u.kind is Kind.NUMBER, 2 * _STRUCTURE
    for (marker, indent), count in markers.items():
        if count >= _FEWEST:
            yield _marked(marker, indent), _STRUCTURE
    for gap in sorted(gaps)[:5]:
        if gap:
            yield _apart(gap), _STRUCTURE
    if any(unit.cell == 1 for unit in units):
        yield lambda u, _: u.cell == 1, 0.0
    indents = sorted({unit.indent for unit in units})
    if len(indents) > 1:
        yield _outdented(indents[0]), _STRUCTURE
    for (role, indent), count in labels.most_common(8):
        if count >= _FEWEST:
            yield _labelled(role, indent), _STRUCTURE / 2
    for kind, count in kinds.items():
        if kind is not Kind.RULE and count >= _FEWEST:
            yield _of_kind(kind), 0.02 if kind is Kind.TITLE else 0.0
            yield _of_kind_apart(kind), 0.03 if kind is Kind.TITLE else 0.01
            yield _below(kind), 0.0
            yield _below_apart(kind), 0.01


def _marked(marker: str, indent: int) -> Starts:
    return lambda u, _: u.marker == marker and u.indent == indent


def _apart(gap: int) -> Starts:
    return lambda u, _: u.gap >= gap


def _outdented(indent: int) -> Starts:
    return lambda u, b: u.indent == indent and b is not None and b.indent > indent


def _labelled(role: str | None, indent: int) -> Starts:
    return lambda u, _: u.role == role and u.indent == indent


def _of_kind(kind: Kind) -> Starts:
    return lambda u, b: u.kind is kind and (b is None or b.kind is not kind)


def _of_kind_apart(kind: Kind) -> Starts:
    return lambda u, b: u.kind is kind and u.gap > 0 and (b is None or b.kind is not kind)


def _below(kind: Kind) -> Starts:
    return lambda u, b: u.kind is not kind and b is not None and b.kind is kind


def _below_apart(kind: Kind) -> Starts:
    return lambda u, b: u.gap > 0 and u.kind is not kind and b is not None and b.kind is kind


def runs(entry: list[Unit]) -> list[Kind]:
    """The kinds of an entry in order, each run once, without rules and buttons."""
    found: list[Kind] = []
    for unit in entry:
        kind = Kind.TITLE if unit.kind in _TITLES and unit.role is None else unit.kind
        if kind not in (Kind.RULE, Kind.BUTTON, Kind.NUMBER) and (not found or found[-1] != kind):
            found.append(kind)
    return found


def is_full(kinds: set[Kind]) -> bool:
    """Whether an entry has what a paper has: a title or identifier, and one thing more."""
    known = Kind.TITLE in kinds or Kind.IDENTIFIER in kinds
    more = kinds & {Kind.ABSTRACT, Kind.NAMES, Kind.IDENTIFIER}
    return known and bool(more) and len(kinds & _FIELDS) >= 2


def _fit(entries: list[list[Unit]]) -> float:
    sizes = [sum(unit.end - unit.start for unit in entry) for entry in entries]
    shapes = [runs(entry) for entry in entries]
    sets = [set(shape) & _FIELDS for shape in shapes]
    common = {
        kind for kind in _FIELDS if sum(kind in one for one in sets) * 2 >= len(sets)
    }  # fmt: skip
    full = [is_full(one) for one in sets]
    if sum(full) < _FEWEST:
        return 0.0
    openers = Counter(shape[0] for shape, ok in zip(shapes, full, strict=True) if ok)
    usual = openers.most_common(1)[0][1] / sum(full)
    score = 0.0
    for entry, shape, one, ok in zip(entries, shapes, sets, full, strict=True):
        if not ok:
            continue
        twice = sum(max(0, shape.count(kind) - 1) for kind in _SINGLE)
        twice += max(0, shape.count(Kind.TITLE) - 1) + _labels_twice(entry)
        likeness = len(one & common) / len(one | common)
        score += max(0.0, 1 - _TWICE * twice) * (0.4 + 0.6 * likeness)
    cover = sum(size for size, ok in zip(sizes, full, strict=True) if ok) / max(1, sum(sizes))
    rich = min(1.0, len(common) / 3)
    # Where what the last entry lacks stands above the first, every entry begins too late.
    # A single name looks like a title: whether there are names tells nothing here.
    first, last = ((common & one) - {Kind.NAMES} for one in (sets[0], sets[-1]))
    late = _LATE if first - last and last - first else _LATE / 2 if first - last else 0.0
    if Kind.NAMES in common & sets[0] - sets[-1] and not any(
        unit.kind is Kind.NAME for unit in entries[-1]
    ):
        late += _LATE / 2
    if Kind.TITLE in common & sets[0] - sets[-1] and Kind.NAMES in common & sets[-1] - sets[0]:
        # The first title lacks its names, the last names their title.
        late += _LATE
    turned = sum(
        len(shape) > 2 and shape[0] is Kind.NAMES and shape[-1] is Kind.TITLE for shape in shapes
    )
    if turned * 2 > len(shapes):
        # Names stand beside their title: with more between, they are those of the title above.
        late += 2 * _LATE
    opener = openers.most_common(1)[0][0]
    if Kind.TITLE in common and opener in (Kind.ABSTRACT, Kind.LINK):
        # What says more of a paper stands below its title or names.
        late += _LATE
    late += _APART * (1 - _parting(entries))
    return (
        score
        / len(entries)
        * (1 - late)
        * (0.5 + 0.5 * cover)
        * (0.85 + 0.15 * usual)
        * (0.7 + 0.3 * rich)
    )


def _parting(entries: list[list[Unit]]) -> float:
    """How much more the first unit of an entry stands apart than those within, 0 to 1."""
    total = 0.0
    for before, entry in pairwise(entries):
        opening = _apartness(entry[0], before[-1])
        inner = max(
            (_apartness(unit, last) for last, unit in pairwise(entry)), default=(0, 0, False, 0)
        )
        total += 1.0 if opening > inner else 0.5 if opening == inner else 0.0
    return total / max(1, len(entries) - 1)


def _apartness(unit: Unit, before: Unit) -> tuple[int, int, bool, int]:
    ruled = unit.kind is Kind.NUMBER or (before.kind is Kind.RULE and unit.kind is not Kind.RULE)
    marked = unit.marker in ("h", "n") or (unit.marker == "b" and unit.kind is not Kind.ABSTRACT)
    return (
        int(ruled) + marked,
        unit.gap,
        unit.cell <= 1,
        max(-1, min(1, before.indent - unit.indent)),
    )


def _labels_twice(entry: list[Unit]) -> int:
    """Labels that come again; several lines of authors, one below the other, are one."""
    roles = [unit.role for unit in entry]
    counts = Counter(
        role
        for before, role in pairwise([None, *roles])
        if role in ("title", "authors", "abstract") and not (role == before == "authors")
    )
    return sum(count - 1 for count in counts.values())
