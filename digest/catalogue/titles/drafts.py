"""The titles that the statements of an abstract make, and what each is worth."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.clauses import claim, deed, question
from digest.catalogue.titles.composition import composed
from digest.catalogue.titles.contributions import of_sentence, statements
from digest.catalogue.titles.names import Naming, define, divide
from digest.catalogue.titles.remarks import without_remarks
from digest.catalogue.titles.soundness import is_sound
from digest.catalogue.titles.starts import sound_start
from digest.catalogue.titles.systems import called, named
from digest.catalogue.titles.topics import NOISE, Focus
from digest.catalogue.titles.traces import FEATS, MOST_BEFORE, WEAK_FEATS
from digest.catalogue.titles.word_classes import GENERIC, PREPOSITIONS, RELATIVES

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from digest.catalogue.titles.statements import Statement


class Draft(Struct, frozen=True):
    """A title that a statement makes."""

    score: float
    sentence: int
    system: str | None
    words: tuple[str, ...]
    creates: bool
    """Whether the statement says that the thing is new."""


_NO_BEGINNING = listed(
    """to while if is are was were it there we whether and or not given due according already
    using when once because let upon that these its"""
)
"""What a title does not begin with."""
_MARGIN = 2.2
"""By how much a name and weighty words may lift one statement over another."""


_UNSOUND = 1.5
"""What a draft that is cut in two is worth less."""


def make_drafts(
    text: Sequence[Sequence[str]], focus: Focus, *, completed: bool = True
) -> list[Draft]:
    """The titles that the statements of `text` make, but for those that cannot win.

    They are `completed` by topics where they say little.
    """
    found: list[Draft] = []
    best = -9.0
    for statement in sorted(
        statements(text, focus.lows), key=lambda s: (-s.score, s.sentence, s.start)
    ):
        if statement.score + _MARGIN < best:
            break
        draft = _draft_of(text, statement, focus, completed)
        if draft:
            found.append(draft)
            best = max(best, draft.score)
    return found


def _draft_of(
    text: Sequence[Sequence[str]], found: Statement, focus: Focus, completed: bool
) -> Draft | None:
    """The title that a statement makes, with its worth."""
    naming = name_of(found, text[found.sentence][found.start : found.end], focus)
    if naming is None:
        return None
    made = composed(naming, focus if found.creates and completed else None)
    if not made:
        return None
    content = _content(made)
    if len(content) < 2 and completed and not found.creates:
        made = composed(naming, focus)
    score = found.score - (2.5, 1.2, 0.3, 0)[min(len(content), 3)]
    if bare(made[0]) in PREPOSITIONS or bare(made[0]) in _NO_BEGINNING:
        score -= 1.5
    if completed and not is_sound(made, text[found.sentence]):
        score -= _UNSOUND
    if naming.system:
        score += 1.3 if len(content) > 2 else 0.7
    score += 0.06 * sum(min(focus.weight(low), 6) for low in content)
    return Draft(score, found.sentence, naming.system, tuple(made), found.creates)


def _content(made: Sequence[str]) -> set[str]:
    """The words that have a meaning of their own."""
    return {low for word in made if (low := bare(word)) and low not in NOISE}


def name_of(found: Statement, words: Sequence[str], focus: Focus) -> Naming | None:
    """The phrase `words` of a statement, divided; None where it says nothing."""
    if found.kind != "definition":
        words = without_remarks(words[sound_start(words) :])
    words = _resolved(words, found.sentence, focus)
    if not words:
        return None
    if found.kind == "object" or (found.kind == "passive" and found.creates):
        naming = divide(words)
        if naming.system and not found.creates and not called(words):
            return Naming(None, (), tuple(words), False)
        return naming
    if found.kind == "definition":
        naming = define(words)
        return naming if naming.system else None
    if found.kind == "clause":
        return Naming(None, (), claim(words), False)
    if found.kind == "how":
        return Naming(None, (), question(words), False)
    if found.kind == "infinitive":
        return deed(words)
    return Naming(None, (), tuple(words), False)


_REACH = 5
"""Words of a phrase that `Focus.antecedent` puts for what points back at it."""
_POINTERS = frozenset(["the", "this", "these", "such", "both"])


def _resolved(words: Sequence[str], sentence: int, focus: Focus) -> Sequence[str]:
    """`the conjecture for knots` with its full name; nothing if `this problem` stays bare."""
    if len(words) < 2 or bare(words[0]) not in _POINTERS:
        return words
    noun = bare(words[1])
    if len(words) == 2 or words[1][-1] in ",;:." or bare(words[2]) in PREPOSITIONS | RELATIVES:
        fuller = focus.antecedent(noun, sentence)
        if fuller and bare(words[2] if len(words) > 2 else "") != "of":
            return (*fuller, *words[2:])
    return () if noun in GENERIC and bare(words[0]) != "the" else words


def binds(text: Sequence[Sequence[str]], focus: Focus, traces: Sequence[int]) -> bool:
    """Whether any statement of `text` may name a system, or any sentence have one as its subject.

    `traces` are the words that may be names, counted through all sentences. Only what has such a
    word is looked at, or what points back at one: much less work than to make `drafts`.
    """
    bounds = [*accumulate(map(len, text))]
    near = {bisect_right(bounds, place) for place in traces}
    flat = [*chain.from_iterable(focus.lows)]
    nouns = {low for place in traces for low in flat[place : place + _REACH]}
    for number, (words, low) in enumerate(zip(text, focus.lows, strict=True)):
        if number not in near and (nouns.isdisjoint(low) or not _points_at(low, nouns)):
            continue
        for i in range(min(len(words) - 1, MOST_BEFORE)):
            if (low[i + 1] in FEATS or low[i + 1] in WEAK_FEATS) and named(words[i]):
                return True
        for found in of_sentence(number, words, low, 0.0):
            naming = name_of(found, words[found.start : found.end], focus)
            if naming is not None and naming.system:
                return True
    return False


def _points_at(low: Sequence[str], nouns: Set[str]) -> bool:
    """Whether `the`, `this` or the like stands before one of `nouns`."""
    return any(here in _POINTERS and then in nouns for here, then in pairwise(low))
