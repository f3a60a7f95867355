"""Browsers that listen: each hears what its own page must do after a build.

A page says which path it shows and after which build it was loaded, so that what changed between
its loading and its listening is not missed.
"""

from __future__ import annotations

import queue
import secrets
import threading
from collections import deque
from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct

from digest.text import content_hash

EVERYTHING = "*"
"""Path of a page that shows the builds themselves."""
NOT_FOUND = "404.html"
_REMEMBERED = 64
_MANY = 5_000
_FILES = 200
_BACKLOG = 100
"""Messages that a browser may leave unread."""


class Failure(Struct, frozen=True):
    """A problem as the overlay shows it."""

    path: str
    line: int | None
    severity: str
    message: str
    hint: str
    context: tuple[tuple[int, str], ...] = ()
    """Lines around the place, with their numbers."""


class Message(Struct, frozen=True, kw_only=True):
    """What one page is told."""

    build: int
    reload: bool
    patch: bool
    """Whether a page may put what changed in its place, instead of loading all of it."""
    styles: tuple[str, ...]
    """Style sheets to load anew where the page need not be."""
    files: tuple[str, ...] | None
    """Other files that changed; None where they are too many to name."""
    failures: tuple[Failure, ...]
    mark: str
    """Of the failures: "" where there are none."""
    waiting: tuple[tuple[str, str], ...]
    """Pages that are not to be published yet, and why."""


class _Round(Struct, frozen=True):
    number: int
    pages: frozenset[str] | None
    """None where they are too many to remember."""
    styles: tuple[str, ...]


class Listener:
    """One page that is open in a browser."""

    def __init__(self, paths: frozenset[str]) -> None:
        self.paths = paths
        self.is_sent_away = False
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()

    def next(self, seconds: float) -> Message | None:
        """What is to be told next, if that comes within `seconds`."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None

    def put(self, message: Message) -> bool:
        """False where too much was left unread."""
        if self._messages.qsize() < _BACKLOG:
            self._messages.put(message)
            return True
        return False

    def send_away(self) -> None:
        """Let it listen no longer."""
        self.is_sent_away = True
        self._messages.put(None)


class Hub:
    """All pages that are open, and what they must be told."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(18)
        """Known to pages of this server alone, and to those of this run alone."""
        self.patches = False
        """Whether pages hold no scripts but the default theme's, which bear that they change."""
        self._lock = threading.Lock()
        self._listeners: set[Listener] = set()
        self._rounds: deque[_Round] = deque(maxlen=_REMEMBERED)
        self._number = 0
        self._failures: tuple[Failure, ...] = ()
        self._waiting: tuple[tuple[str, str], ...] = ()
        self._mark = ""
        self._closed = False

    @property
    def number(self) -> int:
        """Of the last build that changed something."""
        return self._number

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What is broken at the moment."""
        return self._failures

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Pages that are not to be published yet, and why."""
        return self._waiting

    @property
    def listening(self) -> int:
        """How many pages are open."""
        return len(self._listeners)

    def publish(
        self,
        changed: Collection[str],
        failures: Sequence[Failure],
        *,
        only_styles: bool = False,
        waiting: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Tell every page what to do, now that the site's files `changed` (or none did).

        `only_styles`: pages changed in nothing but the address of a style sheet.
        """
        styles = tuple(sorted(p for p in changed if p.endswith(".css"))) if only_styles else ()
        files = tuple(sorted(p for p in changed if not p.endswith((".html", ".css"))))
        with self._lock:
            pages = frozenset(changed)
            self._number += 1
            few = pages if len(pages) <= _MANY else None
            self._rounds.append(_Round(self._number, few, styles))
            self._failures = tuple(failures)
            self._waiting = tuple(waiting)
            self._mark = content_hash(msgspec.json.encode(self._failures).decode())
            if not failures:
                self._mark = ""
            for listener in tuple(self._listeners):
                again = EVERYTHING in listener.paths or not (
                    styles or pages.isdisjoint(listener.paths)
                )
                named = () if styles else files if len(files) <= _FILES else None
                self._put(listener, again, styles, named)

    def listen(self, paths: Collection[str], since: int) -> Listener:
        """Hear of `paths`, from now on and of what happened after build `since`."""
        listener = Listener(frozenset(paths))
        with self._lock:
            missed = [r for r in self._rounds if r.number > since]
            gap = since < self._number - len(missed)
            again = gap or any(
                not r.styles
                and (r.pages is None or EVERYTHING in paths or not r.pages.isdisjoint(paths))
                for r in missed
            )
            styles = tuple(sorted({style for r in missed for style in r.styles}))
            self._put(listener, again, styles, ())
            if self._closed:
                listener.send_away()
            else:
                self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """The page was closed."""
        with self._lock:
            self._listeners.discard(listener)

    def close(self) -> None:
        """Send every listener away, now and later."""
        with self._lock:
            self._closed = True
            for listener in self._listeners:
                listener.send_away()

    def _put(
        self,
        listener: Listener,
        again: bool,
        styles: tuple[str, ...],
        files: tuple[str, ...] | None,
    ) -> None:
        message = Message(
            build=self._number,
            reload=again,
            patch=self.patches,
            styles=styles,
            files=files,
            failures=self._failures,
            mark=self._mark,
            waiting=self._waiting[:_FILES],
        )
        if not listener.put(message):
            listener.send_away()
            self._listeners.discard(listener)
