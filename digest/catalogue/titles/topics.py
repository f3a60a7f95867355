"""What the opening of an abstract is about: the phrase that completes a title that says little."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.marks import opened
from digest.catalogue.titles.phrases import hangs
from digest.catalogue.titles.systems import abbreviation
from digest.catalogue.titles.verbs import VERBS
from digest.catalogue.titles.word_classes import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    GENERIC,
    PARTICIPLES,
    PREPOSITIONS,
    REFERENCES,
    RELATIVES,
    SUBORDINATORS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FINITE = listed(
    """carry carries possess possesses exhibit exhibits utilize utilizes neglect neglects ignore
    ignores struggle struggles consider considers adopt adopts treat treats provide provides
    propose proposes yield yields perform performs improve improves solve solves apply applies
    extract extracts assign determine determines show shows find finds obtain obtains describe
    describes play plays aims become becomes became remain remains remained require requires
    rely relies suffer suffers suffered enable enables allow allows faces facing pose poses
    emerge emerged emerges gain gained gains attract attracted attracts receive received
    receives seek seeks involve involves refer refers serve serves lead leads exist exists
    depend depends make makes made need needs arise arises occur occurs appear appears lie lies
    stand stands tend tends hold holds consist consists contain contains include includes
    represent represents concern concerns denote denotes achieve achieves achieved offer offers
    help helps focus focuses assume assumes produce produces use uses used learn learns employ
    employs capture captures cause causes generate generates encode encodes lack lacks fail
    fails continue continues promise promises constitute constitutes increases encompass
    encompasses underpin underpins drive drives often widely typically usually however recently
    increasingly shown proved proven proposed seen revolutionized transformed shown demonstrated
    achieved attracted garnered drawn witnessed advanced"""
)
_SPLITS = (
    PREPOSITIONS
    | DETERMINERS
    | CONJUNCTIONS
    | RELATIVES
    | AUXILIARIES
    | SUBORDINATORS
    | REFERENCES
    | (PARTICIPLES - {"related"})
    | FINITE
    | listed(
        """not no more most less very too also only each every all either neither both how what why
    if there here i.e e.g etc well much — – - been important crucial essential key significant
    fundamental remarkable challenging critical vital popular great major notable impressive
    difficult promising powerful recent existing previous contemporary modern current today's
    traditional conventional various different numerous common increasing growing good superior
    large massive huge"""
    )
    | FILLERS
)
NOISE = _SPLITS | GENERIC | frozenset(VERBS)
"""Words without a topic."""
_EMPTY = NOISE - GENERIC


LEAST = 0.15
"""Worth below which a phrase is no topic."""
CLEAR = 0.4
"""Worth from which it says more than what a method can do."""


class Topic(NamedTuple):
    """A phrase of the opening and how much the abstract speaks of it."""

    words: tuple[str, ...]
    score: float


def stem(word: str) -> str:
    """`word` without the ending of a plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "su" else word


def _chunks(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    depth = 0
    for i, word in enumerate(words):
        low = bare(word)
        inside = depth > 0
        if word[0] == "(" and i > start and abbreviation(word):
            if word[-1] != ")":
                yield start, i + 1
                start = i + 1
            continue
        if not word.isalnum():
            depth += opened(word)
        if (
            inside
            or depth > 0
            or word[0] in "(["
            or not low
            or low in _SPLITS
            or (
                low.endswith("ly")
                and len(low) > 5
                and not (i + 1 < len(words) and words[i + 1].endswith("supervised"))
            )
        ):
            if i > start:
                yield start, i
            start = i + 1
        elif word[-1] in ",;:.!?":
            yield start, i + 1
            start = i + 1
    if start < len(words):
        yield start, len(words)


class Focus:
    """What an abstract speaks of: the weight of its words, and the topics of its opening."""

    def __init__(self, text: Sequence[Sequence[str]]) -> None:
        self._text = text
        self.lows = [list(map(bare, words)) for words in text]
        """The text in `bare` words."""

    @cached_property
    def _counts(self) -> Counter[str]:
        counts = Counter(chain.from_iterable(self.lows))
        for low in [low for low in counts if "-" in low]:
            for part in low.split("-"):
                counts[part] += counts[low]
        return counts

    def weight(self, word: str) -> int:
        """How often `word`, in lower case, occurs, in the singular or plural."""
        single = stem(word)
        return self._counts[single] + self._counts[single + "s"]

    def antecedent(self, noun: str, before: int) -> tuple[str, ...] | None:
        """The fuller phrase that ends in `noun` in a sentence above number `before`."""
        for sentence in self._text[:before]:
            for opens, end in _chunks(sentence):
                start = opens
                while start < end and bare(sentence[start]) in _EMPTY:
                    start += 1
                for i in range(start + 1, min(end, start + 5)):
                    if bare(sentence[i]) == noun:
                        return _spelt(sentence[start : i + 1], start == 0)
        return None

    @cached_property
    def topics(self) -> list[Topic]:
        """Phrases of the first two sentences, the one that the abstract speaks of most first.

        The weights are a least-squares fit to how much of such a phrase stands in real titles.
        """
        found: list[Topic] = []
        for number, sentence in enumerate(self._text[:2]):
            for start, stop in _chunks(sentence):
                topic = self._topic(number, sentence, start, stop)
                if topic:
                    found.append(topic)
            if any(topic.score > CLEAR for topic in found):
                break
        return sorted(found, key=lambda t: (-t.score, t.words))

    def _topic(self, number: int, sentence: Sequence[str], start: int, stop: int) -> Topic | None:
        words = list(sentence[start:stop])
        shorts: list[str] = []
        if any(word[0] == "(" for word in words):
            shorts = [s for word in words if (s := abbreviation(word))]
            words = [word for word in words if not abbreviation(word)]
        lows = list(map(bare, words))
        before = bare(sentence[start - 1]) if start else ""
        skip = 0
        while skip < len(lows) and lows[skip] in NOISE:
            skip += 1
        lows, words = lows[skip:], words[skip:]
        size = len(lows)
        if not 1 <= size <= 5 or before == "to" or not all(w[0].isalnum() for w in words):
            return None
        if (
            hangs(lows[-1])
            or (lows[-1] in VERBS and lows[-1] not in GENERIC)
            or lows[-1].endswith(("ed", "ly"))
        ):
            return None
        value = 0.13 * sum(min(self.weight(low) - 1, 6) for low in lows) / size
        value += 0.02 * size - 0.1 * number - 0.2 * (size == 1 and "-" not in lows[0])
        value -= 0.0045 * min(start, 20)
        if shorts:
            value += 0.22 + 0.02 * min(self.weight(shorts[0].lower()), 6)
        if before == "for":
            value += 0.06
        if start == 0 or (start < 12 and sentence[start - 1][-1] == ","):
            value += SUBJECT
        value += 0.08 * lows[-1].endswith("ing") + 0.07 * any("-" in low for low in lows)
        value += 0.09 * (lows[-1] in GENERIC)
        single = size == 1 and "-" not in lows[0] and not shorts
        return (
            Topic(_spelt(words, start == 0), value)
            if value >= (CLEAR if single else LEAST)
            else None
        )


SUBJECT = 0.15


def _spelt(words: Sequence[str], opens: bool) -> tuple[str, ...]:
    first = words[0]
    if opens and first[1:].islower() and not any(w[:1].isupper() for w in words[1:]):
        first = first[0].lower() + first[1:]
    return (
        (first, *words[1:-1], words[-1].rstrip(",;:.!?"))
        if len(words) > 1
        else (first.rstrip(",;:.!?"),)
    )
