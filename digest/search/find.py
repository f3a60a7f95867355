"""A query and an index -> the papers that fit, the best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from digest.search.matching import Matcher, Matches, Word
from digest.search.query import Atom, Clause, parse
from digest.search.ranking import Scores, fading, larger, nearness
from digest.search.reader import Reader

Sort = Literal["relevance", "date", "title"]

ENOUGH = 10
"""Papers with all that was asked for, below which others follow that have some of it."""
MOST_PARTIAL = 50
SHARE = 0.3
"""Of what all clauses weigh together, what a paper that has only some must have at least."""


class Hit(NamedTuple):
    """A paper that was found."""

    slot: int
    score: float
    whole: bool
    """Whether it has all that was asked for."""


class Result(NamedTuple):
    """What was found."""

    total: int
    """All hits, of which `hits` are some."""
    hits: list[Hit]
    whole: int
    """How many of all hits have all that was asked for; they stand first."""
    words: list[str]
    """Folded words that may be marked in what is shown."""
    instead: list[tuple[str, str]]
    """Words that no paper has, each with the one that was looked for instead."""
    missing: list[str]
    """Parts of the query, as written, that no paper has."""
    left_out: bool
    """Whether the query was too long, and its end was not read."""
    slots: list[int]
    """Of all hits, in order."""


class _Found(NamedTuple):
    clause: Clause
    words: list[list[Word]]
    """Of each atom."""
    matches: Matches


def find(
    index: Reader,
    text: str,
    *,
    sort: Sort = "relevance",
    typing: bool = False,
    limit: int = 10,
    offset: int = 0,
) -> Result:
    """The papers that `text` asks for; of these, `limit` from `offset` on as hits.

    The grammar is that of `query.parse`. `typing`: the last word may be unfinished.
    """
    query = parse(text, typing=typing)
    matcher = Matcher(index)
    found = _look_up(matcher, query.clauses)
    scoring = [each for each in found if not each.clause.filters]
    allowed = _allowed(index, [each for each in found if each.clause.filters])
    if scoring:
        whole, partial = _scored(matcher, scoring, allowed)
    else:
        whole, partial = dict.fromkeys(index.slots if allowed is None else allowed, 0.0), {}
        sort = "date" if sort == "relevance" else sort
    order = _ordered(index, whole, sort)
    order += _ordered(index, partial, "relevance")[:MOST_PARTIAL]
    hits = [
        Hit(slot, whole.get(slot, partial.get(slot, 0.0)), slot in whole)
        for slot in order[offset : offset + limit]
    ]
    missing = [_written(each.clause) for each in found if _is_missing(each)]
    return Result(
        len(order),
        hits,
        len(whole),
        [*dict.fromkeys(term for each in found for term in _terms(each))],
        matcher.instead,
        missing,
        query.left_out,
        order,
    )


def _look_up(matcher: Matcher, clauses: Iterable[Clause]) -> list[_Found]:
    """What fits each clause, but for clauses that say nothing yet. Where a clause has words that no
    paper has, the nearest stand for them that go with the other clauses."""
    found = [
        _match(matcher, clause, [matcher.resolve(atom) for atom in clause.atoms])
        for clause in clauses
    ]
    unknown = [_has_unknown(matcher, each) for each in found]
    rest = [
        each.matches.scores
        for each, lacks in zip(found, unknown, strict=True)
        if not lacks and not each.clause.negative and each.matches.scores
    ]
    among = None
    if rest and any(unknown):
        among = {*min(rest, key=len)}
        for scores in rest:
            among.intersection_update(scores)
    for at, each in enumerate(found):
        if unknown[at]:
            corrected = [
                [
                    word if matcher.is_known(atom, word) else matcher.correct(atom, word, among)
                    for word in words
                ]
                for atom, words in zip(each.clause.atoms, each.words, strict=True)
            ]
            found[at] = _match(matcher, each.clause, corrected)
    return [
        each
        for each in found
        if each.matches.scores or not any(map(matcher.is_open, each.clause.atoms))
    ]


def _has_unknown(matcher: Matcher, found: _Found) -> bool:
    return not found.clause.negative and any(
        not matcher.is_known(atom, word)
        for atom, words in zip(found.clause.atoms, found.words, strict=True)
        for word in words
    )


def _match(matcher: Matcher, clause: Clause, words: list[list[Word]]) -> _Found:
    """The papers that have one of a clause's atoms."""
    scores: Scores = {}
    weight = 0.0
    for atom, of_atom in zip(clause.atoms, words, strict=True):
        one = matcher.match(atom, of_atom)
        scores = larger(scores, one.scores) if scores else {**one.scores}
        weight = max(weight, one.weight)
    return _Found(clause, words, Matches(scores, weight if scores else 0.0))


