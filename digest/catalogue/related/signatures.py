"""What a paper is compared by: some hundred numbers with weights. A pure function of the paper.

Words and phrases of title and abstract, weighted by their number and by how rare they are in papers
of all fields (tf-idf with logarithmic tf; G. Salton and C. Buckley, Term-weighting approaches in
automatic text retrieval, 1988), brought to one length; then what `features` gives. Weights are
integers, so that sums do not depend on the order of adding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.features import Feature, features
from digest.catalogue.related.lexicon import LEXICON, PAIR, split_words
from digest.paper import Paper

LENGTH = 1000
"""Length, as of a vector, of the words of one paper: equal texts score `LENGTH` squared."""
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

Ints = NDArray[np.int64]
Numbers = NDArray[np.uint64]


class Signatures(NamedTuple):
    """Of some papers, one after the other; within a paper heaviest first."""

    sizes: NDArray[np.int32]
    """Number of terms, by paper."""
    terms: Numbers
    weights: NDArray[np.uint16]


class _Terms(NamedTuple):
    papers: Ints
    terms: Numbers
    weights: Ints


def sign(papers: Sequence[Paper]) -> Signatures:
    """The signatures of `papers`; each is the same in whatever company."""
    text = _best(len(papers), _weighted(*_tokens(papers)))
    rest = [features(paper) for paper in papers]
    return _sorted(len(papers), _joined(text, _listed(rest)))


def _tokens(papers: Sequence[Paper]) -> tuple[_Terms, Ints]:
    """Number and weight of every token of every paper, and how often each counts."""
    tokens: list[str] = []
    sizes: list[tuple[int, int]] = []
    for paper in papers:
        title = split_words(paper.title)[:_MOST_TOKENS]
        rest = split_words(paper.abstract or "")[:_MOST_TOKENS]
        tokens += [*title, ".", *rest, "."]
        sizes.append((len(title), len(rest) + 2))
    words = dict(zip(dict.fromkeys(tokens), count(), strict=False))
    known = [LEXICON[word] for word in words]
    places = np.fromiter(map(words.__getitem__, tokens), np.int64, len(tokens))
    numbers = np.array([word.number for word in known], np.uint64)[places]
    weights = np.array([word.weight for word in known], np.int64)[places]
    lengths = np.array(sizes, np.int64).reshape(-1, 2)
    owners = np.repeat(np.arange(len(papers)), lengths.sum(1))
    times = np.repeat(np.tile(np.array([_TITLE, 1]), len(papers)), lengths.ravel())
    return _Terms(owners, numbers, weights), times


def _weighted(tokens: _Terms, times: Ints) -> _Terms:
    """Terms of each paper once; phrases only where they come twice, or stand in the title."""
    telling = tokens.weights > 0
    words = _Terms(tokens.papers[telling], tokens.terms[telling], tokens.weights[telling])
    words = _counted(words, times[telling], 1)
    pairs = telling[:-1] & telling[1:]  # never across papers: each ends with a mark
    # As `pair_number`: arrays of 64 bits wrap around.
    numbers = tokens.terms[:-1][pairs] * np.uint64(PAIR) + tokens.terms[1:][pairs]
    weights = (tokens.weights[:-1] + tokens.weights[1:])[pairs] * _PHRASE[0] // _PHRASE[1]
    phrases = _Terms(tokens.papers[:-1][pairs], numbers, weights)
    both = np.minimum(times[:-1], times[1:])[pairs]
    return _joined(words, _counted(phrases, both, 2))


def _counted(terms: _Terms, times: Ints, least: int) -> _Terms:
    order = np.lexsort((terms.terms, terms.papers))
    papers, numbers = terms.papers[order], terms.terms[order]
    new = np.ones(len(order), bool)
    new[1:] = (papers[1:] != papers[:-1]) | (numbers[1:] != numbers[:-1])
    starts = np.flatnonzero(new)
    counts = np.add.reduceat(times[order], starts) if len(starts) else times
    keep = counts >= least
    first = starts[keep]
    factor = _TIMES[np.minimum(counts[keep], _MOST_TIMES)]
    return _Terms(papers[first], numbers[first], terms.weights[order][first] * factor)


def _best(size: int, terms: _Terms) -> _Terms:
    """The `_TERMS` heaviest of each paper, brought to `LENGTH`."""
    order = np.lexsort((terms.terms, -terms.weights, terms.papers))
    papers = terms.papers[order]
    sizes = np.bincount(papers, minlength=size)
    rank = np.arange(len(papers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    order = order[rank < _TERMS]
    papers, weights = terms.papers[order], terms.weights[order]
    squares = np.bincount(papers, (weights * weights).astype(float), minlength=size)
    scaled = np.rint(weights * (LENGTH / np.sqrt(squares)[papers])).astype(np.int64)
    return _Terms(papers, terms.terms[order], np.maximum(scaled, 1))


def _listed(rows: Sequence[list[Feature]]) -> _Terms:
    sizes = [len(row) for row in rows]
    return _Terms(
        np.repeat(np.arange(len(rows)), sizes),
        np.fromiter((number for number, _ in chain(*rows)), np.uint64, sum(sizes)),
        np.fromiter((weight for _, weight in chain(*rows)), np.int64, sum(sizes)),
    )


def _joined(one: _Terms, other: _Terms) -> _Terms:
    return _Terms(
        np.concatenate((one.papers, other.papers)),
        np.concatenate((one.terms, other.terms)),
        np.concatenate((one.weights, other.weights)),
    )


def _sorted(size: int, terms: _Terms) -> Signatures:
    order = np.lexsort((terms.terms, -terms.weights, terms.papers))
    return Signatures(
        np.bincount(terms.papers, minlength=size).astype(np.int32),
        terms.terms[order],
        terms.weights[order].astype(np.uint16),
    )
