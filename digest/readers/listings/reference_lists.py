"""Lists of formatted references: bibliographies, publication lists, reading lists, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.listings.lines import LONGEST, Line, find_lines
from digest.readers.listings.reference_entries import Reference, parse_reference
from digest.text import fold

_MARKER = re.compile(
    r"(?:\[[A-Za-z]{0,12}\+?\d{1,5}[a-z]?\]|\(\d{1,4}\)|\d{1,4}[.):]|#\d{1,4}[.:)]?|[-•*▪◦‣·○●►→])\s{1,8}"
    r"|\d{1,4}\t\s{0,8}"
    r"|\[?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?"
    r"\s{0,2}[-–]?\s{0,2}[^:\n]{1,40}:\s{1,3}"
)
_NUMBERED = re.compile(r"[\[(#]?(\d{1,5})[\]).:]")
_HEADING = re.compile(r"[^.!?]{1,80}[:.]?")
_SAMPLE = 150
_FEWEST = 3
_COVER = 0.7
_SURE = 0.93
_FULL = 0.6
_HEADINGS = 3
_SHORT = 80


class _Entry(Struct):
    """Some lines, and the reference in them."""

    lines: list[Line]
    found: Reference | None


def _indents(text: str, lines: list[Line]) -> list[int]:
    found = []
    for line in lines:
        at = line.start
        while at and text[at - 1] in " \t" and line.start - at < 40:
            at -= 1
        found.append(len(text[at : line.start].expandtabs(4)))
    return found


def _words(text: str, lines: list[Line]) -> str:
    if lines[-1].end - lines[0].start > 4_000:
        return ""
    marker = _MARKER.match(text, lines[0].start, lines[-1].end)
    start = marker.end() if marker else lines[0].start
    return fold(text[start : lines[-1].end])


def _is_marked(text: str, line: Line) -> bool:
    """Whether a line begins with a number or a bullet, or is one."""
    return _MARKER.match(text[line.start : min(line.end, line.start + 120)] + " ") is not None


def _cuts(text: str, lines: list[Line]) -> Iterator[Callable[[int], bool]]:
    """Whether the line of a number begins an entry: each way that such lists mark it."""
    indents = _indents(text, lines)
    marked = [_is_marked(text, line) for line in lines]
    low = min((indent for indent, mark in zip(indents, marked, strict=True) if mark), default=0)
    if sum(marked) >= _FEWEST:
        yield (
            lambda i: (
                (marked[i] and indents[i] <= low + 1) or (lines[i].after_blank and not marked[i])
            )
        )
    yield lambda _: True
    yield lambda i: lines[i].after_blank
    least = min(indents, default=0)
    if any(indent > least for indent in indents):
        yield lambda i: indents[i] == least


def _entries(text: str, lines: list[Line], begins: Callable[[int], bool]) -> list[_Entry]:
    groups: list[list[Line]] = []
    for number, line in enumerate(lines):
        if number == 0 or begins(number):
            groups.append([line])
        else:
            groups[-1].append(line)
    longest = max((line.end - line.start for group in groups for line in group[:-1]), default=0)
    found: list[_Entry] = []
    for group in groups:
        below: list[_Entry] = []
        # A short line below a whole reference is the heading of those that follow.
        while (
            len(group) > 1
            and len(below) < _HEADINGS
            and group[-1].end - group[-1].start <= _SHORT
            and not _is_broken(text, group, longest)
        ):
            below.insert(0, _Entry([group.pop()], None))
        parsed = parse_reference(_words(text, group)) if _is_broken(text, group, longest) else None
        found += [_Entry(group, parsed), *below]
    return found


def _is_broken(text: str, group: list[Line], longest: int) -> bool:
    """Whether lines are one that was broken to a width: all but the last nearly fill it.

    A number alone, and names with a colon, do not end a reference either.
    """
    return all(
        line.end - line.start + _first_word(text, after) >= _FULL * longest
        or text[line.end - 1] == ":"
        or (line is group[0] and _MARKER.fullmatch(text[line.start : line.end] + " "))
        for line, after in pairwise(group)
    )


def _first_word(text: str, line: Line) -> int:
    return len(text[line.start : min(line.end, line.start + 300)].split(None, 1)[0])


def _size(entries: list[_Entry]) -> int:
    return sum(entry.lines[-1].end - entry.lines[0].start for entry in entries)


def _value(entries: list[_Entry]) -> float:
    """How well a way to cut explains a text: better many entries than few that swallow others."""
    found = [entry for entry in entries if entry.found]
    sure = sum(entry.found.sure for entry in found if entry.found)
    return sure * (_size(found) / max(1, _size(entries))) ** 2


def _best(text: str, lines: list[Line]) -> tuple[list[_Entry], int]:
    """The entries of the way to cut that explains most of the text, and its number."""
    shown = lines[:_SAMPLE]
    ways = [_entries(text, shown, begins) for begins in _cuts(text, shown)]
    best = max(range(len(ways)), key=lambda n: _value(ways[n]))
    return ways[best], best


def recognise(text: str) -> float:
    """How sure it is that `text` is a list of references: each entry names, title and place."""
    if text.lstrip()[:1] in ("<", "{", "@", "%", "\\", "|") or not re.search(r"\d{4}", text):
        return 0.0
    lines = list(find_lines(text))
    if len(lines) < _FEWEST:
        return 0.0
    entries, _ = _best(text, lines)
    good = [entry for entry in entries if entry.found]
    if len(good) < _FEWEST or _size(good) < _COVER * _size(entries):
        return 0.0
    named = sum(bool(entry.found and entry.found.authors) for entry in good) / len(good)
    titles = {entry.found.title for entry in good if entry.found}
    if len(titles) < 0.7 * len(good):
        return 0.0
    # Bare links are found by other readers too, which know more of them.
    return (_SURE if named >= 0.5 else 0.55) * min(1.0, _size(good) / (0.9 * _size(entries)))


def read(text: str) -> Iterator[Passage]:
    """Every reference; short lines between them are headings."""
    lines = list(find_lines(text))
    if not lines:
        return
    _, way = _best(text, lines)
    number = 0
    for entry in _entries(text, lines, list(_cuts(text, lines))[way]):
        given = _number(text, entry.lines[0])
        # A heading may be numbered, too, but not as the entry that is due.
        yield from _passages(text, entry, due=number > 0 and given == number + 1)
        number = given or number


def _number(text: str, line: Line) -> int:
    """The number that an entry begins with, or 0."""
    m = _NUMBERED.match(text, line.start, line.end)
    return int(m[1]) if m else 0


def _passages(text: str, entry: _Entry, *, due: bool) -> Iterator[Passage]:
    span = (entry.lines[0].start, entry.lines[-1].end)
    found = entry.found
    if found is None:
        words = text[span[0] : min(span[1], span[0] + 200)]
        if not due and span[1] - span[0] <= 80 and _HEADING.fullmatch(words.strip()):
            yield Chrome(span)
            return
        yield Unread(span, "not a reference like the others of this list")
        if due or LONGEST > span[1] - span[0] > 80:
            yield Remark(
                span[0], "warning", "an entry whose title and authors cannot be told apart",
                "write it as the others, or remove it",
            )  # fmt: skip
        return
    yield Record(
        span=span,
        title=found.title,
        authors=found.authors,
        eprint=found.eprint,
        eprint_version=found.version,
        doi=found.doi,
        published=found.year,
        published_as="page" if found.year else None,
        journal_ref=found.place if found.numbered_place else None,
        venue=None if found.numbered_place else found.place,
        links=found.links,
        confidence=found.sure,
    )


READER = Reader("reference-list", recognise, read)
