"""The page of what a reader saved, and the file by which a browser tells which papers are new.

The site knows neither its readers nor the time: two builds of the same papers are the same to the
last byte. So it is the reader's browser that remembers what was there at its last visit. It need
not keep, nor the site send, the names of 100,000 papers: `data/known.js` holds a sketch of the set
of them, of one size for nearly all sites, and the difference of two sketches is a sketch of the
papers that came or went between them, which can be read out as long as they are some hundreds.

It is an invertible Bloom lookup table (M. T. Goodrich and M. Mitzenmacher, *Invertible Bloom lookup
tables*, 2011; D. Eppstein et al., *What's the difference?*, 2011), whose cells hold sums by
exclusive or. Each paper stands in one cell of each of three tables; a cell in whose difference a
single paper is left tells which; taken out of its other two cells, that paper may free others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

from msgspec import Struct

from digest.paper import Paper
from digest.text import mark_of
from digest.website.exports import Text
from digest.website.pages import Page, Recipe, Ways

PATH = "saved.html"
KNOWN = "data/known.js"
TABLES = 3
_MANY = 10_000
"""Papers from which a site grows by so many between two visits that it needs larger tables."""
_CELLS, _MORE_CELLS = 128, 512
"""Cells of one table: some 250 papers, or 1,000, can be told apart. Powers of two, so that the
larger table can be folded onto the smaller where a site grew beyond `_MANY`."""
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Six bits each."""
_MASK = 0xFFFF_FFFF


class SavedPage(Struct, frozen=True):
    """The view of `saved.html`: what it lists is known to the reader's browser alone."""


def plan_saved(papers: Sequence[Paper], ways: Ways) -> Iterator[Page]:
    """`saved.html` and `data/known.js`."""
    yield Page(PATH, "saved.html", SavedPage())
    mark = mark_of("\n".join(sorted(paper.slug for paper in papers)).encode())
    yield Page(KNOWN, "text", Recipe(_known, None, papers, ways, mark))


def _known(_shown: Any, papers: Sequence[Paper], _ways: Ways) -> Text:
    return Text(f'digestKnown({len(papers)},"{sketch([paper.slug for paper in papers])}");\n')


def sketch(slugs: Sequence[str]) -> str:
    """The tables of a set of slugs, one after the other.

    A cell is nine of `_SIGNS`: the number of its papers modulo 64, six for the exclusive or of
    their hashes (32 bits) and two for that of 12 bits by which a single paper is told from several.
    """
    size = _CELLS if len(slugs) < _MANY else _MORE_CELLS
    last = size - 1
    counts = [0] * (TABLES * size)
    hashes = counts[:]
    checks = counts[:]
    for slug in slugs:
        code = crc32(slug.encode())
        spread = mixed(code)
        check = mixed(code ^ 0x9E37_79B9) & 0xFFF
        for table in range(TABLES):
            place = table * size + (spread >> 9 * table & last)
            counts[place] += 1
            hashes[place] ^= code
            checks[place] ^= check
    cells = zip(counts, hashes, checks, strict=True)
    return "".join(
        _signs(count & 63, 1) + _signs(code, 6) + _signs(check, 2) for count, code, check in cells
    )


def mixed(code: int) -> int:
    """A number of 32 bits for one of 32 bits, each in which all bits of the other have a say.

    The finalizer of MurmurHash3 (A. Appleby, public domain).
    """
    code = (code ^ code >> 16) * 0x85EB_CA6B & _MASK
    code = (code ^ code >> 13) * 0xC2B2_AE35 & _MASK
    return code ^ code >> 16


def _signs(number: int, length: int) -> str:
    return "".join(_SIGNS[number >> 6 * place & 63] for place in reversed(range(length)))
