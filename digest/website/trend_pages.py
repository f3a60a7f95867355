"""The collection in numbers: its time, what leads, rises and falls, and the map of its topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from math import sqrt
from statistics import median

from digest.catalogue.trends import Trend, Trends, topic_over_time
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.chart_views import PeriodLine, Rising, TrendNote, TrendsPage
from digest.website.map_pages import draw_map, has_map
from digest.website.pages import Page, Ways
from digest.website.timelines import Times

_UNITS = {4: "year", 7: "month", 10: "day"}
_LEADING = 12
_RISING = 4
_TELLING = 10
"""Papers of which a share can be told."""
_TOGETHER = (1, 2, 3, 5, 10)
"""Periods that are put together where one has fewer;"""
_FEWEST = 3
"""and so many of these are needed for a chart."""
_NOTABLE = 0.04
"""Share of a period's papers that a tag needs to stand out in it, and papers:"""
_SEVERAL = 3


def plan_trends(names: Names, times: Times) -> Iterator[Page]:
    """`trends.html`, and `map.html` where papers have a place on it."""
    catalogue = names.catalogue
    if not catalogue.papers:
        return
    mapped = has_map(names)
    # The tags, their papers and whatever else `names` tells follow from these.
    rest = catalogue.records, mapped, catalogue.taxonomy.fingerprint
    trends = names.recipe(partial(_trends, names, times, mapped), rest, catalogue.papers)
    yield Page("trends.html", "trends.html", trends)
    if mapped:
        drawn = names.recipe(partial(draw_map, names), rest, catalogue.papers)
        yield Page("map.html", "map.html", drawn)


def find_rising(names: Names, times: Times) -> Rising | None:
    """What rises most; None where nothing does."""
    trends = times.trends
    if trends is None or not trends.rising:
        return None
    # A topic and the field above it often rise together: the stronger stands for both.
    ancestors = names.catalogue.taxonomy.ancestors
    chosen: list[Trend] = []
    for trend in trends.rising:
        kin = any(
            trend.slug in ancestors(one.slug) or one.slug in ancestors(trend.slug) for one in chosen
        )
        if not kin and len(chosen) < _RISING:
            chosen.append(trend)
    return Rising(names.words.date(trends.since), _notes(names, trends, chosen))


def _trends(
    names: Names, times: Times, mapped: bool, _: object, papers: Sequence[Paper], __: Ways
) -> TrendsPage:
    catalogue = names.catalogue
    trends = times.trends
    coded = [paper for paper in papers if any(link.kind == "code" for link in paper.links)]
    return TrendsPage(
        papers=len(papers),
        records=catalogue.records,
        authors=len(catalogue.authors),
        venues=len(catalogue.venues),
        tags=len(catalogue.tags),
        dated=sum(paper.published is not None for paper in papers),
        with_abstract=sum(bool(paper.abstract) for paper in papers),
        with_code=len(coded),
        with_doi=sum(paper.doi is not None for paper in papers),
        chart=times.whole,
        unit=_UNITS[len(times.timeline.periods[0])] if times.timeline.periods else "",
        lines=tuple(_lines(names, times, times.timeline.tally(coded))),
        periods=_told(names, trends) if trends else (),
        first=_first(names, trends) if trends else "",
        last=names.words.date(trends.periods[-1]) if trends else "",
        leading=_notes(names, trends, _leading(names, times, trends)) if trends else (),
        since=names.words.date(trends.since) if trends else "",
        before=trends.before if trends else 0,
        lately=trends.lately if trends else 0,
        rising=_notes(names, trends, trends.rising) if trends else (),
        falling=_notes(names, trends, trends.falling) if trends else (),
        has_map=mapped,
    )


def _leading(names: Names, times: Times, trends: Trends) -> Iterator[Trend]:
    """The tags with most dated papers."""
    sizes = {
        slug: sum(tally.values()) for slug, tally in times.tallies.items() if names.is_subject(slug)
    }
    for slug in sorted(sizes, key=lambda slug: (-sizes[slug], slug))[:_LEADING]:
        if sizes[slug] >= _SEVERAL:
            yield topic_over_time(slug, times.tallies[slug], times.timeline, trends)


