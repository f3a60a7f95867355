"""A list is filtered and sorted where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.test_reading import until

pytestmark = pytest.mark.browser
SHOWN = "all => all.filter(e => e.offsetParent).map(e => e.dataset.slug)"


def shown(page: Any) -> list[str]:
    return list(page.locator("article.entry").evaluate_all(SHOWN))


def asked(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("place", ["host", "disk"])
def test_filter_and_sort_by_hand_and_by_address(
    place: str, request: pytest.FixtureRequest, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Words, year, code and order narrow the list, stand in the address and come back with it."""
    home = request.getfixturevalue(place)
    page = visit(home + types["tag"], home)
    every = shown(page)
    button = page.get_by_role("button", name="Filter and sort")
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    words = page.get_by_role("searchbox", name="Words")
    assert words.evaluate("e => e === document.activeElement")
    title = page.locator(".entry-title a").nth(1).inner_text()
    words.fill(title.upper()[:24])
    assert shown(page)
    assert set(shown(page)) < set(every)
    assert f"of {len(every)}" in page.locator(".list-status").inner_text()
    kept = shown(page)
    page.reload()
    assert shown(page) == kept
    assert page.get_by_role("searchbox", name="Words").input_value() == title.upper()[:24]
    page.get_by_role("searchbox", name="Words").fill("no such word at all")
    assert shown(page) == []
    assert page.get_by_text("No paper of this page is left.").is_visible()
    page.get_by_role("button", name="Clear").click()
    until(page, "!location.search")
    assert shown(page) == every
    page.get_by_label("Sort by").select_option("title")
    titles = page.locator(".entry-title a").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)
    assert asked(page) == {"sort": ["title"]}
    page.get_by_label("Sort by").select_option("")
    assert shown(page) == every


def test_headings_leave_where_the_order_is_another(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Papers under days, sorted by title, stand in one list; back under their days after that."""
    page = visit(host + "index.html?sort=oldest", host)
    assert not page.locator(".group-head").first.is_visible()
    dates = page.locator("article.entry:visible .when time").evaluate_all(
        "all => all.map(e => e.getAttribute('datetime'))"
    )
    assert dates == sorted(dates)
    everything = shown(page)
    page.get_by_label("Sort by").select_option("")
    assert page.locator(".group-head").first.is_visible()
    assert sorted(shown(page)) == sorted(everything)
    year = page.get_by_label("Year").locator("option").nth(1).get_attribute("value")
    page.get_by_label("Year").select_option(year)
    assert 0 < len(shown(page)) < len(everything)
    heads = page.locator(".group:visible .group-head").all_inner_texts()
    assert heads
    assert all(year in head for head in heads)


def test_a_part_of_a_list_leads_to_the_whole(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Where the list has further pages it says so, and asks the search the same question."""
    page = visit(host + types["tag"] + "?q=the", host)
    status = page.locator(".list-status")
    assert "one page of the list" in status.inner_text()
    slug = types["tag"].split("/")[1].removesuffix(".html")
    link = status.get_by_role("link")
    assert parse_qs(urlsplit(link.get_attribute("href")).query) == {"q": [f"tag:{slug} the"]}
    assert "q=the" in page.locator(".turn a").first.get_attribute(
        "href"
    ) or "q=the" in page.locator(".turn a").first.evaluate("e => e.href")
    link.click()
    page.locator("[data-results] .entry .save").first.wait_for()


def test_what_only_this_browser_knows(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Unread and saved papers alone; a paper that is read leaves the unread ones."""
    page = visit(host + types["tag"], host)
    every = shown(page)
    page.get_by_role("button", name="Filter and sort").click()
    page.get_by_label("Show").select_option("saved")
    assert shown(page) == []
    page.get_by_label("Show").select_option("unread")
    assert shown(page) == every
    page.locator(".entry-title a").first.focus()
    page.keyboard.press("m")
    assert shown(page) == every[1:]
    page.get_by_label("Show").select_option("")
    page.locator(".save").nth(2).click()
    page.get_by_label("Show").select_option("saved")
    assert shown(page) == [every[2]]
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.entry').dataset.slug") == every[2]


@pytest.mark.parametrize("odd", ["?year=0000", "?sort=__proto__", "?show=<b>", "?q=%00%F0(", "?"])
def test_odd_addresses_show_the_list(
    odd: str, host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """What an address says that makes no sense here is as good as not said, or finds nothing."""
    page = visit(host + types["tag"] + odd, host)
    assert page.locator(".list-open").is_visible()
    assert shown(page) or page.locator("p.empty").is_visible()
