"""The tag index and the pages of tags."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from digest.catalogue.catalogue import Entry
from digest.paper import Paper
from digest.website.cards import Names, card
from digest.website.pager import divide
from digest.website.pages import Page, Ways
from digest.website.views import Bar, Pager, Ref, TagIndex, TagNode, TagPage

_AKIN = 8


class _Head(Struct, frozen=True):
    """What a tag's page shows besides its papers."""

    tag: Ref
    pager: Pager
    feed: str | None
    about: str = ""
    parents: tuple[Ref, ...] = ()
    children: tuple[Ref, ...] = ()
    akin: tuple[Ref, ...] = ()
    years: tuple[Bar, ...] = ()


def plan_tags(names: Names, page_size: int, *, feeds: bool) -> Iterator[Page]:
    """The index, and a page (or several) for each tag that has papers, which may have a feed."""
    yield Page("tags/index.html", "tag_index.html", _index(names))
    own = {paper.key: _own(paper) for paper in names.catalogue.papers}
    for entry in names.catalogue.tags.values():
        yield from _plan_tag(names, entry, page_size, own, feeds=feeds)


def _own(paper: Paper) -> tuple[str, ...]:
    """The tags that other tags of the paper are akin to."""
    return tuple(tag.slug for tag in paper.tags if tag.page and tag.source != "implied")


def _plan_tag(
    names: Names,
    entry: Entry,
    page_size: int,
    own: Mapping[str, tuple[str, ...]],
    *,
    feeds: bool,
) -> Iterator[Page]:
    taxonomy = names.catalogue.taxonomy
    feed = f"tags/{entry.slug}.xml" if feeds else None
    for path, papers, pager in divide(entry.papers, page_size, f"tags/{entry.slug}.html"):
        if pager.number is None:
            topic = taxonomy.topics.get(entry.slug)
            below = taxonomy.children(entry.slug)
            head = _Head(
                tag=names.tag(entry.slug),
                pager=pager,
                feed=feed,
                about=topic.about if topic else "",
                parents=tuple(map(names.tag, topic.parents)) if topic else (),
                children=tuple(names.tag(slug) for slug in below if slug in names.catalogue.tags),
                akin=_akin(names, entry, own),
                years=year_bars(names, entry.papers),
            )
        else:
            # Further pages hold only their papers: what changes daily stands on the first.
            head = _Head(Ref(entry.name, f"tags/{entry.slug}.html"), pager, feed)
        yield Page(path, "tag.html", names.recipe(_page, head, papers))


def _page(head: _Head, papers: Sequence[Paper], ways: Ways) -> TagPage:
    return TagPage(
        tag=head.tag,
        about=head.about,
        parents=head.parents,
        children=head.children,
        akin=head.akin,
        years=head.years,
        cards=tuple(card(paper, ways) for paper in papers),
        pager=head.pager,
        feed=head.feed,
    )


def year_bars(names: Names, papers: Sequence[Paper]) -> tuple[Bar, ...]:
    """Papers a year, oldest first, empty years between included; none for undated papers."""
    counts = Counter(paper.published[:4] for paper in papers if paper.published)
    if not counts:
        return ()
    return tuple(
        Bar(
            str(year),
            counts[str(year)],
            f"dates/{year}.html" if str(year) in names.catalogue.dates else None,
        )
        for year in range(int(min(counts)), int(max(counts)) + 1)
    )


def _akin(names: Names, entry: Entry, own: Mapping[str, tuple[str, ...]]) -> tuple[Ref, ...]:
    kin = {entry.slug, *names.catalogue.taxonomy.ancestors(entry.slug)}
    together = Counter(itertools.chain.from_iterable(own[paper.key] for paper in entry.papers))
    others = ((-number, slug) for slug, number in together.items() if slug not in kin)
    return tuple(names.tag(slug) for _, slug in heapq.nsmallest(_AKIN, others))


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
