"""Elements of an XML text, found by a linear scan that survives what is broken in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_COMMENT = ("<!--", "-->")
_CDATA = ("<![CDATA[", "]]>")
_LONGEST_TAG = 20_000
_TAG_END = re.compile(r"(?:[^\"'<>]++|\"[^\"<]*\"|'[^'<]*')*+>")
XMLNS = re.compile(r"\sxmlns(?::([A-Za-z_][A-Za-z0-9_.-]{0,39}))?\s*=\s*(\"[^\"<&]*\"|'[^'<&]*')")
"""A declaration of a namespace: its prefix, and its name in quotes."""


class Spot(NamedTuple):
    """Where an element stands."""

    name: str
    start: int
    end: int
    whole: bool
    """False where its start tag or its end tag is missing."""


def tag_end(text: str, pos: int) -> int:
    """Behind the `>` of the tag that starts at `pos`, or the end of the text."""
    m = _TAG_END.match(text, pos + 1)
    if m:
        return m.end()
    close = text.find(">", pos, pos + _LONGEST_TAG)
    return close + 1 if close >= 0 else min(len(text), pos + _LONGEST_TAG)


class _Sections:
    """Comments or CDATA of a text: where each one ends, asked in the order of the text."""

    def __init__(self, text: str, marks: tuple[str, str], entries: re.Pattern[str]) -> None:
        self.text, (self.opener, self.closer), self.entries = text, marks, entries
        self.close = 0

    def end(self, pos: int, limit: int) -> int:
        """Behind the section that opens at `pos`; behind its opener where nobody closed it."""
        inner = pos + len(self.opener)
        if 0 <= self.close < inner:
            self.close = self.text.find(self.closer, inner)
        if self.close < 0:
            return inner
        # Left open, it would swallow entries up to the end of the next one's section.
        other = self.text.find(self.opener, inner, self.close)
        if other >= 0 and self.entries.search(self.text, inner, other):
            return inner
        return min(self.close + len(self.closer), max(limit, inner))


def find_spots(text: str, names: frozenset[str], start: int, end: int) -> Iterator[Spot]:
    """The elements called one of `names` in text[start:end], in order, none inside another.

    An element that is open when the next of its name starts has lost its end tag. An end tag
    without a start yields what stands between it and the spot before.
    """
    words = "|".join(sorted(map(re.escape, names)))
    entries = re.compile(rf"<(?:[\w.-]{{1,40}}:)?(?:{words})(?=[\s/>])")
    token = re.compile(rf"<(?:(!--)|(!\[CDATA\[)|(/?)((?:[\w.-]{{1,40}}:)?(?:{words}))(?=[\s/>]))")
    comments = _Sections(text, _COMMENT, entries)
    cdata = _Sections(text, _CDATA, entries)
    pos = reached = start
    opened: tuple[str, int, str] | None = None
    nested = 0
    while m := token.search(text, pos, end):
        if m[1] or m[2]:
            pos = (comments if m[1] else cdata).end(m.start(), end)
            continue
        name, pos = m[4], min(tag_end(text, m.start()), end)
        if m[3]:
            if opened is None:
                yield Spot(_local(name), reached, pos, False)
                reached = pos
            elif nested and name == opened[0]:
                nested -= 1
            elif name == opened[0]:
                yield Spot(_local(name), opened[1], pos, True)
                opened, reached = None, pos
            continue
        alone = text[pos - 2 : pos] == "/>"
        space = _own_space(text, m.start(), pos)
        if opened is None:
            if alone:
                yield Spot(_local(name), m.start(), pos, True)
                reached = pos
            else:
                opened = (name, m.start(), space)
        elif name == opened[0] and space == opened[2] and not nested:
            yield Spot(_local(name), opened[1], m.start(), False)
            opened, reached = (None, pos) if alone else ((name, m.start(), space), m.start())
        elif name == opened[0] and not alone:
            nested += 1
    if opened is not None:
        yield Spot(_local(opened[0]), opened[1], end, False)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _own_space(text: str, start: int, end: int) -> str:
    if end - start > _LONGEST_TAG or text.find("xmlns", start, end) < 0:
        return ""
    return next((value for prefix, value in XMLNS.findall(text[start:end]) if not prefix), "")
