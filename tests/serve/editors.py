"""How editors save a file: twelve ways, each of which leaves `path` with `text` in it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path


def in_place(path: Path, text: str) -> None:
    """nano, VS Code: the file is emptied and filled."""
    path.write_text(text, "utf-8")


def in_two_steps(path: Path, text: str) -> None:
    """An editor on a slow disk: emptied, and filled a moment later."""
    with path.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.03)
        file.write(text)


def in_pieces(path: Path, text: str) -> None:
    """A program that writes a line at a time."""
    with path.open("w", encoding="utf-8") as file:
        for line in text.splitlines(keepends=True):
            file.write(line)
            file.flush()
            time.sleep(0.002)


def hidden_then_rename(path: Path, text: str) -> None:
    """gedit, Sublime Text, TextEdit: a hidden file beside it takes its place."""
    fresh = path.with_name(f".goutputstream-{path.name}")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def plain_then_rename(path: Path, text: str) -> None:
    """`sed -i`: the file beside it has a name like any other, for a moment."""
    fresh = path.with_name("sedXyZ123")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def backup_by_rename(path: Path, text: str) -> None:
    """vi, Emacs: the old file becomes the backup, and a new one is written."""
    path.replace(path.with_name(path.name + "~"))
    time.sleep(0.005)
    path.write_text(text, "utf-8")


def backup_by_copy(path: Path, text: str) -> None:
    """Emacs on a linked file, Notepad++: the backup is a copy."""
    shutil.copy2(path, path.with_name(path.name + ".bak"))
    path.write_text(text, "utf-8")


def vim_with_swap(path: Path, text: str) -> None:
    """vim: a swap file, a probe called 4913, a backup that goes again."""
    swap, backup = path.with_name(f".{path.name}.swp"), path.with_name(path.name + "~")
    swap.write_bytes(b"b0VIM 9.0")
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    path.replace(backup)
    path.write_text(text, "utf-8")
    backup.unlink()
    swap.unlink()


def emacs_with_lock(path: Path, text: str) -> None:
    """Emacs: a link that leads nowhere as lock, and an auto-save file."""
    lock, auto = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.symlink_to("someone@host.1234")
    auto.write_text(text, "utf-8")
    path.write_text(text, "utf-8")
    auto.unlink()
    lock.unlink()


def jetbrains(path: Path, text: str) -> None:
    """PyCharm and its like: new beside old, old away, new in its place."""
    fresh = path.with_name(path.name + "___jb_tmp___")
    old = path.with_name(path.name + "___jb_old___")
    fresh.write_text(text, "utf-8")
    path.replace(old)
    fresh.replace(path)
    old.unlink()


def away_and_back(path: Path, text: str) -> None:
    """Synchronising programs: deleted, and there again from another folder."""
    fresh = path.parent.parent / f"incoming-{path.name}"
    fresh.write_text(text, "utf-8")
    path.unlink()
    time.sleep(0.02)
    fresh.replace(path)


def same_size_same_time(path: Path, text: str) -> None:
    """A tool that keeps the time of the file that it rewrites."""
    status = path.stat()
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text, "utf-8")
    os.utime(fresh, ns=(status.st_atime_ns, status.st_mtime_ns))
    fresh.replace(path)


WAYS: tuple[Callable[[Path, str], None], ...] = (
    in_place,
    in_two_steps,
    in_pieces,
    hidden_then_rename,
    plain_then_rename,
    backup_by_rename,
    backup_by_copy,
    vim_with_swap,
    emacs_with_lock,
    jetbrains,
    away_and_back,
    same_size_same_time,
)
"""All twelve."""
