"""What is wrong with the sources of a digest, said without building anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from digest.catalogue.overrides import read_override
from digest.catalogue.people_file import read_people
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.config import Config
from digest.content import PEOPLE, TAXONOMY, FreeText, find_content
from digest.problems import Problem
from digest.readers import read_parts, read_text


def check_sources(
    root: Path, config: Config, advance: Callable[[int, int], None]
) -> tuple[int, list[Problem]]:
    """How many records the content of the digest in `root` holds, and what is wrong with it."""
    content = find_content(root / config.content)
    problems = [
        *content.problems,
        *load_taxonomy(content.taxonomy, TAXONOMY)[1],
        *read_people(content.people, PEOPLE)[1],
    ]
    for note in content.notes.values():
        problems += _of_note(note)
    records = 0
    for done, (path, name) in enumerate(content.papers, 1):
        for part in read_parts(path, name, None, config.fields or {}):
            records += len(part.reading.sightings)
            problems += part.reading.problems
        advance(done, len(content.papers))
    return records, problems


def _of_note(note: FreeText) -> Iterator[Problem]:
    if note.head:
        reading = read_text(note.head, note.path, "front-matter")
        yield from reading.problems
        for sighting in reading.sightings:
            yield from read_override(sighting.record, note.head, note.path)[1]
