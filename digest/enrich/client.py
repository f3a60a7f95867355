"""A polite client of web services: it waits its turn, tries again, and asks nothing twice.

Replies are kept on disk as they come, so that a run that is interrupted goes on where it was. Waits
are fixed, without chance: `Retry-After` where a service says it, else 3, 6, 12, 24 seconds.
"""

from __future__ import annotations

import contextlib
import email.utils
import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Protocol

from digest.enrich import files
from digest.text import content_hash

_TRIES = 5
_FIRST_WAIT = 3.0
_LONGEST_WAIT = 120.0
"""Seconds; a service that asks for more is left for another run."""
_TIMEOUT = 30.0
_FRESH = 30 * 86_400.0
"""Seconds for which a reply is believed: what is not there today may be there next month."""
_LEAST_WAIT = 1.0
_LARGEST = 20_000_000
"""Bytes of a reply."""
_FAILURES = 2
"""Questions in a row that may fail before a service is left alone."""
_PIECE = 2**16
_DEADLINE = 120.0
"""Seconds in which the whole of a reply must have come."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403, 407, 451})


class Clock(Protocol):
    """Time as the client knows it, in seconds."""

    def now(self) -> float:
        """Since 1970."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Unavailable(Exception):  # noqa: N818 - a state of the service, not a fault of ours
    """A service that does not answer now, and why."""


class _Passing(Exception):  # noqa: N818 - likewise
    """What may be over soon, and after how many seconds the service says so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Client:
    """Asks one service."""

    def __init__(
        self,
        name: str,
        interval: float,
        agent: str,
        cache: Path,
        clock: Clock,
        timeout: float = _TIMEOUT,
    ) -> None:
        """`interval`: seconds between two requests. `cache`: folder of the replies."""
        self.name = name
        self._interval, self._agent, self._cache = interval, agent, cache
        self._clock, self._timeout = clock, timeout
        self._next = 0.0
        self._failures = 0
        self._met = False
        """Whether the service has answered anything."""

    def get(self, url: str, is_whole: Callable[[bytes], bool]) -> bytes:
        """What the service says at `url`; empty where there is nothing.

        A reply for which `is_whole` is false counts as broken on the way. Raises Unavailable.
        """
        place = self._cache / f"{content_hash(url, 32)}.reply"
        with contextlib.suppress(OSError, zlib.error):
            if self._clock.now() - place.stat().st_mtime < _FRESH:
                return zlib.decompress(place.read_bytes())
        if self._failures >= _FAILURES:
            raise Unavailable(f"{self.name} did not answer; run again later")
        try:
            body = self._patiently(url, is_whole)
        except Unavailable:
            # Where nobody answers at all there is no network, or no such service.
            self._failures += 1 if self._met else _FAILURES
            raise
        self._failures = 0
        files.replace(place, zlib.compress(body))
        return body

    def _patiently(self, url: str, is_whole: Callable[[bytes], bool]) -> bytes:
        wait, why = _FIRST_WAIT, ""
        for turn in range(_TRIES):
            self._await_turn()
            try:
                body = self._fetch(url)
                if not body or is_whole(body):
                    return body
                why, own = "its answer was broken", None
            except _Passing as passing:
                why, own = str(passing), passing.wait
            if own is not None and own > _LONGEST_WAIT:
                raise Unavailable(f"{self.name} asks to wait for {own:.0f} seconds: {why}")
            if turn + 1 < _TRIES:
                self._clock.sleep(wait if own is None else max(own, _LEAST_WAIT))
                wait *= 2
        raise Unavailable(f"{self.name}: {why}, {_TRIES} times")

    def _await_turn(self) -> None:
        now = self._clock.now()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + self._interval

    def _fetch(self, url: str) -> bytes:
        headers = {"User-Agent": self._agent, "Accept-Encoding": "identity"}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - see `_opener`
        try:
            with _opener().open(request, timeout=self._timeout) as reply:
                self._met = True
                body = self._read(reply)
                expected = reply.headers.get("Content-Length")
                if expected and expected != str(len(body)):
                    raise _Passing("its answer was cut")
                self._pace(reply.headers)
                return body
        except urllib.error.HTTPError as error:
            with contextlib.closing(error):
                return self._refused(error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _Passing(f"no answer ({type(error).__name__})") from error

    def _read(self, reply: http.client.HTTPResponse) -> bytes:
        """The body, unless it is too long or comes too slowly."""
        deadline, parts, size = self._clock.now() + _DEADLINE, list[bytes](), 0
        while part := reply.read1(_PIECE):
            parts.append(part)
            size += len(part)
            if size > _LARGEST or self._clock.now() > deadline:
                raise _Passing("its answer was too long or too slow")
        return b"".join(parts)

    def _refused(self, error: urllib.error.HTTPError) -> bytes:
        self._met = True
        self._pace(error.headers)
        if error.code in _PASSING or error.code < 400:
            # A redirection that comes here leads nowhere on the web.
            wait = _seconds(error.headers.get("Retry-After"), self._clock.now())
            raise _Passing(f"it answered {error.code}", wait)
        if error.code in _REFUSED:
            self._failures = _FAILURES
            raise Unavailable(f"{self.name} refused to answer ({error.code})")
        # What it does not know or understand it will not know the next time.
        return b""

    def _pace(self, headers: Message) -> None:
        """Go as slowly as the service asks (`X-Rate-Limit-Limit: 50`, `…-Interval: 1s`)."""
        limit = headers.get("X-Rate-Limit-Limit", "")
        interval = headers.get("X-Rate-Limit-Interval", "").strip().removesuffix("s")
        if limit.isdecimal() and int(limit) and interval.isdecimal() and len(interval) < 6:
            self._interval = max(self._interval, int(interval) / int(limit))


@cache
def _opener() -> urllib.request.OpenerDirector:
    """What opens web addresses and nothing else, wherever a service sends us."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _seconds(said: str | None, now: float) -> float | None:
    """`Retry-After` in seconds: a number, or a date (RFC 9110, 10.2.3)."""
    if not said:
        return None
    said = said.strip()
    if said.isdecimal() and len(said) < 10:
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None
