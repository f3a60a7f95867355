"""What words are worth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.search.levels import WEIGHTS, level
from digest.search.ranking import fading, larger, nearness, rarity, summed

SCORES = st.dictionaries(st.integers(0, 20), st.floats(0, 10))


@given(st.integers(1, 200_000), st.data())
def test_rarer_is_worth_more(papers: int, data: st.DataObject) -> None:
    """Rarity falls with the number of papers that have a word, is never negative, and is a whole
    number of 2^-20, so that sums are the same everywhere."""
    few, more = sorted(data.draw(st.tuples(*[st.integers(0, papers)] * 2)))
    assert rarity(papers, few) >= rarity(papers, more) >= 0
    assert (rarity(papers, few) * 2**20).is_integer()


@given(SCORES, SCORES)
def test_larger_takes_the_larger(one: dict[int, float], other: dict[int, float]) -> None:
    """Either order gives the same papers and scores."""
    assert larger({**one}, other) == larger({**other}, one)
    assert all(
        score == max(one.get(slot, -1), other.get(slot, -1))
        for slot, score in larger({**one}, other).items()
    )


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_sums_are_of_papers_in_all(parts: list[dict[int, float]]) -> None:
    """A paper in all parts has the sum in their order; others have none."""
    found = summed(parts)
    assert found.keys() == set.intersection(*(set(part) for part in parts))
    for slot, score in found.items():
        expected = 0.0
        for part in parts:
            expected += part[slot]
        assert score == expected


def test_nearness_prefers_the_order_of_the_query() -> None:
    """As asked for counts most, then nearby, in either order, then nothing."""
    assert [nearness(apart, 1) for apart in (1, 2, 3, -1, -3, 4, -4)] == [
        1,
        0.5,
        0.5,
        0.5,
        0.5,
        0,
        0,
    ]
    assert nearness(5, 5) == 1


def test_newness_halves_each_year() -> None:
    """After 12 months half of it is left, after 24 a quarter."""
    left = fading(24)
    assert left[0] == 1
    assert abs(left[12] - 0.5) < 1e-12
    assert abs(left[24] - 0.25) < 1e-12


def test_weights_rise_with_prominence() -> None:
    """More of a word in an abstract, or in a title, is never worth less."""
    assert list(WEIGHTS[:4]) == sorted(WEIGHTS[:4])
    assert list(WEIGHTS[4:]) == sorted(WEIGHTS[4:])
    assert level(3, 90, 0, 8, 0) >= level(1, 90, 0, 8, 0)
    assert level(1, 90, 1, 8, 0) >= 4
