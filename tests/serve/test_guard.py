"""Who may ask: only browsers that were sent here by this address, and no page of another site."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from digest.serve.guard import LOOPBACK, Hosts, Refusal, is_servable, read_target
from digest.serve.server import PreviewServer
from tests.serve.talk import ask
from tests.watchdog import ends

PORT = "PORT"
"""Stands for the server's own port."""
GOOD_HOSTS = [
    "localhost:PORT",
    "127.0.0.1:PORT",
    "[::1]:PORT",
    "LOCALHOST:PORT",
    "  localhost:PORT ",
]
FOREIGN_HOSTS = [
    "evil.example", "evil.example:PORT", "localhost.evil.example:PORT",
    "127.0.0.1.evil.example:PORT",
    "evil-localhost:PORT", "localhost", "127.0.0.1", "[::1]", "localhost:1", "127.0.0.1:80",
    "localhost.:PORT", "127.0.0.2:PORT", "127.1:PORT", "2130706433:PORT", "0x7f.0.0.1:PORT",
    "0.0.0.0:PORT", "[::]:PORT", "[::ffff:127.0.0.1]:PORT", "[0:0:0:0:0:0:0:1]:PORT",
    "foo.localhost:PORT", "192.168.1.5:PORT", "169.254.169.254:PORT", "xn--e1afmkfd.example:PORT",
]  # fmt: skip
BROKEN_HOSTS = [
    "", "localhost:PORT, evil.example", "localhost:PORT evil.example", "user@localhost:PORT",
    "localhost:PORT/", "http://localhost:PORT", "localhost:", "localhost:abc", "localhost:99999",
    "[::1", "::1:PORT", "löcalhost:PORT",
]  # fmt: skip
HOSTS = (
    [(h, 200) for h in GOOD_HOSTS]
    + [(h, 403) for h in FOREIGN_HOSTS]
    + [(h, 400) for h in BROKEN_HOSTS]
)
SOURCES: list[tuple[dict[str, str], bool]] = [
    ({}, True),
    ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, True),
    ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
     True),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
     False),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
     False),
    ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, False),
    ({"Sec-Fetch-Site": "other"}, False),
    ({"Origin": "http://localhost:PORT"}, True),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": "https://localhost:PORT"}, False),
]  # fmt: skip


def test_the_table_of_hosts_and_sources_is_exact(server: PreviewServer) -> None:
    """40 values of Host by 12 of Origin and Sec-Fetch: a page, 403 or 400, each as it must be."""
    assert (len(HOSTS), len(SOURCES)) == (40, 12)
    wrong = []
    for (host, status), (headers, welcome) in itertools.product(HOSTS, SOURCES):
        lines = ["GET /index.html HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        text = "\r\n".join([*lines, "", ""]).replace(PORT, str(server.port))
        answer = ask(server.port, text.encode("utf-8"))
        expected = status if status != 200 or welcome else 403
        if answer.status != expected:
            wrong.append((host, headers, answer.status, expected))
    assert not wrong


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Host: localhost:PORT\r\nHost: localhost:PORT\r\n",
        "Host: localhost:PORT\r\nHost: evil.example\r\n",
        "Host: localhost:PORT\r\nOrigin: http://localhost:PORT\r\nOrigin: http://evil.example\r\n",
        "Host: localhost:PORT\r\nSec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n",
        "Host: local\r\n host:PORT\r\n",
    ],
)
def test_what_stands_twice_or_not_at_all_is_refused(head: str, server: PreviewServer) -> None:
    """Of two values nobody knows which the browser meant."""
    text = f"GET / HTTP/1.1\r\n{head}\r\n".replace(PORT, str(server.port))
    assert ask(server.port, text.encode()).status == 400


def test_a_navigation_from_elsewhere_must_not_post_or_name_an_origin(server: PreviewServer) -> None:
    """Following a link is welcome; a form of another site is not."""
    text = (
        f"GET / HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: http://localhost:{server.port}"
        "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
        "Sec-Fetch-Dest: document\r\n\r\n"
    )
    assert ask(server.port, text.encode()).status == 403


def test_an_open_server_answers_to_its_own_addresses_alone(start: Any) -> None:
    """With `--host 0.0.0.0` a name that anybody can make point here is refused as before, and a
    forwarded port is no obstacle."""
    server = start("0.0.0.0")
    for host, status in [
        ("127.0.0.1:1", 200),
        ("localhost", 200),
        (f"localhost:{server.port}", 200),
        (f"evil.example:{server.port}", 403),
        ("192.0.2.1", 403),
    ]:
        text = f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"
        assert ask(server.port, text.encode()).status == status, host


@pytest.mark.parametrize(
    ("target", "parts", "folder"),
    [
        ("/", (), True),
        ("/a.html?x=/../y", ("a.html",), False),
        ("/tags/", ("tags",), True),
        ("/a%20b/%C3%BC.html", ("a b", "ü.html"), False),
        ("/%2525", ("%25",), False),
    ],
)
def test_targets_are_decoded_once(target: str, parts: tuple[str, ...], folder: bool) -> None:
    """What is left after one decoding is the name itself."""
    read = read_target(target)
    assert not isinstance(read, Refusal)
    assert (read.parts, read.folder) == (parts, folder)


@pytest.mark.parametrize(
    "target", ["", "x", "/a#b", "/a%2fb", "/a\\b", "/a:b", "/a/../b", "/.", "/%00", "/%80", "/%4"]
)
def test_targets_that_name_no_page_are_refused(target: str) -> None:
    """They are never mended into something else."""
    read = read_target(target)
    assert isinstance(read, Refusal) and read.status == 400


def test_hidden_and_ambiguous_names_are_never_served() -> None:
    """Some file systems take `a.html.`, `a.html ` and `CON.html` for something else."""
    assert is_servable(("papers", "a.html")) and is_servable(("console.html",))
    for name in (".env", "a.html.", "a.html ", "CON", "con.html", "lpt1.x", "", "nul .txt"):
        assert not is_servable((name,)), name


def test_hostile_heads_take_linear_time() -> None:
    """100 KB of anything are judged at once."""
    hosts = Hosts(frozenset(LOOPBACK), 8000)
    with ends(10):
        for text in ("[" * 100_000, "a." * 50_000, ":" * 100_000, "1" * 100_000, "%2" * 50_000):
            assert not hosts.has(text)
            assert isinstance(read_target("/" + text), Refusal)
