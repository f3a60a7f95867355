"""When to look again: the operating system says that something happened, and then all is quiet.

Nothing is concluded from an event but that one should look: events are lost, doubled and late.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

_TELLING: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Not those of files that are only read: our own builds read them all."""
_QUIET = 0.012
"""Seconds without an event after which a file is taken to be saved."""
_QUIET_SAVED = 0.003
"""Likewise where the last event says that a file was closed, or took its name."""
_QUIET_BURST = 0.25
"""Likewise where many files come at once: a checkout, a copied folder."""
_BURST = 10
_MOST = 1_000
"""Paths remembered; beyond, everything is looked at."""


class Bell:
    """Rung by whoever knows that something may have changed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paths: set[str] = set()
        self._everywhere = False
        self._last = 0.0
        self._quiet = _QUIET

    def ring(self, *paths: str, saved: bool = False) -> None:
        """Something happened at `paths`, or perhaps anywhere; `saved` where that is how the saving
        of a file ends."""
        with self._changed:
            self._last = time.monotonic()
            self._quiet = _QUIET_SAVED if saved else _QUIET
            if not paths or len(self._paths) > _MOST:
                self._everywhere = True
            else:
                self._paths.update(paths)
            self._changed.notify_all()

    def stir(self) -> None:
        """Let whoever waits look whether the wait is over."""
        with self._changed:
            self._changed.notify_all()

    def wait(self, seconds: float, over: Callable[[], bool] = lambda: False) -> bool:
        """Wait until it is rung, or `over`, at most `seconds`; whether it is rung."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_rung() or over(), seconds)
            return self._is_rung()

    def settle(self, at_most: float) -> tuple[frozenset[str] | None, bool]:
        """Wait for quiet, at most so many seconds.

        The paths at which to look, None for everywhere; and whether it became quiet.
        """
        give_up = time.monotonic() + at_most
        with self._changed:
            while True:
                now = time.monotonic()
                many = self._everywhere or len(self._paths) > _BURST
                quiet = self._last + (_QUIET_BURST if many else self._quiet)
                if now >= quiet or now >= give_up:
                    paths = None if self._everywhere else frozenset(self._paths)
                    self._everywhere = False
                    self._paths = set()
                    return paths, now >= quiet
                self._changed.wait(min(quiet, give_up) - now)

    def _is_rung(self) -> bool:
        return self._everywhere or bool(self._paths)


class _Ringer(FileSystemEventHandler):
    def __init__(self, bell: Bell) -> None:
        self._bell = bell

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
        saved = isinstance(event, FileClosedEvent | FileMovedEvent)
        self._bell.ring(*paths, saved=saved)


class _Overflow(logging.Handler):
    """watchdog tells of events that the kernel dropped by its log alone; so it does of others that
    could not be had. Each time it is best to look everywhere."""

    def __init__(self, bell: Bell) -> None:
        super().__init__(logging.WARNING)
        self._bell = bell

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - inherited
        """Ring."""
        self._bell.ring()


class Watch:
    """Rings a bell for whatever happens in some folders."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._observer: BaseObserver | None = None
        self._folders: tuple[tuple[Path, bool, int], ...] = ()
        self._log = logging.getLogger("watchdog")
        self._overflow = _Overflow(bell)
        self._log.addHandler(self._overflow)

    @property
    def has_events(self) -> bool:
        """Whether the system tells us; if not, we must look now and then."""
        return self._observer is not None

    def follow(self, folders: Sequence[tuple[Path, bool]]) -> None:
        """Watch `folders`, each perhaps with all below. Costs nothing where they are the same."""
        wanted = tuple((path, below, _inode(path)) for path, below in folders)
        if wanted == self._folders:
            return
        self._folders = wanted
        self._end_observer()
        from watchdog.observers import Observer  # noqa: PLC0415 - chosen by the system, at a cost

        observer = Observer()
        try:
            for path, below, _ in wanted:
                observer.schedule(
                    _Ringer(self._bell), str(path), recursive=below, event_filter=_TELLING
                )
            observer.start()
        except (OSError, RuntimeError):
            # No more watches, or a file system without them.
            with contextlib.suppress(Exception):
                observer.unschedule_all()
            return
        self._observer = observer

    def stop(self) -> None:
        """Watch no more."""
        self._end_observer()
        self._log.removeHandler(self._overflow)

    def _end_observer(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0
