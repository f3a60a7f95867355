"""Charts over time are drawn in proportion, say in words what they show, and fit their place."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import words_of
from digest.website.chart_views import TimeChart
from digest.website.plots import percent, plot, steps

ENGLISH = words_of("en")
FIRSTS = st.sampled_from(["0012", "1905", "2019", "2023-09", "2020-12", "2024-02-27"])


@st.composite
def charts(draw: st.DrawFn) -> TimeChart:
    first = draw(FIRSTS)
    longest = 2_000 if len(first) == 4 else 60
    counts = draw(st.lists(st.integers(0, 10**6), min_size=2, max_size=80).filter(any))
    blank = draw(st.integers(0, longest - min(len(counts), longest)))
    whole = ([1] + [0] * blank + counts)[:longest]
    return TimeChart(first, tuple(whole), draw(st.booleans()))


@given(charts())
def test_columns_stand_within_the_chart_and_keep_the_order_of_size(chart: TimeChart) -> None:
    """Nothing that has papers is invisible, and nothing stands beside the chart or on another."""
    made = plot(chart, ENGLISH)
    assert 0 < len(made.columns) <= 62
    assert max(column.height for column in made.columns) == made.base - 8
    right = -1.0
    for column in made.columns:
        assert column.y + column.height == made.base
        assert column.height >= 2
        assert right <= column.x + 0.02
        right = column.x + made.width
    assert right <= 100.02
    assert sum(row.count for row in made.rows) == sum(chart.counts)
    assert len({row.label for row in made.rows}) == len(made.rows)
    assert all((row.path is not None) == chart.linked for row in made.rows)


@given(charts())
def test_scale_and_labels_leave_each_other_room(chart: TimeChart) -> None:
    """One to three round numbers in true heights; labels below are some way apart."""
    made = plot(chart, ENGLISH)
    assert 1 <= len(made.lines) <= 3
    for y, label in made.lines:
        number = int(label.replace(",", ""))
        if len(chart.counts) <= 62:
            assert abs((made.base - y) / 96 - number / max(chart.counts)) < 0.02
    places = [x for x, _ in made.ticks]
    assert all(b - a > 9 for a, b in pairwise(places))
    assert len(places) <= 8


def test_months_and_days_have_names() -> None:
    """A year stands at January, a month at its first day; the highest column is named."""
    months = plot(TimeChart("2022-11", (1, 2, 5, 4), linked=True), ENGLISH)
    assert [label for _, label in months.ticks] == ["Nov", "Dec", "2023", "Feb"]
    assert months.about == "November 2022 to February 2023, most in January 2023: 5 papers."
    assert months.columns[2].path == "dates/2023-01.html"
    assert (months.columns[2].label, months.unit) == ("January 2023", "Month")
    days = plot(TimeChart("2023-09-29", (1, 0, 3, 1), linked=False), ENGLISH)
    assert [label for _, label in days.ticks] == ["29", "30", "Oct", "2"]
    assert days.about == "29 September 2023 to 2 October 2023, most on 1 October 2023: 3 papers."
    assert [column.papers for column in days.columns] == ["1 paper", "3 papers", "1 paper"]


def test_of_long_times_a_column_stands_for_several_years() -> None:
    """The columns say which, lead nowhere, and the table still names and links each year."""
    made = plot(TimeChart("1905", (2, *(0,) * 116, 7), linked=True), ENGLISH)
    first, last = made.columns
    assert (first.label, first.path) == ("1904 to 1905", None)
    assert last.label == "2022 to 2023"
    assert [(row.label, row.path) for row in made.rows] == [
        ("2022", "dates/2022.html"),
        ("1905", "dates/1905.html"),
    ]


def test_a_language_of_its_own() -> None:
    """Labels, numbers and the sentence are the site's."""
    made = plot(TimeChart("2023-01", (1000, 2000, 0, 4000), linked=True), words_of("de"))
    assert [label for _, label in made.ticks][1:] == ["Feb", "Mär", "Apr"]
    assert "2.000" in {label for _, label in made.lines}


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=60))
def test_a_spark_line_has_whole_numbers_and_closes(heights: list[float | None]) -> None:
    """As wide as its values, never outside its box, and on the ground where there is nothing."""
    path = steps(heights)
    assert re.fullmatch(r"M0 24(V\d+|h\d+)*h\d+V24z", path)
    assert sum(map(int, re.findall(r"h(\d+)", path))) == 4 * len(heights)
    levels = [int(level) for level in re.findall(r"V(\d+)", path)]
    assert all(0 <= level <= 24 for level in levels)
    assert (min(levels) == 0) == any(heights)


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.4, "0.4 %"), (4.04, "4 %"), (9.96, "10 %"), (11.5, "12 %")]
)
def test_percent(share: float, said: str) -> None:
    """Small shares have a decimal place, none that says nothing."""
    assert percent(share, ENGLISH) == said
