"""What a paper is compared by: some hundred numbers with weights. A pure function of the paper.

Words and phrases of title and abstract, then what `features` gives. Beside each number stands what
it is and how the paper spells it, so that reasons need no texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Numbers, Places
from digest.catalogue.related.features import Feature, features, system_word
from digest.catalogue.related.strings import Block, join_blocks, make_strings
from digest.catalogue.related.terms import RARE, Terms, heaviest_first, join_terms, read_texts
from digest.paper import Paper

_BLOCK = 500
"""Papers that are signed at a time."""


class Signatures(NamedTuple):
    """Of some papers, one after the other; within a paper heaviest first."""

    marks: Numbers
    """Of all that the rest follows from, by paper."""
    dithers: NDArray[np.int32]
    """By paper 2^15 to 2^16 - 1, from its key: see `bounds`."""
    systems: Numbers
    """By paper the number of the word that names its system; 0 where others may use the word
    without meaning it."""
    spoken: NDArray[np.uint16]
    """By paper how many words of its abstract say something."""
    sizes: NDArray[np.int32]
    """Number of terms, by paper."""
    terms: Numbers
    weights: NDArray[np.uint16]
    kinds: NDArray[np.uint8]
    names: NDArray[np.int32]
    """As each term is told: places in `strings`; -1 where it never is."""
    strings: Block


def sign(papers: Sequence[Paper]) -> Signatures:
    """The signatures of `papers`; each is the same in whatever company."""
    if not 0 < len(papers) <= _BLOCK:
        blocks = range(0, max(len(papers), 1), _BLOCK)
        return join_signatures([_sign(papers[at : at + _BLOCK]) for at in blocks])
    return _sign(papers)


def _sign(papers: Sequence[Paper]) -> Signatures:
    text = read_texts(papers)
    if text is None:
        half = len(papers) // 2
        return join_signatures([_sign(papers[:half]), _sign(papers[half:])])
    rest = [features(paper) for paper in papers]
    terms = join_terms(text.terms, _listed(rest, len(text.names)))
    order = heaviest_first(terms)
    return Signatures(
        marks=np.array([mark(paper) for paper in papers], np.uint64),
        dithers=np.array([_dither(paper.key) for paper in papers], np.int32),
        systems=np.array([_system(paper) for paper in papers], np.uint64),
        spoken=np.minimum(text.spoken, 2**16 - 1).astype(np.uint16),
        sizes=np.bincount(terms.papers, minlength=len(papers)).astype(np.int32),
        terms=terms.numbers[order],
        weights=terms.weights[order].astype(np.uint16),
        kinds=terms.kinds[order],
        names=terms.names[order].astype(np.int32),
        strings=make_strings([*text.names, *(feature.name for feature in chain(*rest))]),
    )


def join_signatures(parts: Sequence[Signatures]) -> Signatures:
    """Those of the papers of all `parts`, in their order."""
    names = renamed(parts)
    arrays = [np.concatenate(columns) for columns in zip(*(p[:-2] for p in parts), strict=True)]
    strings = join_blocks([part.strings for part in parts])
    return Signatures._make([*arrays, np.concatenate(names), strings])


def renamed(parts: Sequence[Signatures]) -> list[Places]:
    """The names of each of `parts` as places in the strings of all."""
    sizes = accumulate((len(part.strings.ends) for part in parts), initial=0)
    firsts = zip(parts, map(np.int32, sizes), strict=False)
    return [part.names + first * (part.names >= 0) for part, first in firsts]


def mark(paper: Paper) -> int:
    """64 bits that change with whatever a signature rests on."""
    parts = [paper.key, paper.title, paper.abstract or "", paper.comment or ""]
    parts += [paper.system or "", paper.eprint or "", paper.doi or ""]
    parts += [link.url for link in paper.links]
    parts.append("\0authors")
    parts += [author.name for author in paper.authors]
    for tag in paper.tags:
        parts += ["\0tag", tag.slug, tag.name, tag.source]
    text = "\0\n".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest())


def _dither(key: str) -> int:
    return 1 << 15 | crc32(key.encode("utf-8", "surrogatepass")) >> 17


def _system(paper: Paper) -> int:
    word = system_word(paper)
    return word.number if word.weight >= RARE else 0


def _listed(rows: Sequence[list[Feature]], first: int) -> Terms:
    """Their names stand from `first` on."""
    sizes = [len(row) for row in rows]
    flat = [*chain(*rows)]
    return Terms(
        np.repeat(np.arange(len(rows)), sizes),
        np.array([feature.number for feature in flat], np.uint64),
        np.array([feature.weight for feature in flat], np.int64),
        np.array([feature.kind for feature in flat], np.uint8),
        np.arange(first, first + len(flat)),
    )
