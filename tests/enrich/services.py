"""A server on this machine that answers as arXiv, Crossref and OpenAlex do, or as badly as told."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

ENTRY = """<entry><id>http://arxiv.org/abs/{id}v2</id><published>2019-05-02T09:00:00Z</published>
<updated>2019-06-01T09:00:00Z</updated><title>{title}</title><summary>{abstract}</summary>
<author><name>Ann Brook</name></author><author><name>Bo Hill</name></author>
<link href="http://arxiv.org/abs/{id}v2" rel="alternate" type="text/html"/>
<category term="physics.geo-ph" scheme="http://arxiv.org/schemas/atom"/></entry>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title type="html">ArXiv Query</title><id>http://arxiv.org/api/x</id>
<updated>2026-01-01T00:00:00Z</updated>{entries}</feed>
"""


class Answer(NamedTuple):
    """What the server sends."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    before: Callable[[], None] = lambda: None
    """Done before anything is sent."""


class Services:
    """The server, the papers that it knows, and the requests that it had."""

    def __init__(self, papers: list[dict[str, Any]]) -> None:
        self.papers = papers
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.bad: list[Answer] = []
        """Answers to the next requests, before it answers properly."""
        self.address = ""

    def answer(self, path: str) -> Answer:
        """The proper answer."""
        split = urlsplit(path)
        query = {k: v[0] for k, v in parse_qs(split.query).items()}
        if split.path == "/arxiv":
            found = [p for p in self.papers if self._asks(query, p)]
            entries = "".join(ENTRY.format(**p) for p in found)
            return Answer(200, FEED.format(entries=entries).encode())
        service, _, rest = split.path.strip("/").partition("/works")
        doi = unquote(rest).strip("/").removeprefix("doi:")
        make = _crossref if service == "crossref" else _openalex
        if doi:
            one = next((p for p in self.papers if p["doi"] == doi), None)
            if one is None:
                return Answer(404, b"Resource not found.")
            said = make(one) if service == "openalex" else {"status": "ok", "message": make(one)}
            return _json(said)
        text = query.get("search") or query.get("query.bibliographic") or ""
        found = [p for p in self.papers if _shares(text, p["title"] + " " + p["abstract"])]
        works = [make(p) for p in found or self.papers[:2]]
        if service == "openalex":
            return _json({"meta": {"count": len(works)}, "results": works})
        return _json({"status": "ok", "message-type": "work-list", "message": {"items": works}})

    @staticmethod
    def _asks(query: dict[str, str], paper: dict[str, Any]) -> bool:
        if "id_list" in query:
            return paper["id"] in query["id_list"].split(",")
        field, _, words = query["search_query"].partition(":")
        return words.strip('"') in paper["title" if field == "ti" else "abstract"].lower()


def _shares(text: str, other: str) -> bool:
    words = set(text.lower().split())
    return len(words & set(other.lower().split())) > len(words) / 2


def _json(value: object) -> Answer:
    return Answer(200, json.dumps(value).encode(), (("Content-Type", "application/json"),))


def _crossref(paper: dict[str, Any]) -> dict[str, Any]:
    return {
        "DOI": paper["doi"],
        "type": "journal-article",
        "title": [paper["title"]],
        "author": [
            {"given": "Ann", "family": "Brook", "sequence": "first", "affiliation": []},
            {"given": "Bo", "family": "Hill", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2019, 5, 2]]},
        "container-title": ["Valleys"],
    }


def _openalex(paper: dict[str, Any]) -> dict[str, Any]:
    words = paper["abstract"].split()
    return {
        "id": "https://openalex.org/W" + paper["id"].replace(".", ""),
        "doi": "https://doi.org/" + paper["doi"],
        "display_name": paper["title"],
        "title": paper["title"],
        "publication_year": 2019,
        "publication_date": "2019-05-02",
        "authorships": [
            {"author_position": "first", "author": {"display_name": "Ann Brook"}},
            {"author_position": "last", "author": {"display_name": "Bo Hill"}},
        ],
        "abstract_inverted_index": {
            word: [n for n, other in enumerate(words) if other == word] for word in words
        },
    }


@contextlib.contextmanager
def serving(services: Services) -> Iterator[Services]:
    """Serve while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            services.requests.append((self.path, dict(self.headers)))
            answer = services.bad.pop(0) if services.bad else services.answer(self.path)
            answer.before()
            with contextlib.suppress(OSError):
                self.send_response(answer.status)
                headers = dict(answer.headers)
                headers.setdefault("Content-Length", str(len(answer.body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    services.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
