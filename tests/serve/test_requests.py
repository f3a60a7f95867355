"""What the server answers, on real sockets."""

from __future__ import annotations

import contextlib
import email
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.serve import connections
from digest.serve.server import PreviewServer, open_server
from tests.serve.conftest import PAGE
from tests.serve.talk import Answer, ask, get, read_answer
from tests.watchdog import ends

SAFE = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-cache",
}


def check_safe(answer: Answer) -> None:
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("target", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.html", 200, "text/html; charset=utf-8"),
        ("/tags/", 200, "text/html; charset=utf-8"),
        ("/tags", 301, "text/html; charset=utf-8"),
        ("/papers/", 404, "text/html; charset=utf-8"),
        ("/none", 404, "text/html; charset=utf-8"),
        ("/index.html/", 404, "text/html; charset=utf-8"),
        ("/index.html/x", 404, "text/html; charset=utf-8"),
        ("/papers/%C3%BCn%C3%AF%20c%C3%B8de.html", 200, "text/html; charset=utf-8"),
        ("/assets/style.css?v=1", 200, "text/css; charset=utf-8"),
        ("/assets/theme.js", 200, "text/javascript; charset=utf-8"),
        ("/assets/favicon.svg", 200, "image/svg+xml; charset=utf-8"),
        ("/feed.xml", 200, "application/atom+xml; charset=utf-8"),
        ("/feed.json", 200, "application/json; charset=utf-8"),
        ("/data/papers-1.jsonl", 200, "application/jsonl; charset=utf-8"),
        ("/papers.bib", 200, "application/x-bibtex; charset=utf-8"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/big.bin", 200, "application/octet-stream"),
        ("/_preview", 200, "text/html; charset=utf-8"),
        ("/_preview/", 301, "text/html; charset=utf-8"),
        ("/_preview/client.js", 200, "text/javascript; charset=utf-8"),
        ("/_preview/status.html", 404, "text/html; charset=utf-8"),
        ("/_preview/events", 400, "text/html; charset=utf-8"),
        ("/%00", 400, "text/html; charset=utf-8"),
        ("/" + "x" * 5_000, 414, "text/html; charset=utf-8"),
    ],
)
def test_get_and_head_agree(target: str, status: int, kind: str, server: PreviewServer) -> None:
    """Status, type and length are those of GET, the headers that keep others out are always there,
    and HEAD has no body."""
    whole, head = get(server.port, target), get(server.port, target, "HEAD")
    for answer in (whole, head):
        assert (answer.status, answer.headers["content-type"]) == (status, kind)
        check_safe(answer)
    assert head.body == b"" and head.headers["content-length"] == str(len(whole.body))


def test_folders_lead_to_their_page(server: PreviewServer) -> None:
    """By a path alone, so that no host can be slipped in; the query is kept."""
    assert get(server.port, "/tags?a=b").headers["location"] == "/tags/?a=b"
    assert get(server.port, "//tags").headers["location"] == "/tags/"


def test_what_is_missing_is_the_page_for_it(server: PreviewServer, site: Path) -> None:
    """With status 404; where there is no such page, a plain word."""
    answer = get(server.port, "/none.html")
    assert (answer.status, answer.body) == (404, (site / "404.html").read_bytes())
    (site / "404.html").unlink()
    assert get(server.port, "/none.html").status == 404


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"]
)
def test_nothing_but_reading(method: str, server: PreviewServer) -> None:
    """Every other method is told which there are, and its body is not taken for a request."""
    body = b"GET /secret HTTP/1.1\r\n\r\n"
    head = f"{method} / HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: {len(body)}"
    answer = ask(server.port, f"{head}\r\n\r\n".encode() + body)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["connection"] == "close"
    check_safe(answer)


OURS = b"Host: localhost:PORT\r\n"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"GET / HTTP/1.1\r\n" + OURS + b"Content-Length: 5\r\n\r\nhello", 400),
        (b"GET / HTTP/1.1\r\n" + OURS + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + OURS + b"Expect: 100-continue\r\n\r\n", 417),
        (b"GET / HTTP/1.0\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n" + OURS + b"\r\n", 200),
        (b"GET /\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n" + OURS + b"\r\n", 505),
        (b"GET / HTTP/x\r\n" + OURS + b"\r\n", 400),
        (b"GET  / a HTTP/1.1\r\n" + OURS + b"\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + OURS + b"X: " + b"a" * 20_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 5_000 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + OURS + b"no colon here\r\nX: y\r\n\r\n", 400),
        (b"GET http://localhost:PORT/ HTTP/1.1\r\n" + OURS + b"\r\n", 400),
    ],
)
def test_requests_that_are_no_good_are_told_so(
    text: bytes, status: int, server: PreviewServer
) -> None:
    """An answer arrives even where more was sent than is read."""
    answer = ask(server.port, text.replace(b"PORT", str(server.port).encode()))
    assert answer.status == status
    check_safe(answer)


def test_many_requests_go_over_one_connection(server: PreviewServer) -> None:
    """Also after one that was not found."""
    request = f"GET %s HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        for target, status in [("/", 200), ("/none", 404), ("/../x", 400), ("/feed.xml", 200)]:
            connection.sendall((request % target).encode())
            assert read_answer(connection).status == status


