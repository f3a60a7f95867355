"""How lines are shared out among files: by the first letters of their terms.

A range of terms that takes more than a limit is divided by the next letter, and small neighbours
are joined while they stay below it. So the division follows from the terms and the sizes of their
lines alone, and what a paper changes stays in the parts of its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.text import content_hash

_LONGEST_NAME = 24
_SMALLEST = 1 << 14
_LARGEST = 1 << 22
_FULL = 0.65
"""Share of the limit that parts have on average, at the best."""


class Part(NamedTuple):
    """A file of lines."""

    first: str
    """No term of the part is before it, and all terms of the parts before are."""
    start: int
    """Place of the first term."""
    end: int


def divide(terms: Sequence[str], ends: Sequence[int], limit: int) -> list[Part]:
    """The parts of `terms`, ascending, of which the lines take `limit` characters at most where
    they hold more than one term. `ends`: 0, then where the line of each term ends."""
    if not terms or not ends[-1]:
        return []
    return [*_divided(terms, ends, limit, Part("", 0, len(terms)))]


def division(terms: Sequence[str], ends: Sequence[int], most: int) -> tuple[int, list[Part]]:
    """The smallest limit of 16 k, 18 k, 20 k … 30 k, 32 k, 36 k … that makes at most `most` parts,
    as far as one can do so, and these parts."""
    limit = _SMALLEST
    while limit < _LARGEST and ends[-1] > limit * most * _FULL:
        limit = stepped(limit)
    while len(parts := divide(terms, ends, limit)) > most and limit < _LARGEST:
        limit = stepped(limit)
    return limit, parts


def stepped(size: int) -> int:
    """The next of 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44 …"""
    return size + (1 << size.bit_length() - 4)


def name(prefix: str, first: str) -> str:
    """The name of the file of a part, without `.js`: the same as long as its first letters are."""
    plain = first.isascii() and first.isalnum() and len(first) <= _LONGEST_NAME
    return f"{prefix}-{first if plain else '_' + content_hash(first)}"


def _divided(terms: Sequence[str], ends: Sequence[int], limit: int, whole: Part) -> Iterator[Part]:
    first, start, end = whole
    if ends[end] - ends[start] <= limit or end - start == 1:
        yield whole
        return
    depth = _common(terms[start], terms[end - 1])
    joined = first
    from_, begin = start, ends[start]
    while start < end:
        # The next child: all terms with the same letters up to `depth`, and that one.
        term = terms[start]
        letters = term[: depth + 1]
        stop = start + 1
        if len(term) > depth:
            stop = bisect_left(terms, term[:depth] + chr(ord(term[depth]) + 1), stop, end)
        if ends[stop] - begin > limit and from_ < start:
            yield Part(joined, from_, start)
            joined, from_, begin = letters, start, ends[start]
        if ends[stop] - begin > limit:
            yield from _divided(terms, ends, limit, Part(joined, start, stop))
            from_, begin = stop, ends[stop]
            if stop < end:
                joined = terms[stop][: depth + 1]
        start = stop
    if from_ < end:
        yield Part(joined, from_, end)


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    depth, most = 0, min(len(one), len(other))
    while depth < most and one[depth] == other[depth]:
        depth += 1
    return depth
