"""Papers -> the words that they are found by, as arrays: how prominent, where, and whose names.

What a batch of papers says rests on these papers alone, so batches may be read by any process and
in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.latex import to_plain
from digest.paper import Paper
from digest.search import occurrences
from digest.search.levels import SYSTEM, TAG, VENUE, levels
from digest.search.occurrences import Occurrences
from digest.search.postings import Ints
from digest.search.words import folded, name_words, words

Broader = Callable[[str], Iterable[str]]
"""The slugs of the topics above one."""

LAST_PLACE = 58
NO_PLACE = 59
"""Place in the title of a word that stands in no title."""
_MOST_PLACES = 65_000
"""Words of an abstract of which the places are kept."""


class Texts(NamedTuple):
    """What some papers say. Papers stand by their places in the batch, terms by theirs in
    `terms`; the rows of each group are in the order of the papers."""

    terms: list[str]
    post_papers: NDArray[np.int32]
    post_terms: NDArray[np.int32]
    post_levels: NDArray[np.uint8]
    post_places: NDArray[np.uint8]
    """In the title, or `NO_PLACE`."""
    people_papers: NDArray[np.int32]
    people_terms: NDArray[np.int32]
    spot_papers: NDArray[np.int32]
    spot_terms: NDArray[np.int32]
    spot_places: NDArray[np.uint16]
    """In the abstract, ascending."""
    titles: list[str]
    """The folded title of each paper, by which papers are sorted."""


def read(papers: Sequence[Paper], broader: Broader | None = None) -> Texts:
    """What `papers` say; they are also found by the topics that stand above theirs."""
    abstract, title = occurrences.Texts(), occurrences.Texts()
    other, people, filters = (occurrences.Terms() for _ in range(3))
    weights: list[float] = []
    titles: list[str] = []
    for paper in papers:
        heading = to_plain(paper.title)
        titles.append(folded(heading))
        title.add(heading)
        abstract.add(to_plain(paper.abstract or ""))
        elsewhere = [*_elsewhere(paper)]
        other.add([word for word, _ in elsewhere])
        weights += [weight for _, weight in elsewhere]
        people.add([word for author in paper.authors for word in _of_name(author.name)])
        filters.add([*filter_terms(paper, broader)])
    numbers = occurrences.Numbers()
    in_abstract, in_title, in_other, in_people, in_filters = (
        column.occurrences(numbers) for column in (abstract, title, other, people, filters)
    )
    size, width = len(papers), len(numbers) + 1
    spot_rows, spot_places = _spots(in_abstract, width)
    keys, posts = np.unique(
        np.concatenate(
            [part.papers * width + part.terms for part in (in_abstract, in_title, in_other)]
        ),
        return_inverse=True,
    )
    post_papers, post_terms = np.divmod(keys, width)
    of_abstract, of_title, of_other = np.split(
        posts, np.cumsum([len(in_abstract.terms), len(in_title.terms)])
    )
    found = levels(
        np.bincount(of_abstract, minlength=len(keys)),
        _lengths(in_abstract, size)[post_papers],
        np.bincount(of_title, minlength=len(keys)),
        _lengths(in_title, size)[post_papers],
        np.bincount(of_other, np.array(weights, float), minlength=len(keys)),
    )
    at = np.full(len(keys), NO_PLACE, np.uint8)
    # The first place of several: the last that is written.
    at[of_title[::-1]] = np.minimum(in_title.places[::-1], LAST_PLACE)
    everyone = np.unique(in_people.papers * width + in_people.terms)
    filtered = np.unique(in_filters.papers * width + in_filters.terms)
    small = np.int32
    return Texts(
        [*numbers],
        np.concatenate((post_papers, filtered // width)).astype(small),
        np.concatenate((post_terms, filtered % width)).astype(small),
        np.concatenate((found, np.zeros(len(filtered), np.int64))).astype(np.uint8),
        np.concatenate((at, np.full(len(filtered), NO_PLACE, np.uint8))),
        (everyone // width).astype(small),
        (everyone % width).astype(small),
        (spot_rows // width).astype(small),
        (spot_rows % width).astype(small),
        spot_places,
        titles,
    )


def _spots(found: Occurrences, width: int) -> tuple[Ints, NDArray[np.uint16]]:
    """Papers and terms in one number, and the places, each once: `bat-s` is `bat` twice."""
    kept = found.places < _MOST_PLACES
    rows = np.unique((found.papers * width + found.terms)[kept] << 16 | found.places[kept])
    return rows >> 16, (rows & 0xFFFF).astype(np.uint16)


def _elsewhere(paper: Paper) -> Iterator[tuple[str, float]]:
    """Words that stand neither in the title nor in the abstract alone, and what they count."""
    yield from ((word, SYSTEM) for word, _ in words(to_plain(paper.system or "")))
    for tag in paper.tags:
        yield from ((word, TAG) for word in _of_tag(tag.name))
    said = (paper.venue.label if paper.venue else "", paper.eprint or "", paper.doi or "")
    for text in said:
        yield from ((word, VENUE) for word, _ in words(text))


@lru_cache(10_000)
def _of_tag(name: str) -> tuple[str, ...]:
    return tuple(word for word, _ in words(name))


@lru_cache(50_000)
def _of_name(name: str) -> tuple[str, ...]:
    return tuple(name_words(name))


def filter_terms(paper: Paper, broader: Broader | None = None) -> set[str]:
    """The terms of filters: what the paper is about (as far as that has a page), where it appeared,
    and what it has."""
    slugs = {tag.slug for tag in paper.tags if tag.page}
    if broader:
        slugs = slugs.union(*map(broader, slugs))
    found = {f"tag:{slug}" for slug in slugs}
    if paper.venue:
        found.add(f"venue:{paper.venue.slug}")
    if paper.abstract:
        found.add("has:abstract")
    found.update(f"has:{link.kind}" for link in paper.links)
    return found


def _lengths(found: Occurrences, size: int) -> NDArray[Any]:
    return np.bincount(found.papers, minlength=size)
