"""What records are compared by: worked out once a record, wherever it stands."""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from digest.catalogue.cleaning import cleaned
from digest.paper import Record, Sighting
from digest.text import content_hash, unaccented

WORD = re.compile(r"[^\W_]+")
_COMMAND = re.compile(r"\\[a-zA-Z]+|[\\${}^_~]")
_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
"""Leaves of a text in ASCII what `WORD` finds, and faster."""

ABSTRACT_LEAST = 80
"""Letters and digits below which an equal abstract proves nothing ("This paper has been
withdrawn")."""
_TITLE_LEAST = 20
"""Likewise for titles ("Introduction", "Comment on a paper")."""


class Keyed(Struct, frozen=True, gc=False):
    """A sighting whose texts are fit for a page, and the hashes by which others may equal it."""

    sighting: Sighting
    fingerprint: str
    """Of all that the source says, wherever it stands."""
    abstract: str | None
    """Of the abstract's letters and digits; None where these prove nothing."""
    title: str | None
    """Likewise of the title."""


def keyed(sighting: Sighting) -> Keyed:
    """`sighting`, cleaned, with its keys."""
    fit = cleaned(sighting)
    record = fit.record
    return Keyed(
        fit,
        fingerprint(record),
        _hashed(text_key(record.abstract, ABSTRACT_LEAST)),
        _hashed(text_key(record.title, _TITLE_LEAST)),
    )


def fingerprint(record: Record) -> str:
    """Hash of all that the source says, wherever it stands."""
    bare = msgspec.structs.replace(record, span=(0, 0))
    return content_hash(msgspec.json.encode(bare), 32)


def text_key(text: str | None, least: int = 0) -> str | None:
    """`text` reduced to its letters and digits, or None when fewer than `least` remain."""
    if not text:
        return None
    if text.isascii():
        letters = (_COMMAND.sub("", text) if "\\" in text else text).translate(_LETTERS).lower()
    else:
        letters = "".join(WORD.findall(_COMMAND.sub("", unaccented(text))))
    return letters if len(letters) >= max(least, 1) else None


def _hashed(key: str | None) -> str | None:
    return content_hash(key, 32) if key is not None else None
