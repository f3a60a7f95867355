"""Where entries, fields and values stand in BibTeX text, well-formed or not.

The grammar is BibTeX's (section "Reading the database file" of bibtex.web) with what people write
besides: missing commas, keys and braces, `%` comments, quotes inside quotes. Values keep their
characters; `strings` makes text of them. Work is linear in the text: every search that may fail
stops at the next line that opens an entry, or has a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.readers.bibtex.entries import Block, read_abbreviation, read_entry, trimmed
from digest.readers.bibtex.values import closing

_TYPE = r"@[ \t]{0,20}+([^\s@{}()\[\],;=\"'%#\\]{1,64}+)\s{0,20}+([{(])"
_HEAD = re.compile(_TYPE)
_KEYED = re.compile(r"\s*+(?:[^\s,{}=()]{0,200}+\s*+,\s*+)?+[A-Za-z][\w+:.-]*+\s*+=\s*+[{\"\w]")
_IN_PARENTHESES = re.compile(r"\s*+[^\s,(){}]*+\s*+[,=]")

COMMANDS = frozenset({"string", "preamble", "comment"})
TYPES = frozenset(
    """article artwork audio bibnote book bookinbook booklet collection commentary conference
    control dataset electronic ieeetranbstctl image inbook incollection inproceedings inreference
    jurisdiction legal legislation letter manual mastersthesis misc monograph movie music
    mvbook mvcollection mvproceedings mvreference newspaper online patent performance periodical
    phdthesis preprint proceedings reference report review set software softwaremodule
    softwareversion standard suppbook suppcollection suppperiodical techreport thesis unpublished
    url video webpage www xdata""".split()
)
EXTENSIONS = 3
"""Openings of entries that a value may hold."""


def find_heads(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The openings of entries, `@type{`, with type and delimiter as groups."""
    for m in _HEAD.finditer(text, start):
        if _is_head(text, m):
            yield m


def find_line_heads(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """As `find_heads`, of those that nothing but blanks precede on their line; the first line of
    `text` has none."""
    for m in _HEAD.finditer(text, start):
        at = m.start()
        while at > start and text[at - 1] in " \t":
            at -= 1
        if at and text[at - 1] in "\r\n" and _is_head(text, m):
            yield m


def _is_head(text: str, m: re.Match[str]) -> bool:
    at = m.start()
    if at and (text[at - 1].isalnum() or text[at - 1] in "._+-/\\"):
        return False
    kind = m[1].lower()
    known = kind in TYPES or kind in COMMANDS
    if m[2] == "(":
        return known and _IN_PARENTHESES.match(text, m.end()) is not None
    return known or _KEYED.match(text, m.end()) is not None


def scan(text: str) -> Iterator[Block]:
    """Blocks that together make up `text`, in order."""
    pos = 0
    limits = _Limits(text)
    while True:
        while (plain := read_abbreviation(text, pos)) is not None:
            yield Block("", pos, plain.start)
            yield plain
            pos = plain.end
        head = next(find_heads(text, pos), None)
        if head is None:
            break
        at = head.start()
        margin = _margin(text, max(pos, at - 200), at)
        if margin is not None and margin.strip("% \t"):
            # Prose behind a `%` that shows an entry's opening.
            line_end = _line_end(text, at)
            yield Block("", pos, line_end)
            pos = line_end
            continue
        if at > pos:
            yield Block("", pos, at)
        block = _read_block(text, head, limits, margin is not None)
        yield block
        pos = block.end
    if pos < len(text):
        yield Block("", pos, len(text))


def _margin(text: str, start: int, at: int) -> str | None:
    """What stands on the line before `at`, where that begins with `%`."""
    line_start = max(text.rfind("\n", start, at), text.rfind("\r", start, at)) + 1
    margin = text[line_start or start : at].lstrip()
    return margin if margin.startswith("%") else None


def _line_end(text: str, at: int) -> int:
    ends = [end for c in "\r\n" if (end := text.find(c, at, at + 20_000)) != -1]
    return min(ends, default=min(len(text), at + 20_000))


class _Limits:
    """Where the next line begins that opens an entry: nothing broken reaches beyond it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = -1
        self.spare = 4 * len(text) + 1_000_000
        """Characters that may still be looked at twice."""

    def after(self, pos: int) -> int:
        if self._next <= pos:
            self._next = self.beyond(pos)
        return self._next

    def beyond(self, pos: int) -> int:
        head = next(find_line_heads(self._text, pos + 1), None)
        return head.start() if head else len(self._text)


def _read_block(text: str, head: re.Match[str], limits: _Limits, off: bool) -> Block:
    limit = limits.after(head.start())
    kind = head[1].lower()
    if kind == "comment":
        return Block(kind, head.start(), _comment_end(text, head, limit, limits), off=off)
    if limits.spare < 0:
        limit = min(limit, _next_head(text, head))
    block = read_entry(text, head, limit)
    if block.broken:
        limits.spare -= limit - head.start()
        # A line inside a value may look like an entry's opening; only a flawless entry proves it.
        farther = limit
        for _ in range(EXTENSIONS):
            if farther >= len(text) or limits.spare < 0:
                break
            farther = limits.beyond(farther)
            limits.spare -= farther - head.start()
            retried = read_entry(text, head, farther)
            if not retried.broken and not retried.faults:
                return retried._replace(off=off)
        end = trimmed(text, head.end(), min(limit, _next_head(text, head)))
        block = block._replace(end=end)
    return block._replace(off=off)


def _next_head(text: str, head: re.Match[str]) -> int:
    following = next(find_heads(text, head.end()), None)
    return following.start() if following else len(text)


def _comment_end(text: str, head: re.Match[str], limit: int, limits: _Limits) -> int:
    """An `@comment` may hold whole entries: it ends with its own brace."""
    if head[2] == "(":
        return _line_end(text, head.end())
    end = closing(text, head.end(), limit)
    if end is None and limits.spare > 0 and limit < len(text):
        end = closing(text, head.end(), min(len(text), head.end() + limits.spare))
        limits.spare -= (end or len(text)) - head.end()
    return end if end is not None else trimmed(text, head.end(), limit)
