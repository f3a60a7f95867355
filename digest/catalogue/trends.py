"""Which topics rise: their share of the newest papers beside their share of the older ones.

The measure is the difference of log-odds with a prior, in standard deviations (Monroe, Colaresi and
Quinn, “Fightin' Words”, Political Analysis 16, 2008, eq. 19 to 22): a share of few papers has to
differ by more before it counts. Only the papers' own dates are asked, never a clock.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from digest.paper import Paper

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
_LONG = 3
"""Years from which on time is told in years, else in months."""


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
    """EDTF years or months, oldest first, empty ones included; the newest `_SHOWN`."""
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


def find_trends(papers: Iterable[Paper], topics: Mapping[str, Sequence[Paper]]) -> Trends | None:
    """The trends of `topics` (slug to papers) among `papers`; None where too few are dated, or all
    in one period."""
    dates = [paper.published for paper in papers if paper.published]
    years = sorted({date[:4] for date in dates})
    width = 4 if years and int(years[-1]) - int(years[0]) >= _LONG else 7
    counts = Counter(date[:width] for date in dates if len(date) >= width)
    if len(counts) < 2:
        return None
    periods = _until(max(counts), min(counts))
    since = _newest(periods, counts)
    before = sum(n for period, n in counts.items() if period < since)
    lately = sum(counts.values()) - before
    if min(before, lately) < _FEWEST:
        return None
    trends = [
        _trend(slug, its, periods, since, (before, lately)) for slug, its in sorted(topics.items())
    ]
    clear = [t for t in trends if abs(t.strength) >= _CLEAR]
    return Trends(
        periods=periods,
        totals=tuple(counts[period] for period in periods),
        since=since,
        before=before,
        lately=lately,
        rising=_strongest(t for t in clear if t.strength > 0 and t.lately >= 3),
        falling=_strongest(t for t in clear if t.strength < 0 and t.before >= 3),
    )


def _strongest(trends: Iterable[Trend]) -> tuple[Trend, ...]:
    return tuple(sorted(trends, key=lambda t: (-abs(t.strength), t.slug))[:_MOST])


def _trend(
    slug: str,
    papers: Sequence[Paper],
    periods: tuple[str, ...],
    since: str,
    totals: tuple[int, int],
) -> Trend:
    width = len(since)
    counts = Counter(
        paper.published[:width]
        for paper in papers
        if paper.published and len(paper.published) >= width
    )
    lately = sum(n for period, n in counts.items() if period >= since)
    before = sum(counts.values()) - lately
    share = (before + lately) / sum(totals)
    # The prior holds the topic in its share of the whole collection; it keeps zeros apart from
    # infinity.
    for_it, against = _PRIOR * share + 0.01, _PRIOR * (1 - share) + 0.01
    odds = math.log((lately + for_it) / (totals[1] - lately + against)) - math.log(
        (before + for_it) / (totals[0] - before + against)
    )
    deviation = math.sqrt(1 / (lately + for_it) + 1 / (before + for_it))
    return Trend(
        slug,
        tuple(counts[period] for period in periods),
        before,
        lately,
        round(odds / deviation, 3),
    )


def _newest(periods: tuple[str, ...], counts: Counter[str]) -> str:
    """The period from which on the newest `_LATELY` of the papers are dated; never the first."""
    wanted = max(_FEWEST, _LATELY * sum(counts.values()))
    seen = 0
    for period in reversed(periods[1:]):
        seen += counts[period]
        if seen >= wanted:
            return period
    return periods[1]


def _until(last: str, first: str) -> tuple[str, ...]:
    """The years or months up to `last`, at most `_SHOWN` and none before `first`."""
    if len(first) == 4:
        start = max(int(first), int(last) - _SHOWN + 1)
        return tuple(f"{year:04}" for year in range(start, int(last) + 1))
    start, stop = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    months = range(max(start, stop - _SHOWN + 1), stop + 1)
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in months)
