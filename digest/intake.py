"""Files into sightings: those that did not change are remembered, the others are read.

Of a large file only the parts near a change are read again. What is remembered rests on the file's
state as the system tells it, on its bytes and on this version of the package; it is never needed.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from digest.catalogue.cleaning import cleaned
from digest.executors import each
from digest.ledger import Ledger
from digest.readers import FileReading, Part, read_parts
from digest.readers.parts import join
from digest.readers.reading import Before, shifted
from digest.shelf import Shelf, encode
from digest.text import clean, mark_of

_FILES = 50
"""Files that a process reads at a time; fewer are read by this one."""
_SETTLED = 50_000_000
"""Nanoseconds after which a file that was written cannot be written again within one tick of the
file system's clock."""


class _Part(Struct, frozen=True):
    """A part of a file, wherever it stands."""

    reading: FileReading
    characters: int
    """Length of the part's text."""
    before: Before
    """Where it stood when it was read."""


class _Place(NamedTuple):
    """Where a part stands in its file."""

    mark: bytes
    before: Before


class _File(Struct, frozen=True):
    """The parts of a file in the state that it had."""

    state: bytes
    """Empty where it was written so lately that its state proves nothing."""
    places: tuple[_Place, ...]


class Intake:
    """The reading of a digest's files, build after build."""

    def __init__(self, ledger: Ledger, *, lasting: bool) -> None:
        self._files = Shelf(ledger, "file", _File, lasting=lasting)
        self._parts = Shelf(ledger, "part", _Part, lasting=lasting)

    def take_in(
        self,
        files: Sequence[tuple[Path, str]],
        states: Mapping[str, bytes],
        fields: Mapping[str, str],
        version: bytes,
        jobs: int,
        advance: Callable[[int, int], None],
    ) -> list[FileReading]:
        """The readings of `files` (each with its name in messages) in their order: one a file, of
        an archive one a member.

        `states` are what `state_of` told of each, by name, before anything was read; `version`
        changes with the readers; `advance` hears how many files of how many are done.
        """
        way = mark_of(version, encode(sorted(fields.items())))
        states = {name: mark_of(way, state) if state else b"" for name, state in states.items()}
        known = {name: file for _, name in files if (file := self._remembered(name, states[name]))}
        changed = [file for file in files if file[1] not in known]
        advance(len(known), len(files))
        readings = each(_read, changed, jobs, dict(fields), way, self._parts, batch=_FILES)
        for number, ((_, name), parts) in enumerate(zip(changed, readings, strict=True), 1):
            known[name] = self._new(name, states[name], parts)
            advance(len(files) - len(changed) + number, len(files))
        self._files.settle(map(_mark, known))
        self._parts.settle(place.mark for file, _ in known.values() for place in file.places)
        return [reading for _, name in files for reading in _joined(known[name][1])]

    def _remembered(self, name: str, state: bytes) -> tuple[_File, list[FileReading]] | None:
        file = self._files.get(_mark(name))
        if file is None or not state or file.state != state:
            return None
        readings = [*filter(None, map(self._placed, file.places))]
        return (file, readings) if len(readings) == len(file.places) else None

    def _new(
        self, name: str, state: bytes, parts: Iterable[tuple[_Place, bytes]]
    ) -> tuple[_File, list[FileReading]]:
        places, readings = [], []
        for place, encoded in parts:
            reading = (
                self._parts.put(place.mark, encoded).reading if encoded else self._placed(place)
            )
            if reading is not None:
                readings.append(reading)
            places.append(place)
        file = self._files.put(_mark(name), encode(_File(state, tuple(places))))
        return file, readings

    def _placed(self, place: _Place) -> FileReading | None:
        part = self._parts.get(place.mark)
        return shifted(part.reading, part.before, place.before) if part is not None else None


def _joined(parts: Iterable[FileReading]) -> Iterator[FileReading]:
    for _, of_file in itertools.groupby(parts, lambda reading: reading.name):
        yield join(of_file)


def _mark(name: str) -> bytes:
    return mark_of(name.encode("utf-8", "surrogatepass"))


def state_of(path: Path) -> bytes:
    """What the system tells of a file: changed with every change; empty where it proves nothing,
    for the file was written just now."""
    try:
        s = path.stat()
    except OSError:
        return b""
    if time.time_ns() - max(s.st_ctime_ns, s.st_mtime_ns) < _SETTLED:
        return b""
    return encode((s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino))


def _read(
    file: tuple[Path, str], fields: dict[str, str], way: bytes, parts: Shelf[_Part]
) -> list[tuple[_Place, bytes]]:
    """The parts of a file, encoded where they are new."""
    known: dict[bytes, bytes] = {}

    def recall(name: str, reader: str, mark: bytes) -> Part | None:
        own = mark_of(way, encode((name, reader)), mark)
        part = parts.get(own)
        if part is None:
            return None
        known[mark] = own
        return Part(part.reading, " " * part.characters, part.before)

    found: list[tuple[_Place, bytes]] = []
    for part in read_parts(*file, fields=fields, known=recall):
        own = known.get(part.mark, b"")
        encoded = b""
        if not own:
            reading = part.reading
            encoded = _encoded(_Part(reading, len(part.text), part.before))
            about = encode((reading.name, reading.format or ""))
            own = mark_of(way, about, part.mark or mark_of(encoded))
        found.append((_Place(own, part.before), encoded))
    return found


def _encoded(part: _Part) -> bytes:
    try:
        return encode(part)
    except UnicodeEncodeError:
        # Halves of surrogate pairs, which only JSON's escapes can bring.
        reading = part.reading
        fit = structs.replace(
            reading,
            sightings=tuple(map(cleaned, reading.sightings)),
            unread=tuple((start, end, clean(why)) for start, end, why in reading.unread),
            problems=tuple(structs.replace(p, message=clean(p.message)) for p in reading.problems),
        )
        return encode(structs.replace(part, reading=fit))
