"""Where papers lie on a map of topics, on which topics that share papers lie near each other.

The places of topics are figures that ship with the package (`bench/places.py` makes them), and a
paper lies between its topics; so no paper moves when another one comes.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from digest.catalogue.topics.taxonomy import Taxonomy
from digest.paper import Paper
from digest.text import content_hash

WIDTH, HEIGHT = 1000, 640
"""Size of the map; both coordinates count from its upper left corner."""
_SPREAD = 14
"""How far papers with the same topics are strewn about their place."""
Place = tuple[int, int]


def place_topics(taxonomy: Taxonomy) -> dict[str, Place]:
    """The places of topics by slug. One that does not ship lies amid the topics above it."""
    known = {slug: place for slug, place in _shipped().items() if slug in taxonomy.topics}
    for slug in taxonomy.topics:
        if slug not in known:
            above = [known[up] for up in taxonomy.ancestors(slug) if up in known]
            if above:
                known[slug] = _scattered(above[0], slug, 3 * _SPREAD)
    return known


def place_paper(paper: Paper, topics: dict[str, Place]) -> Place | None:
    """The place of a paper; None where it has no topic with a place."""
    lies = [
        topics[tag.slug] for tag in paper.tags if tag.source != "implied" and tag.slug in topics
    ]
    if not lies:
        return None
    # The first tags say most of a paper.
    weights = [1 / (1 + rank) for rank in range(len(lies))]
    whole = sum(weights)
    x = sum(w * place[0] for w, place in zip(weights, lies, strict=True)) / whole
    y = sum(w * place[1] for w, place in zip(weights, lies, strict=True)) / whole
    return _scattered((round(x), round(y)), paper.key, _SPREAD)


def _scattered(place: Place, name: str, far: int) -> Place:
    number = int(content_hash(name), 16)
    right, down = number % (2 * far + 1) - far, number // 1000 % (2 * far + 1) - far
    return (
        min(max(place[0] + right, 0), WIDTH),
        min(max(place[1] + down, 0), HEIGHT),
    )


@cache
def _shipped() -> dict[str, Place]:
    rows = files("digest.catalogue").joinpath("places.csv").read_text("utf-8").splitlines()
    cells = (row.split(",") for row in rows)
    return {slug: (int(x), int(y)) for slug, x, y in cells}