def _allowed(index: Reader, filters: Sequence[_Found]) -> set[int] | None:
    """The papers that pass all `filters`; None where there are none."""
    if not filters:
        return None
    asked = [each.matches.scores for each in filters if not each.clause.negative]
    allowed = {*min(asked, key=len)} if asked else set(index.slots)
    for each in filters:
        if each.clause.negative:
            allowed.difference_update(each.matches.scores)
        else:
            allowed.intersection_update(each.matches.scores)
    return allowed


def _scored(
    matcher: Matcher, clauses: Sequence[_Found], allowed: Collection[int] | None
) -> tuple[Scores, Scores]:
    """The papers that have all `clauses`, and where these are few, those that have some."""
    present = [each.matches for each in clauses if each.matches.scores]
    whole: set[int] = set()
    if len(present) == len(clauses):
        whole = {*min((each.scores for each in present), key=len)}
        for each in present:
            whole.intersection_update(each.scores)
        if allowed is not None:
            whole.intersection_update(allowed)
    partial: set[int] = set()
    if len(whole) < ENOUGH and len(clauses) > 1:
        partial = _having_some(present) - whole
        if allowed is not None:
            partial.intersection_update(allowed)
    scores = dict.fromkeys(whole | partial, 0.0)
    for each in present:
        for slot in _fewer(scores, each.scores):
            if slot in scores and slot in each.scores:
                scores[slot] += each.scores[slot]
    _add_nearness(matcher, clauses, scores)
    _prefer_newer(matcher.reader, scores)
    return {slot: scores[slot] for slot in whole}, {slot: scores[slot] for slot in partial}


def _having_some(clauses: Sequence[Matches]) -> set[int]:
    """Papers that have enough of `clauses` by weight."""
    total = 0.0
    masses: Scores = {}
    for each in clauses:
        total += each.weight
        for slot in each.scores:
            masses[slot] = masses.get(slot, 0.0) + each.weight
    return {slot for slot, mass in masses.items() if mass >= total * SHARE}


def _add_nearness(matcher: Matcher, clauses: Iterable[_Found], scores: Scores) -> None:
    """Raise papers where words of the query stand together in the title as they do there."""
    plain = [
        (word.term, place)
        for each in clauses
        if len(each.clause.atoms) == 1 and _is_plain(each.clause.atoms[0])
        for word, place in zip(each.words[0], each.clause.atoms[0].places, strict=True)
    ]
    near = matcher.reader.meta.near
    for (one, place), (other, next_place) in pairwise(plain):
        first, second = (matcher.reader.postings(term).places for term in (one, other))
        mean = (matcher.text_rarity(one) + matcher.text_rarity(other)) / 2
        for slot in _fewer(scores, first):
            if slot in scores and slot in first and slot in second:
                share = nearness(second[slot] - first[slot], next_place - place)
                scores[slot] += near * mean * share


def _prefer_newer(index: Reader, scores: Scores) -> None:
    recency = index.meta.recency
    if not recency:
        return
    months = index.column("months")
    newest = max(months, default=0)
    left = fading(newest)
    for slot in scores:
        if months[slot] > 1:
            scores[slot] *= 1 + recency * left[newest - months[slot]]


def _ordered(index: Reader, scores: Scores, sort: Sort) -> list[int]:
    if sort == "relevance":
        return sorted(scores, key=lambda slot: (-scores[slot], slot))
    if sort == "title":
        titles = index.column("titles")
        return sorted(scores, key=lambda slot: (titles[slot], slot))
    months, days = index.column("months"), index.column("days")
    return sorted(scores, key=lambda slot: (-months[slot], -days[slot], slot))


def _fewer(one: Collection[int], other: Collection[int]) -> Collection[int]:
    return one if len(one) <= len(other) else other


def _is_plain(atom: Atom) -> bool:
    return atom.kind == "words" and not atom.field


def _is_missing(found: _Found) -> bool:
    return not found.clause.negative and not found.matches.scores


def _written(clause: Clause) -> str:
    return " OR ".join(atom.written for atom in clause.atoms)


def _terms(found: _Found) -> Iterable[str]:
    """Words that may be marked in a paper that was found."""
    if found.clause.negative:
        return
    for atom, words in zip(found.clause.atoms, found.words, strict=True):
        for word in words:
            yield from word.terms
        if atom.joined:
            yield atom.joined
