"""Records as found may hold anything; from here on every text is fit for a page."""

from __future__ import annotations

from typing import Any

import msgspec

from digest.paper import Link, Record, Sighting
from digest.text import clean, fold

_LINES = ("title", "eprint", "doi", "published", "updated", "comment", "journal_ref", "venue")
_LISTS = ("authors", "tags")


def cleaned(sighting: Sighting) -> Sighting:
    """`sighting` in NFC, without controls, surrogates and the like; empty values are absent."""
    record = sighting.record
    changes = {} if _are_fit(record) else _fitted(record)
    if record.abstract is not None and (text := clean(record.abstract)) != record.abstract:
        changes["abstract"] = text.strip() or None
    if record.links:
        links = tuple([Link(link.kind, clean(link.url)) for link in record.links])
        if links != record.links:
            changes["links"] = links
    if not changes:
        return sighting
    return Sighting(msgspec.structs.replace(record, **changes), sighting.source)


def _are_fit(record: Record) -> bool:
    """Whether lines and lists are plain ASCII, as most are: all told at one look."""
    lines = [
        value
        for value in (
            "-",
            record.title,
            record.eprint,
            record.doi,
            record.published,
            record.updated,
            record.comment,
            record.journal_ref,
            record.venue,
            *record.authors,
            *record.tags,
            "-",
        )
        if value is not None
    ]
    text = " ".join(lines)
    # What is empty, or begins or ends with a blank, leaves two blanks side by side.
    return text.isascii() and text.isprintable() and "  " not in text


def _fitted(record: Record) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in _LINES:
        value: str | None = getattr(record, name)
        if value is not None and (fit := fold(clean(value)) or None) != value:
            changes[name] = fit
    for name in _LISTS:
        values: tuple[str, ...] = getattr(record, name)
        fits = tuple(fit for value in values if (fit := fold(clean(value))))
        if fits != values:
            changes[name] = fits
    return changes
