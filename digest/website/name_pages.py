"""Authors and venues: an index by letter, and a page each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from digest.catalogue.catalogue import author_slug, venue_years
from digest.text import unaccented
from digest.website.cards import Names
from digest.website.pages import Page
from digest.website.views import Group, NameIndex, NamePage, Ref

_AKIN = 12


def plan_authors(names: Names) -> Iterator[Page]:
    """Authors with enough papers; nothing at all where nobody has."""
    catalogue = names.catalogue
    authors = {
        author_slug(a): a
        for p in reversed(catalogue.papers)
        for a in p.authors
        if names.author_has_page(a)
    }
    if not authors:
        return
    sort_key = {slug: unaccented(f"{a.family} {a.given}") for slug, a in authors.items()}
    listed = sorted(authors, key=lambda slug: (sort_key[slug], slug))
    yield Page(
        "authors/index.html",
        "name_index.html",
        NameIndex(
            "authors",
            _letters(
                (
                    sort_key[slug],
                    Ref(
                        authors[slug].name,
                        f"authors/{slug}.html",
                        len(catalogue.authors[slug].papers),
                    ),
                )
                for slug in listed
            ),
        ),
    )
    for slug in listed:
        papers = catalogue.authors[slug].papers
        together = Counter(a for p in papers for a in p.authors if author_slug(a) != slug)
        akin = sorted(together, key=lambda a: (-together[a], a.name))[:_AKIN]
        yield Page(
            f"authors/{slug}.html",
            "name.html",
            NamePage(
                kind="authors",
                name=catalogue.authors[slug].name,
                full_name="",
                akin=tuple(map(names.author, akin)),
                groups=names.groups(papers, 4),
                total=len(papers),
            ),
        )


def plan_venues(names: Names, full_names: dict[str, str]) -> Iterator[Page]:
    """Venues with their papers by year. `full_names` maps slugs to unabbreviated names."""
    venues = names.catalogue.venues
    if not venues:
        return
    yield Page(
        "venues/index.html",
        "name_index.html",
        NameIndex(
            "venues",
            _letters(
                (unaccented(entry.name), Ref(entry.name, f"venues/{slug}.html", len(entry.papers)))
                for slug, entry in sorted(venues.items(), key=lambda item: unaccented(item[1].name))
            ),
        ),
    )
    for slug, entry in venues.items():
        groups = tuple(
            Group(
                Ref(str(venue.year)) if venue.year else Ref("Year unknown"),
                tuple(map(names.card, papers)),
            )
            for venue, papers in venue_years(entry)
        )
        full = full_names.get(slug, "")
        yield Page(
            f"venues/{slug}.html",
            "name.html",
            NamePage(
                kind="venues",
                name=entry.name,
                full_name=full if full != entry.name else "",
                akin=tuple(Ref(group.heading.name) for group in groups) if len(groups) > 1 else (),
                groups=groups,
                total=len(entry.papers),
            ),
        )


def _letters(rows: Iterator[tuple[str, Ref]]) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    found: dict[str, list[Ref]] = defaultdict(list)
    for key, ref in rows:
        letter = key[:1].upper()
        found[letter if letter.isalpha() else "#"].append(ref)
    return tuple((letter, tuple(refs)) for letter, refs in found.items())
