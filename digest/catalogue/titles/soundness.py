"""Whether a phrase may end where it was cut, and the last place before it where it may.

Every rule looks at the last words that are kept and at the first word that is not: what was cut in
two is left out from the seam at which it begins, and the shorter phrase is judged again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.endings import settle, torn
from digest.catalogue.titles.marks import opened
from digest.catalogue.titles.phrases import hangs, waits
from digest.catalogue.titles.starts import begins_well
from digest.catalogue.titles.topics import FINITE, NOISE
from digest.catalogue.titles.verbs import VERBS
from digest.catalogue.titles.word_classes import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    REFERENCES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 2
"""Words with a meaning of their own without which a phrase says next to nothing."""
_ROUNDS = 5
_MANNER_LIKE = listed(
    """family subfamily superfamily anomaly assembly supply reply monopoly oligopoly fly ally italy
    july butterfly rally bully jelly homily friendly likely early elderly only polly daily weekly
    monthly yearly melancholy"""
)
"""Words in -ly that are no adverbs."""
_CLAUSE_SEAMS = listed(
    "that which who whose whom where when while whenever if unless because until whereas whether"
)
_NEED_CLAUSE = listed(
    """fact facts case cases probability assumption assumptions condition conditions hypothesis
    possibility likelihood chance evidence conclusion requirement constraint constraints statement
    observation sense manner way extent degree situation situations role possibilities point
    view property notion idea claim restriction effort attempt need ability order expense hope
    material form context framework help basis means presence absence number set"""
)
"""Nouns that say nothing before what follows has said which: `the fact |that …`."""
_GOES_ON = listed("that which whose where when of to in for between on by from under who with")
_WAITING_GERUNDS = listed(
    """arising originating emerging stemming resulting ranging belonging corresponding pertaining
    leading relating depending consisting varying according coming relying subjected subject"""
)
_SAYING = listed("says say said states state implies imply means asserts")
_GOVERNING = _SAYING | frozenset(VERBS)
_SEAMS = PREPOSITIONS - {"of"}
_ARGUMENT_SEAMS = PREPOSITIONS | {"to", "that"}
_BE = listed("is are was were be been being")
_SMALL = AUXILIARIES | listed("not also then always never still only both recently")


def sound_end(words: Sequence[str], count: int) -> int:
    """The last place up to `count` at which nothing of `words` is cut in two; 0 where none is."""
    for _ in range(_ROUNDS):
        if count >= len(words) and not _adverb(words, count):
            break
        back = _back(words, count)
        back = _trimmed(words, back)
        if back == count:
            break
        count = back
        if not count:
            return 0
    if count < len(words) and sum(bare(word) not in NOISE for word in words[:count]) < _LEAST:
        return 0 if _goes_on(words, count) else count
    return count


def _goes_on(words: Sequence[str], count: int) -> bool:
    """Whether the phrase runs on over `count`."""
    return words[count - 1][-1] not in ".,;:!?" if count else True


def _trimmed(words: Sequence[str], count: int) -> int:
    before = count
    while count and (waits(words[count - 1]) or hangs(bare(words[count - 1]))):
        count -= 1
    return count if count == before or not sum(map(opened, words[:count])) else 0


def _adverb(words: Sequence[str], count: int) -> bool:
    low = bare(words[count - 1]) if count else ""
    return low.endswith("ly") and len(low) > 4 and low not in _MANNER_LIKE


def _back(words: Sequence[str], count: int) -> int:
    """The beginning of the last thing that is cut in two at `count`; `count` if none is."""
    if count < 2:
        return count
    lows = [bare(word) for word in words[: count + 1]]
    last, follower = lows[count - 1], lows[count] if count < len(words) else ""
    if _adverb(words, count) and not (follower == "" and lows[count - 2] in _BE):
        return count - 1
    if count >= len(words) or words[count - 1][-1] in ".;:!?":
        return count
    open_ended = words[count - 1][-1] != ","
    if last in _WAITING_GERUNDS and follower in PREPOSITIONS:
        return count - 1
    if last.endswith("ed") and len(last) > 3 and open_ended and _argues(follower):
        return _seam(lows, count - 1) if lows[count - 2] in _SMALL else count - 1
    if (
        open_ended
        and follower in _GOES_ON
        and last in _NEED_CLAUSE
        and (place := _preposition(lows, count - 1)) > 1
    ):
        return place
    if last in ("able", "capable") and lows[count - 2] == "be" and lows[count - 3] == "to":
        return count - 3
    infinitive = _infinitive(lows, count)
    if infinitive and open_ended and follower not in _SEAMS:
        return infinitive
    if follower in ("and", "or") and open_ended and (place := _list_start(words, lows, count)):
        return place
    second = _second_sentence(lows, count)
    if second and open_ended:
        return second
    clause = _clause(lows, count)
    if clause and _cut_clause(lows, clause, count, open_ended):
        governs = lows[clause - 1] in PREPOSITIONS or lows[clause - 1] in _GOVERNING
        return clause - (governs and clause > 2)
    if clause and open_ended and last in _NEED_CLAUSE and follower in ("that", "which", "of"):
        return clause - (lows[clause - 1] in PREPOSITIONS)
    if torn(words, count) and (place := _preposition(lows, count - 1)) > 1:
        return place if _says(lows[:place]) >= _LEAST + 1 else count
    if open_ended and (follower in AUXILIARIES or (follower in FINITE and follower not in VERBS)):
        return _before_second(words, lows, count)
    return count


def _argues(follower: str) -> bool:
    """Whether `follower` goes on from a participle: `looms engaged |in`, `introduced |earlier`."""
    return follower in PREPOSITIONS or follower == "using" or follower.endswith("ly")


def _says(lows: Sequence[str]) -> int:
    return sum(low not in NOISE for low in lows)


def _seam(lows: Sequence[str], end: int) -> int:
    while end > 0 and (lows[end - 1] in _SMALL or lows[end - 1] in _CLAUSE_SEAMS):
        end -= 1
    return end


def _preposition(lows: Sequence[str], end: int) -> int:
    """Where the phrase of the noun at `end` begins, if a preposition does begin it: `in the |`."""
    for i in range(end - 1, max(0, end - 5), -1):
        if lows[i] in PREPOSITIONS or lows[i] in ("using", "to"):
            return i
        if lows[i] in AUXILIARIES or lows[i] in _CLAUSE_SEAMS:
            return 0
    return 0


def _list_start(words: Sequence[str], lows: Sequence[str], count: int) -> int:
    """Before the preposition of a list that lost its last member: `|with rye, wheat |and oats`."""
    comma = next((i for i in range(count - 2, max(0, count - 6), -1) if words[i][-1] == ","), 0)
    if not comma or any(lows[i] in ("and", "or") for i in range(comma, count)):
        return 0
    place = _preposition(lows, comma + 1)
    return place if place > 1 and _says(lows[:place]) >= _LEAST else 0


def _second_sentence(lows: Sequence[str], count: int) -> int:
    """Place of `and` before a second sentence without its verb: `X is found |and the rest of`."""
    seam = next(
        (
            i
            for i in range(count - 2, 2, -1)
            if lows[i] in ("and", "but") and lows[i + 1] in DETERMINERS
        ),
        0,
    )
    if not seam or any(map(_finite, lows[seam:count])):
        return 0
    first = next((i for i in range(1, seam) if lows[i] in AUXILIARIES), 0)
    if not first or any(low in _CLAUSE_SEAMS or low in PREPOSITIONS for low in lows[first:seam]):
        return 0
    return seam


def _infinitive(lows: Sequence[str], count: int) -> int:
    """Place of `to` where only adverbs and one verb follow it: `to analytically integrate |`."""
    i = count - 2
    while i > 0 and (lows[i].endswith("ly") or (lows[i] == "and" and lows[i - 1].endswith("ly"))):
        i -= 1
    return i if i > 0 and lows[i] == "to" and lows[i - 1] not in AUXILIARIES else 0


def _clause(lows: Sequence[str], count: int) -> int:
    return next((i for i in range(count - 1, 1, -1) if lows[i] in _CLAUSE_SEAMS), 0)


def _cut_clause(lows: Sequence[str], start: int, count: int, open_ended: bool) -> bool:
    """Whether the clause behind `start` lost its verb or what its verb needs."""
    clause = lows[start + 1 : count]
    heavy = [low for low in clause if low not in _SMALL and not low.endswith("ly")]
    if not heavy:
        return True
    if not open_ended:
        return lows[start] == "that" and clause[0] in PREPOSITIONS and not any(map(_finite, clause))
    follower = lows[count]
    if len(heavy) == 1 and follower in _ARGUMENT_SEAMS:
        return True  # `which are orthogonal |with respect to …`
    if len(heavy) == 1 and follower not in PREPOSITIONS and lows[start] in ("that", "which", "who"):
        return not _ends_phrase(follower)
    if follower in AUXILIARIES and not any(map(_finite, clause)):
        return True  # `says that every knot |is tight`
    framed = lows[start] not in ("that", "which", "who") or lows[start - 1] in PREPOSITIONS
    return framed and (
        follower in AUXILIARIES or follower in FINITE or not any(map(_finite, clause))
    )


def _ends_phrase(low: str) -> bool:
    return not low or low in AUXILIARIES or low in _CLAUSE_SEAMS or low in REFERENCES


def _finite(low: str) -> bool:
    return low in AUXILIARIES or low in FINITE or (low in VERBS and low.endswith(("s", "ed")))


def _before_second(words: Sequence[str], lows: Sequence[str], count: int) -> int:
    """Before the second of two sentences: `X is computed |and the vanes |are`."""
    for i in range(count - 1, 2, -1):
        if lows[i] in ("and", "or", "but") and (
            lows[i + 1] in DETERMINERS or words[i - 1][-1] == ","
        ):
            return i if any(low in AUXILIARIES for low in lows[:i]) else count
    return count


def is_sound(made: Sequence[str], source: Sequence[str]) -> bool:
    """Whether `made`, taken of the sentence `source`, begins and ends as a title may."""
    if not begins_well(made):
        return False
    if len(made) == 1 and made[0].islower() and made[0].isalpha():
        return False  # `origin`
    if len(made) < 2 or not source:
        return True
    lows = [bare(word) for word in source]
    tail = [bare(word) for word in made[-2:]]
    for i in range(1, len(lows)):
        if lows[i - 1 : i + 1] == tail:
            end = i + 1
            start = max(0, end - len(made))
            return end == len(lows) or sound_end(source[start:], end - start) == end - start
    return True


def sound_whole(words: Sequence[str], count: int) -> int:
    """`settle`, then `sound_end`; where nothing is sound, what `settle` leaves."""
    count = settle(words, count)
    return sound_end(words, count) or count
