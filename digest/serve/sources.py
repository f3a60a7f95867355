"""Everything that a site is made from, as the file system has it: the truth that events only hint
at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from digest.content import is_hidden

_FEW = 50
"""Names that are gone and were no files: each costs a walk over all names."""


class Places(NamedTuple):
    """Where the sources of a digest stand; all absolute."""

    settings: Path
    content: Path
    templates: Path
    output: Path
    """Never looked at, even where it stands inside another."""


class Mark(NamedTuple):
    """What changes when a file does."""

    size: int
    mtime_ns: int
    inode: int
    mode: int


Sources = dict[str, Mark]
"""Every source by its path."""


def look(places: Places) -> Sources:
    """All sources as they are now."""
    found: Sources = {}
    _note(os.fspath(places.settings), found)
    for folder in dict.fromkeys((places.content, places.templates)):
        _walk(os.fspath(folder), os.fspath(places.output), found)
    return found


def look_at(places: Places, before: Sources, paths: Iterable[str]) -> Sources | None:
    """`before`, brought up to date at `paths` alone. None where all must be looked at."""
    found = dict(before)
    output = os.fspath(places.output)
    gone = 0
    for path in paths:
        if path == os.fspath(places.settings):
            found.pop(path, None)
            _note(path, found)
            continue
        if not _is_source(path, places):
            continue
        known = found.pop(path, None)
        if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114 - text is faster
            _forget(found, path)
            _walk(path, output, found)
        elif not _note(path, found) and known is None:
            gone += 1
            if gone > _FEW:
                return None
            _forget(found, path)
    return found


def differences(before: Mapping[str, Mark], after: Mapping[str, Mark]) -> dict[str, str]:
    """Each path that differs, sorted, with what happened: `added`, `changed` or `removed`."""
    happened = dict.fromkeys(before.keys() - after.keys(), "removed")
    for path, mark in after.items():
        if (old := before.get(path)) != mark:
            happened[path] = "added" if old is None else "changed"
    return dict(sorted(happened.items()))


def folders(places: Places) -> tuple[tuple[Path, bool], ...]:
    """Folders to watch, and whether with all that is below them.

    The one of the settings is watched for them, and for content that is yet to come; so is the
    nearest folder above one that is not there.
    """
    found: dict[Path, bool] = {places.settings.parent: False}
    for folder in (places.content, places.templates):
        if folder.is_dir():
            found[folder] = True
        else:
            above = next((p for p in folder.parents if p.is_dir()), folder)
            found.setdefault(above, False)
    return tuple(found.items())


def _is_source(path: str, places: Places) -> bool:
    output = os.fspath(places.output)
    if path == output or path.startswith(output + os.sep):
        return False
    for folder in (os.fspath(places.content), os.fspath(places.templates)):
        if path == folder:
            return True
        if path.startswith(folder + os.sep):
            return not any(map(is_hidden, Path(path[len(folder) + 1 :]).parts))
    return False


def _walk(folder: str, output: str, found: Sources) -> None:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        for entry in _entries(current):
            if is_hidden(entry.name) or entry.path == output:
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                status = entry.stat()
            except OSError:
                continue
            found[entry.path] = _mark(status)


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        return


def _note(path: str, found: Sources) -> bool:
    try:
        status = os.stat(path)  # noqa: PTH116 - text is faster
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        found[path] = _mark(status)
    return True


def _mark(status: os.stat_result) -> Mark:
    return Mark(status.st_size, status.st_mtime_ns, status.st_ino, status.st_mode)


def _forget(found: Sources, folder: str) -> None:
    below = folder + os.sep
    for path in [path for path in found if path.startswith(below)]:
        del found[path]
