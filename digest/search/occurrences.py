"""Where words occur in some papers, as arrays.

Texts are taken apart and numbered piece by piece, and all that follows from that is worked out for
all papers at once: a collection's abstracts hold millions of pieces, of few kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from digest.search.postings import Ints, spread
from digest.search.words import pieces, words_of_piece


class Occurrences(NamedTuple):
    """Words, in the order of the papers and of their places; each is a row of every array."""

    papers: Ints
    """By their places in the batch."""
    terms: Ints
    places: Ints
    """Words before it in the text."""


class Numbers(dict[str, int]):
    """Terms by their numbers, which they get as they come."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _Pieces(dict[str, int]):
    """Pieces of texts by their numbers, and what each says."""

    def __init__(self, terms: Numbers) -> None:
        super().__init__()
        self._terms = terms
        self.counts: list[int] = []
        """Places that each takes."""
        self.sizes: list[int] = []
        """Words that each has."""
        self.words: list[int] = []
        """Those of all, by their numbers."""
        self.places: list[int] = []
        """Of each word in its piece."""

    def __missing__(self, piece: str) -> int:
        taken, found = words_of_piece(piece)
        self.counts.append(taken)
        self.sizes.append(len(found))
        for word, place in found:
            self.words.append(self._terms[word])
            self.places.append(place)
        number = self[piece] = len(self)
        return number


class Terms:
    """Terms that stand nowhere in particular, paper after paper."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._sizes: list[int] = []

    def add(self, terms: Sequence[str]) -> None:
        """Those of the next paper."""
        self._rows += terms
        self._sizes.append(len(terms))

    def occurrences(self, numbers: Numbers) -> Occurrences:
        """All, in the place 0."""
        terms = _numbered(self._rows, numbers)
        return Occurrences(_owners(self._sizes), terms, np.zeros(len(terms), np.int64))


class Texts:
    """The words of texts, one a paper."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._sizes: list[int] = []

    def add(self, text: str) -> None:
        """That of the next paper, without LaTeX."""
        found = pieces(text)
        self._pieces += found
        self._sizes.append(len(found))

    def occurrences(self, numbers: Numbers) -> Occurrences:
        """All, without stop words."""
        known = _Pieces(numbers)
        found = _numbered(self._pieces, known)
        counts, sizes, terms, places = (
            np.array(each, np.int64)
            for each in (known.counts, known.sizes, known.words, known.places)
        )
        if not len(found):
            return Occurrences(found, found, found)
        owners = _owners(self._sizes)
        before = np.cumsum(counts[found]) - counts[found]
        # Each text's places begin with 0 again.
        first = np.concatenate(([True], owners[1:] != owners[:-1]))
        before -= np.repeat(before[first], np.diff(np.append(np.flatnonzero(first), len(found))))
        of_piece = sizes[found]
        rows = spread((np.cumsum(sizes) - sizes)[found], of_piece)
        return Occurrences(
            np.repeat(owners, of_piece),
            terms[rows],
            np.repeat(before, of_piece) + places[rows],
        )


def _numbered(rows: Sequence[str], numbers: dict[str, int]) -> Ints:
    return np.fromiter(map(numbers.__getitem__, rows), np.int64, len(rows))


def _owners(sizes: Sequence[int]) -> Ints:
    return np.repeat(np.arange(len(sizes)), np.array(sizes, np.int64))
