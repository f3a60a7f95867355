"""A Chromium, the example site, and pages that remember everything that went wrong on them."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.example import build_example, page_types

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this process."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built example; asks for the browser first, since nobody else needs it."""
    return build_example(tmp_path_factory.mktemp("digest"))


@pytest.fixture
def disk(site: Path) -> str:
    """The site as a double-click opens it; ends with a slash."""
    return site.as_uri() + "/"


@pytest.fixture(scope="session")
def types(site: Path) -> dict[str, str]:
    """Kinds of page, and one path of each."""
    return page_types(site)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """Address of the site below two folders of a plain web server, ending with a slash."""
    handler = functools.partial(_Quiet, directory=str(site.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        below = quote(site.relative_to(site.parents[1]).as_posix())
        yield f"http://127.0.0.1:{server.server_port}/{below}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """`visit(address, home=…, **options of the context)`: a page, watched until the test ends.

    At the end no error may have been said, no request have failed, and none have gone anywhere but
    below `home` (by default the address up to its last slash).
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def note(bad: bool, fault: object) -> None:
        if bad:
            faults.append(str(fault))

    def refuse(dialog: Any) -> None:
        faults.append("a dialog opened")
        dialog.dismiss()

    def go(address: str, home: str = "", **options: Any) -> Any:
        inside = (home or address[: address.rindex("/") + 1], "data:")
        context = browser.new_context(**({"reduced_motion": "reduce"} | options))
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda said: note(said.type in ("error", "warning"), said.text))
        page.on("pageerror", lambda error: note(True, error))
        page.on("dialog", refuse)
        page.on("request", lambda asked: note(not asked.url.startswith(inside), asked.url))
        page.on("response", lambda got: note(got.status >= 400, f"{got.status} {got.url}"))
        # Going on before a page has all its icons is what readers do.
        page.on(
            "requestfailed",
            lambda asked: note(asked.failure != "net::ERR_ABORTED", f"{asked.failure} {asked.url}"),
        )
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)
