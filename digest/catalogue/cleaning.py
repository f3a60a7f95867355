"""Records as found may hold anything; from here on every text is fit for a page."""

from __future__ import annotations

from typing import Any

import msgspec

from digest.paper import Link, Sighting
from digest.text import clean, fold

_LINES = ("title", "eprint", "doi", "published", "updated", "comment", "journal_ref", "venue")
_LISTS = ("authors", "tags")


def cleaned(sighting: Sighting) -> Sighting:
    """`sighting` in NFC, without controls, surrogates and the like; empty values are absent."""
    record = sighting.record
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
    if record.abstract is not None and (text := clean(record.abstract)) != record.abstract:
        changes["abstract"] = text.strip() or None
    links = tuple(Link(link.kind, clean(link.url)) for link in record.links)
    if links != record.links:
        changes["links"] = links
    if not changes:
        return sighting
    return Sighting(msgspec.structs.replace(record, **changes), sighting.source)
