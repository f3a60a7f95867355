"""The account of an XML text whose papers are elements: entries, what is broken, and the rest."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

from digest.paper import Record, Span
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.xml.door import Fault, Root, parse
from digest.readers.xml.scan import Spot, find_spots

Understand = Callable[[ET.Element, Span], Record | str]
"""Makes a record of an element that stands at a span, or says why it is no paper."""


def read_entries(
    text: str, root: Root, names: frozenset[str], understand: Understand
) -> Iterator[Passage]:
    """Every element called one of `names`, each by itself, and what stands between them."""
    yield from prolog(root)
    reached, found = 0, False
    for spot in find_spots(text, names, root.start, len(text)):
        yield from gap(text, reached, spot.start)
        reached, found = spot.end, True
        yield from entry(text, spot, root, understand)
    yield from gap(text, reached, len(text))
    if not found:
        yield nothing(root)


def prolog(root: Root) -> Iterator[Remark]:
    """A warning where the document type declares entities."""
    if root.declares is not None:
        yield Remark(
            root.declares,
            "warning",
            "the document type declares entities; they are not expanded",
            "write the characters themselves",
        )


def nothing(root: Root) -> Remark:
    """What to say about a file without entries."""
    return Remark(
        root.start, "note", f"no paper in this <{root.name}>", "check the query that it answers"
    )


def entry(text: str, spot: Spot, root: Root, understand: Understand) -> Iterator[Passage]:
    """The record at `spot`, or the passage unread and why."""
    if not spot.whole:
        closing = text.startswith("</", text.rfind("<", spot.start, spot.end))
        lost = "start tag" if closing and not _opens(text, spot) else "end tag"
        yield from refused(text, spot, spot.start, f"<{spot.name}> without its {lost}")
        return
    try:
        element, mended = parse(text, spot, root.spaces)
    except Fault as fault:
        yield from refused(text, spot, fault.at, f"<{spot.name}> is not valid XML: {fault.why}")
        return
    result = understand(element, (spot.start, spot.end))
    if isinstance(result, str):
        yield Unread((spot.start, spot.end), result)
        yield Remark(spot.start, "warning", result, "remove it, if it is no paper")
        return
    if mended:
        yield Remark(
            spot.start,
            "warning",
            f"<{spot.name}> is not valid XML ({mended}); read nevertheless",
            "check this entry's text",
        )
    yield result


def _opens(text: str, spot: Spot) -> bool:
    m = re.compile(rf"<(?:[\w.-]{{1,40}}:)?{re.escape(spot.name)}[\s/>]").match(text, spot.start)
    return m is not None


def refused(text: str, spot: Spot, at: int, why: str) -> Iterator[Passage]:
    """The passage at `spot`, left unread because of what stands at `at`."""
    end = spot.start + len(text[spot.start : spot.end].rstrip())
    yield Unread((spot.start, end), why)
    yield Remark(at, "error", why, "mend or remove this entry; the others were read")


def gap(text: str, start: int, end: int) -> Iterator[Passage]:
    """What stands between entries: markup is chrome, bare words around it are unread."""
    first, last = text.find("<", start, end), text.rfind(">", start, end) + 1
    if first < 0 or last <= first:
        first = last = end
    for left, right, chrome in ((start, first, False), (first, last, True), (last, end, False)):
        passage = text[left:right]
        words = passage.strip()
        if not words:
            continue
        begin = left + len(passage) - len(passage.lstrip())
        span = (begin, begin + len(words))
        if chrome or "style information associated" in words:
            yield Chrome(span)
        else:
            yield Unread(span, "words outside of the XML")
