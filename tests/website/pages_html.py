"""A strict reader of HTML pages for tests: what a browser would make of them, and faults."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class PageParser(HTMLParser):
    """Collects links, ids, headings and elements, and complains about what is not well made."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        if len(values) != len(attrs):
            self.faults.append(f"{tag}: an attribute twice")
        self.links += [v for n in ("href", "src") if (v := values.get(n)) is not None]
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if any(n.startswith("on") or n == "style" for n in values):
            self.faults.append(f"{tag}: script or style in the page")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> does not match")


def parse(text: str) -> PageParser:
    """`text` read to its end."""
    parser = PageParser()
    parser.feed(text)
    parser.close()
    return parser
