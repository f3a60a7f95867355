"""A text that is held as a whole, read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from digest.problems import Problem
from digest.readers.base import Passage, Reader, Remark, Unread
from digest.readers.formats import FORMATS
from digest.readers.reading import FileReading, account
from digest.readers.recognition import NO_FIELDS, find_reader, recognise
from digest.readers.windows import moved

UNKNOWN = "no known layout"
_SURE_AGAIN = 0.8
"""For a passage within another format: a wrong guess is worse there than none."""
_WORTH_A_LOOK = 60
"""Characters below which a passage is not looked at again."""


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
        return account(text, name, None, [], [not_recognised(name)], why=UNKNOWN)
    problems: list[Problem] = []
    passages = [*passages_of(text, name, reader, problems)]
    return account(text, name, reader.name, look_again(text, passages, reader), problems)


def not_recognised(name: str) -> Problem:
    """What is said of a file whose layout nobody knows."""
    return Problem(
        name,
        None,
        "error",
        f"{UNKNOWN} (of {len(FORMATS)}) was recognised",
        "name the format with `digest read --as FORMAT`, or see the manual for the known layouts",
    )


def passages_of(text: str, name: str, reader: Reader, problems: list[Problem]) -> Iterator[Passage]:
    """The passages of `text` as `reader` reads it; a failure of its is added to `problems`."""
    try:
        yield from reader.read(text)
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
                "please report this with the file; what it had not read yet is not in the digest",
            )
        )


def look_again(text: str, passages: list[Passage], reader: Reader) -> Iterator[tuple[Passage, str]]:
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
    if not again:
        return zip(passages, itertools.repeat(reader.name), strict=False)
    return _passages_again(text, passages, reader, again)


def _passages_again(
    text: str, passages: list[Passage], reader: Reader, again: Mapping[Unread, Reader]
) -> Iterator[tuple[Passage, str]]:
    for passage in passages:
        if isinstance(passage, Remark):
            # What was said of a passage that turned out to be readable no longer holds.
            if not any(p.span[0] <= passage.at < p.span[1] for p in again):
                yield passage, reader.name
        elif isinstance(passage, Unread) and passage in again:
            start, end = passage.span
            other = again[passage]
            for inner in passages_of(text[start:end], "", other, []):
                yield moved(inner, start), other.name
        else:
            yield passage, reader.name
