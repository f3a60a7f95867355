"""Where a text names topics: one pass over its words, the longest phrase first."""

from __future__ import annotations

from itertools import compress, count, islice
from operator import contains
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.topics.stems import is_loud, phrase_tokens
from digest.catalogue.topics.words import BODY

if TYPE_CHECKING:
    from digest.catalogue.topics.heads import Step
    from digest.catalogue.topics.senses import Sense
    from digest.catalogue.topics.vocabulary import Matcher
    from digest.catalogue.topics.words import Text

_ROOT = 4
"""So many letters tell whether two words are akin, as `convolution` and `convolutional` are."""


class Mention(NamedTuple):
    """A phrase of the taxonomy as it stands in a text."""

    sense: Sense
    place: float
    start: int
    stop: int
    """First word of the phrase, and the one after its last."""


class Mentions(NamedTuple):
    """What a title and an abstract name."""

    found: list[Mention]
    """Every mention of every topic, in the order of the text, ambiguous words included."""
    redefined: set[str]
    """Topics whose abbreviation the text uses for something else."""
    steps: list[tuple[int, Step]]
    """Where two words begin a phrase, of the taxonomy or the background, and what they begin."""


def find_mentions(matcher: Matcher, text: Text, *, keyword: bool = False) -> Mentions:
    """Look up every run of words in the taxonomy. A `keyword` may be all in capitals."""
    words, stems = text.words, text.stems
    nexts = [*map(matcher.heads.__getitem__, stems)]
    pairs = compress(count(), map(contains, nexts, islice(stems, 1, None)))
    steps = [(i, nexts[i][stems[i + 1]]) for i in pairs]
    longer = {i: step[0] for i, step in steps if step[0]}
    lone, exact = matcher.lone, matcher.exact
    alone = [*compress(count(), map(matcher.openers.__contains__, stems))]
    shorts: dict[int, tuple[int, list[Sense]]] = {}
    if short := [i for i in alone if words[i] in exact]:
        shorts = _abbreviations(matcher, text, short, keyword=keyword)
    found: list[Mention] = []
    mentions = Mentions(found, set(), steps)
    end = 0
    last: tuple[Sense, ...] = ()
    bounds = iter([*text.starts[1:], len(stems)])
    bound = at = -1
    place = BODY
    for i in sorted({*longer, *alone}):
        if i < end and (i not in longer or words[i - 1][-1] == "-"):
            continue
        while i >= bound:
            bound, at = next(bounds), at + 1
            place = text.places[at]
        stop = i
        senses: tuple[Sense, ...] = ()
        if i in longer:
            for size, rest, meant in longer[i]:
                if size == 2 or stems[i + 2 : i + size] == rest:
                    stop, senses = i + size, meant
                    break
            if stop <= end and i < end:
                continue  # within another; of two that overlap, both count: `urban traffic control`
        if stop == i and (senses := lone[stems[i]]):
            stop = i + 1
        if i in shorts:
            short_stop, short_senses = shorts[i]
            if short_stop > stop:
                stop, senses = short_stop, tuple(short_senses)
            elif short_stop == stop:
                known = {s.slug for s in senses}
                senses += tuple(s for s in short_senses if s.slug not in known)
        if stop == i + 1:
            word = words[i]
            if not word.islower() and is_loud(word) and not _shouted(text, at):
                # `MARS` or `MaRs` is the name of a method, not the planet
                senses = tuple([s for s in senses if s.loud or s.kind == "short"])
        if not senses:
            continue
        for sense in senses:
            if sense[1] == "short" and _redefines(
                matcher, text, i, sense, last if end in (i, i - 1) else ()
            ):
                mentions.redefined.add(sense.slug)
            found.append(tuple.__new__(Mention, (sense, place, i, stop)))
        end, last = stop, senses
    return mentions


def _shouted(text: Text, sentence: int) -> bool:
    """Whether a sentence is all in capitals: there every word looks like an abbreviation."""
    start = text.starts[sentence]
    rest = text.starts[sentence + 1 : sentence + 2]
    words = text.words[start : rest[0] if rest else None]
    return words[0].isupper() and "".join(words).isupper()


def _abbreviations(
    matcher: Matcher, text: Text, places: list[int], *, keyword: bool
) -> dict[int, tuple[int, list[Sense]]]:
    """Which of `places` begin abbreviations: where the longest ends, and what it stands for."""
    found: dict[int, tuple[int, list[Sense]]] = {}
    words = text.words
    sentences = [*text.starts, len(words)]
    at, shouted = -1, False
    for i in places:
        while i >= sentences[at + 1]:
            at += 1
            shouted = not keyword and _shouted(text, at)
        if shouted:
            continue
        stop = 0
        senses: list[Sense] = []
        for tokens, sense in matcher.exact[words[i]]:
            size = len(tokens)
            if stop and i + size < stop:
                break
            if size == 1 or tuple([w.rstrip("-") for w in words[i : i + size]]) == tokens:
                stop = i + size
                if all(s.slug != sense.slug for s in senses):
                    senses.append(sense)
        if senses:
            found[i] = stop, senses
    return found


def _redefines(
    matcher: Matcher, text: Text, at: int, sense: Sense, before: tuple[Sense, ...]
) -> bool:
    """Whether the abbreviation stands for other words here: `Gross Annual Need (GAN)`."""
    if at == 0 or text.words[at - 1] != "(" or any(s.slug == sense.slug for s in before):
        return False
    letters = [c for c in text.words[at] if c.isupper()]
    first = at - 1 - len(letters)
    if len(letters) < 2 or first < 0:
        return False
    if [w[0].upper() for w in text.words[first : at - 1]] != letters:
        return False
    phrases = matcher.ranks[sense.slug].topic.words
    own = {token[:_ROOT] for phrase in phrases for token in phrase_tokens(phrase)}
    return not own.issuperset(stem[:_ROOT] for stem in text.stems[first : at - 1])
