"""The site can be walked through by clicking, wherever it stands."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site below a folder of a real nginx, ending with a slash."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    scratch = "".join(
        f"{name}_temp_path {folder};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # The shortest configuration that people copy: default types, no rewriting.
    (folder / "nginx.conf").write_text(
        f"""
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
  {scratch} access_log off;
  types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg;
           application/xml xml; application/json json; }}
  server {{ listen 127.0.0.1:{port}; location /lab/digest/ {{ alias "{site}/"; }} }}
}}
""",
        "utf-8",
    )
    server = subprocess.Popen(
        [
            program,
            "-p",
            str(folder),
            "-c",
            str(folder / "nginx.conf"),
            "-e",
            str(folder / "error.log"),
        ]
    )
    try:
        for _ in range(100):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/lab/digest/"
    finally:
        server.terminate()
        server.wait()


def walk(page: Any, home: str) -> None:
    """Home, tag, paper, date, and all the way back."""

    def arrive(start: str, landmark: str) -> None:
        page.wait_for_url(lambda url: url.removeprefix(home).startswith(start))
        page.locator(landmark).first.wait_for()

    first = str(page.url).removeprefix(home)
    page.locator(".ranked a").first.click()
    arrive("tags/", ".crumbs :text('Tags')")
    page.locator(".entry-title a").first.click()
    arrive("papers/", "article.paper h1")
    page.locator(".eyebrow time").first.click()
    arrive("dates/", "h1")
    page.locator(".brand").click()
    arrive("index.html", ".ranked a")
    for start in ("dates/", "papers/", "tags/", first):
        page.go_back()
        arrive(start, "h1")
    assert str(page.url) == home + first


@pytest.mark.parametrize("place", ["disk", "host", "nginx"])
def test_one_can_walk_through_the_site(
    place: str, request: pytest.FixtureRequest, visit: Callable[..., Any]
) -> None:
    """By clicks alone, from a folder and below a path of two servers, without an error."""
    home = request.getfixturevalue(place)
    walk(visit(home + "index.html", home), home)


def test_every_kind_of_page_loads_from_a_folder(
    disk: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """No error on the console, no failed request, nothing from elsewhere; the theme is worn.

    The tests of the look visit the same pages over HTTP, and are watched in the same way.
    """
    page = visit(disk + "index.html", disk)
    for path in types.values():
        page.goto(disk + quote(path))
        assert page.locator("h1").count() == 1
        assert page.evaluate("getComputedStyle(document.body).display") == "flex", path


def test_an_old_address_leads_to_the_paper(
    host: str, visit: Callable[..., Any], site: Path
) -> None:
    """A redirect page goes on by itself."""
    rows = [
        json.loads(row)
        for part in sorted((site / "data").glob("*.jsonl"))
        for row in part.read_text("utf-8").splitlines()
    ]
    alias, path = next((a, row["path"]) for row in rows for a in row["aliases"])
    page = visit(host + "index.html", host)
    page.goto(host + quote(alias), wait_until="commit")
    page.wait_for_url(host + quote(path))
    assert page.locator("article.paper h1").is_visible()


@pytest.mark.parametrize("place", ["disk", "host"])
def test_without_scripts_everything_is_read(
    place: str, request: pytest.FixtureRequest, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Papers, tags and dates need no JavaScript; what would need it is not there."""
    home = request.getfixturevalue(place)
    page = visit(home + "index.html", home, java_script_enabled=False)
    walk(page, home)
    page.goto(home + types["paper"])
    page.get_by_text("Why these tags").click()
    assert page.locator(".reasons dd").first.is_visible()
    page.get_by_text("Show BibTeX", exact=True).click()
    assert page.locator("#bibtex").is_visible()
    assert "@" in page.locator("#bibtex").inner_text()
    assert page.locator("[data-theme-switch]").is_hidden()
    assert page.locator(".copy:visible").count() == 0
    page.goto(home + types["paper of formulas"])
    page.locator(".authors summary").click()
    assert page.get_by_text("Author40 Family40").is_visible()
    page.goto(home + "search.html")
    assert page.locator("noscript p").is_visible()
    assert all(part.is_hidden() for part in page.locator("[data-search]").all())
