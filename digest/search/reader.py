"""A site's search index, read part by part as queries need it: docs/search-format.md."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import msgspec

from digest.problems import DigestError, Problem
from digest.search.numbers import decode

FORMAT = 1
LAST_PLACE = 58
"""The last place that a word may have in a title; a greater number says that it is not there."""
_PROMINENT = 4
_LISTS_KEPT, _PARTS_KEPT, _PACKS_KEPT = 256, 64, 16
_HINT = "Run “digest build”, which makes the index anew."
_SHOWN = ("titles", "people", "dates", "venues", "code", "texts")
_BEYOND = chr(0x10FFFF)


class Meta(msgspec.Struct, frozen=True):
    """What `index.js` says: where everything is, and what it is worth."""

    format: int
    papers: int
    slots: int
    pack: int
    epoch: int
    weights: tuple[float, ...]
    person: float
    near: float
    recency: float
    words: list[tuple[str, str, str]]
    positions: list[tuple[str, str, str]]
    cards: list[str]
    columns: dict[str, str]
    facets: dict[str, Any]
    spelling: dict[str, str]


class Postings(NamedTuple):
    """Where a term stands."""

    levels: dict[int, int]
    """Of each paper in whose text it is."""
    places: dict[int, int]
    """In the title, of papers where it is there."""
    people: frozenset[int]
    """Papers of which an author bears it."""

    def __bool__(self) -> bool:
        return bool(self.levels or self.people)


class Card(NamedTuple):
    """What a result shows."""

    slot: int
    path: str
    title: str
    people: str
    date: str
    tags: tuple[str, ...]
    venue: str
    code: str
    text: str


class Reader:
    """An index; `load` gives the text of one of its files by name (`index.js`), or raises OSError
    or KeyError.

    Everything here raises DigestError where files are missing, are no index of this format, or are
    of different builds.
    """

    def __init__(self, load: Callable[[str], str]) -> None:
        self._load = load
        try:
            self.meta = msgspec.convert(_arguments(self._text("index.js"))[0], Meta)
        except (msgspec.ValidationError, IndexError) as error:
            raise _unusable("index.js", "is no search index of this version of digest") from error
        if self.meta.format != FORMAT:
            raise _unusable("index.js", "is of another version of digest")
        self.postings = lru_cache(_LISTS_KEPT)(self._postings)
        self.spots = lru_cache(_LISTS_KEPT)(self._spots)
        self._lines = lru_cache(_PARTS_KEPT)(self._read_lines)
        self._pack = lru_cache(_PACKS_KEPT)(self._read_pack)
        self.column = lru_cache(None)(self._column)
        self.spelt = lru_cache(None)(self._spelt)

    @cached_property
    def slots(self) -> list[int]:
        """All slots where a paper stands."""
        return [slot for slot, month in enumerate(self.column("months")) if month]

    def _postings(self, term: str) -> Postings:
        """Where `term` stands."""
        text, _, people = self._rest("words", term).partition("!")
        numbers = [*decode(text.rstrip())]
        levels: dict[int, int] = {}
        places: dict[int, int] = {}
        at = 0
        while at < len(numbers):
            level, count = numbers[at : at + 2]
            slots = _risen(numbers[at + 2 : at + 2 + count])
            at += 2 + count
            levels.update(dict.fromkeys(slots, level))
            if level >= _PROMINENT:
                pairs = zip(slots, numbers[at : at + count], strict=True)
                places.update((slot, place) for slot, place in pairs if place <= LAST_PLACE)
                at += count
        return Postings(levels, places, frozenset(_risen([*decode(people)][1:])))

    def _spots(self, term: str) -> dict[int, list[int]]:
        """Places of `term` in abstracts, by slot."""
        numbers = [*decode(self._rest("positions", term))]
        found: dict[int, list[int]] = {}
        at, slot = 0, -1
        while at < len(numbers):
            slot += numbers[at] + 1
            count = numbers[at + 1]
            found[slot] = _risen(numbers[at + 2 : at + 2 + count])
            at += 2 + count
        return found

    def parts(self, prefix: str) -> range:
        """Parts that may hold words that begin with `prefix`."""
        end = bisect_right(self.meta.words, prefix + _BEYOND, key=lambda row: row[0])
        return range(max(0, _part_of(self.meta.words, prefix)), end)

    def beginning(self, prefix: str, parts: range) -> Iterable[tuple[int, str]]:
        """Words in `parts` that begin with `prefix`: the length of the line of each, and itself."""
        for part in parts:
            terms, rests = self._lines("words", part)
            for at in range(bisect_left(terms, prefix), len(terms)):
                if not terms[at].startswith(prefix):
                    break
                if ":" not in terms[at]:
                    yield len(rests[at]), terms[at]

    def neighbours(self, word: str) -> Iterable[tuple[int, str]]:
        """Words in the part where `word` would stand, as `beginning` gives them."""
        part = _part_of(self.meta.words, word)
        return self.beginning("", range(part, part + 1)) if part >= 0 else ()

    def _spelt(self, letters: int) -> list[tuple[int, str]]:
        """Words of so many letters that several papers have, each behind a digit that is the higher
        the more these are. The last list has all longer words, too."""
        mark = self.meta.spelling.get(str(letters))
        rows = self._value(f"s-{letters}", mark).split() if mark else []
        return [(int(row[-1]), row[:-1]) for row in rows]

    def cards(self, slots: Iterable[int]) -> list[Card]:
        """What the results at `slots` show, in their order."""
        found = []
        for slot in slots:
            number = slot // self.meta.pack
            places, pack = self._pack(number)
            at = places[slot - number * self.meta.pack]
            names = pack["names"]
            tags = tuple(_name(names[tag]) for tag in pack["tags"][at])
            path = f"papers/{pack['paths'][at]}.html"
            title, people, date, venue, code, text = (pack[name][at] for name in _SHOWN)
            found.append(Card(slot, path, title, people, date, tags, venue, code, text))
        return found

    def facets(self, slots: Iterable[int]) -> dict[str, Any]:
        """Of the papers at `slots`, how many have each tag and venue by slug, how many are of each
        year, and how many have code."""
        wanted = {*slots}
        facets = self.meta.facets
        tags = [0] * len(facets["tags"])
        implied = [{at, *row[3]} for at, row in enumerate(facets["tags"])]
        numbers = iter(self.column("tags"))
        for slot in range(self.meta.slots):
            own = [next(numbers) for _ in range(next(numbers))]
            if slot in wanted:
                for tag in set().union(*(implied[each] for each in own)):
                    tags[tag] += 1
        venues = [0] * (len(facets["venues"]) + 1)
        years: dict[int, int] = {}
        of_venue, of_year, code = (self.column(name) for name in ("venues", "years", "code"))
        for slot in sorted(wanted):
            venues[of_venue[slot]] += 1
            if of_year[slot]:
                year = self.meta.epoch + of_year[slot] - 1
                years[year] = years.get(year, 0) + 1
        return {
            "tags": {row[0]: n for row, n in zip(facets["tags"], tags, strict=True) if n},
            "venues": {row[0]: n for row, n in zip(facets["venues"], venues[1:], strict=True) if n},
            "years": dict(sorted(years.items())),
            "code": sum(code[slot] for slot in wanted),
        }

    def _column(self, name: str) -> list[int]:
        """The values of a column, as they are written."""
        return [*decode(self._value(f"column-{name}", self.meta.columns[name]))]

    def _read_pack(self, number: int) -> tuple[dict[int, int], Any]:
        pack = self._value(f"c-{number}", self.meta.cards[number])
        return {slot: at for at, slot in enumerate(_risen(decode(pack["slots"])))}, pack

    def _rest(self, kind: str, term: str) -> str:
        """What the line of `term` says, or ""."""
        part = _part_of(getattr(self.meta, kind), term)
        if part < 0:
            return ""
        terms, rests = self._lines(kind, part)
        at = bisect_left(terms, term)
        return rests[at] if at < len(terms) and terms[at] == term else ""

    def _read_lines(self, kind: str, part: int) -> tuple[Sequence[str], Sequence[str]]:
        """The terms of a part, and what their lines say of them."""
        _, name, mark = getattr(self.meta, kind)[part]
        rows = [line.partition(" ") for line in self._value(name, mark).split("\n")]
        return [row[0] for row in rows], [row[2] for row in rows]

    def _value(self, name: str, mark: str) -> Any:
        found = _arguments(self._text(f"{name}.js"))
        if found[:2] != [name, mark] or len(found) != 3:
            raise _unusable(f"{name}.js", "does not belong to the index beside it")
        return found[2]

    def _text(self, name: str) -> str:
        try:
            return self._load(name)
        except (OSError, KeyError, UnicodeDecodeError) as error:
            raise _unusable(name, "cannot be read") from error


def _arguments(script: str) -> list[Any]:
    """What a script hands on: `digestSearch.load("NAME", "MARK", VALUE);`"""
    start, end = script.find("(") + 1, script.rfind(")")
    try:
        found: list[Any] = json.loads(f"[{script[start:end]}]")
    except ValueError:
        return []
    return found


def _name(entry: str | list[str]) -> str:
    """Of a tag: `name`, or `[slug, name]` where the slug does not follow from the name."""
    return entry if isinstance(entry, str) else entry[1]


def _part_of(rows: Sequence[tuple[str, str, str]], term: str) -> int:
    return bisect_right(rows, term, key=lambda row: row[0]) - 1


def _risen(gaps: Iterable[int]) -> list[int]:
    """The numbers of which these are the gaps."""
    found = []
    last = -1
    for gap in gaps:
        last += gap + 1
        found.append(last)
    return found


def _unusable(name: str, what: str) -> DigestError:
    return DigestError(Problem(f"data/search/{name}", None, "error", what, _HINT))
