"""A page as entries with the lines below each: what the readers of such pages share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.readers.base import Passage
from digest.readers.listings.labelled import Anchor, Judge, read_entry, read_furniture
from digest.readers.listings.lines import Line

Anchors = list[tuple[int, Anchor]]
"""Where the entries of a page begin: the index of a line, and what the lines up to it say."""


def read_below(
    text: str, lines: list[Line], anchors: Anchors, ends: Judge, skips: Judge, chrome: Judge
) -> Iterator[Passage]:
    """The entries of `anchors`, each with the lines below it; `chrome` knows what parts them."""
    first = anchors[0][0] if anchors else len(lines)
    yield from read_furniture(text, lines[:first], ends, skips, chrome, is_short)
    for place, (index, anchor) in enumerate(anchors):
        stop = anchors[place + 1][0] if place + 1 < len(anchors) else len(lines)
        below = index
        while below < stop and lines[below].start < anchor.end:
            below += 1
        yield from read_entry(text, anchor, lines[below:stop], ends, skips, chrome)


def judge(pattern: re.Pattern[str], longest: int) -> Judge:
    """Whether a whole line has the shape `pattern`, up to `longest` characters."""
    return lambda line: len(line) <= longest and pattern.fullmatch(line) is not None


def is_short(line: str) -> bool:
    """Above the first paper of a page that is known stand its headings, never a sentence."""
    return len(line) <= 140 and not line.endswith((".", ","))
