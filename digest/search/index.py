"""What is known of a collection's papers for their search, made anew only where they changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.paper import Paper
from digest.search import slots
from digest.search.columns import day_number, month_number, rank
from digest.search.documents import Broader, Texts, read
from digest.search.inverted import Inverted, nothing
from digest.search.postings import Ints
from digest.search.revision import revise

Spread = Callable[..., Iterator[Any]]
"""`(function, items, *shared)`: `function(item, *shared)` of every item, in order; in whatever
processes."""
_BATCH = 1_000
MARK = 16
"""Bytes of a paper's mark."""


class Rows(NamedTuple):
    """What is known of papers, one after the other."""

    keys: list[str]
    marks: NDArray[np.uint64]
    """Two numbers each."""
    groups: list[str]
    titles: list[str]
    """By which they are sorted."""
    homes: NDArray[np.uint64]
    months: Ints
    days: Ints
    slots: Ints
    ranks: Ints
    """Of the titles among all that differ, from 1 on."""


Digests = dict[tuple[str, str], tuple[str, bytes]]
"""For the name of a file of lines and its first letters: the first letters of the next file, and
the hash of the lines."""


class Index(NamedTuple):
    """The index of a collection."""

    rows: Rows
    total: int
    """Slots, empty ones included."""
    inverted: Inverted
    digests: Digests
    """Of files that were laid out before, as far as they are as they were; whoever lays out files
    keeps them here."""


class Renewed(NamedTuple):
    """An index, and what is another in it than before."""

    now: Index
    changed: list[str] | None
    """As in `revision.Revised`."""
    differing: int
    """Papers that came, went or say something else."""


def here(function: Callable[..., Any], items: Sequence[Any], *shared: object) -> Iterator[Any]:
    """The `Spread` of this process."""
    return (function(item, *shared) for item in items)


def empty() -> Index:
    """The index of no papers."""
    none = np.zeros(0, np.int64)
    rows = Rows([], _marks(()), [], [], none.astype(np.uint64), none, none, none, none)
    return Index(rows, 0, nothing(), {})


def renew(
    before: Index,
    papers: Sequence[Paper],
    marks: Sequence[bytes],
    broader: Broader | None = None,
    spread: Spread = here,
) -> Renewed:
    """The index of `papers`, whose keys differ. `marks`, of 16 bytes, change with what a paper
    says; `broader` is the same as it was for `before`."""
    keys = [paper.key for paper in papers]
    old = _places(before.rows.keys, keys)
    now = _marks(marks)
    known = old >= 0
    known[known] = (before.rows.marks[old[known]] == now[known]).all(1)
    fresh = np.flatnonzero(~known).tolist()
    if not fresh and keys == before.rows.keys:
        return Renewed(before, [], 0)
    rows = _rows(before.rows, papers, keys, now, old, fresh)
    stands, total = _stands(before, rows)
    moved = np.arange(before.total)
    moved[before.rows.slots] = -1
    moved[before.rows.slots[old[known]]] = stands[known]
    batches = [fresh[at : at + _BATCH] for at in range(0, len(fresh), _BATCH)]
    texts: list[Texts] = list(
        spread(_read, [[papers[at] for at in batch] for batch in batches], broader)
    )
    titles = rows.titles
    for batch, text in zip(batches, texts, strict=True):
        for at, title in zip(batch, text.titles, strict=True):
            titles[at] = title
    revised = revise(before.inverted, moved, texts, [stands[batch] for batch in batches], total)
    ranks = np.append(before.rows.ranks, 0)[old]
    ranks[fresh] = 0
    rows = rows._replace(slots=stands, ranks=rank(titles, ranks))
    index = Index(rows, total, revised.inverted, _as_before(before.digests, revised.changed))
    went = len(before.rows.keys) - int((old >= 0).sum())
    return Renewed(index, revised.changed, len(fresh) + went)


def _read(papers: Sequence[Paper], broader: Broader | None) -> Texts:
    return read(papers, broader)


def _places(before: list[str], keys: list[str]) -> Ints:
    """Where each of `keys` stood before; -1 for those that did not."""
    if before == keys:
        return np.arange(len(keys))
    place = {key: at for at, key in enumerate(before)}
    return np.array([place.get(key, -1) for key in keys], np.int64)


def _marks(marks: Sequence[bytes]) -> NDArray[np.uint64]:
    """Two numbers for each mark."""
    return np.frombuffer(b"".join(marks), np.uint64).reshape(-1, MARK // 8)


def _stands(before: Index, rows: Rows) -> tuple[Ints, int]:
    """The slots of papers, and how many there are in all."""
    old = before.rows
    if rows.keys == old.keys and rows.groups == old.groups:
        return old.slots, before.total
    return slots.place(rows.groups, rows.homes)


def _rows(
    before: Rows,
    papers: Sequence[Paper],
    keys: list[str],
    marks: NDArray[np.uint64],
    old: Ints,
    fresh: Sequence[int],
) -> Rows:
    """All but slots and ranks, and the titles of papers that are `fresh`; `old` says where each
    stood before, -1 for those that did not."""
    rows = Rows(
        keys,
        marks,
        _taken(before.groups, old),
        _taken(before.titles, old),
        np.append(before.homes, np.uint64(0))[old],
        np.append(before.months, 0)[old],
        np.append(before.days, 0)[old],
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
    )
    for place in fresh:
        paper = papers[place]
        rows.groups[place] = slots.group_of(paper)
        rows.homes[place] = slots.home_of(paper)
        rows.months[place] = month_number(paper.published)
        rows.days[place] = day_number(paper.published)
    return rows


def _taken(texts: list[str], places: Ints) -> list[str]:
    """Those at `places`, "" for -1."""
    if len(places) == len(texts) and (places == np.arange(len(texts))).all():
        return texts.copy()
    column = np.array([*texts, ""], object)
    found: list[str] = column[places].tolist()
    return found


def _as_before(digests: Digests, changed: list[str] | None) -> Digests:
    """Those of the files in which no term of `changed`, in order, stands."""
    if changed is None:
        return {}
    return {
        (name, first): (after, digest)
        for (name, first), (after, digest) in digests.items()
        if (at := bisect_left(changed, first)) == len(changed) or (after and changed[at] >= after)
    }
