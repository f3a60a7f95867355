"""Time is told in periods that suit the collection, and every paper falls into its own."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.timeline import lay_out, period_after, periods_from
from digest.paper import Paper

dates = st.dates().map(lambda day: day.isoformat())
any_dates = st.one_of(
    st.none(), dates, dates.map(lambda day: day[:7]), dates.map(lambda day: day[:4])
)


def papers(*published: str | None) -> list[Paper]:
    return [
        Paper(key=str(n), slug=str(n), title="T", title_source="given", published=date)
        for n, date in enumerate(published)
    ]


@pytest.mark.parametrize(
    ("published", "periods"),
    [
        (["2019", "2016-05-01"], ("2016", "2017", "2018", "2019")),
        (["2018-11", "2019-01-07"], ("2018-11", "2018-12", "2019-01")),
        (["2020-02-28", "2020-03-01"], ("2020-02-28", "2020-02-29", "2020-03-01")),
        (["2020-02", "2020-02", "2020-03-01"], ("2020-02", "2020-03")),
        (["2020", "2020", "2020-03-01"], ("2020",)),
        (["2020-12-31", "2021-01-01", "2021"], ("2020-12-31", "2021-01-01")),
        ([None], ()),
        ([], ()),
    ],
)
def test_periods_suit_the_span(published: list[str | None], periods: tuple[str, ...]) -> None:
    """Years for long, months for short, days for very short times that are known so exactly."""
    assert lay_out(papers(*published)).periods == periods


@given(st.lists(any_dates, max_size=30))
def test_every_paper_is_counted_once(published: list[str | None]) -> None:
    """In the period that its date begins with; in none where that is not known."""
    given_papers = papers(*published)
    timeline = lay_out(given_papers)
    tally = timeline.tally(given_papers)
    width = len(timeline.periods[0]) if timeline.periods else 0
    known = Counter(d[:width] for d in published if d and len(d) >= width)
    assert {timeline.periods[place]: n for place, n in tally.items()} == known
    assert tuple(tally[place] for place in range(len(timeline.periods))) == timeline.totals
    assert timeline.tally([]) == {}
    # Half of the dated papers at least are told of.
    assert 2 * sum(tally.values()) >= sum(d is not None for d in published)


@given(dates, st.integers(0, 400), st.sampled_from([4, 7, 10]))
def test_periods_follow_each_other(day: str, steps: int, width: int) -> None:
    """Without a gap, and as the calendar has them."""
    first = day[:width]
    if int(first[:4]) > 9000:
        return
    last = period_after(first, steps)
    run = [*periods_from(first, last)]
    assert (run[0], run[-1], len(run)) == (first, last, steps + 1)
    assert all(a < b and period_after(a, 1) == b for a, b in pairwise(run))
