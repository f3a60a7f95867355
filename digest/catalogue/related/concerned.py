"""Whose lists may differ after some papers came or went: their neighbours alone.

The list of a paper follows from the terms by which it searches, from the papers that these lead to
with a sum no less than its bar, and from how common its tags are, all by doublings. So a paper
keeps its list where the terms of its search stay the same, nobody at or above its bar came or went,
and no tag of its own crossed a bound. More may be named than differ, never fewer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Places, grown, ranges
from digest.catalogue.related.bounds import BUDGET, parted, used_terms
from digest.catalogue.related.features import Kind
from digest.catalogue.related.index import LEADING, Index
from digest.catalogue.related.revision import Revision


class Search(NamedTuple):
    """How each paper of an index searched."""

    used: NDArray[np.uint32]
    """What `used_terms` says."""
    bars: Places
    """What `nearest` says."""


def find_concerned(
    before: Index, after: Index, revision: Revision, search: Search
) -> tuple[Ints, NDArray[np.uint32]]:
    """Places after of the papers whose lists may differ, those that came among them; and the terms
    by which all papers search now. `search` is from before."""
    used = revision.carried(search.used, used_terms(after, revision.come))
    # What came is searched for anyway.
    most = np.full(len(revision.come), np.iinfo(np.int32).max)
    bars = revision.carried(search.bars, most)
    concerned = np.zeros(len(used), bool)
    concerned[revision.come] = True
    for place in revision.gone.tolist():
        reached = revision.moved[_reached(before, search, place)]
        concerned[reached[reached >= 0]] = True
    for place in revision.come.tolist():
        concerned[_reached(after, Search(used, bars), place)] = True
    # Terms keep their places, and new ones stand behind.
    sizes_before = grown(np.diff(before.term_starts), len(after.numbers))
    sizes_after = np.diff(after.term_starts)
    crossed = _crossed(after, sizes_before, sizes_after)
    now = used_terms(after, crossed)
    concerned[crossed[now != used[crossed]]] = True
    used[crossed] = now
    concerned[_tags_crossed(before, after, revision)] = True
    return np.flatnonzero(concerned), used


def _reached(index: Index, search: Search, place: int) -> Ints:
    """Papers whose search meets the one at `place` with a sum no less than their bar."""
    first = int(index.starts[place])
    span = slice(first, min(first + LEADING, int(index.starts[place + 1])))
    sums = np.zeros(len(search.used), np.int32)
    for term, weight in zip(index.terms[span].tolist(), index.weights[span].tolist(), strict=True):
        start, end = index.term_starts[term : term + 2].tolist()
        if end - start > BUDGET:
            continue  # nobody's search goes by it
        papers = index.papers[start:end]
        by_it = search.used[papers] >> index.ranks[start:end] & np.uint32(1)
        products = index.paper_weights[start:end] * by_it.astype(np.int32) * np.int32(weight)
        sums[papers] += products
    return np.flatnonzero(sums >= search.bars)


def _crossed(after: Index, sizes_before: Ints, sizes_after: Ints) -> Ints:
    """Papers for which the cost of a leading term is another."""
    crossed = np.zeros(len(after.dithers), bool)
    for term in np.flatnonzero(sizes_before != sizes_after).tolist():
        old, new = int(sizes_before[term]), int(sizes_after[term])
        if min(old, new) > BUDGET:
            continue
        papers = after.papers[after.term_starts[term] : after.term_starts[term + 1]]
        # What leads to one paper alone costs nothing.
        shared = (old > 1) != (new > 1)
        both = parted(max(old, 1), max(new, 1), after.dithers[papers])
        crossed[papers if shared else papers[both]] = True
    return np.flatnonzero(crossed)


def _tags_crossed(before: Index, after: Index, revision: Revision) -> Ints:
    """Papers for which a tag of theirs is by a doubling more common than before, or rarer."""
    kinds = [
        (index.terms[rows], index.kinds[rows])
        for index, places in ((before, revision.gone), (after, revision.come))
        for rows in [ranges(index.starts[places], np.diff(index.starts)[places])]
    ]
    tags = np.unique(
        np.concatenate([terms[(k == Kind.TAG) | (k == Kind.IMPLIED)] for terms, k in kinds])
    )
    counts = grown(before.holders, len(after.numbers))
    within = np.zeros(len(after.dithers), bool)
    flags = np.zeros(len(after.numbers), bool)
    for tag in tags.tolist():
        old, new = int(counts[tag]), int(after.holders[tag])
        if old != new:
            within |= parted(max(old, 1), max(new, 1), after.dithers)
            flags[tag] = True
    # A superset: the bound that is within may be that of another tag.
    papers = np.flatnonzero(within)
    sizes = after.starts[papers + 1] - after.starts[papers]
    hits = np.flatnonzero(flags[after.terms[ranges(after.starts[papers], sizes)]])
    return papers[np.unique(np.searchsorted(np.cumsum(sizes), hits, side="right"))]
