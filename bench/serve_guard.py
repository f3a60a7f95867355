"""What the preview server must withstand, with counts, and how it compares with nginx.

    python bench/serve_guard.py [traversal] [random] [half-open] [nginx]

`traversal` sends every path of tests/serve/traversal.py; `random` 10,000 requests of random bytes;
`half-open` 120 connections that never finish while others ask; `nginx` some 240 requests to both,
on one folder.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from common import ROOT, say_machine

sys.path.insert(0, str(ROOT))
from digest.serve.live import Hub
from digest.serve.server import PreviewServer
from tests.serve.conftest import SECRET, make_site
from tests.serve.talk import Answer, ask, get
from tests.serve.traversal import targets

SAFE = (
    "x-content-type-options",
    "cross-origin-resource-policy",
    "referrer-policy",
    "content-security-policy",
    "cache-control",
)


@contextmanager
def serving() -> Iterator[tuple[PreviewServer, Path]]:
    """A server of the small site that the tests use."""
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder))
        server = PreviewServer(("127.0.0.1", 0), site, Hub(), lambda: b"status")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server, site
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def send_all(server: PreviewServer, site: Path, requests: Iterator[bytes]) -> None:
    """Send each over a connection of its own, and count what comes of it."""
    own = {p.read_bytes() for p in site.rglob("*") if p.is_file() and not p.is_symlink()}
    own = (own | {b""}) - {SECRET}
    statuses: Counter[int] = Counter()
    count = leaks = dropped = slow = bare = foreign = 0
    for request in requests:
        count += 1
        started = time.perf_counter()
        try:
            answer = ask(server.port, request)
        except (OSError, http.client.HTTPException):
            dropped += 1
            continue
        slow += time.perf_counter() - started > 1
        statuses[answer.status] += 1
        leaks += SECRET in answer.body or b"root:" in answer.body
        bare += any(name not in answer.headers for name in SAFE)
        foreign += (
            answer.status == 200 and answer.body not in own | {b""} and b"status" not in answer.body
        )
    failed = sum(n for status, n in statuses.items() if status >= 500 and status != 505)
    print(
        f"{count:,} requests: {leaks} leaks, {failed} server errors, {dropped} dropped, "
        f"{slow} over 1 s, {bare} without the {len(SAFE)} safety headers, {foreign} foreign pages; "
        + ", ".join(f"{status}: {n:,}" for status, n in sorted(statuses.items())),
        flush=True,
    )


def measure_traversal() -> None:
    """All paths."""
    with serving() as (server, site):
        head = f"HTTP/1.1\r\nHost: localhost:{server.port}\r\nConnection: close\r\n\r\n"
        send_all(server, site, (f"GET {t} {head}".encode() for t in targets()))


def measure_random(count: int = 10_000) -> None:
    """Heads with anything in them; all end, so that each can be answered."""
    chance = random.Random(8)
    words = (
        *(b"GET", b"HEAD", b"/", b"index.html", b"HTTP/1.1", b"HTTP/1.0", b"Host:", b"\r\n", b" "),
        *(b"localhost:PORT", b"%2e", b"..", b"Range: bytes=", b"0-", b"\x00", b"\xff", b":", b"\n"),
        *(b"If-None-Match: *", b"Content-Length: 3", b"Sec-Fetch-Site: cross-site"),
    )

    def requests(port: int) -> Iterator[bytes]:
        for _ in range(count):
            middle = b"".join(chance.choices(words, k=chance.randrange(25)))
            start = chance.choice((b"GET /", b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\n", b"x"))
            yield (start + middle + b"\r\n\r\n\r\n\r\n").replace(b"PORT", str(port).encode())

    with serving() as (server, site):
        send_all(server, site, requests(server.port))
        print(f"alive afterwards: {get(server.port, '/').status == 200}", flush=True)


def measure_half_open(idle: int = 120, asked: int = 200) -> None:
    """Half of the idle send nothing, half a part of a request; others ask meanwhile."""
    with serving() as (server, _), ExitStack() as stack:
        for number in range(idle):
            connection = socket.create_connection(("127.0.0.1", server.port), 10)
            stack.enter_context(connection)
            if number % 2:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        times = []
        for _ in range(asked):
            started = time.perf_counter()
            assert get(server.port, "/").status == 200
            times.append(time.perf_counter() - started)
    print(
        f"{idle} half-open, {asked} requests: median {statistics.median(times) * 1000:.1f} ms, "
        f"most {max(times) * 1000:.1f} ms",
        flush=True,
    )


def measure_nginx() -> None:
    """Status, type, length, ranges and place of 200 requests each."""
    if not shutil.which("nginx"):
        print("nginx is not here (apt install nginx)", flush=True)
        return
    with serving() as (server, site), _nginx(site) as port:
        asked = list(_requests(server.port, port))
        wrong = []
        for target, method, ours, theirs in asked:
            a, b = get(server.port, target, method, **ours), get(port, target, method, **theirs)
            if differences := _differences(a, b):
                wrong.append((method, target, ours, differences))
        print(f"nginx and ours: {len(asked)} requests, {len(asked) - len(wrong)} the same")
        for line in wrong:
            print("   ", *line)
        sys.stdout.flush()


def _requests(ours: int, theirs: int) -> Iterator[tuple[str, str, dict[str, str], dict[str, str]]]:
    paths = ("/", "/index.html", "/tags", "/tags/", "/tags?x=1", "/papers/one.html", "/none",
             "/papers/none.html", "/papers/%C3%BCn%C3%AF%20c%C3%B8de.html", "/assets/style.css",
             "/assets/style.css?v=2", "/assets/theme.js", "/assets/favicon.svg", "/feed.xml",
             "/feed.json", "/papers.bib", "/robots.txt", "/big.bin", "/index.html/", "/papers",
             "//tags/", "/%69ndex.html")  # fmt: skip
    for path in paths:
        for method in ("GET", "HEAD"):
            yield path, method, {}, {}
    ranges = (
        *("0-0", "0-99", "100-", "-100", "-0", "1048575-", "1048576-", "5-2", "a-b", "-"),
        *("0-2000000", "-2000000", "0-0,5-6", " 1 - 2", "0-,-1", "9" * 20 + "-", "1-1,1048576-"),
    )
    for path in ("/big.bin", "/index.html", "/robots.txt", "/none"):
        for value in ranges:
            yield path, "GET", *({"Range": f"bytes={value}"},) * 2
    for path in ("/big.bin", "/assets/style.css", "/papers/one.html"):
        tags = [get(port, path).headers for port in (ours, theirs)]
        for name in ("If-None-Match", "If-Match", "If-Range"):
            for make in (
                lambda h: h["etag"],
                lambda h: "W/" + h["etag"],
                lambda h: f'"x", {h["etag"]}',
                lambda _: '"x"',
                lambda _: "*",
            ):
                for more in ({}, {"Range": "bytes=1-3"}):
                    yield path, "GET", *({name.replace("-", "_"): make(h), **more} for h in tags)
        for name in ("If-Modified-Since", "If-Unmodified-Since", "If-Range"):
            for date in (
                None,
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Fri, 01 Jan 2100 00:00:00 GMT",
                "?",
            ):
                said = [date or h["last-modified"] for h in tags]
                more = {"Range": "bytes=1-3"} if name == "If-Range" else {}
                yield path, "GET", *({name.replace("-", "_"): d, **more} for d in said)


_ALIKE = {
    "application/javascript": "text/javascript",
    "text/xml": "application/xml",
    "application/x-bibtex": "application/octet-stream",
    "application/jsonl": "application/octet-stream",
}
"""Types that nginx's list of 2004 has otherwise, or lacks."""


