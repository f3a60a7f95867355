"""The steps from papers to the lists of related ones that are done by batches, in any process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from digest.catalogue.related.arrays import Ints, Places
from digest.catalogue.related.index import Index
from digest.catalogue.related.neighbours import make_desk, nearest
from digest.catalogue.related.reasons import Reasons
from digest.catalogue.related.relation import MOST, Related
from digest.catalogue.related.signatures import Signatures, sign
from digest.catalogue.related.terms import LENGTH
from digest.paper import Paper

BATCH = 500
"""Papers that a process takes at a time."""
LEAST = LENGTH * LENGTH // 10
"""Score below which two papers are not worth naming together."""

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[Related, ...])


class Found(NamedTuple):
    """What was found for some papers."""

    bars: Places
    rows: list[bytes]
    """Their lists, packed."""


def sign_span(span: tuple[int, int], papers: Sequence[Paper]) -> Signatures:
    """The signatures of `papers[start:end]`."""
    return sign(papers[slice(*span)])


def relate_span(
    span: tuple[int, int],
    places: Ints,
    keys: Sequence[str],
    index: Index,
    used: NDArray[np.uint32],
) -> Found:
    """Of the papers at `places[start:end]`; `keys` and `used`, of `used_terms`, are of all."""
    desk = make_desk(index)
    bars: list[int] = []
    rows: list[bytes] = []
    for place in places[slice(*span)].tolist():
        found = nearest(index, desk, place, int(used[place]), MOST, LEAST)
        reasons = Reasons(index, desk, place).of(found.papers, found.scores)
        pairs = zip(found.papers.tolist(), reasons, strict=True)
        named = [Related(keys[other], why) for other, why in pairs if why]
        bars.append(found.bar)
        rows.append(_encoder.encode(named))
    return Found(np.array(bars, np.int32), rows)


def unpack(row: bytes) -> tuple[Related, ...]:
    """The list that was packed."""
    return _decoder.decode(row)
