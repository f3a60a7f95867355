"""Saving, reading and walking: what a browser keeps for its reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest.website.saved import sketch
from tests.browser.measures import CONTRAST, OVERFLOW

pytestmark = pytest.mark.browser
BLOCK = """for (const name of ["getItem", "setItem", "removeItem"])
  Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };"""
FULL = (
    """Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); };"""
)
HELD = "document.activeElement.closest('.entry')?.dataset.slug"
KEPT = """name => JSON.parse(Object.entries(localStorage)
  .find(([key]) => key.startsWith("digest-" + name + " "))?.[1] ?? "null")"""
LATER = """seconds => { const [key, text] = Object.entries(localStorage)
  .find(([key]) => key.startsWith("digest-visit "));
  const visit = JSON.parse(text); visit.last -= seconds; visit.checked -= seconds;
  localStorage.setItem(key, JSON.stringify(visit)); }"""
DAY = 86_400


@pytest.fixture(scope="module")
def papers(site: Path) -> list[dict[str, Any]]:
    return [
        json.loads(row)
        for part in sorted((site / "data").glob("papers-*.jsonl"))
        for row in part.read_text("utf-8").splitlines()
    ]


@pytest.fixture
def slugs(papers: list[dict[str, Any]]) -> list[str]:
    return [slug_of(paper["path"]) for paper in papers]


@pytest.fixture
def tag(host: str, visit: Callable[..., Any], types: dict[str, str]) -> Any:
    """A page that lists papers."""
    page = visit(host + types["tag"], host)
    page.locator(".entry .save").first.wait_for()
    return page


def slug_of(path: str) -> str:
    return path.removeprefix("papers/").removesuffix(".html")


def until(page: Any, expression: str) -> None:
    """Waits for something on `page`, whose policy lets nobody ask in its own name."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never: {expression}")


def said(page: Any) -> str:
    page.locator(".notice > span").wait_for()
    return str(page.locator(".notice").inner_text())


def count(page: Any) -> str:
    return str(page.locator("[data-saved-count]").inner_text())


@pytest.mark.parametrize("place", ["host", "disk"])
def test_a_saved_paper_is_listed(
    place: str, request: pytest.FixtureRequest, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """From a card into the list of saved papers, with title, people and tags; and out again."""
    home = request.getfixturevalue(place)
    page = visit(home + types["tag"], home)
    entry = page.locator(".entry").first
    button = entry.locator(".save")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert said(page) == "Saved in this browser"
    assert count(page) == "1"
    title = entry.locator(".entry-title a").inner_text()
    page.reload()
    assert entry.locator(".save").get_attribute("aria-pressed") == "true"
    page.locator(".saved-link").click()
    listed = page.locator("[data-saved-list] .entry")
    assert listed.locator(".entry-title a").inner_text() == title
    assert listed.locator(".chip").count() > 0
    listed.locator(".entry-title a").click()
    page.locator("article.paper h1").wait_for()
    saved = page.locator(".paper-actions [data-save]")
    assert saved.get_attribute("aria-pressed") == "true"
    page.go_back()
    page.locator("[data-saved-list] .save").click()
    page.locator("[data-saved-empty]").wait_for()
    assert count(page) == ""
    page.get_by_role("button", name="Undo").click()
    page.locator("[data-saved-list] .entry").wait_for()


def test_buttons_move_nothing(host: str, visit: Callable[..., Any], types: dict[str, str]) -> None:
    """What scripts add to a page stands where place was kept for it."""
    page = visit(host + "index.html", host)
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => {
          // A formula that is fitted moves the text of its own paragraph.
          const own = e.sources.every(of => of.node?.parentElement?.closest(".abstract"));
          if (!own) shift += e.value;
        })).observe({ type: "layout-shift", buffered: true });"""
    )
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name in ("home", "tag", "day", "paper", "author", "home"):
            if name == "author":
                page.evaluate(LATER, 30 * DAY)
            page.goto(host + types[name], wait_until="networkidle")
            assert page.locator(".save").count() > 0, name
            assert page.evaluate("shift") == 0, (name, width)
    assert "since" in page.locator("[data-news]").inner_text()
    bare = visit(host + types["tag"], host, java_script_enabled=False)
    for part in (".save", ".list-tools", ".saved-link", "[data-keys]"):
        assert not [one for one in bare.locator(part).all() if one.is_visible()], part


def test_two_tabs_agree(host: str, visit: Callable[..., Any], types: dict[str, str]) -> None:
    """What is saved or read in one is so in the other at once."""
    one = visit(host + types["tag"], host)
    other = one.context.new_page()
    other.goto(host + types["tag"])
    one.locator(".save").first.click()
    other.locator('.save[aria-pressed="true"]').wait_for()
    assert count(other) == "1"
    other.locator(".entry-title a").first.focus()
    other.keyboard.press("m")
    one.locator(".entry.is-read").wait_for()
    assert "Read" in one.locator(".entry.is-read .entry-state").inner_text()


@pytest.mark.parametrize("fault", [BLOCK, FULL])
def test_a_memory_that_keeps_nothing(
    fault: str, host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Blocked or full: it is said, nothing fails, and the page itself still knows."""
    page = visit(host + "index.html", host)
    page.add_init_script(fault)
    page.goto(host + types["tag"])
    button = page.locator(".save").first
    button.click()
    assert "forgotten when you leave" in said(page)
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    page.keyboard.press("j")
    assert page.evaluate(HELD)
    page.goto(host + "saved.html")
    assert page.locator("[data-saved-empty]").is_visible()


