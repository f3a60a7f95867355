"""The site's folder on disk: whole pages only, and never a file touched whose bytes are equal.

A build that changes little replaces single files by rename, in the order in which pages come
(papers before the lists that link to them), and deletes last. One that changes much is made in a
sibling folder, with unchanged files hard-linked, and swapped in as one. What a killed build leaves
behind is put right by the next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from digest.ledger import Written
from digest.problems import DigestError, Problem

OWN_FOLDERS = ("assets", "authors", "data", "dates", "pages", "papers", "tags", "venues")
"""Everything in these belongs to the build; anything else that it did not write is left alone."""
_MARK = "data/index.json"


class Folder:
    """The output folder of one build. Use it as a context manager: leaving it by an exception
    keeps the site as it was (or, where single files are replaced, whole)."""

    def __init__(self, path: Path, *, staged: bool, ours: Iterable[str] = ()) -> None:
        """`ours`: paths that the build plans, by this process or another."""
        self._path = path
        self._new = path.with_name(f".{path.name}.new")
        self._old = path.with_name(f".{path.name}.old")
        self._root = self._new if staged else path
        self._staged = staged
        self._made: set[Path] = set()
        self._ours: set[str] = set(ours)

    def __enter__(self) -> Folder:
        shutil.rmtree(self._new, ignore_errors=True)
        self._root.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if not self._staged:
            return
        if kind is None:
            self._carry_foreign()
            self._swap()
        else:
            shutil.rmtree(self._new, ignore_errors=True)

    def write(self, path: str, body: bytes, fingerprint: bytes) -> tuple[Written, bool]:
        """Make sure that `path` holds `body`; the flag says whether that changed it."""
        self._ours.add(path)
        old = self._path / path
        if _holds(old, body):
            return self.keep(path, fingerprint), False
        target = self._root / path
        self._make_folder(target.parent)
        if self._staged:
            target.write_bytes(body)
        else:
            fresh = target.with_name(f".{target.name}.new")
            fresh.write_bytes(body)
            fresh.replace(target)
        return _written(target, fingerprint), True

    def keep(self, path: str, fingerprint: bytes) -> Written:
        """Leave `path` as the last build left it."""
        self._ours.add(path)
        target = self._root / path
        if self._staged:
            self._make_folder(target.parent)
            _link(self._path / path, target)
        return _written(target, fingerprint)

    def keep_old(self, path: str) -> None:
        """Leave `path` as it is, if it is there: it could not be made anew."""
        self._ours.add(path)
        if self._staged and (self._path / path).is_file():
            self._make_folder((self._root / path).parent)
            _link(self._path / path, self._root / path)

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files of earlier builds, and folders that this empties."""
        for path in paths:
            self._ours.add(path)
            if self._staged:
                continue
            with contextlib.suppress(FileNotFoundError):
                (self._path / path).unlink()
            for parent in (self._path / path).parents:
                if parent == self._path:
                    break
                with contextlib.suppress(OSError):
                    parent.rmdir()

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._made:
            folder.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)

    def _carry_foreign(self) -> None:
        # A CNAME or .nojekyll that the user put beside our pages stays.
        for path in files_below(self._path):
            if path not in self._ours and path.split("/", 1)[0] not in OWN_FOLDERS:
                target = self._new / path
                self._make_folder(target.parent)
                if not target.exists():
                    _link(self._path / path, target)

    def _swap(self) -> None:
        shutil.rmtree(self._old, ignore_errors=True)
        if self._path.exists():
            self._path.rename(self._old)
        self._new.rename(self._path)
        shutil.rmtree(self._old, ignore_errors=True)


def prepare(path: Path, content: Path) -> None:
    """Put right what a killed build left, and refuse to write where that would harm.

    Raises DigestError where `path` is no folder of ours.
    """
    old = path.with_name(f".{path.name}.old")
    if old.is_dir() and not path.exists():
        old.rename(path)
    where = path.as_posix()
    if path.exists() and not path.is_dir():
        raise DigestError(
            Problem(
                where,
                None,
                "error",
                "is a file, not a folder",
                "Name another folder with --output.",
            )
        )
    inside = path.resolve()
    if inside in (content.resolve(), *content.resolve().parents):
        raise DigestError(
            Problem(
                where,
                None,
                "error",
                "the site would be written over its own content",
                "Name another folder with --output, such as “site”.",
            )
        )
    if (
        path.is_dir()
        and not (path / _MARK).is_file()
        and any(not entry.name.startswith(".") for entry in path.iterdir())
    ):
        raise DigestError(
            Problem(
                where,
                None,
                "error",
                "is not empty, and not a site that digest made",
                "Name another folder with --output, or empty this one.",
            )
        )


def strays(path: Path, planned: set[str]) -> Iterator[str]:
    """Files in the build's own folders that are not planned (where the ledger is lost)."""
    for name in files_below(path):
        if name not in planned and name.split("/", 1)[0] in OWN_FOLDERS:
            yield name


def files_below(path: Path) -> Iterator[str]:
    """Relative paths of all files below `path`, with `/`; symbolic links are not followed."""
    for folder, _, names in os.walk(path):
        for name in names:
            yield (Path(folder) / name).relative_to(path).as_posix()


def is_as_left(path: Path, written: Written) -> bool:
    """Whether the file is still as the ledger says."""
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (written.size, written.mtime_ns)


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False


def _written(path: Path, fingerprint: bytes) -> Written:
    status = path.stat()
    return Written(fingerprint, status.st_size, status.st_mtime_ns)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
