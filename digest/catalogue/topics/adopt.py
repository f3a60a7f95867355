"""Which phrases and names get a page of their own: those that enough papers share.

A paper's tags rest on its own text alone, so that adding a paper never takes a tag from another;
all that other papers decide is where a phrase leads, and how it is spelt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from msgspec.structs import replace

from digest.paper import Paper, Tag

SHARED = 3
"""So many papers make a page in a large collection."""
FEW = 2
"""So many do in a small one."""
SMALL = 1_000
"""Papers of a small collection, at most."""


def adopt(papers: Sequence[Paper], topics: Container[str]) -> list[Paper]:
    """`papers` with the pages and names of their phrases settled. Linear in the number of tags."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for tag in paper.tags:
            if not tag.page:
                spelt[tag.slug][tag.name] += 1
    # A keyword that a source gives has a page, whoever else only speaks of it.
    given = {t.slug for p in papers for t in p.tags if t.page and t.slug in spelt}
    least = FEW if len(papers) <= SMALL else SHARED
    names = {slug: min(found, key=lambda n: (-found[n], n)) for slug, found in spelt.items()}
    shared = {slug for slug, found in spelt.items() if found.total() >= least} | given

    def settled(tag: Tag) -> Tag:
        if tag.page:
            return tag
        page = tag.slug in shared or tag.slug in topics
        name = names[tag.slug]
        return tag if (page, name) == (False, tag.name) else replace(tag, page=page, name=name)

    return [
        replace(paper, tags=tuple(map(settled, paper.tags)))
        if any(not tag.page for tag in paper.tags)
        else paper
        for paper in papers
    ]
