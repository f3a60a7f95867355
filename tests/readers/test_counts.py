"""Every real file gives as many papers as it holds, counted without the readers."""

from __future__ import annotations

import pytest

from digest.readers import FileReading, read_file
from digest.readers.decode import decode
from tests.readers import counts

FILES = counts.files()
FOLDERS = sorted({path.relative_to(counts.FORMATS).parts[0] for path in FILES})
pytestmark = pytest.mark.skipif(not FILES, reason="the real files are not beside the project")


def lost(text: str, reading: FileReading) -> list[str]:
    """What stands in no passage, and what stands in two."""
    spans = [(s.source.start, s.source.end) for s in reading.sightings]
    spans += [*reading.chrome, *((start, end) for start, end, _ in reading.unread)]
    reached, found = 0, []
    for start, end in [*sorted(spans), (len(text), len(text))]:
        passed = text[reached:start].strip() if start >= reached else text[start:reached]
        if passed:
            found.append(passed[:60])
        reached = max(reached, end)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_gives_what_it_holds(folder: str) -> None:
    """File, expected and found agree for every file of a format that is counted; no reader failed,
    and no character is lost."""
    table = {}
    for path in FILES:
        place = path.relative_to(counts.FORMATS)
        if place.parts[0] != folder:
            continue
        reading = read_file(path, place.name)
        table[place.as_posix()] = counts.count(path).expected, len(reading.sightings)
        assert not [p for p in reading.problems if p.message.startswith("the reader for")], place
        text = decode(path.read_bytes(), place.name).text or ""
        assert reading.characters == len(text)
        assert not lost(text, reading), place
    assert {k: row for k, row in table.items() if row[0] not in (None, row[1])} == {}
    assert table


def test_exceptions_are_exceptions() -> None:
    """Each named exception says why, and differs from the plain count of its file."""
    for path in FILES:
        plain, expected, why = counts.count(path)
        assert bool(why) == (plain != expected), path.name
