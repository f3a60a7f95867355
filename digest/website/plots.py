"""Charts over time as they are drawn: places and sizes, ready to print.

Across, places are per cent of the width, and down they are pixels, so that a chart fills whatever
width it is given and its letters keep their size. Worked out here and not in templates, where
arithmetic takes many times as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from digest.catalogue.timeline import period_after
from digest.language import Words
from digest.website.chart_views import TimeChart

_TOP = 8
_TALL = 96
"""Pixels of the highest column."""
_FOOT = 20
"""For the labels below."""
_MOST = 62
"""Columns; of longer times each stands for several years."""
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000)
_TICKS = 6
_WIDEST = 12.5
"""Per cent that a period may take."""
_BROAD = 5
"""Per cent that its column may take."""
_FULL = 0.8
"""Of a period's width, taken by its column."""
_LINES = 3
_SPARK = 24
"""Height of a spark line, in its own units; a step is 4 wide."""


class Column(Struct, frozen=True):
    """A column, and the strip over its whole height that is pointed at."""

    label: str
    papers: str
    """`3 papers`"""
    path: str | None
    x: float
    left: float
    """Where the strip begins."""
    y: int
    height: int


class Row(Struct, frozen=True):
    """A line of the table that says the same."""

    label: str
    count: int
    path: str | None


class Plot(Struct, frozen=True):
    """A chart over time."""

    columns: tuple[Column, ...]
    """Those that have papers."""
    width: float
    """Of a column."""
    strip: float
    ticks: tuple[tuple[float, str], ...]
    """Places across and their labels."""
    lines: tuple[tuple[int, str], ...]
    """Places down and the numbers of papers that they mark."""
    rows: tuple[Row, ...]
    """Newest first."""
    height: int
    base: int
    """Where the columns stand."""
    unit: str
    """`Year`, `Month` or `Day`, in the language of the site."""
    about: str
    """Its span and its highest column in a sentence."""


def plot(chart: TimeChart, words: Words) -> Plot:
    """`chart` as it is drawn, its labels in the language of `words`."""
    periods = [period_after(chart.first, n) for n in range(len(chart.counts))]
    rows = tuple(
        Row(words.date(period), count, f"dates/{period}.html" if chart.linked else None)
        for period, count in zip(periods, chart.counts, strict=True)
        if count
    )
    starts, counts, step = _gathered(periods, chart.counts)
    most = max(counts)
    strip = min(100 / len(counts), _WIDEST)
    width = min(_FULL * strip, _BROAD)
    columns = []
    for place, (period, count) in enumerate(zip(starts, counts, strict=True)):
        if not count:
            continue
        tall = max(round(_TALL * count / most), 2)
        columns.append(
            Column(
                label=_label(period, step, words),
                papers=words.many("{n} paper", "{n} papers", count),
                path=f"dates/{period}.html" if chart.linked and step == 1 else None,
                x=round(strip * (place + 0.5) - width / 2, 2),
                left=round(strip * place, 2),
                y=_TOP + _TALL - tall,
                height=tall,
            )
        )
    return Plot(
        columns=tuple(columns),
        width=round(width, 2),
        strip=round(strip, 2),
        ticks=tuple(
            (round(strip * (place + 0.5), 2), label)
            for place, label in enumerate(_ticks(starts, step, words))
            if label
        ),
        lines=tuple(
            (_TOP + _TALL - round(_TALL * n / most), words.number(n)) for n in _lines(most)
        ),
        rows=rows[::-1],
        height=_TOP + _TALL + _FOOT,
        base=_TOP + _TALL,
        unit={4: words.say("Year"), 7: words.say("Month")}.get(len(chart.first), words.say("Day")),
        about=_about(rows, max(columns, key=lambda column: column.height), chart, words),
    )


def _about(rows: Sequence[Row], highest: Column, chart: TimeChart, words: Words) -> str:
    shown = {
        "first": rows[0].label,
        "last": rows[-1].label,
        "date": highest.label,
        "papers": highest.papers,
    }
    if len(chart.first) == len("2023-09-08"):
        return words.say("{first} to {last}, most on {date}: {papers}.", **shown)
    return words.say("{first} to {last}, most in {date}: {papers}.", **shown)


def steps(heights: Sequence[float | None]) -> str:
    """The path of a spark line: a step for each height, `4 * len(heights)` wide and 24 high.

    What is above zero is seen.
    """
    most = max(filter(None, heights), default=1)
    path = [f"M0 {_SPARK}"]
    level, wide = _SPARK, 0
    for height in heights:
        own = _SPARK - (max(round(_SPARK * height / most), 1) if height else 0)
        if own != level:
            path.append(f"h{wide}V{own}" if wide else f"V{own}")
            level, wide = own, 0
        wide += 4
    path.append(f"h{wide}V{_SPARK}z")
    return "".join(path)


def percent(share: float, words: Words) -> str:
    """`4.5 %`; from ten on without a fraction."""
    shown = round(share, 1)
    if shown >= 10 or shown == int(shown):
        shown = round(shown)
    return words.say("{n} %", n=shown)


def _gathered(
    periods: Sequence[str], counts: Sequence[int]
) -> tuple[Sequence[str], Sequence[int], int]:
    """The first periods of columns, their papers, and how many periods a column stands for."""
    if len(counts) <= _MOST or len(periods[0]) != len("2023"):
        return periods, counts, 1
    step = next((step for step in _STEPS if len(counts) / step < _MOST), _STEPS[-1])
    first = int(periods[0]) // step
    sums = [0] * (int(periods[-1]) // step - first + 1)
    for period, count in zip(periods, counts, strict=True):
        sums[int(period) // step - first] += count
    # There is no year 0.
    return [f"{max((first + n) * step, 1):04}" for n in range(len(sums))], sums, step


def _label(period: str, step: int, words: Words) -> str:
    if step == 1:
        return words.date(period)
    last = f"{int(period) + step - 1:04}"
    return words.say("{first} to {last}", first=words.date(period), last=words.date(last))


def _ticks(periods: Sequence[str], step: int, words: Words) -> Iterable[str]:
    """What stands below each column: often nothing."""
    size = len(periods)
    if len(periods[0]) == len("2023"):
        every = next((n for n in _STEPS if size * step / n <= _TICKS), _STEPS[-1])
        every = max(every, step)
        return (words.date(period) if int(period) % every == 0 else "" for period in periods)
    if len(periods[0]) == len("2023-09"):
        shown = range(1, 13, next(n for n in (1, 3, 6, 12) if size / n <= _TICKS or n == 12))
        return (_month(period, words) if _number(period) in shown else "" for period in periods)
    # What is left of a month after its last tick would be too near to the next month.
    shown = range(1, 32) if size <= _TICKS else range(1, 23, 7 if size <= 31 else 14)
    return (_day(period, words) if _number(period) in shown else "" for period in periods)


def _number(period: str) -> int:
    """Of the month in the year, or of the day in the month."""
    return int(period[-2:])


def _month(period: str, words: Words) -> str:
    number = _number(period)
    return words.date(period[:4]) if number == 1 else words.short_month(number)


def _day(period: str, words: Words) -> str:
    number = _number(period)
    return words.short_month(int(period[5:7])) if number == 1 else words.number(number)


def _lines(most: int) -> list[int]:
    """Round numbers up to `most`, evenly apart, at most `_LINES`."""
    size = 10 ** max(0, math.floor(math.log10(most)) - 1)
    step = next(n * size for n in (1, 2, 5, 10, 20, 50, 100) if most // (n * size) <= _LINES)
    return [*range(step, most + 1, step)]
