"""An index after papers came, went or moved: only the lines that differ are made anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from digest.search.documents import Texts
from digest.search.inverted import Inverted, Lines, spliced
from digest.search.postings import Ints, Lists, bounds, spot_lines, word_lines

_PLACE_BITS = 6
_SPOT_BITS = 16
_LEVELS = 8
_AT_ONCE = 1 << 20
"""Rows."""
_ALL_ANEW = 0.2
"""Share of the terms that differ from which all lines are made anew."""


class Revised(NamedTuple):
    """An index, and what is another in it than before."""

    inverted: Inverted
    changed: list[str] | None
    """Terms that came or went or of which the lines are others, in order; None where that may be
    all."""


class _Rows(NamedTuple):
    """Rows of all three lists, as numbers that sort as the lists do."""

    posts: Ints
    people: Ints
    spots: Ints


class _Scale(NamedTuple):
    """How rows are numbers: by term, for posts by falling level, by slot, and by place."""

    slots: int

    def post_rows(self, terms: Ints, slots: Ints, levels: Any, places: Any) -> Ints:
        rows: Ints = terms * _LEVELS + (_LEVELS - 1 - levels.astype(np.int64))
        rows = rows * self.slots + slots << _PLACE_BITS
        rows += places
        return rows

    def people_rows(self, terms: Ints, slots: Ints) -> Ints:
        return terms * self.slots + slots

    def spot_rows(self, terms: Ints, slots: Ints, places: Any) -> Ints:
        rows: Ints = terms * self.slots + slots << _SPOT_BITS
        rows += places
        return rows

    def rows(self, kind: int, terms: Ints, slots: Ints, *rest: Any) -> Ints:
        """Rows of the list of that place in `_Rows`."""
        make: Any = (self.post_rows, self.people_rows, self.spot_rows)[kind]
        found: Ints = make(terms, slots, *rest)
        return found

    @property
    def spans(self) -> tuple[int, int, int]:
        """How many numbers each term has, list by list."""
        return _LEVELS * self.slots << _PLACE_BITS, self.slots, self.slots << _SPOT_BITS


def revise(
    before: Inverted, moved: Ints, batches: list[Texts], slots: Sequence[Ints], total: int
) -> Revised:
    """`before` with papers in other places, and with more papers: those of `batches`, in `slots`.

    `moved` says for each old slot where its paper stands now, of `total` slots; -1 for gone.
    `batches` is emptied on the way: of many papers, they take as much memory as the index.
    """
    scale = _Scale(max(total, len(moved), 1))
    touched = moved != np.arange(len(moved))
    lists = before.posts, before.people, before.spots
    hits = [np.flatnonzero(touched[each.columns[0]]) for each in lists]
    hit_terms = [
        np.searchsorted(each.starts, hit, side="right") - 1
        for each, hit in zip(lists, hits, strict=True)
    ]
    # Terms of which the lines may differ, in order; `number` tells their places by those before.
    old = np.unique(np.concatenate(hit_terms))
    own = sorted({before.terms[at] for at in old.tolist()}.union(*(b.terms for b in batches)))
    place = {term: at for at, term in enumerate(own)}
    number = np.zeros(len(before.terms), np.int64)
    number[old] = [place[before.terms[at]] for at in old.tolist()]
    come: list[list[Ints]] = [[], [], []]
    for slot in reversed(slots):
        for rows, row in zip(come, _added(batches.pop(), place, slot, scale), strict=True):
            rows.append(row)
    gone = []
    for kind, (each, hit, terms) in enumerate(zip(lists, hits, hit_terms, strict=True)):
        stood, *rest = (column[hit] for column in each.columns)
        gone.append(scale.rows(kind, number[terms], stood, *rest))
        stands = moved[stood]
        stays = stands >= 0
        rest = [column[stays] for column in rest]
        come[kind].append(scale.rows(kind, number[terms[stays]], stands[stays], *rest))
    arrived = [_taken_together(rows) for rows in come]
    differ = _differing(len(own), gone, arrived, scale) if before.terms else np.arange(len(own))
    mixed = len(differ) <= _ALL_ANEW * len(before.terms)
    names = [own[at] for at in differ.tolist()] if mixed else sorted({*before.terms, *own})
    arrived = _renumbered(arrived, own, names, scale)
    kept = _kept(before, names, touched, scale)
    del own, place, gone, hits, hit_terms
    part = _from_rows(names, kept, arrived, scale)
    return Revised(spliced(before, part), names if mixed else None)


def _differing(size: int, gone: Sequence[Ints], come: Sequence[Ints], scale: _Scale) -> Ints:
    """The terms, of so many, of which another row goes than comes."""
    differs = np.zeros(size, bool)
    for span, one, other in zip(scale.spans, gone, come, strict=True):
        differs[np.setxor1d(one, other) // span] = True
    return np.flatnonzero(differs)


def _renumbered(rows: list[Ints], own: list[str], names: list[str], scale: _Scale) -> list[Ints]:
    """`rows`, whose terms had places in `own`, with places in `names`; those of others go."""
    if own == names:
        return rows
    place = {term: at for at, term in enumerate(names)}
    to = np.array([place.get(term, -1) for term in own], np.int64)
    found = []
    for span, each in zip(scale.spans, rows, strict=True):
        terms, rest = np.divmod(each, span)
        terms = to[terms]
        stays = terms >= 0
        found.append(terms[stays] * span + rest[stays])
    return found


def _added(batch: Texts, place: dict[str, int], slots: Ints, scale: _Scale) -> _Rows:
    """Rows of papers in `slots`; terms by `place`."""
    number = np.fromiter(map(place.__getitem__, batch.terms), np.int64, len(batch.terms))
    return _Rows(
        scale.post_rows(
            number[batch.post_terms],
            slots[batch.post_papers],
            batch.post_levels,
            batch.post_places,
        ),
        scale.people_rows(number[batch.people_terms], slots[batch.people_papers]),
        scale.spot_rows(number[batch.spot_terms], slots[batch.spot_papers], batch.spot_places),
    )


def _taken_together(rows: list[Ints]) -> Ints:
    """All of `rows`, which is emptied."""
    joined = np.concatenate(rows)
    rows.clear()
    return joined


def _kept(before: Inverted, names: list[str], touched: Any, scale: _Scale) -> list[Ints]:
    """Rows of `names` before that stand where they stood; terms by their places in `names`."""
    old, place = [], []
    for at, term in enumerate(names):
        stood = bisect_left(before.terms, term)
        if stood < len(before.terms) and before.terms[stood] == term:
            old.append(stood)
            place.append(at)
    terms, numbers = np.array(old, np.int64), np.array(place, np.int64)
    found = []
    for kind, each in enumerate((before.posts, before.people, before.spots)):
        lists = each.of(terms)
        stays = ~touched[lists.columns[0]]
        of = np.repeat(numbers, np.diff(lists.starts))[stays]
        slots, *rest = (column[stays] for column in lists.columns)
        found.append(scale.rows(kind, of, slots, *rest))
    return found


def _from_rows(terms: list[str], kept: list[Ints], come: list[Ints], scale: _Scale) -> Inverted:
    """The index of some terms: of what stayed and of what came, which are both emptied."""
    posts, people, spots = (
        _lists(kind, len(terms), _merged(kept.pop(0), come.pop(0)), scale) for kind in range(3)
    )
    words = _lines(word_lines(terms, posts, people))
    return Inverted(terms, posts, people, spots, words, _lines(spot_lines(terms, spots)))


def _merged(kept: Ints, come: Ints) -> Ints:
    """Both in order; `kept` is."""
    if not len(kept):
        come.sort()
        return come
    rows = np.concatenate((kept, come))
    rows.sort(kind="stable")  # a merge, where nearly all is in order
    return rows


def _lists(kind: int, terms: int, rows: Ints, scale: _Scale) -> Lists:
    """The lists of so many terms, of `rows` that are in order."""
    kinds = (np.int32, np.uint8, np.uint8), (np.int32,), (np.int32, np.uint16)
    bits = (_PLACE_BITS, 0, _SPOT_BITS)[kind]
    columns = tuple(np.empty(len(rows), each) for each in kinds[kind])
    # Some at a time: what comes up on the way takes several times what is kept.
    for start in range(0, len(rows), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        of, slots = np.divmod(rows[some] >> bits, scale.slots)
        columns[0][some] = slots
        if kind == 0:
            columns[1][some] = _LEVELS - 1 - of % _LEVELS
        if bits:
            columns[-1][some] = rows[some] & (1 << bits) - 1
    return Lists(np.searchsorted(rows, np.arange(terms + 1) * scale.spans[kind]), columns)


def _lines(lines: list[bytes]) -> Lines:
    sizes = np.fromiter(map(len, lines), np.int64, len(lines))
    text = b"\n".join(filter(None, lines))
    return Lines(text + b"\n" if text else b"", bounds(sizes + (sizes > 0)))
