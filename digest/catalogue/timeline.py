"""The time that a collection spans, in years, months or days, and how its papers fall into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date  # noqa: N812 - fields are named date
from datetime import timedelta
from operator import attrgetter

from msgspec import Struct

from digest.paper import Paper

_LONG = 3
"""Years from which on time is told in years."""
_SHORT = 1
"""Months up to which it is told in days."""
_YEAR, _MONTH, _DAY = 4, 7, 10
"""Characters of an EDTF date."""
_NOWHEN = -1

_key = attrgetter("key")
_published = attrgetter("published")


class Timeline(Struct, frozen=True):
    """The periods of a collection."""

    periods: tuple[str, ...]
    """EDTF years, months or days, oldest first, those without papers included. None where no paper
    is dated."""
    totals: tuple[int, ...]
    """Papers in each."""
    places: dict[str, int]
    """By the key of a paper the number of its period; -1 where none is known."""

    def tally(self, papers: Iterable[Paper]) -> Counter[int]:
        """How many of `papers`, of this collection, fall into each period, by its number."""
        found = Counter(map(self.places.__getitem__, map(_key, papers)))
        found.pop(_NOWHEN, None)
        return found


def lay_out(papers: Sequence[Paper]) -> Timeline:
    """The timeline of `papers`: in years where they span several, in months where they do not, in
    days where they lie within two months. What is dated less exactly has no place on it; where
    that would be most papers, the periods are longer."""
    dates = Counter(map(_published, papers))
    dates.pop(None, None)
    if not dates:
        return Timeline((), (), dict.fromkeys(map(_key, papers), _NOWHEN))
    width = _width(dates)
    cut = {date: date[:width] for date in dates if len(date) >= width}
    periods = tuple(periods_from(min(cut.values()), max(cut.values())))
    number = {period: n for n, period in enumerate(periods)}
    places = {date: number[period] for date, period in cut.items()}
    totals = [0] * len(periods)
    for date, n in places.items():
        totals[n] += dates[date]
    return Timeline(
        periods,
        tuple(totals),
        {paper.key: places.get(paper.published or "", _NOWHEN) for paper in papers},
    )


def periods_from(first: str, last: str) -> Iterator[str]:
    """Years, months or days, as exact as `first` is, up to `last`."""
    if len(first) == _DAY:
        day, end = Date.fromisoformat(first), Date.fromisoformat(last)
        for number in range((end - day).days + 1):
            yield (day + timedelta(days=number)).isoformat()
        return
    start, stop = _ordinal(first), _ordinal(last)
    for number in range(start, stop + 1):
        yield _named(number, len(first))


def period_after(first: str, steps: int) -> str:
    """The period `steps` after `first`, as long as that."""
    if len(first) == _DAY:
        return (Date.fromisoformat(first) + timedelta(days=steps)).isoformat()
    return _named(_ordinal(first) + steps, len(first))


def _ordinal(period: str) -> int:
    if len(period) == _YEAR:
        return int(period)
    return int(period[:4]) * 12 + int(period[5:7]) - 1


def _named(number: int, width: int) -> str:
    return f"{number:04}" if width == _YEAR else f"{number // 12:04}-{number % 12 + 1:02}"


def _width(dates: Counter[str]) -> int:
    """How exact the timeline of `dates` is."""
    if int(max(dates)[:4]) - int(min(dates)[:4]) >= _LONG:
        return _YEAR
    half = dates.total() / 2
    months = {date[:7] for date in dates if len(date) >= _MONTH}
    if sum(n for date, n in dates.items() if len(date) >= _MONTH) < half:
        return _YEAR
    near = _ordinal(max(months)) - _ordinal(min(months)) <= _SHORT
    if near and sum(n for date, n in dates.items() if len(date) == _DAY) >= half:
        return _DAY
    return _MONTH
