"""The site's folder on disk: whole pages only, and never a file touched whose bytes are equal.

A build that changes little replaces single files by rename, in the order in which pages come
(papers before the lists that link to them), and deletes last. One that changes much is made in a
sibling folder, with unchanged files hard-linked, and swapped in as one. What a killed build leaves
behind is put right by the next.

A site may have hundreds of thousands of files: what is done once a file is one system call or two
on a path that is plain text.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

from digest.ledger import Written
from digest.website.placement import AT_ONCE, delete_files, delete_tree, make_apart, make_top

OWN_FOLDERS = ("assets", "authors", "data", "dates", "pages", "papers", "tags", "venues")
"""Everything in these belongs to the build; anything else that it did not write is left alone."""
_STYLE = "assets/style.css"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
R = TypeVar("R")


class Body(NamedTuple):
    """A rendered page."""

    path: str
    content: bytes
    fingerprint: bytes
    """Of everything that the content depends on."""


class Folder:
    """The output folder of one build. Use it as a context manager: leaving it by an exception
    keeps the site as it was (or, where single files are replaced, whole).

    Once entered, copies of it in other processes may write, too.
    """

    far = False

    def __init__(
        self, path: Path, *, staged: bool, ours: Iterable[str] = (), anew: bool = False
    ) -> None:
        """`ours`: paths that the build plans, by this process or another; `anew`: whether even
        what is equal is written."""
        self._site = os.path.realpath(path)
        head, name = os.path.split(self._site)
        self._aside = f"{head}/.{name}.new"
        self._old = f"{head}/.{name}.old"
        self._staged = staged
        self._ours: set[str] = set(ours)
        self._anew = anew
        self._empty = True

    def __enter__(self) -> Folder:
        self._empty = not os.path.isdir(self._site)
        delete_tree(self._aside)
        if not self._make_aside():
            self._staged = False
        if self._staged:
            self._make_folders()
        else:
            os.makedirs(self._site, exist_ok=True)
        self._root = self._aside if self._staged else self._site
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if self._staged and kind is None:
            self._carry_foreign()
            self._swap()
        else:
            delete_tree(self._aside)

    def write_all(self, bodies: Sequence[Body]) -> list[tuple[Written, bool]]:
        """Make sure that each path holds its body; the flags say whether that changed it."""
        if self._staged or len(bodies) < AT_ONCE:
            return [self.write(*body) for body in bodies]
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not for every build

        # Taking the place of a file is waiting for the disk to forget it.
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return [
                done
                for alike in in_turn(bodies)
                for done in threads.map(lambda body: self.write(*body), alike)
            ]

    def write(self, path: str, body: bytes, fingerprint: bytes) -> tuple[Written, bool]:
        """Make sure that `path` holds `body`; the flag says whether that changed it."""
        self._ours.add(inside(path))
        if not (self._empty or self._anew) and _holds(f"{self._site}/{path}", body):
            return self.keep(path, fingerprint), False
        target = f"{self._root}/{path}"
        if self._staged:
            status = create(target, body)
        else:
            fresh = f"{self._aside}/{os.getpid()}-{threading.get_ident()}"
            status = create(fresh, body)
            _making_folders(os.replace, fresh, target)
        return Written(fingerprint, status.st_size, status.st_mtime_ns), True

    def keep(self, path: str, fingerprint: bytes) -> Written:
        """Leave `path`, which is there, as the last build left it."""
        self.keep_all((path,))
        status = os.stat(f"{self._root}/{path}")
        return Written(fingerprint, status.st_size, status.st_mtime_ns)

    def keep_all(self, paths: Iterable[str]) -> None:
        """Leave `paths`, which are there, as the last build left them."""
        self._ours.update(paths := list(paths))
        if self._staged:
            for path in paths:
                _making_folders(_link, f"{self._site}/{path}", f"{self._root}/{path}")

    def keep_old(self, path: str) -> None:
        """Leave `path` as it is, if it is there: it could not be made anew."""
        with contextlib.suppress(FileNotFoundError):
            self.keep_all((path,))

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files of earlier builds, and folders that this empties."""
        self._ours.update(paths := list(paths))
        if self._staged:
            return
        delete_files(f"{self._site}/{inside(path)}" for path in paths)
        # The deepest first: what empties one may empty the one above.
        for folder in sorted(_folders_of(paths), key=lambda name: (-name.count("/"), name)):
            with contextlib.suppress(OSError):
                os.rmdir(f"{self._site}/{folder}")

    def _make_aside(self) -> bool:
        """Make the place where files are born; False where whole folders cannot be swapped."""
        if not os.path.ismount(self._site):
            try:
                os.makedirs(os.path.dirname(self._aside), exist_ok=True)
                make_top(self._aside)
            except PermissionError:
                pass
            else:
                return True
        # A volume, or the only folder that we may write to.
        self._aside = f"{self._site}/.new"
        delete_tree(self._aside)
        os.makedirs(self._aside)
        return False

    def _make_folders(self) -> None:
        # By one process, beforehand: two that make folders at once wait for each other.
        for folder in sorted(_folders_of(self._ours)):
            make = os.mkdir if "/" in folder else make_apart
            make(f"{self._aside}/{folder}")

    def _carry_foreign(self) -> None:
        # A CNAME or .nojekyll that the user put beside our pages stays.
        if self._empty:
            return
        for entry in sorted(os.listdir(self._site)):
            old, new = f"{self._site}/{entry}", f"{self._aside}/{entry}"
            if entry in OWN_FOLDERS or entry in self._ours or os.path.lexists(new):
                continue
            if os.path.islink(old):
                os.symlink(os.readlink(old), new)
            elif os.path.isdir(old):
                shutil.copytree(old, new, symlinks=True, copy_function=_link)
            else:
                _link(old, new)

    def _swap(self) -> None:
        delete_tree(self._old)
        if not self._empty:
            os.rename(self._site, self._old)
        os.rename(self._aside, self._site)
        delete_tree(self._old)


