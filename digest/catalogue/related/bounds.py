"""The leading terms of a paper by which its search goes: the rarest, as far as a budget reaches.

What a term costs is how many papers it leads to, rounded up to 2^k times a factor of the paper's
own (`dithers`): so a new paper changes what others spend only where their own bound is crossed,
which is on average one paper or two a term, never all that have it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Flags, Ints, ranges
from digest.catalogue.related.index import LEADING, Index

BUDGET = 6_000
"""Papers that are looked at for one, at most."""
_ROWS = 20_000
"""Papers at a time, as each takes a kilobyte."""
_UNIT = 16
"""Bits of a dither."""


def doublings(counts: NDArray[Any], dithers: NDArray[Any]) -> Ints:
    """The least k with `count <= 2^(k - 16) * dither`; counts are at least 1."""
    times = -((-counts.astype(np.int64) << _UNIT) // dithers)
    found: Ints = np.frexp(times - 1.0)[1].astype(np.int64)
    return found


def doubling(count: int, dither: int) -> int:
    """As `doublings`, of one."""
    return (-((-count << _UNIT) // dither) - 1).bit_length()


def parted(one: int, other: int, dithers: NDArray[Any]) -> Flags:
    """For which dithers `doublings` of two counts differ: those that some 2^k brings between."""
    low, high = sorted((one, other))
    found = np.zeros(len(dithers), bool)
    for k in range(low.bit_length(), high.bit_length() + 2):
        first, end = (-(-count << _UNIT >> k) for count in (low, high))
        if first < end:
            found |= (dithers >= first) & (dithers < end)
    return found


def used_terms(index: Index, rows: Ints) -> NDArray[np.uint32]:
    """For each of `rows` the bits of the leading terms by which its search goes: the n-th for the
    n-th term."""
    blocks = (rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS))
    return np.concatenate([np.zeros(0, np.uint32), *(_used_terms(index, each) for each in blocks)])


def _used_terms(index: Index, rows: Ints) -> NDArray[np.uint32]:
    firsts = index.starts[rows]
    sizes = np.minimum(index.starts[rows + 1] - firsts, LEADING)
    counts = np.zeros((len(rows), LEADING), np.int64)
    terms = index.terms[ranges(firsts, sizes)]
    there = np.arange(LEADING) < sizes[:, None]
    counts[there] = np.diff(index.term_starts)[terms]
    dithers = index.dithers[rows, None].astype(np.int64)
    # A term that leads nowhere else costs and gives nothing.
    shared = counts > 1
    costs = np.where(shared, dithers << doublings(np.maximum(counts, 1), dithers), 0)
    order = np.argsort(costs, axis=1, kind="stable")
    spent = np.cumsum(np.take_along_axis(costs, order, 1), axis=1)
    within = np.zeros(costs.shape, bool)
    np.put_along_axis(within, order, spent <= BUDGET << _UNIT, 1)
    bits = np.uint32(1) << np.arange(LEADING, dtype=np.uint32)
    found: NDArray[np.uint32] = ((within & shared) * bits).sum(1, dtype=np.uint32)
    return found
