"""Pages of a daily digest: numbered titles, each with its authors, under topics with a count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.readers.base import Passage, Reader
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.labelled import Anchor
from digest.readers.listings.labels import label_of, split_midline
from digest.readers.listings.lines import Line, find_lines
from digest.readers.listings.pages import Anchors, judge, read_below
from digest.text import fold

_NUMBERED = re.compile(r"(\d{1,4})[.)](?:\s{1,8}(?=\S)|$)")
_COUNTED = re.compile(r"(.{3,100}?)\s?\((\d{1,5})\)")
_ENDS = re.compile(
    r".{3,100}?\s?\(\d{1,5}\)|back to .{0,80}|(?:previous|next) day.{0,40}|monthly overview.{0,40}"
    r"|table of contents.{0,60}"
    r"|(?:paper selection prompt|system prompt|user prompt)\b.{0,80}"
    r"|[-=*_]{3,}|topics?: .{0,60}|generated (?:by|with|on).{0,80}",
    re.I,
)
_SKIPS = re.compile(r"(?:relevance|novelty)\s?:.{0,60}|\[?(?:more|top|topic)\]?", re.I)
_FIELDS = ("authors", "eprint", "abstract")


def _numbered(text: str, lines: list[Line]) -> tuple[Anchors, int]:
    """The entries of a digest, and how many of its numbered lines are none."""
    found: Anchors = []
    topic: tuple[str, ...] = ()
    others = 0
    previous = 0
    for index, line in enumerate(lines):
        m = _NUMBERED.match(text, line.start, line.end)
        bare = m is not None and m.end() == line.end
        if m is None:
            heading = _COUNTED.fullmatch(text, line.start, min(line.end, line.start + 120))
            if heading and heading.end() == line.end:
                topic = (fold(heading[1]),)
            continue
        number = int(m[1])
        title, authors = (None, None) if bare else split_midline(text, m.end(), line.end)
        anchor = Anchor(line.start, line.end, title=title, authors=authors, tags=topic)
        follows = lines[index + 1 : index + 3]
        told = authors is not None or any(
            (label := label_of(text, below)) and label[0] in _FIELDS for below in follows
        )
        if not told and follows and not follows[0].after_blank:
            told = split_midline(text, follows[0].start, follows[0].end)[1] is not None
        if told:
            found.append((index, anchor))
            previous = number
        elif found and number == previous + 1 and index >= len(lines) - 2:
            # The page was cut within its last entry.
            found.append((index, anchor))
        else:
            others += 1
    return found, others


def recognise(text: str) -> float:
    """How sure it is that `text` is a digest: numbered titles, each with its authors."""
    if "uthor" not in text or text.lstrip()[:1] in "<{":
        return 0.0
    lines = list(find_lines(text))
    found, others = _numbered(text, lines)
    if len(found) < 2 or found[0][0] > 40:
        return 0.0
    return 0.9 * len(found) / (len(found) + others)


def read(text: str) -> Iterator[Passage]:
    lines = list(find_lines(text))
    found, _ = _numbered(text, lines)
    yield from read_below(text, lines, found, judge(_ENDS, 200), judge(_SKIPS, 120), is_furniture)


READER = Reader("digest-page", recognise, read)
