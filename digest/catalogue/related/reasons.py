"""Why one paper is named beside another, in words that a reader understands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from digest.catalogue.related.features import author_name, named_works, own_works, system_word
from digest.catalogue.related.index import Index
from digest.catalogue.related.lexicon import (
    LEXICON,
    Word,
    cut_plain,
    pair_number,
    split_words,
)
from digest.catalogue.related.signatures import LENGTH
from digest.catalogue.topics.plain import plain_text
from digest.paper import Paper, Tag

_CLOSE = LENGTH * LENGTH * 3 // 4
"""Score from which two texts may be nearly the same."""
_FIRM = LENGTH * LENGTH // 5
"""Score from which one shared word is reason enough."""
_SUBJECTS = 3
_FEW = 2
"""So many shared words are reason enough, where nothing but words is shared."""
_NAMES = 3
_RARE = 28
"""Weight from which a single word is worth telling: in at most some 3 papers of 100."""
_TELLING = 15_000
"""Part of the score that a single word must make to be told: it is in both titles, or comes again
and again."""
_MOST_TEXT = 5000
_ENOUGH = 12
_NEARLY = 0.8
"""Share of the words of the shorter of two abstracts that stand in the other."""
_WORKS = {"arxiv": "arXiv", "doi": "doi"}


class Phrase(NamedTuple):
    """A word or two of a paper's text that other papers may share."""

    number: int
    stems: tuple[str, ...]
    spellings: tuple[str, ...]
    """As the paper writes it, each time."""


class _Subjects(NamedTuple):
    on: list[str]
    words: list[str]


class Collection(NamedTuple):
    """Papers and what is known of all of them."""

    papers: Sequence[Paper]
    lookup: Index
    holders: Mapping[str, int]
    """Number of papers by slug of tag."""
    named: Mapping[int, tuple[str, ...]]
    """By place of a paper the works that it names; papers that name none are left out."""


def make_collection(papers: Sequence[Paper], index: Index) -> Collection:
    """`index` is that of `papers`."""
    holders = Counter(tag.slug for paper in papers for tag in paper.tags)
    named = ((place, named_works(paper)) for place, paper in enumerate(papers))
    return Collection(papers, index, holders, {place: works for place, works in named if works})


