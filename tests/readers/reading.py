"""One reader, run on a text by itself: what it finds, remarks and leaves unread."""

from __future__ import annotations

from digest.paper import Record
from digest.readers.base import Reader, Unread
from tests.readers.passages import account, records, remarks


def records_of(reader: Reader, text: str) -> list[Record]:
    """The records that `reader` finds, after the account of characters has been checked."""
    return records(account(reader, text))


def remarks_of(reader: Reader, text: str) -> list[tuple[int, str, str]]:
    """Line, severity and message of what `reader` complains about."""
    return remarks(text, list(reader.read(text)))


def unread_of(reader: Reader, text: str) -> list[str]:
    """The passages that `reader` could not understand."""
    return [text[slice(*p.span)] for p in reader.read(text) if isinstance(p, Unread)]
