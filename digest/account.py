"""The account of a file: what `digest read` says was understood, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digest.paper import Sighting
from digest.readers import FileReading

_SHOWN = 88
Line = tuple[str, dict[str, Any]]
"""Text and its style for a terminal."""


def as_data(reading: FileReading) -> dict[str, Any]:
    """The account as the contract's JSON."""
    return {
        "path": reading.name,
        "format": reading.format,
        "encoding": reading.encoding,
        "characters": reading.characters,
        "records": [_record(s) for s in reading.sightings],
        "chrome": [list(span) for span in reading.chrome],
        "unread": [list(passage) for passage in reading.unread],
        "problems": [
            {"severity": p.severity, "line": p.line, "message": p.message, "hint": p.hint}
            for p in reading.problems
        ],
    }


def _record(sighting: Sighting) -> dict[str, Any]:
    record, source = sighting.record, sighting.source
    return {
        "title": record.title,
        "abstract": record.abstract,
        "authors": list(record.authors),
        "eprint": record.eprint,
        "eprint_version": record.eprint_version,
        "doi": record.doi,
        "published": record.published,
        "updated": record.updated,
        "comment": record.comment,
        "journal_ref": record.journal_ref,
        "venue": record.venue,
        "links": [{"kind": link.kind, "url": link.url} for link in record.links],
        "tags": list(record.tags),
        "span": [source.start, source.end],
    }


def account(reading: FileReading) -> Iterator[Line]:
    """The account for a person."""
    number = len(reading.sightings)
    yield (
        (
            f"{reading.name}: {number:,} {'record' if number == 1 else 'records'}, "
            f"read as {reading.format or 'nothing known'} ({reading.encoding}, "
            f"{reading.characters:,} characters)"
        ),
        {"bold": True},
    )
    for place, sighting in enumerate(reading.sightings, 1):
        yield from _sighting(place, sighting)
    furniture = sum(end - start for start, end in reading.chrome)
    if furniture:
        yield f"  page furniture left out: {furniture:,} characters", {"dim": True}
    for start, end, why in reading.unread:
        yield f"  not understood: characters {start:,} to {end:,}: {why}", {"fg": "yellow"}


def _sighting(place: int, sighting: Sighting) -> Iterator[Line]:
    record, source = sighting.record, sighting.source
    yield (
        (
            f"  {place:>3}  lines {source.first_line}–{source.last_line}  "
            f"{_short(record.title or '(no title)')}"
        ),
        {"fg": "cyan"},
    )
    eprint = f"arXiv:{record.eprint}" if record.eprint else None
    if eprint and record.eprint_version:
        eprint += f"v{record.eprint_version}"
    rows = {
        "authors": ", ".join(record.authors),
        "id": "  ".join(filter(None, (eprint, record.doi and f"doi:{record.doi}"))),
        "date": record.published,
        "updated": record.updated,
        "venue": record.venue,
        "journal": record.journal_ref,
        "comment": record.comment,
        "links": "  ".join(f"{link.kind}: {link.url}" for link in record.links),
        "keywords": ", ".join(record.tags),
        "abstract": record.abstract,
    }
    for name, value in rows.items():
        if value:
            yield f"       {name:<9}{_short(value)}", {}


def _short(text: str) -> str:
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
