"""One `Abstract:` after another, with no titles, dates or identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.links import find_links
from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.lines import LONGEST, find_lines, join_paragraphs, line_start

# Each starts with a letter, which is found much faster than the start of a line.
_COLON = re.compile(r"A(?:bstract|BSTRACT)[ \t]{0,4}[:：—–][ \t]*")
_LOWER = re.compile(r"abstract[ \t]{0,4}[:：][ \t]*(?=\s*[A-Z$\"“])")
_ALONE = re.compile(r"A(?:bstract|BSTRACT)[.]?[ \t]*\r?$", re.M)
_PLAIN = re.compile(r"[(\"“]?[A-Za-z][a-z]*(?:[-'’][A-Za-z]+)*[.,;:)\"”]{0,2}")
_LEAST = 20
_ENOUGH = 3
_ALONE_SHARE = 0.8


def _labels(text: str) -> list[re.Match[str]]:
    """The labels of `text`, of one kind: inside an abstract another kind is a word of its text."""
    for pattern in (_COLON, _ALONE, _LOWER):
        found = [m for m in pattern.finditer(text) if line_start(text, m.start()) >= 0]
        if found:
            return found
    return []


def _is_prose(passage: str) -> bool:
    """Whether `passage` begins as text does, not as code or as a heading's underline."""
    words = passage.split()[:30]
    plain = sum(_PLAIN.fullmatch(word) is not None for word in words)
    opens = passage.lstrip()[:1]
    return (opens.isalnum() or opens in "$\\\"“(`'[") and plain >= 3 and plain * 2 >= len(words)


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    labels = _labels(text)
    # Markup that holds such labels (a feed, a page's source) is for other readers.
    if not labels or text.lstrip().startswith("<"):
        return 0.0
    ends = [*(line_start(text, m.start()) for m in labels[1:]), len(text)]
    # A label with nothing after it is a gap in the copy and says nothing about the layout.
    bodies = [
        (m.end(), end)
        for m, end in zip(labels, ends, strict=True)
        if text[m.end() : min(end, m.end() + _LEAST)].strip()
    ]
    if not bodies:
        return 0.0
    full = sum(_LEAST <= end - start <= 20_000 for start, end in bodies) / len(bodies)
    # Mathematics begins abstracts too: only where most begin unlike text is it something else.
    plain = sum(_is_prose(text[start : start + 400]) for start, _ in bodies) / len(bodies)
    full *= min(1.0, 2 * plain)
    first = line_start(text, labels[0].start())
    lines = (text[line.start : line.end] for line in find_lines(text, 0, first))
    strange = sum(len(line) for line in lines if not is_furniture(line))
    # Where a line and its label are all there is of most, nothing is left to be another layout's.
    alone = sum("\n" not in text[start:end].strip() for start, end in bodies)
    sure = 0.96 if len(bodies) >= _ENOUGH and alone >= _ALONE_SHARE * len(bodies) else 0.9
    return sure * full * (1 - min(1.0, strange / max(1, len(text) - first)))


def read(text: str) -> Iterator[Passage]:
    """Every abstract of `text`; what stands before the first label is furniture or unread."""
    labels = _labels(text)
    first = labels[0].start() if labels else len(text)
    for line in find_lines(text, 0, first):
        if is_furniture(text[line.start : line.end]):
            yield Chrome((line.start, line.end))
        else:
            yield Unread((line.start, line.end), "stands before the first `Abstract:` label")
    ends = [*(m.start() for m in labels[1:]), len(text)]
    for m, end in zip(labels, ends, strict=False):
        start = m.start()
        lines = list(find_lines(text, m.end(), end))
        if not lines:
            yield Unread((start, start + len(m[0].strip())), "a label with nothing after it")
            yield Remark(start, "warning", "`Abstract:` with no abstract", "remove the label")
            continue
        if lines[-1].end - start > LONGEST:
            yield Unread((start, lines[-1].end), "too long for an abstract")
            continue
        abstract = join_paragraphs(text, lines)
        yield Record(span=(start, lines[-1].end), abstract=abstract, links=find_links(abstract))


READER = Reader("abstracts", recognise, read)
