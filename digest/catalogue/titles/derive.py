"""Titles for papers that came without one, made of the abstract's own words.

The sentence in which the abstract says what the paper does gives the phrase; the phrase is begun
after articles and praise and ended at a seam; a name goes before it (`SHARK: model compression
practice …`), and a phrase that says little is completed by the topic of the opening. Readers are
always told that such a title is derived.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.catalogue.sentences import bare, divide, plain, sentences, words_of
from digest.catalogue.titles.clauses import opening
from digest.catalogue.titles.composition import fresh, stripped
from digest.catalogue.titles.drafts import Draft, binds, make_drafts
from digest.catalogue.titles.marks import balanced
from digest.catalogue.titles.phrases import (
    MOST_CHARACTERS,
    MOST_WORDS,
    begin,
    complete,
    fits,
)
from digest.catalogue.titles.soundness import is_sound
from digest.catalogue.titles.starts import begins_well
from digest.catalogue.titles.systems import definitions, named, prefix
from digest.catalogue.titles.topics import NOISE, Focus, stem
from digest.catalogue.titles.traces import FEATS, MOST_BEFORE, WEAK_FEATS, find_traces

if TYPE_CHECKING:
    from collections.abc import Sequence

UNTITLED = "Untitled paper"
_WITHDRAWN = re.compile(
    r"(?:this|the) (?:paper|article|manuscript|submission|preprint|work|note|version)"
    r"(?: (?:has|have))?(?: (?:been|is|was|were))? (?:temporarily )?withdrawn|withdrawn\b",
    re.IGNORECASE,
)
_CODE_NAME = re.compile(r"[a-z]+\d[a-z]+")
"""A name that is written small, as `word2vec` is."""
_REASON = re.compile(r"\b(?:due to|because of|because|owing to|since|as) (?=\S)", re.IGNORECASE)


class DerivedTitle(Struct, frozen=True):
    """A title made from an abstract, and what it rests on."""

    text: str
    """At most 14 words and 110 characters, LaTeX as in the abstract."""
    system: str | None
    """Name of the method or system, where the abstract binds one to its contribution."""
    evidence: str
    """The sentence that the title was taken from; "" where there was nothing to take."""


def derive_title(abstract: str) -> DerivedTitle:
    """A short title for the paper that `abstract` describes. Takes time linear in its length."""
    text = sentences(plain(abstract))
    if not any(c.isalnum() for words in text for word in words for c in word):
        return DerivedTitle(UNTITLED, None, "")
    first = " ".join(text[0])
    if _WITHDRAWN.match(first):
        return DerivedTitle(_withdrawn(first), None, first)
    focus = Focus(text)
    drafts = make_drafts(text, focus)
    best = max(drafts, key=lambda d: (d.score, -d.sentence), default=None)
    sound = best is not None and (
        best.system is not None
        or (best.score >= DOUBTFUL and _says(best.words) >= _LITTLE and begins_well(best.words))
        or is_sound(best.words, text[best.sentence])
    )
    if best is None or best.score < DOUBTFUL or not sound:
        number, words = _elsewhere(text, 1 if sound else _FARTHEST)
        if not words and not sound:
            words = _of_topics(focus) or _of_topics(Focus(text[2:]))
        if words:
            return _finished(text, words, None, number)
        if best is None:
            return _finished(text, opening(text), None, 0)
    words = _said_of(list(best.words), focus)
    name = best.system
    if name is None and (name := _subject_name(text, drafts)) and best.creates:
        longer = [name + ":", *words]
        if (
            fits(longer)
            and name not in (short for sentence in text for _, _, short in definitions(sentence))
            and name not in " ".join(words)
        ):
            words = longer
    return _finished(text, words, name, best.sentence)


_LITTLE = 2
"""Words with a meaning of their own below which a title says next to nothing."""


_FARTHEST = 4
"""Sentences among which what a paper is about is looked for, where none says what it does."""


def _elsewhere(text: Sequence[Sequence[str]], reach: int) -> tuple[int, list[str]]:
    """What one of the first `reach` sentences is about, if that is sound, and its number."""
    for number in range(min(len(text), reach)):
        words = opening(text[number : number + 1])
        if not _WRITING.isdisjoint(map(bare, words)):
            continue
        if _says(words) >= _LITTLE and is_sound(words, text[number]):
            return number, words
    return 0, []


_WRITING = frozenset(["author", "authors", "article", "paper"])


def _of_topics(focus: Focus) -> list[str]:
    """The best noun phrase of the opening, or the best two where one says little; [] if none."""
    topics = [
        topic
        for topic in focus.topics
        if len(topic.words) > 1 and _WRITING.isdisjoint(map(bare, topic.words))
    ]
    if not topics:
        return []
    first = list(topics[0].words)
    if len(first) <= _LITTLE:
        for topic in fresh(first, focus):
            both = [*first, "and", *topic.words]
            if topic in topics and fits(both):
                return both
    return first


def _said_of(words: list[str], focus: Focus) -> list[str]:
    """`words` behind the topic of the abstract, where they say little: `woven carpets: age`."""
    if len(words) > _LITTLE or any(not word.isalpha() or not word[1:].islower() for word in words):
        return words
    topic = next((topic for topic in fresh(words, focus) if len(topic.words) > 1), None)
    if topic is None or topic.words[-1][-1] == ")":
        return words
    longer = [*topic.words[:-1], topic.words[-1] + ":", *words]
    return longer if fits(longer) else words


def _says(words: Sequence[str]) -> int:
    """How many of `words` have a meaning of their own."""
    return sum(bare(word) not in NOISE for word in words)


DOUBTFUL = 0.4
"""Below this worth a statement says less than the opening sentence."""


def system_name(title: str | None, abstract: str | None) -> str | None:
    """The name that a paper gives to its method or system, `SHARK` or `DIN`; else None."""
    if title and (name := prefix(title)):
        return name
    if not abstract:
        return None
    words = words_of(plain(abstract))
    traces = find_traces(words)
    if not traces:
        return None
    text = divide(words)
    focus = Focus(text)
    if not binds(text, focus, traces):
        return None
    drafts = make_drafts(text, focus, completed=False)
    bound = [d for d in drafts if d.system]
    if bound:
        return max(bound, key=lambda d: (d.score, -d.sentence)).system
    return _subject_name(text, drafts)


def _withdrawn(first: str) -> str:
    reason = _REASON.search(first)
    if reason:
        words = first[reason.end() :].split()
        words = words[begin(words) :]
        made = stripped(words[: complete(words, MOST_WORDS - 1, MOST_CHARACTERS - 11)])
        if made and balanced(" ".join(made)):
            return "Withdrawn: " + " ".join(made)
    return "Withdrawn paper"


def _subject_name(text: Sequence[Sequence[str]], drafts: Sequence[Draft]) -> str | None:
    """The name that the sentences after the contribution have as their subject."""
    if not drafts:
        return None
    first = min(d.sentence for d in drafts)
    feats = FEATS | WEAK_FEATS if drafts[0].creates else FEATS
    background = {s for words in text[:first] for _, _, s in definitions(words)}
    counts: Counter[str] = Counter()
    for words in text[first + 1 :]:
        for i in range(min(len(words) - 1, MOST_BEFORE)):
            if (
                bare(words[i + 1]) in feats
                and named(words[i])
                and (
                    i == 0
                    or words[i - 1][-1] == ","
                    or bare(words[i - 1]) in ("our", "proposed", "that")
                )
            ):
                counts[words[i].strip(".,;:()")] += 1
    seen = " ".join(" ".join(words) for words in text[:first])
    for name, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
        if name not in background and name not in seen:
            return name
    return None


def _finished(
    text: Sequence[Sequence[str]], words: Sequence[str], system: str | None, sentence: int
) -> DerivedTitle:
    """The words as a title: abbreviations spelt out where there is room, first letter large."""
    words = _spelt_out(text, list(words), system)
    title = " ".join(words).strip()
    if not fits(words) or not balanced(title):
        title = _shorn(words)
    title = title.rstrip(" .,;:!?-—–=+/&。，、；：！？") or UNTITLED
    first = title.split(" ", 1)[0].rstrip(":,")
    if (
        first[:1].islower()
        and (first[1:].islower() or not first.isalpha())
        and first != system
        and not _CODE_NAME.fullmatch(first)
    ):
        title = title[0].upper() + title[1:]
    return DerivedTitle(title, system, " ".join(text[sentence]))


def _shorn(words: Sequence[str]) -> str:
    """Words without the marks that do not pair, cut where they still fit."""
    text = " ".join(" ".join(words).split()[:MOST_WORDS])
    if len(text) > MOST_CHARACTERS:
        cut = max(text.rfind(mark, 0, MOST_CHARACTERS + 1) for mark in " ，、")
        text = text[: cut if cut > 0 else MOST_CHARACTERS]
    if not balanced(text):
        text = " ".join(re.sub(r"[()\[\]{}$\"“”«»`]|''", " ", text).split()[:MOST_WORDS])
    return text


def _spelt_out(text: Sequence[Sequence[str]], words: list[str], system: str | None) -> list[str]:
    """`words` with each abbreviation of the abstract replaced once by its long form, if it fits."""
    wanted = {
        bare(word): i
        for i, word in reversed(list(enumerate(words)))
        if word.rstrip(",;:")[1:2].isupper() and word[0] != "("
    }
    if not wanted:
        return words
    for sentence in text:
        for start, place, short in definitions(sentence):
            at = wanted.get(short.lower())
            if at is None or short == system or words[at].rstrip(",;:") != short:
                continue
            if any(f"({short})" in word for word in words):
                continue
            spelt = list(sentence[start:place])
            said = {stem(bare(word)) for word in words}
            if sum(stem(bare(word)) in said for word in spelt) * 2 > len(spelt):
                twice = next(
                    (i for i in range(at + 1, len(words) - len(spelt)) if words[i] == "for"), 0
                )
                if list(map(bare, words[twice + 1 : twice + 1 + len(spelt)])) != [
                    *map(bare, spelt)
                ]:
                    continue  # the title says it already
                words = [*words[:twice], *words[twice + 1 + len(spelt) :]]
            if start == 0 and at and not any(w[:1].isupper() for w in spelt[1:]):
                spelt[0] = spelt[0][0].lower() + spelt[0][1:]
            longer = [*words[:at], *spelt, *words[at + 1 :]]
            if fits(longer):
                return _spelt_out(text, longer, system)
    return words
