"""The words and phrases of papers and their weights, as arrays.

Weighted by their number and by how rare they are in papers of all fields (tf-idf with logarithmic
tf; G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, 1988), brought
to one length. Weights are integers, so that sums do not depend on the order of adding.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Numbers
from digest.catalogue.related.features import Kind
from digest.catalogue.related.lexicon import LEXICON, PAIR, split_joined
from digest.paper import Paper

LENGTH = 1000
"""Length, as of a vector, of the words of one paper: equal texts score `LENGTH` squared."""
RARE = 28
"""Weight from which a single word is worth telling: in at most some 3 papers of 100."""
_TERMS = 80
"""Words and phrases of a paper, at most."""
_MOST_TOKENS = 2000
_TITLE = 3
"""A word of the title counts so many times."""
_MOST_TIMES = 64
_PHRASE = (3, 10)
"""Share of the weights of its words that a phrase of two has."""
_TIMES = np.array(
    [0, *(round(16 * (1 + math.log(n))) for n in range(1, _MOST_TIMES + 1))], np.int64
)
_BITS = 63
"""What fits into an integer besides its sign."""


class Terms(NamedTuple):
    """Each term of each of some papers once."""

    papers: Ints
    numbers: Numbers
    weights: Ints
    kinds: NDArray[np.uint8]
    names: Ints
    """Places in a list of what is told; -1 where it never is."""


class Text(NamedTuple):
    """What the texts of some papers say."""

    terms: Terms
    names: list[str]
    spoken: Ints
    """By paper how many words of its abstract say something."""


class _Vocabulary(NamedTuple):
    """The words of some papers."""

    spelt: list[str]
    shown: Ints
    """By word 1 where it has capitals: others are told rather."""
    stems: Ints
    """By word a place in what follows."""
    numbers: Numbers
    """By stem, ascending."""
    weights: Ints
    kinds: NDArray[np.uint8]


class _Tokens(NamedTuple):
    """The words of some papers in their order."""

    papers: Ints
    words: Ints
    """Places in the vocabulary."""
    times: Ints
    """How often each counts."""
    spoken: Ints
    """1 in abstracts, 0 in titles."""


class _Groups(NamedTuple):
    """Equal keys: each once, ascending."""

    keys: Ints
    times: Ints
    tokens: Ints
    """The token that is told: the first without capitals, or the first."""
    spoken: Ints


def read_texts(papers: Sequence[Paper]) -> Text | None:
    """Of `papers`, which stand by their places; None where they are too long to read at once. One
    paper never is, nor are 500 of ordinary length."""
    tokens, vocabulary = _read(papers)
    stems, long = len(vocabulary.numbers), len(tokens.words)
    if (len(papers) * stems * stems).bit_length() + 1 + long.bit_length() > _BITS:
        return None
    words, spoken = _words(len(papers), tokens, vocabulary)
    terms = _best(len(papers), join_terms(words, _phrases(tokens, vocabulary)))
    return Text(*_spelt(terms, tokens, vocabulary), spoken)


def _read(papers: Sequence[Paper]) -> tuple[_Tokens, _Vocabulary]:
    tokens: list[str] = []
    sizes: list[tuple[int, int]] = []
    for paper in papers:
        title = split_joined(paper.title)[:_MOST_TOKENS]
        rest = split_joined(paper.abstract or "")[:_MOST_TOKENS]
        tokens += title
        tokens.append(".")
        tokens += rest
        tokens.append(".")  # so that no phrase reaches from paper to paper
        sizes.append((len(title) + 1, len(rest) + 1))
    places: defaultdict[str, int] = defaultdict(count().__next__)
    words = np.fromiter(map(places.__getitem__, tokens), np.int64, len(tokens))
    lengths = np.array(sizes, np.int64).reshape(-1, 2)
    sides = lengths.ravel()
    return _Tokens(
        np.repeat(np.arange(len(papers)), lengths.sum(1)),
        words,
        np.repeat(np.tile([_TITLE, 1], len(papers)), sides),
        np.repeat(np.tile([0, 1], len(papers)), sides),
    ), _look_up([*places])


def _look_up(spelt: list[str]) -> _Vocabulary:
    known = [LEXICON[word.removesuffix("-")] for word in spelt]
    rows = {word.number: word for word in known}
    numbers, stems = np.unique(
        np.array([word.number for word in known], np.uint64), return_inverse=True
    )
    kinds = [
        Kind.WORD if row.weight >= RARE and len(row.stem) > 2 else Kind.TEXT
        for row in map(rows.__getitem__, numbers.tolist())
    ]
    return _Vocabulary(
        spelt,
        np.array([not word.islower() for word in spelt], np.int64),
        stems.astype(np.int64),
        numbers,
        np.array([rows[number].weight for number in numbers.tolist()], np.int64),
        np.array(kinds, np.uint8),
    )


def _words(size: int, tokens: _Tokens, vocabulary: _Vocabulary) -> tuple[Terms, Ints]:
    """Words of each paper once, and how many stand in its abstract."""
    stems = vocabulary.stems[tokens.words]
    at = np.flatnonzero(vocabulary.weights[stems])
    keys = tokens.papers[at] * len(vocabulary.numbers) + stems[at]
    groups = _grouped(keys, at, vocabulary.shown[tokens.words[at]], tokens)
    papers, stems = np.divmod(groups.keys, len(vocabulary.numbers))
    spoken = np.bincount(papers[groups.spoken > 0], minlength=size)
    weights = vocabulary.weights[stems] * _TIMES[np.minimum(groups.times, _MOST_TIMES)]
    kinds = vocabulary.kinds[stems]
    return Terms(papers, vocabulary.numbers[stems], weights, kinds, groups.tokens), spoken


def _phrases(tokens: _Tokens, vocabulary: _Vocabulary) -> Terms:
    """Phrases of two words that stand in the title or come twice, of each paper once."""
    stems, many = vocabulary.stems[tokens.words], len(vocabulary.numbers)
    telling = vocabulary.weights[stems] > 0
    at = np.flatnonzero(telling[:-1] & telling[1:])
    keys = (tokens.papers[at] * many + stems[at]) * many + stems[at + 1]
    shown = vocabulary.shown[tokens.words[at]] | vocabulary.shown[tokens.words[at + 1]]
    groups = _grouped(keys, at, shown, tokens)
    groups = _Groups._make(column[groups.times > 1] for column in groups)
    papers, pairs = np.divmod(groups.keys, many * many)
    first, second = np.divmod(pairs, many)
    # Arrays of 64 bits wrap around.
    numbers = vocabulary.numbers[first] * np.uint64(PAIR) + vocabulary.numbers[second]
    weights = (vocabulary.weights[first] + vocabulary.weights[second]) * _PHRASE[0] // _PHRASE[1]
    weights *= _TIMES[np.minimum(groups.times, _MOST_TIMES)]
    kinds = np.full(len(papers), Kind.PHRASE, np.uint8)
    return Terms(papers, numbers, weights, kinds, groups.tokens)


def _grouped(keys: Ints, at: Ints, shown: Ints, tokens: _Tokens) -> _Groups:
    bits = len(tokens.words).bit_length()
    rows = np.sort((keys << bits + 1) | (shown << bits) | at)  # several times as fast as `lexsort`
    keys, at = rows >> bits + 1, rows & ((1 << bits) - 1)
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    times, spoken = tokens.times[at], tokens.spoken[at]
    if len(starts):
        times, spoken = np.add.reduceat(times, starts), np.add.reduceat(spoken, starts)
    return _Groups(keys[starts], times, at[starts], spoken)


def _best(size: int, terms: Terms) -> Terms:
    """The `_TERMS` heaviest of each paper, brought to `LENGTH`."""
    order = heaviest_first(terms)
    papers = terms.papers[order]
    sizes = np.bincount(papers, minlength=size)
    rank = np.arange(len(papers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    best = Terms._make(column[order[rank < _TERMS]] for column in terms)
    squares = np.bincount(best.papers, (best.weights**2).astype(float), minlength=size)
    scaled = np.rint(best.weights * (LENGTH / np.sqrt(squares)[best.papers])).astype(np.int64)
    return best._replace(weights=np.maximum(scaled, 1))


def heaviest_first(terms: Terms) -> Ints:
    """By paper, then weight, which stays below 2^18, then number, of which half is enough."""
    keys = (terms.papers + 1 << 18) - terms.weights << 32
    keys |= (terms.numbers >> np.uint64(32)).astype(np.int64)
    return np.argsort(keys, kind="stable")


def _spelt(terms: Terms, tokens: _Tokens, vocabulary: _Vocabulary) -> tuple[Terms, list[str]]:
    """`terms`, whose names were tokens, with places in the list of what is told."""
    told = terms.kinds != Kind.TEXT
    at = terms.names[told]
    paired = terms.kinds[told] == Kind.PHRASE
    base = len(vocabulary.spelt) + 1
    second = np.where(paired, tokens.words[np.minimum(at + 1, len(tokens.words) - 1)] + 1, 0)
    codes, places = np.unique(tokens.words[at] * base + second, return_inverse=True)
    names = np.full(len(told), -1, np.int64)
    names[told] = places
    spelt = vocabulary.spelt
    rows = zip(*(part.tolist() for part in np.divmod(codes, base)), strict=True)
    return terms._replace(names=names), [
        _surface(spelt[one], spelt[other - 1]) if other else spelt[one].removesuffix("-")
        for one, other in rows
    ]


def _surface(first: str, second: str) -> str:
    return first + ("" if first.endswith("-") else " ") + second.removesuffix("-")


def join_terms(one: Terms, other: Terms) -> Terms:
    """Both, of the same papers."""
    return Terms(
        np.concatenate((one.papers, other.papers)),
        np.concatenate((one.numbers, other.numbers)),
        np.concatenate((one.weights, other.weights)),
        np.concatenate((one.kinds, other.kinds)),
        np.concatenate((one.names, other.names)),
    )
