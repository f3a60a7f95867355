"""Many short strings in few arrays, which processes share and files keep as they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_MOST_PARTS = 32


class Block(NamedTuple):
    """Strings one after the other."""

    ends: NDArray[np.int64]
    """Of each in `text`."""
    text: NDArray[np.uint8]
    """All, in UTF-8."""


class Strings(NamedTuple):
    """Strings that are named by their places."""

    firsts: tuple[int, ...]
    """Place of the first of each block."""
    blocks: tuple[Block, ...]

    def total(self) -> int:
        """How many there are."""
        return self.firsts[-1] + len(self.blocks[-1].ends)

    def get(self, place: int) -> str:
        """The one at `place`."""
        number = bisect_right(self.firsts, place) - 1
        ends, text = self.blocks[number]
        place -= self.firsts[number]
        start = ends[place - 1] if place else 0
        return text[start : ends[place]].tobytes().decode("utf-8", "replace")


def make_strings(values: Sequence[str]) -> Block:
    """Of `values`, in their order."""
    encoded = [value.encode("utf-8", "replace") for value in values]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return Block(np.cumsum(sizes), np.frombuffer(b"".join(encoded), np.uint8))


def as_strings(block: Block) -> Strings:
    """Those of one block."""
    return Strings((0,), (block,))


def with_block(strings: Strings, block: Block) -> Strings:
    """`strings`, and those of `block` behind them."""
    first, *blocks = (*strings.blocks, block)
    # The first may be as large as all papers: it is not copied for each that comes.
    if len(blocks) > _MOST_PARTS:
        blocks = [join_blocks(blocks)]
    sizes = [len(each.ends) for each in (first, *blocks)]
    return Strings(tuple(accumulate(sizes[:-1], initial=0)), (first, *blocks))


def join_blocks(blocks: Sequence[Block]) -> Block:
    """All of `blocks` as one."""
    sizes = accumulate((len(block.text) for block in blocks), initial=0)
    ends = [block.ends + size for block, size in zip(blocks, sizes, strict=False)]
    return Block(np.concatenate(ends), np.concatenate([block.text for block in blocks]))
