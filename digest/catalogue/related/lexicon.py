"""Words of a text, what they weigh, and the numbers by which they are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from digest.catalogue.background.words import PAPERS, word_frequencies
from digest.catalogue.topics.plain import plain_text, plain_word
from digest.catalogue.topics.vocabulary import stem

_TOKEN = re.compile(r"[^\W_]+|[.,;:!?()\[\]§]")
_JOINED = re.compile(r"[^\W_]+(?:-(?=[^\W_]))?|[^\w\s]")
_LONGEST = 32
_MOST_KNOWN = 200_000
_EVERYDAY = PAPERS // 5
"""Words of more papers than this say nothing: `the`, `we`, `show`."""
_FLATTEN = 300
"""Added to the papers of a word, so that rarity beyond one paper in 300 counts for little more:
papers are alike by their fields and methods rather than by a rare turn. Chosen on papers with
keywords by their authors."""
_STEPS = 8
_FURNITURE = frozenset({"arxiv", "doi", "http", "www", "url", "github"})
"""What leads to other places rather than being a subject."""
PAIR = 0x9E3779B97F4A7C15
"""A phrase of two words has the number of the first times this, plus that of the second, of which
64 bits are kept. Odd, so that phrases of different words seldom share a number."""


class Word(NamedTuple):
    """What the comparison needs to know of a word."""

    stem: str
    number: int
    """64 bits that stand for the stem, the same everywhere."""
    weight: int
    """How much sharing it says; 0 for everyday words, single letters, numbers and marks."""


MARK = Word("", 0, 0)


class Lexicon(dict[str, Word]):
    """Word, in any case, to what is known of it, worked out when the word is first met."""

    def __missing__(self, word: str) -> Word:
        known = _look_up(word)
        if len(self) < _MOST_KNOWN:
            self[word] = known
        return known


def _look_up(word: str) -> Word:
    plain = plain_word(word)
    if not plain or not plain[0].isalnum():
        return MARK
    base = stem(plain)
    return Word(base, number_of(base), _weight(base))


def _weight(base: str) -> int:
    papers = word_frequencies().get(base, 0)
    if papers > _EVERYDAY or base in _FURNITURE or not 1 < len(base) <= _LONGEST or base.isdigit():
        return 0
    return round(_STEPS * math.log(PAPERS / (papers + _FLATTEN)))


def number_of(text: str) -> int:
    """64 bits that stand for `text`, the same always and everywhere."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def split_words(text: str) -> list[str]:
    """The words of running text, LaTeX too, and the marks that part phrases."""
    return _TOKEN.findall(plain_text(text))


def split_joined(text: str) -> list[str]:
    """The words of running text, LaTeX too, each with the hyphen that joins it to the next, and
    every mark between them."""
    return _JOINED.findall(plain_text(text))


def word_stems(text: str) -> Iterator[str]:
    """Stems of the words of `text`, repeats included."""
    return (known.stem for word in split_words(text) if (known := LEXICON[word]).stem)


LEXICON = Lexicon()
"""Of this process. It never changes what is found, only how soon."""
