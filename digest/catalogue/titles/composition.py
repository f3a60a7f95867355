"""Name, description and topic put together as whole phrases within the limits of a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.endings import torn
from digest.catalogue.titles.phrases import (
    MOST_CHARACTERS,
    MOST_WORDS,
    begin,
    complete,
    fits,
    waits,
)
from digest.catalogue.titles.soundness import sound_end, sound_whole
from digest.catalogue.titles.topics import CLEAR, NOISE, Focus, Topic, stem
from digest.catalogue.titles.word_classes import DETERMINERS, GENERIC, PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.catalogue.titles.names import Naming


_REACH = 3 * MOST_WORDS
_REMARKS = listed("we i")


def composed(naming: Naming, focus: Focus | None) -> list[str]:
    """Name, description and, where these say little, the topic: whole phrases within the limits."""
    lead = list(naming.lead)
    body = _without_asides(naming.body[:_REACH])
    if naming.joined:
        made = whole([*lead, *body])
        if len(made) < len(lead):
            made = lead
        return _with_topic(made, focus) if len(made) <= len(lead) + 1 else made
    body = body[begin(body) :] if body else body
    if lead and body and all(bare(word) in GENERIC for word in body) and len(lead) > 2:
        body = []
    if lead and body:
        made = _after(lead, body)
        if len(made) < len(lead) + min(3, len(body)) and naming.system and len(lead) > 1:
            made = _after([naming.system], body)
        return _with_topic(made, focus)
    if lead:
        topic = next(iter(fresh(lead, focus)), None) if focus else None
        if topic and len(lead) == 1:
            return [lead[0] + ":", *topic.words]
        return _with_topic(lead, focus)
    made = whole(body)
    return _with_topic(made, focus)


def _after(lead: Sequence[str], body: Sequence[str]) -> list[str]:
    used = len(" ".join(lead)) + 2
    count = sound_whole(body, complete(body, MOST_WORDS - len(lead), MOST_CHARACTERS - used))
    if not count:
        return list(lead)
    return [*lead[:-1], lead[-1] + ":", *stripped(body[:count])]


def whole(words: Sequence[str]) -> list[str]:
    """The longest beginning of `words` that is complete and fits; without its articles where only
    so it need not be cut before what its last noun asks for."""
    reach = complete(words)
    count = sound_whole(words, reach)
    if count < reach or torn(words, count):
        lean = [word for i, word in enumerate(words) if not i or word not in _ARTICLES]
        fuller = sound_whole(lean, complete(lean))
        if (
            not torn(lean, fuller)
            and sound_end(lean, fuller)
            and _said_more(lean[:fuller], words, count)
        ):
            return stripped(lean[:fuller])
        count = _before_torn(words, count) if torn(words, count) else count
    return stripped(words[:count])


def _said_more(lean: Sequence[str], words: Sequence[str], count: int) -> bool:
    said = sum(bare(word) not in NOISE for word in words[:count])
    return torn(words, count) or sum(bare(word) not in NOISE for word in lean) > said


_ARTICLES = listed("the a an")


def _before_torn(words: Sequence[str], count: int) -> int:
    """Where the phrase that was cut at `count` begins: `a prediction |for the distribution |of`."""
    for i in range(count - 1, 1, -1):
        low = bare(words[i])
        if low in PREPOSITIONS and low != "of":
            said = sum(bare(word) not in NOISE for word in words[:i])
            return i if said >= _ENOUGH else count
    return count


_ENOUGH = 3
"""Words with a meaning of their own that must stay where a phrase is taken back."""


def stripped(words: Sequence[str]) -> list[str]:
    words = list(words)
    while words and (not (last := words[-1].rstrip(",;:.!?")) or (waits(last) and len(words) > 1)):
        words.pop()
    if words:
        words[-1] = last
    return words


def _with_topic(made: list[str], focus: Focus | None) -> list[str]:
    """`made` with `for` and the topic, if it ends in a word that leaves open what it is for."""
    if not made or focus is None:
        return made
    lows = [bare(word) for word in made]
    if not _OPEN_ENDED.isdisjoint(lows):
        return made
    content = [low for low in lows if low and low not in NOISE]
    if "of" in lows and len(content) > 2:
        return made
    seam = next(
        (i for i, low in enumerate(lows) if low in _ABILITIES and i > 1 and lows[i - 1] != "up"),
        len(made),
    )
    open_topics = fresh(made, focus)
    if seam < len(made) and sum(low not in NOISE for low in lows[:seam]) < 2:
        return made
    if seam < len(made):
        open_topics = [topic for topic in open_topics if topic.score >= CLEAR]
        made_ = made[:seam]
        made_[-1] = made_[-1].rstrip(",;:")
    elif lows[-1] not in GENERIC and len(content) > 3 and not made[-1].endswith(")"):
        return made
    else:
        made_ = made
    for topic in open_topics:
        longer = [*made_, "for", *_unhung(topic.words)]
        if fits(longer):
            return longer
    return made


def _unhung(words: Sequence[str]) -> Sequence[str]:
    """`for click-through rate prediction |model`: without article the last noun says nothing."""
    hangs = (
        len(words) > 2
        and bare(words[-1]) in _SINGLE
        and bare(words[-2]).endswith(("tion", "sion", "ing"))
    )
    return words[:-1] if hangs else words


_SINGLE = listed("model method approach framework algorithm technique task problem procedure")
_OPEN_ENDED = listed("for in on between towards toward")
_ABILITIES = listed("that which using to by via based inspired")


def fresh(made: Sequence[str], focus: Focus) -> list[Topic]:
    """The topics of which `made` says less than half."""
    said = {stem(part) for word in made for part in (bare(word), *bare(word).split("-"))}
    return [
        t for t in focus.topics if 2 * sum(_said(word, said) for word in t.words) < len(t.words)
    ]


def _said(word: str, said: set[str]) -> bool:
    low = bare(word)
    return stem(low) in said or ("-" in low and any(stem(p) in said for p in low.split("-")))


def _without_asides(words: Sequence[str]) -> list[str]:
    """`words` without `, i.e.,`-like asides and `we have found` between a noun and its place."""
    kept: list[str] = []
    i = 0
    while i < len(words):
        low = bare(words[i])
        if low in _REMARKS and kept and i + 2 < len(words):
            j = i + 1
            while j < len(words) and (bare(words[j]) in ("have", "had", "recently", "also")):
                j += 1
            if (
                j + 1 < len(words)
                and bare(words[j]).endswith("ed")
                and (bare(words[j + 1]) in PREPOSITIONS)
            ):
                i = j + 1
                continue
        if low == "these" and kept and i + 1 < len(words) and bare(words[i + 1]) not in NOISE:
            i += 1  # what is meant was said before; the noun alone still names it
            continue
        if i > 1 and words[i - 1][-1] == "," and low in DETERMINERS and kept[-1][-1] == ",":
            comma = next((k for k in range(i, min(len(words), i + 10)) if words[k][-1] == ","), 0)
            if comma and comma + 1 < len(words) and bare(words[comma + 1]) in PREPOSITIONS:
                kept[-1] = kept[-1][:-1]
                i = comma + 1
                continue
        kept.append(words[i])
        i += 1
    return kept
