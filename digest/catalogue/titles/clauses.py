"""What claims, questions, deeds and opening sentences are about, as phrases fit for a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.composition import stripped, whole
from digest.catalogue.titles.marks import opened
from digest.catalogue.titles.names import Naming, divide
from digest.catalogue.titles.phrases import (
    MOST_CHARACTERS,
    MOST_WORDS,
    begin,
    complete,
    hangs,
)
from digest.catalogue.titles.remarks import without_remarks
from digest.catalogue.titles.soundness import sound_end
from digest.catalogue.titles.starts import sound_start
from digest.catalogue.titles.topics import FINITE, NOISE
from digest.catalogue.titles.verbs import PARTICLES, VERBS
from digest.catalogue.titles.word_classes import AUXILIARIES, PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence


def deed(words: Sequence[str]) -> Naming:
    """`to minimise X by jointly optimizing Y (NAME)`: the way if it has the name, else the aim."""
    for i, word in enumerate(words[:-2]):
        if bare(word) in ("by", "via") and i + 2 < len(words):
            naming = divide(words[i + 1 :])
            if naming.system and not naming.lead:
                return naming
            break
    start = 0
    while start < len(words) - 1 and (
        bare(words[start]).endswith("ly")
        or bare(words[start]) in ("further", "better", "also", "use", "employ", "utilize", "apply")
    ):
        start += 1
    return Naming(None, (), tuple(words[start:]), False)


_BEING = listed("exist exists is are")
_SITUATIONS = listed(
    """for under if when in with on at given assuming as by over unlike using within although"""
)


def claim(words: Sequence[str]) -> tuple[str, ...]:
    """A claim without its conditions: `for every n, there exist |graphs …`."""
    if bare(words[0]) in _SITUATIONS:
        comma = next((i for i, word in enumerate(words) if word[-1] == ","), None)
        if comma is not None and comma + 3 < len(words):
            words = words[comma + 1 :]
        else:
            # `when only small sets are considered |there exists …`
            lows = [bare(word) for word in words[:16]]
            there = next(
                (i for i, low in enumerate(lows[:-1]) if low == "there" and lows[i + 1] in _BEING),
                0,
            )
            words = words[there:]
    if len(words) > 3 and bare(words[0]) == "then":
        words = words[1:]
    if len(words) > 3 and bare(words[0]) == "there":
        skip = 1
        while skip < 4 and bare(words[skip]) in (
            "exist",
            "exists",
            "is",
            "are",
            "does",
            "not",
            "indeed",
            "always",
            "also",
        ):
            skip += 1
        if bare(words[skip - 1]) in ("exist", "exists", "is", "are"):
            words = words[skip:]
    words = words[begin(words) :]
    if whole(words) != stripped(words):
        subject = _subject(words)
        if subject:
            return tuple(subject[bare(subject[0]) in _QUANTIFIERS and len(subject) > 2 :])
    return tuple(words)


_QUANTIFIERS = listed("every each all any")
"""What only a whole claim needs: `|every automorphism of …` is about automorphisms."""


def question(words: Sequence[str]) -> tuple[str, ...]:
    """`how X changes Y` as it is; only what it is about where the verb would be lost."""
    if bare(words[0]) == "how" and len(words) > 3 and bare(words[1]) == "to":
        return tuple(words[2:])
    made = whole(words)
    if len(made) < len(words) and not any(
        low in AUXILIARIES or low in FINITE for low in map(bare, made[1:])
    ):
        words = words[1:]
        words = words[begin(words) :]
    return tuple(words)


def _subject(words: Sequence[str]) -> list[str]:
    """The words before the verb, if they say something and make a whole; else none."""
    depth = 0
    for i, word in enumerate(words):
        low = bare(word)
        if depth == 0 and i and (low in AUXILIARIES or (low in FINITE and not low.endswith("ed"))):
            if bare(words[i - 1]) in ("that", "which", "who"):
                continue
            subject = stripped(words[:i])
            while subject and bare(subject[-1]) in FINITE | {"not"}:
                subject.pop()
            known = [low for w in subject if (low := bare(w)) not in NOISE]
            if known and len(subject) > 1 and complete(subject) == len(subject):
                return subject
            break
        depth += opened(word)
    return []


_ENGLISH = listed("the of and in we is are to a for that this with on by an")


def opening(text: Sequence[Sequence[str]]) -> list[str]:
    """What the first sentence is about: its subject, or as much of it as reads as a whole."""
    words = next(
        (words for words in text[:4] if bare(words[0]) not in _ASSUMING and len(words) > 3), text[0]
    )
    words = without_remarks(words[sound_start(words) :])
    lows = [bare(word) for word in words]
    if sum(low in _ENGLISH for low in lows) * 12 < len(lows) and len(lows) > 6:
        return _foreign(words)
    start = 0
    if len(lows) > 3 and (
        lows[0] in ("we", "i")
        or (lows[0] in ("this", "here", "these") and lows[1] in ("is", "are"))
    ):
        start = 2
    elif len(lows) > 4 and lows[0] == "this" and lows[1] in VERBS and lows[1].endswith("s"):
        start = 2 + (lows[2] in PARTICLES)
    elif len(lows) > 4 and lows[0] in ("this", "the", "our") and lows[2] in ("is", "are"):
        start = 3 if lows[1] in _THINGS else 0
    elif lows[0] in PREPOSITIONS or lows[0] in _SITUATED:
        comma = next((i for i, word in enumerate(words[:14]) if word[-1] == ","), None)
        start = comma + 1 if comma is not None and comma + 3 < len(words) else 1
        if start == 1 and len(lows) > 5 and lows[1] in ("this", "the") and lows[2] in _THINGS:
            start = 3
        start = _past_aside(words, start)
    words = words[start:]
    while len(words) > 2 and bare(words[0]) in _VAGUE | {"to"}:
        words = words[1:]
    words = words[begin(words) :]
    subject = _subject(words)
    if sound_end(words, len(subject)) != len(subject):
        subject = []
    return subject or whole(words) or _foreign(words)


def _past_aside(words: Sequence[str], start: int) -> int:
    """`start`, or behind the verb where an aside begins: `two rods, |a mile apart, saw a flash`."""
    if words[start - 1][-1] != ",":
        return start
    comma = next((i for i in range(start, min(start + 7, len(words))) if words[i][-1] == ","), 0)
    if not comma or comma + 3 >= len(words):
        return start
    verb = bare(words[comma + 1])
    return comma + 2 if verb in FINITE or verb.endswith("ed") else start


_ASSUMING = listed("let suppose assume")
_THINGS = listed("paper note article work study letter report survey review thesis chapter")
_SITUATED = listed(
    """to when while recently although if given using let consider suppose assume assuming
    considering associated motivated inspired based"""
)
_VAGUE = listed("most existing many current recent several some numerous all often the")


def _foreign(words: Sequence[str]) -> list[str]:
    """The first clause of a text whose grammar is not known, without short words at its end."""
    end = size = 0
    for i, word in enumerate(words[:MOST_WORDS]):
        size += len(word) + (i > 0)
        if size > MOST_CHARACTERS:
            break
        end = i + 1
        if word[-1] in ".;:!?。！？；" or (word[-1] in ",，、" and i >= 3):
            break
    else:
        if end == len(words):
            return stripped(words)
    end = max(end, 1)
    while (
        end > 1
        and words[end - 1][-1].isalpha()
        and (
            len(words[end - 1]) <= 3
            or words[end - 1].lower() in _SMALL
            or hangs(bare(words[end - 1]))
        )
    ):
        end -= 1
    return stripped(words[:end])


_SMALL = listed(
    """dans pour avec sans sous chez entre vers leur leurs cette sont nous eine einer einem einen
    eines zwischen durch über unter nach wird werden sind oder para sobre entre como este esta
    estos estas della delle degli dalla sono nella questo questa"""
)
