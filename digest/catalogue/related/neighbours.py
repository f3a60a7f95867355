"""The papers most like a paper, found without comparing all with all.

First the papers that its rarest leading terms lead to, within a budget: so the cost of a paper is
bounded however large the collection is. Of these, the likeliest are compared by all their terms.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from digest.catalogue.related.arrays import Ints, Places, offsets, ranges
from digest.catalogue.related.index import LEADING, Index

_SIGHTINGS = 192
"""The likeliest are those behind so many of the best sightings; each paper is seen once a term."""
_COMPARED = 48


class Desk(NamedTuple):
    """Room to work in, all zeros between uses; as long as the collection and its terms."""

    sums: Places
    """By paper."""
    marks: Places
    """By term."""


class Nearest(NamedTuple):
    """What a search finds."""

    papers: Ints
    """Best first."""
    scores: Places
    bar: int
    """Sum over the terms of the search from which another paper would have changed what is found;
    a paper below it would not, whether it comes or goes."""


def make_desk(index: Index) -> Desk:
    """Each process needs one of its own."""
    return Desk(
        np.zeros(len(index.starts) - 1, np.int32),
        np.zeros(len(index.numbers), np.int32),
    )


def nearest(index: Index, desk: Desk, paper: int, used: int, most: int, least: int) -> Nearest:
    """Up to `most` papers with a score of at least `least`; `used` is of `used_terms`."""
    likely, bar = _likely(index, desk, paper, used)
    scores = _compare(index, desk, paper, likely)
    order = np.lexsort((likely, -scores))[:most]
    order = order[scores[order] >= least]
    return Nearest(likely[order], scores[order], bar)


def _likely(index: Index, desk: Desk, paper: int, used: int) -> tuple[Ints, int]:
    ranks = [rank for rank in range(LEADING) if used >> rank & 1]
    if not ranks:
        return np.zeros(0, np.int64), 1
    by = index.starts[paper] + np.array(ranks, np.int64)
    terms = index.terms[by]
    starts = index.term_starts[terms]
    sizes = index.term_starts[terms + 1] - starts
    at = ranges(starts, sizes)
    sighted = index.papers[at].astype(np.int64)  # indexing by other kinds takes twice as long
    products = np.repeat(index.weights[by].astype(np.int32), sizes)
    products *= index.paper_weights[at]
    sums = desk.sums
    np.add.at(sums, sighted, products)
    found = sums[sighted]
    best, bar = sighted, 1
    if len(found) > _SIGHTINGS:
        bar = int(np.partition(found, len(found) - _SIGHTINGS)[len(found) - _SIGHTINGS])
        best = sighted[found >= bar]
    best = np.sort(best)  # `unique` of so few takes twice as long
    likely = best[(np.diff(best, prepend=-1) > 0) & (best != paper)]
    if len(likely) > _COMPARED:
        # Of equals the earlier papers.
        likely = likely[np.argsort(-sums[likely], kind="stable")[:_COMPARED]]
        bar = int(sums[likely[-1]])
    sums[sighted] = 0
    return likely, bar


def _compare(index: Index, desk: Desk, paper: int, others: Ints) -> Places:
    """The scores of `others` with `paper`: sums over all terms that they share.

    Each of `others` has a term.
    """
    if not len(others):
        return np.zeros(0, np.int32)
    span = slice(index.starts[paper], index.starts[paper + 1])
    terms = index.terms[span].astype(np.int64)
    starts = index.starts[others]
    sizes = index.starts[others + 1] - starts
    at = ranges(starts, sizes)
    marks = desk.marks
    marks[terms] = index.weights[span]
    products = marks[index.terms[at].astype(np.int64)]
    marks[terms] = 0
    products *= index.weights[at]
    scores: Places = np.add.reduceat(products, offsets(sizes)[:-1])
    return scores
