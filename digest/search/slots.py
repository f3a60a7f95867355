"""Where papers stand in the index: their slots.

docs/search-format.md, "Slots": what is alike stands together, and a paper that comes or goes moves
few others. O. Amble and D. E. Knuth, Ordered hash tables, The Computer Journal 17 (1974): where
places are kept in the order of hashes, the table does not depend on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.paper import Paper
from digest.text import mark_of

Ints = NDArray[np.int64]
_HALF = 32
_FULL = (2, 3)
"""Share of its slots that a group fills at most."""
_COARSE = ("category", "implied", "taxonomy")


def group_of(paper: Paper) -> str:
    """The slug of the broad subject of `paper`, with all of which it stands together; "" for a
    paper without tags."""
    for source in _COARSE:
        for tag in paper.tags:
            if tag.source == source:
                return tag.slug
    return paper.tags[0].slug if paper.tags else ""


def home_of(paper: Paper) -> int:
    """Where in its group `paper` would stand by itself, in 64 bits: a fraction of the group in the
    upper half, and what decides between papers of equal fractions in the lower."""
    return int.from_bytes(mark_of(paper.key.encode())[:8])


def capacity(papers: int) -> int:
    """Slots of a group: the least of 1, 2, 3, 4, 6, 8, 12, 16 … that `papers` fill to two
    thirds at most."""
    wanted, power = -(-papers * _FULL[1] // _FULL[0]), 1
    while power * 2 <= wanted:
        power *= 2
    return next(c for c in (power, power * 3 // 2, power * 2) if c >= wanted)


def place(groups: Sequence[str], homes: NDArray[np.uint64]) -> tuple[Ints, int]:
    """The slot of each of some papers, and how many slots there are.

    `groups` and `homes` are what `group_of` and `home_of` tell of each.
    """
    if not groups:
        return np.zeros(0, np.int64), 0
    names = sorted(set(groups))
    number = {name: at for at, name in enumerate(names)}
    group = np.fromiter(map(number.__getitem__, groups), np.int64, len(groups))
    order = np.lexsort((homes, group))
    sizes = np.bincount(group, minlength=len(names))
    room = np.array([capacity(size) for size in sizes.tolist()], np.int64)
    firsts = np.cumsum(room) - room
    of = group[order]
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wished = (homes[order] >> np.uint64(_HALF)).astype(np.int64) * room[of] >> _HALF
    # Each stands at its home or behind the one before it: a running maximum, group by group.
    apart = (int(room.max()) + int(sizes.max()) + 1) * of
    stands = np.maximum.accumulate(wished - rank + apart) - apart + rank
    # At a group's end those that find no room are pushed back, in their order.
    stands = np.minimum(stands, room[of] - sizes[of] + rank)
    slots = np.empty(len(order), np.int64)
    slots[order] = stands + firsts[of]
    return slots, int(room.sum())