def test_parts_of_files(server: PreviewServer, site: Path) -> None:
    """As RFC 9110 has them, up to what a video or a reader of PDF asks for."""
    whole = (site / "big.bin").read_bytes()
    size = len(whole)
    part = get(server.port, "/big.bin", Range="bytes=1000-1999")
    assert (part.status, part.body) == (206, whole[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{size}"
    assert get(server.port, "/big.bin", Range="bytes=-5").body == whole[-5:]
    beyond = get(server.port, "/big.bin", Range=f"bytes={size}-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    check_safe(beyond)
    several = get(server.port, "/big.bin", Range="bytes=0-1,5-6")
    assert several.headers["content-type"].startswith("multipart/byteranges; boundary=")
    kind = several.headers["content-type"].encode()
    message = email.message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + several.body)
    assert [part.get_payload(decode=True) for part in message.get_payload()] == [
        whole[0:2],
        whole[5:7],
    ]
    etag = part.headers["etag"]
    assert get(server.port, "/big.bin", If_None_Match=etag).status == 304
    assert get(server.port, "/big.bin", If_Match='"x"').status == 412
    assert get(server.port, "/big.bin", If_Range='"x"', Range="bytes=0-1").status == 200
    check_safe(get(server.port, "/big.bin", If_None_Match=etag))


def test_a_changed_file_has_another_tag(server: PreviewServer, site: Path) -> None:
    """So that no browser shows the old one."""
    before = get(server.port, "/robots.txt").headers["etag"]
    (site / "robots.txt").write_text("User-agent: x\n")
    assert get(server.port, "/robots.txt", If_None_Match=before).status == 200


def test_pages_shown_in_a_browser_get_the_script(server: PreviewServer, site: Path) -> None:
    """Only there: other programs get the bytes of the file, and the file stays as it is."""
    bare = get(server.port, "/papers/one.html")
    assert bare.body == (site / "papers/one.html").read_bytes()
    shown = get(server.port, "/papers/one.html", Accept="text/html,*/*;q=0.8")
    script = (
        f'<script src="/_preview/client.js?{server.hub.token}" data-build="0" defer></script>\n'
    )
    assert shown.body == bare.body.replace(b"<head>", b"<head>\n" + script.encode())
    assert shown.headers["etag"] != bare.headers["etag"]
    assert shown.headers["content-length"] == str(len(shown.body))
    assert b"client.js" in get(server.port, "/", Sec_Fetch_Dest="document").body
    assert (
        b"client.js" not in get(server.port, "/", Sec_Fetch_Dest="empty", Accept="text/html").body
    )
    missing = get(server.port, "/no/where", Accept="text/html")
    assert missing.status == 404
    assert b'<head>\n<base href="/">' in missing.body and b"data-missing" in missing.body


def test_half_open_connections_do_not_keep_others_out(start: Callable[..., PreviewServer]) -> None:
    """Those who send nothing, or half a request, make room for those who ask."""
    server = start(most=40)
    with contextlib.ExitStack() as stack:
        for number in range(120):
            idle = socket.create_connection(("127.0.0.1", server.port), 10)
            stack.enter_context(idle)
            idle.sendall(b"GET / HTTP/1.1\r\nHost:"[: number % 20])
            if number % 20 == 19:
                time.sleep(connections._CLAIMED * 1.2)
        assert get(server.port, "/").status == 200
        assert len(server.connections) <= 40


def test_who_is_slow_is_sent_away(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then does not make a request last for ever."""
    monkeypatch.setattr(connections, "HEAD", 0.3)
    with (
        socket.create_connection(("127.0.0.1", server.port), 10) as slow,
        ends(30),
        contextlib.suppress(OSError),
    ):
        while True:
            slow.sendall(b"x")
            time.sleep(0.02)
    assert get(server.port, "/").status == 200


def test_closing_leaves_no_thread_and_no_socket(site: Path) -> None:
    """Whatever connections were open."""
    from digest.serve.live import Hub

    before = threading.active_count()
    server = open_server("127.0.0.1", 0, site, Hub(), lambda: b"", lambda _error: None)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    query = f"token={server.hub.token}&path=/&since=0"
    request = f"GET /_preview/events?{query} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n"
    with (
        socket.create_connection(("127.0.0.1", server.port), 10) as live,
        socket.create_connection(("127.0.0.1", server.port), 10),
        ends(30),
    ):
        live.sendall(request.encode())
        assert live.recv(1000).startswith(b"HTTP/1.1 200")
        server.shutdown()
        thread.join()
        server.server_close()
        assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), 1)


def test_a_port_in_use_moves_on(server: PreviewServer, site: Path) -> None:
    """To the next that is free."""
    other = open_server(
        "127.0.0.1", server.port, site, server.hub, lambda: b"", lambda _error: None
    )
    try:
        assert server.port < other.port < server.port + 100
    finally:
        other.socket.close()


def test_an_error_of_ours_is_told_and_hangs_nobody(site: Path) -> None:
    """The connection ends, and whoever runs the preview hears of it."""
    from digest.serve.live import Hub

    def broken() -> bytes:
        raise RuntimeError("broken")

    faults: list[BaseException] = []
    server = open_server("127.0.0.1", 0, site, Hub(), broken, faults.append)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        with pytest.raises(ConnectionError), ends(30):
            get(server.port, "/_preview")
        assert get(server.port, "/").body == PAGE.format("index.html").encode()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert [str(fault) for fault in faults] == ["broken"]
