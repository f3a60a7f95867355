"""The whole collection, ordered and indexed: what the website is planned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct, structs

from digest.catalogue import days
from digest.catalogue.people import Known, identify
from digest.catalogue.people_file import People
from digest.catalogue.related import Related, relate
from digest.catalogue.slugs import settle
from digest.catalogue.topics.adopt import adopt
from digest.catalogue.topics.taxonomy import Taxonomy
from digest.paper import Paper, Venue
from digest.problems import Problem

Relate = Callable[[Sequence[Paper]], Mapping[str, tuple[Related, ...]]]
"""By the key of a paper those related to it, best first."""


class Entry(Struct, frozen=True):
    """A tag, author or venue with its papers, newest first."""

    slug: str
    name: str
    papers: tuple[Paper, ...]


class Catalogue(Struct, frozen=True):
    """Papers newest first, undated last, and what leads to them. Mappings are ordered by slug."""

    papers: tuple[Paper, ...]
    by_key: dict[str, Paper]
    tags: dict[str, Entry]
    authors: dict[str, Entry]
    venues: dict[str, Entry]
    people: Known
    """What is known of the authors besides."""
    dates: dict[str, tuple[Paper, ...]]
    """By EDTF year, month and day, each with all papers below it."""
    again: dict[str, tuple[days.Arrival, ...]]
    """By EDTF year, month and day what came once more in it, the latest first."""
    undated: tuple[Paper, ...]
    related: Mapping[str, tuple[Related, ...]]
    taxonomy: Taxonomy
    records: int
    """Sightings that went in, repeats included."""
    problems: tuple[Problem, ...] = ()
    """Of what the group says of people."""


def make_catalogue(
    understood: Sequence[Paper],
    taxonomy: Taxonomy,
    records: int,
    relate: Relate = relate,
    without: Collection[str] = (),
    people: People | None = None,
) -> Catalogue:
    """Order and index what `understand` made of the groups of `merge`, in their order.

    `relate` tells who is related to whom; `without` may name `inferred-tags`, `phrases` and
    `related`; `people` is what the group says of who is who.
    """
    tagged = (_with_fewer_tags(paper, taxonomy, without) for paper in understood)
    identified = identify(adopt(settle([*tagged]), taxonomy.topics), people or People())
    papers = tuple(sorted(identified.papers, key=_newest_first))
    return Catalogue(
        papers=papers,
        by_key={paper.key: paper for paper in papers},
        tags=_index(_topics(papers, taxonomy, broader="inferred-tags" not in without)),
        authors=_called(
            _index((a.slug, a.name, p) for p in papers for a in p.authors), identified.known.names
        ),
        venues=_index((v.slug, v.name, p) for p in papers if (v := p.venue) is not None),
        people=identified.known,
        dates=_by_date(papers),
        again=days.by_date(papers),
        undated=tuple(p for p in papers if p.published is None),
        related=relate(papers) if "related" not in without else {},
        taxonomy=taxonomy,
        records=records,
        problems=identified.problems,
    )


def _with_fewer_tags(paper: Paper, taxonomy: Taxonomy, without: Collection[str]) -> Paper:
    if "inferred-tags" in without:
        tags = [tag for tag in paper.tags if tag.source in ("given", "category")]
    elif "phrases" in without:
        own = ("phrase", "name")
        tags = [t for t in paper.tags if t.source not in own or t.slug in taxonomy.topics]
    else:
        return paper
    return structs.replace(paper, tags=tuple(tags))


def venue_years(entry: Entry) -> list[tuple[Venue, tuple[Paper, ...]]]:
    """The papers of a venue by its year, newest first, those without year last."""
    by_year: dict[int | None, list[Paper]] = defaultdict(list)
    for paper in entry.papers:
        if paper.venue is not None:
            by_year[paper.venue.year].append(paper)
    years = sorted(by_year, key=lambda year: -1 if year is None else year, reverse=True)
    return [(Venue(entry.slug, entry.name, year), tuple(by_year[year])) for year in years]


def _newest_first(paper: Paper) -> tuple[int, tuple[int, ...], str]:
    if paper.published is None:
        return 1, (), paper.key
    parts = [int(part) for part in paper.published.split("-")]
    # What is known to the day stands before what is known to the month only.
    return 0, tuple(-part for part in parts) + (1,) * (3 - len(parts)), paper.key


def _topics(
    papers: Iterable[Paper], taxonomy: Taxonomy, *, broader: bool
) -> Iterator[tuple[str, str, Paper]]:
    # A topic's page holds the papers of all topics below it, so that browsing can start at a field.
    ancestors = cache(taxonomy.ancestors)
    for paper in papers:
        for tag in paper.tags:
            if not tag.page:
                continue
            yield tag.slug, tag.name, paper
            for slug in ancestors(tag.slug) if broader else ():
                yield slug, taxonomy.topics[slug].name, paper


def _index(rows: Iterable[tuple[str, str, Paper]]) -> dict[str, Entry]:
    names: dict[str, set[str]] = defaultdict(set)
    papers: dict[str, dict[str, Paper]] = defaultdict(dict)
    for slug, name, paper in rows:
        names[slug].add(name)
        papers[slug][paper.key] = paper
    return {
        slug: Entry(slug, min(names[slug]), tuple(papers[slug].values())) for slug in sorted(papers)
    }


def _called(entries: dict[str, Entry], names: Mapping[str, str]) -> dict[str, Entry]:
    """`entries`, those in `names` under another name."""
    for slug, name in names.items():
        if slug in entries:
            entries[slug] = structs.replace(entries[slug], name=name)
    return entries


def _by_date(papers: Sequence[Paper]) -> dict[str, tuple[Paper, ...]]:
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.published is not None:
            for length in (4, 7, 10):
                if len(paper.published) >= length:
                    found[paper.published[:length]].append(paper)
    return {date: tuple(found[date]) for date in sorted(found)}
