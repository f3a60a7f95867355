"""Entries that a closing line ends: abstract, perhaps a comment, then the identifier.

Both layouts that have such lines are read here, entry by entry, so that a file may mix them: with
blank lines between the parts (`blocks`), or with no separator at all (`glued`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from digest.links import find_links
from digest.paper import Link, Record
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.listings.closings import Closing, find_closings
from digest.readers.listings.comments import comment_score
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.lines import (
    LONGEST,
    Line,
    find_lines,
    join_lines,
    join_paragraphs,
    line_start,
    wrap_width,
)

_LABEL = re.compile(r"(?:Abstract|ABSTRACT)\s?:\s?(?=\S)")
_LABELS = re.compile(r"A(?:bstract|BSTRACT)\s?:")
_ENDED = tuple(".!?)]}$\"'”’")
_COMMENT_LINES = 8
_LEAST_ABSTRACT = 80

_SECOND_OF_TWO = 1.5
"""Log-odds that the second of two paragraphs is a comment: abstracts of two paragraphs are rarer
than comments."""
_LAST_OF_MANY = 0.0
_LINE_OF_TWO = 3.5
_LINE_OF_MANY = 2.0
_APART = 4.0
_PARTED_ALONE = 3.0
_BY_CHANCE = -3.0
_UNENDED = -4.0


def read_entries(text: str) -> Iterator[Passage]:
    """Every entry of `text`; the first and the last may be cut."""
    closings = find_closings(text)
    groups = list(_lines_apart(text, closings))
    # The closings themselves show no width.
    width = wrap_width(text, [line for lines in groups for line in lines])
    # A page that labels its abstracts labels all of them; a single label is the author's.
    labels = sum(line_start(text, m.start()) >= 0 for m in _LABELS.finditer(text))
    labelled = labels * 2 > len(closings) > 0
    for closing, lines in zip(closings, groups[:-1], strict=True):
        yield from _read_entry(text, lines, closing, width=width, labelled=labelled)
    if groups[-1]:
        yield from _read_entry(text, groups[-1], None, width=width, labelled=labelled)


def _lines_apart(text: str, closings: Sequence[Closing]) -> Iterator[list[Line]]:
    """The lines before each closing of `text`, then those after the last."""
    start = 0
    for closing in closings:
        yield list(find_lines(text, start, closing.start))
        start = closing.end
    yield list(find_lines(text, start))


def _read_entry(
    text: str, lines: list[Line], closing: Closing | None, *, width: int, labelled: bool
) -> Iterator[Passage]:
    head = 0
    while head < len(lines) and is_furniture(text[lines[head].start : lines[head].end]):
        yield Chrome((lines[head].start, lines[head].end))
        head += 1
    lines = lines[head:]
    if lines and lines[-1].end - lines[0].start > LONGEST:
        yield Unread((lines[0].start, lines[-1].end), "too long for an abstract")
        lines = []
        if closing is None:
            return
    if closing is None:
        yield from _read_rest(text, lines, width=width, labelled=labelled)
        return
    if not lines:
        yield _record(text, closing.start, [], [], closing, labelled=labelled)
        yield Remark(
            closing.start,
            "warning",
            "this identifier closes an entry without an abstract",
            "put the abstract before the line, or remove the line",
        )
        return
    apart = text.count("\n", lines[-1].end, closing.start) > 1
    cut = find_comment(text, lines, width, apart=apart)
    yield _record(text, lines[0].start, lines[:cut], lines[cut:], closing, labelled=labelled)


def _read_rest(text: str, lines: list[Line], *, width: int, labelled: bool) -> Iterator[Passage]:
    """What follows the last closing: an entry that was cut, or the foot of the page."""
    tail: list[Chrome] = []
    while lines and is_furniture(text[lines[-1].start : lines[-1].end]):
        tail.append(Chrome((lines[-1].start, lines[-1].end)))
        lines = lines[:-1]
    if lines:
        start, end = lines[0].start, lines[-1].end
        if end - start < _LEAST_ABSTRACT:
            yield Unread((start, end), "too short for an abstract, and no identifier closes it")
        else:
            cut = find_comment(text, lines, width)
            yield _record(text, start, lines[:cut], lines[cut:], None, labelled=labelled)
            yield Remark(
                start,
                "warning",
                "the last entry has no closing `arXiv:` line; it was read as an abstract alone",
                "add the line if the copy was cut short",
            )
    yield from reversed(tail)


def _record(
    text: str,
    start: int,
    body: Sequence[Line],
    comment: list[Line],
    closing: Closing | None,
    *,
    labelled: bool,
) -> Record:
    end = closing.end if closing else (comment or body)[-1].end
    while end > start and text[end - 1].isspace():
        end -= 1
    abstract = join_paragraphs(text, body)
    if labelled and (m := _LABEL.match(abstract)):
        abstract = abstract[m.end() :]
    remark = join_lines(text, comment)
    links = _links(abstract, remark)
    if closing is None:
        return Record(
            span=(start, end),
            abstract=abstract or None,
            comment=remark or None,
            links=links,
            confidence=0.5,
        )
    eprint, version = closing.eprint or (None, None)
    return Record(
        span=(start, end),
        abstract=abstract or None,
        comment=remark or None,
        eprint=eprint,
        eprint_version=version,
        doi=closing.doi,
        journal_ref=closing.journal_ref,
        published=closing.created,
        published_as="created" if closing.created else None,
        updated=closing.updated,
        tags=(closing.category,) if closing.category else (),
        links=links,
        confidence=1.0 if abstract else 0.5,
    )


def _links(abstract: str, comment: str) -> tuple[Link, ...]:
    found = find_links(abstract)
    if not comment or not (more := find_links(comment)):
        return found
    return tuple({link.url: link for link in (*found, *more)}.values())


def find_comment(text: str, lines: list[Line], width: int, *, apart: bool = False) -> int:
    """The index in `lines` at which the comment begins; len(lines) where there is none.

    `apart` says that a blank line parts them from the closing: then one parts the comment too.
    `width` is the one that the file was broken to, or 0.
    """
    if len(lines) < 2:
        return len(lines)
    best, best_score = len(lines), 0.0
    starts = [index for index, line in enumerate(lines) if line.after_blank and index]
    first_of_last = starts[-1] if starts else 0
    if starts:
        prior = _SECOND_OF_TWO if len(starts) == 1 else _LAST_OF_MANY
        # Where no blank line parts them from the closing, a blank line parts no comment either.
        prior -= 0.0 if apart else _PARTED_ALONE
        score = _score(text, lines, first_of_last, prior, exact=not apart)
        if score > 0 and (
            first_of_last == len(lines) - 1 or not _starts_late(text, lines, first_of_last)
        ):
            if apart:
                return first_of_last
            best, best_score = first_of_last, score
    # Lines without a blank between: the comment may be the last of them, or the last few.
    prior_of_best = 0.0
    for index in range(len(lines) - 1, max(first_of_last, len(lines) - 1 - _COMMENT_LINES), -1):
        before, line = lines[index - 1], lines[index]
        prior = -_APART if apart else 0.0
        if not width:
            # Nothing was broken to a width: every line is one on purpose.
            prior += _LINE_OF_TWO if len(lines) == 2 else _LINE_OF_MANY
        else:
            # A text broken to a width: a new line begins only where the line before had room left.
            word = text[line.start : line.end].split(None, 1)[0]
            full = before.end - before.start + 1 + len(word) > width
            ended = text[before.start : before.end].endswith(_ENDED)
            prior += (_BY_CHANCE if full else 0.0) + (0.0 if ended else _UNENDED)
        score = _score(text, lines, index, prior, exact=len(lines) > 2)
        if score <= 0:
            continue
        if first_of_last < best < len(lines):
            # A comment from `best` on is known: do the lines before it belong to it too?
            more = comment_score(
                join_lines(text, lines[index:best]), ends=False, least=prior_of_best - prior
            )
            if more + prior > prior_of_best:
                best, best_score, prior_of_best = index, score, prior
        elif score > best_score:
            best, best_score, prior_of_best = index, score, prior
    return best


def _score(text: str, lines: list[Line], index: int, prior: float, *, exact: bool) -> float:
    """Log-odds that the lines from `index` on are a comment; not exact where they are below 0,
    and, unless asked to be `exact`, where they are above it."""
    most = math.inf if exact else -prior
    return comment_score(join_lines(text, lines[index:]), least=-prior, most=most) + prior


def _starts_late(text: str, lines: list[Line], first: int) -> bool:
    """Whether the last paragraph begins as an abstract goes on and only ends in a comment."""
    opening = join_lines(text, lines[first : first + 1])
    return len(opening) > 200 and comment_score(opening, least=-4) < -4
