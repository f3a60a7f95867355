"""Talking to a server as anybody can: bytes into a socket, and the answer taken apart."""

from __future__ import annotations

import http.client
import socket
from typing import NamedTuple


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes


def ask(port: int, request: bytes, *, timeout: float = 10.0) -> Answer:
    """One request over a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        connection.sendall(request)
        return read_answer(connection, request.split(b" ", 1)[0].decode("latin-1"))


def read_answer(connection: socket.socket, method: str = "GET") -> Answer:
    """The next answer on `connection`."""
    response = http.client.HTTPResponse(connection, method=method)
    response.begin()
    body = response.read()
    headers = {name.lower(): value for name, value in response.getheaders()}
    response.close()
    return Answer(response.status, headers, body)


def get(port: int, target: str, method: str = "GET", host: str = "", **headers: str) -> Answer:
    """`get(port, "/x", Range="bytes=0-1")`; underscores in names stand for hyphens."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'localhost:{port}'}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ask(port, "\r\n".join([*lines, "", ""]).encode("latin-1"))
