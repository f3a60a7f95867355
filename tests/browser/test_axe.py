"""axe-core finds nothing to complain of on any kind of page, in both themes."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
FITTED = ["target-size", "scrollable-region-focusable", "link-name", "button-name"]
"""What the width changes."""
PHONE = ("home", "paper", "tag", "tag index", "results", "saved")
"""Kinds of page on which a telephone shows what a wide screen hides, or shows it otherwise."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""What the theme changes."""
WIDE = 1280
RUN = """async only => {
  document.querySelectorAll("details").forEach(e => { e.open = true; });
  await new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)));
  // The size of targets is the one rule of WCAG 2.2 that axe does not ask for by itself.
  const rules = only.type === "tag" ? {"target-size": {enabled: true}} : {};
  const found = await axe.run({runOnly: only, rules});
  return [found.passes.length, found.violations.flatMap(
    fault => fault.nodes.slice(0, 2).map(node => [fault.id, node.html.slice(0, 200)]))];
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core: recent enough to know WCAG 2.2."""
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed"
    )
    text = files(package).joinpath("axe.min.js").read_text("utf-8")
    assert "wcag22aa" in text, "this axe-core is older than WCAG 2.2"
    return text


@pytest.mark.parametrize("width", [360, WIDE])
def test_axe_finds_nothing(
    width: int, host: str, visit: Callable[..., Any], types: dict[str, str], axe: str
) -> None:
    """No violation of WCAG 2.2 A and AA, and none of good practice, light and dark; on a telephone
    of pages that are other there, and of all pages in what its width may break."""
    size = {"width": width, "height": 900}
    # The policy of the pages refuses foreign scripts, so axe comes in past it.
    page = visit(host + "index.html", host, viewport=size, bypass_csp=True)
    found = []
    others = [("results", "search.html?q=a"), ("saved", "saved.html")]
    for name, path in [*types.items(), *others]:
        page.goto(host + path)
        if name == "results":
            page.locator(".entry").first.wait_for()
        page.evaluate(axe)
        whole = ("tag", TAGS) if width == WIDE or name in PHONE else ("rule", FITTED + COLOURS)
        for scheme, kind, values in (("light", *whole), ("dark", "rule", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            passed, faults = page.evaluate(RUN, {"type": kind, "values": values})
            assert passed > (10 if kind == "tag" else 0), name
            found += [(name, scheme, *fault) for fault in faults]
    assert not found, "\n".join(map(str, found))
