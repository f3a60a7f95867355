"""Authors and venues: an index by letter, and a page each."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from digest.catalogue.catalogue import Entry, venue_years
from digest.paper import Author, Paper, Tag
from digest.text import unaccented
from digest.website.cards import Names, Section, groups, tag_ref
from digest.website.name_index import Named, plan_index
from digest.website.pages import Page, Ways
from digest.website.views import Bar, NamePage, Redirect, Ref

_AKIN = 12
_TAGS = 8
_VENUES = 6


class _Head(Struct, frozen=True):
    """What the page of a name shows besides its papers, and what follows from these."""

    kind: str
    slug: str
    name: str
    sections: tuple[Section, ...]
    full_name: str = ""
    akin: tuple[Ref, ...] = ()
    forms: tuple[str, ...] = ()
    apart: tuple[Ref, ...] = ()
    sure: bool = True


def plan_authors(names: Names) -> Iterator[Page]:
    """Authors with enough papers; nothing at all where nobody has."""
    catalogue, known = names.catalogue, names.catalogue.people
    authors: dict[str, Author] = {}
    for author in (a for p in reversed(catalogue.papers) for a in p.authors):
        if author.slug not in authors or author.name == catalogue.authors[author.slug].name:
            authors[author.slug] = author
    authors = {slug: author for slug, author in authors.items() if names.author_has_page(author)}
    if not authors:
        return
    sort_key = {slug: unaccented(f"{a.family} {a.given}") for slug, a in authors.items()}
    listed = sorted(authors, key=lambda slug: (sort_key[slug], slug))
    yield from plan_index(
        "authors", [Named(sort_key[slug].lower(), _author(names, slug)) for slug in listed]
    )
    namesakes = _namesakes(names)
    for slug in listed:
        entry = catalogue.authors[slug]
        head = _Head(
            kind="authors",
            slug=slug,
            name=entry.name,
            sections=_by_year(names, entry),
            akin=_together(names, entry),
            forms=tuple(form for form in known.forms.get(slug, ()) if form != entry.name),
            apart=tuple(
                _author(names, other) for other in namesakes.get(slug, ()) if other in authors
            ),
            sure=slug in known.sure or len(entry.papers) == 1,
        )
        yield Page(f"authors/{slug}.html", "name.html", names.recipe(_page, head, entry.papers))
    yield from _plan_moved(names, authors)


def _by_year(names: Names, entry: Entry) -> tuple[Section, ...]:
    undated = names.words.say("Undated")
    # With the author's own papers: how many others a year has is no reason to write this page.
    return tuple(
        Section(Ref(names.words.date(year) if year else undated, None, number), number)
        for year, number in Counter((p.published or "")[:4] for p in entry.papers).items()
    )


def _plan_moved(names: Names, authors: Iterable[str]) -> Iterator[Page]:
    """Pages at addresses of names whose papers stand under another now."""
    catalogue, known = names.catalogue, names.catalogue.people
    shown = frozenset(authors)
    for old, new in known.moved:
        if new in shown and old not in catalogue.authors:
            target = Redirect(f"authors/{new}.html", catalogue.authors[new].name)
            yield Page(f"authors/{old}.html", "redirect.html", target)
    for old, others in known.apart.items():
        refs = tuple(_author(names, slug) for slug in others if slug in shown)
        if old not in catalogue.authors and len(refs) > 1:
            # The name itself is nobody's any more: its page tells whose it is.
            page = NamePage("authors", refs[0].name, "", (), (), 0, apart=refs)
            yield Page(f"authors/{old}.html", "name.html", page)


def _namesakes(names: Names) -> dict[str, tuple[str, ...]]:
    """By address of a person those of others of the same name."""
    found: dict[str, tuple[str, ...]] = {}
    for base, others in names.catalogue.people.apart.items():
        every = (base, *others)
        for slug in every:
            found[slug] = tuple(other for other in every if other != slug)
    return found


def _author(names: Names, slug: str) -> Ref:
    entry = names.catalogue.authors[slug]
    return Ref(entry.name, f"authors/{slug}.html", len(entry.papers))


def plan_venues(names: Names, full_names: dict[str, str]) -> Iterator[Page]:
    """Venues with their papers by year. `full_names` maps slugs to unabbreviated names."""
    venues = names.catalogue.venues
    if not venues:
        return
    yield from plan_index(
        "venues",
        [
            Named(
                unaccented(entry.name).lower(),
                Ref(entry.name, f"venues/{slug}.html", len(entry.papers)),
            )
            for slug, entry in sorted(
                venues.items(), key=lambda item: (unaccented(item[1].name).lower(), item[0])
            )
        ],
    )
    unknown = names.words.say("Year unknown")
    for slug, entry in venues.items():
        years = venue_years(entry)
        sections = tuple(
            Section(Ref(str(venue.year) if venue.year else unknown), len(papers))
            for venue, papers in years
        )
        full = full_names.get(slug, "")
        head = _Head(
            kind="venues",
            slug=slug,
            name=entry.name,
            sections=sections,
            full_name=full if full != entry.name else "",
        )
        papers = tuple(itertools.chain.from_iterable(papers for _, papers in years))
        yield Page(f"venues/{slug}.html", "name.html", names.recipe(_page, head, papers))


def _page(head: _Head, papers: Sequence[Paper], ways: Ways) -> NamePage:
    of_author = head.kind == "authors"
    return NamePage(
        kind=head.kind,
        name=head.name,
        full_name=head.full_name,
        akin=head.akin,
        groups=groups(head.sections, papers, ways),
        total=len(papers),
        years=_years(head),
        tags=_tags(papers, ways),
        venues=_venues(papers, ways) if of_author else (),
        forms=head.forms,
        apart=head.apart,
        sure=head.sure,
    )


def _years(head: _Head) -> tuple[Bar, ...]:
    """Papers a year, oldest first, empty years between included, each leading to its section."""
    counts: dict[int, Section] = {}
    for section in head.sections:
        # `2023`, and `2023` with a word behind it where the language writes years so.
        said = section.heading.name[:4]
        if said.isdecimal():
            counts[int(said)] = section
    if not counts:
        return ()
    place = f"{head.kind}/{head.slug}.html"
    bars = []
    for year in range(min(counts), max(counts) + 1):
        own = counts.get(year)
        name = own.heading.name.replace(" ", "-") if own else ""
        bars.append(Bar(str(year), own.size if own else 0, f"{place}#{name}" if own else None))
    return tuple(bars)


def _tags(papers: Sequence[Paper], ways: Ways) -> tuple[Ref, ...]:
    """What more than one paper is about; of a single paper the card tells."""
    tags: dict[str, Tag] = {}
    counts: Counter[str] = Counter()
    for paper in papers if len(papers) > 1 else ():
        for tag in paper.tags:
            if tag.page and tag.source != "implied" and tag.kind != "data":
                tags.setdefault(tag.slug, tag)
                counts[tag.slug] += 1
    best = heapq.nsmallest(_TAGS, ((-n, slug) for slug, n in counts.items() if n > 1))
    return tuple(
        Ref(ref.name, ref.path, -n) for n, slug in best if (ref := tag_ref(tags[slug], ways))
    )


def _venues(papers: Sequence[Paper], ways: Ways) -> tuple[Ref, ...]:
    """Where the papers appeared, without years."""
    venues = [paper.venue for paper in papers if paper.venue] if len(papers) > 1 else []
    names = {venue.slug: venue.name for venue in venues}
    counts = Counter(venue.slug for venue in venues)
    best = heapq.nsmallest(_VENUES, ((-n, names[slug], slug) for slug, n in counts.items()))
    return tuple(
        Ref(name, f"venues/{slug}.html" if ways.venues else None, -n) for n, name, slug in best
    )


def _together(names: Names, entry: Entry) -> tuple[Ref, ...]:
    """With whom an author wrote most, and how many papers."""
    people: dict[str, Author] = {}
    counts: Counter[str] = Counter()
    for paper in entry.papers:
        for author in paper.authors:
            people[author.slug] = author
            counts[author.slug] += 1
    del counts[entry.slug]
    called = names.catalogue.authors
    best = heapq.nsmallest(_AKIN, ((-n, called[slug].name, slug) for slug, n in counts.items()))
    found = []
    for number, name, slug in best:
        ref = names.author(people[slug])
        found.append(Ref(name, ref.path, -number if number < -1 else None))
    return tuple(found)
