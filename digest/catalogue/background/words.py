"""In how many of 100,000 papers of all fields a word occurs: `words.txt`.

Made by `python bench/background.py words`. Each line has a number of papers, rounded to two digits,
and the stems (`topics.vocabulary.stem`) that occur in so many.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PAPERS = 100_000
"""Papers that were counted."""
LEAST = 10
"""Stems in fewer papers are not listed."""

_FILE = Path(__file__).with_name("words.txt")


@cache
def word_frequencies() -> dict[str, int]:
    """Stem to the number of papers, of `PAPERS`, that have it."""
    found: dict[str, int] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        papers, _, stems = line.partition(" ")
        found.update(dict.fromkeys(stems.split(), int(papers)))
    return found
