"""Where a phrase that had to be cut may really end: clauses are kept whole or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.topics import FINITE, NOISE
from digest.catalogue.titles.verbs import VERBS
from digest.catalogue.titles.word_classes import AUXILIARIES, PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAILS = (
    ("in", "literature"),
    ("in", "the", "literature"),
    ("in", "this", "paper"),
    ("in", "this", "work"),
    ("in", "an", "attempt"),
    ("in", "an", "effort"),
    ("in", "the", "hope"),
    ("in", "order"),
    ("in", "detail"),
    ("in", "turn"),
    ("in", "general"),
    ("in", "particular"),
    ("in", "terms"),
    ("in", "addition"),
    ("with", "respect"),
)
"""What says nothing at the end of a title."""
_LAST_OF_TAILS = frozenset(tail[-1] for tail in _TAILS)
_RELATIVES = listed("that which where when whose whom who")
_ARGUMENTS = listed("from into onto to as of between among against")
"""What goes on from a verb and its object: `takes the negatives |from a queue`."""
_LEAST = 2
"""Words with a meaning of their own that must stay."""


def settle(words: Sequence[str], count: int) -> int:
    """How many of the first `count` of `words` to keep, so that no clause is cut in two."""
    count = _without_tail(words, count)
    if not 0 < count < len(words) or words[count - 1][-1] in ".;:!?":
        return count
    lows = [bare(word) for word in words[: count + 1]]
    seam = next((i for i in range(count - 1, 1, -1) if lows[i] in _RELATIVES), 0)
    if seam and _torn(words, lows, seam, count):
        seam -= lows[seam - 1] in PREPOSITIONS
        if _says(lows[:seam]) >= _LEAST:
            return seam
    if lows[count] == "of":
        role = next((i for i in range(max(2, count - 4), count) if lows[i] == "as"), 0)
        if role and _says(lows[:role]) >= _LEAST:
            return role
    return count


def torn(words: Sequence[str], count: int) -> bool:
    """Whether a cut at `count` takes from the last noun what it asks for: `the effect |of heat`."""
    return (
        0 < count < len(words)
        and bare(words[count]) in ("of", "between")
        and words[count - 1][-1] not in ".,;:!?)"
    )


def _without_tail(words: Sequence[str], count: int) -> int:
    if not count or bare(words[count - 1]) not in _LAST_OF_TAILS:
        return count
    for tail in _TAILS:
        start = count - len(tail)
        if start > 0 and all(bare(words[start + i]) == low for i, low in enumerate(tail)):
            return start
    return count


def _torn(words: Sequence[str], lows: Sequence[str], seam: int, count: int) -> bool:
    """Whether the clause that begins at `seam` lost its verb, or what the verb needs."""
    clause = lows[seam + 1 : count]
    if not clause:
        return True
    follower = lows[count]
    framed = lows[seam] not in ("that", "which", "who") or lows[seam - 1] in PREPOSITIONS
    if framed and not any(map(_finite, clause)):
        return True
    if len(clause) > 1 and clause[-2] in AUXILIARIES and clause[-1].endswith(("ed", "en", "ne")):
        return True  # `that may be approached |using …`
    return not framed and follower in _ARGUMENTS and words[count - 1][-1] != ","


def _finite(low: str) -> bool:
    return low in AUXILIARIES or low in FINITE or (low in VERBS and low.endswith(("s", "ed")))


def _says(lows: Sequence[str]) -> int:
    return sum(low not in NOISE for low in lows)
