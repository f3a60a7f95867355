"""The map: like lies near like, and nothing moves when papers come."""

from __future__ import annotations

import math

from digest.catalogue.places import HEIGHT, WIDTH, place_paper, place_topics
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.paper import Paper, Tag

TAXONOMY, _ = load_taxonomy()
TOPICS = place_topics(TAXONOMY)


def paper(key: str, *slugs: str) -> Paper:
    tags = tuple(Tag(slug, slug, "taxonomy", ()) for slug in slugs)
    return Paper(key=key, slug=key, title="T", title_source="given", tags=tags)


def far(one: str, other: str) -> float:
    return math.dist(TOPICS[one], TOPICS[other])


def test_every_shipped_topic_has_a_place_on_the_sheet() -> None:
    """And places are not heaped."""
    assert TOPICS.keys() >= TAXONOMY.topics.keys()
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in TOPICS.values())
    assert len(set(TOPICS.values())) > 0.9 * len(TOPICS)


def test_like_lies_near_like() -> None:
    """Topics of one field are nearer to each other than to another field's."""
    assert far("graph-neural-networks", "deep-learning") < far("graph-neural-networks", "cosmology")
    assert far("group-theory", "representation-theory") < far("group-theory", "robotics")


def test_a_paper_lies_between_its_topics() -> None:
    """Nearest to the first; papers with the same topics do not cover each other."""
    one, two = "graph-neural-networks", "cosmology"
    place = place_paper(paper("a", one, two), TOPICS)
    assert place is not None
    assert math.dist(place, TOPICS[one]) < math.dist(place, TOPICS[two])
    assert place != place_paper(paper("b", one, two), TOPICS)
    assert place == place_paper(paper("a", one, two), TOPICS)


def test_a_topic_of_the_user_lies_near_the_one_above_it() -> None:
    """Without a place of its own."""
    extra = "topics:\n  - name: Moth wings\n    parents: [Cosmology]\n    about: Wings of moths.\n"
    taxonomy, problems = load_taxonomy(extra)
    assert problems == ()
    places = place_topics(taxonomy)
    assert math.dist(places["moth-wings"], places["cosmology"]) < 100


def test_a_topic_that_the_user_hides_has_no_place() -> None:
    """A keyword of its name does not bring it back."""
    taxonomy, _ = load_taxonomy("topics:\n  - name: Cosmology\n    hide: yes\n")
    assert place_paper(paper("a", "cosmology"), place_topics(taxonomy)) is None


def test_a_paper_without_topics_has_no_place() -> None:
    """Nor has one whose tags are the source's own words."""
    assert place_paper(paper("a"), TOPICS) is None
    assert place_paper(paper("a", "no-such-topic"), TOPICS) is None
