"""The plan of the whole site: every page with its view, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest import __version__
from digest.catalogue.catalogue import Catalogue
from digest.config import Config
from digest.content import FreeText
from digest.look import style_sheet
from digest.text import content_hash
from digest.website.bibtex import citation_keys
from digest.website.cards import Names, author_page_from
from digest.website.date_pages import plan_dates
from digest.website.exports import plan_exports
from digest.website.feeds import plan_feeds, plan_sitemap
from digest.website.home_page import make_home, top_tags
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
from digest.website.saved import PATH as SAVED
from digest.website.saved import plan_saved
from digest.website.search import MakeIndex, plan_search
from digest.website.tag_pages import plan_tags
from digest.website.theme import OWN_STYLES, Theme, plan_assets
from digest.website.timelines import Times
from digest.website.trend_pages import plan_trends
from digest.website.views import FreePage, NotFound, Ref, Site
from digest.website.wording import SCRIPT, plan_words, words_for, words_script

_TAGS_NOT_FOUND = 12
_NO_PAPER = ("redirect.html", "gone.html")
_UNLISTED = ("404.html", "search.html", SAVED)


def describe_site(
    config: Config, catalogue: Catalogue, theme: Theme, pages: Sequence[FreeText]
) -> Site:
    """What every page of the site knows about the whole."""
    least = author_page_from(catalogue, config)
    styles = style_sheet(config.theme, config.accent)
    words = words_for(theme, config.language)
    said = words_script(theme, words)
    return Site(
        title=config.title,
        description=config.description,
        base_url=config.root_url,
        language=words.language,
        words=f"{SCRIPT}?v={content_hash(said)}" if said else "",
        publisher=config.publisher,
        styles=f"{OWN_STYLES}?v={content_hash(styles)}" if styles else "",
        grounds=(config.theme.colour("paper"), config.theme.colour("paper", dark=True)),
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
    words = words_for(theme, config.language)
    names = Names(catalogue, config, words)
    times = Times(names)
    keys = citation_keys(catalogue.papers)
    size, without = config.papers_per_page, config.without
    planned = [
        *plan_assets(theme, style_sheet(config.theme, config.accent)),
        *plan_words(theme, words),
        *plan_papers(names, notes, keys, redirects="redirects" not in without),
        *(plan_gone(gone) if "redirects" not in without else ()),
        *(plan_moved_tags(catalogue) if "redirects" not in without else ()),
        *plan_redirects(_moved(catalogue, config), site.base_url),
        *(plan_exports(names, keys) if "exports" not in without else ()),
        *plan_tags(names, times, size, feeds="tag-feeds" not in without),
        *plan_dates(names, config.papers_per_date_page or size, without),
        *(plan_authors(names) if site.has_authors else ()),
        *(plan_venues(names, venue_names) if site.has_venues else ()),
        *(
            Page(f"pages/{page.slug}.html", "free_page.html", FreePage(page.title, page.body))
            for page in pages
        ),
        *(plan_trends(names, times) if "trends" not in without else ()),
        *(plan_search(names, config, site, make_index) if "search" not in without else ()),
        *plan_saved(catalogue.papers, names.ways),
        Page("404.html", "not_found.html", NotFound(top_tags(names, _TAGS_NOT_FOUND))),
        Page("index.html", "home.html", make_home(names, times, config, site)),
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
