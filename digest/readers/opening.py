"""Files into texts: unpacked where they are compressed, and decoded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from digest.problems import Problem, Severity
from digest.readers.containers import ContainerError, is_container, unpack
from digest.readers.decode import decode

MAX_BYTES = 512 * 2**20


class Opened(NamedTuple):
    """A text, and the name that messages and sources give it."""

    name: str
    text: str | None
    """None where there is none."""
    encoding: str | None
    problems: tuple[Problem, ...]


def open_file(path: Path, name: str) -> Iterator[Opened]:
    """The text of the file at `path`, or those of an archive (`papers.zip/list.txt`).

    Whatever is wrong becomes a problem; nothing is raised.
    """
    try:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "this is not a regular file"
            yield _failed(name, "error", what, "name a text file")
            return
        if path.stat().st_size > MAX_BYTES:
            said = f"larger than {MAX_BYTES >> 20} MB"
            yield _failed(name, "error", said, "split it into several files")
            return
        with path.open("rb") as file:
            compressed = is_container(file.read(6))
            file.seek(0)
            if not compressed:
                yield _decoded(file.read(), name)
                return
            for member, data in unpack(file):
                yield _decoded(data, f"{name}/{member}" if member else name)
    except ContainerError as error:
        yield _failed(name, "error", str(error), error.hint)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield _failed(
            name, "error", f"cannot be read: {reason}", "check that it exists and its rights"
        )
    except MemoryError:
        yield _failed(name, "error", "too large for the memory", "split it into several files")


def _decoded(data: bytes, name: str) -> Opened:
    decoded = decode(data, name)
    return Opened(name, decoded.text, decoded.encoding, decoded.problems)


def _failed(name: str, severity: Severity, message: str, hint: str) -> Opened:
    return Opened(name, None, None, (Problem(name, None, severity, message, hint),))
