"""Kinds of arrays, and lists of different lengths that lie one after the other in one array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Numbers = NDArray[np.uint64]
Flags = NDArray[np.bool_]


def offsets(sizes: NDArray[Any]) -> Ints:
    """Where each list begins, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)))


def ranges(starts: NDArray[Any], sizes: NDArray[Any]) -> Ints:
    """`starts[0]`, `starts[0] + 1` ... so many of each as `sizes` says."""
    ends = np.cumsum(sizes, dtype=np.int64)
    steps = np.arange(ends[-1] if len(ends) else 0)
    steps += np.repeat(starts - (ends - sizes), sizes)
    return steps


def grown(values: NDArray[Any], size: int) -> NDArray[Any]:
    """`values` with zeros up to `size`."""
    return np.concatenate((values, np.zeros(size - len(values), values.dtype)))
