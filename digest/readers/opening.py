"""Files into texts: unpacked where they are compressed, and decoded."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from digest.problems import Problem, Severity
from digest.readers.containers import ContainerError, is_container, unpack
from digest.readers.decode import Blocks, decode, decode_blocks, find_encoding

_BLOCK = 2**20
"""Bytes read at a time; a file of no more is read once."""


class Opened(NamedTuple):
    """A text, and the name that messages and sources give it."""

    name: str
    pieces: Callable[[], Iterator[str]] | None
    """The text from its start, in pieces of about a million characters; None where there is none.
    What goes wrong while they are read is raised as OSError or ContainerError."""
    encoding: str | None
    problems: tuple[Problem, ...]


def open_file(path: Path, name: str) -> Iterator[Opened]:
    """The text of the file at `path`, or those of an archive (`papers.zip/list.txt`).

    Each is to be read before the next is asked for. Whatever is wrong becomes a problem; nothing
    is raised.
    """
    try:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "this is not a regular file"
            yield failed(name, what, "name a text file")
            return
        with path.open("rb") as file:
            start = file.read(_BLOCK + 1)
            if not is_container(start):
                yield _plain(path, start, name)
                return
            file.seek(0)
            for content in unpack(file):
                yield _opened(content.blocks, f"{name}/{content.name}" if content.name else name)
    except (ContainerError, OSError, MemoryError) as error:
        yield failed(name, *explain(error))


def explain(error: ContainerError | OSError | MemoryError) -> tuple[str, str]:
    """What went wrong, and what to do."""
    if isinstance(error, ContainerError):
        return str(error), error.hint
    if isinstance(error, MemoryError):
        return "too large for the memory", "split it into several files"
    reason = error.strerror or type(error).__name__
    return f"cannot be read: {reason}", "check that it exists and its rights"


def failed(name: str, message: str, hint: str, severity: Severity = "error") -> Opened:
    """What stands for a file that cannot be read."""
    return Opened(name, None, None, (Problem(name, None, severity, message, hint),))


def _plain(path: Path, start: bytes, name: str) -> Opened:
    if len(start) > _BLOCK:
        return _opened(lambda: _blocks(path), name)
    return _small(start, name)


def _small(data: bytes, name: str) -> Opened:
    decoded = decode(data, name)
    text = decoded.text
    pieces = None if text is None else partial(iter, (text,))
    return Opened(name, pieces, decoded.encoding, decoded.problems)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _opened(blocks: Blocks, name: str) -> Opened:
    start = [*itertools.islice(blocks(), 2)]
    if len(start) < 2:
        return _small(b"".join(start), name)
    encoding = find_encoding(blocks, name)
    known = encoding.name
    pieces = None if known is None else lambda: decode_blocks(blocks(), known)
    return Opened(name, pieces, known, encoding.problems)
