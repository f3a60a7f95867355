"""Lines and paragraphs of a text, by offset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from digest.text import fold

LONGEST = 200_000
"""Characters above which a passage is no abstract: it is left unread instead of being copied."""

_INDENT = 8
_WIDEST = 200
_NARROWEST = 30
_LEAST_BREAKS = 3
# A line from its first character that is no white space. The dot is several times faster than a
# set of characters, but ends at no carriage return: only old files have some by themselves.
_LINE = re.compile(r"\S.*")
_LONE_RETURNS = re.compile(r"\S[^\r\n]*")


class Line(NamedTuple):
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    after_blank: bool
    """Whether a blank line, or the start of the text, stands before it."""


def find_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of text[start:end] that are not blank, in order."""
    stop = len(text) if end is None else end
    returns = text.count("\r", start, stop)
    lone = returns > 0 and returns > text.count("\r\n", start, stop)
    last_end = -1
    for m in (_LONE_RETURNS if lone else _LINE).finditer(text, start, stop):
        begin, finish = m.span()
        while text[finish - 1].isspace():
            finish -= 1
        gap = begin - last_end
        yield Line(
            begin, finish, last_end < 0 or (gap > 1 and _is_blank_gap(text, last_end, begin))
        )
        last_end = finish


def _is_blank_gap(text: str, start: int, end: int) -> bool:
    if end - start <= 2:
        return text[start:end] == "\n\n" or text[start:end] == "\r\r"
    newlines = text.count("\n", start, end)
    return (newlines or text.count("\r", start, end)) > 1


def line_start(text: str, pos: int) -> int:
    """The start of the line on which nothing but a few blanks stands before `pos`, or -1."""
    start = pos
    while start and pos - start < _INDENT and text[start - 1] in " \t":
        start -= 1
    return start if start == 0 or text[start - 1] == "\n" else -1


def find_paragraphs(lines: Iterable[Line]) -> list[list[Line]]:
    """`lines` grouped: a blank line parts two paragraphs."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.after_blank or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def join_lines(text: str, lines: list[Line]) -> str:
    """The words of consecutive `lines`, white space folded."""
    return fold(text[lines[0].start : lines[-1].end]) if lines else ""


def join_paragraphs(text: str, lines: Iterable[Line]) -> str:
    """The words of `lines`, white space folded, a blank line between paragraphs."""
    groups = find_paragraphs(lines)
    if len(groups) == 1:
        return join_lines(text, groups[0])
    return "\n\n".join([join_lines(text, group) for group in groups])


def wrap_width(text: str, lines: list[Line]) -> int:
    """The width to which the lines were broken, or 0 where they were not.

    It is the one that explains most line breaks: no line is wider, and each could not have held
    the first word of the next.
    """
    wide = len([1 for start, end, _ in lines if end - start > 2 * _WIDEST])
    if wide * 50 > len(lines):
        return 0
    changes = [0] * (_WIDEST + 2)
    breaks = 0
    for before, line in pairwise(lines):
        if line.after_blank:
            continue
        breaks += 1
        size = before.end - before.start
        if size <= _WIDEST:
            word = text[line.start : min(line.end, line.start + _WIDEST)].split(None, 1)[0]
            changes[size] += 1
            changes[min(_WIDEST + 1, size + 1 + len(word))] -= 1
    fits = list(accumulate(changes))
    width = max(range(_NARROWEST, _WIDEST + 1), key=fits.__getitem__)
    enough = fits[width] >= _LEAST_BREAKS and fits[width] * 2 >= breaks
    return width if enough and breaks * 3 >= len(lines) else 0
