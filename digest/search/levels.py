"""How prominent a word is in a paper, in eight steps, and what each step is worth.

A simple form of BM25F (Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple weighted
fields, 2004): occurrences are weighted by field, divided by a length norm, and saturate; the result
is rounded to one of four steps below or above the line between what only an abstract says and what
title, system name, tags or venue say. Mean lengths are constants, not the collection's: a paper's
levels depend on that paper alone.
"""

from __future__ import annotations

from typing import Any

TITLE, SYSTEM, TAG, VENUE = 4.0, 4.0, 1.5, 1.0
"""What an occurrence in these counts, where one in the abstract counts 1."""
_K1 = 1.2
_B_ABSTRACT, _B_TITLE = 0.6, 0.5
_MEAN_ABSTRACT, _MEAN_TITLE = 90.0, 8.0
"""Words, without stop words, of a usual abstract and title."""
_STEPS_BELOW = (0.42, 0.58, 0.70)
_STEPS_ABOVE = (0.62, 0.75, 0.84)
WEIGHTS = (0.36, 0.50, 0.64, 0.76, 0.58, 0.72, 0.83, 0.92)
PERSON = 0.8
"""What a word in an author's name is worth."""
NEAR = 0.4
"""What words gain that stand in a title as they do in the query, as a share of their rarity."""


def level(
    in_abstract: int, abstract_length: int, in_title: int, title_length: int, elsewhere: float
) -> int:
    """The level of a word: how often it stands in abstract and title, of how many words these are,
    and the sum of the weights of its other occurrences (`SYSTEM`, `TAG`, `VENUE`)."""
    norm = 1 - _B_ABSTRACT + _B_ABSTRACT * abstract_length / _MEAN_ABSTRACT
    heading = TITLE * in_title / (1 - _B_TITLE + _B_TITLE * title_length / _MEAN_TITLE) + elsewhere
    count = in_abstract / max(norm, 0.4) + heading
    share = count / (count + _K1)
    if heading:
        return 4 + sum(share > step for step in _STEPS_ABOVE)
    return sum(share > step for step in _STEPS_BELOW)


def levels(
    in_abstract: Any, abstract_length: Any, in_title: Any, title_length: Any, elsewhere: Any
) -> Any:
    """As `level`, of many words at once: numpy arrays of the same length."""
    norm = 1 - _B_ABSTRACT + _B_ABSTRACT * abstract_length / _MEAN_ABSTRACT
    heading = TITLE * in_title / (1 - _B_TITLE + _B_TITLE * title_length / _MEAN_TITLE) + elsewhere
    count = in_abstract / norm.clip(0.4) + heading
    share = count / (count + _K1)
    below = sum((share > step).astype("u1") for step in _STEPS_BELOW)
    above = sum((share > step).astype("u1") for step in _STEPS_ABOVE)
    prominent = heading > 0
    return prominent * (4 + above) + ~prominent * below
