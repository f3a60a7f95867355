"""The collection in numbers: what rises, and the map of its topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from digest.catalogue.catalogue import Catalogue
from digest.catalogue.places import HEIGHT, WIDTH, Place, place_paper, place_topics
from digest.catalogue.trends import Trend, Trends, find_trends
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.chart_views import Dot, Label, MapPage, TrendNote, TrendsPage
from digest.website.labels import count, date_label
from digest.website.pages import Page
from digest.website.tag_pages import year_bars
from digest.website.views import Ref

_EACH = 400
"""Papers up to which each has a dot of its own."""
_CELL = 20
"""Side of a square whose papers are one dot, in the map's units."""
_FIELDS = 6
"""Fields that have a colour."""
_LABELS = 24
_LETTER = 9.5
"""Width of a letter of a label, in the map's units; labels must not cover each other."""
_LINE = 26
_ABOVE = 10
"""A label stands over its dots and not on them."""
_REGIONS = 36
_DOT = 4.0


def plan_trends(names: Names) -> Iterator[Page]:
    """`trends.html`, and `map.html` where papers have a place on it."""
    papers, taxonomy = names.catalogue.papers, names.catalogue.taxonomy
    if not papers:
        return
    spots = place_topics(taxonomy)
    mapped = any(place_paper(paper, spots) is not None for paper in papers)
    # The tags, their papers and whatever else `names` tells follow from these.
    rest = names.catalogue.records, mapped, taxonomy.fingerprint
    trends = names.recipe(partial(_trends, names, mapped), rest, papers)
    yield Page("trends.html", "trends.html", trends)
    if mapped:
        yield Page("map.html", "map.html", names.recipe(partial(_map, names), rest, papers))


def _trends(names: Names, has_map: bool, _: object, papers: Sequence[Paper]) -> TrendsPage:
    catalogue = names.catalogue
    topics = {
        slug: entry.papers for slug, entry in catalogue.tags.items() if names.is_subject(slug)
    }
    trends = find_trends(papers, topics)
    return TrendsPage(
        papers=len(papers),
        records=catalogue.records,
        dated=sum(paper.published is not None for paper in papers),
        with_abstract=sum(bool(paper.abstract) for paper in papers),
        with_code=sum(any(link.kind == "code" for link in paper.links) for paper in papers),
        with_doi=sum(paper.doi is not None for paper in papers),
        years=year_bars(names, papers),
        periods=tuple(map(date_label, trends.periods)) if trends else (),
        since=date_label(trends.since) if trends else "",
        before=trends.before if trends else 0,
        lately=trends.lately if trends else 0,
        rising=_notes(names, trends, trends.rising) if trends else (),
        falling=_notes(names, trends, trends.falling) if trends else (),
        has_map=has_map,
    )


def _notes(names: Names, trends: Trends, found: Iterable[Trend]) -> tuple[TrendNote, ...]:
    return tuple(
        TrendNote(
            ref=names.tag(trend.slug),
            shares=tuple(
                round(100 * own / max(all_papers, 1), 1)
                for own, all_papers in zip(trend.counts, trends.totals, strict=True)
            ),
            before=round(100 * trend.before / trends.before, 1),
            lately=round(100 * trend.lately / trends.lately, 1),
        )
        for trend in found
    )


def _places(catalogue: Catalogue) -> list[tuple[Paper, Place]]:
    topics = place_topics(catalogue.taxonomy)
    placed = ((paper, place_paper(paper, topics)) for paper in catalogue.papers)
    return [(paper, place) for paper, place in placed if place is not None]


def _map(names: Names, _: object, papers: Sequence[Paper]) -> MapPage:
    places = _places(names.catalogue)
    fields = {paper.key: _field(names, paper) for paper, _ in places}
    sizes = Counter(fields.values())
    best = sorted((f for f in sizes if f), key=lambda f: (-sizes[f], f))[:_FIELDS]
    numbers = {field: number for number, field in enumerate(best, 1)}
    each = len(places) <= _EACH
    topics = _foremost(names, places)
    return MapPage(
        width=WIDTH,
        height=HEIGHT,
        dots=tuple(
            _papers(places, fields, numbers) if each else _cells(names, places, fields, numbers)
        ),
        labels=tuple(_labels(names, topics)),
        legend=tuple(Ref(names.tag(field).name, names.tag(field).path) for field in best),
        regions=tuple(
            Ref(names.tag(slug).name, names.tag(slug).path, len(its))
            for slug, its in list(topics.items())[:_REGIONS]
        ),
        each=each,
        shown=len(places),
        papers=len(papers),
    )


def _field(names: Names, paper: Paper) -> str:
    """The field of a paper's first topic."""
    topic, taxonomy = _topic(names, paper), names.catalogue.taxonomy
    line = (topic, *taxonomy.ancestors(topic))
    return next((slug for slug in line if slug in taxonomy.roots), "")


def _topic(names: Names, paper: Paper) -> str:
    """The first topic of a paper that has one; a data set where it has no other."""
    topics = [tag.slug for tag in paper.tags if tag.slug in names.catalogue.taxonomy.topics]
    return next(filter(names.is_subject, topics), topics[0])


def _foremost(names: Names, places: Sequence[tuple[Paper, Place]]) -> dict[str, list[Place]]:
    """First topics of papers with the places of these papers; those of most papers first."""
    found: dict[str, list[Place]] = defaultdict(list)
    for paper, place in places:
        found[_topic(names, paper)].append(place)
    return {slug: found[slug] for slug in sorted(found, key=lambda s: (-len(found[s]), s))}


def _papers(
    places: Sequence[tuple[Paper, Place]], fields: dict[str, str], numbers: dict[str, int]
) -> Iterator[Dot]:
    for paper, (x, y) in places:
        yield Dot(x, y, _DOT, numbers.get(fields[paper.key], 0), paper.title, paper.path)


def _cells(
    names: Names,
    places: Sequence[tuple[Paper, Place]],
    fields: dict[str, str],
    numbers: dict[str, int],
) -> Iterator[Dot]:
    cells: dict[Place, list[tuple[Paper, Place]]] = defaultdict(list)
    for paper, place in places:
        cells[place[0] // _CELL, place[1] // _CELL].append((paper, place))
    most = max(map(len, cells.values()))
    for _, papers in sorted(cells.items(), key=lambda cell: cell[0]):
        field = _commonest(fields[paper.key] for paper, _ in papers)
        tag = names.tag(_commonest(_topic(names, paper) for paper, _ in papers))
        yield Dot(
            x=round(sum(x for _, (x, _) in papers) / len(papers)),
            y=round(sum(y for _, (_, y) in papers) / len(papers)),
            # A circle's area tells the number.
            size=round(max(1.2, _CELL * 0.6 * (len(papers) / most) ** 0.5), 1),
            field=numbers.get(field, 0),
            name=f"{tag.name}: {count(len(papers), 'paper', 'papers')} here",
            path=tag.path or "tags/index.html",
        )


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _labels(names: Names, topics: dict[str, list[Place]]) -> Iterator[Label]:
    taken: list[tuple[float, float, float, float]] = []
    for slug, its in topics.items():
        ref = names.tag(slug)
        half = len(ref.name) * _LETTER / 2
        # The median place: one stray paper does not pull the name away from the others.
        x, y = (sorted(axis)[len(its) // 2] for axis in zip(*its, strict=True))
        x = min(max(x, int(half) + 2), WIDTH - int(half) - 2)
        y = min(max(y - _ABOVE, _LINE), HEIGHT - 6)
        box = x - half, x + half, y - _LINE, y + 4.0
        if all(b[1] < box[0] or box[1] < b[0] or b[3] < box[2] or box[3] < b[2] for b in taken):
            taken.append(box)
            yield Label(x, y, Ref(ref.name, ref.path))
        if len(taken) == _LABELS:
            return
