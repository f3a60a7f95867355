"""What the tests of reference managers' formats share: the account of characters made for a
reader that need not stand in READERS, and the real files beside the repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.decode import decode

SHARED = Path(__file__).parents[2] / "../shared"


def read_all(reader: Reader, text: str) -> list[Passage]:
    """The passages of `text`; fails unless they hold every non-space character once."""
    passages = list(reader.read(text))
    seen = bytearray(len(text))
    reached = -1
    for passage in passages:
        if isinstance(passage, Remark):
            assert 0 <= passage.at <= max(0, len(text) - 1)
            continue
        start, end = passage.span
        assert reached <= start < end <= len(text), "passages stand in order"
        reached = end
        for at in range(start, end):
            seen[at] += 1
    lost = [at for at, c in enumerate(text) if not c.isspace() and seen[at] != 1]
    assert not lost, f"lost at {lost[:5]}: {text[lost[0] : lost[0] + 40]!r}"
    return passages


def records(reader: Reader, text: str) -> list[Record]:
    return [p for p in read_all(reader, text) if isinstance(p, Record)]


def only(reader: Reader, text: str) -> Record:
    (record,) = records(reader, text)
    return record


def unread(passages: list[Passage]) -> list[Unread]:
    return [p for p in passages if isinstance(p, Unread)]


def chrome(passages: list[Passage]) -> list[Chrome]:
    return [p for p in passages if isinstance(p, Chrome)]


def remarks(passages: list[Passage]) -> list[Remark]:
    return [p for p in passages if isinstance(p, Remark)]


def real_texts(*folders: str) -> Iterator[tuple[Path, str]]:
    """The decoded text files below `../shared/<folder>`; skips the test where there are none."""
    found = False
    for folder in folders:
        for path in sorted((SHARED / folder).rglob("*")):
            if path.is_file() and path.stat().st_size < 3_000_000:
                found = True
                text = decode(path.read_bytes(), path.name).text
                if text is not None:
                    yield path, text
    if not found:
        pytest.skip(f"no real files: {', '.join(folders)} is not in ../shared")
