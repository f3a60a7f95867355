"""No separator at all: the next abstract follows the identifier that closes the entry before it."""

from __future__ import annotations

from collections.abc import Iterator

from digest.readers.base import Passage, Reader
from digest.readers.listings.blocks import recognise_entries
from digest.readers.listings.entries import read_entries


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    return recognise_entries(text)[1]


def read(text: str) -> Iterator[Passage]:
    """Every entry of `text`."""
    return read_entries(text)


READER = Reader("glued", recognise, read)
