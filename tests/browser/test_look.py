"""The pages fit every screen and can be read in both themes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.measures import CONTRAST, OVERFLOW

pytestmark = pytest.mark.browser
WIDTHS = (320, 360, 768, 1280)
SCHEMES = ("light", "dark")
OPEN = "document.querySelectorAll('details').forEach(e => { e.open = true; })"


def test_no_page_scrolls_sideways(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """On no kind of page, from the narrowest telephone to a desk; long formulas scroll alone."""
    page = visit(host + "index.html", host)
    wide = []
    for name, path in [*types.items(), ("results", "search.html?q=a")]:
        page.goto(host + path)
        if name == "results":
            page.locator(".entry").first.wait_for()
        page.evaluate(OPEN)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                wide += [(name, width, scheme, element) for element in page.evaluate(OVERFLOW)]
    assert not wide, "\n".join(map(str, wide[:12]))


def test_text_stands_out_from_its_ground(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """4.5 to 1, large text 3 to 1, for every visible text of every kind of page."""
    page = visit(host + "index.html", host)
    for name, path in types.items():
        page.goto(host + path)
        page.evaluate(OPEN)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            seen, poor = page.evaluate(CONTRAST)
            assert seen > 10, name
            assert not poor, (name, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_accent_can_be_read(
    scheme: str, host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """The colour of a digest is its owner's choice; its links keep their contrast."""
    page = visit(host + types["paper"], host, color_scheme=scheme)
    for name in ("paper", "dates"):
        page.goto(host + types[name])
        for accent in ("#ffee00", "#00ffff", "#ff00ff", "#0000ff", "#ff0000", "#000000", "#ffffff"):
            page.evaluate("a => document.documentElement.style.setProperty('--accent', a)", accent)
            assert page.evaluate(CONTRAST)[1] == [], (name, accent)


def test_the_theme_switch(host: str, visit: Callable[..., Any]) -> None:
    """The system's wish holds until the reader chooses, and the choice is remembered."""

    def ground(page: Any) -> int:
        return int(
            page.evaluate(
                "parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"
            )
        )

    dark = visit(host + "index.html", host, color_scheme="dark")
    assert ground(dark) < 60
    light = visit(host + "index.html", host, color_scheme="light")
    assert ground(light) > 200
    button = light.get_by_role("button", name="Dark theme")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    for _ in "here", "after a reload":
        assert light.locator("html").get_attribute("data-theme") == "dark"
        assert button.get_attribute("aria-pressed") == "true"
        assert ground(light) < 60
        light.reload()
    light.goto(host + "tags/index.html")
    assert ground(light) < 60
    button.click()
    assert light.locator("html").get_attribute("data-theme") == "light"


def test_formulas_are_drawn(host: str, visit: Callable[..., Any], types: dict[str, str]) -> None:
    """MathML has a size, fractions stack, and a displayed formula stands on its own line."""
    page = visit(host + types["paper of formulas"], host)
    sizes = page.locator(".abstract math").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height])"
    )
    assert len(sizes) >= 3
    assert all(width > 20 and height > 8 for width, height in sizes)
    fraction = page.locator(".abstract mfrac").first.evaluate(
        "e => [...e.children].map(part => part.getBoundingClientRect().top)"
    )
    assert fraction[1] > fraction[0] + 3
    alone = page.locator('.abstract math[display="block"]').first.bounding_box()
    around = page.locator(".abstract").bounding_box()
    assert alone["width"] > 0.9 * page.locator(".abstract p").first.bounding_box()["width"]
    assert alone["x"] + alone["width"] <= around["x"] + around["width"] + 1
    assert page.locator("script", has_text="alert").count() == 0


def test_a_wide_formula_is_fitted_or_scrolls(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """What is a little too wide is made smaller, the rest scrolls: by finger and by keyboard."""
    page = visit(host + types["paper"], host, viewport={"width": 360, "height": 740})
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert page.locator(".abstract math").evaluate_all(cut) == 0
    page.goto(host + types["paper of formulas"])
    long = page.locator(".abstract math.wide")
    assert long.count() >= 2
    assert long.evaluate_all("all => all.every(e => e.tabIndex === 0)")
    long.first.focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        if long.first.evaluate("e => e.scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail("the arrow keys do not move the formula")
    assert page.locator("a [tabindex]").count() == 0


def test_a_telephone_shows_more_than_the_title(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """A usual title leaves room for the authors; a list starts on the first screen."""
    page = visit(host + types["paper"], host, viewport={"width": 360, "height": 740})
    assert page.locator("#abstract").bounding_box()["y"] < 600
    page.goto(host + types["tag"])
    assert page.locator(".entry-title").first.bounding_box()["y"] < 600


def test_paper_on_paper(host: str, visit: Callable[..., Any], types: dict[str, str]) -> None:
    """In print the text is black on white and the controls are gone, whatever the theme."""
    page = visit(host + types["paper"], host, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".abstract p").first.is_visible()
    for control in (".site-nav", ".search-box", ".theme-switch", ".neighbours"):
        assert page.locator(control).first.is_hidden(), control
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.skipif("AXE_JS" not in os.environ, reason="AXE_JS does not name an axe.min.js")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(
    scheme: str, host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """No violation of WCAG or of good practice that axe-core knows of."""
    axe = Path(os.environ["AXE_JS"]).read_text("utf-8")
    # The policy of the pages refuses foreign scripts, so axe comes in past it.
    page = visit(host + "index.html", host, color_scheme=scheme, bypass_csp=True)
    found = []
    for name, path in [*types.items(), ("results", "search.html?q=a")]:
        page.goto(host + path)
        if name == "results":
            page.locator(".entry").first.wait_for()
        page.evaluate(OPEN)
        page.evaluate(axe)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("new Promise(go => setTimeout(requestAnimationFrame, 50, go))")
            for fault in page.evaluate("axe.run().then(found => found.violations)"):
                found += [
                    (name, width, fault["id"], node["html"][:200], node["failureSummary"])
                    for node in fault["nodes"][:2]
                ]
    assert not found, "\n".join(map(str, found))
