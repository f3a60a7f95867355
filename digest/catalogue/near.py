"""Abstracts that are nearly equal, found without comparing each with each.

Of an abstract's letters every run of 32 is a window; those that begin at an anchor (four letters
whose hash falls into one of 32 classes) are kept as the abstract's sketch. Where a window is kept
depends on its own letters only, so a text that was cut, or changed in a few places, keeps most of
the sketch of the whole one: content-defined sampling as in A. Broder, “On the resemblance and
containment of documents” (1997), with windows of letters for shingles of about five words. Two
abstracts that share windows are a candidate; who asks confirms it. Cost grows with the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

_WINDOW = 32
_STEP = 4
_SPARSE = np.uint32(5)
"""Bits: one of 2 to this power positions is an anchor."""
_LONGEST = 6_000
"""Letters of an abstract that are looked at."""
_BATCH = 500
_CROWD = 12
"""Abstracts with one window above which it is boilerplate and proves nothing."""
_FEW = 3
"""Windows of a short abstract, of which one is enough."""
_ODD = np.uint32(0x9E3779B1)
_PRIME = np.uint64(0x100000001B3)

Rows = tuple[NDArray[np.uint64], NDArray[np.int64]]
"""Hashes of windows, and the numbers of the abstracts that they are of."""


def find_near(
    loose: Iterable[tuple[int, str]], fixed: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, int, int, int]]:
    """Pairs that may be near-equal, of two `loose` abstracts or of a loose and a `fixed` one: with
    how many windows they share, and how many the one of fewer has.

    Each abstract is a number and its letters, as `keys.text_key` gives them; numbers are below
    2**31. Pairs come in order, the lower number first.
    """
    rows = list(_sketched(loose))
    if not rows:
        return
    hashes, numbers = _joined(rows)
    wanted = np.unique(hashes)
    for more_hashes, more_numbers in _sketched(fixed):
        place = np.minimum(np.searchsorted(wanted, more_hashes), len(wanted) - 1)
        found = wanted[place] == more_hashes
        rows.append((more_hashes[found], more_numbers[found]))
    loose_numbers = np.unique(numbers)
    yield from _pairs(_joined(rows), loose_numbers)


def _joined(rows: list[Rows]) -> Rows:
    return np.concatenate([r[0] for r in rows]), np.concatenate([r[1] for r in rows])


def _sketched(abstracts: Iterable[tuple[int, str]]) -> Iterator[Rows]:
    rest = iter(abstracts)
    while batch := list(islice(rest, _BATCH)):
        found = _sketch(batch)
        if len(found[0]):
            yield found


def _sketch(batch: list[tuple[int, str]]) -> Rows:
    texts = [text[:_LONGEST] for _, text in batch]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype="<u4")
    ends = np.cumsum([len(text) for text in texts])
    if len(codes) < _WINDOW:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    with np.errstate(over="ignore"):
        mixed = codes * _ODD
        mixed ^= mixed >> np.uint32(15)
        pairs = mixed[:-1] * np.uint32(31) + mixed[1:]
        fours = pairs[:-2] * np.uint32(961) + pairs[2:]
        spread = fours * _ODD
        anchors = np.flatnonzero((spread >> (np.uint32(32) - _SPARSE)) == 0)
        owner = np.searchsorted(ends, anchors, side="right")
        inside = anchors + _WINDOW <= ends[np.minimum(owner, len(ends) - 1)]
        anchors, owner = anchors[inside], owner[inside]
        hashes = np.zeros(len(anchors), np.uint64)
        for step in range(0, _WINDOW, _STEP):
            hashes = (hashes ^ fours[anchors + step].astype(np.uint64)) * _PRIME
            hashes ^= hashes >> np.uint64(29)
    numbers = np.array([number for number, _ in batch], np.int64)[owner]
    return hashes, numbers


def _pairs(rows: Rows, loose: NDArray[np.int64]) -> Iterator[tuple[int, int, int, int]]:
    order = np.lexsort((rows[1], rows[0]))
    hashes, numbers = rows[0][order], rows[1][order]
    fresh = np.ones(len(hashes), bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (numbers[1:] != numbers[:-1])
    hashes, numbers = hashes[fresh], numbers[fresh]
    _, places, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    kept = (counts[places] > 1) & (counts[places] <= _CROWD)
    windows = np.bincount(numbers) if len(numbers) else np.zeros(1, np.int64)
    hashes, numbers = hashes[kept], numbers[kept]
    found = []
    for distance in range(1, _CROWD):
        equal = np.flatnonzero(hashes[distance:] == hashes[:-distance])
        if not len(equal):
            break
        found.append((numbers[equal] << 31) | numbers[equal + distance])
    if not found:
        return
    codes, shared = np.unique(np.concatenate(found), return_counts=True)
    low, high = codes >> 31, codes & ((1 << 31) - 1)
    fewer = np.minimum(windows[low], windows[high])
    enough = (shared > 1) | (fewer <= _FEW)
    near = enough & (np.isin(low, loose) | np.isin(high, loose))
    columns = (column[near].tolist() for column in (low, high, shared, fewer))
    yield from zip(*columns, strict=True)
