"""Relations as bytes, for the ledger of a build: a head, then arrays as they stand in memory."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from digest import __version__
from digest.catalogue.related.concerned import Search
from digest.catalogue.related.index import Index
from digest.catalogue.related.relations import Relations
from digest.catalogue.related.strings import Block, as_strings, join_blocks

_MAGIC = f"digest related 1 {__version__} ".encode()
"""Another number with every change of what signatures, lists or this format are."""


_STEP = 8
"""Arrays begin at multiples of so many bytes, as processors like it."""


class _Head(msgspec.Struct, frozen=True, array_like=True):
    order: str
    """Of the bytes of a number."""
    lengths: list[int]
    """Of the arrays of `_TYPES`."""


_TYPES = (
    "u8 i4 i4 i8 i4 u2 u1 i4 i4 u2 i8 i4 u2 u1 i4 i8 u1"  # as in Index and Block
    " u8 u4 i4"  # marks, used and bars
    " i8 u1 i8 u1"  # keys and rows, each with their ends
).split()


def dump(relations: Relations) -> bytes:
    """What `load` makes `relations` of again."""
    keys = [key.encode("utf-8", "surrogatepass") for key in relations.keys]
    arrays: list[NDArray[Any]] = [
        *relations.lookup[:-1],
        *join_blocks(relations.lookup.strings.blocks),
        relations.marks,
        *relations.search,
        *_packed(keys),
        *_packed(relations.rows),
    ]
    head = msgspec.msgpack.encode(_Head(sys.byteorder, [len(array) for array in arrays]))
    head = len(head).to_bytes(4) + head
    parts: list[bytes | memoryview] = [head, bytes(-(len(_MAGIC) + 4 + len(head)) % _STEP)]
    for array, kind in zip(arrays, _TYPES, strict=True):
        parts += [np.ascontiguousarray(array, kind).data, bytes(-array.nbytes % _STEP)]
    check = 0
    for part in parts:
        check = crc32(part, check)
    return b"".join([_MAGIC, check.to_bytes(4), *parts])


def load(data: bytes) -> Relations | None:
    """What was dumped; None where `data` is broken, or of another version or kind of machine."""
    view = memoryview(data)[len(_MAGIC) :]
    if not data.startswith(_MAGIC) or len(view) < 8 or crc32(view[4:]) != _number(view[:4]):
        return None
    at = 8 + _number(view[4:8])
    head = msgspec.msgpack.decode(view[8:at], type=_Head)
    at += len(_MAGIC)
    if head.order != sys.byteorder:
        return None
    arrays = []
    for kind, length in zip(map(np.dtype, _TYPES), head.lengths, strict=True):
        at += -at % _STEP
        arrays.append(np.frombuffer(data, kind, length, at))
        at += length * kind.itemsize
    *columns, ends, text, marks, used, bars = arrays[:-4]
    return Relations(
        keys=[key.decode("utf-8", "surrogatepass") for key in _unpacked(*arrays[-4:-2])],
        marks=marks,
        lookup=Index._make([*columns, as_strings(Block(ends, text))]),
        search=Search(used, bars),
        rows=_unpacked(*arrays[-2:]),
    )


def _number(view: memoryview) -> int:
    return int.from_bytes(view)


def _packed(values: Sequence[bytes]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    return np.cumsum(sizes), np.frombuffer(b"".join(values), np.uint8)


def _unpacked(ends: NDArray[np.int64], text: NDArray[np.uint8]) -> list[bytes]:
    whole = text.tobytes()
    places = [0, *ends.tolist()]
    return [whole[start:end] for start, end in pairwise(places)]
