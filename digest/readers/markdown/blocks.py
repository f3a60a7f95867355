"""The blocks of a Markdown text, by offset: headings, items, tables, paragraphs, furniture.

Of https://spec.commonmark.org/0.31.2/ chapter 4 and 5 and GitHub's tables as much as lists of
papers use; nesting is kept as the indentation of items, so nothing here is recursive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["heading", "summary", "item", "table", "para", "furniture"]


class Block(NamedTuple):
    """A part of the text, [start, end), without the white space around it."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    """Of a heading 1 to 6, of a summary 7; of an item its indentation."""
    inner: tuple[int, int] = (0, 0)
    """Where the words of a heading or an item stand."""
    after_blank: bool = True


_END = re.compile(r"\r\n?|\n")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\s#!\d]))")
_HTML_HEADING = re.compile(r"\s{0,20}<h([1-6])(?:\s[^<>]{0,300})?>", re.I)
_ITEM = re.compile(r"[ \t]*(?:[-*+•●]|\(?\d{1,4}(?:[.)、]|\)\.))(?:[ \t]+(?=\S)|$)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,})$")
_DIVIDER = re.compile(r"[\s|:+-]+$")
_TAG_LINE = re.compile(
    r"\s*(?:</?(?:details|div|p|center|br|table|tbody|hr|ul|ol|span|img|h[1-6]|a|b|summary|sup|sub|font)"
    r"(?:\s[^<>]{0,1000})?/?>\s*|&nbsp;\s*)+$",
    re.I,
)
_SUMMARY = re.compile(
    r"\s*(?:<details[^<>]{0,200}>\s*)?<summary[^<>]{0,200}>(?P<words>(?:[^<\r\n]|<(?!/summary))*)"
    r"</summary>",
    re.I,
)
_REFERENCE = re.compile(r" {0,3}\[[^\]\r\n]{1,200}\]:\s*\S+")
_SETEXT = re.compile(r"[ \t]{0,3}(=+|-{2,})[ \t]*$")


class _Lines:
    """The lines of a text one after the other, with one to look ahead at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.unclosed: set[str] = set()
        """Marks that were opened and are never closed: they are not searched for again."""

    def peek(self, start: int | None = None) -> tuple[int, int, int] | None:
        """Start, end and the start of what follows of the line at `start`."""
        at = self.at if start is None else start
        if at >= len(self.text):
            return None
        m = _END.search(self.text, at)
        return (at, m.start(), m.end()) if m else (at, len(self.text), len(self.text))


def find_blocks(text: str) -> Iterator[Block]:
    """The blocks of `text`, in order; what lies between two blocks is blank."""
    lines = _Lines(text)
    blank = True
    while (line := lines.peek()) is not None:
        start, end, after = line
        words = text[start:end]
        if not words.strip():
            blank = True
            lines.at = after
            continue
        block = _one(lines, words, start, after, blank)
        yield block
        blank = False
        if lines.at <= start:  # never: every branch goes on
            lines.at = after


def _one(lines: _Lines, words: str, start: int, after: int, blank: bool) -> Block:
    text = lines.text
    lines.at = after
    left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if m := _HEADING.match(words):
        inner = text[start + m.end() : right].rstrip("#").rstrip()
        begin = start + m.end()
        return Block("heading", left, right, len(m[1]), (begin, begin + len(inner)), blank)
    if words.lstrip().startswith("<!--"):
        close = -1 if "-->" in lines.unclosed else text.find("-->", left)
        if close < 0:
            lines.unclosed.add("-->")
        stop = close + 3 if close >= 0 else right
        if close >= 0:
            lines.at = stop
        return Block("furniture", left, stop, after_blank=blank)
    if m := _FENCE.match(words):
        mark = re.compile(r"^[ \t]*" + re.escape(m[1][:3]), re.M)
        close_fence = None if m[1][:3] in lines.unclosed else mark.search(text, after)
        if close_fence is None:
            lines.unclosed.add(m[1][:3])
        else:
            end = _END.search(text, close_fence.end())
            lines.at = end.end() if end else len(text)
            stop = end.start() if end else len(text)
            return Block("furniture", left, stop, after_blank=blank)
        return Block("furniture", left, right, after_blank=blank)
    if m := _SUMMARY.match(words):
        stop = start + m.end()
        lines.at = stop if words[m.end() :].strip() else after
        inside = (start + m.start("words"), start + m.end("words"))
        return Block("summary", left, stop, 7, inside, blank)
    if m := _HTML_HEADING.match(words):
        stop = right
        inner_end = words.lower().rfind("</h")
        inside = (start + m.end(), start + inner_end if inner_end > m.end() else right)
        return Block("heading", left, stop, int(m[1]), inside, blank)
    if _is_table(lines, words, after):
        return Block("table", left, _table_end(lines, right), after_blank=blank)
    if _RULE.match(words) or _TAG_LINE.match(words) or _REFERENCE.match(words):
        return Block("furniture", left, right, after_blank=blank)
    if m := _ITEM.match(words):
        indent = len(words[: left - start].expandtabs(4))
        stop = _item_end(lines, right, indent)
        return Block("item", left, stop, indent, (start + m.end(), stop), blank)
    under = lines.peek()
    if under is not None and (m := _SETEXT.match(text[under[0] : under[1]])) and len(words) < 400:
        lines.at = under[2]
        level = 1 if m[1][0] == "=" else 2
        return Block("heading", left, under[0] + m.end(1), level, (left, right), blank)
    stop = right
    while (line := lines.peek()) is not None:
        more = text[line[0] : line[1]]
        if not more.strip() or _begins(lines, more, line[2]):
            break
        stop = line[0] + len(more.rstrip())
        lines.at = line[2]
    return Block("para", left, stop, inner=(left, stop), after_blank=blank)


