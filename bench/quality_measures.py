"""What the judge of quality measures inside a page, in JavaScript."""

from __future__ import annotations

SETTLE = """async () => {
  await new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)));
  await document.fonts.ready;
  await Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0)));
}"""
"""Ends when the page is drawn, its fonts are there and nothing moves."""

RESULTS = """async () => {
  for (let i = 0; i < 100; i++) {
    if (document.querySelector(".entry")) return true;
    await new Promise(go => setTimeout(go, 100));
  }
  return false;
}"""
"""Whether a search shows something in time."""

SHIFTS = """window.shiftsSoFar = [0, []];
new PerformanceObserver(list => {
  for (const e of list.getEntries()) {
    if (e.hadRecentInput) continue;
    shiftsSoFar[0] += e.value;
    shiftsSoFar[1].push(...e.sources.map(s => (s.node?.outerHTML ?? "text").slice(0, 90)
      + ` from ${[s.previousRect.x, s.previousRect.y]} to ${[s.currentRect.x, s.currentRect.y]}`));
  }
}).observe({type: "layout-shift", buffered: true});"""
SHIFTS_SO_FAR = "() => shiftsSoFar"
"""Their sum, and what moved."""

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
"""WCAG 2.2, success criterion 1.4.12."""

CLIPPED = """() => {
  // Text that its own box cuts off. What can be scrolled is not cut off, what only screen readers
  // are to find is cut on purpose, and a formula's box goes by its ink but its line by the font.
  const cut = [];
  for (const e of document.querySelectorAll("body *")) {
    const style = getComputedStyle(e);
    const hides = ["hidden", "clip"];
    if (!hides.includes(style.overflowX) && !hides.includes(style.overflowY)) continue;
    const box = e.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || !e.textContent.trim()) continue;
    if (e.closest("svg, math, .vh, .vh-until-focus")) continue;
    if ((hides.includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
        || (hides.includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1))
      cut.push("cut off: " + e.outerHTML.slice(0, 140));
  }
  return cut;
}"""
"""Elements whose text is cut off."""

_STOPS = """const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex], audio[controls]")]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true})
    && !(e.type === "radio" && e.name && !e.checked));"""

STOPS = f"() => {{ {_STOPS} return stops.length; }}"
"""How many elements the Tab key must reach; of radio buttons the checked one."""

START = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""
"""The next press of the Tab key begins at the top, also where the page chose a place."""

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const was = window.lastFocused;
  window.lastFocused = at;
  // What stands for a field that is not drawn itself is its label.
  const drawn = at.matches(".vh") ? at.closest("label") ?? at : at;
  const box = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
  const style = getComputedStyle(at);
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  // Only what does not move with the page can cover what has just been scrolled into view.
  let cover = "";
  for (let e = over; e && e !== document.body; e = e.parentElement)
    if (["fixed", "sticky"].includes(getComputedStyle(e).position) && !e.contains(at))
      cover = e.outerHTML.slice(0, 80);
  const parent = at.matches("input, select") ? getComputedStyle(at.parentElement) : style;
  return {
    html: at.outerHTML.slice(0, 140),
    ring: [style, parent].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      && box.width > 1 && box.height > 1,
    covered: cover,
    first: at === (window.firstFocused ??= at),
    backwards: Boolean(was?.isConnected
      && was.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING),
  };
}"""
"""Where the focus is; null where it has left the page."""

DEAD_CONTROLS = """() => [...document.querySelectorAll("button, select, input, dialog[open]")]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest("form[action]"))
  .map(e => "does nothing without scripts: " + e.outerHTML.slice(0, 120))"""
"""Controls that one sees though no script is there to answer them."""

GRAPHICS = """() => {
  // A shape that is drawn in the colour of its ground cannot be seen.
  const ground = getComputedStyle(document.body).backgroundColor;
  const lost = [];
  for (const svg of document.querySelectorAll("svg")) {
    if (!svg.checkVisibility({visibilityProperty: true})) continue;
    const shapes = [...svg.querySelectorAll("path, rect, circle, line, polyline, text")];
    const none = ["none", "rgba(0, 0, 0, 0)", ground];
    const seen = shapes.some(e => {
      const style = getComputedStyle(e);
      return !none.includes(style.fill) || !none.includes(style.stroke);
    });
    if (shapes.length && !seen) lost.push("not to be seen: " + svg.outerHTML.slice(0, 140));
  }
  return lost;
}"""
"""Drawings of which nothing can be seen."""
