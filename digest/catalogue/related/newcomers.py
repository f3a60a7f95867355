"""A paper that comes to a collection whose index is kept: what it is like, and whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.index import Index
from digest.catalogue.related.neighbours import Desk, compare
from digest.catalogue.related.signatures import Numbers, Signatures


class Singles(NamedTuple):
    """The terms that one paper alone has, which an `Index` leaves out."""

    numbers: Numbers
    """Ascending."""
    papers: NDArray[np.int32]
    weights: NDArray[np.uint16]


def make_singles(parts: Sequence[Signatures]) -> Singles:
    """Of the papers of all `parts`, in their order."""
    sizes = np.concatenate([part.sizes for part in parts])
    owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    every = np.concatenate([part.terms for part in parts])
    numbers, places, counts = np.unique(every, return_index=True, return_counts=True)
    places = places[counts == 1]
    weights = np.concatenate([part.weights for part in parts])
    return Singles(numbers[counts == 1], owners[places], weights[places])


def score_newcomer(
    index: Index, singles: Singles, desk: Desk, newcomer: Signatures
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """All papers that a leading term of `newcomer` leads to, or that it shares a term with that
    they had alone, ascending; and their scores.

    A paper whose list the newcomer enters is among them; lists of others stay as they are, but for
    what the bounds of `nearest` cut off.
    """
    at, known = _find(index.numbers, newcomer.terms)
    terms = at[known].astype(np.int32)
    shared = [
        index.papers[index.term_starts[term] : index.term_starts[term + 1]]
        for term in terms.tolist()
    ]
    found, new = _find(singles.numbers, newcomer.terms)
    owners = singles.papers[found[new]]
    others = np.unique(np.concatenate((*shared, owners)))
    # A paper all of whose terms were its own is not in the index.
    inside = index.starts[others + 1] > index.starts[others]
    scores = np.zeros(len(others), np.int32)
    scores[inside] = compare(index, desk, terms, newcomer.weights[known], others[inside])
    products = singles.weights[found[new]].astype(np.int32) * newcomer.weights[new]
    np.add.at(scores, np.searchsorted(others, owners), products)
    return others, scores


def _find(numbers: Numbers, wanted: Numbers) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each of `wanted` would stand in `numbers`, and whether it does."""
    at = np.searchsorted(numbers, wanted)
    known = at < len(numbers)
    known[known] = numbers[at[known]] == wanted[known]
    return at, known
