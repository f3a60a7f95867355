"""Open connections: how many there may be, and how long each may take for what it does.

Every connection has a thread, so whoever opens many and sends nothing could keep others out.
Those who wait for their own request therefore make room for newcomers, the longest-waiting first,
and nobody may take longer than a deadline, however little and often they send.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time

MOST = 512
HEAD = 10.0
"""Seconds for a whole request to arrive."""
IDLE = 30.0
"""Seconds that a connection may wait for its next request."""
ANSWER = 60.0
"""Seconds to take an answer, and one more for every `_SLOWEST` bytes."""
_SLOWEST = 100_000
_CLAIMED = 0.05
"""Seconds that a newcomer has before it may have to make room."""


class Connections:
    """The connections of one server."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._open: dict[socket.socket, tuple[bool, float, float]] = {}
        """Whether it waits for a request, since when, and until when it may go on."""

    def __len__(self) -> int:
        with self._lock:
            return len(self._open)

    def admit(self, connection: socket.socket) -> bool:
        """Count a new connection in. False where all others are busy, and it must go."""
        now = time.monotonic()
        with self._lock:
            if len(self._open) >= self._most:
                waiting = [
                    (since, other)
                    for other, (waits, since, _) in self._open.items()
                    if waits and since < now - _CLAIMED
                ]
                if not waiting:
                    return False
                oldest = min(waiting, key=lambda entry: entry[0])[1]
                del self._open[oldest]
                _end(oldest)
            self._open[connection] = (True, now, now + HEAD)
        return True

    def wait(self, connection: socket.socket, seconds: float) -> None:
        """It has `seconds` to send a whole request."""
        self._set(connection, waits=True, seconds=seconds)

    def answer(self, connection: socket.socket, size: int) -> None:
        """It is being answered with `size` bytes."""
        self._set(connection, waits=False, seconds=ANSWER + size / _SLOWEST)

    def hold(self, connection: socket.socket) -> None:
        """It may stay as long as it is alive."""
        self._set(connection, waits=False, seconds=float("inf"))

    def forget(self, connection: socket.socket) -> None:
        """It is closed."""
        with self._lock:
            self._open.pop(connection, None)

    def reap(self) -> None:
        """End those whose time is up. To be called now and then."""
        now = time.monotonic()
        with self._lock:
            for connection, (_, _, until) in self._open.items():
                if until < now:
                    _end(connection)

    def end_all(self) -> None:
        """End every connection, so that their threads end."""
        with self._lock:
            for connection in self._open:
                _end(connection)

    def _set(self, connection: socket.socket, *, waits: bool, seconds: float) -> None:
        now = time.monotonic()
        with self._lock:
            if connection in self._open:
                self._open[connection] = (waits, now, now + seconds)


def _end(connection: socket.socket) -> None:
    # Its thread is reading or writing: that ends now, and the thread closes it.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
