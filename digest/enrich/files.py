"""The door through which this room writes files: whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from digest.problems import DigestError, Problem


def replace(path: Path, data: bytes) -> None:
    """Write `data` to `path`. Raises DigestError."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error


def append(path: Path) -> BinaryIO:
    """`path` opened for more."""
    return path.open("ab")


def fresh_folder(path: Path) -> Path:
    """An empty folder, whatever stood there. Raises DigestError."""
    try:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def move_folder(source: Path, target: Path) -> None:
    """Put `source` in the place of `target`."""
    shutil.rmtree(target, ignore_errors=True)
    source.replace(target)


def remove(paths: Iterable[Path]) -> None:
    """Delete files and folders."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> DigestError:
    """What is said where a file cannot be written."""
    hint = "Make room, or get the right to write there."
    said = f"cannot be written: {error.strerror or error}"
    return DigestError(Problem(path.as_posix(), None, "error", said, hint))
