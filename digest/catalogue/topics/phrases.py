"""Terms that the taxonomy lacks: short runs of words that tell what a paper is about.

A run is a candidate if it is known to stand in titles (`background.phrases`), or if it is new and
stands in the paper's own title, or is bound to an abbreviation there. What a paper's candidates are
rests on its own text and on figures that ship with the package, never on other papers.

The weights are those of a logistic regression on papers with their authors' keywords, rounded; what
they reach on other papers, `bench/tags.py` prints.
"""

from __future__ import annotations

from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.topics.glue import GLUE, JOINTS, WEAK_LAST
from digest.catalogue.topics.stems import stem
from digest.catalogue.topics.words import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from digest.catalogue.topics.heads import Heads, Step
    from digest.catalogue.topics.mentions import Mention
    from digest.catalogue.topics.words import Text

_TIMES, _TITLED, _EARLY, _WHOLE, _TERM = 0.25, 0.35, 0.4, 0.35, 1.45
_NEW = -4.0
"""What a phrase that the background does not know is worth before its place is looked at."""
LEAST = -2.75
"""Phrases that are worth less are no tags."""
_LONGEST = 3


_GENERAL = frozenset(
    map(
        stem,
        """system network model method algorithm learning approach problem task technique image data
        function process theory analysis""".split(),
    )
)
_ROOT = 6


@lru_cache(20_000)
def roots(stems: frozenset[str]) -> frozenset[str]:
    """What the words say, without endings and what any phrase may end with."""
    return frozenset(s[:_ROOT] for s in stems - _GENERAL) or frozenset(s[:_ROOT] for s in stems)


class Phrase(NamedTuple):
    """A run of words that may be a tag."""

    worth: float
    """Logarithm of the odds that an author would choose it as a keyword."""
    stems: tuple[str, ...]
    start: int
    stop: int
    """Where it stands first."""


class _Find:
    __slots__ = ("base", "early", "start", "stop", "term", "times", "titled", "whole")

    def __init__(self, base: float, start: int, stop: int) -> None:
        self.base, self.start, self.stop = base, start, stop
        self.times = 0
        self.early = self.term = self.titled = self.whole = False

    @property
    def worth(self) -> float:
        return (
            self.base
            + (_TIMES * log(self.times) if self.times > 1 else 0)
            + _TITLED * self.titled
            + _EARLY * self.early
            + _WHOLE * self.whole
            + _TERM * self.term
        )


def find_phrases(
    common: Set[str],
    heads: Heads,
    text: Text,
    steps: Iterable[tuple[int, Step]],
    terms: Mapping[int, Mention],
) -> list[Phrase]:
    """Candidates, best first, without the words `common`.

    `steps`: where two words begin a phrase; `terms`: phrases of the taxonomy by where they begin.
    """
    stems = text.stems
    finds: dict[tuple[str, ...], _Find] = {}
    for i, (_, base, thirds) in steps:
        if base is not None and (whole := _bounds(text, i, i + 2)) is not None:
            key: tuple[str, ...] = stems[i], stems[i + 1]
            _note(finds, key, base, text, i, i + 2, whole, terms)
        if (
            thirds  # a text ends with a mark: there is a word behind any two
            and (base := thirds.get(stems[i + 2])) is not None
            and (whole := _bounds(text, i, i + 3)) is not None
        ):
            key = stems[i], stems[i + 1], stems[i + 2]
            _note(finds, key, base, text, i, i + 3, whole, terms)
    fresh = {tuple(stems[i:stop]): (i, stop, False) for i, stop in _new(text, common)}
    for i, stop in _defined(text, common):
        fresh[tuple(stems[i:stop])] = i, stop, True
    for key, (i, stop, defined) in fresh.items():
        if key not in finds and heads.worth(key) is None:
            _note(finds, key, _NEW, text, i, stop, True, terms)
            find = finds[key]
            find.term = find.term or defined
            find.times = max(1, f" {' '.join(stems)} ".count(f" {' '.join(key)} "))
    found = [Phrase(f.worth, key, f.start, f.stop) for key, f in finds.items()]
    found.sort(key=lambda p: (-p.worth, p.stems))
    return found


def _note(
    finds: dict[tuple[str, ...], _Find],
    key: tuple[str, ...],
    base: float,
    text: Text,
    start: int,
    stop: int,
    whole: bool,
    terms: Mapping[int, Mention],
) -> None:
    find = finds.get(key)
    if find is None:
        find = finds[key] = _Find(base, start, stop)
        find.titled = start < text.titled
        find.early = find.titled or text.place(start) == FIRST
    find.times += 1
    find.whole = find.whole or whole
    find.term = find.term or (start in terms and terms[start].stop == stop)


def _bounds(text: Text, start: int, stop: int) -> bool | None:
    """Whether the run has nothing before or behind it that may belong to it; None if it is torn
    out of a compound: `supervised learning` of `self-supervised learning`."""
    words, stems = text.words, text.stems
    if start and words[start - 1][-1] == "-":
        return None
    after = stems[stop]
    if words[stop - 1][-1] == "-" and after not in JOINTS:
        return None
    if start and (before := stems[start - 1]) not in GLUE and before.isalnum():
        return False
    return after in GLUE or after in JOINTS or not after.isalnum()


def _new(text: Text, common: Set[str]) -> Iterator[tuple[int, int]]:
    """Whole runs of two or three words in the title, without those that say little."""
    stems, words = text.stems, text.words
    start = 0
    for i in range(text.titled):
        stem = stems[i]
        if stem.isalpha() and stem not in GLUE:
            continue
        if 2 <= i - start <= _LONGEST and (i == 0 or words[i - 1][-1] != "-" or stem in JOINTS):
            run = stems[start:i]
            if common.isdisjoint(run) and run[-1] not in WEAK_LAST and _bounds(text, start, i):
                yield start, i
        start = i + 1


def _defined(text: Text, common: Set[str]) -> Iterator[tuple[int, int]]:
    """Runs that the text gives an abbreviation: `conversational search engine (CSE)`."""
    words, stems = text.words, text.stems
    at = -1
    for _ in range(words.count("(")):
        at = words.index("(", at + 1)
        for start in (at - 2, at - 3):
            run = stems[max(0, start) : at]
            if (
                start >= 0
                and text.short_for(start, at)
                and common.isdisjoint(run)
                and GLUE.isdisjoint(run)
                and (start == 0 or words[start - 1][-1] != "-")
            ):
                yield start, at
