"""An index to which some papers came and from which some went, made from the one before.

The work is to copy arrays: no term is looked up but those of the papers that came or went.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Numbers, Places, offsets, ranges
from digest.catalogue.related.index import LEADING, Index, all_numbers, find_terms
from digest.catalogue.related.signatures import Signatures
from digest.catalogue.related.strings import with_block

T = TypeVar("T")


class Edit(NamedTuple):
    """Of an array."""

    at: int
    """In the array as it was."""
    skipped: int
    """How much is left out from there."""
    added: slice
    """Part of what is added, if anything is."""


_NOTHING = slice(0, 0)


class Revision(NamedTuple):
    """Which papers came and went. A paper that changed did both."""

    gone: Ints
    """Places among the papers before, ascending."""
    come: Ints
    """Places among the papers after, ascending."""
    before: Ints
    """For each paper that came the place before of the next that stays."""
    moved: Places
    """By place before that after; -1 of papers that went."""
    edits: list[Edit]
    """Of what is known by paper."""

    def carried(self, before: NDArray[Any], come: NDArray[Any]) -> NDArray[Any]:
        """What is known `before` by paper and of those that `come`, in the order after."""
        return edited(before, self.edits, come)

    def listed(self, before: Sequence[T], come: Sequence[T]) -> list[T]:
        """As `carried`."""
        after: list[T] = []
        done = 0
        for edit in self.edits:
            after += before[done : edit.at]
            after += come[edit.added]
            done = max(done, edit.at + edit.skipped)
        after += before[done:]
        return after


def plan_revision(keys: Sequence[str], gone: Iterable[str], come: Iterable[str]) -> Revision:
    """From `keys`, ascending; those of `gone` are among them, those of `come` are if in `gone`."""
    went = np.array(sorted(bisect_left(keys, key) for key in gone), np.int64)
    places = np.array([bisect_left(keys, key) for key in sorted(come)], np.int64)
    came = places - np.searchsorted(went, places) + np.arange(len(places))
    kept = np.delete(np.arange(len(keys)), went)
    moved = np.full(len(keys), -1, np.int32)
    moved[kept] = np.delete(np.arange(len(kept) + len(came)), came)
    before = np.append(kept, len(keys))[came - np.arange(len(came))]
    edits = [Edit(place, 1, _NOTHING) for place in went.tolist()]
    edits += [Edit(place, 0, slice(n, n + 1)) for n, place in enumerate(before.tolist())]
    return Revision(went, came, before, moved, in_order(edits))


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """By place; what is added at one place stays in its order."""
    return sorted(edits, key=lambda edit: edit.at)


def edited(before: NDArray[Any], edits: Iterable[Edit], added: NDArray[Any]) -> NDArray[Any]:
    """`before` after `edits`, which are in order."""
    pieces = []
    done = 0
    for edit in edits:
        pieces += [before[done : edit.at], added[edit.added]]
        done = max(done, edit.at + edit.skipped)
    return np.concatenate((*pieces, before[done:])).astype(before.dtype, copy=False)


def revise(index: Index, revision: Revision, come: Signatures) -> Index:
    """`index` after `revision`; `come` are the signatures of the papers that came, by key."""
    index = _with_terms(index, all_numbers(come))
    terms = find_terms(index, come.terms)
    starts = offsets(come.sizes)
    names = come.names + np.int32(index.strings.total()) * (come.names >= 0)
    holders = index.holders.copy()
    sizes = np.diff(index.starts)
    went = ranges(index.starts[revision.gone], sizes[revision.gone])
    np.subtract.at(holders, index.terms[went], 1)
    np.add.at(holders, terms, 1)
    edits = in_order(
        [Edit(int(index.starts[g]), int(sizes[g]), _NOTHING) for g in revision.gone]
        + [
            Edit(int(index.starts[at]), 0, slice(*starts[n : n + 2].tolist()))
            for n, at in enumerate(revision.before.tolist())
        ]
    )
    return _with_postings(index, revision, come, terms)._replace(
        holders=holders,
        dithers=revision.carried(index.dithers, come.dithers),
        systems=revision.carried(index.systems, find_terms(index, come.systems)),
        spoken=revision.carried(index.spoken, come.spoken),
        starts=offsets(revision.carried(sizes, come.sizes)),
        terms=edited(index.terms, edits, terms),
        weights=edited(index.weights, edits, come.weights),
        kinds=edited(index.kinds, edits, come.kinds),
        names=edited(index.names, edits, names),
        strings=with_block(index.strings, come.strings),
    )


def _with_terms(index: Index, numbers: Numbers) -> Index:
    """`index` with terms for all `numbers`."""
    new = np.unique(numbers[find_terms(index, numbers) < 0])
    if len(new):
        at = np.searchsorted(index.numbers, new, sorter=index.sorter)
        places = np.arange(len(index.numbers), len(index.numbers) + len(new), dtype=np.int32)
        ends = np.full(len(new), index.term_starts[-1])
        index = index._replace(
            numbers=np.concatenate((index.numbers, new)),
            sorter=np.insert(index.sorter, at, places),
            holders=np.concatenate((index.holders, np.zeros(len(new), np.int32))),
            term_starts=np.concatenate((index.term_starts, ends)),
        )
    return index


def _with_postings(index: Index, revision: Revision, come: Signatures, terms: Places) -> Index:
    sizes = np.diff(index.term_starts)
    edits = []
    for place in revision.gone.tolist():
        first = int(index.starts[place])
        for term in index.terms[first : index.starts[place + 1]][:LEADING].tolist():
            edits.append(Edit(_posting(index, term, place), 1, _NOTHING))
            sizes[term] -= 1
    leads = ranges(offsets(come.sizes)[:-1], np.minimum(come.sizes, LEADING))
    owners = np.repeat(np.arange(len(come.sizes)), np.minimum(come.sizes, LEADING))
    leading = terms[leads]
    order = np.argsort(leading, kind="stable")
    leads, owners, leading = leads[order], owners[order], leading[order]
    for n, (term, owner) in enumerate(zip(leading.tolist(), owners.tolist(), strict=True)):
        edits.append(Edit(_posting(index, term, int(revision.before[owner])), 0, slice(n, n + 1)))
    np.add.at(sizes, leading, 1)
    edits = in_order(edits)
    ranks = leads - offsets(come.sizes)[owners]
    papers = revision.come[owners].astype(np.int32)
    return index._replace(
        term_starts=offsets(sizes),
        papers=edited(revision.moved[index.papers], edits, papers),
        paper_weights=edited(index.paper_weights, edits, come.weights[leads]),
        ranks=edited(index.ranks, edits, ranks.astype(np.uint8)),
    )


def _posting(index: Index, term: int, paper: int) -> int:
    """Where `paper` stands, or would stand, under `term`."""
    start, end = map(int, index.term_starts[term : term + 2])
    return start + int(np.searchsorted(index.papers[start:end], paper))
