"""The lines that close an entry: `arXiv:ID - doi: X journal reference`, `Created: date`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.identifiers import Eprint, match_arxiv, match_doi
from digest.readers.listings.dates import DATED, edtf
from digest.readers.listings.lines import line_start
from digest.readers.listings.references import reference_end
from digest.text import fold

# Found by the colon, the rarest character of both labels.
_START = re.compile(
    r":(?:(?P<arxiv>(?<=arxiv:))[ \t]?(?=[\d]{4}\.|[a-z-]{2,9}[./])|(?<=created:)[ \t]?(?=\S))",
    re.I,
)
_CATEGORY = re.compile(r"[ \t]?\[([a-z-]{2,9}(?:\.[A-Za-z-]{2,9})?)\]")
_DOI = re.compile(
    r"[ \t]{0,4}[-–—;,]?[ \t]{0,4}doi[ \t]?[:=]?[ \t]{0,4}(?:https?://(?:dx\.)?doi\.org/)?(?=10\.\d)",
    re.I,
)
_SECOND_DOI = re.compile(r"[ \t,;]{1,4}(?=10\.\d{4,9}/)")
# Punctuation that authors left after the identifier in the field.
_STRAY = re.compile(r"[.,;]{1,3}(?=[ \t]|$|\r?\n)")
_DASH = re.compile(r"[ \t]{0,4}[-–—][ \t]{1,4}")
_CREATED = re.compile(r"\s{0,12}Created:[ \t]{0,4}", re.I)
_UPDATED = re.compile(r"\s{0,12}(?:Last )?Updated:[ \t]{0,4}", re.I)
_BLANKS = re.compile(r"[ \t]{0,40}")
_MENTION = re.compile(r"[,;.:)\]]|[ \t]+(?:[a-z]{2,}[ ,.;)]|and |\(|[,;.)])")
# A line before it that cannot end there: the identifier goes on with its sentence.
_ASKS_FOR_MORE = re.compile(
    r"(?:\(|\d{3}(?:v\d)?,|\b(?:with|of|to|see|in|and|from|by|at|as|on|the|for|or|than|is|are|cf\.?|supersedes|replaces|extends))"
    r"[ \t]*\r?\n[ \t]*\Z"
)
# What only a closing has after its identifier: a dash and a field, or the next abstract.
_FIELDS = re.compile(r"[ \t]{1,4}[-–—][ \t]{1,4}\S|[A-Z][a-z' ]")
_MID_LINE = re.compile(r"[\w.!?)}\]$\"”]")
# All that most closings hold beyond their identifier, where days are written as EDTF has them.
_WHOLE = re.compile(
    r"(?: - doi: (10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s\x00-\x1f]{1,300}(?<=[A-Za-z0-9])))?\r?\n"
    r"Created: ([0-9]{4}-[0-9]{2}-[0-9]{2})(?: Updated: ([0-9]{4}-[0-9]{2}-[0-9]{2}))?(?=\r?\n|\Z)"
    r"(?!\s{0,12}(?:Last )?Updated:)",
    re.I,
)
# The next abstract glued to an identifier; a D may begin `DOI`.
_GLUED_ON = re.compile(r"[A-CE-Z][a-z' ]")
_LINE_REACH = 4000
_DATED_SHARE = 0.7
_REMEMBERED = 65_536


class Closing(NamedTuple):
    """What closes one entry. The next entry may begin at `end`."""

    start: int
    end: int
    eprint: Eprint | None = None
    doi: str | None = None
    journal_ref: str | None = None
    created: str | None = None
    updated: str | None = None
    category: str | None = None
    glued: bool = False
    """Whether the next entry begins on the same line."""


def find_closings(text: str) -> Sequence[Closing]:
    """Every closing of `text`, in order; what merely mentions an identifier is left out."""
    # Two readers ask whether a text is theirs, and then one of them reads it.
    return _find_again(text) if len(text) <= _REMEMBERED else _find(text)


@lru_cache(maxsize=1)
def _find_again(text: str) -> Sequence[Closing]:
    return _find(text)


def _find(text: str) -> Sequence[Closing]:
    found = list(_candidates(text))
    dated = sum(closing.created is not None for closing in found)
    if dated < _DATED_SHARE * len(found):
        return found
    # Where entries are dated, an identifier without a date in the midst of a paragraph is one that
    # a line break brought to the start of a line.
    return [c for c in found if c.created or c.glued or _after_blank(text, c.start)]


def _candidates(text: str) -> Iterator[Closing]:
    reached = 0
    for m in _START.finditer(text):
        named = m["arxiv"] is not None
        start = m.start() - len("arxiv" if named else "created")
        if start >= reached and not named:
            start = line_start(text, start)
        if start < reached:
            continue
        closing = (
            _read_closing(text, start, m.end())
            if named
            else _read_dates(text, Closing(start, start))
        )
        if closing is not None and closing.end > start:
            reached = closing.end
            yield closing


def _read_closing(text: str, start: int, pos: int) -> Closing | None:
    found = match_arxiv(text, pos)
    if found is None:
        return None
    eprint, end = found
    own_line = _at_line_start(text, start)
    if own_line:
        # What most closings are needs no closer look.
        if _GLUED_ON.match(text, end):
            return Closing(start, end, eprint, glued=True)
        if m := _WHOLE.match(text, end):
            doi, created, updated = m.groups()
            if _is_day(created) and (updated is None or _is_day(updated)):
                return Closing(start, m.end(), eprint, doi, None, created, updated)
    elif not _is_glued_in(text, start, end):
        return None
    dated = _is_dated(text, end)
    if not (own_line and (dated or _FIELDS.match(text, end))) and (
        _MENTION.match(text, end)
        or (own_line and _ASKS_FOR_MORE.search(text[max(0, start - 40) : start]))
    ):
        return None
    closing = Closing(start, end, eprint)
    if m := _CATEGORY.match(text, end):
        closing = closing._replace(end=m.end(), category=m[1])
    line_end = _line_end(text, closing.end)
    has_doi = False
    # Before a date nothing can be glued on.
    if (m := _DOI.match(text, closing.end)) and (doi := match_doi(text, m.end(), glued=not dated)):
        closing = closing._replace(doi=doi[0], end=doi[1])
        has_doi = True
        # A field may name two: the first is the paper's.
        while (m := _SECOND_DOI.match(text, closing.end)) and (doi := match_doi(text, m.end())):
            closing = closing._replace(end=doi[1])
        if m := _STRAY.match(text, closing.end):
            closing = closing._replace(end=m.end())
    closing = _read_reference(text, closing, line_end, has_doi=has_doi)
    if not closing.glued:
        return _read_dates(text, closing)
    return closing


@lru_cache(maxsize=4096)  # papers of a listing are of the same few years
def _is_day(value: str) -> bool:
    """Whether the calendar has the day `value`, `2023-09-08`."""
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _read_reference(text: str, closing: Closing, line_end: int, *, has_doi: bool) -> Closing:
    """`closing` with the journal reference that follows on its line."""
    dash = _DASH.match(text, closing.end)
    begin = dash.end() if dash else _BLANKS.match(text, closing.end).end()  # type: ignore[union-attr]
    if begin >= line_end:
        return closing._replace(end=max(closing.end, line_end))
    if begin == closing.end:
        # No blank: the next abstract is glued on.
        return closing._replace(glued=True)
    dated_end = _dated_end(text, line_end)
    if dated_end is not None:
        return closing._replace(journal_ref=fold(text[begin:dated_end]), end=dated_end)
    end = reference_end(text, begin, line_end, may_be_absent=dash is None or has_doi)
    while end > begin and text[end - 1] in " \t":
        end -= 1
    return closing._replace(
        journal_ref=fold(text[begin:end]) or None,
        end=end if end > begin else begin,
        glued=end < line_end,
    )


def _dated_end(text: str, line_end: int) -> int | None:
    """Where a reference ends that a `Created:` line follows, perhaps after two lines more of it."""
    pos = line_end
    for _ in range(3):
        if _CREATED.match(text, pos):
            return pos
        m = re.compile(r"\r?\n[ \t]*\S").match(text, pos)
        if m is None:
            return None
        after = _line_end(text, m.end())
        if after - m.end() > 100:
            return None
        pos = after
    return None


def _is_dated(text: str, pos: int) -> bool:
    """Whether the line after the one at `pos` holds the date of the entry."""
    m = _CREATED.match(text, _line_end(text, pos))
    return m is not None and DATED.match(text, m.end()) is not None


def _after_blank(text: str, pos: int) -> bool:
    """Whether a blank line, or nothing, stands before the line at `pos`."""
    gap = text[max(0, pos - 40) : pos]
    left = len(gap) - len(gap.rstrip())
    return (
        left == pos or max(gap.count("\n", len(gap) - left), gap.count("\r", len(gap) - left)) > 1
    )


def _read_dates(text: str, closing: Closing) -> Closing:
    """`closing` with the `Created:` and `Updated:` that follow, on one line or two."""
    for label in (_CREATED, _UPDATED):
        m = label.match(text, closing.end)
        date = DATED.match(text, m.end()) if m else None
        if date is None or (value := edtf(date)) is None:
            continue
        if label is _CREATED:
            closing = closing._replace(created=value, end=date.end())
        else:
            closing = closing._replace(updated=value, end=date.end())
        rest = _BLANKS.match(text, closing.end)
        assert rest is not None  # noqa: S101 - the pattern matches the empty string
        glued = rest.end() < _line_end(text, closing.end)
        closing = closing._replace(glued=glued)
    return closing


def _at_line_start(text: str, pos: int) -> bool:
    back = pos
    while back and pos - back < 9 and text[back - 1] in " \t":
        back -= 1
    return back == 0 or text[back - 1] in "\r\n"


def _is_glued_in(text: str, start: int, end: int) -> bool:
    """Whether an identifier in mid-line closes an entry: nothing parts it from either side."""
    if start == 0 or not _MID_LINE.match(text, start - 1):
        return False
    after = text[end : end + 2]
    return bool(_DOI.match(text, end)) or (
        len(after) == 2 and after[0].isupper() and (after[1].islower() or after[1] in " '")
    )


def _line_end(text: str, pos: int) -> int:
    """The end of the line at `pos`, or where looking for it is given up."""
    limit = min(len(text), pos + _LINE_REACH)
    end = text.find("\n", pos, limit)
    if end < 0:
        carriage = text.find("\r", pos, limit)
        return carriage if carriage >= 0 else limit
    return end - 1 if end > pos and text[end - 1] == "\r" else end