class Reasons:
    """Those of the paper at `place`, for each paper that is named beside it."""

    def __init__(self, collection: Collection, place: int) -> None:
        self._papers, self._index, self._holders, self._named = collection
        self._place = place
        self._paper = self._papers[place]
        self._authors = {author_name(a): a.name for a in self._paper.authors}

    def of(self, place: int, score: int) -> tuple[str, ...]:
        """Why the paper at `place`, whose score is `score`; empty where there is no reason that a
        reader would accept."""
        other = self._papers[place]
        found = ["nearly the same abstract"] if score >= _CLOSE and self._same_text(other) else []
        found += self._citing(place)
        names = self._systems(other, place)
        if names:
            found.append(f"also about {_listed(names)}")
        subjects = self._subjects(other, place, names)
        if not (found or subjects.on or score >= _FIRM or len(subjects.words) >= _FEW):
            subjects = _Subjects([], [])
        found += [f"both on {_listed(subjects.on)}"] if subjects.on else []
        found += [f"both mention {_listed(subjects.words)}"] if subjects.words else []
        authors = self._shared_authors(other)
        if authors:
            found.append(f"same author{'s' if len(authors) > 1 else ''}: {_some(authors)}")
        return tuple(found)

    def _same_text(self, other: Paper) -> bool:
        mine, theirs = (
            {LEXICON[word].stem for word in split_words(paper.abstract or "")}
            for paper in (self._paper, other)
        )
        least = min(len(mine), len(theirs))
        return least >= _ENOUGH and len(mine & theirs) >= _NEARLY * least

    def _citing(self, place: int) -> list[str]:
        mine, theirs = self._named.get(self._place, ()), self._named.get(place, ())
        found = []
        if mine:
            cited = [work for work in own_works(self._papers[place]) if work in mine]
            found += [f"cites {_work(work)}" for work in cited[:1]]
        if theirs and any(work in theirs for work in own_works(self._paper)):
            found.append("cites this paper")
        both = set(mine).intersection(theirs)
        if both and not found:
            found.append(f"both cite {_work(min(both))}")
        return found

    def _systems(self, other: Paper, place: int) -> list[str]:
        mine, theirs = self._paper.system, other.system
        if mine and theirs and mine.casefold() == theirs.casefold():
            return [mine]
        found = []
        if mine and self._says(place, self._system):
            found.append(mine)
        if theirs and self._says(self._place, system_word(other)):
            found.append(theirs)
        return found

    def _says(self, place: int, word: Word) -> bool:
        return word.weight >= _RARE and word.number in self._weights(place)

    def _subjects(self, other: Paper, place: int, told: list[str]) -> _Subjects:
        """Shared tags; where there are none, shared phrases and words."""
        theirs = {tag.slug for tag in other.tags}
        shared = sorted((t for t in self._paper.tags if t.slug in theirs), key=self._rarity)
        close = [tag.name for tag in shared if tag.source != "implied"]
        found = (close or [tag.name for tag in shared])[:_SUBJECTS]
        if found:
            return _Subjects(found, [])
        said = {LEXICON[word].stem for name in told for word in split_words(name)}
        weights = self._weights(place)
        mine = self._own_weights
        words: list[str] = []
        phrases = [p for p in self._phrases if p.number in weights]
        phrases.sort(key=lambda p: (len(p.stems) == 1, -mine[p.number] * weights[p.number]))
        for phrase in phrases:
            if not said.isdisjoint(phrase.stems) or len(found) + len(words) == _SUBJECTS:
                continue
            if len(phrase.stems) > 1:
                found.append(_usual(phrase.spellings))
            elif mine[phrase.number] * weights[phrase.number] >= _TELLING:
                words.append(_usual(phrase.spellings))
            else:
                continue
            said.update(phrase.stems)
        return _Subjects(found, words)

    def _rarity(self, tag: Tag) -> tuple[int, str]:
        # By doublings, so that one new paper seldom changes the order.
        return self._holders[tag.slug].bit_length(), tag.name

    def _shared_authors(self, other: Paper) -> list[str]:
        theirs = {author_name(a) for a in other.authors}
        return [name for folded, name in self._authors.items() if folded in theirs]

    def _weights(self, place: int) -> dict[int, int]:
        return self._own_weights if place == self._place else _weights(self._index, place)

    @cached_property
    def _own_weights(self) -> dict[int, int]:
        return _weights(self._index, self._place)

    @cached_property
    def _system(self) -> Word:
        return system_word(self._paper)

    @cached_property
    def _phrases(self) -> list[Phrase]:
        """What the texts speak of and others do too."""
        mine = self._own_weights
        spelt: defaultdict[int, list[str]] = defaultdict(list)
        stems: dict[int, tuple[str, ...]] = {}
        for text in ((self._paper.abstract or "")[:_MOST_TEXT], self._paper.title):
            plain = plain_text(text)
            before: tuple[Word, str] | None = None
            for token in cut_plain(plain):
                word = LEXICON[token]
                if not word.weight:
                    before = None
                    continue
                if word.weight >= _RARE and word.number in mine and len(word.stem) > 2:
                    stems[word.number] = (word.stem,)
                    spelt[word.number].append(token)
                if before is not None:
                    number = pair_number(before[0].number, word.number)
                    if number in mine and (surface := _joined(plain, before[1], token)):
                        stems[number] = (before[0].stem, word.stem)
                        spelt[number].append(surface)
                before = word, token
        order = sorted(stems, key=lambda number: stems[number])
        return [Phrase(number, stems[number], tuple(spelt[number])) for number in order]


def _joined(plain: str, first: str, second: str) -> str | None:
    """Both words as they stand in `plain`, with a blank or a hyphen between."""
    return next((s for s in (f"{first} {second}", f"{first}-{second}") if s in plain), None)


def _weights(index: Index, place: int) -> dict[int, int]:
    span = slice(index.starts[place], index.starts[place + 1])
    numbers = index.numbers[index.terms[span]].tolist()
    return dict(zip(numbers, index.weights[span].tolist(), strict=True))


def _usual(spellings: Sequence[str]) -> str:
    counts = Counter(spellings)
    # Lower case where the text has it: capitals may come from a heading or a sentence's beginning.
    return min(counts, key=lambda s: (not s.islower(), -counts[s], s))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")


def _work(work: str) -> str:
    kind, _, value = work.partition(":")
    return f"{_WORKS[kind]}:{value}"
