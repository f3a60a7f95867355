"""The home page: what the digest holds, what is new and rising in it, and the ways on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from digest.catalogue.catalogue import Catalogue
from digest.config import Config
from digest.paper import Paper
from digest.website.cards import Names, groups
from digest.website.chart_views import Edition, Home
from digest.website.timelines import Times
from digest.website.trend_pages import find_rising
from digest.website.views import Ref, Site

_TAGS = 16
_VENUES = 10
_EDITIONS = 6
_TOPICS = 3
_ISSUE = 3
"""Papers that an edition has on average; where months have fewer, years are the editions."""


def make_home(names: Names, times: Times, config: Config, site: Site) -> Home:
    """The view of `index.html`."""
    catalogue = names.catalogue
    years = [date for date in catalogue.dates if len(date) == len("2023")]
    venues = sorted(catalogue.venues.values(), key=lambda v: (-len(v.papers), v.slug))
    newest = catalogue.papers[: config.papers_at_home]
    return Home(
        papers=len(catalogue.papers),
        tag_count=len(catalogue.tags),
        venue_count=len(catalogue.venues),
        author_count=len(catalogue.authors),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        groups=groups(names.sections(newest), newest, names.ways),
        tags=top_tags(names, _TAGS),
        rising=find_rising(names, times) if "trends" not in site.without else None,
        chart=times.whole,
        editions=tuple(_editions(names)),
        venues=tuple(
            Ref(v.name, f"venues/{v.slug}.html", len(v.papers))
            for v in (venues[:_VENUES] if site.has_venues else ())
        ),
        free_pages=site.free_pages,
    )


def top_tags(names: Names, most: int) -> tuple[Ref, ...]:
    """The tags with most papers, of those that papers can be about."""
    tags = (tag for slug, tag in names.catalogue.tags.items() if names.is_subject(slug))
    best = sorted(tags, key=lambda tag: (-len(tag.papers), tag.slug))
    return tuple(names.tag(tag.slug) for tag in best[:most])


def _editions(names: Names) -> Iterator[Edition]:
    """The newest months; years where months have few papers, days where all is of one month."""
    catalogue = names.catalogue
    periods = _newest(catalogue, names.ways.days)
    most = max((len(catalogue.dates[period]) for period in periods), default=0)
    for period in periods if len(periods) > 1 and most > 1 else ():
        papers = catalogue.dates[period]
        yield Edition(names.date(period), _about(names, papers))


def _newest(catalogue: Catalogue, days: bool) -> list[str]:
    by_width: dict[int, list[str]] = {4: [], 7: [], 10: []}
    for date in catalogue.dates:
        by_width[len(date)].append(date)
    years, months, single = (dates[::-1][:_EDITIONS] for dates in by_width.values())
    if len(months) == 1 and len(years) == 1 and days:
        return single
    papers = sum(len(catalogue.dates[month]) for month in months)
    return months if papers >= _ISSUE * len(months) and len(months) > 1 else years


def _about(names: Names, papers: Sequence[Paper]) -> str:
    """What the papers of an edition are on, by their own tags and not by those above them."""
    counts = Counter(
        (tag.slug, tag.name)
        for paper in papers
        for tag in paper.tags
        if tag.page and tag.source != "implied"
    )
    ancestors = names.catalogue.taxonomy.ancestors
    chosen: dict[str, str] = {}
    for (slug, name), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if number < 2 or len(chosen) == _TOPICS:
            break
        kin = any(slug in ancestors(one) or one in ancestors(slug) for one in chosen)
        if names.is_subject(slug) and not kin:
            chosen[slug] = name
    if not chosen:
        return ""
    on_them = sum(any(tag.slug in chosen for tag in paper.tags) for paper in papers)
    tags = names.words.list([*chosen.values()])
    if 2 * on_them >= len(papers):
        return names.words.say("Mostly on {tags}.", tags=tags)
    return names.words.say("Among others on {tags}.", tags=tags)
