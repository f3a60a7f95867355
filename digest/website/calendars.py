"""Months by weeks, each day with what came on it."""

from __future__ import annotations

import calendar
import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from digest.catalogue.days import Tally
from digest.language import Words
from digest.language.weeks import Week, week_of
from digest.website.date_views import Calendar, Cell, MonthGrid
from digest.website.figures import heat
from digest.website.views import Ref


class Day(NamedTuple):
    """A day on which something came."""

    path: str | None
    tally: Tally


def draw_calendar(
    months: Sequence[tuple[str, Ref]], day: Callable[[str], Day | None], words: Words
) -> Calendar:
    """`months` (`2023-09`) with their headings; `day` tells what came on a date, if anything."""
    week = week_of(words.language)
    drawn = [
        (
            ref,
            [[(date, day(date) if date else None) for date in row] for row in _weeks(month, week)],
        )
        for month, ref in months
    ]
    found = (own for _, rows in drawn for row in rows for _, own in row if own)
    most = max((own.tally.new for own in found), default=0)
    return Calendar(
        tuple(zip(week.short, week.names, strict=True)),
        tuple(
            MonthGrid(
                ref,
                tuple(tuple(_cell(date, own, most, words) for date, own in row) for row in rows),
            )
            for ref, rows in drawn
        ),
    )


@functools.lru_cache(10_000)
def _weeks(month: str, week: Week) -> tuple[tuple[str, ...], ...]:
    """Dates of the days of a month by weeks, "" before the first and after the last."""
    rows = calendar.Calendar(week.first).monthdayscalendar(int(month[:4]), int(month[5:]))
    return tuple(tuple(f"{month}-{n:02}" if n else "" for n in row) for row in rows)


@functools.lru_cache(1_000)
def _empty(number: int, words: Words) -> Cell:
    return Cell(words.number(number))


def _cell(date: str, day: Day | None, most: int, words: Words) -> Cell | None:
    if not date:
        return None
    if day is None:
        return _empty(int(date[8:]), words)
    name = words.number(int(date[8:]))
    tally, label = day.tally, words.date(date)
    if tally.received == tally.new:
        said = words.many("{date}: {n} paper", "{date}: {n} papers", tally.new, date=label)
    else:
        said = words.say(
            "{date}: {new} new, {revised} revised, {repeats} repeated",
            date=label,
            new=tally.new,
            revised=tally.revised,
            repeats=tally.repeats,
        )
    return Cell(
        name,
        said,
        day.path,
        words.number(tally.new) if tally.new else "",
        heat(tally.new, most) if tally.new else 0,
    )
