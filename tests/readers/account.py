"""The account of characters, made again from outside."""

from __future__ import annotations

from pathlib import Path

from digest.readers import FileReading
from digest.readers.decode import decode


def lost_in_text(text: str, reading: FileReading) -> list[int]:
    """Offsets of non-space characters that lie in no passage, or in more than one."""
    seen = bytearray(len(text))
    spans = [(s.source.start, s.source.end) for s in reading.sightings]
    spans += [*reading.chrome, *((start, end) for start, end, _ in reading.unread)]
    for start, end in spans:
        for at in range(start, end):
            seen[at] += 1
    return [at for at, c in enumerate(text) if not c.isspace() and seen[at] != 1]


def lost_characters(path: Path, reading: FileReading) -> list[int]:
    """`lost_in_text` for a file."""
    text = decode(path.read_bytes(), path.name).text
    assert text is not None
    return lost_in_text(text, reading)
