"""Stage 1: files into records, with an account of every character."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

from digest.readers.formats import FORMATS
from digest.readers.opening import open_file
from digest.readers.parts import Known, Part, join, read_in_parts
from digest.readers.reading import FileReading
from digest.readers.recognition import NO_FIELDS, find_reader, recognise
from digest.readers.texts import read_text

__all__ = [
    "FORMATS",
    "FileReading",
    "Part",
    "find_reader",
    "read_file",
    "read_files",
    "read_parts",
    "read_text",
    "recognise",
]


def read_parts(
    path: Path,
    name: str,
    as_format: str | None = None,
    fields: Mapping[str, str] = NO_FIELDS,
    known: Known | None = None,
) -> Iterator[Part]:
    """What the file at `path`, called `name` in messages and sources, holds; of an archive, each
    of its files. A large file comes in several parts, and no more than one is held at a time.

    `fields` says where JSON and tables of the user's own keep a paper's fields; what is `known` of
    a large file is not read again. Whatever is wrong with a file becomes a problem; only an unknown
    `as_format` or field is raised, as DigestError.
    """
    if as_format is not None:
        find_reader(as_format)
    for opened in open_file(path, name):
        yield from read_in_parts(opened, as_format, fields, known)


def read_files(
    path: Path, name: str, as_format: str | None = None, fields: Mapping[str, str] = NO_FIELDS
) -> Iterator[FileReading]:
    """The reading of the file at `path`, or those of an archive; see `read_parts`."""
    parts = read_parts(path, name, as_format, fields)
    for _, of_file in itertools.groupby(parts, lambda part: part.reading.name):
        yield join(part.reading for part in of_file)


def read_file(path: Path, name: str, as_format: str | None = None) -> FileReading:
    """What a file that is no archive holds; see `read_parts`."""
    return next(read_files(path, name, as_format))
