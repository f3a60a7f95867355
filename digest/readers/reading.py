"""The reading of a file: what its passages are, with every character accounted for."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from digest.paper import Record, Sighting, Source, Span
from digest.problems import Problem, Severity
from digest.readers.base import Chrome, Passage, Remark
from digest.text import Lines

PASSED_OVER = "the reader passed over it"


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
) -> FileReading:
    """The reading of `text`, with whatever `passages` leave out, or claim twice, in `unread`.

    Each passage comes with the name of the format that it was read as.
    """
    lines = Lines(text)
    sightings: list[Sighting] = []
    chrome: list[Span] = []
    unread: list[tuple[int, int, str]] = []
    found = list(problems)
    spans = []
    for passage, kind in passages:
        if isinstance(passage, Remark):
            found.append(
                Problem(name, lines.at(passage.at), passage.severity, passage.message, passage.hint)
            )
        else:
            spans.append((passage, kind))
    reached = 0
    for passage, kind in sorted(spans, key=lambda pair: pair[0].span):
        start, end = passage.span
        _fill(text, reached, start, why, unread)
        # Two passages cannot own one character: the second is kept from where it is free.
        start = max(start, min(reached, end))
        if start >= end:
            continue
        if isinstance(passage, Record):
            source = Source(name, kind, start, end, lines.at(start), lines.at(end - 1))
            sightings.append(Sighting(passage, source))
        elif isinstance(passage, Chrome):
            chrome.append((start, end))
        else:
            unread.append((start, end, passage.why))
        reached = end
    _fill(text, reached, len(text), why, unread)
    unread.sort()
    if form is not None:
        found.extend(
            Problem(
                name,
                lines.at(start),
                "warning",
                f"{end - start} characters could not be understood: {reason}",
                "see `digest read`; mend the text, or remove it",
            )
            for start, end, reason in unread
        )
    return FileReading(
        name, form, "utf-8", len(text), tuple(sightings), tuple(chrome), tuple(unread), tuple(found)
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
