"""What each unit of a page is: title, abstract, furniture.

No line says what it is. Every unit (a paragraph, or a line where a page has no blank lines) is
scored for each role that it could play, and the cheapest sequence of roles is found for the whole
text at once (Viterbi): a short abstract or a long title is told by what stands around it.
"""

from __future__ import annotations

import re
from enum import IntEnum

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
_LETTERS = 3
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
_IMPOSSIBLE = -1e18
_UNTITLED = -6.0
_R = Role
_STEPS: dict[Role, dict[Role, float]] = {
    _R.HEAD: {_R.HEAD: 0, _R.FURNITURE: 0, _R.TITLE: 0, _R.ABSTRACT: _UNTITLED},
    _R.FURNITURE: {_R.HEAD: -3, _R.FURNITURE: 0, _R.TITLE: 0, _R.ABSTRACT: _UNTITLED},
    _R.TITLE: {_R.META: 0, _R.ABSTRACT: 0, _R.TITLE: -6, _R.FURNITURE: -6},
    _R.META: {_R.META: 0, _R.ABSTRACT: 0},
    _R.ABSTRACT: {_R.MORE: -1.5, _R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5},
    _R.MORE: {_R.MORE: -1, _R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5},
    _R.TRAILER: {_R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5, _R.ABSTRACT: _UNTITLED},
}
_FIRST = {_R.HEAD: 0.0, _R.FURNITURE: 0.0, _R.TITLE: 0.0, _R.ABSTRACT: _UNTITLED}
_LAST = {_R.TITLE: -4.0, _R.META: -4.0}

_CONTINUES = re.compile(
    r"(?:This|These|Those|We|It|Our|Here|There|Finally|Moreover|Furthermore|However|Thus|Hence"
    r"|Also|In (?:this|particular|addition|contrast)|Then|As an?|For (?:this|example))\b[ ,]"
)
_UNFINISHED = re.compile(r"(?:[,;]|\b(?:of|the|and|a|an|in|to|for|with|is|are|we|that|by|from))$")


def _scores(passage: str, size: int, *, single: bool) -> list[float]:
    """How well a unit does in each role, in the order of `Role`."""
    wordy = len(passage) >= _LEAST_PROSE
    sentences = count_sentences(passage, 4) if wordy else 0
    prose = count_prose(passage, 5) if wordy else 0
    capital = capital_share(WORD.findall(passage[:400]) if wordy else [])
    furniture = single and is_furniture(passage)
    trailer = furniture and is_trailer(passage)
    lettered = passage[:3].isalpha() and len(passage) >= _LETTERS
    lettered = lettered or sum(map(str.isalpha, passage[:200])) >= _LETTERS

    title = 1.0 + 2.0 * capital - 1.5 * min(sentences, 3) - 0.7 * prose
    title -= max(0, size - 150) / 50 + max(0, size - 300) / 25
    title -= (3.0 + 2.5 * (prose > 0)) * passage.endswith(".") + 3.0 * bool(
        _UNFINISHED.search(passage[-20:])
    )
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
    backs: list[list[int]] = []
    totals = [_FIRST.get(role, _NEVER) for role in Role]
    incoming = [
        [(int(before), steps[role]) for before, steps in _STEPS.items() if role in steps]
        for role in Role
    ]
    for index, unit in enumerate(units):
        passage = fold(text[unit.start : min(unit.end, unit.start + HEAD)])
        scores = _scores(passage, unit.end - unit.start, single=len(unit.lines) == 1)
        if index == 0:
            totals = [total + score for total, score in zip(totals, scores, strict=True)]
            continue
        back: list[int] = []
        fresh: list[float] = []
        for score, ways in zip(scores, incoming, strict=True):
            best, origin = _IMPOSSIBLE, 0
            for before, step in ways:
                if (total := totals[before] + step) >= best:
                    best, origin = total, before
            back.append(origin)
            fresh.append(best + score)
        backs.append(back)
        totals = fresh
    totals = [total + _LAST.get(role, 0.0) for role, total in zip(Role, totals, strict=True)]
    role = max(range(len(totals)), key=totals.__getitem__)
    path = [role]
    for back in reversed(backs):
        role = back[role]
        path.append(role)
    names = tuple(Role)
    return [names[role] for role in reversed(path)]