def _notes(names: Names, trends: Trends, found: Iterable[Trend]) -> tuple[TrendNote, ...]:
    step, start, enough = _scale(trends)
    totals = _gathered(trends.totals, step)[start:]
    notes = []
    for trend in found:
        shares = tuple(
            round(100 * own / papers, 1) if papers >= enough else None
            for own, papers in zip(_gathered(trend.counts, step)[start:], totals, strict=True)
        )
        notes.append(
            TrendNote(
                ref=names.tag(trend.slug),
                shares=shares,
                top=max((share for share in shares if share is not None), default=0.0),
                before=round(100 * trend.before / trends.before, 1),
                lately=round(100 * trend.lately / trends.lately, 1),
            )
        )
    return tuple(notes)


def _scale(trends: Trends) -> tuple[int, int, float]:
    """How many periods are told together, from which of these on, and how many papers one needs.

    Of two papers one is 50 %, and that would set the scale of a whole chart: so as many periods are
    put together as have papers enough, and what comes before the longest run of such is left out.
    """
    size = len(trends.totals)
    step = next(
        (n for n in _TOGETHER if median(filter(None, _gathered(trends.totals, n))) >= _TELLING),
        _TOGETHER[-1],
    )
    if size / step < _FEWEST:
        return 1, size, 0
    gathered = _gathered(trends.totals, step)
    enough = min(_TELLING, median(filter(None, gathered)))
    longest = run = start = 0
    for place, papers in enumerate(gathered):
        run = run + 1 if papers >= enough else 0
        if run >= longest:
            longest, start = run, place - run + 1
    return step, start, enough


def _gathered(counts: Sequence[int], step: int) -> list[int]:
    """Sums of `step` each, counted from the newest: the oldest may be of fewer."""
    first = len(counts) % step or step
    return [sum(counts[max(0, end - step) : end]) for end in range(first, len(counts) + 1, step)]


def _told(names: Names, trends: Trends) -> tuple[str, ...]:
    """The periods of the shares, in words."""
    words, periods = names.words, trends.periods
    step, start, _ = _scale(trends)
    ends = range(len(periods) % step or step, len(periods) + 1, step)
    runs = [periods[max(0, end - step) : end] for end in ends][start:]
    return tuple(
        words.date(run[0])
        if len(run) == 1
        else words.say("{first} to {last}", first=words.date(run[0]), last=words.date(run[-1]))
        for run in runs
    )


def _first(names: Names, trends: Trends) -> str:
    step, start, _ = _scale(trends)
    size = len(trends.periods)
    place = max(0, (size % step or step) + step * (start - 1))
    return names.words.date(trends.periods[place]) if place < size else ""


def _lines(names: Names, times: Times, coded: Counter[int]) -> Iterator[PeriodLine]:
    """The periods that have papers, newest first."""
    timeline = times.timeline
    foremost = _foremost(names, times)
    for place in range(len(timeline.periods) - 1, -1, -1):
        if timeline.totals[place]:
            slug = foremost.get(place)
            yield PeriodLine(
                ref=names.date(timeline.periods[place]),
                count=timeline.totals[place],
                with_code=coded[place],
                foremost=names.tag(slug) if slug else None,
            )


def _foremost(names: Names, times: Times) -> dict[int, str]:
    """By the number of a period the tag that has most more papers in it than its share of all
    would be, in standard deviations of a count."""
    totals = times.timeline.totals
    every = max(sum(totals), 1)
    best: dict[int, tuple[float, str]] = defaultdict(lambda: (1.0, ""))
    for slug, tally in times.tallies.items():
        if not names.is_subject(slug):
            continue
        share = sum(tally.values()) / every
        for place, count in tally.items():
            if count >= max(_SEVERAL, _NOTABLE * totals[place]):
                expected = share * totals[place]
                best[place] = max(best[place], ((count - expected) / sqrt(expected + 1), slug))
    return {place: slug for place, (_, slug) in best.items() if slug}
