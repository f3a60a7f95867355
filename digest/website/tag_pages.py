"""The tag index and the pages of tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from digest.catalogue.catalogue import Entry
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.pager import divide
from digest.website.pages import Page
from digest.website.views import Bar, Ref, TagIndex, TagNode, TagPage

_AKIN = 8


def plan_tags(names: Names, page_size: int) -> Iterator[Page]:
    """The index, and a page (or several) for each tag that has papers."""
    yield Page("tags/index.html", "tag_index.html", _index(names))
    for entry in names.catalogue.tags.values():
        yield from _plan_tag(names, entry, page_size)


def _plan_tag(names: Names, entry: Entry, page_size: int) -> Iterator[Page]:
    catalogue = names.catalogue
    topic = catalogue.taxonomy.topics.get(entry.slug)
    children = [slug for slug in catalogue.taxonomy.children(entry.slug) if slug in catalogue.tags]
    for path, papers, pager in divide(entry.papers, page_size, f"tags/{entry.slug}.html"):
        view = (
            TagPage(
                tag=names.tag(entry.slug),
                about=topic.about if topic else "",
                parents=tuple(names.tag(slug) for slug in topic.parents) if topic else (),
                children=tuple(names.tag(slug) for slug in children),
                akin=_akin(names, entry),
                years=year_bars(names, entry.papers),
                cards=tuple(map(names.card, papers)),
                pager=pager,
                feed=f"tags/{entry.slug}.xml",
            )
            if pager.number is None
            else TagPage(
                # Further pages hold only their papers: what changes daily stands on the first.
                tag=Ref(entry.name, f"tags/{entry.slug}.html"),
                about="",
                parents=(),
                children=(),
                akin=(),
                years=(),
                cards=tuple(map(names.card, papers)),
                pager=pager,
                feed=f"tags/{entry.slug}.xml",
            )
        )
        yield Page(path, "tag.html", view)


def year_bars(names: Names, papers: Sequence[Paper]) -> tuple[Bar, ...]:
    """Papers a year, oldest first, empty years between included; none for undated papers."""
    counts = Counter(int(paper.published[:4]) for paper in papers if paper.published)
    if not counts:
        return ()
    return tuple(
        Bar(
            str(year),
            counts[year],
            f"dates/{year}.html" if str(year) in names.catalogue.dates else None,
        )
        for year in range(min(counts), max(counts) + 1)
    )


def _akin(names: Names, entry: Entry) -> tuple[Ref, ...]:
    taxonomy = names.catalogue.taxonomy
    kin = {entry.slug, *taxonomy.ancestors(entry.slug)}
    together = Counter(
        tag.slug
        for paper in entry.papers
        for tag in paper.tags
        if tag.page and tag.slug not in kin and tag.source != "implied"
    )
    best = sorted(together, key=lambda slug: (-together[slug], slug))[:_AKIN]
    return tuple(names.tag(slug) for slug in best)


def _index(names: Names) -> TagIndex:
    catalogue = names.catalogue
    taxonomy = catalogue.taxonomy
    used = {slug for slug in catalogue.tags if slug in taxonomy.topics}
    # A topic without papers of its own still stands in the tree where something below it has some.
    shown = used.union(*(taxonomy.ancestors(slug) for slug in used))

    def node(slug: str, seen: frozenset[str]) -> TagNode:
        below = [child for child in taxonomy.children(slug) if child in shown and child not in seen]
        return TagNode(
            names.tag(slug),
            taxonomy.topics[slug].about,
            tuple(node(child, seen | {slug}) for child in below),
        )

    roots = [slug for slug in taxonomy.roots if slug in shown]
    return TagIndex(
        fields=tuple(node(slug, frozenset()) for slug in roots),
        own=tuple(names.tag(slug) for slug in catalogue.tags if slug not in taxonomy.topics),
    )
