"""Charts are drawn in proportion, and nothing that has papers is invisible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.website.figures import columns, heat, largest, share
from digest.website.views import Bar, Ref

bars = st.lists(
    st.builds(Bar, st.integers(1900, 2100).map(str), st.integers(0, 10**6)), max_size=120
).map(tuple)


@given(bars)
def test_columns_keep_the_order_of_size(given_bars: tuple[Bar, ...]) -> None:
    """The highest has 100 per cent, one without papers none, every other one can be seen."""
    made = columns(given_bars)
    assert [(c.label, c.count, c.path) for c in made] == [
        (b.label, b.count, b.path) for b in given_bars
    ]
    for column in made:
        assert (column.height > 0) == (column.count > 0)
        assert 2 < column.height <= 100 or not column.count
        assert column.height == 100 or column.count < largest(given_bars)
    ordered = sorted(made, key=lambda c: c.count)
    assert [c.height for c in ordered] == sorted(c.height for c in ordered)


@pytest.mark.parametrize(
    ("number", "step"), [(6, 1), (11, 2), (12, 5), (36, 5), (70, 10), (71, 25)]
)
def test_labels_leave_each_other_room(number: int, step: int) -> None:
    """Of many years only round ones are written below their columns."""
    made = columns([Bar(str(1950 + n), 1) for n in range(number)])
    assert [c.label for c in made if c.tick] == [
        str(year) for year in range(1950, 1950 + number) if year % step == 0
    ]


def test_a_label_that_is_no_year() -> None:
    """Does no harm."""
    one, other = columns([Bar("2001", 1), Bar("before", 12_345)])
    assert (one.tick, other.tick) == (True, True)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_heat_has_four_shades(number: int, most: int) -> None:
    """From 1 for anything to 4 for the most; more papers are never paler."""
    number = min(number, most)
    assert 1 <= heat(number, most) <= 4
    assert heat(number, most) <= heat(most, most)
    assert heat(0, most) == heat(None, most) == 0
    assert heat(most, most) == min(most, 4)


def test_largest_and_share() -> None:
    """Counts that are not known count nothing, and nothing is divided by zero."""
    assert largest(()) == largest([Ref("a"), Ref("b", None, 0)]) == 1
    assert largest([Ref("a", None, 3), Ref("b")]) == 3
    assert (share(1, 3), share(3, 3), share(0, 1)) == (33.3, 100.0, 0.0)
