"""The server: a thread a connection, on an address that others cannot reach unless asked."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
import socketserver
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from digest.problems import DigestError, Problem
from digest.serve.connections import MOST, Connections
from digest.serve.guard import LOOPBACK, Hosts
from digest.serve.handler import Handler
from digest.serve.live import Hub

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - to be recognised, not used
"""Hosts that mean: whoever can reach this machine."""
_TRIES = 100


class PreviewServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves one folder. Closing it ends every connection, and waits for their threads."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 256

    def __init__(
        self,
        address: tuple[str, int],
        site: Path,
        hub: Hub,
        status_page: Callable[[], bytes],
        *,
        fault: Callable[[BaseException], None] = lambda _error: None,
        most: int = MOST,
    ) -> None:
        """`status_page` makes the page at `/_preview`; `fault` hears of a mistake of ours."""
        self.site = site
        self.hub = hub
        self.status_page = status_page
        self.connections = Connections(most)
        self._fault = fault
        self._host = address[0]
        self.address_family = _family(address[0])
        super().__init__(address, Handler)

    @property
    def port(self) -> int:
        """The port that it has, also where any was asked for."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        host = "127.0.0.1" if self.is_open and ":" not in self._host else self._host
        host = "::1" if host == "::" else host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def is_open(self) -> bool:
        """Whether it listens on every address of this machine."""
        return self._host in EVERY_ADDRESS

    def hosts_for(self, connection: socket.socket) -> Hosts:
        """Names by which whoever is at the other end of `connection` may call us.

        Never a name that anybody can make point here. The address that a connection was made to is
        safe, and so are this machine's own names. Where all may come, a port may be forwarded.
        """
        if not self.is_open:
            own = {_bracketed(self._host), _bracketed(connection.getsockname()[0])}
            return Hosts(
                frozenset(own.union(LOOPBACK if _is_loopback(self._host) else ())), self.port
            )
        name = socket.gethostname().lower()
        names = {*LOOPBACK, _bracketed(connection.getsockname()[0]), name}
        if "." not in name:
            names.add(f"{name}.local")
        return Hosts(frozenset(names), None)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give the connection a thread, if there is room."""
        if self.connections.admit(request):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        """The connection is done with."""
        self.connections.forget(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Between two connections, and at least twice a second."""
        self.connections.reap()
        super().service_actions()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - inherited
        """Nobody's page hangs for a mistake of ours, and it is not kept secret."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self._fault(error)

    def server_close(self) -> None:
        """Leave nothing behind."""
        self.hub.close()
        self.connections.end_all()
        super().server_close()


def open_server(
    host: str,
    port: int,
    site: Path,
    hub: Hub,
    status_page: Callable[[], bytes],
    fault: Callable[[BaseException], None],
) -> PreviewServer:
    """A server on `port`, or on the next that is free (0: any).

    Raises DigestError where there is none, or `host` is no address of this machine.
    """
    last = min(port + _TRIES, 65_536) if port else 1
    for candidate in range(port, last):
        try:
            return PreviewServer((host, candidate), site, hub, status_page, fault=fault)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES) and candidate + 1 < last:
                continue
            raise DigestError(
                Problem(
                    "--port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "--host",
                    None,
                    "error",
                    f"cannot listen on {host}, port {candidate}: {error.strerror or error}",
                    "Name another with --port, or leave --host at 127.0.0.1.",
                )
            ) from error
    raise AssertionError("unreachable: the last candidate returns or raises")


def _family(host: str) -> socket.AddressFamily:
    with contextlib.suppress(OSError):
        return socket.AddressFamily(
            socket.getaddrinfo(host or None, 0, flags=socket.AI_PASSIVE)[0][0]
        )
    return socket.AF_INET


def _bracketed(host: str) -> str:
    # A link-local address carries the name of its interface, which no Host header has.
    host = host.partition("%")[0].lower()
    if host.startswith("::ffff:") and "." in host:
        return host.removeprefix("::ffff:")
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
