"""Fields of the formats in which every line begins with a short tag.

A value runs from its tag to the next one, so that lines without a tag go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from digest.links import find_links, kind_of
from digest.paper import Link, Record
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.citations import without_markup
from digest.readers.fields import read_paragraphs
from digest.text import fold

LINE_START = r"(?:^|(?<=\r))\ufeff?"
"""Before a tag, under re.MULTILINE: after a line end of any kind."""

_LINE_END = re.compile(r"[\r\n]")
_LINE = re.compile(r"[^\r\n]+")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
_FURNITURE = re.compile(
    r"\W{0,40}\d{0,7}\W{0,40}|Link to the Ovid Full Text or citation:.{0,4000}"
    r"|Record\b(?: \d{1,7} of \d{1,7}\b|.{0,40}\bINSPEC\b).{0,400}",
    re.I,
)


class Tagged(NamedTuple):
    """A tag, what follows it up to the next, and where they stand."""

    tag: str
    value: str
    start: int
    end: int
    after_blank: bool
    """Whether a blank line, or the start of the text, stands before the tag."""


class Entry:
    """The fields of one reference."""

    def __init__(self, fields: list[Tagged]) -> None:
        self.fields = fields
        self._by_tag: dict[str, list[str]] = {}
        for field in fields:
            value = field.value.strip()
            if value:
                self._by_tag.setdefault(field.tag, []).append(value)

    @property
    def span(self) -> tuple[int, int]:
        return self.fields[0].start, self.fields[-1].end

    def has(self, *tags: str) -> bool:
        return any(tag in self._by_tag for tag in tags)

    def values(self, *tags: str) -> Iterator[str]:
        """All values, in the order of `tags`."""
        for tag in tags:
            yield from self._by_tag.get(tag, ())

    def lines(self, *tags: str) -> Iterator[str]:
        """Their lines, each for itself."""
        for value in self.values(*tags):
            yield from (fold(m[0]) for m in _LINE.finditer(value) if not m[0].isspace())

    def line(self, *tags: str) -> str | None:
        """The first value there is, on one line."""
        return next((word for value in self.values(*tags) if (word := plain(value))), None)

    def first_line(self, *tags: str) -> str:
        """The first line of the first value: for numbers, which do not run on."""
        return next(self.lines(*tags), "")

    def paragraphs(self, *tags: str) -> str | None:
        """The first value there is, with its paragraphs."""
        for value in self.values(*tags):
            bare = without_markup(value)
            text = read_paragraphs(bare) if _BLANK_LINE.search(bare) else fold(bare)
            if text:
                return text
        return None

    def links(self, *tags: str) -> tuple[Link, ...]:
        """Every address, once."""
        found: dict[str, Link] = {}
        for word in self.lines(*tags):
            if word.startswith(("https://", "http://")) and not set(word) & set(' {}\\"<>;'):
                found.setdefault(word, Link(kind_of(word), word))
            else:
                for link in find_links(word):
                    found.setdefault(link.url, link)
        return tuple(found.values())


def find_tags(text: str, pattern: re.Pattern[str]) -> Iterator[Tagged]:
    """Every tag of `text`; `pattern` matches one with its separator, the tag as group 1."""
    last = None
    for m in _matches(text, pattern):
        if last is not None:
            yield _tagged(text, last, m.start())
        last = m
    if last is not None:
        yield _tagged(text, last, len(text))


def _matches(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What `pattern`, which begins with LINE_START, finds: only where a line begins is it tried."""
    if m := pattern.match(text):
        yield m
    for end in _LINE_END.finditer(text):
        if m := pattern.match(text, end.end()):
            yield m


def _tagged(text: str, m: re.Match[str], stop: int) -> Tagged:
    start, value_start = m.start(), m.end()
    value = text[value_start:stop]
    size = len(value.rstrip())
    end = value_start + size if size else start + len(m[0].rstrip())
    return Tagged(m[1].rstrip(), value, start, end, _after_blank(text, start))


def _after_blank(text: str, start: int) -> bool:
    """Whether the line before `start` is blank, or there is none."""
    if not start or not text[start - 2].isspace():
        return start < 2
    before = text[max(0, start - 40) : start].rstrip(" \t")
    return before.endswith(("\n\n", "\r\r", "\n\r\n")) or not before.strip()


def shortened(field: Tagged, at_blank: bool) -> Tagged:
    """`field` up to the end of its line, or up to the first blank line."""
    value = field.value
    blank = _BLANK_LINE.search(value)
    if at_blank:
        stop = blank.start() if blank and not value[: blank.start()].isspace() else len(value)
    else:
        ends = [at for c in "\r\n" if (at := value.find(c)) != -1]
        stop = min(ends, default=len(value))
    kept = value[:stop]
    if not kept.strip():
        # An empty value: the entry ends where its tag does.
        whole = field.end - field.start if not value.strip() else None
        end = field.start + whole if whole is not None else field.end - len(value.strip())
        return field._replace(value="", end=_tag_end(field, end))
    return field._replace(value=kept, end=field.end - len(value.rstrip()) + len(kept.rstrip()))


def _tag_end(field: Tagged, end: int) -> int:
    return max(field.start + len(field.tag), end)


def plain(text: str) -> str:
    """`text` without markup, on one line."""
    return fold(without_markup(text))


def between(text: str, start: int, end: int) -> Iterator[Passage]:
    """What stands between entries: their numbering and Ovid's links to itself are chrome, all
    else is unread."""
    words = text[start:end].strip()
    if not words:
        return
    start += text[start:end].index(words[0])
    span = (start, start + len(words))
    if all(_FURNITURE.fullmatch(line.strip()) for line in words.splitlines()):
        yield Chrome(span)
    else:
        yield Unread(span, "text outside of any entry")


def no_title(entry: Entry) -> Remark:
    """For an entry that says too little to be a paper."""
    return Remark(entry.span[0], "warning", "an entry without a title", "add its title")


def read_entries(
    text: str, entries: Iterable[list[Tagged]], understand: Callable[[Entry], Record]
) -> Iterator[Passage]:
    """The records of `entries`, and what stands between them."""
    reached = 0
    for fields in entries:
        entry = Entry(fields)
        start, end = entry.span
        yield from between(text, reached, start)
        reached = end
        record = understand(entry)
        yield record
        if not (record.title or record.abstract or record.doi):
            yield no_title(entry)
    yield from between(text, reached, len(text))
