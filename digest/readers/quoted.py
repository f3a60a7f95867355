"""Text that a mail program quoted: each line behind `> `, whatever layout stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from digest.readers.base import Chrome, Passage, Reader, Remark, Unread

_LEAD = re.compile(r"^[ \t]{0,4}(?:>[ \t]?){1,8}", re.M)
_LINES = re.compile(r"^[^\r\n]*\S", re.M)
_SHARE = 0.8
_FEWEST = 4


def unquote(text: str) -> str:
    """`text` with the marks of quotation blanked: every other character keeps its place."""
    return _LEAD.sub(lambda m: " " * len(m[0]), text)


def _inner(text: str) -> Reader | None:
    if len(_LEAD.findall(text)) < max(_FEWEST, _SHARE * len(_LINES.findall(text))):
        return None
    from digest.readers.recognition import recognise as find  # noqa: PLC0415 - it knows this one

    return find(unquote(text))


def recognise(text: str) -> float:
    """How sure it is that `text` is quoted, and that what is quoted has a layout."""
    return 0.96 if _inner(text) is not None else 0.0


def read(text: str) -> Iterator[Passage]:
    """What the layout's own reader reads; the marks belong to the lines that they stand before."""
    inner = _inner(text[:65_536]) or _inner(text)
    if inner is None:
        yield Unread((0, len(text)), "nothing known is quoted here")
        return
    reached = 0
    for passage in inner.read(unquote(text)):
        if isinstance(passage, Remark):
            yield passage
            continue
        start, end = passage.span
        line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        if line >= reached and not text[line:start].strip(" \t>"):
            start = line
        yield from _marks(text, reached, start)
        yield structs.replace(passage, span=(start, end))
        reached = end
    yield from _marks(text, reached, len(text))


def _marks(text: str, start: int, end: int) -> Iterator[Passage]:
    """The marks of lines with nothing else on them."""
    if "> " not in text[start:end] and ">" not in text[start:end]:
        return
    if not text[start:end].strip(" \t\r\n>\ufeff"):
        words = text[start:end].strip()
        at = text.index(words, start)
        yield Chrome((at, at + len(words)))


READER = Reader("quoted", recognise, read)
