"""One request after another: `http.server` parses each, `guard` judges it, and every answer, good
or bad, leaves with the headers that keep other sites out."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import time
from collections.abc import Callable, Sequence
from email.message import Message as Head
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import IO, Any, Protocol

from digest.serve import guard
from digest.serve.connections import HEAD, IDLE, Connections
from digest.serve.guard import Hosts, Refusal
from digest.serve.live import Hub
from digest.serve.ranges import Span

HTML = "text/html; charset=utf-8"
STRICT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""Policy of what brings none of its own: an image or a feed can hold scripts too."""
_LONGEST_HEAD = 16_384
_CHUNK = 262_144
_DRAIN = 1.0
"""Seconds for which we read on what nobody wants."""
_SAFE = (
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
"""On every answer, whatever it is."""

Headers = Sequence[tuple[str, str]]


class Serving(Protocol):
    """What a server has that answers are made from."""

    site: Path
    hub: Hub
    connections: Connections
    status_page: Callable[[], bytes]

    def hosts_for(self, connection: socket.socket) -> Hosts:
        """Names by which whoever is at the other end may call us."""


class _Limited:
    """Lines of a request's head, up to what a head may have."""

    def __init__(self, source: io.BufferedIOBase) -> None:
        self._source = source
        self._left = _LONGEST_HEAD

    def readline(self, size: int) -> bytes:
        line = self._source.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise http.client.LineTooLong("header")
        return line


class Requests(BaseHTTPRequestHandler):
    """What is common to all answers. A subclass has `do_GET` and `do_HEAD`."""

    server: Serving  # type: ignore[assignment]
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    # An answer leaves as one packet, at once: a keep-alive connection is eighty times as fast.
    disable_nagle_algorithm = True
    wbufsize = 65_536
    _linger = False

    def handle_one_request(self) -> None:
        """Read and answer a request; a connection that ends meanwhile ends in silence."""
        try:
            super().handle_one_request()
        except (OSError, ValueError):  # ValueError: the file of a socket that was closed
            self.close_connection = True
        if not self.close_connection:
            self.server.connections.wait(self.connection, IDLE)

    def parse_request(self) -> bool:
        """Whether the request may be answered; if not, that has been said."""
        self.server.connections.wait(self.connection, HEAD)
        self.headers = Head()
        whole = self.rfile
        self.rfile = _Limited(whole)  # type: ignore[assignment]
        try:
            understood = super().parse_request()
        finally:
            self.rfile = whole
        if not understood:
            return False
        refusal = self._judge()
        if refusal:
            self.refuse(refusal, close=True)
        return refusal is None

    def handle_expect_100(self) -> bool:
        """Nobody need send us a body."""
        self.refuse(Refusal(417, "This server takes no body."), close=True)
        return False

    def _judge(self) -> Refusal | None:
        def every(name: str) -> list[str]:
            return list(map(str, self.headers.get_all(name, [])))

        if self.command not in ("GET", "HEAD"):
            return Refusal(405, "This server can be read, and nothing else.")
        if self.request_version == "HTTP/0.9":
            return Refusal(400, "There must be one Host header.")
        if self.headers.defects:
            return Refusal(400, "The head of the request is not valid.")
        if every("Transfer-Encoding") or set(every("Content-Length")) - {"0"}:
            return Refusal(400, "This server takes no body.")
        hosts = self.server.hosts_for(self.connection)
        return guard.check_host(every("Host"), hosts) or guard.check_source(
            every("Origin"),
            every("Sec-Fetch-Site"),
            every("Sec-Fetch-Mode"),
            every("Sec-Fetch-Dest"),
            hosts,
        )

    def send(
        self, status: int, kind: str, body: bytes, extra: Headers = (), policy: str = STRICT
    ) -> None:
        """A whole answer."""
        self.open_answer(status, kind, len(body), extra, policy)
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_parts(
        self,
        status: int,
        kind: str,
        source: IO[bytes],
        spans: Sequence[Span],
        extra: Headers,
        policy: str,
        *,
        heads: Sequence[bytes] = (b"",),
        end: bytes = b"",
    ) -> None:
        """Parts of an open file, each after its head, and what ends them."""
        size = sum(stop - start for start, stop in spans) + sum(map(len, heads)) + len(end)
        self.open_answer(status, kind, size, extra, policy)
        if self.command == "HEAD":
            return
        for (start, stop), head in zip(spans, heads, strict=True):
            self.wfile.write(head)
            source.seek(start)
            left = stop - start
            while left:
                piece = source.read(min(left, _CHUNK))
                if not piece:
                    # Cut short under our hands: only an end without warning says so.
                    self.close_connection = True
                    return
                self.wfile.write(piece)
                left -= len(piece)
        self.wfile.write(end)

    def open_answer(
        self, status: int, kind: str, size: int | None, extra: Headers = (), policy: str = STRICT
    ) -> None:
        """The head of an answer. `size` None: it ends with the connection, or has no body."""
        if self.request_version == "HTTP/0.9":
            self.request_version = "HTTP/1.0"  # or no head would be sent
        self.server.connections.answer(self.connection, size or 0)
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if size is not None:
            self.send_header("Content-Length", str(size))
        for name, value in (*_SAFE, ("Content-Security-Policy", policy), *extra):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def refuse(self, refusal: Refusal, *, close: bool = False, extra: Headers = ()) -> None:
        """Say no, and why."""
        if close:
            self._linger = self.close_connection = True
        if refusal.status == 405:
            extra = (*extra, ("Allow", "GET, HEAD"))
        title = f"{refusal.status} {HTTPStatus(refusal.status).phrase}"
        body = (
            f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
            f"<h1>{title}</h1>\n<p>{escape(refusal.why)}</p>\n</html>\n"
        )
        self.send(refusal.status, HTML, body.encode(), extra)

    def send_error(
        self, code: int, message: str | None = None, _explain: str | None = None
    ) -> None:
        """What `http.server` itself refuses."""
        self.command = self.command or ""
        self.refuse(Refusal(code, message or "The request is not valid."), close=True)

    def finish(self) -> None:
        """Close; where we said no, only after the answer had time to be read.

        A socket that is closed with input unread takes its last answer away again.
        """
        super().finish()
        if not self._linger:
            return
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            until = time.monotonic() + _DRAIN
            while (left := until - time.monotonic()) > 0:
                self.connection.settimeout(left)
                if not self.connection.recv(65_536):
                    break

    def version_string(self) -> str:
        """What we say that we are."""
        return "digest"

    def log_message(self, *_args: Any) -> None:
        """Say nothing: the terminal is for builds."""
