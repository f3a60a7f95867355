"""Where the site is written, and what is there before a build: a folder, or an address."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Protocol

from digest.executors import each
from digest.ledger import Written
from digest.problems import DigestError, Problem
from digest.text import content_hash
from digest.website.folder import OWN_FOLDERS, Body, Folder, is_ours

__all__ = [
    "Body",
    "Local",
    "Output",
    "Target",
    "changed_files",
    "files_below",
    "open_output",
]
_SPAN = 25_000
"""Files that a process looks at a time; fewer are looked at by this one."""


class Target(Protocol):
    """An output while it is written. Once entered, copies in other processes may write, too."""

    far: bool
    """Whether processes of other machines may, too."""

    def write_all(self, bodies: Sequence[Body]) -> list[tuple[Written, bool]]:
        """Make sure that each path holds its body; the flags say whether that changed it.

        What a list links to must have been written by an earlier call, and be there.
        """

    def keep_all(self, paths: Iterable[str]) -> None:
        """Leave `paths`, which are there, as the last build left them."""

    def keep_old(self, path: str) -> None:
        """Leave `path` as it is, if it is there: it could not be made anew."""

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files of earlier builds. To be called last."""


class Output(Protocol):
    """A place for a site, as one build sees it; its methods are called in this order."""

    name: str
    """The same for the same place, whatever it is called by."""

    def prepare(self, content: Path) -> None:
        """Put right what a killed build left, and refuse to write where that would harm."""

    def clear(self) -> None:
        """Write all anew, whatever is there. The ledger is to be forgotten, too."""

    def changed(self, rows: Mapping[str, Written], jobs: int = 1) -> set[str]:
        """Those of the ledger's `rows` that are no longer as it says, or gone."""

    def holds(self, path: str) -> bool:
        """Whether there is such a file. To be called after `changed`."""

    def mark(self) -> bytes:
        """What changes when anything there is written by whomever; empty where that cannot be
        known. To be called after `seal`, and before the next build."""

    def gone(self, known: Collection[str], planned: Collection[str]) -> list[str]:
        """What is there of this digest's making, as far as `known`, and not planned any more."""

    def is_new(self) -> bool:
        """Whether there is no site yet."""

    def open(self, *, staged: bool, ours: Iterable[str]) -> AbstractContextManager[Target]:
        """Begin to write. `staged`: whether so much changes that the site is better swapped in as
        a whole, where that can be; `ours`: all that is planned."""

    def seal(self, *, changed: bool) -> None:
        """Note that the ledger knows now what is there. To be called when it has been saved."""


def open_output(root: Path, where: str, memory: Path) -> Output:
    """The output called `where`: a folder, relative to `root`, or an address (`s3://bucket/site`).

    `memory`: the build's own folder.
    """
    protocol, colon, rest = where.partition("://")
    if not colon:
        return Local(root / where)
    if protocol == "file":
        # It takes as long to import as all else of a build that finds nothing changed.
        from urllib.request import url2pathname  # noqa: PLC0415

        return Local(Path(url2pathname(rest)))
    from digest.website.remote import Remote  # noqa: PLC0415 - folders are more common

    return Remote(where, memory / f"remote-{content_hash(where.rstrip('/'))}.json")


class Local:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._anew = False
        self.name = str(path.resolve())

    def prepare(self, content: Path) -> None:
        """As `prepare`."""
        prepare(self._path, content)

    def clear(self) -> None:
        """Write all anew."""
        self._anew = True

    def changed(self, rows: Mapping[str, Written], jobs: int = 1) -> set[str]:
        """As `changed_files`."""
        return changed_files(self._path, rows, jobs)

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""
        return (self._path / path).is_file()

    def mark(self) -> bytes:
        """Of the size and time of every file."""
        rows = sorted(_states(str(self._path), ""))
        return blake2b("\0".join(rows).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def gone(self, known: Collection[str], planned: Collection[str]) -> list[str]:
        """What the ledger knows, or where it is lost what lies in the build's own folders."""
        return sorted(set(known or strays(self._path, set())).difference(planned))

    def is_new(self) -> bool:
        """Whether there is no site yet."""
        return not self._path.exists()

    def open(self, *, staged: bool, ours: Iterable[str]) -> Folder:
        """Begin to write."""
        return Folder(self._path, staged=staged or self._anew, ours=ours, anew=self._anew)

    def seal(self, *, changed: bool) -> None:
        """Nothing: files on disk have the time of their last change."""


def prepare(path: Path, content: Path) -> None:
    """Put right what a killed build left, and refuse to write where that would harm.

    Raises DigestError where `path` is no folder of ours.
    """
    real = path.resolve()
    old = real.with_name(f".{real.name}.old")
    if old.is_dir() and not real.exists():
        old.rename(real)
    if path.exists() and not path.is_dir():
        raise _refused(path, "is a file, not a folder", "Name another folder.")
    if real in (content.resolve(), *content.resolve().parents):
        raise _refused(
            path,
            "the site would be written over its own content",
            "Name another folder, such as “site”.",
        )
    if (
        path.is_dir()
        and not is_ours(lambda name: (path / name).is_file())
        and any(not entry.name.startswith(".") for entry in path.iterdir())
    ):
        raise _refused(
            path,
            "is not empty, and not a site that digest made",
            "Name another folder, or empty this one.",
        )


def strays(path: Path, planned: set[str]) -> Iterator[str]:
    """Files in the build's own folders that are not planned (where the ledger is lost)."""
    for folder in OWN_FOLDERS:
        for name in files_below(path / folder):
            if f"{folder}/{name}" not in planned:
                yield f"{folder}/{name}"


def files_below(path: Path) -> Iterator[str]:
    """Relative paths of all files below `path`, with `/`; symbolic links are not followed."""
    skip = len(str(path)) + 1
    for folder, _, names in os.walk(path):
        inside = folder[skip:].replace(os.sep, "/")
        for name in names:
            yield f"{inside}/{name}" if inside else name


def changed_files(path: Path, rows: Mapping[str, Written], jobs: int = 1) -> set[str]:
    """Those of `rows` that are no longer as the ledger says, or gone.

    `jobs` processes look, each at many files at a time: a look takes 2 to 3 µs.
    """
    spans = range(0, len(rows), _SPAN)
    found = each(_changed, spans, jobs, str(path), rows, batch=1)
    return {name for names in found for name in names}


def _states(folder: str, inside: str) -> Iterator[str]:
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _states(entry.path, f"{inside}{entry.name}/")
        else:
            status = entry.stat(follow_symlinks=False)
            yield f"{inside}{entry.name}\0{status.st_size}\0{status.st_mtime_ns}"


def _changed(start: int, site: str, rows: Mapping[str, Written]) -> list[str]:
    look, changed = os.stat, []
    for path, row in islice(rows.items(), start, start + _SPAN):
        try:
            status = look(f"{site}/{path}")
        except OSError:
            changed.append(path)
            continue
        if status.st_mtime_ns != row.mtime_ns or status.st_size != row.size:
            changed.append(path)
    return changed


def _refused(path: Path, message: str, hint: str) -> DigestError:
    return DigestError(Problem(path.as_posix(), None, "error", message, hint))
