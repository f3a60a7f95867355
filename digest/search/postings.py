"""Lists of what stands where, and their lines: docs/search-format.md, "Words" and "Positions".

All is arrays: a collection of 100,000 papers has some eight million words in papers, and ten
million places of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.search.numbers import DIGITS, NUMBER_STEPS

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_BASE = len(DIGITS)
_TWO, _THREE, _FOUR = NUMBER_STEPS
_SIGN = np.frombuffer(DIGITS.encode(), np.uint8)
_AT_ONCE = 400_000
"""Rows that are spelt at a time."""
PROMINENT = 4
"""Level from which a word has a place in the title."""


class Lists(NamedTuple):
    """For each term a list of rows."""

    starts: Ints
    """Where the list of each term begins, and where the last ends."""
    columns: tuple[NDArray[Any], ...]
    """Of the rows; the first holds slots."""

    def of(self, terms: Ints) -> Lists:
        """Those of `terms` alone, places in order."""
        sizes = self.starts[terms + 1] - self.starts[terms]
        rows = spread(self.starts[terms], sizes)
        return Lists(bounds(sizes), tuple(column[rows] for column in self.columns))

    def between(self, first: int, end: int) -> Lists:
        """Those of the terms from `first` to before `end`."""
        start, stop = int(self.starts[first]), int(self.starts[end])
        return Lists(
            self.starts[first : end + 1] - start,
            tuple(column[start:stop] for column in self.columns),
        )


def bounds(sizes: NDArray[Any]) -> Ints:
    """Where lists of `sizes` begin that follow one another, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)))


def spread(starts: NDArray[Any], sizes: NDArray[Any]) -> Ints:
    """`starts[0]`, `starts[0] + 1` … so many of each as `sizes` says."""
    ends = np.cumsum(sizes, dtype=np.int64)
    steps = np.arange(int(ends[-1]) if len(ends) else 0)
    steps += np.repeat(starts - (ends - sizes), sizes)
    return steps


def word_lines(terms: Sequence[str], posts: Lists, people: Lists) -> list[bytes]:
    """The line of each of `terms`; "" where it has neither papers nor people.

    Columns of `posts` are slots, levels and places in titles, by falling level, then slot; those of
    `people` are slots.
    """
    lines: list[bytes] = []
    for first, end in _runs(posts.starts, people.starts):
        texts = _spelt(*_post_numbers(posts.between(first, end)))
        names = _spelt(*_people_numbers(people.between(first, end)))
        for term, text, name in zip(terms[first:end], texts, names, strict=True):
            line = term.encode("utf-8", "replace")
            if text:
                line += b" " + text
            if name:
                line += b" !" + name
            lines.append(line if text or name else b"")
    return lines


def spot_lines(terms: Sequence[str], spots: Lists) -> list[bytes]:
    """The line of each of `terms` with its places in abstracts; "" where it has none.

    Columns of `spots` are slots and places, in this order.
    """
    lines: list[bytes] = []
    for first, end in _runs(spots.starts, spots.starts):
        texts = _spelt(*_spot_numbers(spots.between(first, end)))
        lines += [
            term.encode("utf-8", "replace") + b" " + text if text else b""
            for term, text in zip(terms[first:end], texts, strict=True)
        ]
    return lines


def _runs(*starts: Ints) -> Iterator[tuple[int, int]]:
    """Terms from one to before another, so many as may be spelt at a time."""
    rows = sum(starts[1:], start=starts[0])
    first, last = 0, len(rows) - 1
    while first < last:
        end = int(np.searchsorted(rows, rows[first] + _AT_ONCE, side="right")) - 1
        end = min(max(end, first + 1), last)
        yield first, end
        first = end


