"""What one page of a site says: where it leads, what it names, and what it lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

_TAG = re.compile(r"<(?:!--.*?-->|(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)')""")
_LEADS = {
    "a": "href",
    "area": "href",
    "form": "action",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
}
_REFRESH = re.compile(r"\s*\d+\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>\s*[^<\s]", re.IGNORECASE)


class Lead(Struct, frozen=True):
    """An address on a page."""

    target: str
    line: int


class Seen(Struct, frozen=True):
    """What a page says."""

    leads: tuple[Lead, ...]
    names: tuple[str, ...]
    """Its `id`s, to which a `#` may lead; each once."""
    faults: tuple[tuple[int | None, str, str], ...]
    """Line, what was found and what to do."""


def look(text: str) -> Seen:
    """What the HTML page `text` says."""
    leads: list[Lead] = []
    names: Counter[str] = Counter()
    faults: list[tuple[int | None, str, str]] = []
    line, at = 1, 0
    for tag, values, start in _tags(text):
        line += text.count("\n", at, start)
        at = start
        if found := values.get("id"):
            names[found] += 1
        target = values.get(_LEADS.get(tag, ""))
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            refresh = _REFRESH.match(values.get("content", ""))
            target = refresh[1].strip() if refresh else None
        if target is not None:
            leads.append(Lead(target, line))
        if tag == "img" and "alt" not in values:
            faults.append((line, "a picture has no text", "Write what it shows in alt="))
        if tag == "html" and not values.get("lang"):
            faults.append((line, "the page names no language", "Write it in lang= of <html>."))
    if not _TITLE.search(text):
        faults.append((None, "the page has no title", "Fill the block title of its template."))
    faults += [
        (None, f"{count} elements are called #{name}", "Give each its own id.")
        for name, count in names.items()
        if count > 1
    ]
    return Seen(tuple(leads), tuple(names), tuple(faults))


def _tags(text: str) -> Iterator[tuple[str, dict[str, str], int]]:
    for found in _TAG.finditer(text):
        if name := found["name"]:
            values = {
                key.lower(): unescape(double or single)
                for key, double, single in _ATTRIBUTE.findall(found["rest"])
            }
            yield name.lower(), values, found.start()