def test_a_paper_is_read_once_it_was_open_for_a_while(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """After some seconds, not at once; and whoever marks it unread is not contradicted."""
    page = visit(host + "index.html", host)
    page.clock.install()
    page.goto(host + types["paper"])
    button = page.locator("[data-read]")
    assert button.get_attribute("aria-pressed") == "false"
    page.clock.run_for(3_000)
    assert button.get_attribute("aria-pressed") == "false"
    page.clock.run_for(5_000)
    assert button.get_attribute("aria-pressed") == "true"
    page.keyboard.press("m")
    assert button.get_attribute("aria-pressed") == "false"
    page.reload()
    page.keyboard.press("m")
    page.keyboard.press("m")
    page.clock.run_for(20_000)
    assert button.get_attribute("aria-pressed") == "false"


def test_keys_walk_through_a_list(tag: Any) -> None:
    """j and k, o, s and m, with the focus where the eye is; not while somebody writes."""
    order = tag.locator(".entry").evaluate_all("all => all.map(e => e.dataset.slug)")
    tag.keyboard.press("j")
    assert tag.evaluate(HELD) == order[0]
    for _ in order[1:]:
        tag.keyboard.press("j")
    assert tag.evaluate(HELD) == order[-1]
    assert tag.evaluate(
        """() => { const box = document.activeElement.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight
          && getComputedStyle(document.activeElement).outlineStyle !== "none"; }"""
    )
    tag.keyboard.press("k")
    assert tag.evaluate(HELD) == order[-2]
    tag.keyboard.press("s")
    assert count(tag) == "1"
    tag.keyboard.press("m")
    assert tag.locator(".entry.is-read").get_attribute("data-slug") == order[-2]
    for key in ("Control+s", "Alt+j", "Meta+m"):
        tag.keyboard.press(key)
    assert tag.evaluate(HELD) == order[-2]
    assert count(tag) == "1"
    tag.keyboard.press("/")
    tag.keyboard.type("jsm?")
    assert tag.evaluate("document.activeElement.value") == "jsm?"
    tag.locator(".entry-title a").first.focus()
    tag.keyboard.press("o")
    tag.wait_for_url(lambda url: "/papers/" in url)


def test_keys_on_a_paper_and_between_pages(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """j goes to the older paper, k back; g and a letter go to the places of the site."""
    page = visit(host + types["paper"], host)
    older = page.locator(".neighbour[rel=next]").get_attribute("href").split("/")[-1]
    page.keyboard.press("s")
    assert page.locator("[data-save]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url.endswith("/" + older))
    page.keyboard.press("k")
    page.wait_for_url(lambda url: url.endswith(types["paper"]))
    for key, path in (("t", "tags/index.html"), ("d", "dates/index.html"), ("s", "saved.html")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(host + path)
    page.locator("[data-saved-list] .entry").wait_for()


def test_the_keys_explain_themselves_and_can_be_put_off(tag: Any) -> None:
    """A dialog that keeps the focus and gives it back; put off, no single key does anything."""
    link = tag.locator(".entry-title a").first
    link.focus()
    tag.keyboard.press("?")
    dialog = tag.get_by_role("dialog", name="Keys")
    assert dialog.is_visible()
    assert dialog.locator("kbd").count() > 8
    for _ in range(6):
        tag.keyboard.press("Tab")
        where = (
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert tag.evaluate(where)
    tag.keyboard.press("s")
    assert count(tag) == ""
    tag.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert tag.evaluate("document.activeElement.closest('.entry-title') !== null")
    tag.get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    for _ in "here", "after a reload":
        link.focus()
        for key in "js?/m":
            tag.keyboard.press(key)
        assert tag.evaluate("document.activeElement.closest('.entry-title') !== null")
        assert dialog.count() == 0 or dialog.is_hidden()
        assert count(tag) == ""
        tag.reload()
    tag.get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").check()
    tag.keyboard.press("Escape")
    tag.keyboard.press("j")
    assert tag.evaluate(HELD)


def test_a_quiet_way_for_those_who_want_no_motion(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Smooth for the others alone."""
    for wish, way in (("reduce", "auto"), ("no-preference", "smooth")):
        page = visit(host + types["tag"], host, reduced_motion=wish)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == way


class Site:
    """A digest to whose sketch papers come, and a reader whose last visit was some time ago."""

    def __init__(self, page: Any, slugs: list[str]) -> None:
        self.page, self.slugs = page, slugs
        page.route("**/data/known.js*", self._answer)

    def _answer(self, route: Any) -> None:
        text = f'digestKnown({len(self.slugs)},"{sketch(self.slugs)}");'
        route.fulfill(body=text, content_type="text/javascript")

    def later(self, seconds: int) -> None:
        self.page.evaluate(
            LATER,
            seconds,
        )


@pytest.mark.parametrize("others", [0, 30_000])
def test_what_is_new_since_the_last_visit(
    others: int, host: str, visit: Callable[..., Any], types: dict[str, str], slugs: list[str]
) -> None:
    """Told on the home page and on cards, for the whole visit, in small and large digests."""
    page = visit(host + "saved.html", host)
    page.goto(host + types["tag"], wait_until="networkidle")
    new = page.locator(".entry").first.get_attribute("data-slug")
    page.evaluate("localStorage.clear()")
    crowd = [f"arxiv-1001.{n:05}" for n in range(others)]
    digest = Site(page, [slug for slug in slugs if slug != new] + crowd)
    with page.expect_response("**/data/known.js*"):
        page.goto(host + types["tag"])
    until(page, f"({KEPT})('visit').base")
    assert page.locator(".is-new").count() == 0
    digest.later(3_600)
    digest.slugs.append(new)
    page.reload(wait_until="networkidle")
    assert page.locator(".is-new").count() == 0, "an hour later it is the same visit"
    page.evaluate("localStorage.clear()")
    digest.slugs.remove(new)
    page.reload(wait_until="networkidle")
    digest.later(2 * DAY)
    digest.slugs.append(new)
    page.goto(host + "index.html")
    page.locator(".has-news").wait_for()
    assert page.locator("[data-news]").inner_text().startswith("1 new paper since ")
    for _ in "at once", "still":
        page.goto(host + types["tag"])
        page.locator(".is-new").first.wait_for()
        assert page.locator(".is-new").evaluate_all("all => all.map(e => e.dataset.slug)") == [new]
    assert "New since your last visit" in page.locator(".is-new .entry-state").inner_text()
    page.locator(".is-new .entry-title a").focus()
    page.keyboard.press("m")
    assert page.locator(".is-new").count() == 0
    digest.later(DAY)
    page.goto(host + "index.html")
    until(page, "document.querySelector('[data-news]').textContent")
    assert page.locator("[data-news]").inner_text().startswith("Nothing new since ")


def test_an_old_address_is_still_saved(
    host: str, visit: Callable[..., Any], papers: list[dict[str, Any]]
) -> None:
    """A paper that got a better address stays saved and read, under the new one."""
    alias, path = next((a, paper["path"]) for paper in papers for a in paper["aliases"])
    old, new = slug_of(alias), slug_of(path)
    page = visit(host + "index.html", host)
    put = """([old, time]) => ["saved", "read"].forEach(kind => localStorage.setItem(
      "digest-" + kind + " " + new URL(".", location).pathname, JSON.stringify({ [old]: time })))"""
    page.evaluate(put, [old, 1_700_000_000])
    page.goto(host + path)
    assert page.locator("[data-save]").get_attribute("aria-pressed") == "true"
    assert page.locator("[data-read]").get_attribute("aria-pressed") == "true"
    assert page.evaluate(KEPT, "saved") == {new: 1_700_000_000}
    page.goto(host + "index.html")
    page.evaluate(put, [old, 1_700_000_000])
    page.goto(host + "saved.html")
    page.locator(f'[data-saved-list] [data-slug="{new}"] .chip').first.wait_for()
    assert page.evaluate(KEPT, "saved") == {new: 1_700_000_000}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(
    scheme: str, host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Filters, marks, help and the list of saved papers, on the narrowest telephone and a desk."""
    page = visit(host + types["tag"], host, color_scheme=scheme)
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.press("m")
    for path in (types["tag"] + "?q=a&sort=title", "saved.html", types["paper"]):
        page.goto(host + path)
        page.keyboard.press("j")
        page.keyboard.press("s")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            for _ in "page", "help":
                assert not page.evaluate(OVERFLOW), (path, width)
                assert not page.evaluate(CONTRAST)[1], (path, width)
                page.keyboard.press("?")
            small = page.evaluate(
                """() => [...document.querySelectorAll("button, dialog label, .saved-link")]
                .filter(e => e.offsetParent && !e.closest(".vh-until-focus"))
                .map(e => [e.className, e.getBoundingClientRect()])
                .filter(([, box]) => box.width < 24 || box.height < 24)"""
            )
            assert not [one for one in small if one[0] != "vh-until-focus"], (path, width)
