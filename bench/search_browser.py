"""Both searches in Chromium: what they load, how long they take, what they find."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Sequence
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from rivals import Paper, load_export
from search_queries import Item

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
}
_SHOWN = 10
_PATIENCE = 60_000
"""Milliseconds."""


class Served:
    """A folder behind a server that compresses what can be, and counts what search loads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded = 0
        """Bytes of scripts and data since it was last set to 0."""
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = 65_536

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
                body = _compressed(folder / path)
                self.send_response(404 if body is None else 200)
                body = body or b""
                kind = Path(path).suffix
                if kind in _TYPES and body:
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Type", _TYPES.get(kind, "application/octet-stream"))
                self.send_header("Cache-Control", "max-age=3600")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                if path.startswith(("data/search/", "assets/search", "pagefind/")):
                    served.loaded += len(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Served:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@lru_cache(20_000)
def _compressed(path: Path) -> bytes | None:
    try:
        body = path.read_bytes()
    except OSError:
        return None
    return gzip.compress(body, 6) if path.suffix in _TYPES else body


class Ours:
    """digest's search page."""

    name = "digest"

    def __init__(self, served: Served) -> None:
        self.served = served
        self.export: Sequence[Paper] = load_export(served.folder)

    def page(self, context: Any) -> Any:
        """A page that is ready for a query; nothing of the index need be loaded yet."""
        page = context.new_page()
        page.goto(self.served.address + "search.html")
        return page

    def ask(self, page: Any, query: str) -> float:
        """Seconds from the key press to the results; returns once all has come to rest."""
        seconds = page.evaluate(
            """query => new Promise((resolve, reject) => {
              const box = document.querySelector("input[type=search]");
              const results = document.querySelector("[data-results]");
              let drawn = 0;
              const started = performance.now();
              const look = () => {
                if (!drawn && results.dataset.query === query) drawn = performance.now();
                if (drawn && results.dataset.state === "done") {
                  watcher.disconnect();
                  resolve((drawn - started) / 1000);
                }
              };
              const watcher = new MutationObserver(look);
              watcher.observe(results, { attributes: true, childList: true, subtree: true });
              setTimeout(() => reject(new Error("no answer: " + query)), 60000);
              box.value = query;
              box.dispatchEvent(new Event("input", { bubbles: true }));
            })""",
            query,
        )
        return float(seconds)

    def answer(self, browser: Any, items: Sequence[Item]) -> list[list[str]]:
        """The slugs of the ten best for each query."""
        with _session(browser) as context:
            page = self.page(context)
            return page.evaluate(
                """async queries => {
                  const answers = [];
                  for (const query of queries) {
                    const result = await digestSearch.find(query, {});
                    const slots = result.hits.slice(0, 10).map(hit => hit.slot);
                    const cards = await digestSearch.cards(slots);
                    answers.push(cards.map(card => card.path));
                  }
                  return answers;
                }""",
                [item.query for item in items],
            )


class Pagefind:
    """Pagefind's own script, asked for ten results with their excerpts, as its box does."""

    name = "Pagefind"

    def __init__(self, served: Served) -> None:
        self.served = served

    def page(self, context: Any) -> Any:
        """A page with the script; it loads its index at the first query."""
        page = context.new_page()
        page.goto(self.served.address + "index.html")
        page.evaluate(
            """async () => {
              window.pagefind = await import("/pagefind/pagefind.js");
              await pagefind.init();
            }"""
        )
        return page

    def ask(self, page: Any, query: str) -> float:
        """Seconds until ten results with their excerpts are there."""
        return float(
            page.evaluate(
                """async query => {
                  const started = performance.now();
                  const found = await pagefind.search(query);
                  await Promise.all(found.results.slice(0, 10).map(result => result.data()));
                  return (performance.now() - started) / 1000;
                }""",
                query,
            )
        )

    def answer(self, browser: Any, items: Sequence[Item]) -> list[list[str]]:
        """The slugs of the ten best for each query."""
        with _session(browser) as context:
            page = self.page(context)
            found = page.evaluate(
                """async queries => {
                  const answers = [];
                  for (const query of queries) {
                    const found = await pagefind.search(query);
                    const best = found.results.slice(0, 10).map(result => result.data());
                    answers.push((await Promise.all(best)).map(data => data.url));
                  }
                  return answers;
                }""",
                [item.query for item in items],
            )
        return [[Path(url).stem for url in urls] for urls in found]


@contextlib.contextmanager
def _session(browser: Any) -> Any:
    context = browser.new_context()
    context.set_default_timeout(_PATIENCE)
    try:
        yield context
    finally:
        context.close()


def measure_bytes(
    browser: Any, side: Ours | Pagefind, queries: Sequence[str]
) -> tuple[list[int], list[int]]:
    """Bytes of each query asked first, in a browser that has nothing; and of each asked after
    all before it, in one session."""
    first = []
    for query in queries:
        with _session(browser) as context:
            side.served.loaded = 0
            side.ask(side.page(context), query)
            first.append(side.served.loaded)
    later = []
    with _session(browser) as context:
        page = side.page(context)
        side.ask(page, queries[-1])
        for query in queries:
            side.served.loaded = 0
            side.ask(page, query)
            later.append(side.served.loaded)
    return first, later


def measure_keys(browser: Any, side: Ours | Pagefind, queries: Sequence[str]) -> list[float]:
    """Seconds from the last key of each query to its results, once all parts are at hand.

    The words stand the other way round the second time: answers kept from the first are no use.
    """
    with _session(browser) as context:
        page = side.page(context)
        for query in queries:
            side.ask(page, query)
        turned = [" ".join(reversed(query.split())) for query in queries]
        return [side.ask(page, query) for query in turned]
