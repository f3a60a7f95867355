"""What stands around the papers of a mail: its header, rulers, headings and footer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.readers.base import Chrome, Passage, Remark, Unread

_BLANKS = " \t\n\f\v\u00a0"
_RULER = re.compile(r"[-%=_*#~]{5,}|\\\\|/\*.{0,80}\*/|>+")
_HEADER = re.compile(r"[A-Z][A-Za-z-]{1,40}:(?:\s|$)")
_SAID_BY_ARXIV = re.compile(
    r"arxiv|\bxxx\.|received|submi(?:t|ssion)|subscri|\.abs\b|e-?mail|subject class|cross.?list"
    r"|replace|\bget \d|archive|mailing|listing|begin forwarded|forwarded message",
    re.I,
)
_LONGEST = 30


def read_margin(text: str, start: int, end: int) -> Iterator[Passage]:
    """An account of text[start:end], which lies outside the papers."""
    gap = text[start:end]
    body = gap.strip(_BLANKS)
    if not body:
        return
    left = start + len(gap) - len(gap.lstrip(_BLANKS))
    if not body.strip("-"):
        yield Chrome((left, left + len(body)))
        return
    block: list[tuple[int, int]] = []
    pos = left
    for raw in body.split("\n"):
        line = raw.strip()
        begin = pos + len(raw) - len(raw.lstrip())
        pos += len(raw) + 1
        if line and not _RULER.fullmatch(line):
            block.append((begin, begin + len(line)))
            continue
        yield from _judge(text, block)
        block = []
        if line:
            yield Chrome((begin, begin + len(line)))
    yield from _judge(text, block)


def _judge(text: str, block: list[tuple[int, int]]) -> Iterator[Passage]:
    """Lines that stand together: the mail's own words, or something that nobody expected here."""
    if not block:
        return
    start, end = block[0][0], block[-1][1]
    lines = [text[a:b] for a, b in block]
    headers = sum(_HEADER.match(line) is not None for line in lines)
    said = sum(_SAID_BY_ARXIV.search(line) is not None for line in lines)
    if len(lines) <= _LONGEST and (said or headers * 2 >= len(lines)):
        yield Chrome((start, end))
        return
    yield Unread((start, end), "stands between the papers of a mail")
    yield Remark(
        start,
        "warning",
        "text between the papers of the mail, which belongs to none",
        "if it is a paper, begin it with a line `\\\\` and a line `arXiv:` with its identifier",
    )
