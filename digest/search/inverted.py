"""The inverted index as arrays: of each term where it stands, and the lines that say so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from digest.search.postings import Ints, Lists, bounds


class Lines(NamedTuple):
    """Lines of terms, one after the other, each but an empty one with a line feed behind."""

    text: bytes
    ends: Ints
    """0, then where the line of each term ends."""

    def between(self, first: int, end: int) -> bytes:
        """Those of the terms from `first` to before `end`, without the last line feed."""
        return self.text[int(self.ends[first]) : max(0, int(self.ends[end]) - 1)]


class Inverted(NamedTuple):
    """Of each term, in order, where it stands."""

    terms: list[str]
    posts: Lists
    """Slots, levels, places in titles; by falling level, then slot."""
    people: Lists
    """Slots."""
    spots: Lists
    """Slots, places in abstracts; in this order."""
    words: Lines
    positions: Lines


class _Piece(NamedTuple):
    """Terms that follow one another."""

    fresh: bool
    start: int
    end: int


def nothing() -> Inverted:
    """The index of no papers."""
    start = np.zeros(1, np.int64)
    kinds = ((np.int32, np.uint8, np.uint8), (np.int32,), (np.int32, np.uint16))
    posts, people, spots = (
        Lists(start, tuple(np.zeros(0, kind) for kind in each)) for each in kinds
    )
    return Inverted([], posts, people, spots, Lines(b"", start), Lines(b"", start))


def spliced(before: Inverted, part: Inverted) -> Inverted:
    """`before` with what `part` says of its terms; terms of which nothing is said any more go."""
    if not before.terms and (np.diff(part.words.ends) > 0).all():
        return part
    pieces = [piece for piece in _pieces(before, part) if piece.start < piece.end]
    if not pieces:
        return nothing()
    terms: list[str] = []
    for fresh, start, end in pieces:
        terms += (part if fresh else before).terms[start:end]
    return Inverted(
        terms,
        _spliced_lists(before.posts, part.posts, pieces),
        _spliced_lists(before.people, part.people, pieces),
        _spliced_lists(before.spots, part.spots, pieces),
        _spliced_lines(before.words, part.words, pieces),
        _spliced_lines(before.positions, part.positions, pieces),
    )


def _pieces(before: Inverted, part: Inverted) -> Iterator[_Piece]:
    start, fresh = 0, _Piece(True, 0, 0)
    empty = (np.diff(part.words.ends) == 0).tolist()
    for at, term in enumerate(part.terms):
        end = bisect_left(before.terms, term, start)
        if start < end or empty[at]:
            yield fresh
            yield _Piece(False, start, end)
            fresh = _Piece(True, at, at)
        start = end + (end < len(before.terms) and before.terms[end] == term)
        fresh = _Piece(True, at + 1, at + 1) if empty[at] else fresh._replace(end=at + 1)
    yield fresh
    yield _Piece(False, start, len(before.terms))


def _spliced_lists(before: Lists, part: Lists, pieces: Sequence[_Piece]) -> Lists:
    sizes = np.diff(before.starts), np.diff(part.starts)
    cuts = [
        (p.fresh, *(part if p.fresh else before).starts[[p.start, p.end]].tolist()) for p in pieces
    ]
    return Lists(
        bounds(np.concatenate([sizes[p.fresh][p.start : p.end] for p in pieces])),
        tuple(
            np.concatenate([(new if fresh else old)[start:end] for fresh, start, end in cuts])
            for old, new in zip(before.columns, part.columns, strict=True)
        ),
    )


def _spliced_lines(before: Lines, part: Lines, pieces: Sequence[_Piece]) -> Lines:
    sizes = np.diff(before.ends), np.diff(part.ends)
    texts = memoryview(before.text), memoryview(part.text)
    ends = before.ends, part.ends
    return Lines(
        b"".join(
            [
                texts[p.fresh][int(ends[p.fresh][p.start]) : int(ends[p.fresh][p.end])]
                for p in pieces
            ]
        ),
        bounds(np.concatenate([sizes[p.fresh][p.start : p.end] for p in pieces])),
    )
