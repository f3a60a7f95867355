"""Papers like a paper: those that share its rarer tags and its authors, with the reason in words.

Weights fall with each doubling of a tag's papers, so that one new paper seldom changes the order of
others; tags on more than `COMMON` papers say too little and would cost quadratic time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from digest.paper import Paper

MOST = 6
COMMON = 256
_TAG_TOP = 10
_AUTHOR_WEIGHT = 6
_LEAST = 4
"""Sum of weights below which two papers are not worth naming together."""


class Related(Struct, frozen=True):
    """Another paper, and why it is named."""

    key: str
    why: tuple[str, ...]


def relate(papers: Sequence[Paper]) -> dict[str, tuple[Related, ...]]:
    """For every paper's key up to `MOST` related papers, best first."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, paper in enumerate(papers):
        for kind, name in _features(paper):
            holders[kind, name].append(index)
    names = {("tag", tag.slug): tag.name for paper in papers for tag in paper.tags}
    found: dict[str, tuple[Related, ...]] = {}
    for index, paper in enumerate(papers):
        scores: dict[int, int] = defaultdict(int)
        reasons: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for kind, name in _features(paper):
            others = holders[kind, name]
            if not 1 < len(others) <= COMMON:
                continue
            weight = (
                _AUTHOR_WEIGHT if kind == "author" else max(1, _TAG_TOP - len(others).bit_length())
            )
            reason = names.get((kind, name), name)
            for other in others:
                if other != index:
                    scores[other] += weight
                    reasons[other].append((-weight, reason))
        best = sorted(
            (i for i, s in scores.items() if s >= _LEAST), key=lambda i: (-scores[i], papers[i].key)
        )[:MOST]
        if best:
            found[paper.key] = tuple(
                Related(papers[i].key, tuple(why for _, why in sorted(reasons[i])[:3]))
                for i in best
            )
    return found


def _features(paper: Paper) -> list[tuple[str, str]]:
    features = [("tag", tag.slug) for tag in paper.tags if tag.source != "implied"]
    # Many names in one list say nothing of likeness: collaborations sign hundreds of papers.
    return features + [("author", author.name) for author in paper.authors[:12]]
