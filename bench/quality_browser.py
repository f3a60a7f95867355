"""What Chromium tells of a page: what axe-core finds, what does not fit, keys, colours, weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from quality_measures import (
    CLIPPED,
    DEAD_CONTROLS,
    FOCUS,
    GRAPHICS,
    RESULTS,
    SETTLE,
    SHIFTS,
    SHIFTS_SO_FAR,
    SPACING,
    START,
    STOPS,
)
from quality_sites import Site

from tests.browser.measures import CONTRAST, OVERFLOW

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
SCHEMES = ("light", "dark")
_OPEN = "document.querySelectorAll('details').forEach(e => { e.open = true; })"
_TELEPHONE = {"width": 360, "height": 780}
_DESK = {"width": 1280, "height": 900}
_MOST_STOPS = 1500
"""Presses of the Tab key after which a page counts as a trap."""
KINDS = ("HTML", "CSS", "JS", "data", "font", "other")
"""Of what is transferred."""
_RESOURCES = {"Document": "HTML", "Stylesheet": "CSS", "Script": "JS", "Font": "font"}
_RESOURCES |= {"Fetch": "data", "XHR": "data"}


@dataclass
class Verdict:
    """What is wrong with one page, by what was judged, and what it weighs."""

    kind: str
    path: str
    faults: dict[str, list[str]] = field(default_factory=dict)
    shift: float = 0.0
    """Cumulative layout shift, the worst of telephone and desk."""
    weight: Counter[str] = field(default_factory=Counter)
    """Bytes of a first visit by kind, heads of the answers included."""
    cards: int = 0
    """Papers that are listed."""
    stops: int = 0
    """How often the Tab key moves the focus."""


def axe_source() -> str | None:
    """The text of axe-core as the package of the test extra brings it, or None."""
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        return None


class Judge:
    """A Chromium that judges the pages of a site."""

    def __init__(self, browser: Any, site: Site, axe: str | None) -> None:
        self._browser = browser
        self._site = site
        self._axe = axe
        self.verdicts = {k: Verdict(k, path) for k, path in site.kinds.items()}

    @contextmanager
    def _each(self, **options: Any) -> Iterator[Callable[[], Iterator[tuple[Verdict, Any]]]]:
        """Pages in turn in one context."""
        context = self._browser.new_context(**options)
        context.set_default_timeout(20_000)
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda words: words.type == "error" and said.append(words.text))

        def pages() -> Iterator[tuple[Verdict, Any]]:
            for verdict in self.verdicts.values():
                if verdict.kind == "redirect":
                    continue  # it leads away before it can be judged; vnu sees it
                page.goto(self._site.address + verdict.path)
                if options.get("java_script_enabled", True):  # else no frame would be waited for
                    if verdict.kind == "results" and not page.evaluate(RESULTS):
                        said.append("no results after 10 seconds")
                    page.evaluate(SETTLE)
                verdict.faults.setdefault("errors", []).extend(said)
                said.clear()
                yield verdict, page

        yield pages
        context.close()

    def ask_axe(self) -> None:
        """Violations of WCAG 2.2 A and AA, and apart from them of good practice."""
        # The policy of the pages refuses foreign scripts, so axe comes in past it.
        with self._each(bypass_csp=True, reduced_motion="reduce") as pages:
            for verdict, page in pages():
                page.evaluate(_OPEN)
                page.evaluate(self._axe)
                verdict.faults |= {name: [] for name in ("axe light", "axe dark", "good practice")}
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    for size in (_TELEPHONE, _DESK):
                        page.set_viewport_size(size)
                        self._run_axe(verdict, page, scheme)

    def _run_axe(self, verdict: Verdict, page: Any, scheme: str) -> None:
        page.evaluate(SETTLE)
        tags = [*WCAG, "best-practice"]
        options = {"runOnly": tags, "rules": {"target-size": {"enabled": True}}}
        found = page.evaluate("options => axe.run(options).then(f => f.violations)", options)
        for fault in found:
            good = "best-practice" in fault["tags"]
            list_ = verdict.faults.setdefault("good practice" if good else f"axe {scheme}", [])
            list_ += [f"{fault['id']}: {node['html'][:160]}" for node in fault["nodes"]]

    def fit(self) -> None:
        """No page scrolls sideways or loses text: narrow, zoomed, large text, wide spacing."""
        with self._each(bypass_csp=True, reduced_motion="reduce") as pages:
            for verdict, page in pages():
                page.evaluate(_OPEN)
                for name, width in (("320 px", 320), ("zoom 200 %", 640), ("desk", 1280)):
                    page.set_viewport_size({"width": width, "height": 512})
                    verdict.faults.setdefault(name, []).extend(page.evaluate(OVERFLOW))
                before = set(page.evaluate(CLIPPED))
                for name, style, width in (
                    ("text 200 %", "html { font-size: 200% !important }", 1280),
                    ("spacing", SPACING, 1280),
                    ("spacing", SPACING, 320),
                ):
                    page.set_viewport_size({"width": width, "height": 900})
                    sheet = page.add_style_tag(content=style)
                    lost = [c for c in page.evaluate(CLIPPED) if c not in before]
                    faults = page.evaluate(OVERFLOW) + lost
                    verdict.faults.setdefault(name, []).extend(faults)
                    sheet.evaluate("e => e.remove()")

    def press_keys(self) -> None:
        """Every stop of the Tab key is seen, marked and free, all are reached, and one gets out."""
        with self._each(reduced_motion="reduce", viewport={"width": 1280, "height": 700}) as pages:
            for verdict, page in pages():
                self._walk(verdict, page)

    def _walk(self, verdict: Verdict, page: Any) -> None:
        faults = verdict.faults.setdefault("keys", [])
        wanted = page.evaluate(STOPS)
        page.evaluate(START)
        backwards = 0
        html = ""
        for number in range(_MOST_STOPS):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUS)
            if at is None or (number and at["first"]):  # out, or in again by the front door
                verdict.stops = number
                break
            if not at["ring"]:
                faults.append(f"no mark of the focus: {at['html']}")
            if not at["seen"]:
                faults.append(f"focus out of sight: {at['html']}")
            if at["covered"]:
                faults.append(f"focus covered by {at['covered']}: {at['html']}")
            backwards += at["backwards"]
            html = at["html"]
        else:
            faults.append(f"no way out after {_MOST_STOPS} presses of Tab, at {html}")
        if backwards:
            faults.append(f"the focus jumps backwards {backwards} times")
        if not faults and verdict.stops < wanted:  # more may come while one walks
            faults.append(f"{wanted} stops, {verdict.stops} reached")

    def force_colours(self) -> None:
        """Text stands out where the system chooses the colours, and graphics do not vanish."""
        with self._each(forced_colors="active", reduced_motion="reduce") as pages:
            for verdict, page in pages():
                page.evaluate(_OPEN)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme, forced_colors="active")
                    faults = page.evaluate(CONTRAST)[1] + page.evaluate(GRAPHICS)
                    verdict.faults.setdefault("forced", []).extend(faults)

    def want_contrast(self) -> None:
        """Text stands out in both schemes, and more so where the reader asks for it: 7 to 1."""
        with self._each(reduced_motion="reduce") as pages:
            for verdict, page in pages():
                page.evaluate(_OPEN)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme, contrast="no-preference")
                    verdict.faults.setdefault("contrast", []).extend(page.evaluate(CONTRAST)[1])
                    page.emulate_media(color_scheme=scheme, contrast="more")
                    more = page.evaluate(CONTRAST.replace("? 3 : 4.5", "? 4.5 : 7"))[1]
                    verdict.faults.setdefault("more contrast", []).extend(more)

    def without_scripts(self) -> None:
        """The same text without scripts, no control that does nothing, nothing sideways."""
        with self._each(java_script_enabled=False) as pages:
            for verdict, page in pages():
                faults = verdict.faults.setdefault("no scripts", [])
                text = page.evaluate("document.querySelector('main').innerText.trim()")
                if len(text) < 20:
                    faults.append(f"hardly any text: {text}")
                faults += page.evaluate(DEAD_CONTROLS)

    def weigh(self) -> None:
        """Layout shift and transfer of a first visit, by telephone and at a desk."""
        for verdict in self.verdicts.values():
            if verdict.kind == "redirect":
                continue
            for size in (_TELEPHONE, _DESK):
                self._visit(verdict, size)

    def _visit(self, verdict: Verdict, size: dict[str, int]) -> None:
        context = self._browser.new_context(viewport=size)
        context.add_init_script(SHIFTS)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        kinds: dict[str, str] = {}
        weight: Counter[str] = Counter()

        def note(answer: dict[str, Any]) -> None:
            data = "/data/" in answer["response"]["url"]  # some of it comes as scripts
            kind = "data" if data else _RESOURCES.get(answer["type"], "other")
            kinds[answer["requestId"]] = kind

        def add(end: dict[str, Any]) -> None:
            weight[kinds.get(end["requestId"], "other")] += int(end["encodedDataLength"])

        session.on("Network.responseReceived", note)
        session.on("Network.loadingFinished", add)
        page.goto(self._site.address + verdict.path, wait_until="networkidle")
        page.evaluate(SETTLE)
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(100)
        verdict.cards = page.locator("article.entry").count()
        shift, moved = page.evaluate(SHIFTS_SO_FAR)
        verdict.shift = max(verdict.shift, shift)
        verdict.faults.setdefault("shifts", []).extend(moved)
        if sum(weight.values()) > sum(verdict.weight.values()):
            verdict.weight = weight
        context.close()
