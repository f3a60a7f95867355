"""The reading of a file: what its passages are, with every character accounted for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, structs

from digest.paper import Record, Sighting, Source, Span
from digest.problems import Problem, Severity
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.text import Lines

PASSED_OVER = "the reader passed over it"


class Before(NamedTuple):
    """What of a file stands before a part of it."""

    characters: int
    lines: int
    """Line ends."""

    def and_then(self, text: str) -> Before:
        """What stands before what follows `text`."""
        return Before(self.characters + len(text), self.lines + text.count("\n"))


NOTHING = Before(0, 0)


class FileReading(Struct, frozen=True):
    """What one file gave. Every non-space character lies in a record, in chrome or in unread."""

    name: str
    format: str | None
    """Name of the reader, or None where no reader knew the text."""
    encoding: str | None
    """None where the file holds no text."""
    characters: int
    sightings: tuple[Sighting, ...] = ()
    chrome: tuple[Span, ...] = ()
    unread: tuple[tuple[int, int, str], ...] = ()
    """Start, end and why."""
    problems: tuple[Problem, ...] = ()


def nothing(name: str, severity: Severity, message: str, hint: str) -> FileReading:
    """The reading of a file that gave no text at all."""
    return FileReading(
        name, None, None, 0, problems=(Problem(name, None, severity, message, hint),)
    )


def account(
    text: str,
    name: str,
    form: str | None,
    passages: Iterable[tuple[Passage, str]],
    problems: Iterable[Problem],
    why: str = PASSED_OVER,
    before: Before = NOTHING,
) -> FileReading:
    """The reading of `text`, with whatever `passages` leave out, or claim twice, in `unread`.

    Each passage comes with the name of the format that it was read as. `before` is what of the file
    stands before `text`: the passages count from `text`'s start, the reading from the file's.
    """
    by, count, find = before.characters, text.count, text.find
    sightings: list[Sighting] = []
    chrome: list[Span] = []
    unread: list[tuple[int, int, str]] = []
    found = list(problems)
    remarks: list[Remark] = []
    # Lines are counted from one record to the next.
    reached, counted, line = 0, 0, before.lines + 1
    for passage, kind in _in_order(passages, remarks):
        begun, end = passage.span
        if reached < begun:
            _fill(text, reached, begun, why, unread)
        # Two passages cannot own one character: the second is kept from where it is free.
        start = begun if begun >= reached else min(reached, end)
        if start >= end:
            continue
        if isinstance(passage, Record):
            line += count("\n", counted, start)
            counted = end - 1
            first = line
            if find("\n", start, counted) >= 0:  # found far faster than counted
                line += count("\n", start, counted)
            source = Source(name, kind, start + by, end + by, first, line)
            placed = structs.replace(passage, span=(begun + by, end + by)) if by else passage
            sightings.append(Sighting(placed, source))
        elif isinstance(passage, Chrome):
            chrome.append((start + by, end + by))
        else:
            unread.append((start, end, passage.why))
        reached = end
    _fill(text, reached, len(text), why, unread)
    unread.sort()
    found += _complaints(name, remarks, unread if form is not None else [], text, before)
    return FileReading(
        name,
        form,
        "utf-8",
        len(text),
        tuple(sightings),
        tuple(chrome),
        tuple((start + by, end + by, why) for start, end, why in unread),
        tuple(found),
    )


def shifted(reading: FileReading, was: Before, now: Before) -> FileReading:
    """The reading of a part before which `was` stood, where now `now` stands."""
    by, lines = now.characters - was.characters, now.lines - was.lines
    if not (by or lines):
        return reading
    return structs.replace(
        reading,
        sightings=tuple(shift_sighting(s, by, lines) for s in reading.sightings),
        chrome=tuple((start + by, end + by) for start, end in reading.chrome),
        unread=tuple((start + by, end + by, why) for start, end, why in reading.unread),
        problems=tuple(
            structs.replace(p, line=p.line + lines) if p.line else p for p in reading.problems
        ),
    )


def shift_sighting(sighting: Sighting, by: int, lines: int) -> Sighting:
    """`sighting` so many characters and lines further on."""
    record, s = sighting.record, sighting.source
    start, end = record.span
    return Sighting(
        structs.replace(record, span=(start + by, end + by)),
        Source(
            s.file, s.format, s.start + by, s.end + by, s.first_line + lines, s.last_line + lines
        ),
    )


def _in_order(
    passages: Iterable[tuple[Passage, str]], remarks: list[Remark]
) -> list[tuple[Record | Chrome | Unread, str]]:
    """What of `passages` has a span, by where it begins; the others are added to `remarks`."""
    placed: list[tuple[Record | Chrome | Unread, str]] = []
    last, sorted_ = -1, True
    for both in passages:
        passage = both[0]
        if isinstance(passage, Remark):
            remarks.append(passage)
            continue
        begun = passage.span[0]
        sorted_ = sorted_ and last < begun
        last = begun
        placed.append((passage, both[1]))
    if not sorted_:
        placed.sort(key=lambda both: both[0].span)
    return placed


def _complaints(
    name: str,
    remarks: Sequence[Remark],
    unread: Sequence[tuple[int, int, str]],
    text: str,
    before: Before,
) -> Iterator[Problem]:
    if not remarks and not unread:
        return
    lines = Lines(text)
    for remark in remarks:
        line = lines.at(remark.at) + before.lines
        yield Problem(name, line, remark.severity, remark.message, remark.hint)
    said = sorted(remark.at for remark in remarks if remark.severity != "note")
    for start, end, reason in unread:
        # The reader may have said already, and better, what is wrong there.
        if bisect_left(said, start) == bisect_left(said, end):
            yield Problem(
                name,
                lines.at(start) + before.lines,
                "warning",
                f"{end - start} characters could not be understood: {reason}",
                "see `digest read`; mend the text, or remove it",
            )


def _fill(text: str, start: int, end: int, why: str, unread: list[tuple[int, int, str]]) -> None:
    """Adds what is not blank in text[start:end] to `unread`."""
    if start >= end:
        return
    gap = text[start:end]
    words = gap.strip()
    if words:
        left = start + len(gap) - len(gap.lstrip())
        unread.append((left, left + len(words), why))
