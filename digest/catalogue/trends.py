"""Which topics rise: their share of the newest papers beside their share of the older ones.

The measure is the difference of log-odds with a prior, in standard deviations (Monroe, Colaresi and
Quinn, “Fightin' Words”, Political Analysis 16, 2008, eq. 19 to 22): a share of few papers has to
differ by more before it counts. Only the papers' own dates are asked, never a clock.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from digest.catalogue.timeline import Timeline

_LATELY = 0.2
"""Share of the dated papers, the newest, that are set beside the others."""
_FEWEST = 5
"""Papers needed on either side."""
_CLEAR = 1.64
"""Standard deviations; one difference in twenty is as large by chance."""
_PRIOR = 20
"""Papers that the prior counts as."""
_MOST = 20
_SHOWN = 40
"""Periods, the newest; what is older counts all the same."""
_SEVERAL = 3
"""Papers of a topic, on the side where it is the stronger."""


class Trend(Struct, frozen=True):
    """How a topic's share of the papers changed."""

    slug: str
    counts: tuple[int, ...]
    """Papers in each period."""
    before: int
    """Papers of the older time."""
    lately: int
    strength: float
    """Standard deviations; above zero the topic rises."""


class Trends(Struct, frozen=True):
    """The topics of a collection over time."""

    periods: tuple[str, ...]
    """EDTF years, months or days, oldest first, empty ones included; the newest `_SHOWN`."""
    totals: tuple[int, ...]
    """Papers in each period."""
    since: str
    """The first period of the newest time."""
    before: int
    """Papers dated before that."""
    lately: int
    rising: tuple[Trend, ...]
    """Strongest first."""
    falling: tuple[Trend, ...]


def find_trends(timeline: Timeline, tallies: Mapping[str, Mapping[int, int]]) -> Trends | None:
    """The trends of topics, of which `tallies` (by slug) tell the papers in each period of
    `timeline`; None where too few papers are dated, or all in one period."""
    totals = timeline.totals
    if len(totals) < 2:
        return None
    start = _newest(totals)
    before = sum(totals[:start])
    lately = sum(totals[start:])
    if min(before, lately) < _FEWEST:
        return None
    shown = range(max(0, len(totals) - _SHOWN), len(totals))
    trends = (
        _trend(slug, tally, start, (before, lately), shown)
        for slug, tally in sorted(tallies.items())
    )
    clear = [trend for trend in trends if trend is not None]
    return Trends(
        periods=timeline.periods[shown.start :],
        totals=totals[shown.start :],
        since=timeline.periods[start],
        before=before,
        lately=lately,
        rising=_strongest(t for t in clear if t.strength > 0 and t.lately >= _SEVERAL),
        falling=_strongest(t for t in clear if t.strength < 0 and t.before >= _SEVERAL),
    )


def topic_over_time(
    slug: str, tally: Mapping[int, int], timeline: Timeline, trends: Trends
) -> Trend:
    """A topic beside those of `trends`, whether it rises or not; its strength is not told."""
    start = timeline.periods.index(trends.since)
    shown = range(len(timeline.periods) - len(trends.periods), len(timeline.periods))
    lately = sum(n for place, n in tally.items() if place >= start)
    counts = tuple(tally.get(place, 0) for place in shown)
    return Trend(slug, counts, sum(tally.values()) - lately, lately, 0.0)


def _strongest(trends: Iterable[Trend]) -> tuple[Trend, ...]:
    return tuple(sorted(trends, key=lambda t: (-abs(t.strength), t.slug))[:_MOST])


def _trend(
    slug: str,
    tally: Mapping[int, int],
    start: int,
    totals: tuple[int, int],
    shown: range,
) -> Trend | None:
    """None where the difference is none to speak of."""
    lately = sum(n for place, n in tally.items() if place >= start)
    before = sum(tally.values()) - lately
    if max(before, lately) < _SEVERAL:
        return None
    share = (before + lately) / sum(totals)
    # The prior holds the topic in its share of the whole collection; it keeps zeros apart from
    # infinity.
    for_it, against = _PRIOR * share + 0.01, _PRIOR * (1 - share) + 0.01
    odds = math.log((lately + for_it) / (totals[1] - lately + against)) - math.log(
        (before + for_it) / (totals[0] - before + against)
    )
    deviation = math.sqrt(1 / (lately + for_it) + 1 / (before + for_it))
    strength = round(odds / deviation, 3)
    if abs(strength) < _CLEAR:
        return None
    return Trend(slug, tuple(tally.get(place, 0) for place in shown), before, lately, strength)


def _newest(totals: Sequence[int]) -> int:
    """The number of the period from which on the newest `_LATELY` of the papers are dated; never
    the first."""
    wanted = max(_FEWEST, _LATELY * sum(totals))
    seen = 0
    for place in range(len(totals) - 1, 0, -1):
        seen += totals[place]
        if seen >= wanted:
            return place
    return 1