def _begins(lines: _Lines, words: str, after: int) -> bool:
    """Whether the line `words` begins a block of its own inside a paragraph."""
    return bool(
        _HEADING.match(words)
        or _FENCE.match(words)
        or words.lstrip().startswith("<!--")
        or _SUMMARY.match(words)
        or _HTML_HEADING.match(words)
        or _RULE.match(words)
        or _TAG_LINE.match(words)
        or _ITEM.match(words)
        or _is_table(lines, words, after)
    )


def _is_table(lines: _Lines, words: str, after: int) -> bool:
    """Whether `words` is the first line of a table: a divider below it, or bars at both ends."""
    if "|" not in words:
        return False
    if words.lstrip().startswith("|"):
        return words.count("|") >= 3 or is_divider(words)
    below = lines.peek(after)
    return (
        below is not None and is_divider(lines.text[below[0] : below[1]]) and words.count("|") >= 1
    )


def is_divider(words: str) -> bool:
    """Whether `words` is the line between the head of a table and its rows: `|---|:-:|`."""
    return "|" in words and "-" in words and _DIVIDER.match(words) is not None


def _table_end(lines: _Lines, right: int) -> int:
    """The end of a table: at a blank line, unless a row is still open there."""
    text = lines.text
    first = lines.peek()
    barred = text[right - 1] == "|"
    columns = 0
    if first is not None and is_divider(text[first[0] : first[1]]):
        columns = text[first[0] : first[1]].strip().strip("|").count("|") + 1
    row = ""
    while (line := lines.peek()) is not None:
        words = text[line[0] : line[1]]
        stripped = words.strip()
        opened = bool(row) and not row.endswith("|") and columns > row.strip("|").count("|") + 1
        if not stripped:
            ahead = lines.peek(line[2])
            following = text[ahead[0] : ahead[1]] if ahead else ""
            if opened and "|" in following and not following.lstrip().startswith(("|", "#")):
                lines.at = line[2]
                continue
            break
        if stripped.startswith("|"):
            row = stripped[-4000:] if len(stripped) > 8000 else stripped
        elif opened and not _HEADING.match(words):
            row = f"{row} {stripped}"[-8000:]
        elif "|" in stripped and not barred:
            row = stripped
        elif row and not barred and columns and not _HEADING.match(words):
            break
        else:
            break
        right = line[0] + len(words.rstrip())
        lines.at = line[2]
    return right


def _item_end(lines: _Lines, right: int, indent: int) -> int:
    """The end of an item: the lines below it that are indented deeper or go on without a blank."""
    text = lines.text
    blank = False
    at = lines.at
    while (line := lines.peek(at)) is not None:
        words = text[line[0] : line[1]]
        if not words.strip():
            blank = True
            at = line[2]
            continue
        depth = len(words[: len(words) - len(words.lstrip())].expandtabs(4))
        deeper = depth > indent + 1
        if _ITEM.match(words) or (blank and not deeper):
            break
        if not deeper and _begins(lines, words, line[2]):
            break
        if deeper and _is_table(lines, words.strip(), line[2]) and words.strip().endswith("|"):
            break
        right = line[0] + len(words.rstrip())
        at = line[2]
        lines.at = at
        blank = False
    return right
