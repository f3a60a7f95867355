"""Where the characters of a text stand that another text holds in escaped or packed form."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from digest.paper import Span


class Places(Protocol):
    """A map of places that never goes back: passages in order stay in order and apart."""

    def start(self, at: int) -> int:
        """Where what begins at `at` begins in the text around it."""

    def end(self, at: int) -> int:
        """Where what ends before `at` ends in the text around it."""


class Piece(NamedTuple):
    """Characters of the inner text, and the place in the outer one that they come from.

    As many characters as places mean one each; otherwise all of them share the place.
    """

    words: str
    start: int
    end: int


class Pieces:
    """Places of a text that is made of pieces: runs of plain characters, escapes, folded lines."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._inner, self._starts, self._ends = array("q"), array("q"), array("q")
        words: list[str] = []
        length = 0
        for piece in pieces:
            if not piece.words:
                continue
            self._inner.append(length)
            self._starts.append(piece.start)
            self._ends.append(piece.end)
            words.append(piece.words)
            length += len(piece.words)
        self._inner.append(length)
        self.text = "".join(words)

    def _piece(self, at: int) -> tuple[int, bool]:
        """The piece that holds the character at `at`, and whether it maps one to one."""
        n = max(0, min(bisect_right(self._inner, at), len(self._starts)) - 1)
        size = self._inner[n + 1] - self._inner[n]
        return n, size == self._ends[n] - self._starts[n]

    def start(self, at: int) -> int:
        """See Places."""
        if at >= len(self.text):
            return self._ends[-1] if self._ends else 0
        n, one_to_one = self._piece(at)
        return self._starts[n] + (at - self._inner[n] if one_to_one else 0)

    def end(self, at: int) -> int:
        """See Places."""
        if at <= 0:
            return self._starts[0] if self._starts else 0
        n, one_to_one = self._piece(at - 1)
        return self._starts[n] + (at - self._inner[n]) if one_to_one else self._ends[n]


class Steps:
    """Places of a text that came out of a packer step by step.

    `came[n]` is how much had come out when `places[n]` of the packed text was read, so that a
    passage stands where the unpacker read when it gave it.
    """

    def __init__(self, came: Iterable[int], places: Iterable[int]) -> None:
        self._came, self._places = array("q", came), array("q", places)

    def start(self, at: int) -> int:
        """See Places."""
        n = bisect_right(self._came, at) - 1
        return self._places[max(n, 0)]

    def end(self, at: int) -> int:
        """See Places."""
        return self.start(at)


class Within:
    """`inner` places in a text whose own places are `outer`."""

    def __init__(self, inner: Places, outer: Places) -> None:
        self._inner, self._outer = inner, outer

    def start(self, at: int) -> int:
        """See Places."""
        return self._outer.start(self._inner.start(at))

    def end(self, at: int) -> int:
        """See Places."""
        return self._outer.end(self._inner.end(at))


class Inner(NamedTuple):
    """A text within another one."""

    text: str
    span: Span
    """Of the string that holds it, quotes and tag included."""
    places: Places
    is_cut: bool
    """Whether the outer text ends before it does."""
    fault: str | None = None
    """What is wrong with its packing, if something is; it is read as far as it is whole."""
