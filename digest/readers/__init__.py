"""Stage 1: files into records, with an account of every character."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, structs

from digest.paper import Record, Sighting, Source, Span
from digest.problems import DigestError, Problem, Severity
from digest.readers import front_matter
from digest.readers.base import Chrome, Passage, Reader, Remark
from digest.readers.decode import decode
from digest.readers.listings import abstracts, blocks, glued, titles
from digest.text import Lines

READERS: tuple[Reader, ...] = (
    front_matter.READER,
    abstracts.READER,
    blocks.READER,
    glued.READER,
    titles.READER,
)
"""Every format, in the order in which a tie is decided."""

_SAMPLE = 65_536
_SURE_ENOUGH = 0.5
_MAX_BYTES = 512 * 2**20
_HINT_UNKNOWN = (
    "name the format with `digest read --as FORMAT`, or see the manual for the known layouts"
)


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


def find_reader(name: str) -> Reader:
    """The reader called `name`. Raises DigestError naming the nearest where there is none."""
    for reader in READERS:
        if reader.name == name:
            return reader
    names = [reader.name for reader in READERS]
    near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.4)
    hint = f"did you mean `{near[0]}`? " if near else ""
    raise DigestError(
        Problem(
            "", None, "error", f"unknown format `{name}`", f"{hint}known are {', '.join(names)}"
        )
    )


def read_file(path: Path, name: str, as_format: str | None = None) -> FileReading:
    """What the file at `path`, called `name` in messages and sources, holds.

    Whatever is wrong with the file becomes a problem; only an unknown `as_format` is raised, as
    DigestError.
    """
    if as_format is not None:
        find_reader(as_format)
    try:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "this is not a regular file"
            return _nothing(name, "error", what, "name a text file")
        if path.stat().st_size > _MAX_BYTES:
            return _nothing(
                name, "error", f"larger than {_MAX_BYTES >> 20} MB", "split it into several files"
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _nothing(
            name, "error", f"cannot be read: {reason}", "check that it exists and its rights"
        )
    except MemoryError:
        return _nothing(name, "error", "too large for the memory", "split it into several files")
    decoded = decode(data, name)
    if decoded.text is None:
        return FileReading(name, None, decoded.encoding, 0, problems=decoded.problems)
    reading = read_text(decoded.text, name, as_format)
    return structs.replace(
        reading, encoding=decoded.encoding, problems=decoded.problems + reading.problems
    )


def _nothing(name: str, severity: Severity, message: str, hint: str) -> FileReading:
    return FileReading(
        name, None, None, 0, problems=(Problem(name, None, severity, message, hint),)
    )


def read_text(text: str, name: str, as_format: str | None = None) -> FileReading:
    """What `text`, the content of the file called `name`, holds.

    Raises DigestError for an unknown `as_format` and nothing else.
    """
    if not text.strip():
        problem = Problem(
            name, None, "note", "this file is empty", "remove it, or paste a listing into it"
        )
        return FileReading(name, as_format, "utf-8", len(text), problems=(problem,))
    reader = find_reader(as_format) if as_format else recognise(text)
    if reader is None:
        return _unknown(text, name)
    try:
        passages = list(reader.read(text))
    except (
        RecursionError,
        MemoryError,
        ValueError,
        LookupError,
        TypeError,
        AssertionError,
    ) as error:
        # A defect of ours must not cost the user the other files.
        problem = Problem(
            name,
            None,
            "error",
            f"the reader for `{reader.name}` failed: {type(error).__name__}: {error}"[:300],
            "please report this with the file; nothing of it is in the digest",
        )
        passages = []
        return _account(text, name, reader.name, passages, [problem])
    return _account(text, name, reader.name, passages, [])


def recognise(text: str) -> Reader | None:
    """The reader whose shape `text` has, or None."""
    sample = text[:_SAMPLE]
    best: Reader | None = None
    best_score = _SURE_ENOUGH
    for reader in READERS:
        score = reader.recognise(sample)
        if score > best_score or (best is None and score >= best_score):
            best, best_score = reader, score
    return best


def _unknown(text: str, name: str) -> FileReading:
    looked = ", ".join(reader.name for reader in READERS)
    problem = Problem(name, None, "error", f"no known layout (looked for {looked})", _HINT_UNKNOWN)
    return _account(text, name, None, [], [problem], why="no known layout")


def _account(
    text: str,
    name: str,
    form: str | None,
    passages: Iterable[Passage],
    problems: list[Problem],
    why: str = "the reader passed over it",
) -> FileReading:
    """The reading of `text`, with whatever `passages` leave out, or claim twice, in `unread`."""
    lines = Lines(text)
    sightings: list[Sighting] = []
    chrome: list[Span] = []
    unread: list[tuple[int, int, str]] = []
    reached = 0
    spans = [p for p in passages if not isinstance(p, Remark)]
    for passage in sorted(spans, key=lambda p: p.span):
        start, end = passage.span
        _fill(text, reached, start, why, unread)
        if start < reached and isinstance(passage, Record):
            # Two records cannot own one character: the second is kept from where it is free.
            start = min(reached, end)
        if start >= end:
            continue
        if isinstance(passage, Record):
            source = Source(name, form or "", start, end, lines.at(start), lines.at(end - 1))
            sightings.append(Sighting(passage, source))
        elif isinstance(passage, Chrome):
            chrome.append((max(start, reached), end))
        else:
            unread.append((max(start, reached), end, passage.why))
        reached = max(reached, end)
    _fill(text, reached, len(text), why, unread)
    unread.sort()
    problems.extend(
        Problem(name, lines.at(remark.at), remark.severity, remark.message, remark.hint)
        for remark in passages
        if isinstance(remark, Remark)
    )
    if form is not None:
        problems.extend(
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
        name,
        form,
        "utf-8",
        len(text),
        tuple(sightings),
        tuple(chrome),
        tuple(unread),
        tuple(problems),
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
