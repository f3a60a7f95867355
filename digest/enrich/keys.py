"""Keys under which a paper is found in an index: 64-bit hashes of what identifies it.

Exact keys are of the identifiers, the title's letters and the abstract's letters. Near keys are of
runs of four words of the abstract: an index holds the first three of each abstract and one in
sixteen of the rest, chosen by the hash itself, so that whoever asks with all runs of a text that
differs, or is cut, meets some of them.
"""

from __future__ import annotations

from hashlib import blake2b
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from digest.enrich.wording import words
from digest.identifiers import canonical_doi
from digest.paper import Record

Keys = NDArray[np.uint64]

TITLE_LEAST = 15
"""Letters of a title below which it is no key."""
ABSTRACT_LEAST = 80
"""Likewise of an abstract."""
_RUN = 4
_ALWAYS = 3
_ONE_IN = np.uint64(16)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_NEAR = np.uint64(1)
_NONE: Keys = np.empty(0, np.uint64)


def exact_keys(record: Record, abstract: list[str]) -> list[int]:
    """The exact keys of `record`, the words of whose abstract are given."""
    found = []
    if record.eprint:
        found.append(_key("i", record.eprint))
    if record.doi:
        found.append(_key("d", canonical_doi(record.doi)))
    title = "".join(words(record.title))
    if len(title) >= TITLE_LEAST:
        found.append(_key("t", title))
    text = "".join(abstract)
    if len(text) >= ABSTRACT_LEAST:
        found.append(_key("a", text))
    return found


def near_keys(abstract: list[str]) -> Keys:
    """The keys of all runs of words, in their order: what one asks with."""
    if len(abstract) < _RUN:
        return _NONE
    hashes = np.array([crc32(word.encode()) for word in abstract], np.uint64)
    size = len(hashes) - _RUN + 1
    mixed = np.zeros(size, np.uint64)
    for place in range(_RUN):
        mixed = (mixed ^ hashes[place : place + size]) * _MIX
        mixed ^= mixed >> _SHIFT
    return mixed | _NEAR


def kept_near_keys(abstract: list[str]) -> Keys:
    """Those of them that an index holds."""
    every = near_keys(abstract)
    chosen = (every >> np.uint64(1)) % _ONE_IN == 0
    chosen[:_ALWAYS] = True
    return np.unique(every[chosen])


def _key(kind: str, text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, person=kind.encode())
    # The last bit tells exact keys (0) from near ones (1).
    return int.from_bytes(digest.digest(), "little") & ~1