def _post_numbers(posts: Lists) -> tuple[Ints, Ints]:
    """The numbers of all lines, and where those of each begin and the last end."""
    starts, (slots, levels, places) = posts
    rows = len(slots)
    terms = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    first = _firsts(terms, levels)
    at = np.flatnonzero(first)
    sizes = np.diff(at, append=rows)
    prominent = levels[at] >= PROMINENT
    widths = 2 + sizes * (1 + prominent)
    offsets = bounds(widths)
    numbers = np.empty(int(offsets[-1]), np.int64)
    numbers[offsets[:-1]] = levels[at]
    numbers[offsets[:-1] + 1] = sizes
    where = np.repeat(offsets[:-1] + 2 - at, sizes) + np.arange(rows)
    numbers[where] = _gaps(slots, first)
    placed = np.repeat(prominent, sizes)
    numbers[(where + np.repeat(sizes, sizes))[placed]] = places[placed]
    return numbers, offsets[np.searchsorted(at, starts)]


def _people_numbers(people: Lists) -> tuple[Ints, Ints]:
    starts, (slots,) = people
    sizes = np.diff(starts)
    named = sizes > 0
    offsets = bounds(sizes + named)
    numbers = np.empty(int(offsets[-1]), np.int64)
    numbers[offsets[:-1][named]] = sizes[named]
    first = np.zeros(len(slots), bool)
    first[starts[:-1][named]] = True
    numbers[spread((offsets[:-1] + 1)[named], sizes[named])] = _gaps(slots, first)
    return numbers, offsets


def _spot_numbers(spots: Lists) -> tuple[Ints, Ints]:
    starts, (slots, places) = spots
    rows = len(slots)
    terms = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    first = _firsts(terms, slots)
    at = np.flatnonzero(first)
    sizes = np.diff(at, append=rows)
    offsets = bounds(2 + sizes)
    numbers = np.empty(int(offsets[-1]), np.int64)
    numbers[offsets[:-1]] = _gaps(slots[at], _firsts(terms[at]))
    numbers[offsets[:-1] + 1] = sizes
    where = np.repeat(offsets[:-1] + 2 - at, sizes) + np.arange(rows)
    numbers[where] = _gaps(places, first)
    return numbers, offsets[np.searchsorted(at, starts)]


def _firsts(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows differ from those before them."""
    first = np.zeros(len(columns[0]), bool)
    first[:1] = True
    for column in columns:
        first[1:] |= column[1:] != column[:-1]
    return first


def _gaps(values: NDArray[Any], first: NDArray[np.bool_]) -> Ints:
    """Each value less the one before it less one; the value itself where it is the `first`."""
    gaps = np.empty(len(values), np.int64)
    gaps[:1] = values[:1]
    np.subtract(values[1:], values[:-1], out=gaps[1:], dtype=np.int64)
    gaps[1:] -= 1
    gaps[first] = values[first]
    return gaps


def spell(numbers: Ints) -> str:
    """`numbers` in digits, as `numbers.encode` does."""
    return _spelt(numbers, np.array([0, len(numbers)]))[0].decode()


def _spelt(numbers: Ints, starts: Ints) -> list[bytes]:
    """Each run of `numbers` in digits; runs begin at `starts`, of which the last is an end."""
    two, three, four = (numbers >= step for step in NUMBER_STEPS)
    widths = (two + np.uint8(1)) + (three * np.uint8(2)) + four
    ends = bounds(widths)
    at = ends[:-1]
    signs = np.empty(int(ends[-1]), np.uint8)
    signs[at[~two]] = _SIGN[numbers[~two]]
    only = two & ~three
    lead, rest = np.divmod(numbers[only] - _TWO, _BASE)
    signs[at[only]], signs[at[only] + 1] = _SIGN[lead + _TWO], _SIGN[rest]
    for chosen, sign, less, digits in (
        (three & ~four, 89, _THREE, 3),
        (four, 90, _FOUR, 4),
    ):
        places, left = at[chosen], numbers[chosen] - less
        signs[places] = _SIGN[sign]
        for digit in range(digits, 0, -1):
            left, rest = np.divmod(left, _BASE)
            signs[places + digit] = _SIGN[rest]
    whole, cuts = signs.tobytes(), ends[starts].tolist()
    return [whole[start:end] for start, end in pairwise(cuts)]
