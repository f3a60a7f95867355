"""What a term costs is rounded up by doublings whose bounds differ from paper to paper."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.related.bounds import doubling, doublings, parted

COUNTS = st.integers(1, 3_000_000)
DITHERS = st.lists(st.integers(2**15, 2**16 - 1), min_size=1, max_size=40)


@given(COUNTS, DITHERS)
def test_counts_are_rounded_up_to_less_than_their_double(count: int, dithers: list[int]) -> None:
    """And one by one as all together."""
    found = doublings(np.full(len(dithers), count), np.array(dithers)).tolist()
    assert found == [doubling(count, dither) for dither in dithers]
    for k, dither in zip(found, dithers, strict=True):
        assert count << 16 <= dither << k < count << 17


@given(COUNTS, st.one_of(COUNTS, st.integers(-3, 3)), DITHERS)
def test_who_sees_a_difference(one: int, other: int, dithers: list[int]) -> None:
    """Exactly those for whom two counts are rounded otherwise."""
    other = max(one + other, 1) if other < 4 else other
    values = np.array(dithers)
    ends = [doublings(np.full(len(dithers), count), values) for count in (one, other)]
    assert parted(one, other, values).tolist() == (ends[0] != ends[1]).tolist()


def test_bounds_are_crossed_one_paper_at_a_time() -> None:
    """One more holder of a term of thousands is another cost to few of them, never to all."""
    dithers = np.random.default_rng(1).integers(2**15, 2**16, 4000)
    seen = [int(parted(count, count + 1, dithers).sum()) for count in range(3900, 4200)]
    assert max(seen) < 12
    assert 0.5 < np.mean(seen) < 3
