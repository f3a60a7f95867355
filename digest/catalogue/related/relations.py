"""Whom every paper is related to, and what is needed to keep that true when papers come and go."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Numbers
from digest.catalogue.related.bounds import used_terms
from digest.catalogue.related.concerned import Search, find_concerned
from digest.catalogue.related.index import Index, make_index
from digest.catalogue.related.leftovers import without_leftovers
from digest.catalogue.related.lists import BATCH, Found, relate_span, sign_span, unpack
from digest.catalogue.related.relation import Related, Spread, here
from digest.catalogue.related.revision import plan_revision, revise
from digest.catalogue.related.signatures import Signatures, join_signatures, mark
from digest.paper import Paper

_NEIGHBOURS = 100
"""Papers that one newcomer concerns, about: where that makes all, nobody is asked."""
_EMPTY = b"\x90"
"""A packed list of nothing."""


class Relations(NamedTuple):
    """The lists of a collection. Nothing in it changes: versions may stand side by side."""

    keys: list[str]
    """Of the papers, ascending."""
    marks: Numbers
    """By paper what `mark` says of it."""
    lookup: Index
    search: Search
    rows: list[bytes]
    """By paper its list, packed."""

    def of(self, key: str) -> tuple[Related, ...]:
        """Up to `MOST` papers related to the one with `key`, best first."""
        place = _place(self.keys, key)
        return () if place is None else unpack(self.rows[place])

    def lists(self) -> dict[str, tuple[Related, ...]]:
        """What `of` gives, by the key of each paper that is related to any."""
        rows = zip(self.keys, self.rows, strict=True)
        return {key: unpack(row) for key, row in rows if row != _EMPTY}


class Renewal(NamedTuple):
    """What came of a change."""

    relations: Relations
    differing: frozenset[str]
    """Keys of the papers that have another list than before, or came; never of those that went."""


def relate_again(
    papers: Sequence[Paper],
    known: Relations | None,
    spread: Spread = here,
    changed: Collection[str] | None = None,
) -> Renewal:
    """The lists of `papers`, of which `known` may know many. Keys differ.

    `changed` are the keys of the papers that may differ from what `known` knows of them; of those
    that are neither in it nor new nothing but the key is read. Without it all texts are read to
    find out, which takes some 6 us a paper.
    """
    if known is None:
        return renew(None, papers, (), spread)
    by_key = {paper.key: paper for paper in papers}
    if changed is None:
        marks = dict(zip(known.keys, known.marks.tolist(), strict=True))
        come = [paper for paper in papers if marks.get(paper.key) != mark(paper)]
    else:
        new = by_key.keys() - set(known.keys)
        come = [by_key[key] for key in new.union(changed) if key in by_key]
    return renew(known, come, [key for key in known.keys if key not in by_key], spread)


def renew(
    known: Relations | None, come: Sequence[Paper], gone: Iterable[str], spread: Spread = here
) -> Renewal:
    """The lists without the papers whose keys are `gone`, with those that `come`.

    Papers that changed come again; nothing is asked of those that stay as they are. The lists are
    those that would be made of all papers at once. Keys in `gone` that are not known are ignored.
    """
    come = sorted(come, key=lambda paper: paper.key)
    keys = [paper.key for paper in come]
    # Of no papers, too.
    signatures = [*spread(sign_span, _spans(len(come)), come)] or [sign_span((0, 0), come)]
    if known is None:
        return _begin(keys, signatures, spread)
    went = {key for key in {*gone, *keys} if _place(known.keys, key) is not None}
    if not (went or come):
        return Renewal(known, frozenset())
    revision = plan_revision(known.keys, went, keys)
    together = join_signatures(signatures)
    index = revise(known.lookup, revision, together)
    marks = revision.carried(known.marks, together.marks)
    every = revision.listed(known.keys, keys)
    rows = revision.listed(known.rows, [b""] * len(keys))
    if (len(went) + len(come)) * _NEIGHBOURS < len(every):
        concerned, used = find_concerned(known.lookup, index, revision, known.search)
    else:
        concerned = np.arange(len(every))
        used = used_terms(index, concerned)
    found = _relate(concerned, every, index, used, spread)
    bars = revision.carried(known.search.bars, np.zeros(len(keys), np.int32))
    bars[concerned] = found.bars
    differing = set(keys)
    for place, row in zip(concerned.tolist(), found.rows, strict=True):
        if row != rows[place]:
            rows[place] = row
            differing.add(every[place])
    index = without_leftovers(index)
    relations = Relations(every, marks, index, Search(used, bars), rows)
    return Renewal(relations, frozenset(differing))


def _begin(keys: list[str], signatures: list[Signatures], spread: Spread) -> Renewal:
    marks = np.concatenate([part.marks for part in signatures])
    index = make_index(signatures)
    places = np.arange(len(keys))
    used = used_terms(index, places)
    found = _relate(places, keys, index, used, spread)
    search = Search(used, found.bars)
    return Renewal(Relations(keys, marks, index, search, found.rows), frozenset(keys))


def _relate(
    places: Ints, keys: list[str], index: Index, used: NDArray[np.uint32], spread: Spread
) -> Found:
    parts = [*spread(relate_span, _spans(len(places)), places, keys, index, used)]
    bars = np.concatenate([np.zeros(0, np.int32), *(part.bars for part in parts)])
    return Found(bars, [row for part in parts for row in part.rows])


def _spans(count: int) -> list[tuple[int, int]]:
    return [(at, at + BATCH) for at in range(0, count, BATCH)]


def _place(keys: Sequence[str], key: str) -> int | None:
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else None
