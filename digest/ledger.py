"""What was written last time, so that a build costs what changed.

A cache in SQLite: it may be deleted, lost or broken at any moment, which costs time, never
correctness. Nothing in it is trusted as code.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

_FORMAT = 1


class Written(Struct, frozen=True):
    """A file of the site as it was left."""

    fingerprint: bytes
    """Of everything that its bytes depend on."""
    size: int
    mtime_ns: int


class Ledger:
    """The memory of one output folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Written]:
        """Every file of the last build by its path; nothing where the ledger is lost or broken."""
        if not self._path.is_file():
            return {}
        try:
            with contextlib.closing(sqlite3.connect(self._path)) as db:
                if db.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
                    return {}
                rows = db.execute("SELECT path, fingerprint, size, mtime_ns FROM written")
                return {
                    path: Written(*rest)
                    for path, *rest in rows
                    if isinstance(path, str) and isinstance(rest[0], bytes)
                }
        except sqlite3.Error:
            return {}

    def save(self, changed: Iterable[tuple[str, Written]], removed: Iterable[str]) -> bool:
        """Note what was written and removed. False where the ledger cannot be kept."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._save(changed := list(changed), removed := list(removed))
        except sqlite3.DatabaseError:
            # Broken: begin anew, with what this build knows; the rest is compared byte by byte.
            with contextlib.suppress(OSError):
                self._path.unlink()
            try:
                self._save(changed, removed)
            except (sqlite3.Error, OSError):
                return False
        except OSError:
            return False
        return True

    def forget(self) -> None:
        """Begin anew."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _save(self, changed: Iterable[tuple[str, Written]], removed: Iterable[str]) -> None:
        with contextlib.closing(sqlite3.connect(self._path)) as db, db:
            if db.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
                db.execute("DROP TABLE IF EXISTS written")
                db.execute(
                    "CREATE TABLE written (path TEXT PRIMARY KEY, fingerprint BLOB, "
                    "size INTEGER, mtime_ns INTEGER)"
                )
                db.execute(f"PRAGMA user_version = {_FORMAT}")
            db.executemany("DELETE FROM written WHERE path = ?", ((path,) for path in removed))
            db.executemany(
                "INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)",
                ((p, w.fingerprint, w.size, w.mtime_ns) for p, w in changed),
            )
