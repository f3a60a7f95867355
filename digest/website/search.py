"""The search: its page, the index in `data/search/` (docs/search-format.md), and the feeds of saved
searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from digest.config import Config
from digest.paper import Paper
from digest.text import content_hash, slugify
from digest.website.cards import Names
from digest.website.exports import Text
from digest.website.feeds import make_feed
from digest.website.hosts import limits_of, search_files
from digest.website.pages import Page, Recipe, Ways
from digest.website.views import Facet, SavedSearch, SearchPage, Site

if TYPE_CHECKING:
    from digest.search.cards import Pack
    from digest.search.files import Files, LinesFile, TextFile
    from digest.search.index import Index

FOLDER = "data/search/"
_RECENCY = {"none": 0.0, "some": 0.2, "strong": 0.6}
MakeIndex = Callable[[Sequence[Paper], Sequence[bytes]], "Index"]
"""The index of papers, whose marks change with what they say."""


def plan_search(names: Names, config: Config, site: Site, make_index: MakeIndex) -> Iterator[Page]:
    """`data/search/…`, the feeds of saved searches, and `search.html`."""
    # It needs numpy, which takes 0.1 s to import: only a build with a search pays for it.
    from digest.search import files  # noqa: PLC0415

    catalogue = names.catalogue
    papers = catalogue.papers
    index = make_index(papers, [names.mark(paper) for paper in papers])
    settings = files.Settings(
        search_files(limits_of(config.host), len(papers)),
        _RECENCY[config.search_recency],
        config.language,
    )
    labels = files.Labels(
        {slug: tag.name for slug, tag in catalogue.tags.items()},
        {slug: venue.name for slug, venue in catalogue.venues.items()},
        catalogue.taxonomy.ancestors if "inferred-tags" not in config.without else None,
    )
    laid = files.lay_out(
        index, papers, settings, labels, lambda pack, own: names.recipe(_pack, pack, own).mark
    )
    for part in laid.lines:
        recipe = Recipe(_lines, part, (), names.ways, part.digest)
        yield Page(f"{FOLDER}{part.name}.js", "text", recipe)
    for pack in laid.packs:
        shown = pack.name, files.mark(pack.digest), pack.pack
        recipe = Recipe(_pack, shown, pack.papers, names.ways, pack.digest)
        yield Page(f"{FOLDER}{pack.name}.js", "text", recipe)
    for text in laid.texts:
        recipe = Recipe(_text, text, (), names.ways, text.digest)
        yield Page(f"{FOLDER}{text.name}.js", "text", recipe)
    head = files.meta_script(laid.meta)
    yield Page(f"{FOLDER}index.js", "text", Text(head))
    searches = [
        SavedSearch(each.name, each.query, f"searches/{slugify(each.name)}.xml")
        for each in config.searches
    ]
    if searches:
        slots = index.rows.slots.tolist()
        by_slot = dict(zip(slots, papers, strict=True))
        for search in searches:
            yield from _plan_saved(names, site, search, laid, by_slot, config.feed_entries)
    yield Page("search.html", "search.html", _view(laid.meta, head, searches))


def _lines(part: LinesFile, _papers: Sequence[Paper], _: Ways) -> Text:
    from digest.search.files import lines_script  # noqa: PLC0415 - as above

    return Text(lines_script(part))


def _pack(shown: tuple[str, str, Pack], papers: Sequence[Paper], _: Ways) -> Text:
    from digest.search.files import pack_script  # noqa: PLC0415 - as above

    return Text(pack_script(*shown, papers))


def _text(part: TextFile, _papers: Sequence[Paper], _: Ways) -> Text:
    from digest.search.files import text_script  # noqa: PLC0415 - as above

    return Text(text_script(part))


def _plan_saved(
    names: Names,
    site: Site,
    search: SavedSearch,
    laid: Files,
    by_slot: Mapping[int, Paper],
    most: int,
) -> Iterator[Page]:
    """The feeds of a saved search: its newest papers."""
    from digest.search.find import find  # noqa: PLC0415
    from digest.search.reader import Reader  # noqa: PLC0415

    scripts = laid.scripts()
    found = find(Reader(lambda name: scripts[name]()), search.query, sort="date", limit=most)
    papers = [by_slot[hit.slot] for hit in found.hits if hit.whole]
    title = f"{search.name} · {site.title}"
    page = f"search.html?q={quote(search.query)}&sort=date"
    kinds = [("xml", "atom")] + [("json", "json-feed")] * ("json-feeds" not in site.without)
    for ending, kind in kinds:
        path = search.path.removesuffix("xml") + ending
        yield Page(path, kind, names.recipe(make_feed, (path, title, page), papers))


def _view(meta: Mapping[str, Any], head: str, searches: Sequence[SavedSearch]) -> SearchPage:
    facets = meta["facets"]
    return SearchPage(
        papers=meta["papers"],
        base=FOLDER,
        mark=content_hash(head),
        tags=tuple(Facet(*row[:3]) for row in facets["tags"]),
        venues=tuple(Facet(*row) for row in facets["venues"]),
        years=tuple(Facet(str(year), str(year), count) for year, count in facets["years"]),
        code=facets["code"],
        saved=tuple(searches),
    )
