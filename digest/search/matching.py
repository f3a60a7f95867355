"""One atom of a query -> the papers that have it, and what it is worth that they do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from digest.search.query import Atom
from digest.search.ranking import PHRASE, Scores, larger, rarity, summed
from digest.search.reader import Postings, Reader
from digest.search.spelling import nearest
from digest.search.words import folded, is_unspaced, slugged

MOST_BEGINNING = 40
"""Words that a prefix stands for."""
TYPED_PARTS, ASKED_PARTS = 4, 12
"""Parts of the index that are read for a prefix: a word that is being typed and may be in more is
no prefix yet; one with a star is looked for in the first of them."""


class Matches(NamedTuple):
    """Papers that have something."""

    scores: Mapping[int, float]
    weight: float
    """How rare it is."""


class Word(NamedTuple):
    """A word of an atom as it is looked for."""

    term: str
    beginning: tuple[str, ...] = ()
    """Words of the index that begin with what was asked for."""

    @property
    def terms(self) -> tuple[str, ...]:
        """All that it may be."""
        return self.beginning if self.term in self.beginning else (*self.beginning, self.term)


NOTHING = Matches({}, 0.0)


class Matcher:
    """Finds atoms in an index, and notes the words that it took instead of others."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.instead: list[tuple[str, str]] = []

    def resolve(self, atom: Atom) -> list[Word]:
        """The words of an atom as they are looked for."""
        found = [Word(word) for word in atom.words]
        if atom.prefix:
            beginning = self._beginning(atom.prefix, typed=atom.typed)
            found[-1] = found[-1]._replace(beginning=beginning)
        return found

    def is_known(self, atom: Atom, word: Word) -> bool:
        """Whether any paper has a word of an atom, or it is too short to say."""
        return self.is_open(atom) or any(self._has(term, atom.field) for term in word.terms)

    def correct(self, atom: Atom, word: Word, among: Collection[int] | None) -> Word:
        """The word that stands for one which no paper has: the nearest that one of the papers
        `among` has, so that it makes sense beside the rest of the query; else the nearest."""
        near = [term for term in nearest(self.reader, word.term) if self._has(term, atom.field)]
        if not near:
            return word
        other = near[0]
        if among is not None:
            other = next((term for term in near if self._meets(term, among)), other)
        if (word.term, other) not in self.instead:
            self.instead.append((word.term, other))
        return Word(other)

    def is_open(self, atom: Atom) -> bool:
        """Whether too little of an atom's last word has been typed to say what it begins."""
        too_short = not atom.prefix or len(self.reader.parts(atom.prefix)) > TYPED_PARTS
        return atom.typed and too_short

    def match(self, atom: Atom, words: list[Word]) -> Matches:
        """The papers that have `atom`, of which `words` are the resolved ones."""
        if atom.kind in ("tag", "venue", "has"):
            return self._filter(f"{atom.kind}:{self._slug(atom.kind, atom.value)}")
        if atom.kind == "dates":
            return self._dates(atom.first, atom.last)
        if atom.kind == "phrase":
            return self._phrase(atom, [word.term for word in words])
        if atom.field == "author":
            bearing = [self._bearers(word.terms) for word in words]
            return Matches(dict.fromkeys(frozenset.intersection(*bearing), 0.0), 0.0)
        single = [self._word(word, atom.field) for word in words]
        weight = 0.0
        for one in single:
            weight += one.weight
        scores = summed([one.scores for one in single])
        if atom.joined:
            joined = self._word(Word(atom.joined), atom.field)
            scores, weight = larger(scores, joined.scores), max(weight, joined.weight)
        return Matches(scores, weight)

    def text_rarity(self, term: str) -> float:
        """How rare `term` is in the texts of papers."""
        return self._rarity(len(self.reader.postings(term).levels))

    def _rarity(self, having: int) -> float:
        return rarity(self.reader.meta.papers, having)

    def _has(self, term: str, field: str) -> bool:
        where = self.reader.postings(term)
        return bool(where.people if field == "author" else where.places if field else where)

    def _meets(self, term: str, among: Collection[int]) -> bool:
        where = self.reader.postings(term)
        return any(slot in where.levels or slot in where.people for slot in among)

    def _beginning(self, prefix: str, *, typed: bool) -> tuple[str, ...]:
        parts = self.reader.parts(prefix)
        if typed and len(parts) > TYPED_PARTS:
            return ()
        rows = self.reader.beginning(prefix, parts[:ASKED_PARTS])
        longest = sorted(rows, key=lambda row: (-row[0], row[1]))[:MOST_BEGINNING]
        return tuple(term for _, term in longest)

    def _word(self, word: Word, field: str) -> Matches:
        postings = self.reader.postings
        alone = self._scored(postings(word.term), field)
        if not word.beginning:
            return alone
        levels: dict[int, int] = {}
        places: dict[int, int] = {}
        for term in word.terms:
            one = postings(term)
            places.update(one.places)
            for slot, level in one.levels.items():
                if level > levels.get(slot, -1):
                    levels[slot] = level
        together = self._scored(Postings(levels, places, self._bearers(word.terms)), field)
        # The whole word is rarer than all that begin with it, and so is worth more.
        return Matches(
            larger({**together.scores}, alone.scores), max(together.weight, alone.weight)
        )

    def _scored(self, where: Postings, field: str) -> Matches:
        """What a word is worth that stands where `where` says: in texts or in people's names,
        whichever is more; with the field `title`, in titles alone."""
        meta = self.reader.meta
        of_text = self._rarity(len(where.levels))
        worth = [of_text * weight for weight in meta.weights]
        if field:
            scores = {slot: worth[where.levels[slot]] for slot in where.places}
            return Matches(scores, of_text if scores else 0.0)
        scores = {slot: worth[level] for slot, level in where.levels.items()}
        if not where.people:
            return Matches(scores, of_text if where.levels else 0.0)
        of_people = self._rarity(len(where.people))
        named = dict.fromkeys(where.people, of_people * meta.person)
        return Matches(larger(scores, named), of_text if where.levels else of_people)

    def _bearers(self, terms: Iterable[str]) -> frozenset[int]:
        return frozenset().union(*(self.reader.postings(term).people for term in terms))

    def _phrase(self, atom: Atom, terms: list[str]) -> Matches:
        postings = [self.reader.postings(term) for term in terms]
        rarities = [self._rarity(len(where.levels)) for where in postings]
        weights = self.reader.meta.weights
        found: Scores = {}
        weight = 0.0
        for one in rarities:
            weight += one
        for slot in self._adjacent(atom, terms, postings):
            score = 0.0
            for where, one in zip(postings, rarities, strict=True):
                score += one * weights[where.levels[slot]]
            found[slot] = score * PHRASE
        if not atom.field and all(map(is_unspaced, terms)):
            # A name of three signs or more has been divided as a text would be.
            named, score = frozenset.intersection(*(where.people for where in postings)), 0.0
            for where in postings:
                score += self._rarity(len(where.people))
            larger(found, dict.fromkeys(named, score * self.reader.meta.person * PHRASE))
        return Matches(found, weight)

    def _adjacent(self, atom: Atom, terms: list[str], postings: list[Postings]) -> set[int]:
        """Papers of which title or abstract has `terms` at the distances of the atom's places."""
        found: set[int] = set()
        for slot, first in postings[0].places.items():
            wanted = zip(postings, atom.places, strict=True)
            if all(where.places.get(slot) == first + place for where, place in wanted):
                found.add(slot)
        if atom.field or not all(where.levels for where in postings):
            return found
        spots = [self.reader.spots(term) for term in terms]
        for slot in min(spots, key=len):
            if slot in found or not all(slot in each for each in spots):
                continue
            starts = set(spots[0][slot])
            for each, place in zip(spots[1:], atom.places[1:], strict=True):
                starts &= {spot - place for spot in each[slot]}
            if starts:
                found.add(slot)
        return found

    def _filter(self, term: str) -> Matches:
        return Matches(dict.fromkeys(self.reader.postings(term).levels, 0.0), 0.0)

    def _dates(self, first: int | None, last: int | None) -> Matches:
        start = self.reader.meta.epoch * 12 - 2
        least = max(2, first - start if first is not None else 0)
        most = last - start if last is not None else None
        return Matches(
            {
                slot: 0.0
                for slot, month in enumerate(self.reader.column("months"))
                if month >= least and (most is None or month <= most)
            },
            0.0,
        )

    def _slug(self, kind: str, value: str) -> str:
        """The slug of what is called `value`, as far as that is known."""
        rows = self.reader.meta.facets.get(kind + "s", [])
        lowered, name = value.lower(), folded(value)
        for slug, *_ in rows:
            if slug == lowered:
                return lowered
        for slug, called, *_ in rows:
            if folded(called) == name:
                return str(slug)
        return slugged(value)
