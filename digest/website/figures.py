"""The numbers that charts are drawn from: heights, widths and shades, ready to print.

They are worked out here and not in templates, where arithmetic takes many times as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from digest.website.views import Bar, Ref

_LOWEST = 2.7
"""Per cent: a column is seen however few its papers are."""
_TICKS = ((6, 1), (11, 2), (36, 5), (70, 10))
"""Up to so many columns, every so many years is written below its column."""
_SHADES = 4


class Column(Struct, frozen=True):
    """A bar of a chart, ready to be drawn."""

    label: str
    count: int
    path: str | None
    height: float
    """In per cent of the highest."""
    tick: bool
    """The label is shown; it is always there to be heard."""


def columns(bars: Sequence[Bar]) -> list[Column]:
    """`bars` as columns, and which of them are labelled."""
    most = largest(bars)
    step = next((years for limit, years in _TICKS if len(bars) <= limit), 25)
    made = []
    for bar in bars:
        label, number = bar.label, bar.count
        height = max(round(100 * number / most, 1), _LOWEST) if number else 0
        tick = step == 1 or (label.isdecimal() and int(label) % step == 0)
        made.append(Column(label, number, bar.path, height, tick))
    return made


def largest(counted: Iterable[Bar | Ref]) -> int:
    """The highest count among `counted`, and at least 1."""
    return max((one.count or 0 for one in counted), default=0) or 1


def share(number: int, most: int) -> float:
    """`number` in per cent of `most`, to one decimal place."""
    return round(100 * number / most, 1)


def heat(number: int | None, most: int) -> int:
    """The colour of a cell in a calendar, 0 to 4; the root lets small numbers be seen."""
    if not number:
        return 0
    if most <= _SHADES:
        return number
    # Rounded up, so that no cell with papers is as pale as one without.
    return math.ceil(_SHADES * math.sqrt(number / most))
