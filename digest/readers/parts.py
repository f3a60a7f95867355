"""The parts of a file: readings of as much of it as is held at a time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import NamedTuple

from msgspec import structs

from digest.paper import Record
from digest.problems import Problem
from digest.readers.base import Reader
from digest.readers.containers import ContainerError
from digest.readers.formats import FORMATS, Format
from digest.readers.opening import Opened, explain
from digest.readers.reading import NOTHING, Before, FileReading, account, shifted
from digest.readers.recognition import find_reader, recognise
from digest.readers.texts import UNKNOWN, look_again, not_recognised, passages_of, read_text
from digest.readers.windows import Window, cut_in_windows, read_in_windows

WINDOW = 2**21
"""Characters of a text that is read in one go."""
MAX_HELD = 512 * 2**20
"""Characters of a text that must be held as a whole to be understood."""
_LONGEST_LEAD = 2**16
"""Characters before the first entry that are kept for the windows to come."""


_ROWS = {row.name: row for row in FORMATS}


class Part(NamedTuple):
    """A reading and its text."""

    reading: FileReading
    """Places count from the start of the file."""
    text: str
    before: Before
    """What of the file stands before `text`."""
    mark: bytes = b""
    """Hash of all that the reading rests on besides the name of the file and the way to read it;
    empty where that is more than the part's own text."""


Known = Callable[[str, str, bytes], "Part | None"]
"""Gives a part of an earlier reading by the names of its file and reader, and its mark."""


def read_in_parts(
    opened: Opened, as_format: str | None, fields: Mapping[str, str], known: Known | None = None
) -> Iterator[Part]:
    """The parts of a text, in order; at least one."""
    first, before = True, NOTHING
    try:
        for part in _parts(opened, as_format, fields, known):
            reading = structs.replace(part.reading, encoding=opened.encoding)
            if first:
                problems = opened.problems + reading.problems
                reading = structs.replace(reading, problems=problems)
            first, before = False, part.before.and_then(part.text)
            yield part._replace(reading=reading)
    except (ContainerError, OSError, MemoryError) as error:
        said, hint = explain(error)
        problem = Problem(opened.name, None, "error", said, hint)
        reading = FileReading(opened.name, None, opened.encoding, 0, problems=(problem,))
        yield Part(reading, "", before)


def join(readings: Iterable[FileReading]) -> FileReading:
    """The reading of a file from those of its parts, in order."""
    parts = [*readings]
    if len(parts) == 1:
        return parts[0]
    return structs.replace(
        parts[0],
        characters=sum(part.characters for part in parts),
        sightings=tuple(itertools.chain.from_iterable(part.sightings for part in parts)),
        chrome=tuple(itertools.chain.from_iterable(part.chrome for part in parts)),
        unread=tuple(itertools.chain.from_iterable(part.unread for part in parts)),
        problems=tuple(itertools.chain.from_iterable(part.problems for part in parts)),
    )


def _parts(
    opened: Opened, as_format: str | None, fields: Mapping[str, str], known: Known | None
) -> Iterator[Part]:
    name = opened.name
    if opened.pieces is None:
        yield Part(FileReading(name, None, None, 0), "", NOTHING)
        return
    pieces = opened.pieces()
    start = _take(pieces, WINDOW + 1)
    if len(start) <= WINDOW:
        yield Part(read_text(start, name, as_format, fields), start, NOTHING)
        return
    reader = find_reader(as_format, fields) if as_format else recognise(start, fields=fields)
    row = _ROWS[reader.name] if reader is not None else None
    if row is not None and row.needs == "all":
        text = start + _take(pieces, MAX_HELD)
        if next(pieces, ""):
            raise MemoryError
        yield Part(read_text(text, name, row.name, fields), text, NOTHING)
        return
    kind = reader.name if reader is not None else ""
    problems: list[Problem] = []
    recalled: list[Part] = []

    def recall(mark: bytes) -> int | None:
        part = known(name, kind, mark) if known is not None else None
        recalled[:] = [part] if part is not None else []
        return len(part.text) if part is not None else None

    for window in _windows(
        opened, start, pieces, reader, row, problems, recall if known is not None else None
    ):
        if window.passages is None:
            reading = shifted(recalled[0].reading, recalled[0].before, window.before)
        elif reader is None:
            said = [] if window.before.characters else [not_recognised(name)]
            reading = account(window.text, name, None, [], said, UNKNOWN, window.before)
        else:
            passages = look_again(window.text, window.passages, reader)
            reading = account(
                window.text, name, reader.name, passages, problems, before=window.before
            )
            problems.clear()
        yield Part(reading, window.text, window.before, window.mark)


def _windows(
    opened: Opened,
    start: str,
    pieces: Iterator[str],
    reader: Reader | None,
    row: Format | None,
    problems: list[Problem],
    known: Callable[[bytes], int | None] | None,
) -> Iterator[Window]:
    """The windows of a text that begins with `start`, to which `pieces` belong."""
    following = itertools.chain((start,), pieces)
    if reader is None or row is None:
        yield from read_in_windows(following, lambda _: iter(()), WINDOW, known=known)
        return
    if row.needs != "named":
        lead = _lead(start, reader) if row.needs == "head" else ""
        read = partial(passages_of, name=opened.name, reader=reader, problems=problems)
        yield from read_in_windows(following, read, WINDOW, lead, row.apart, known)
        return
    module = import_module(f"digest.readers.{row.module}")

    def texts() -> Iterator[str]:
        all_pieces = opened.pieces() if opened.pieces is not None else iter(())
        return cut_in_windows(all_pieces, module.cut, WINDOW)

    # What other entries say is gathered once and used up in the order of the file.
    reader = reader._replace(read=partial(module.read, context=module.context(texts)))
    before = NOTHING
    for text in texts():
        yield Window(text, before, [*passages_of(text, opened.name, reader, problems)], b"")
        before = before.and_then(text)


def _take(pieces: Iterator[str], most: int) -> str:
    """The pieces to come, until there are `most` characters or more."""
    taken, length = [], 0
    while length < most and (piece := next(pieces, None)) is not None:
        taken.append(piece)
        length += len(piece)
    return "".join(taken)


def _lead(start: str, reader: Reader) -> str:
    """What stands before the first entry of a text that begins with `start`."""
    for passage in reader.read(start):
        if isinstance(passage, Record):
            end = passage.span[0]
            return start[:end] if end <= _LONGEST_LEAD else ""
    return ""
