"""Files of the site: found below its folder, and nowhere else."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from digest.website.media import media_type

_PATIENCE = 1.0
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_STEPWISE = os.open in os.supports_dir_fd and bool(_NOFOLLOW)


class Found(NamedTuple):
    """An open file of the site; whoever asked closes it."""

    file: IO[bytes]
    size: int
    mtime_ns: int
    type: str


class IsFolder(NamedTuple):
    """The path names a folder, whose page stands below it."""


def find(site: Path, parts: Sequence[str]) -> Found | IsFolder | None:
    """The file at `parts` below the folder `site`; None where there is none to show.

    No link is followed, and no folder listed. A build may swap the whole folder for another while
    we look: what is missed then is looked for again.
    """
    give_up = time.monotonic() + _PATIENCE
    while True:
        before = _identity(site)
        found = None
        # ENAMETOOLONG, ELOOP, EACCES …: whatever cannot be opened is not there.
        with contextlib.suppress(OSError, ValueError):
            found = _open(site, parts)
        if found is not None:
            return found
        # Missed for good: the folder was there, and is still the same.
        if (before is not None and before == _identity(site)) or time.monotonic() > give_up:
            return None
        time.sleep(0.001)


def _identity(site: Path) -> tuple[int, int, int] | None:
    try:
        status = site.stat()
    except OSError:
        return None
    # A rename changes the time of change: a folder that was away and came back differs.
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _open(site: Path, parts: Sequence[str]) -> Found | IsFolder | None:
    descriptor = _descend(site, parts) if _STEPWISE else _resolve(site, parts)
    if descriptor is None:
        return IsFolder()
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        os.close(descriptor)
        return IsFolder()
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    file = os.fdopen(descriptor, "rb")
    return Found(file, status.st_size, status.st_mtime_ns, media_type("/".join(parts)))


def _descend(site: Path, parts: Sequence[str]) -> int:
    """Step by step, so that no folder on the way can be a link, whenever it became one."""
    # Without blocking: a pipe would wait for its writer.
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
    descriptor = os.open(site, flags | os.O_DIRECTORY)
    for number, part in enumerate(parts, 1):
        last = number == len(parts)
        try:
            inner = os.open(
                part,
                flags | _NOFOLLOW | (0 if last else os.O_DIRECTORY),
                dir_fd=descriptor,
            )
        finally:
            os.close(descriptor)
        descriptor = inner
    return descriptor


def _resolve(site: Path, parts: Sequence[str]) -> int | None:
    """Where a system cannot go step by step. None for a folder, which some cannot open."""
    path = site.resolve().joinpath(*parts)
    if path.resolve() != path:
        raise FileNotFoundError(path)
    return None if path.is_dir() else os.open(path, os.O_RDONLY | _BINARY)
