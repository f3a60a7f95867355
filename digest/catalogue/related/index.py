"""The signatures of a collection, turned round: which papers have a term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.signatures import Numbers, Signatures

LEADING = 24
"""Terms of a paper by which others find it: its heaviest."""


class Index(NamedTuple):
    """Arrays alone, so that processes can share it. Terms that no two papers share are left out.

    The order of papers is the caller's; where scores are equal the earlier paper stands first.
    """

    numbers: Numbers
    """Of the shared terms, ascending: their places here name them below."""
    starts: NDArray[np.int64]
    """Where the terms of a paper begin; one more than there are papers."""
    terms: NDArray[np.int32]
    weights: NDArray[np.uint16]
    leading: NDArray[np.int32]
    """How many of a paper's terms, its first, lead to it."""
    term_starts: NDArray[np.int64]
    """Where the papers that a term leads to begin; one more than there are terms."""
    papers: NDArray[np.int32]
    paper_weights: NDArray[np.uint16]
    holders: NDArray[np.int32]
    """How many papers have a term, leading or not."""


def make_index(parts: Sequence[Signatures]) -> Index:
    """The index of the papers of all `parts`, in their order. Time grows as n log n."""
    sizes = np.concatenate([part.sizes for part in parts])
    every = np.concatenate([part.terms for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    leads = np.arange(len(every)) - np.repeat(np.cumsum(sizes) - sizes, sizes) < LEADING
    numbers, places, holders = np.unique(every, return_inverse=True, return_counts=True)
    del every
    shared = holders > 1
    renumbered = np.cumsum(shared, dtype=np.int32) - np.int32(1)
    keep = shared[places]
    terms = renumbered[places[keep]]
    owners, weights, leads = owners[keep], weights[keep], leads[keep]
    count = int(shared.sum())
    posted = np.flatnonzero(leads)
    posted = posted[np.argsort(terms[posted], kind="stable")]
    return Index(
        numbers=numbers[shared],
        starts=_offsets(np.bincount(owners, minlength=len(sizes))),
        terms=terms,
        weights=weights,
        leading=np.bincount(owners[leads], minlength=len(sizes)).astype(np.int32),
        term_starts=_offsets(np.bincount(terms[posted], minlength=count)),
        papers=owners[posted],
        paper_weights=weights[posted],
        holders=holders[shared].astype(np.int32),
    )


def _offsets(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)))
