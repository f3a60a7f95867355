"""The account of a file: what `digest read` says was understood, and what was not."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from digest.paper import Record, Sighting, Span
from digest.problems import Problem
from digest.readers import FileReading, Part

_SHOWN = 2_000
"""Characters shown of a passage that was not understood."""
_AUTHORS = 50
_FURNITURE, _UNREAD = -1, -2
Style = dict[str, Any]
Piece = tuple[str, Style]
"""Text and its style for a terminal."""
_HEAD: Style = {"fg": "blue", "bold": True}
_BOLD: Style = {"bold": True}


def account_json(parts: Iterable[Part]) -> Iterator[str]:
    """The account as the contract's JSON, in pieces; no file is held as a whole."""
    yield '{"files": ['
    before = ""
    for _, of_file in itertools.groupby(parts, lambda part: part.reading.name):
        yield before
        yield from _file(of_file)
        before = ", "
    yield "]}"


def _file(parts: Iterator[Part]) -> Iterator[str]:
    first = next(parts).reading
    head = to_json({"path": first.name, "format": first.format, "encoding": first.encoding})
    yield f'{head[:-1]}, "records": ['
    characters, before = 0, ""
    chrome: list[Span] = []
    unread: list[tuple[int, int, str]] = []
    problems: list[Problem] = []
    for reading in itertools.chain((first,), (part.reading for part in parts)):
        for sighting in reading.sightings:
            yield before + to_json(_record(sighting))
            before = ", "
        characters += reading.characters
        chrome += reading.chrome
        unread += reading.unread
        problems += reading.problems
    tail = {
        "characters": characters,
        "chrome": chrome,
        "unread": unread,
        "problems": [
            {"severity": p.severity, "line": p.line, "message": p.message, "hint": p.hint}
            for p in problems
        ],
    }
    yield f"], {to_json(tail)[1:]}"


def to_json(value: object) -> str:
    """`value` as JSON that can be printed: lone surrogates leave as JSON's own escapes."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value)
    return text


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


def account(parts: Iterable[Part]) -> Iterator[Piece]:
    """The account of a file for a person: its text, divided by what was made of it."""
    number = characters = 0
    last: FileReading | None = None
    for part in parts:
        if last is None:
            yield f"{part.reading.name}\n", _BOLD
        last = part.reading
        yield from _divided(part, number)
        number += len(last.sightings)
        characters += last.characters
    if last is not None:
        records = f"{number:,} {'record' if number == 1 else 'records'}"
        form = f"read as {last.format or 'nothing known'}"
        size = f"({last.encoding}, {characters:,} characters)"
        yield f"{last.name}: {records}, {form} {size}\n", _BOLD


def _divided(part: Part, number: int) -> Iterator[Piece]:
    """A part's text; `number` records stand before it."""
    reading, text, offset = part.reading, part.text, part.before.characters
    pieces = [
        *((s.source.start, s.source.end, place, "") for place, s in enumerate(reading.sightings)),
        *((start, end, _FURNITURE, "") for start, end in reading.chrome),
        *((start, end, _UNREAD, why) for start, end, why in reading.unread),
    ]
    before = 0
    for start, end, what, why in sorted(pieces):
        passage = text[start - offset : end - offset].strip("\r\n")
        if what == _FURNITURE:
            if before != _FURNITURE:
                yield "── page furniture, left out\n", _HEAD
            yield _visible(passage) + "\n", {"dim": True}
        elif what == _UNREAD:
            yield f"── not understood: {why}\n", {"fg": "yellow", "bold": True}
            yield _visible(_shortened(passage)) + "\n", {"fg": "yellow"}
        else:
            yield from _shown(number + what + 1, reading.sightings[what], passage)
        before = what


def _shown(place: int, sighting: Sighting, passage: str) -> Iterator[Piece]:
    record, source = sighting.record, sighting.source
    eprint = f"arXiv:{record.eprint}" if record.eprint else None
    if eprint and record.eprint_version:
        eprint += f"v{record.eprint_version}"
    known = [
        "title" if record.title else "no title",
        "abstract" if record.abstract else "no abstract",
        _authors(len(record.authors)),
        eprint,
        record.doi and f"doi:{record.doi}",
        record.published and f"{record.published} ({record.published_as or 'date'})",
        record.updated and f"updated {record.updated}",
        record.venue,
        record.journal_ref,
        record.comment and "comment",
        *(f"{link.kind}: {link.url}" for link in record.links),
        *record.tags,
    ]
    sure = "" if record.confidence >= 1 else f" · {record.confidence:.0%} sure"
    yield f"── {place} · lines {source.first_line}–{source.last_line}{sure}\n", _HEAD
    yield f"   {_visible(' · '.join(filter(None, known)))}\n", {"fg": "cyan"}
    reached = 0
    for start, end, style in _fields(record, passage):
        if start >= reached:
            yield _visible(passage[reached:start]), {}
            yield _visible(passage[start:end]), style
            reached = end
    yield _visible(passage[reached:]) + "\n", {}


def _authors(number: int) -> str | None:
    return None if not number else "1 author" if number == 1 else f"{number} authors"


def _fields(record: Record, passage: str) -> list[tuple[int, int, Style]]:
    """Where the fields of a record stand in its text, as far as they stand there word for word."""
    values: list[tuple[str | None, Style]] = [
        (record.title, {"bold": True}),
        (record.eprint, {"fg": "cyan"}),
        (record.doi, {"fg": "cyan"}),
        (record.published, {"fg": "green"}),
        (record.updated, {"fg": "green"}),
        (record.comment, {"fg": "magenta"}),
        (record.journal_ref, {"fg": "magenta"}),
        (record.venue, {"fg": "magenta"}),
        *((author, {"fg": "blue"}) for author in record.authors[:_AUTHORS]),
        *((link.url, {"underline": True}) for link in record.links),
    ]
    found = []
    for value, style in values:
        words = value.split() if value else []
        place = re.search(r"\s+".join(map(re.escape, words)), passage) if words else None
        if place:
            found.append((place.start(), place.end(), style))
    return sorted(found, key=lambda field: field[:2])


def _visible(text: str) -> str:
    """`text` without what would steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} … ({len(text) - _SHOWN:,} more)"


def unreadable_files(paths: Iterable[Path]) -> list[Problem]:
    """What is wrong with those of `paths` that cannot be read."""
    found = []
    for path in paths:
        if path.is_dir():
            found.append((path, "is a folder", "Name the files in it."))
        elif not path.exists():
            found.append((path, "there is no such file", "Check the path and your rights."))
        elif not os.access(path, os.R_OK):
            found.append((path, "cannot be read", "Check the path and your rights."))
    return [Problem(path.as_posix(), None, "error", what, hint) for path, what, hint in found]
