"""What papers that went leave behind in an index: terms nobody has, strings that none tells."""

from __future__ import annotations

import numpy as np

from digest.catalogue.related.arrays import offsets, ranges
from digest.catalogue.related.index import Index
from digest.catalogue.related.strings import Block, as_strings, join_blocks


def without_leftovers(index: Index) -> Index:
    """`index`, without what is left over where that may be half of it or more."""
    # Most terms are words that are never told, and papers share strings.
    if index.strings.total() <= len(index.terms):
        return index
    return _without_terms(_without_strings(index))


def _without_strings(index: Index) -> Index:
    told = index.names >= 0
    used = np.unique(index.names[told])
    ends, text = join_blocks(index.strings.blocks)
    starts = offsets(np.diff(ends, prepend=0))[used]
    sizes = ends[used] - starts
    names = index.names.copy()
    names[told] = np.searchsorted(used, names[told])
    strings = as_strings(Block(np.cumsum(sizes), text[ranges(starts, sizes)]))
    return index._replace(names=names, strings=strings)


def _without_terms(index: Index) -> Index:
    live = index.holders > 0
    named = index.systems >= 0
    live[index.systems[named]] = True
    places = np.cumsum(live, dtype=np.int32) - np.int32(1)
    systems = index.systems.copy()
    systems[named] = places[systems[named]]
    return index._replace(
        numbers=index.numbers[live],
        sorter=places[index.sorter[live[index.sorter]]],
        holders=index.holders[live],
        # To terms that nobody has nothing leads.
        term_starts=offsets(np.diff(index.term_starts)[live]),
        systems=systems,
        terms=places[index.terms],
    )
