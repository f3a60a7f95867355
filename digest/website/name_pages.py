"""Authors and venues: an index by letter, and a page each."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from digest.catalogue.catalogue import Entry, venue_years
from digest.paper import Paper
from digest.text import unaccented
from digest.website.cards import Names, Section, groups
from digest.website.pages import Page, Ways
from digest.website.views import NameIndex, NamePage, Ref

_AKIN = 12


class _Head(Struct, frozen=True):
    """What the page of a name shows besides its papers."""

    kind: str
    name: str
    sections: tuple[Section, ...]
    full_name: str = ""
    akin: tuple[Ref, ...] = ()


def plan_authors(names: Names) -> Iterator[Page]:
    """Authors with enough papers; nothing at all where nobody has."""
    catalogue = names.catalogue
    authors = {a.slug: a for p in reversed(catalogue.papers) for a in p.authors}
    authors = {slug: author for slug, author in authors.items() if names.author_has_page(author)}
    if not authors:
        return
    sort_key = {slug: unaccented(f"{a.family} {a.given}") for slug, a in authors.items()}
    listed = sorted(authors, key=lambda slug: (sort_key[slug], slug))
    letters = _letters(
        (
            sort_key[slug],
            Ref(authors[slug].name, f"authors/{slug}.html", len(catalogue.authors[slug].papers)),
        )
        for slug in listed
    )
    yield Page("authors/index.html", "name_index.html", NameIndex("authors", letters))
    for slug in listed:
        entry = catalogue.authors[slug]
        head = _Head(
            kind="authors",
            name=entry.name,
            sections=names.sections(entry.papers, 4),
            akin=_together(names, entry),
        )
        recipe = names.recipe(_page, head, entry.papers)
        yield Page(f"authors/{slug}.html", "name.html", recipe)


def plan_venues(names: Names, full_names: dict[str, str]) -> Iterator[Page]:
    """Venues with their papers by year. `full_names` maps slugs to unabbreviated names."""
    venues = names.catalogue.venues
    if not venues:
        return
    letters = _letters(
        (unaccented(entry.name), Ref(entry.name, f"venues/{slug}.html", len(entry.papers)))
        for slug, entry in sorted(venues.items(), key=lambda item: unaccented(item[1].name))
    )
    yield Page("venues/index.html", "name_index.html", NameIndex("venues", letters))
    for slug, entry in venues.items():
        years = venue_years(entry)
        sections = tuple(
            Section(Ref(str(venue.year) if venue.year else "Year unknown"), len(papers))
            for venue, papers in years
        )
        full = full_names.get(slug, "")
        head = _Head(
            kind="venues",
            name=entry.name,
            sections=sections,
            full_name=full if full != entry.name else "",
            akin=tuple(section.heading for section in sections) if len(sections) > 1 else (),
        )
        papers = tuple(itertools.chain.from_iterable(papers for _, papers in years))
        yield Page(f"venues/{slug}.html", "name.html", names.recipe(_page, head, papers))


def _page(head: _Head, papers: Sequence[Paper], ways: Ways) -> NamePage:
    return NamePage(
        kind=head.kind,
        name=head.name,
        full_name=head.full_name,
        akin=head.akin,
        groups=groups(head.sections, papers, ways),
        total=len(papers),
    )


def _together(names: Names, entry: Entry) -> tuple[Ref, ...]:
    """With whom an author wrote most."""
    counts = Counter(a for p in entry.papers for a in p.authors if a.slug != entry.slug)
    best = heapq.nsmallest(_AKIN, ((-number, a.name, a) for a, number in counts.items()))
    return tuple(names.author(author) for *_, author in best)


def _letters(rows: Iterator[tuple[str, Ref]]) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    found: dict[str, list[Ref]] = defaultdict(list)
    for key, ref in rows:
        letter = key[:1].upper()
        found[letter if letter.isalpha() else "#"].append(ref)
    return tuple((letter, tuple(refs)) for letter, refs in found.items())
