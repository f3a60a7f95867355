"""An index of a large metadata collection, on disk, built once.

Layout of its folder: `keys.bin`, sorted 64-bit keys; `rows.bin`, the 32-bit number of the record
that each is of; `store.bin`, blocks of sixteen records (msgpack, deflated); `blocks.bin`, the
64-bit offset of each block and of the end; `about.json`. All numbers are in the machine's
own order. Memory is flat while it is built and while it is asked: keys are sorted by bucket,
and mapped.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from digest.enrich import files
from digest.enrich.keys import Keys, exact_keys, kept_near_keys
from digest.enrich.wording import words
from digest.paper import Record

FORMAT = 1
_BLOCK = 16
_BUCKETS = 64
_HELD = 1_000_000
"""Keys that are held before they go to their buckets."""
_COMMON = 40
"""Records from which on a key is a phrase of the field, and tells nothing."""
_REMEMBERED = 512
"""Blocks that are held unpacked."""
_Rows = NDArray[np.uint32]


class About(Struct, frozen=True):
    """What an index was built of."""

    format: int
    mark: str
    """Of the collection's content: its size, beginning and end."""
    way: str
    """Of the file's state and the way to read it."""
    records: int
    sizes: dict[str, int]
    """Of its files, in bytes."""


class _Builder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: list[Keys] = []
        self._rows: list[_Rows] = []
        self._held = 0
        self._block: list[Record] = []
        self._offsets = [0]
        self.records = 0

    def add(self, record: Record) -> None:
        abstract = words(record.abstract)
        exact = np.array(exact_keys(record, abstract), np.uint64)
        keys = np.concatenate((exact, kept_near_keys(abstract)))
        self._keys.append(keys)
        self._rows.append(np.full(len(keys), self.records, np.uint32))
        self._held += len(keys)
        self.records += 1
        self._block.append(record)
        if len(self._block) == _BLOCK:
            self._write_block()
        if self._held >= _HELD:
            self._spread()

    def _write_block(self) -> None:
        packed = zlib.compress(msgspec.msgpack.encode(self._block), 1)
        with files.append(self._folder / "store.bin") as store:
            store.write(packed)
        self._offsets.append(self._offsets[-1] + len(packed))
        self._block = []

    def _spread(self) -> None:
        """Send the keys held to the files of their buckets."""
        if not self._keys:
            return
        keys, rows = np.concatenate(self._keys), np.concatenate(self._rows)
        order = np.argsort(keys, kind="stable")
        keys, rows = keys[order], rows[order]
        bounds = np.searchsorted(keys, _edges())
        for bucket, (start, end) in enumerate(zip(bounds, [*bounds[1:], len(keys)], strict=True)):
            for kind, values in (("k", keys), ("r", rows)):
                with files.append(self._folder / f"bucket-{kind}{bucket}") as file:
                    file.write(values[start:end].tobytes())
        self._keys, self._rows, self._held = [], [], 0

    def close(self) -> None:
        if self._block:
            self._write_block()
        self._spread()
        for bucket in range(_BUCKETS):
            parts = [self._folder / f"bucket-{kind}{bucket}" for kind in "kr"]
            if parts[0].exists():
                keys, rows = np.fromfile(parts[0], np.uint64), np.fromfile(parts[1], np.uint32)
                # Rows came in their order, and a stable sort keeps it.
                order = np.argsort(keys, kind="stable")
                keys, rows = keys[order], rows[order]
                rare = _rare(keys)
                with files.append(self._folder / "keys.bin") as file:
                    file.write(keys[rare].tobytes())
                with files.append(self._folder / "rows.bin") as file:
                    file.write(rows[rare].tobytes())
                files.remove(parts)
        with files.append(self._folder / "blocks.bin") as file:
            file.write(np.array(self._offsets, np.uint64).tobytes())


def _edges() -> Keys:
    return np.arange(_BUCKETS, dtype=np.uint64) << np.uint64(58)


def _rare(keys: Keys) -> NDArray[np.bool_]:
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse] <= _COMMON)


def build_index(
    folder: Path,
    mark: str,
    way: str,
    records: Iterable[Record],
    advance: Callable[[int], None],
) -> None:
    """Make the index of `records` in `folder`; one that is cut short leaves nothing behind.

    `mark` and `way` are as `About` has them; `advance` hears how many records were taken.
    """
    fresh = files.fresh_folder(folder.with_name(folder.name + ".new"))
    try:
        builder = _Builder(fresh)
        for record in records:
            builder.add(record)
            if builder.records % 5_000 == 0:
                advance(builder.records)
        builder.close()
        about = About(FORMAT, mark, way, builder.records, _sizes(fresh))
        files.replace(fresh / "about.json", msgspec.json.encode(about))
        files.move_folder(fresh, folder)
    except OSError as error:
        raise files.cannot_write(folder, error) from error
    finally:
        files.remove([fresh])


class Index:
    """An index that is asked."""

    def __init__(self, folder: Path, about: About) -> None:
        self.about = about
        self._keys: Keys = _mapped(folder / "keys.bin", np.uint64)
        self._rows: _Rows = _mapped(folder / "rows.bin", np.uint32)
        self._blocks: Keys = np.fromfile(folder / "blocks.bin", np.uint64)
        self._store = (folder / "store.bin").open("rb")
        self._decode = msgspec.msgpack.Decoder(list[Record]).decode
        self._remembered: dict[int, list[Record]] = {}

    def close(self) -> None:
        """Let go of its files."""
        self._store.close()

    def rows(self, keys: Sequence[Keys]) -> list[_Rows]:
        """For each of several arrays of keys, the numbers of the records that they are of: a record
        stands as often as it has one of them."""
        sizes = [len(own) for own in keys]
        asked = np.concatenate(keys) if keys else np.empty(0, np.uint64)
        # In their order, for the file is read from its start to its end.
        order = np.argsort(asked)
        first, last = np.empty(len(asked), np.int64), np.empty(len(asked), np.int64)
        first[order] = np.searchsorted(self._keys, asked[order], "left")
        last[order] = np.searchsorted(self._keys, asked[order], "right")
        found, start = [], 0
        for size in sizes:
            hits = [
                self._rows[first[i] : last[i]]
                for i in range(start, start + size)
                if first[i] < last[i]
            ]
            found.append(np.concatenate(hits) if hits else np.empty(0, np.uint32))
            start += size
        return found

    def record(self, row: int) -> Record:
        """The record of that number."""
        number, place = divmod(row, _BLOCK)
        block = self._remembered.get(number)
        if block is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            start, end = int(self._blocks[number]), int(self._blocks[number + 1])
            self._store.seek(start)
            block = self._decode(zlib.decompress(self._store.read(end - start)))
            self._remembered[number] = block
        return block[place]


def open_index(folder: Path, mark: str, way: str) -> Index | None:
    """The index in `folder`, where it is one of that collection, read that way, and whole."""
    try:
        about = msgspec.json.decode((folder / "about.json").read_bytes(), type=About)
        whole = About(FORMAT, mark, way, about.records, _sizes(folder))
        return Index(folder, about) if about == whole else None
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(folder.glob("*.bin"))}


def _mapped(path: Path, kind: type) -> NDArray:  # type: ignore[type-arg]
    # Nothing can be mapped of an empty file.
    if not path.exists() or not path.stat().st_size:
        return np.empty(0, kind)
    return np.memmap(path, kind, "r")
