"""Files into sightings: those that did not change are remembered, the others are read.

Of a large file only the parts near a change are read again. What is remembered rests on the file's
state as the system tells it, on its bytes and on this version of the package; it is never needed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from digest.catalogue.keys import Keyed, keyed
from digest.executors import each
from digest.ledger import Ledger
from digest.readers import FileReading, Part, read_parts
from digest.readers.parts import join
from digest.readers.reading import Before, shift_sighting, shifted
from digest.shelf import Shelf, encode
from digest.text import clean, mark_of

_FILES = 50
"""Files that a process reads at a time; fewer are read by this one."""


class Taken(NamedTuple):
    """What a file holds."""

    reading: FileReading
    """Without its sightings."""
    records: list[Keyed]
    """These, cleaned, in their order."""


class _Part(Struct, frozen=True):
    """A part of a file, wherever it stands."""

    reading: FileReading
    """Without its sightings."""
    records: tuple[Keyed, ...]
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
    ) -> list[Taken]:
        """What `files` (each with its name in messages) hold, in their order: one a file, of an
        archive one a member.

        `states` are what `content.state_of` told of each, by name, before anything was read;
        `version` changes with the readers; `advance` hears how many files of how many are done.
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
        return [taken for _, name in files for taken in _joined(known[name][1])]

    def _remembered(self, name: str, state: bytes) -> tuple[_File, list[Taken]] | None:
        file = self._files.get(_mark(name))
        if file is None or not state or file.state != state:
            return None
        parts = [*filter(None, map(self._placed, file.places))]
        return (file, parts) if len(parts) == len(file.places) else None

    def _new(
        self, name: str, state: bytes, parts: Iterable[tuple[_Place, bytes]]
    ) -> tuple[_File, list[Taken]]:
        places, found = [], []
        for place, encoded in parts:
            if encoded:
                part = self._parts.put(place.mark, encoded)
                taken: Taken | None = Taken(part.reading, [*part.records])
            else:
                taken = self._placed(place)
            if taken is not None:
                found.append(taken)
            places.append(place)
        file = self._files.put(_mark(name), encode(_File(state, tuple(places))))
        return file, found

    def _placed(self, place: _Place) -> Taken | None:
        part = self._parts.get(place.mark)
        if part is None:
            return None
        by = place.before.characters - part.before.characters
        lines = place.before.lines - part.before.lines
        return Taken(
            shifted(part.reading, part.before, place.before),
            [
                structs.replace(record, sighting=shift_sighting(record.sighting, by, lines))
                for record in part.records
            ]
            if by or lines
            else [*part.records],
        )


def _joined(parts: Iterable[Taken]) -> Iterator[Taken]:
    for _, of_file in itertools.groupby(parts, lambda part: part.reading.name):
        own = [*of_file]
        records = itertools.chain.from_iterable(part.records for part in own)
        yield Taken(join(part.reading for part in own), [*records])


def _mark(name: str) -> bytes:
    return mark_of(name.encode("utf-8", "surrogatepass"))


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
        sightings = tuple(record.sighting for record in part.records)
        reading = structs.replace(part.reading, sightings=sightings)
        return Part(reading, " " * part.characters, part.before)

    found: list[tuple[_Place, bytes]] = []
    for part in read_parts(*file, fields=fields, known=recall):
        own = known.get(part.mark, b"")
        encoded = b""
        if not own:
            encoded = encode(_kept(part))
            about = encode((part.reading.name, part.reading.format or ""))
            own = mark_of(way, about, part.mark or mark_of(encoded))
        found.append((_Place(own, part.before), encoded))
    return found


def _kept(part: Part) -> _Part:
    # What the ledger keeps must be fit to be encoded: halves of surrogate pairs, which only JSON's
    # escapes can bring, are not.
    reading = structs.replace(
        part.reading,
        sightings=(),
        problems=tuple(structs.replace(p, message=clean(p.message)) for p in part.reading.problems),
    )
    records = tuple(map(keyed, part.reading.sightings))
    return _Part(reading, records, len(part.text), part.before)
