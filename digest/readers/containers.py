"""Compressed files: one is unpacked in memory, within limits, before it is read.

What a file is, is told by its first bytes, never by its name. An archive within an archive is not
opened, and nothing is ever written to disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

MAX_BYTES = 512 * 2**20
"""Of all that is unpacked from one file."""
MAX_MEMBERS = 10_000
_BLOCK = 2**20
_GZIP, _XZ, _BZIP2, _ZSTD, _ZIP = (
    b"\x1f\x8b",
    b"\xfd7zXZ\0",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
)
_MARKS = (_GZIP, _XZ, _BZIP2, _ZSTD, _ZIP)


class ContainerError(Exception):
    """The file cannot be unpacked; says why, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_container(start: bytes) -> bool:
    """Whether a file that begins with `start` (at least six bytes) is compressed."""
    return start.startswith(
        (b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
    )


def unpack(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what `file` holds; the name is "" where there is one content alone.

    Raises ContainerError where it is damaged, locked or larger than the limits.
    """
    start = file.read(6)
    file.seek(0)
    try:
        if start.startswith(_ZIP):
            yield from _members(file)
        else:
            yield "", _bounded(_opened(file, start), MAX_BYTES)
    except ContainerError:
        raise
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, RuntimeError,
            NotImplementedError, zipfile.BadZipFile) as error:  # fmt: skip
        raise ContainerError(
            f"this compressed file is damaged: {error}", "pack it again, or unpack it by hand"
        ) from error


def _opened(file: BinaryIO, start: bytes) -> _Readable:
    if start.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    if start.startswith(_XZ):
        return lzma.LZMAFile(file)
    if start.startswith(_BZIP2):
        return bz2.BZ2File(file)
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ContainerError(
            "this file is packed with Zstandard",
            "install what reads it: pip install 'litdigest[zstd]'",
        ) from error
    opened: _Readable = zstandard.ZstdDecompressor().stream_reader(file)
    return opened


def _members(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    left = MAX_BYTES
    with zipfile.ZipFile(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_MEMBERS:
            raise ContainerError(
                f"this archive holds more than {MAX_MEMBERS:,} files", "divide it into several"
            )
        for entry in sorted(entries, key=lambda entry: entry.filename):
            name = entry.filename.rsplit("/", 1)[-1]
            if name.startswith(".") or entry.filename.startswith("__MACOSX/"):
                continue
            if entry.flag_bits & 1:
                raise ContainerError("this archive is locked by a password", "unpack it by hand")
            with archive.open(entry) as member:
                content = _bounded(member, left)
            left -= len(content)
            yield entry.filename, content


def _bounded(source: _Readable, most: int) -> bytes:
    # The size that a header claims is not believed: a few bytes can unpack to terabytes.
    found = io.BytesIO()
    while block := source.read(_BLOCK):
        found.write(block)
        if found.tell() > most:
            raise ContainerError(
                f"this file unpacks to more than {MAX_BYTES >> 20} MB", "divide it into several"
            )
    return found.getvalue()
