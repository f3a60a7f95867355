"""An index as bytes, for the memory of a build: a head, then arrays and texts as they stand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from digest import __version__
from digest.search.index import MARK, Index, Rows
from digest.search.inverted import Inverted, Lines
from digest.search.postings import Lists

_MAGIC = f"digest search 1 {__version__} ".encode().ljust(32)
"""Another number with every change of what an index or this format is. Its length is a multiple of
`_STEP`."""
_STEP = 8
"""Arrays begin at multiples of so many bytes, as processors like it."""
_SUM = 8
_TYPES = (
    "u8 i8 i8 i8 i8"  # homes, months, days, slots, ranks
    " i8 i4 u1 u1"  # posts
    " i8 i4"  # people
    " i8 i4 u2"  # spots
    " i8 i8"  # ends of lines
    " u1 u1"  # lines
    " u1 u1 u1 u1"  # keys, groups, titles, terms
    " u8"  # marks
).split()
_APART = "\0"
"""Stands between strings; no text holds it."""


class _Head(NamedTuple):
    order: str
    """Of the bytes of a number."""
    total: int
    papers: int
    terms: int
    lengths: list[int]
    """Of the arrays of `_TYPES`."""


def dump(index: Index) -> list[bytes | memoryview]:
    """What `load` makes `index` of again, in pieces that follow one another."""
    rows, total, inverted, _ = index
    arrays: list[NDArray[Any]] = [
        rows.homes,
        rows.months,
        rows.days,
        rows.slots,
        rows.ranks,
        inverted.posts.starts,
        *inverted.posts.columns,
        inverted.people.starts,
        *inverted.people.columns,
        inverted.spots.starts,
        *inverted.spots.columns,
        inverted.words.ends,
        inverted.positions.ends,
        _bytes(inverted.words.text),
        _bytes(inverted.positions.text),
        *map(_joined, (rows.keys, rows.groups, rows.titles, inverted.terms)),
        rows.marks.ravel(),
    ]
    head = msgspec.msgpack.encode(
        _Head(sys.byteorder, total, len(rows.keys), len(inverted.terms), [*map(len, arrays)])
    )
    parts: list[bytes | memoryview] = [len(head).to_bytes(_STEP), head, bytes(-len(head) % _STEP)]
    for array, kind in zip(arrays, _TYPES, strict=True):
        parts += [np.ascontiguousarray(array, kind).data.cast("B"), bytes(-array.nbytes % _STEP)]
    check = sum(_sum(part) for part in _whole(parts))
    return [_MAGIC, (check % (1 << 64)).to_bytes(_SUM), *parts]


def load(data: bytes, begin: int = 0) -> Index | None:
    """What was dumped, which stands in `data` from `begin` on; None where it is broken, or of
    another version or kind of machine."""
    start = begin + len(_MAGIC) + _SUM
    if not data.startswith(_MAGIC, begin) or len(data) % _STEP or len(data) < start + _STEP:
        return None
    view = memoryview(data)
    if _sum(view[start:]) != int.from_bytes(view[start - _SUM : start]):
        return None
    at = start + _STEP + int.from_bytes(view[start : start + _STEP])
    try:
        head = msgspec.msgpack.decode(view[start + _STEP : at], type=_Head)
    except msgspec.MsgspecError:
        return None
    if head.order != sys.byteorder:
        return None
    arrays: list[NDArray[Any]] = []
    for kind, length in zip(map(np.dtype, _TYPES), head.lengths, strict=True):
        at += -at % _STEP
        arrays.append(np.frombuffer(data, kind, length, at))
        at += length * kind.itemsize
    homes, months, days, slots, ranks, *lists = arrays[:14]
    word_ends, position_ends, words, positions, keys, groups, titles, terms, marks = arrays[14:]
    rows = Rows(
        _parted(keys, head.papers),
        marks.reshape(-1, MARK // 8),
        _parted(groups, head.papers),
        _parted(titles, head.papers),
        homes,
        months,
        days,
        slots,
        ranks,
    )
    inverted = Inverted(
        _parted(terms, head.terms),
        Lists(lists[0], tuple(lists[1:4])),
        Lists(lists[4], tuple(lists[5:6])),
        Lists(lists[6], tuple(lists[7:9])),
        Lines(words.tobytes(), word_ends),
        Lines(positions.tobytes(), position_ends),
    )
    return Index(rows, head.total, inverted, {})


def _whole(parts: Sequence[bytes | memoryview]) -> list[bytes | memoryview]:
    """The head, whose parts are short, in one; each array with the zeros behind it has whole
    words."""
    return [b"".join(parts[:3]), *parts[3:]]


def _sum(data: bytes | memoryview) -> int:
    """The sum of all words of 64 bits, the last filled up with zeros. Whatever breaks one part of a
    file changes it, and it takes a tenth of the time of a checksum proper."""
    words = len(data) // _STEP
    total = int(np.frombuffer(data, np.uint64, words).sum(dtype=np.uint64)) if words else 0
    rest = bytes(data[words * _STEP :]).ljust(_STEP, b"\0")
    return (total + int.from_bytes(rest, sys.byteorder)) % (1 << 64)


def _bytes(text: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(text, np.uint8)


def _joined(texts: Sequence[str]) -> NDArray[np.uint8]:
    return _bytes(_APART.join(texts).encode("utf-8", "surrogatepass"))


def _parted(text: NDArray[np.uint8], count: int) -> list[str]:
    return text.tobytes().decode("utf-8", "surrogatepass").split(_APART) if count else []
