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
    """What is known of one candidate as it is met again and again."""

    __slots__ = ("base", "start", "stop", "term", "times", "whole")

    def __init__(self, base: float, start: int, stop: int) -> None:
        self.base, self.start, self.stop = base, start, stop
        self.times = 1
        self.whole = self.term = False

    def worth(self, text: Text) -> float:
        worth = self.base
        if self.times > 1:
            worth += _TIMES * log(self.times)
        if self.start < text.early:
            if self.start < text.titled:
                worth += _TITLED
            worth += _EARLY
        if self.whole:
            worth += _WHOLE
        return worth + _TERM if self.term else worth


def find_phrases(
    common: Set[str],
    heads: Heads,
    text: Text,
    steps: Iterable[tuple[int, Step]],
    terms: Mapping[int, Mention],
    least: float,
) -> list[Phrase]:
    """Candidates that are worth `least` or more, best first, without the words `common`.

    `steps`: where two words begin a phrase; `terms`: phrases of the taxonomy by where they begin.
    """
    words, stems = text.words, text.stems
    runs: list[tuple[int, int, float]] = []
    for i, (_, pair, thirds) in steps:
        if pair is not None:
            runs.append((i, i + 2, pair))
        # A text ends with a mark: there is a word behind any two.
        if thirds and (three := thirds.get(stems[i + 2])) is not None:
            runs.append((i, i + 3, three))
    finds: dict[tuple[str, ...], _Find] = {}
    for start, stop, base in runs:
        whole = _bounds(words, stems, start, stop)
        if whole is None:
            continue
        key = tuple(stems[start:stop])
        find = finds.get(key)
        if find is None:
            find = finds[key] = _Find(base, start, stop)
        else:
            find.times += 1
        if whole:
            find.whole = True
        if start in terms and terms[start].stop == stop:
            find.term = True
    whole_text = ""
    for key, (start, stop, defined) in _fresh(text, common).items():
        if key not in finds and heads.worth(key) is None:
            whole_text = whole_text or f" {' '.join(stems)} "
            find = finds[key] = _Find(_NEW, start, stop)
            find.whole = True
            find.term = defined or (start in terms and terms[start].stop == stop)
            find.times = max(1, whole_text.count(f" {' '.join(key)} "))
    found = [
        (-worth, key, find.start, find.stop)
        for key, find in finds.items()
        if (worth := find.worth(text)) >= least
    ]
    return [Phrase(-less, key, start, stop) for less, key, start, stop in sorted(found)]


def _bounds(words: list[str], stems: list[str], start: int, stop: int) -> bool | None:
    """Whether the run has nothing before or behind it that may belong to it; None if it is torn
    out of a compound: `supervised learning` of `self-supervised learning`."""
    if start and words[start - 1][-1] == "-":
        return None
    after = stems[stop]
    if words[stop - 1][-1] == "-" and after not in JOINTS:
        return None
    if start and (before := stems[start - 1]) not in GLUE and before.isalnum():
        return False
    return after in GLUE or after in JOINTS or not after.isalnum()


def _fresh(text: Text, common: Set[str]) -> dict[tuple[str, ...], tuple[int, int, bool]]:
    """What may be a term that nobody knows: where it stands, and whether an abbreviation is bound
    to it."""
    stems = text.stems
    fresh = {tuple(stems[i:stop]): (i, stop, False) for i, stop in _new(text, common)}
    for i, stop in _defined(text, common):
        fresh[tuple(stems[i:stop])] = i, stop, True
    return fresh


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
            if (
                common.isdisjoint(run)
                and run[-1] not in WEAK_LAST
                and _bounds(words, stems, start, i)
            ):
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
