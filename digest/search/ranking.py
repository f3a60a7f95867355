"""What it is worth that a paper has a word: the same figures as in the page's script.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the part
of term frequency and length rounded to the levels of `levels.py`. All sums run in the order of the
query, so that both sides come to the same double.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

PHRASE = 1.2
"""What words are worth that stand together as they were asked for."""
WINDOW = 3
"""Distance in a title up to which two words count as near each other."""
_STEP = 2.0**20
_MONTH = 0.9438743126816935
"""Twelve of these multiplied are one half."""

Scores = dict[int, float]
"""By slot."""


def rarity(papers: int, having: int) -> float:
    """Inverse document frequency of what `having` of all `papers` have, at least 0.

    Rounded, since logarithms may differ in their last bit between machines.
    """
    exact = math.log(1 + (papers - having + 0.5) / (having + 0.5))
    return math.floor(exact * _STEP + 0.5) / _STEP


def larger(one: Scores, other: Mapping[int, float]) -> Scores:
    """`one`, in which each paper has the larger of both scores."""
    for slot, score in other.items():
        if score > one.get(slot, -1.0):
            one[slot] = score
    return one


def summed(parts: Sequence[Mapping[int, float]]) -> Scores:
    """The sums of papers that are in all `parts`, added in order."""
    if len(parts) == 1:
        return dict(parts[0])
    found = {}
    for slot in min(parts, key=len):
        score = 0.0
        for part in parts:
            if slot not in part:
                break
            score += part[slot]
        else:
            found[slot] = score
    return found


def nearness(distance: int, wanted: int) -> float:
    """What share of their rarities' mean two words of a title gain that stand so far apart, where
    the query has them `wanted` apart."""
    if distance == wanted:
        return 1.0
    return 0.5 if abs(distance) <= WINDOW else 0.0


def fading(months: int) -> list[float]:
    """What of a paper's newness is left after 0, 1 … `months` months: a half each year."""
    found = [1.0]
    for _ in range(months):
        found.append(found[-1] * _MONTH)
    return found
