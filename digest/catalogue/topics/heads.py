"""Phrases by their first two stems: what may begin where a text has both, one after the other.

Most of what a text says begins no phrase, and of the phrases that are known a digest meets few.
So the phrases of a stem are laid out when that stem is first met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.catalogue.topics.senses import Meanings, Sense

Phrases = tuple[tuple[int, list[str], "tuple[Sense, ...]"], ...]
_NOTHING: dict[str, Step] = {}
_MAX_KNOWN = 100_000


class Step(NamedTuple):
    """What two stems, one after the other, begin."""

    phrases: Phrases
    """Phrases of the taxonomy, longest first: their size, the stems after two, senses."""
    worth: float | None
    """Worth of the two as a phrase that the background knows."""
    thirds: dict[str, float]
    """Worth of the three with each third stem."""


class Heads(dict[str, dict[str, Step]]):
    """First stem to second stem to what both begin."""

    def __init__(
        self, taxonomy: dict[str, str], background: dict[str, str], meanings: Meanings
    ) -> None:
        """`taxonomy`: first stem to lines of the other stems, a tab and the written meaning;
        `background`: first stem to what `background.phrases` knows of it."""
        super().__init__()
        self.taxonomy = taxonomy
        self.background = background
        self.meanings = meanings
        self.added: dict[str, dict[str, str]] = {}
        """First stem to the other stems, with blanks between, to the written meaning."""

    def __missing__(self, first: str) -> dict[str, Step]:
        found = _NOTHING
        if first in self.taxonomy or first in self.background or first in self.added:
            found = self._lay_out(first)
        if found or len(self) < _MAX_KNOWN:
            self[first] = found
        return found

    def worth(self, key: tuple[str, ...]) -> float | None:
        """What a run of two or three stems is worth; None if the background does not know it."""
        step = self[key[0]].get(key[1])
        if step is None:
            return None
        return step.worth if len(key) == 2 else step.thirds.get(key[2])

    def _lay_out(self, first: str) -> dict[str, Step]:
        phrases: dict[str, list[tuple[int, list[str], tuple[Sense, ...]]]] = {}
        for rest, written in self._written(first):
            if senses := self.meanings[written]:
                second, *others = rest.split(" ")
                phrases.setdefault(second, []).append((len(others) + 2, others, senses))
        pairs: dict[str, float] = {}
        thirds: dict[str, dict[str, float]] = {}
        for line in self.background[first].split("\n") if first in self.background else ():
            second, worth, *longer = line.split(" ")
            if worth:
                pairs[second] = int(worth) / 4
            if longer:
                values = map(int, longer[1::2])
                thirds[second] = {t: n / 4 for t, n in zip(longer[::2], values, strict=True)}
        return {
            second: Step(
                tuple(sorted(phrases.get(second, ()), key=lambda phrase: (-phrase[0], phrase[1]))),
                pairs.get(second),
                thirds.get(second, {}),
            )
            for second in {**phrases, **pairs, **thirds}
        }

    def _written(self, first: str) -> Iterator[tuple[str, str]]:
        added = self.added.get(first, {})
        if first in self.taxonomy:
            for line in self.taxonomy[first].split("\n"):
                rest, _, written = line.partition("\t")
                yield rest, f"{written} {added[rest]}" if rest in added else written
                added = (
                    {key: mark for key, mark in added.items() if key != rest}
                    if rest in added
                    else added
                )
        yield from added.items()
