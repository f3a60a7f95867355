"""The steps from papers to the lists of related ones; each can be spread over processes."""

from __future__ import annotations

from collections.abc import Sequence

from digest.catalogue.related.index import make_index
from digest.catalogue.related.neighbours import make_desk, nearest
from digest.catalogue.related.reasons import Collection, Reasons, make_collection
from digest.catalogue.related.relation import MOST, Related, Spread
from digest.catalogue.related.signatures import LENGTH, Signatures, sign
from digest.paper import Paper

BATCH = 500
"""Papers that a process takes at a time."""
LEAST = LENGTH * LENGTH // 10
"""Score below which two papers are not worth naming together."""


def relate_all(papers: Sequence[Paper], spread: Spread) -> dict[str, tuple[Related, ...]]:
    """What `relate` returns."""
    # In order of keys, so that the order in which papers were read plays no part.
    ordered = sorted(papers, key=lambda paper: paper.key)
    spans = [(at, at + BATCH) for at in range(0, len(ordered), BATCH)]
    if not spans:
        return {}
    index = make_index([*spread(sign_span, spans, ordered)])
    collection = make_collection(ordered, index)
    found: dict[str, tuple[Related, ...]] = {}
    for rows in spread(relate_span, spans, collection):
        found.update(rows)
    return found


def sign_span(span: tuple[int, int], papers: Sequence[Paper]) -> Signatures:
    """The signatures of `papers[start:end]`."""
    return sign(papers[slice(*span)])


def relate_span(
    span: tuple[int, int], collection: Collection
) -> list[tuple[str, tuple[Related, ...]]]:
    """Keys of `papers[start:end]` with what is related; those with nothing are left out."""
    papers, index = collection.papers, collection.lookup
    desk = make_desk(index)
    found = []
    for place in range(*slice(*span).indices(len(papers))):
        others, scores = nearest(index, desk, place, MOST, LEAST)
        reasons = Reasons(collection, place)
        rows = []
        for other, score in zip(others.tolist(), scores.tolist(), strict=True):
            why = reasons.of(other, score)
            if why:
                rows.append(Related(papers[other].key, why))
        if rows:
            found.append((papers[place].key, tuple(rows)))
    return found
