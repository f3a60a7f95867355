"""The papers most like a paper, found without comparing all with all.

First the papers that its rarest leading terms lead to, until `_BUDGET` sightings are spent: so the
cost of a paper is bounded however large the collection is. Of these, the likeliest are compared by
all their terms.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.index import Index

_BUDGET = 6_000
_SIGHTINGS = 192
"""The likeliest are those behind so many of the best sightings; each paper is seen once a term."""
_COMPARED = 48


class Desk(NamedTuple):
    """Room to work in, all zeros between uses; as long as the collection and its terms."""

    sums: NDArray[np.int32]
    """By paper."""
    marks: NDArray[np.int32]
    """By term."""


def make_desk(index: Index) -> Desk:
    """Each process needs one of its own."""
    return Desk(
        np.zeros(len(index.leading), np.int32),
        np.zeros(len(index.numbers), np.int32),
    )


def nearest(
    index: Index, desk: Desk, paper: int, most: int, least: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Up to `most` papers with a score of at least `least`, best first, and their scores."""
    likely = _likely(index, desk, paper)
    span = slice(index.starts[paper], index.starts[paper + 1])
    scores = compare(index, desk, index.terms[span], index.weights[span], likely)
    order = np.lexsort((likely, -scores))[:most]
    order = order[scores[order] >= least]
    return likely[order], scores[order]


def _likely(index: Index, desk: Desk, paper: int) -> NDArray[np.int32]:
    first = index.starts[paper]
    last = first + index.leading[paper]
    terms = index.terms[first:last]
    begins = index.term_starts[terms]
    sizes = index.term_starts[terms + 1] - begins
    # By doublings, so that a new paper seldom changes what others are compared with.
    costs = 1 << np.frexp(np.maximum(sizes, 1) - 1.0)[1].astype(np.int64)
    order = np.lexsort((terms, costs))
    # A term that leads nowhere else costs and gives nothing.
    order = order[(sizes[order] > 1) & (np.cumsum(costs[order]) <= _BUDGET)]
    likely: NDArray[np.int32]
    sums = desk.sums
    seen: list[NDArray[np.int32]] = []
    for begin, size, weight in zip(
        begins[order].tolist(),
        sizes[order].tolist(),
        index.weights[first:last][order].tolist(),
        strict=True,
    ):
        holders = index.papers[begin : begin + size]
        # No paper stands twice under a term, so this adds to each.
        sums[holders] += index.paper_weights[begin : begin + size] * np.int32(weight)
        seen.append(holders)
    if not seen:
        return np.zeros(0, np.int32)
    sighted = np.concatenate(seen)
    found = sums[sighted]
    if len(found) > _SIGHTINGS:
        bar = np.partition(found, len(found) - _SIGHTINGS)[len(found) - _SIGHTINGS]
        likely = np.unique(sighted[found >= bar])
    else:
        likely = np.unique(sighted)
    likely = likely[likely != paper]
    if len(likely) > _COMPARED:
        likely = likely[np.lexsort((likely, -sums[likely]))[:_COMPARED]]
    sums[sighted] = 0
    return likely


def compare(
    index: Index,
    desk: Desk,
    terms: NDArray[np.int32],
    weights: NDArray[np.uint16],
    others: NDArray[np.int32],
) -> NDArray[np.int32]:
    """The scores of `others` with what has `terms`: sums over all terms that they share.

    Each of `others` has a term.
    """
    begins = index.starts[others]
    sizes = index.starts[others + 1] - begins
    ends = np.cumsum(sizes)
    scores = np.zeros(len(others), np.int32)
    if len(others):
        places = np.arange(ends[-1]) + np.repeat(begins - (ends - sizes), sizes)
        desk.marks[terms] = weights
        np.add.reduceat(
            desk.marks[index.terms[places]] * index.weights[places], ends - sizes, out=scores
        )
        desk.marks[terms] = 0
    return scores
