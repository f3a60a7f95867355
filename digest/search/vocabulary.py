"""The words of a collection by their length, for whoever has slipped: docs/search-format.md,
"Spelling"."""

from __future__ import annotations

import numpy as np

from digest.search.inverted import Inverted

SHORTEST, LONGEST = 5, 16
"""Letters of words in the first list, and of the shortest in the last."""
_LEAST_PAPERS = 2
_MORE_PAPERS = 30_000
"""For each so many papers of the collection a word must stand in one more."""


def by_length(inverted: Inverted, papers: int) -> dict[int, str]:
    """Lists of words by how many letters they have, in the order of code points, with blanks
    between; behind each word how many doublings lead to the number of its papers, 9 at most."""
    counts = np.diff(inverted.posts.starts)
    some = np.flatnonzero(counts >= _LEAST_PAPERS + papers // _MORE_PAPERS)
    doublings = np.minimum(np.frexp(counts[some])[1] - 1, 9).tolist()
    found: list[list[str]] = [[] for _ in range(LONGEST + 1)]
    for at, doubling in zip(some.tolist(), doublings, strict=True):
        term = inverted.terms[at]
        letters = len(term)
        if letters >= SHORTEST and term.isalpha():
            found[letters if letters < LONGEST else LONGEST].append(f"{term}{doubling}")
    return {letters: " ".join(words) for letters, words in enumerate(found) if words}
