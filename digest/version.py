"""Which version of the package made something: any change to its files counts."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path

from digest import __version__
from digest.text import mark_of


@functools.cache
def version_mark() -> bytes:
    """16 bytes that change with the package; what it made before is made anew then."""
    rows = sorted(_files(str(Path(__file__).parent)))
    return mark_of(__version__.encode(), repr(rows).encode())


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns
