"""The map of the collection: papers where their topics lie, each topic near those akin to it."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from digest.catalogue.places import HEIGHT, WIDTH, place_paper, place_topics
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.chart_views import Dot, Label, MapPage
from digest.website.pages import Ways
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


class _Spot(NamedTuple):
    """A paper on the map."""

    paper: Paper
    x: int
    y: int
    topic: str
    """Its first."""
    field: str
    """That of its first topic."""


def has_map(names: Names) -> bool:
    """Whether any paper has a place on the map."""
    places = place_topics(names.catalogue.taxonomy)
    return any(place_paper(paper, places) is not None for paper in names.catalogue.papers)


def draw_map(names: Names, _: object, papers: Sequence[Paper], __: Ways) -> MapPage:
    """The view of `map.html`; `papers` are all that `names` knows."""
    spots = [*_spots(names, papers)]
    sizes = Counter(spot.field for spot in spots)
    best = sorted((f for f in sizes if f), key=lambda f: (-sizes[f], f))[:_FIELDS]
    numbers = {field: number for number, field in enumerate(best, 1)}
    each = len(spots) <= _EACH
    topics = _foremost(spots)
    return MapPage(
        width=WIDTH,
        height=HEIGHT,
        dots=tuple(_papers(spots, numbers) if each else _cells(names, spots, numbers)),
        labels=tuple(_labels(names, topics)),
        legend=tuple(Ref(names.tag(field).name, names.tag(field).path) for field in best),
        regions=tuple(
            Ref(names.tag(slug).name, names.tag(slug).path, len(its))
            for slug, its in list(topics.items())[:_REGIONS]
        ),
        each=each,
        shown=len(spots),
        papers=len(papers),
    )


def _spots(names: Names, papers: Iterable[Paper]) -> Iterator[_Spot]:
    taxonomy = names.catalogue.taxonomy
    places = place_topics(taxonomy)
    is_subject = functools.cache(names.is_subject)

    @functools.cache
    def field(topic: str) -> str:
        line = (topic, *taxonomy.ancestors(topic))
        return next((slug for slug in line if slug in taxonomy.roots), "")

    for paper in papers:
        place = place_paper(paper, places)
        if place is not None:
            topics = [tag.slug for tag in paper.tags if tag.slug in taxonomy.topics]
            # A data set only where it has no other.
            topic = next(filter(is_subject, topics), topics[0])
            yield _Spot(paper, *place, topic, field(topic))


def _foremost(spots: Sequence[_Spot]) -> dict[str, list[_Spot]]:
    """First topics of papers with these; those of most papers first."""
    found: dict[str, list[_Spot]] = defaultdict(list)
    for spot in spots:
        found[spot.topic].append(spot)
    return {slug: found[slug] for slug in sorted(found, key=lambda s: (-len(found[s]), s))}


def _papers(spots: Sequence[_Spot], numbers: dict[str, int]) -> Iterator[Dot]:
    for paper, x, y, _, field in spots:
        yield Dot(x, y, _DOT, numbers.get(field, 0), paper.title, paper.path)


def _cells(names: Names, spots: Sequence[_Spot], numbers: dict[str, int]) -> Iterator[Dot]:
    cells: dict[tuple[int, int], list[_Spot]] = defaultdict(list)
    for spot in spots:
        cells[spot.x // _CELL, spot.y // _CELL].append(spot)
    most = max(map(len, cells.values()))
    for _, own in sorted(cells.items(), key=lambda cell: cell[0]):
        tag = names.tag(_commonest(spot.topic for spot in own))
        yield Dot(
            x=round(sum(spot.x for spot in own) / len(own)),
            y=round(sum(spot.y for spot in own) / len(own)),
            # A circle's area tells the number.
            size=round(max(1.2, _CELL * 0.6 * (len(own) / most) ** 0.5), 1),
            field=numbers.get(_commonest(spot.field for spot in own), 0),
            name=names.words.many(
                "{tag}: {n} paper here", "{tag}: {n} papers here", len(own), tag=tag.name
            ),
            path=tag.path or "tags/index.html",
        )


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _labels(names: Names, topics: dict[str, list[_Spot]]) -> Iterator[Label]:
    taken: list[tuple[float, float, float, float]] = []
    for slug, its in topics.items():
        ref = names.tag(slug)
        half = len(ref.name) * _LETTER / 2
        # The median place: one stray paper does not pull the name away from the others.
        x = sorted(spot.x for spot in its)[len(its) // 2]
        y = sorted(spot.y for spot in its)[len(its) // 2]
        x = min(max(x, int(half) + 2), WIDTH - int(half) - 2)
        y = min(max(y - _ABOVE, _LINE), HEIGHT - 6)
        box = x - half, x + half, y - _LINE, y + 4.0
        if all(b[1] < box[0] or box[1] < b[0] or b[3] < box[2] or box[3] < b[2] for b in taken):
            taken.append(box)
            yield Label(x, y, Ref(ref.name, ref.path))
        if len(taken) == _LABELS:
            return
