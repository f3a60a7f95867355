"""A small site with secrets beside it, and a server of it on a free port."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.serve.live import Hub
from digest.serve.server import PreviewServer

SECRET = b"CANARY-7f3a"
PAGE = "<!DOCTYPE html>\n<html><head><title>{0}</title></head>\n<body><h1>{0}</h1></body></html>\n"


def make_site(root: Path) -> Path:
    """`root/site`, and files around and in it that nobody may have."""
    site = root / "site"
    for name in ("index.html", "404.html", "papers/one.html", "tags/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(PAGE.format(name), "utf-8")
    for name, text in {
        "assets/style.css": "body { color: #111 }\n",
        "assets/theme.js": "void 0;\n",
        "assets/favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
        "feed.xml": "<feed/>\n",
        "feed.json": "{}\n",
        "data/papers-1.jsonl": '{"a":1}\n',
        "papers.bib": "@misc{a}\n",
        "robots.txt": "User-agent: *\n",
        "papers/ünï cøde.html": PAGE.format("other letters"),
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / "big.bin").write_bytes(bytes(range(256)) * 4_096)
    for name in ("secret.txt", "site/.env", "site/.git/config", "siteother/secret.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(SECRET)
    (site / "link.txt").symlink_to(root / "secret.txt")
    (site / "linked").symlink_to(root / "siteother")
    (site / "papers" / "inner.html").symlink_to(site / "index.html")
    return site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a small site."""
    return make_site(tmp_path)


@pytest.fixture
def start(site: Path) -> Iterator[Callable[..., PreviewServer]]:
    """`start(host="127.0.0.1", most=512)`: a server of the site, until the test ends."""
    running: list[tuple[PreviewServer, threading.Thread]] = []
    faults: list[BaseException] = []

    def go(host: str = "127.0.0.1", most: int = 512) -> PreviewServer:
        server = PreviewServer(
            (host, 0), site, Hub(), lambda: PAGE.format("status").encode(),
            fault=faults.append, most=most,
        )  # fmt: skip
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        running.append((server, thread))
        return server

    yield go
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()
    assert not faults


@pytest.fixture
def server(start: Callable[..., PreviewServer]) -> PreviewServer:
    """A server of the site."""
    return start()
