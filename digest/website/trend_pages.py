"""The collection in numbers: what rises, and the map of its topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from digest.catalogue.trends import Trend, Trends, find_trends
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.chart_views import TrendNote, TrendsPage
from digest.website.labels import date_label
from digest.website.map_pages import draw_map, has_map
from digest.website.pages import Page, Ways
from digest.website.tag_pages import year_bars


def plan_trends(names: Names) -> Iterator[Page]:
    """`trends.html`, and `map.html` where papers have a place on it."""
    catalogue = names.catalogue
    if not catalogue.papers:
        return
    mapped = has_map(names)
    # The tags, their papers and whatever else `names` tells follow from these.
    rest = catalogue.records, mapped, catalogue.taxonomy.fingerprint
    trends = names.recipe(partial(_trends, names, mapped), rest, catalogue.papers)
    yield Page("trends.html", "trends.html", trends)
    if mapped:
        drawn = names.recipe(partial(draw_map, names), rest, catalogue.papers)
        yield Page("map.html", "map.html", drawn)


def _trends(names: Names, mapped: bool, _: object, papers: Sequence[Paper], __: Ways) -> TrendsPage:
    catalogue = names.catalogue
    topics = {
        slug: entry.papers for slug, entry in catalogue.tags.items() if names.is_subject(slug)
    }
    trends = find_trends(papers, topics)
    return TrendsPage(
        papers=len(papers),
        records=catalogue.records,
        dated=sum(paper.published is not None for paper in papers),
        with_abstract=sum(bool(paper.abstract) for paper in papers),
        with_code=sum(any(link.kind == "code" for link in paper.links) for paper in papers),
        with_doi=sum(paper.doi is not None for paper in papers),
        years=year_bars(names, papers),
        periods=tuple(map(date_label, trends.periods)) if trends else (),
        since=date_label(trends.since) if trends else "",
        before=trends.before if trends else 0,
        lately=trends.lately if trends else 0,
        rising=_notes(names, trends, trends.rising) if trends else (),
        falling=_notes(names, trends, trends.falling) if trends else (),
        has_map=mapped,
    )


def _notes(names: Names, trends: Trends, found: Iterable[Trend]) -> tuple[TrendNote, ...]:
    return tuple(
        TrendNote(
            ref=names.tag(trend.slug),
            shares=tuple(
                round(100 * own / max(all_papers, 1), 1)
                for own, all_papers in zip(trend.counts, trends.totals, strict=True)
            ),
            before=round(100 * trend.before / trends.before, 1),
            lately=round(100 * trend.lately / trends.lately, 1),
        )
        for trend in found
    )
