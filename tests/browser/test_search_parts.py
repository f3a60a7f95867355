"""How the page's search engine loads parts of the index: when, how often, and what if it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.engine import OPEN, write_site

pytestmark = pytest.mark.browser

KIND = "text => digestSearch.find(text, {}).then(() => 'found', error => error.kind)"
HOST = "https://example.org/below/a path/"


@pytest.fixture
def served(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., tuple[Any, list[str]]]]:
    """`served(answer)`: the page below a path of a host, and what it asks for. `answer` may give
    other text for a file, or "" where the host has none."""
    folder = write_site(tmp_path_factory.mktemp("served"), 0.0)
    context = browser.new_context()

    def open_page(answer: Callable[[str, str], str] = lambda _, text: text) -> Any:
        asked: list[str] = []

        def give(route: Any) -> None:
            name = route.request.url.removeprefix(HOST.replace(" ", "%20")).partition("?")[0]
            asked.append(name)
            text = answer(name, (folder / name).read_text("utf-8"))
            route.fulfill(
                status=200 if text else 404,
                body=text,
                content_type="text/html" if name.endswith("html") else "text/javascript",
            )

        context.route("**", give)
        page = context.new_page()
        page.goto(HOST + "page.html")
        return page, asked

    yield open_page
    context.close()


def test_parts_are_loaded_once_and_as_needed(served: Callable[..., Any]) -> None:
    """Below a path with a blank; two questions at a time; nothing again for the same question."""
    page, asked = served()
    page.evaluate(OPEN)
    assert [name for name in asked if "data/" in name] == ["data/search/index.js"]
    asked.clear()
    script = """() => Promise.all(
      ["tea leaves", "tea leaves"].map(text => digestSearch.find(text, {}))
    ).then(all => all.map(one => one.total))"""
    first, second = page.evaluate(script)
    assert first == second > 0
    assert asked
    assert all(name.startswith("data/search/w-") for name in asked)
    assert len(set(asked)) == len(asked)
    asked.clear()
    page.evaluate(script)
    assert not asked


def test_a_part_that_fails_is_asked_for_again(served: Callable[..., Any]) -> None:
    """Once; then the question fails and says why, and the next one tries anew."""
    left = {"data/search/index.js": 1}

    def answer(name: str, text: str) -> str:
        left[name] = left.get(name, 3 if "/w-" in name else 0) - 1
        return "" if left[name] >= 0 else text

    page, _ = served(answer)
    page.evaluate(OPEN)
    assert [page.evaluate(KIND, "tea") for _ in range(2)] == ["missing", "found"]


def test_a_part_of_another_build_is_told(served: Callable[..., Any]) -> None:
    """A site that changed while the page was open: no results of two builds mixed."""

    def answer(name: str, text: str) -> str:
        return re.sub('"[0-9a-f]{6}"', '"ffffff"', text) if "/w-" in name else text

    page, _ = served(answer)
    page.evaluate(OPEN)
    assert page.evaluate(KIND, "tea") == "stale"


def test_an_index_of_another_format_is_told(served: Callable[..., Any]) -> None:
    """It is not read as if it were of this one."""
    page, _ = served(lambda name, text: text.replace('"format":1', '"format":2'))
    failed = "digestSearch.open('data/search/', 'mark').catch(error => error.kind)"
    assert page.evaluate(failed) == "stale"