def _differences(ours: Answer, theirs: Answer) -> list[str]:
    found = []
    if ours.status != theirs.status:
        return [f"status {ours.status}, nginx {theirs.status}"]
    if ours.status < 300 or ours.status == 404:
        kinds = [a.headers.get("content-type", "").partition(";")[0] for a in (ours, theirs)]
        kinds = [_ALIKE.get(kind, kind) for kind in kinds]
        if kinds[0] != kinds[1]:
            found.append(f"type {kinds}")
        # Of several parts at once, what is between them may differ in a line.
        if ours.body != theirs.body and not kinds[0].startswith("multipart"):
            found.append(f"body of {len(ours.body)}, nginx {len(theirs.body)}")
        if ours.headers.get("content-length") != theirs.headers.get("content-length"):
            found.append("length")
    found += [
        f"{name} {ours.headers.get(name)}, nginx {theirs.headers.get(name)}"
        for name in ("content-range", "accept-ranges", "last-modified", "allow")
        if ours.headers.get(name) != theirs.headers.get(name)
    ]
    places = [
        a.headers.get("location", "").split("//")[-1].partition("/")[2] for a in (ours, theirs)
    ]
    if places[0] != places[1]:
        found.append(f"location {places}")
    return found


@contextmanager
def _nginx(site: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = site.parent / "nginx"
    folder.mkdir()
    (folder / "nginx.conf").write_text(
        f"""daemon off; pid {folder}/pid; error_log {folder}/error.log; user root;
worker_processes 1; events {{ }}
http {{ include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  charset utf-8; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {site}; index index.html; error_page 404 /404.html;
    error_page 403 =404 /404.html; }} }}
"""
    )
    process = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-p", folder])
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait()


PARTS: dict[str, Callable[[], None]] = {
    "traversal": measure_traversal,
    "random": measure_random,
    "half-open": measure_half_open,
    "nginx": measure_nginx,
}


def main() -> None:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - {*PARTS}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    say_machine()
    for name, part in PARTS.items():
        if not chosen.parts or name in chosen.parts:
            print(f"\n### {name}\n", flush=True)
            part()


if __name__ == "__main__":
    main()
