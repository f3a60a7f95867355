"""What each unit of a page is: title, abstract, furniture.

No line says what it is. Every unit (a paragraph, or a line where a page has no blank lines) is
scored for each role that it could play, and the cheapest sequence of roles is found for the whole
text at once (Viterbi): a short abstract or a long title is told by what stands around it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from operator import add

from digest.readers.listings.furniture import is_furniture, is_trailer
from digest.readers.listings.units import (
    WORD,
    Unit,
    capital_share,
    count_prose,
    count_sentences,
)
from digest.text import fold

HEAD = 3000
"""Characters of a unit that are looked at."""
_SHORT = 40
_LETTERS = 3
_SENTENCE = 6
"""Words of a sentence that could be a paragraph, at least."""
_PLAIN = 0.35
_LEAST_PROSE = 4
"""Characters that a unit has at least if there can be a word of a sentence in it."""


class Role(IntEnum):
    """What a unit is to the page."""

    HEAD = 0  # unknown lines before the first title
    FURNITURE = 1
    TITLE = 2
    META = 3  # between title and abstract
    ABSTRACT = 4
    MORE = 5  # a further paragraph of the abstract
    TRAILER = 6


_NEVER = -1e9
_UNTITLED = -6.0
_R = Role
# How the roles follow each other; `best_before` says the same.
STEPS: dict[Role, dict[Role, float]] = {
    _R.HEAD: {_R.HEAD: 0, _R.FURNITURE: 0, _R.TITLE: 0, _R.ABSTRACT: _UNTITLED},
    _R.FURNITURE: {_R.HEAD: -3, _R.FURNITURE: 0, _R.TITLE: 0, _R.ABSTRACT: _UNTITLED},
    _R.TITLE: {_R.META: 0, _R.ABSTRACT: 0, _R.TITLE: -6, _R.FURNITURE: -6},
    _R.META: {_R.META: 0, _R.ABSTRACT: 0},
    _R.ABSTRACT: {_R.MORE: -1.5, _R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5},
    _R.MORE: {_R.MORE: -1, _R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5},
    _R.TRAILER: {_R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5, _R.ABSTRACT: _UNTITLED},
}
_BEFORE = {
    role: [(before, steps[role]) for before, steps in STEPS.items() if role in steps]
    for role in Role
}
_FIRST = {_R.HEAD: 0.0, _R.FURNITURE: 0.0, _R.TITLE: 0.0, _R.ABSTRACT: _UNTITLED}
_LAST = {_R.TITLE: -4.0, _R.META: -4.0}

_CONTINUES = re.compile(
    r"(?:This|These|Those|We|It|Our|Here|There|Finally|Moreover|Furthermore|However|Thus|Hence"
    r"|Also|In (?:this|particular|addition|contrast)|Then|As an?|For (?:this|example))\b[ ,]"
)
_VERB = re.compile(
    r"\b(?:cannot|may|will|would|could|must|should|does|do|remains?|becomes?|yields?|uses|allows?"
    r"|provides?|gives?|makes?|leads?|depends?|requires?|contains?|follows|holds?|consists?|exhibits?"
    r"|suggests?|implies|imply|indicates?|improves?|reduces?|achieves?|outperforms?|var(?:y|ies)"
    r"|avoids?|offers?|enables?|relies|rely|shows?|satisf(?:y|ies)|generali[sz]es?|extends?|differs?)\b"
)
"""Verbs of sentences, without those that `units` knows."""
_UNFINISHED = re.compile(r"(?:[,;]|\b(?:of|the|and|a|an|in|to|for|with|is|are|we|that|by|from))$")


@lru_cache(maxsize=4096)  # a page shows the same few counts and dates under its papers
def _scores_of_short(passage: str, size: int, *, single: bool) -> Sequence[float]:
    return _scores(passage, size, single=single)


def _scores(passage: str, size: int, *, single: bool) -> Sequence[float]:
    """How well a unit does in each role, in the order of `Role`."""
    wordy = len(passage) >= _LEAST_PROSE
    sentences = count_sentences(passage, 4) if wordy else 0
    prose = count_prose(passage, 5) if wordy else 0
    capital = capital_share(WORD.findall(passage[:400]) if wordy else [])
    furniture = single and is_furniture(passage)
    trailer = furniture and is_trailer(passage)
    # Nearly always the first characters tell.
    lettered = sum(map(str.isalpha, passage[:12])) >= _LETTERS
    lettered = lettered or sum(map(str.isalpha, passage[:200])) >= _LETTERS

    title = 1.0 + 2.0 * capital - 1.5 * min(sentences, 3) - 0.7 * prose
    title -= max(0, size - 150) / 50 + max(0, size - 300) / 25
    if passage.endswith("."):
        title -= 3.0 + 2.5 * (prose > 0)
    elif _UNFINISHED.search(passage[-20:]):
        title -= 3.0
    title -= 2.5 * bool(_CONTINUES.match(passage))
    title -= 1.0 * passage[0].islower() + 2.0 * ("://" in passage) + 6.0 * (not lettered)

    abstract = 4.0 if size >= 400 else 2.5 if size >= 200 else 0.5 if size >= 100 else -1.0
    abstract -= 1.5 * (size < 60)
    abstract += 0.8 * min(sentences, 3) + 0.6 * min(prose, 4) - 1.0 * (capital > 0.7)
    abstract += 1.0 if passage.endswith((".", "!", "?", ")", "$", '"', "”")) else -0.5

    chrome = 5.0 if furniture else -4.0 - size / 25
    return [
        4.0 if furniture else -1.5 - size / 40 - prose,
        chrome,
        title - 4.0 * furniture,
        4.5 if trailer else -12.0,
        abstract - 4.0 * furniture,
        abstract - 1.5 + 1.5 * passage[0].islower() - 4.0 * furniture,
        5.0 if trailer else -12.0,
    ]


def assign_roles(text: str, units: list[Unit]) -> list[Role]:
    """The likeliest role of each unit, seen together."""
    if not units:
        return []
    totals: Sequence[float] = [_FIRST.get(role, _NEVER) for role in Role]
    history: list[Sequence[float]] = []
    for unit in units:
        start, end = unit.start, unit.end
        passage = fold(text[start : min(end, start + HEAD)])
        scored = _scores_of_short if len(passage) <= _SHORT else _scores
        scores = scored(passage, end - start, single=len(unit.lines) == 1)
        reached = best_before(totals) if history else totals
        totals = tuple(map(add, reached, scores))
        history.append(totals)
    history[-1] = [total + _LAST.get(role, 0.0) for role, total in zip(Role, totals, strict=True)]
    role = max(Role, key=history[-1].__getitem__)
    path = [role]
    for totals in reversed(history[:-1]):
        best = -math.inf
        for before, step in _BEFORE[role]:
            # Of two that are as likely the later is taken: nothing else tells them apart.
            if (total := totals[before] + step) >= best:
                best, role = total, before
        path.append(role)
    return _without_sentences(text, units, path[::-1])


def _without_sentences(text: str, units: list[Unit], roles: list[Role]) -> list[Role]:
    """`roles` without the titles that are a paragraph of one sentence, in the midst of an abstract.

    Such a title ends in a full stop and nearly all others of the page do not.
    """
    titles = [index for index, role in enumerate(roles) if role is Role.TITLE]
    stopped = [
        index
        for index in titles
        if text[units[index].end - 1] == "."
        and index > 0
        and roles[index - 1] in (Role.ABSTRACT, Role.MORE)
        and _is_sentence(text[units[index].start : units[index].end])
    ]
    if not stopped or len(stopped) * 2 >= len(titles):
        return roles
    for index in stopped:
        roles[index] = Role.MORE
        if index + 1 < len(roles) and roles[index + 1] is Role.ABSTRACT:
            roles[index + 1] = Role.MORE
    return roles


def _is_sentence(passage: str) -> bool:
    words = WORD.findall(passage)
    told = count_prose(passage, 1) > 0 or _VERB.search(passage) is not None
    return told and len(words) >= _SENTENCE and capital_share(words) <= _PLAIN


def best_before(totals: Sequence[float]) -> tuple[float, ...]:
    """For each role the most that one before it may have, its step included.

    `STEPS` written out: half of the work on a page would be to walk through it for every unit.
    """
    head, furniture, title, meta, abstract, more, trailer = totals
    outside = max(head, furniture)
    ended = max(abstract, more, trailer)
    return (
        max(head, furniture - 3),
        max(outside, title - 6, ended - 0.5),
        max(outside, title - 6, ended),
        max(title, meta),
        max(outside + _UNTITLED, title, meta, trailer + _UNTITLED),
        max(abstract - 1.5, more - 1),
        ended,
    )
