"""The plan of the whole site: every page with its view, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest import __version__
from digest.catalogue.catalogue import Catalogue
from digest.config import Config
from digest.content import FreeText
from digest.website.bibtex import citation_keys
from digest.website.cards import Names, author_page_from, groups
from digest.website.date_pages import plan_dates
from digest.website.exports import plan_exports
from digest.website.feeds import plan_feeds, plan_sitemap
from digest.website.name_pages import plan_authors, plan_venues
from digest.website.old_addresses import (
    moved_papers,
    moved_tag_pages,
    plan_gone,
    plan_moved_tags,
    plan_redirects,
)
from digest.website.pages import Page
from digest.website.paper_pages import plan_papers
from digest.website.search import MakeIndex, plan_search
from digest.website.tag_pages import plan_tags, year_bars
from digest.website.theme import Theme, plan_assets
from digest.website.trend_pages import plan_trends
from digest.website.views import FreePage, Home, NotFound, Ref, Site

_TAGS_AT_HOME = 16
_VENUES_AT_HOME = 10
_TAGS_NOT_FOUND = 12
_NO_PAPER = ("redirect.html", "gone.html")
_UNLISTED = ("404.html", "search.html")


def describe_site(
    config: Config, catalogue: Catalogue, theme: Theme, pages: Sequence[FreeText]
) -> Site:
    """What every page of the site knows about the whole."""
    least = author_page_from(catalogue, config)
    return Site(
        title=config.title,
        description=config.description,
        base_url=config.root_url,
        language=config.language,
        publisher=config.publisher,
        accent=config.accent or "",
        generator=f"digest {__version__}",
        free_pages=tuple(Ref(page.title, f"pages/{page.slug}.html") for page in pages),
        has_authors=least is not None
        and any(len(entry.papers) >= least for entry in catalogue.authors.values()),
        has_venues=bool(catalogue.venues) and "venues" not in config.without,
        has_papers=bool(catalogue.papers),
        without=config.without,
        assets=f"?v={theme.assets_mark}",
    )


def plan_site(
    catalogue: Catalogue,
    site: Site,
    config: Config,
    theme: Theme,
    pages: Sequence[FreeText],
    notes: dict[str, str],
    venue_names: dict[str, str],
    make_index: MakeIndex,
    gone: Sequence[str] = (),
) -> list[Page]:
    """All pages, in the order in which single files are replaced: what is linked to comes before
    what links to it. `gone`: addresses of papers that were removed."""
    names = Names(catalogue, config)
    keys = citation_keys(catalogue.papers)
    size, without = config.papers_per_page, config.without
    planned = [
        *plan_assets(theme, config.accent),
        *plan_papers(names, notes, keys, redirects="redirects" not in without),
        *(plan_gone(gone) if "redirects" not in without else ()),
        *(plan_moved_tags(catalogue) if "redirects" not in without else ()),
        *plan_redirects(_moved(catalogue, config), site.base_url),
        *(plan_exports(names, keys) if "exports" not in without else ()),
        *plan_tags(names, size, feeds="tag-feeds" not in without),
        *plan_dates(names, config.papers_per_date_page or size, without),
        *(plan_authors(names) if site.has_authors else ()),
        *(plan_venues(names, venue_names) if site.has_venues else ()),
        *(
            Page(f"pages/{page.slug}.html", "free_page.html", FreePage(page.title, page.body))
            for page in pages
        ),
        *(plan_trends(names) if "trends" not in without else ()),
        *(plan_search(names, config, site, make_index) if "search" not in without else ()),
        Page("404.html", "not_found.html", NotFound(_top_tags(names, _TAGS_NOT_FOUND))),
        Page("index.html", "home.html", _home(names, config, site)),
        *plan_feeds(names, site, config.feed_entries),
    ]
    return [*planned, *plan_sitemap(list(_listed(planned, catalogue)), site)]


def _moved(catalogue: Catalogue, config: Config) -> list[tuple[str, str]]:
    feeds = "tag-feeds" not in config.without
    return [*moved_papers(catalogue.papers), *moved_tag_pages(catalogue, feeds=feeds)]


def _listed(pages: Sequence[Page], catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    dates = {paper.path: paper.updated or paper.published for paper in catalogue.papers}
    for page in pages:
        listed = page.template.endswith(".html") and page.template not in _NO_PAPER
        if listed and page.path not in _UNLISTED:
            yield page.path, dates.get(page.path)


def _top_tags(names: Names, most: int) -> tuple[Ref, ...]:
    tags = (tag for slug, tag in names.catalogue.tags.items() if names.is_subject(slug))
    best = sorted(tags, key=lambda tag: (-len(tag.papers), tag.slug))
    return tuple(names.tag(tag.slug) for tag in best[:most])


def _home(names: Names, config: Config, site: Site) -> Home:
    catalogue = names.catalogue
    years = [date for date in catalogue.dates if len(date) == 4]
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
        tags=_top_tags(names, _TAGS_AT_HOME),
        years=year_bars(names, catalogue.papers),
        venues=tuple(
            Ref(v.name, f"venues/{v.slug}.html", len(v.papers))
            for v in (venues[:_VENUES_AT_HOME] if site.has_venues else ())
        ),
        free_pages=site.free_pages,
    )
