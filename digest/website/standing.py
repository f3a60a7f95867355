"""The site as it stands on disk, told by what the system knows of its files."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path


def site_mark(folder: Path) -> bytes:
    """16 bytes that change when a file below `folder` comes, goes or is written.

    Some 3 µs a file: no file is opened.
    """
    rows: list[str] = []
    _add(str(folder), "", rows)
    rows.sort()
    return blake2b("\0".join(rows).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _add(folder: str, inside: str, rows: list[str]) -> None:
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _add(entry.path, f"{inside}{entry.name}/", rows)
        else:
            status = entry.stat(follow_symlinks=False)
            rows.append(f"{inside}{entry.name}\0{status.st_size}\0{status.st_mtime_ns}")
