"""The preview in a browser: what is saved is seen, on the pages that show it and on no other."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.website.theme import default_folder, load_theme
from tests.serve.process import PAPER, Serving, make_digest

pytestmark = pytest.mark.browser

OVERLAY = "digest-preview .box"
LOADS = """() => {
  const loads = Number(sessionStorage.getItem("loads") || 0) + 1;
  sessionStorage.setItem("loads", loads);
  document.documentElement.dataset.loads = loads;
}"""

PART_60 = """() => [...document.querySelectorAll("main h2, main h3")]
  .find(head => head.textContent.includes("Part 60")).getBoundingClientRect().top"""
SHOW = """state => {
  Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
FRAME = """url => {
  const frame = document.createElement("iframe");
  frame.src = url;
  document.body.append(frame);
}"""


class Desk:
    """A digest that is worked on, and a browser that shows it."""

    def __init__(self, root: Path, browser: Any) -> None:
        make_digest(root)
        self.content = root / "content"
        (self.content / "pages").mkdir()
        for name in ("long", "other"):
            text = "\n\n".join(f"## Part {n}\n\nText {n} of {name}." for n in range(120))
            (self.content / "pages" / f"{name}.md").write_text(
                f"# Page {name}\n\n{text}\n", "utf-8"
            )
        self.root = root
        self.serving = Serving(root, "--port", "0")
        self.home = f"http://localhost:{self.serving.port}/"
        self.context = browser.new_context(viewport={"width": 900, "height": 700})
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(f"addEventListener('DOMContentLoaded', {LOADS})")
        self.faults: list[str] = []

    def open(self, path: str) -> Any:
        """A new tab that listens."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        with page.expect_request("**/_preview/events?*"):
            page.goto(self.home + path)
        return page

    def _note(self, said: Any) -> None:
        # A page that is not there is told so in the console, by the browser itself.
        if said.type == "error" and "404" not in said.text:
            self.faults.append(said.text)

    def edit(self, name: str, old: str, new: str) -> None:
        """Save a file with something else in it."""
        path = self.content / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def loads(page: Any) -> int:
    """How often the tab's page was loaded."""
    return int(page.evaluate("document.documentElement.dataset.loads"))


def asked(page: Any) -> int:
    """How often the tab asked for its page since it was loaded."""
    own = "entry => entry.name === location.href"
    return int(page.evaluate(f"performance.getEntriesByType('resource').filter({own}).length"))


@pytest.fixture
def desk(browser: Any, tmp_path: Path) -> Iterator[Desk]:
    """A digest that is worked on; at the end no script may have failed."""
    one = Desk(tmp_path, browser)
    yield one
    one.context.close()
    assert one.serving.stop(signal.SIGINT) == 130
    assert not one.faults


def test_two_tabs_show_different_pages(desk: Desk) -> None:
    """Each asks for its page when that changes, and only then; both keep what was typed into them,
    for a change of text is put in its place."""
    long, other = desk.open("pages/long.html"), desk.open("pages/other.html")
    other.locator("#q").fill("half a word")
    desk.edit("pages/long.md", "Text 3 of long.", "Text 3, changed.")
    long.get_by_text("Text 3, changed.").wait_for()
    assert (asked(long), asked(other)) == (1, 0)
    desk.edit("pages/other.md", "Text 5 of other.", "Text 5, changed.")
    other.get_by_text("Text 5, changed.").wait_for()
    assert (asked(long), asked(other)) == (1, 1)
    assert (loads(long), loads(other)) == (1, 1)
    assert other.locator("#q").input_value() == "half a word"


def test_the_reader_keeps_the_place(desk: Desk) -> None:
    """Below a change the same heading stays where it was, though the page above grew."""
    page = desk.open("pages/long.html")
    page.evaluate("scrollTo(0, document.querySelectorAll('main h2, main h3')[60].offsetTop - 200)")
    before = page.evaluate(PART_60)
    desk.edit("pages/long.md", "Text 100 of long.", "Text 100, changed.")
    page.get_by_text("Text 100, changed.").wait_for()
    page.wait_for_load_state("load")
    page.wait_for_timeout(100)
    assert abs(page.evaluate(PART_60) - before) <= 2
    desk.edit("pages/long.md", "Text 1 of long.", "New text.\n\n" * 20)
    page.get_by_text("New text.").first.wait_for(state="attached")
    page.wait_for_load_state("load")
    page.wait_for_timeout(100)
    assert abs(page.evaluate(PART_60) - before) <= 2


def test_the_overlay_comes_and_goes(desk: Desk) -> None:
    """In every open page and in those opened meanwhile: message, file, line with its neighbours and
    hint, over the last good page."""
    first = desk.open("pages/long.html")
    assert first.locator(OVERLAY).count() == 0
    broken = desk.content / "broken.md"
    broken.write_text("---\ntitle: [never closed\nyear: 2020\n---\n\nText of it.\n", "utf-8")
    first.locator(OVERLAY).wait_for()
    second = desk.open("papers/" + next((desk.root / ".digest/preview/papers").glob("*.html")).name)
    second.locator(OVERLAY).wait_for()
    for page in (first, second):
        text = page.locator(OVERLAY).inner_text()
        assert "broken.md:" in text and "front matter is not valid" in text
        assert "title: [never closed" in text and "mend the YAML" in text
        assert page.locator("digest-preview .here").count() == 1
        assert page.locator("main h1").is_visible()
        background = "el => getComputedStyle(el).position + getComputedStyle(el).backgroundColor"
        assert page.locator(OVERLAY).evaluate(background) == "fixedrgb(58, 18, 16)"
    broken.unlink()
    for page in (first, second):
        page.locator(OVERLAY).wait_for(state="detached")
    assert loads(first) == 1


def test_a_closed_overlay_stays_closed_until_something_else_breaks(desk: Desk) -> None:
    """Also on the next page."""
    page = desk.open("pages/long.html")
    (desk.content / "one.md").write_text("---\ntitle: [a\nyear: 1\n---\n", "utf-8")
    page.locator(OVERLAY).wait_for()
    page.keyboard.press("Escape")
    page.locator(OVERLAY).wait_for(state="detached")
    with page.expect_event("requestfinished", lambda asked: "client.js" in asked.url):
        page.goto(desk.home)
    page.wait_for_timeout(200)
    assert page.locator(OVERLAY).count() == 0
    (desk.content / "two.md").write_text("---\ntitle: [b\nyear: 1\n---\n", "utf-8")
    page.locator(OVERLAY).wait_for()
    assert "2 things are broken" in page.locator(OVERLAY).inner_text()
    page.get_by_role("button", name="Close").click()
    page.locator(OVERLAY).wait_for(state="detached")


def test_settings_and_templates_that_break_are_shown_too(desk: Desk) -> None:
    """With the line in each, and the page stays as it was until they are mended."""
    page = desk.open("pages/long.html")
    settings = desk.root / "digest.yaml"
    settings.write_text("title: A digest\naccent: purple\n", "utf-8")
    page.locator(OVERLAY).wait_for()
    text = page.locator(OVERLAY).inner_text()
    assert "digest.yaml:2" in text and "accent: purple" in text
    settings.write_text("title: A renamed digest\n", "utf-8")
    page.locator(OVERLAY).wait_for(state="detached")
    page.locator(".brand-name", has_text="A renamed digest").wait_for()
    (desk.root / "templates").mkdir()
    own = desk.root / "templates" / "free_page.html"
    own.write_text('{% extends "base.html" %}\n{% block content %}\n{{ nothing( }}\n', "utf-8")
    page.locator(OVERLAY).wait_for()
    text = page.locator(OVERLAY).inner_text()
    assert "free_page.html:3" in text and "{{ nothing( }}" in text
    own.unlink()
    page.locator(OVERLAY).wait_for(state="detached")
    assert page.locator("main h1").inner_text() == "Page long"


def test_style_sheets_are_swapped_in_place(desk: Desk) -> None:
    """Without loading the page; the next page has them too."""
    sheets = desk.root / "templates" / "assets"
    sheets.mkdir(parents=True)
    default = dict(load_theme(default_folder()).assets)["assets/style.css"].decode()
    sheet = sheets / "style.css"
    sheet.write_text(default, "utf-8")
    page = desk.open("pages/long.html")
    page.wait_for_timeout(500)
    page.locator("#q").fill("half a word")
    before = loads(page)
    sheet.write_text(default + "\nh1 { color: rgb(1, 2, 3) !important }\n", "utf-8")
    colour = "getComputedStyle(document.querySelector('main h1')).color"
    until = time.monotonic() + 15
    while page.evaluate(colour) != "rgb(1, 2, 3)" and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert page.evaluate(colour) == "rgb(1, 2, 3)"
    assert loads(page) == before
    assert page.locator("#q").input_value() == "half a word"
    assert page.locator('link[rel="stylesheet"][href*="style.css"]').count() == 1


SHOWN = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("[data-actions] button").forEach(button => button.remove());
  return [document.title, main.innerHTML.replace(/\\s+/g, " ")];
}"""
EDITS = [
    ("than anybody thought", "than many thought"),
    ("many thought", r"many thought: $x^2 + y_1 = \frac{1}{2}$ says so"),
    ("$x^2 + y_1", "$x^3 + y_1"),
    ("had looked before.", "had looked.\n\nA paragraph more, *quite* new, of $k$ years."),
    ("A paragraph more, *quite* new, of $k$ years.", "Another one."),
    ("title: A study of winds", "title: A study of <b>tides</b> & $k$-winds"),
    ("authors: [Ada Example]", "authors: [Ada Example, Ben Another]"),
    ("date: 2021-03-04", "date: 2021-03-05"),
    ("\n\nAnother one.", ""),
]


def test_a_page_that_was_changed_in_place_is_as_if_loaded(desk: Desk) -> None:
    """Whatever changes in a paper: text, formulas, paragraphs, title, people, date."""
    text = PAPER.format("winds").replace("date:", "arxiv: 2103.01234\ndate:")
    paper = desk.content / "winds.md"
    paper.write_text(text.replace("by anybody", "better than anybody thought, and"), "utf-8")
    path = "papers/arxiv-2103.01234.html"
    made = desk.root / ".digest/preview" / path
    until = time.monotonic() + 20
    while not made.exists() and time.monotonic() < until:
        time.sleep(0.05)
    page = desk.open(path)
    for old, new in EDITS:
        before = made.read_bytes()
        assert old in paper.read_text("utf-8"), old
        desk.edit("winds.md", old, new)
        until = time.monotonic() + 15
        shown, expected = None, ""
        while shown != expected and time.monotonic() < until:
            time.sleep(0.1)
            if made.read_bytes() != before:
                fresh = desk.open(path)
                shown, expected = page.evaluate(SHOWN), fresh.evaluate(SHOWN)
                fresh.close()
        assert shown == expected, new


def test_a_page_that_is_missing_appears(desk: Desk) -> None:
    """Who waits at an address sees the page as soon as it is there; its links lead somewhere
    meanwhile."""
    page = desk.open("pages/new.html")
    assert "not on the shelf" in page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"
    assert page.locator(".brand").evaluate("a => a.href") == desk.home + "index.html"
    (desk.content / "pages" / "new.md").write_text("# A page that is new\n", "utf-8")
    page.locator("h1", has_text="A page that is new").wait_for()
    (desk.content / "pages" / "new.md").unlink()
    page.locator("h1", has_text="not on the shelf").wait_for()


def test_a_search_is_done_again_over_what_is_new(desk: Desk) -> None:
    """The page itself did not change, but what it had loaded did."""
    page = desk.open("search.html?q=uncommonword")
    page.wait_for_timeout(300)
    assert page.locator(".entry").count() == 0
    (desk.content / "b.md").write_text(PAPER.format("an uncommonword"), "utf-8")
    page.locator(".entry").first.wait_for()
    assert "q=uncommonword" in page.url


def test_a_hidden_tab_catches_up(desk: Desk) -> None:
    """It holds no connection while it is not seen, and shows the newest page when it is."""
    page = desk.open("pages/long.html")
    page.evaluate(SHOW, "hidden")
    desk.edit("pages/long.md", "Text 3 of long.", "Text 3, changed.")
    desk.serving.wait_for(r"long\.md: ")
    page.wait_for_timeout(200)
    assert loads(page) == 1
    page.evaluate(SHOW, "visible")
    page.get_by_text("Text 3, changed.").wait_for()


def test_a_server_that_is_started_again_is_found(desk: Desk) -> None:
    """Pages of the run before load themselves anew."""
    page = desk.open("pages/long.html")
    port = desk.serving.port
    assert desk.serving.stop(signal.SIGINT) == 130
    desk.edit("pages/long.md", "Text 3 of long.", "Text 3, changed.")
    desk.faults.clear()
    desk.serving = Serving(desk.root, "--port", str(port))
    page.get_by_text("Text 3, changed.").wait_for()
    desk.faults.clear()  # the browser says that it could not connect


def test_the_page_of_builds_follows_them(desk: Desk) -> None:
    """It says what was built and why, and is allowed to look as it should."""
    page = desk.open("_preview")
    desk.edit("pages/long.md", "Text 3 of long.", "Text 3, changed.")
    page.get_by_text("content/pages/long.md (changed)").wait_for()
    assert page.get_by_role("link", name="pages/long.html").count() == 1
    assert "sans-serif" in page.evaluate("getComputedStyle(document.body).fontFamily")


def test_another_site_can_neither_read_nor_frame_the_preview(
    desk: Desk, host: str, browser: Any
) -> None:
    """A page of another port of this machine is another site's."""
    page = desk.context.new_page()
    page.goto(host + "index.html")
    read = "url => fetch(url, {mode: 'no-cors'}).then(() => 'read', () => 'refused')"
    fetched = page.evaluate(read, desk.home + "data/index.json")
    framed: list[int] = []
    page.on("response", lambda got: framed.append(got.status) if got.url == desk.home else None)
    page.evaluate(FRAME, desk.home)
    page.wait_for_timeout(500)
    assert fetched == "refused"
    assert 200 not in framed
    desk.faults.clear()
