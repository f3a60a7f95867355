"""The tag index and the pages of tags."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import neg

from msgspec import Struct

from digest.catalogue.catalogue import Entry
from digest.paper import Paper
from digest.website.cards import Names, card
from digest.website.chart_views import TagIndex, TagNode, TagPage, TimeChart
from digest.website.pager import divide, span
from digest.website.pages import Page, Ways
from digest.website.timelines import Times
from digest.website.views import Pager, Ref

_AKIN = 8
_FOLDED_FROM = 60
"""Tags in the tree from which on what lies deep in it is folded:"""
_FOLDED = 3
"""so many below one, or more."""
_FULL_FROM = 1_500
"""Tags in the tree from which on its upper levels alone stand here, to keep the page small:"""
_DEEP = 2
"""so many levels below a field. The page of each tag has those below it."""
_FOREMOST = 30
"""Keywords of the sources that are shown before all of them."""


class _Head(Struct, frozen=True):
    """What a tag's page shows besides its papers."""

    tag: Ref
    pager: Pager
    feed: str | None
    about: str = ""
    parents: tuple[Ref, ...] = ()
    children: tuple[Ref, ...] = ()
    akin: tuple[Ref, ...] = ()
    chart: TimeChart | None = None


def plan_tags(names: Names, times: Times, page_size: int, *, feeds: bool) -> Iterator[Page]:
    """The index, and a page (or several) for each tag that has papers, which may have a feed."""
    yield Page("tags/index.html", "tag_index.html", _index(names, times))
    own = {paper.key: _own(paper) for paper in names.catalogue.papers}
    for entry in names.catalogue.tags.values():
        yield from _plan_tag(names, times, entry, page_size, own, feeds=feeds)


def _own(paper: Paper) -> tuple[str, ...]:
    """The tags that other tags of the paper are akin to."""
    return tuple(tag.slug for tag in paper.tags if tag.page and tag.source != "implied")


def _plan_tag(
    names: Names,
    times: Times,
    entry: Entry,
    page_size: int,
    own: Mapping[str, tuple[str, ...]],
    *,
    feeds: bool,
) -> Iterator[Page]:
    taxonomy = names.catalogue.taxonomy
    feed = f"tags/{entry.slug}.xml" if feeds else None
    for path, papers, pager in divide(
        entry.papers, page_size, f"tags/{entry.slug}.html", span(names.words)
    ):
        if pager.number is None:
            topic = taxonomy.topics.get(entry.slug)
            head = _Head(
                tag=names.tag(entry.slug),
                pager=pager,
                feed=feed,
                about=topic.about if topic else "",
                parents=tuple(map(names.tag, topic.parents)) if topic else (),
                children=_below(names, entry.slug),
                akin=_akin(names, entry, own),
                chart=times.tag_chart(entry.slug),
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
        chart=head.chart,
        cards=tuple(card(paper, ways) for paper in papers),
        pager=head.pager,
        feed=head.feed,
    )


def _below(names: Names, slug: str) -> tuple[Ref, ...]:
    """The tags directly below one, those with most papers first."""
    catalogue = names.catalogue
    below = [slug for slug in catalogue.taxonomy.children(slug) if slug in catalogue.tags]
    below.sort(key=lambda slug: -len(catalogue.tags[slug].papers))
    return tuple(map(names.tag, below))


def _akin(names: Names, entry: Entry, own: Mapping[str, tuple[str, ...]]) -> tuple[Ref, ...]:
    """The tags that stand on the same papers most often, each with the number of these."""
    together = Counter(itertools.chain.from_iterable(own[paper.key] for paper in entry.papers))
    for slug in (entry.slug, *names.catalogue.taxonomy.ancestors(entry.slug)):
        together.pop(slug, None)
    best = heapq.nsmallest(_AKIN, zip(map(neg, together.values()), together, strict=True))
    refs = ((names.tag(slug), -number) for number, slug in best)
    return tuple(Ref(ref.name, ref.path, number) for ref, number in refs)


def _index(names: Names, times: Times) -> TagIndex:
    catalogue = names.catalogue
    taxonomy = catalogue.taxonomy
    used = {slug for slug in catalogue.tags if slug in taxonomy.topics}
    # A topic without papers of its own still stands in the tree where something below it has some.
    shown = used.union(*(taxonomy.ancestors(slug) for slug in used))

    many = len(shown) > _FOLDED_FROM
    full = len(shown) > _FULL_FROM

    def node(slug: str, seen: frozenset[str]) -> TagNode:
        below = [child for child in taxonomy.children(slug) if child in shown and child not in seen]
        if full and len(seen) >= _DEEP:
            below = []
        children = tuple(node(child, seen | {slug}) for child in below)
        return TagNode(
            ref=names.tag(slug),
            # Each tag's page says what it means; here, where they are many, those at hand do.
            about=taxonomy.topics[slug].about if len(seen) < 2 or not many else "",
            children=children,
            below=sum(1 + child.below for child in children),
            folded=many and bool(seen) and len(children) >= _FOLDED,
            spark=() if full and len(seen) >= _DEEP else times.spark(slug),
        )

    roots = [slug for slug in taxonomy.roots if slug in shown]
    own = [slug for slug in catalogue.tags if slug not in taxonomy.topics]
    best = sorted(own, key=lambda slug: (-len(catalogue.tags[slug].papers), slug))[:_FOREMOST]
    first, last = times.spark_span
    return TagIndex(
        fields=tuple(node(slug, frozenset()) for slug in roots),
        own=tuple(names.tag(slug) for slug in own),
        foremost=tuple(map(names.tag, best)) if len(own) > 2 * _FOREMOST else (),
        first=first,
        last=last,
    )