def _holds(path: str, body: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(body):
            return False
        with open(path, "rb", buffering=0) as file:
            return file.read() == body
    except OSError:
        return False


def create(path: str, body: bytes) -> os.stat_result:
    """Make a file; one that is there is of a process that was killed, and is replaced."""
    try:
        handle = _making_folders(_open_new, path)
    except FileExistsError:
        os.unlink(path)
        handle = _open_new(path)
    try:
        done = os.write(handle, body)
        while done < len(body):
            done += os.write(handle, body[done:])
        return os.fstat(handle)
    finally:
        os.close(handle)


def _open_new(path: str) -> int:
    return os.open(path, _CREATE, 0o666)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        pass  # a process that was killed had come so far
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)


def _making_folders(act: Callable[..., R], *paths: str) -> R:
    """What `act` gives; the last of `paths` is made, and its folder where that is missing."""
    try:
        return act(*paths)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(paths[-1]), exist_ok=True)
        return act(*paths)


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder on the way to one of `paths`."""
    folders = {path.rpartition("/")[0] for path in paths}
    for folder in tuple(folders):
        while folder:
            folders.add(folder)
            folder = folder.rpartition("/")[0]  # noqa: PLW2901 - climbs
    return folders - {""}


def is_ours(holds: Callable[[str], bool]) -> bool:
    """Whether that is a site of ours which holds certain files; some of them it may do without."""
    return holds("data/index.json") or all(map(holds, ("index.html", "404.html", _STYLE)))


def in_turn(bodies: Sequence[Body]) -> Iterator[list[Body]]:
    """`bodies` in groups that may be written in any order: what they link to is in other ones."""
    for _, alike in groupby(bodies, lambda body: body.path.partition("/")[0]):
        yield list(alike)


def inside(path: str) -> str:
    """`path`, which must not leave the site. Raises ValueError where it would."""
    if path.startswith("/") or (".." in path and ".." in path.split("/")):
        raise ValueError(f"not a path of the site: {path}")
    return path
