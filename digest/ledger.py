"""What was written and made last time, so that a build costs what changed.

A cache in SQLite: it may be deleted, lost or broken at any moment, which costs time, never
correctness. Nothing in it is trusted as code, and values that came to harm are not handed out.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from zlib import crc32

from msgspec import Struct

_FORMAT = 2
_TURN = "turn"
_TABLES = (
    "written (path TEXT PRIMARY KEY, fingerprint BLOB, size INTEGER, mtime_ns INTEGER)",
    "made (kind TEXT, mark BLOB, value BLOB, sum INTEGER, PRIMARY KEY (kind, mark))",
)


class Written(Struct, frozen=True, gc=False):
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
        rows = self._read("SELECT path, fingerprint, size, mtime_ns FROM written")
        return {
            path: Written(mark, size, mtime)
            for path, mark, size, mtime in rows
            if type(path) is str
            and type(mark) is bytes
            and type(size) is int
            and type(mtime) is int
        }

    def recall(self, kind: str) -> dict[bytes, bytes]:
        """What earlier builds made of a kind, by its mark: a hash of what it was made of."""
        rows = self._read("SELECT mark, value, sum FROM made WHERE kind = ?", (kind,))
        return {
            mark: value
            for mark, value, total in rows
            if type(mark) is bytes and type(value) is bytes and crc32(value, crc32(mark)) == total
        }

    def save(self, changed: Iterable[tuple[str, Written]], removed: Iterable[str]) -> bool:
        """Note what was written and removed. False where the ledger cannot be kept."""
        rows = [(path, w.fingerprint, w.size, w.mtime_ns) for path, w in changed]
        gone = [(path,) for path in removed]
        turn = os.urandom(8)
        return self._write(
            ("DELETE FROM written WHERE path = ?", gone),
            ("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)", rows),
            ("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", [_row(_TURN, b"", turn)]),
        )

    def keep(self, kind: str, made: Mapping[bytes, bytes], gone: Collection[bytes]) -> bool:
        """Keep what was made by its mark, and let go of the marks in `gone`. False where that
        cannot be done."""
        if not made and not gone:
            return True
        rows = [_row(kind, mark, value) for mark, value in made.items()]
        return self._write(
            ("DELETE FROM made WHERE kind = ? AND mark = ?", [(kind, mark) for mark in gone]),
            ("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", rows),
        )

    def turn(self) -> bytes:
        """Another one after each `save`, by this process or another; empty where none is known."""
        return self.recall(_TURN).get(b"", b"")

    def forget(self) -> None:
        """Begin anew."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _read(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
        if not self._path.is_file():
            return []
        try:
            with contextlib.closing(sqlite3.connect(self._path)) as db:
                if db.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
                    return []
                return db.execute(query, values).fetchall()
        except sqlite3.Error:
            return []

    def _write(self, *changes: tuple[str, Collection[tuple[object, ...]]]) -> bool:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._change(changes)
            except sqlite3.DatabaseError:
                # Broken: begin anew, with what this build knows; the rest is compared byte by byte.
                self.forget()
                self._change(changes)
        except (sqlite3.Error, OSError):
            return False
        return True

    def _change(self, changes: Iterable[tuple[str, Collection[tuple[object, ...]]]]) -> None:
        with self._open() as db, db:
            for statement, rows in changes:
                db.executemany(statement, rows)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self._path)) as db:
            # What the system loses with its power is a cache; waiting for the disk costs more.
            db.execute("PRAGMA synchronous = OFF")
            if db.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
                with db:
                    db.execute("DROP TABLE IF EXISTS written")
                    db.execute("DROP TABLE IF EXISTS made")
                    for table in _TABLES:
                        db.execute(f"CREATE TABLE {table}")
                    db.execute(f"PRAGMA user_version = {_FORMAT}")
            yield db


class Keepsake:
    """A value too large for a table, in a file of its own; as little is lost with it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes:
        """The value; nothing where there is none."""
        try:
            return self._path.read_bytes()
        except OSError:
            return b""

    def write(self, *parts: bytes | memoryview) -> None:
        """Keep the value that `parts` make, whole or not at all; where that cannot be done, it is
        made anew."""
        fresh = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            with fresh.open("wb") as file:
                file.writelines(parts)
            fresh.replace(self._path)

    def forget(self) -> None:
        """Begin anew."""
        with contextlib.suppress(OSError):
            self._path.unlink()


def _row(kind: str, mark: bytes, value: bytes) -> tuple[str, bytes, bytes, int]:
    return kind, mark, value, crc32(value, crc32(mark))
