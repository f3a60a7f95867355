"""Stage 1: files into records, with an account of every character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from digest.problems import Problem
from digest.readers.base import Passage, Reader, Remark, Unread
from digest.readers.formats import FORMATS
from digest.readers.opening import Opened, open_file
from digest.readers.reading import FileReading, account
from digest.readers.recognition import NO_FIELDS, find_reader, recognise

__all__ = [
    "FORMATS",
    "FileReading",
    "Read",
    "find_reader",
    "read_file",
    "read_files",
    "read_text",
    "recognise",
]

_SURE_AGAIN = 0.8
"""For a passage within another format: a wrong guess is worse there than none."""
_WORTH_A_LOOK = 60
"""Characters below which a passage is not looked at again."""
_HINT_UNKNOWN = (
    "name the format with `digest read --as FORMAT`, or see the manual for the known layouts"
)


class Read(NamedTuple):
    """A reading and the text that its spans count in."""

    reading: FileReading
    text: str


def read_files(
    path: Path, name: str, as_format: str | None = None, fields: Mapping[str, str] = NO_FIELDS
) -> Iterator[Read]:
    """What the file at `path`, called `name` in messages and sources, holds; of an archive, each
    of its files.

    `fields` says where JSON and tables of the user's own keep a paper's fields. Whatever is wrong
    with a file becomes a problem; only an unknown `as_format` or field is raised, as DigestError.
    """
    if as_format is not None:
        find_reader(as_format)
    for opened in open_file(path, name):
        yield Read(_read(opened, as_format, fields), opened.text or "")


def read_file(path: Path, name: str, as_format: str | None = None) -> FileReading:
    """What a file that is no archive holds; see `read_files`."""
    return next(read_files(path, name, as_format)).reading


def _read(opened: Opened, as_format: str | None, fields: Mapping[str, str]) -> FileReading:
    if opened.text is None:
        return FileReading(opened.name, None, opened.encoding, 0, problems=opened.problems)
    reading = read_text(opened.text, opened.name, as_format, fields)
    return structs.replace(
        reading, encoding=opened.encoding, problems=opened.problems + reading.problems
    )


def read_text(
    text: str, name: str, as_format: str | None = None, fields: Mapping[str, str] = NO_FIELDS
) -> FileReading:
    """What `text`, the content of the file called `name`, holds.

    Raises DigestError for an unknown `as_format` or field and nothing else.
    """
    if not text.strip():
        problem = Problem(
            name, None, "note", "this file is empty", "remove it, or paste a listing into it"
        )
        return FileReading(name, as_format, "utf-8", len(text), problems=(problem,))
    reader = find_reader(as_format, fields) if as_format else recognise(text, fields=fields)
    if reader is None:
        said = f"no known layout (of {len(FORMATS)}) was recognised"
        problem = Problem(name, None, "error", said, _HINT_UNKNOWN)
        return account(text, name, None, [], [problem], why="no known layout")
    problems: list[Problem] = []
    passages = _passages(text, name, reader, problems)
    return account(text, name, reader.name, _looked_at_again(text, passages, reader), problems)


def _passages(text: str, name: str, reader: Reader, problems: list[Problem]) -> list[Passage]:
    try:
        return list(reader.read(text))
    except (
        RecursionError, MemoryError, ValueError, LookupError, TypeError, AssertionError,
    ) as error:  # fmt: skip
        # A defect of ours must not cost the user the other files.
        problems.append(
            Problem(
                name,
                None,
                "error",
                f"the reader for `{reader.name}` failed: {type(error).__name__}: {error}"[:300],
                "please report this with the file; nothing of it is in the digest",
            )
        )
        return []


def _looked_at_again(
    text: str, passages: list[Passage], reader: Reader
) -> Iterator[tuple[Passage, str]]:
    """`passages` with their format; what was not understood may be of another one, such as a
    BibTeX block in a mail."""
    again = {
        passage: other
        for passage in passages
        if isinstance(passage, Unread)
        and passage.span[1] - passage.span[0] >= _WORTH_A_LOOK
        and (other := recognise(text[slice(*passage.span)], _SURE_AGAIN)) not in (None, reader)
        and other is not None
    }
    for passage in passages:
        if isinstance(passage, Remark):
            # What was said of a passage that turned out to be readable no longer holds.
            if not any(p.span[0] <= passage.at < p.span[1] for p in again):
                yield passage, reader.name
        elif isinstance(passage, Unread) and passage in again:
            start, end = passage.span
            other = again[passage]
            for inner in _passages(text[start:end], "", other, []):
                yield _moved(inner, start), other.name
        else:
            yield passage, reader.name


def _moved(passage: Passage, by: int) -> Passage:
    if isinstance(passage, Remark):
        return structs.replace(passage, at=passage.at + by)
    start, end = passage.span
    return structs.replace(passage, span=(start + by, end + by))
