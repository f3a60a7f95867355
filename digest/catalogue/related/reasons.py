"""Why one paper is named beside another, so that a reader can be told.

All is told from what the two share in the index, as the first of them spells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Places, ranges
from digest.catalogue.related.bounds import doubling
from digest.catalogue.related.features import Kind
from digest.catalogue.related.index import Index
from digest.catalogue.related.lexicon import word_stems
from digest.catalogue.related.neighbours import Desk
from digest.catalogue.related.relation import Reason
from digest.catalogue.related.terms import LENGTH

_CLOSE = LENGTH * LENGTH * 3 // 4
"""Score from which two texts may be nearly the same."""
_FIRM = LENGTH * LENGTH // 5
"""Score from which one shared word is reason enough."""
_SUBJECTS = 3
_FEW = 2
"""So many shared words are reason enough, where nothing but words is shared."""
_NAMES = 3
_TELLING = 15_000
"""Part of the score that a single word must make to be told: it is in both titles, or comes again
and again."""
_ENOUGH = 12
# As plain numbers, which are several times as fast to look up.
_WORD, _PHRASE, _TAG, _IMPLIED = map(int, (Kind.WORD, Kind.PHRASE, Kind.TAG, Kind.IMPLIED))
_AUTHOR, _SYSTEM, _OWN, _NAMED = map(int, (Kind.AUTHOR, Kind.SYSTEM, Kind.OWN, Kind.NAMED))
_NEARLY = 0.8
"""Share of what the text with fewer words and phrases says that the other says too."""


_Term = tuple[int, int, int, int]
"""A term that two papers share: its name, itself, what it is to the other, and what it adds to the
score."""
_Groups = dict[int, list[_Term]]
"""Of one pair, by what the terms are to the first paper."""
_Text = tuple[NDArray[Any], ...]
"""The columns of the terms of a pair's texts: what they are to the first paper, then as `_Term`."""


class _Subjects(NamedTuple):
    on: list[str]
    words: list[str]


