"""The signatures of a collection, turned round: which papers have a term."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Numbers, Places, offsets, ranges
from digest.catalogue.related.signatures import Signatures, renamed
from digest.catalogue.related.strings import Strings, as_strings, join_blocks

LEADING = 24
"""Terms of a paper by which others find it: its heaviest."""


class Index(NamedTuple):
    """Arrays alone, so that processes share it and files keep it.

    Papers and terms are named by their places. Papers stand in the order of their keys; where
    scores are equal the earlier stands first. No result rests on the order of terms.
    """

    numbers: Numbers
    """By term. Terms that no paper has any more may be among them."""
    sorter: Places
    """The terms in the order of their numbers."""
    holders: Places
    """By term how many papers have it, leading or not."""
    term_starts: Ints
    """Where the papers that a term leads to begin; one more than there are terms."""
    papers: Places
    """Ascending under each term."""
    paper_weights: NDArray[np.uint16]
    ranks: NDArray[np.uint8]
    """Place of the term among those of the paper."""
    dithers: NDArray[np.int32]
    systems: Places
    """By paper the term that names its system; -1 where there is none, or others may use the word
    without meaning the system."""
    spoken: NDArray[np.uint16]
    starts: Ints
    """Where the terms of a paper begin; one more than there are papers."""
    terms: Places
    weights: NDArray[np.uint16]
    kinds: NDArray[np.uint8]
    names: Places
    """Places in `strings`; -1 where the term is never told."""
    strings: Strings


def make_index(parts: list[Signatures]) -> Index:
    """The index of the papers of all `parts`, in their order. Time grows as n log n.

    `parts` is emptied on the way, as it takes as much room as the index.
    """
    # By parts, as to sort all terms at once takes many times their room.
    numbers = np.unique(np.concatenate([np.unique(all_numbers(part)) for part in parts]))
    names = renamed(parts)
    columns = {field: [*rows] for field, *rows in zip(Signatures._fields, *parts, strict=True)}
    parts.clear()
    del columns["names"]
    terms: list[Numbers] = columns.pop("terms")
    places = [np.searchsorted(numbers, terms.pop(0)).astype(np.int32) for _ in names]
    strings = as_strings(join_blocks(columns.pop("strings")))
    index = Index(
        numbers=numbers,
        sorter=np.arange(len(numbers), dtype=np.int32),
        holders=np.zeros(0, np.int32),
        term_starts=np.zeros(0, np.int64),
        papers=np.zeros(0, np.int32),
        paper_weights=np.zeros(0, np.uint16),
        ranks=np.zeros(0, np.uint8),
        dithers=np.concatenate(columns.pop("dithers")),
        systems=_named(numbers, np.concatenate(columns.pop("systems"))),
        spoken=np.concatenate(columns.pop("spoken")),
        starts=offsets(np.concatenate(columns.pop("sizes"))),
        terms=_drained(places),
        weights=np.concatenate(columns.pop("weights")),
        kinds=np.concatenate(columns.pop("kinds")),
        names=_drained(names),
        strings=strings,
    )
    return _posted(index._replace(holders=counted(index.terms, len(numbers))))


def _drained(parts: list[Places]) -> Places:
    whole = np.concatenate(parts)
    parts.clear()
    return whole


def all_numbers(signatures: Signatures) -> Numbers:
    """Of all terms, of words that name systems too."""
    return np.concatenate((signatures.terms, signatures.systems[signatures.systems > 0]))


def _named(numbers: Numbers, systems: Numbers) -> Places:
    return np.where(systems > 0, np.searchsorted(numbers, systems), -1).astype(np.int32)


def _posted(index: Index) -> Index:
    """`index` with the papers that each term leads to."""
    sizes = np.diff(index.starts)
    posted = ranges(index.starts[:-1], np.minimum(sizes, LEADING))
    terms = index.terms[posted]
    owners = np.repeat(np.arange(len(sizes), dtype=np.int32), np.minimum(sizes, LEADING))
    order = np.argsort(terms, kind="stable")
    return index._replace(
        term_starts=offsets(np.bincount(terms, minlength=len(index.numbers))),
        papers=owners[order],
        paper_weights=index.weights[posted[order]],
        ranks=(posted - index.starts[owners])[order].astype(np.uint8),
    )


def find_terms(index: Index, numbers: Numbers) -> Places:
    """The terms with `numbers`; -1 where there is none."""
    if not len(index.numbers):
        return np.full(len(numbers), -1, np.int32)
    at = np.searchsorted(index.numbers, numbers, sorter=index.sorter)
    terms = index.sorter[np.minimum(at, len(index.sorter) - 1)]
    return np.where(index.numbers[terms] == numbers, terms, np.int32(-1))


def counted(terms: Places, size: int) -> Places:
    """How often each of `size` terms stands in `terms`."""
    return np.bincount(terms, minlength=size).astype(np.int32)
