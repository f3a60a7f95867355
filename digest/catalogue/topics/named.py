"""Names of data sets that a text gives itself away: `the ABC-9 dataset`, `on ABC, DeF and GHI
benchmarks`."""

from __future__ import annotations

import re
from itertools import compress, count
from typing import TYPE_CHECKING

from digest.catalogue.topics.stems import stem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from digest.catalogue.topics.words import Text

_HEADS = frozenset(map(stem, "dataset benchmark corpus corpora leaderboard testbed".split()))
_NAME = re.compile(
    r"[A-Z][a-z]+[A-Z0-9]\w*|[A-Z]{2}[A-Z0-9]+[a-z]?|[A-Z]{2,}[a-z]+\w*|[a-z]+[A-Z]\w+"
)
"""Capitals beyond the initial: a plain capitalised word may begin a sentence."""
_MOST_BACK = 24


def named_data(text: Text, known: Container[str]) -> Iterator[tuple[str, int]]:
    """Names and where they stand. `known` are abbreviations that stand for something else."""
    if _HEADS.isdisjoint(text.stems):
        return
    short = {text.words[i + 1] for i, word in enumerate(text.words[:-1]) if word == "("}
    for i in compress(count(), map(_HEADS.__contains__, text.stems)):
        at = i - 1
        if at >= 0 and text.stems[at] in ("data", "public", "standard", "benchmark", "challenge"):
            at -= 1
        while at >= max(0, i - _MOST_BACK):
            start = at
            while start and text.words[start - 1][-1] == "-":
                start -= 1
            if text.words[at][-1] == "-" or not _is_name(text, start, at, known, short):
                break
            yield text.quote(start, at + 1), start
            at = start - 1
            while at >= 0 and text.words[at] in (",", "and", "or", "the", "&"):
                at -= 1


def _is_name(text: Text, start: int, at: int, known: Container[str], short: Container[str]) -> bool:
    words = [word.rstrip("-") for word in text.words[start : at + 1]]
    if any(word in known or word.removesuffix("s") in known for word in words):
        return False
    if len(words) == 1 and (words[0] in short or words[0] + "s" in short):
        return False  # an abbreviation of what the data are of
    return any(_NAME.fullmatch(word) for word in words)
