"""One value a paper, slot after slot: docs/search-format.md, "Columns"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.search.inverted import Inverted
from digest.search.postings import Ints, spell

MOST_TAGS, MOST_VENUES = 100, 80
"""Of which the page tells how many papers have them: the commonest."""
UNDATED = -1


class Choice(NamedTuple):
    """Tags or venues by which results are divided, commonest first."""

    slugs: list[str]
    counts: list[int]
    slots: list[NDArray[np.int32]]
    """Of the papers that have each."""


def choose(inverted: Inverted, prefix: str, known: Mapping[str, str], most: int) -> Choice:
    """The `most` commonest of the filters `prefix:…` whose slugs are `known`."""
    found = Choice([], [], [])
    starts, (slots, *_) = inverted.posts
    first, end = (_place(inverted.terms, prefix + sign) for sign in ":;")
    for at in np.argsort(-np.diff(starts[first : end + 1]), kind="stable").tolist():
        if len(found.slugs) == most:
            break
        slug = inverted.terms[first + at][len(prefix) + 1 :]
        if slug in known:
            own = slots[starts[first + at] : starts[first + at + 1]]
            found.slugs.append(slug)
            found.counts.append(len(own))
            found.slots.append(own)
    return found


def having(inverted: Inverted, term: str) -> NDArray[np.int32]:
    """Slots of the papers with a filter's `term`."""
    at = _place(inverted.terms, term)
    starts, (slots, *_) = inverted.posts
    if at < len(inverted.terms) and inverted.terms[at] == term:
        return slots[starts[at] : starts[at + 1]]
    return slots[:0]


def _place(terms: Sequence[str], term: str) -> int:
    return bisect_left(terms, term)


def month_number(published: str | None) -> int:
    """Months since the year 0, `UNDATED` without a date; a year is its January."""
    if not published:
        return UNDATED
    return int(published[:4]) * 12 + int(published[5:7] or 1) - 1


def day_number(published: str | None) -> int:
    """The day of the month, 0 where it is not known."""
    return int((published or "")[8:10] or 0)


def months(numbers: Ints, slots: Ints, total: int, epoch: int) -> str:
    """The column of `month_number`s, counted from the January of `epoch`."""
    column = np.zeros(total, np.int64)
    column[slots] = np.where(numbers == UNDATED, 1, numbers - 12 * epoch + 2)
    return spell(column)


def years(numbers: Ints, slots: Ints, total: int, epoch: int) -> str:
    """The column of the years of `month_number`s: 0 undated, else 1 for `epoch`."""
    column = np.zeros(total, np.int64)
    column[slots] = np.where(numbers == UNDATED, 0, numbers // 12 - epoch + 1)
    return spell(column)


def implied(choice: Choice, above: Mapping[str, Iterable[str]]) -> list[list[int]]:
    """For each of a choice of tags those of the choice that stand above it."""
    place = {slug: at for at, slug in enumerate(choice.slugs)}
    return [sorted(place[up] for up in above.get(s, ()) if up in place) for s in choice.slugs]


def barest(choice: Choice, above: Sequence[Sequence[int]], total: int) -> Choice:
    """`choice` without what follows from other tags of the same paper, as `implied` tells."""
    follows: dict[int, NDArray[np.bool_]] = {}
    for slots, broader in zip(choice.slots, above, strict=True):
        for at in broader:
            follows.setdefault(at, np.zeros(total, bool))[slots] = True
    return choice._replace(
        slots=[
            slots[~follows[at][slots]] if at in follows else slots
            for at, slots in enumerate(choice.slots)
        ]
    )


def values(numbers: Ints, slots: Ints, total: int) -> str:
    """A column of `numbers`, 0 where no paper stands."""
    column = np.zeros(total, np.int64)
    column[slots] = numbers
    return spell(column)


def flags(slots: NDArray[np.int32], total: int) -> str:
    """A column that has 1 for `slots`."""
    column = np.zeros(total, np.int64)
    column[slots] = 1
    return spell(column)


def single(choice: Choice, total: int) -> str:
    """A column of which of a choice each paper has, plus 1; papers have one at most."""
    column = np.zeros(total, np.int64)
    for number, slots in enumerate(choice.slots, 1):
        column[slots] = number
    return spell(column)


def several(choice: Choice, total: int) -> str:
    """A column of how many of a choice each paper has, and which."""
    slots = np.concatenate([np.zeros(0, np.int64), *choice.slots])
    which = np.repeat(np.arange(len(choice.slots)), [len(each) for each in choice.slots])
    order = np.lexsort((which, slots))
    counts = np.bincount(slots, minlength=total)
    column = np.zeros(total + len(slots), np.int64)
    ends = np.cumsum(counts)
    heads = ends - counts + np.arange(total)
    column[heads] = counts
    column[np.arange(len(slots)) + slots[order] + 1] = which[order]
    return spell(column)


def rank(titles: Sequence[str], before: Ints) -> Ints:
    """The place of each title among all that differ, from 1 on; `before` says what it was among
    others, 0 for those that were not there."""
    known = before > 0
    # One title for each old rank that is still there, in order.
    olds, firsts = np.unique(before[known], return_index=True)
    places = np.flatnonzero(known)[firsts].tolist()
    fresh = np.flatnonzero(~known).tolist()
    new = sorted({titles[at] for at in fresh})
    where = [bisect_left(places, title, key=titles.__getitem__) for title in new]
    there = [
        at < len(places) and titles[places[at]] == title
        for at, title in zip(where, new, strict=True)
    ]
    inserted = [at for at, found in zip(where, there, strict=True) if not found]
    of_old = np.arange(1, len(olds) + 1)
    of_old += np.searchsorted(inserted, np.arange(len(olds)), side="right")
    ranks = np.zeros(len(titles), np.int64)
    ranks[known] = of_old[np.searchsorted(olds, before[known])]
    rank_of: dict[str, int] = {}
    more = 0
    for title, at, found in zip(new, where, there, strict=True):
        rank_of[title] = int(of_old[at]) if found else at + more + 1
        more += not found
    for at in fresh:
        ranks[at] = rank_of[titles[at]]
    return ranks
