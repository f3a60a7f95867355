"""What every reader is: a shape that it recognises, and a function that accounts for a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import Struct

from digest.paper import Record, Span
from digest.problems import Severity


class Chrome(Struct, frozen=True, gc=False):
    """Page furniture, recognised and left out."""

    span: Span


class Unread(Struct, frozen=True, gc=False):
    """A passage that could not be understood."""

    span: Span
    why: str


class Remark(Struct, frozen=True, gc=False):
    """A problem inside a file, placed by offset; `readers.read_text` turns it into a `Problem`."""

    at: int
    severity: Severity
    message: str
    hint: str


Passage = Record | Chrome | Unread | Remark
"""What a reader yields, in the order of the text. Records, chrome and unread do not overlap and
together hold every non-space character."""


class Reader(NamedTuple):
    """One format: a row of `READERS`."""

    name: str
    recognise: Callable[[str], float]
    """How sure it is, 0 to 1, that a text (its first 64 k characters) has this shape."""
    read: Callable[[str], Iterator[Passage]]
