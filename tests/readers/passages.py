"""The contract of a single reader, checked from outside."""

from __future__ import annotations

from pathlib import Path

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread

SHARED = Path(__file__).parents[2] / "../shared"
"""Files of other people, beside the repository; may be absent."""


def account(reader: Reader, text: str) -> list[Passage]:
    """What `reader` yields for `text`, after a check that it holds every character once."""
    passages = list(reader.read(text))
    seen = bytearray(len(text))
    reached = 0
    for passage in passages:
        if isinstance(passage, Remark):
            assert 0 <= passage.at <= len(text), passage
            continue
        assert isinstance(passage, Record | Chrome | Unread)
        start, end = passage.span
        assert reached <= start < end <= len(text), (reached, passage)
        reached = end
        seen[start:end] = b"\x01" * (end - start)
    lost = [at for at, c in enumerate(text) if not c.isspace() and not seen[at]]
    assert not lost, f"{len(lost)} characters unaccounted from {text[lost[0] : lost[0] + 60]!r}"
    return passages


def records(passages: list[Passage]) -> list[Record]:
    """The records among `passages`."""
    return [passage for passage in passages if isinstance(passage, Record)]


def remarks(text: str, passages: list[Passage]) -> list[tuple[int, str, str]]:
    """Line, severity and message of each remark."""
    return [
        (text.count("\n", 0, passage.at) + 1, passage.severity, passage.message)
        for passage in passages
        if isinstance(passage, Remark)
    ]


def line_of(text: str, words: str) -> int:
    """The line on which `words` first stand."""
    return text.count("\n", 0, text.index(words)) + 1
