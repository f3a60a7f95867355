"""Keyboard, search and the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.measures import FOCUSED, OVERFLOW

pytestmark = pytest.mark.browser


def test_the_tab_key_walks_from_the_top(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """First the way past the header, then the header, and one always sees where one is."""
    page = visit(host + types["tag"], host)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert first["name"] == "skip"
    seen = [first]
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert all(stop["ring"] and stop["seen"] for stop in seen), [
        s for s in seen if not (s["ring"] and s["seen"])
    ]
    places = [stop["where"] for stop in seen]
    assert places.index("nav") < places.index("main")
    assert {"Papers", "Tags", "Dates"} <= {stop["text"] for stop in seen}


def test_the_skip_link_skips(host: str, visit: Callable[..., Any], types: dict[str, str]) -> None:
    """The next stop after it lies in the content."""
    page = visit(host + types["paper"], host)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [360, 1280])
def test_slash_search_and_arrows_reach_a_paper(
    width: int, host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """`/` finds the search box from anywhere, arrows walk the results, Enter opens one."""
    page = visit(host + types["day"], host, viewport={"width": width, "height": 800})
    page.keyboard.press("/")
    if width < 600:
        page.wait_for_url("**/search.html")
        page.locator("#q:focus").wait_for()
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("attention all need")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator("[data-query='attention all need'][data-state=done]").wait_for()
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED)["ring"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/arxiv-1706.03762.html")


FINDS = [
    ("quantisierung", "Quantisierung als Eigenwertproblem"),
    ("schrodinger", "Quantisierung als Eigenwertproblem"),
    ("SCHRÖDINGER eigen", "Quantisierung als Eigenwertproblem"),
    ("ubergang mikro", "Der stetige Übergang von der Mikro- zur Makromechanik"),
    ("quantisi", "Quantisierung als Eigenwertproblem"),
    ("vaswani", "Attention Is All You Need"),
    ("wave mechanics source", "A paper whose source gives no date"),
]


@pytest.mark.parametrize("place", ["disk", "host"])
def test_search_finds(
    place: str, request: pytest.FixtureRequest, visit: Callable[..., Any]
) -> None:
    """By word of the title, author, tag and the beginning of a word, accents or not."""
    home = request.getfixturevalue(place)
    page = visit(home + "search.html", home)
    for query, title in FINDS:
        page.goto(f"{home}search.html?q={quote(query)}")
        page.locator("[data-results][data-state=done]").wait_for(state="attached")
        assert title in page.locator(".entry-title").all_inner_texts(), query
        assert "paper" in page.locator("#search-status").inner_text(), query
        assert page.locator("#q").input_value() == query


def test_search_says_when_there_is_nothing_and_keeps_the_address(
    host: str, visit: Callable[..., Any]
) -> None:
    """What is typed stands in the address, and the way back restores it."""
    page = visit(host + "search.html", host)
    page.locator("#q").fill("zzzzqqqq")
    page.get_by_text("No paper has “zzzzqqqq”").wait_for()
    assert page.locator(".entry").count() == 0
    page.locator("#q").fill("attention & more? #1")
    page.wait_for_url("**/search.html?q=attention*")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["attention & more? #1"]
    page.locator("#q").fill("attention")
    page.locator(".entry-title a").first.wait_for()
    page.locator(".entry-title a").first.click()
    page.wait_for_url("**/papers/*")
    page.go_back()
    page.locator(".entry").first.wait_for()
    assert page.locator("#q").input_value() == "attention"
    page.locator("#q").fill("")
    page.get_by_text("to search.").wait_for()
    assert page.locator(".entry").count() == 0


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "(a+)+$ [^ \\ *?{2,}",
    "a b " * 2_500,
    "x" * 10_000,
    "\x00\x01\x1b\x7f attention",
    "\ud7ff\u202e\u200b\ufeff",
    "__proto__ constructor toString",
    "%00%ff%zz",
    "😀 𝒜 ﬁ",
]


@pytest.mark.parametrize("by", ["typing", "address"])
def test_hostile_queries_stay_text(by: str, host: str, visit: Callable[..., Any]) -> None:
    """Whatever is asked is text: no markup, no error, no page that stops answering."""
    page = visit(host + "search.html", host)
    for query in HOSTILE:
        if by == "typing":
            page.locator("#q").fill(query)
            page.locator("#q").press("Enter")
        else:
            page.goto(f"{host}search.html?q={quote(query)}")
        page.locator("[data-results][data-state=done]").wait_for(state="attached")
        assert "could not" not in page.locator("#search-status").inner_text(), query
        assert page.locator("main :is(img, script, iframe, b)").count() == 0, query
        assert page.locator("main .entry a").evaluate_all(
            r"all => all.every(a => /\/(papers|tags)\/[^\/]+\.html$|^https:/.test(a.href))"
        ), query
        assert not page.evaluate(OVERFLOW), query


def test_broken_address_of_a_search(host: str, visit: Callable[..., Any]) -> None:
    """Bytes that are no UTF-8 in the address do no harm."""
    page = visit(host + "search.html?q=%ff%fe%zzqqx&q=%00&x=<b>", host)
    page.get_by_text("No paper has").wait_for()
    assert page.locator("main b").count() == 0
