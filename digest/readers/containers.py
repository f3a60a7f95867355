"""Compressed files, unpacked in memory, block by block and within limits.

What a file is, is told by its first bytes, never by its name. An archive within an archive is not
opened, and nothing is ever written to disk.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple, Protocol

MAX_BYTES = 512 * 2**20
"""Of all that is unpacked from one file, unless the file itself is large:"""
MAX_RATIO = 64
"""times its own size. Text is seldom packed ten to one, a bomb a thousand to one."""
MAX_MEMBERS = 10_000
_BLOCK = 2**20
_GZIP, _XZ, _BZIP2, _ZSTD, _ZIP = (
    b"\x1f\x8b",
    b"\xfd7zXZ\0",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
)
_DAMAGE = (
    OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError,
    zipfile.BadZipFile,
)  # fmt: skip


class ContainerError(Exception):
    """The file cannot be unpacked; says why, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


class Content(NamedTuple):
    """A file that was packed."""

    name: str
    """Within the archive; "" where there is one content alone."""
    blocks: Callable[[], Iterator[bytes]]
    """Its bytes, anew at every call. Raises ContainerError where it is damaged or too large."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_container(start: bytes) -> bool:
    """Whether a file that begins with `start` (at least six bytes) is compressed."""
    return start.startswith((_GZIP, _XZ, _BZIP2, _ZSTD, _ZIP))


def unpack(file: BinaryIO) -> Iterator[Content]:
    """What `file` holds. A content can be read until the next one is asked for.

    Raises ContainerError where it is damaged, locked or larger than the limits.
    """
    size = file.seek(0, os.SEEK_END)
    most = max(MAX_BYTES, MAX_RATIO * size)
    file.seek(0)
    start = file.read(6)
    if not start.startswith(_ZIP):
        yield Content("", partial(_blocks, partial(_opened, file, start), _Allowance(most)))
        return
    with _damage_named():
        archive = zipfile.ZipFile(file)
    with archive:
        if said := _document(archive):
            raise ContainerError(*said)
        for entry in _entries(archive):
            if entry.flag_bits & 1:
                raise ContainerError("this archive is locked by a password", "unpack it by hand")
            allowance = _Allowance(most)
            yield Content(entry.filename, partial(_blocks, partial(archive.open, entry), allowance))
            most -= allowance.used


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_MEMBERS:
        raise ContainerError(
            f"this archive holds more than {MAX_MEMBERS:,} files", "divide it into several"
        )
    wanted = [
        entry
        for entry in entries
        if not entry.filename.rsplit("/", 1)[-1].startswith(".")
        and not entry.filename.startswith("__MACOSX/")
    ]
    return sorted(wanted, key=lambda entry: entry.filename)


def _document(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    """What is said of a document of an office or a book, which are archives, too."""
    names = {*archive.namelist()}
    if "mimetype" in names:
        with _damage_named(), archive.open("mimetype") as kind:
            said = kind.read(80).decode("ascii", "replace")
        for mark, what, hint in _BY_TYPE:
            if mark in said:
                return f"this is {what}, not text", hint
    if "[Content_Types].xml" in names:
        for folder, what, hint in _BY_FOLDER:
            if any(name.startswith(folder) for name in names):
                return f"this is {what}, not text", hint
    return None


_AS_TEXT = "save it as plain text (UTF-8), or copy its text into a file"
_AS_TABLE = "save its sheet as CSV (UTF-8)"
_BY_TYPE = (
    ("opendocument.spreadsheet", "an OpenDocument table", _AS_TABLE),
    ("opendocument", "an OpenDocument file", _AS_TEXT),
    ("epub", "an e-book", _AS_TEXT),
)
_BY_FOLDER = (
    ("xl/", "an Excel workbook", _AS_TABLE),
    ("word/", "a Word document", _AS_TEXT),
    ("ppt/", "a PowerPoint file", _AS_TEXT),
)


class _Allowance:
    """How much may be unpacked, and how much was in the longest of several readings."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.used = 0


def _blocks(opened: Callable[[], _Readable], allowance: _Allowance) -> Iterator[bytes]:
    # The size that a header claims is not believed: a few bytes can unpack to terabytes.
    read = 0
    with _damage_named():
        source = opened()
        while block := source.read(_BLOCK):
            read += len(block)
            allowance.used = max(allowance.used, read)
            if read > allowance.most:
                raise ContainerError(
                    f"this file unpacks to more than {allowance.most >> 20} MB",
                    "divide it into several",
                )
            yield block


def _opened(file: BinaryIO, start: bytes) -> _Readable:
    file.seek(0)
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
    opened: _Readable = zstandard.ZstdDecompressor().stream_reader(file, closefd=False)
    return opened


@contextlib.contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except ContainerError:
        raise
    except _DAMAGE as error:
        raise ContainerError(
            f"this compressed file is damaged: {error}", "pack it again, or unpack it by hand"
        ) from error
