"""Papers like a paper: those that share its rarer tags and its authors, with the reason in words.

Weights fall with each doubling of a tag's papers, so that one new paper seldom changes the order of
others; tags on more than `COMMON` papers say too little and would cost quadratic time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.paper import Paper

MOST = 6
COMMON = 256
_TAG_TOP = 10
_AUTHOR_WEIGHT = 6
_REASONS = 3
_LEAST = 4
"""Sum of weights below which two papers are not worth naming together."""


Feature = tuple[str, str]
"""`tag` and a slug, or `author` and a name."""


class Related(Struct, frozen=True):
    """Another paper, and why it is named."""

    key: str
    why: tuple[str, ...]


def relate(papers: Sequence[Paper]) -> dict[str, tuple[Related, ...]]:
    """For every paper's key up to `MOST` related papers, best first."""
    features = [_features(paper) for paper in papers]
    holders: dict[Feature, list[int]] = defaultdict(list)
    for index, own in enumerate(features):
        for feature in own:
            holders[feature].append(index)
    names = {("tag", tag.slug): tag.name for paper in papers for tag in paper.tags}
    weights = {
        feature: _weight(feature, len(others))
        for feature, others in holders.items()
        if 1 < len(others) <= COMMON
    }
    found: dict[str, tuple[Related, ...]] = {}
    for index, own in enumerate(features):
        scores: dict[int, int] = defaultdict(int)
        telling = [feature for feature in own if feature in weights]
        for feature in telling:
            weight = weights[feature]
            for other in holders[feature]:
                scores[other] += weight
        scores.pop(index, None)
        likely = [i for i, score in scores.items() if score >= _LEAST]
        best = sorted(likely, key=lambda i: (-scores[i], papers[i].key))[:MOST]
        if best:
            telling.sort(key=lambda feature: (-weights[feature], names.get(feature, feature[1])))
            found[papers[index].key] = tuple(
                Related(papers[i].key, tuple(_reasons(telling, features[i], names))) for i in best
            )
    return found


def _weight(feature: Feature, holders: int) -> int:
    if feature[0] == "author":
        return _AUTHOR_WEIGHT
    return max(1, _TAG_TOP - holders.bit_length())


def _reasons(
    telling: Sequence[Feature], theirs: Sequence[Feature], names: Mapping[Feature, str]
) -> list[str]:
    shared = [names.get(feature, feature[1]) for feature in telling if feature in theirs]
    return shared[:_REASONS]


def _features(paper: Paper) -> list[Feature]:
    features = [("tag", tag.slug) for tag in paper.tags if tag.source != "implied"]
    # Many names in one list say nothing of likeness: collaborations sign hundreds of papers.
    return features + [("author", author.name) for author in paper.authors[:12]]