class Reasons:
    """Those of the paper at `place`, for each paper that is named beside it."""

    def __init__(self, index: Index, desk: Desk, place: int) -> None:
        self._index = index
        self._desk = desk
        self._place = place
        self._system = int(index.systems[place])
        self._common: dict[int, int] = {}

    def of(self, places: Ints, scores: Places) -> list[tuple[Reason, ...]]:
        """Why the papers at `places`, with these scores; empty where there is no reason that a
        reader would accept."""
        rows = zip(places.tolist(), scores.tolist(), self._shared(places), strict=True)
        return [self._told(place, score, *shared) for place, score, shared in rows]

    def _shared(self, places: Ints) -> Iterator[tuple[_Groups, _Text]]:
        index, marks = self._index, self._desk.marks
        span = slice(index.starts[self._place], index.starts[self._place + 1])
        mine = index.terms[span].astype(np.int64)
        starts = index.starts[places]
        sizes = index.starts[places + 1] - starts
        at = ranges(starts, sizes)
        marks[mine] = np.arange(1, len(mine) + 1)
        found = marks[index.terms[at].astype(np.int64)]
        marks[mine] = 0
        hits = np.flatnonzero(found)
        own = found[hits] + (index.starts[self._place] - 1)
        rows = np.searchsorted(np.cumsum(sizes), hits, side="right")
        kinds = index.kinds[own]
        products = index.weights[own] * index.weights[at[hits]].astype(np.int32)
        columns = [rows, kinds, index.names[own], index.terms[own], index.kinds[at[hits]], products]
        text = kinds <= _PHRASE
        # Most of what is shared is words, of which few are told: they are looked at when needed.
        said = [column[text] for column in columns]
        ends = np.searchsorted(said[0], np.arange(len(places) + 1)).tolist()
        groups: list[_Groups] = [defaultdict(list) for _ in sizes]
        for row, kind, *term in zip(*(column[~text].tolist() for column in columns), strict=True):
            groups[row][kind].append(tuple(term))
        for group, start, end in zip(groups, ends, ends[1:], strict=False):
            yield group, tuple(column[start:end] for column in said[1:])

    def _told(self, place: int, score: int, shared: _Groups, text: _Text) -> tuple[Reason, ...]:
        found = [Reason("same-text")] if self._same_text(place, score, text) else []
        found += self._citing(shared)
        names = self._systems(place, shared)
        if names:
            found.append(Reason("system", tuple(names)))
        tags = shared.get(_TAG) or shared.get(_IMPLIED)
        if tags:
            found.append(Reason("subjects", tuple(self._rarest(tags))))
        else:
            subjects = self._subjects(text, names)
            if found or subjects.on or score >= _FIRM or len(subjects.words) >= _FEW:
                found += [Reason("subjects", tuple(subjects.on))] if subjects.on else []
                found += [Reason("mentions", tuple(subjects.words))] if subjects.words else []
        # In the order in which the paper has its authors.
        authors = sorted(term[0] for term in shared.get(_AUTHOR, ()))
        if authors:
            told = tuple(map(self._name, authors[:_NAMES]))
            found.append(Reason("authors", told, len(authors) - len(told)))
        return tuple(found)

    def _name(self, place: int) -> str:
        return self._index.strings.get(place)

    def _same_text(self, place: int, score: int, text: _Text) -> bool:
        index = self._index
        if score < _CLOSE or min(index.spoken[self._place], index.spoken[place]) < _ENOUGH:
            return False
        least = min(
            int((index.kinds[index.starts[at] : index.starts[at + 1]] <= _PHRASE).sum())
            for at in (self._place, place)
        )
        return len(text[0]) >= _NEARLY * least

    def _citing(self, shared: _Groups) -> list[Reason]:
        found: list[Reason] = []
        if _NAMED not in shared and _OWN not in shared:
            return found
        cited = [name for name, _, theirs, _ in shared.get(_NAMED, ()) if theirs == _OWN]
        if cited:
            found.append(Reason("cites", (self._name(min(cited)),)))
        if any(theirs == _NAMED for _, _, theirs, _ in shared.get(_OWN, ())):
            found.append(Reason("cited"))
        both = [name for name, _, theirs, _ in shared.get(_NAMED, ()) if theirs == _NAMED]
        if both and not found:
            found.append(Reason("both-cite", (self._name(min(both)),)))
        return found

    def _systems(self, place: int, shared: _Groups) -> list[str]:
        if _SYSTEM in shared:
            return [self._name(term[0]) for term in shared[_SYSTEM]]
        if self._system < 0 and self._index.systems[place] < 0:
            return []
        ends = (self._place, place), (place, self._place)
        return [name for named, other in ends for name in self._spoken_of(named, other)]

    def _spoken_of(self, place: int, other: int) -> list[str]:
        """The system of the paper at `place`, if that at `other` says its name."""
        index = self._index
        word = index.systems[place]
        if word < 0:
            return []
        span = slice(index.starts[other], index.starts[other + 1])
        if word not in index.terms[span]:
            return []
        span = slice(index.starts[place], index.starts[place + 1])
        return [self._name(n) for n in index.names[span][index.kinds[span] == _SYSTEM].tolist()]

    def _rarest(self, tags: list[_Term]) -> list[str]:
        ordered = sorted((self._commonness(term), self._name(name)) for name, term, _, _ in tags)
        return [name for _, name in ordered[:_SUBJECTS]]

    def _subjects(self, text: _Text, told: list[str]) -> _Subjects:
        """Shared phrases and words."""
        kinds, names, _, _, products = text
        telling = (kinds == _PHRASE) | ((kinds == _WORD) & (products >= _TELLING))
        rows = zip(*(c[telling].tolist() for c in (kinds, products, names)), strict=True)
        named = sorted(
            (kind != _PHRASE, -product, self._name(name)) for kind, product, name in rows
        )
        said = {stem for name in told for stem in _stems_of(name)}
        on: list[str] = []
        words: list[str] = []
        for single, _, name in named:
            stems = _stems_of(name)
            if said.isdisjoint(stems):
                (words if single else on).append(name)
                said |= stems
            if len(on) + len(words) == _SUBJECTS:
                break
        return _Subjects(on, words)

    def _commonness(self, term: int) -> int:
        # By doublings, so that one new paper seldom changes the order.
        common = self._common.get(term)
        if common is None:
            index = self._index
            common = doubling(int(index.holders[term]), int(index.dithers[self._place]))
            self._common[term] = common
        return common


@lru_cache(50_000)
def _stems_of(name: str) -> frozenset[str]:
    """Stems of the words of `name`."""
    return frozenset(word_stems(name))
