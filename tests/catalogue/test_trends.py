"""What rises is told by shares, and by enough papers."""

from __future__ import annotations

import pytest

from digest.catalogue.trends import find_trends
from digest.paper import Paper


def papers(dates: dict[str, int], name: str) -> list[Paper]:
    return [
        Paper(key=f"{name}-{date}-{n}", slug=f"{name}-{date}-{n}", title="T", title_source="given",
              published=date)
        for date, count in dates.items()
        for n in range(count)
    ]  # fmt: skip


def test_a_growing_share_rises_and_a_shrinking_one_falls() -> None:
    """Even where the numbers of both grow, because the collection does."""
    new = papers({"2018": 1, "2019": 2, "2020": 30}, "new")
    old = papers({"2015": 20, "2018": 20, "2019": 20, "2020": 25}, "old")
    steady = papers({"2015": 10, "2018": 10, "2019": 10, "2020": 25}, "steady")
    everything = [*new, *old, *steady]
    found = find_trends(everything, {"new": new, "old": old, "steady": steady})
    assert found is not None
    assert found.periods == ("2015", "2016", "2017", "2018", "2019", "2020")
    assert found.totals == (30, 0, 0, 31, 32, 80)
    assert (found.since, found.before, found.lately) == ("2020", 93, 80)
    assert [t.slug for t in found.rising] == ["new"]
    assert found.rising[0].counts == (0, 0, 0, 1, 2, 30)
    assert [t.slug for t in found.falling] == ["old"]


def test_a_handful_of_papers_is_no_trend() -> None:
    """Two new papers may be chance."""
    few = papers({"2020": 2}, "few")
    rest = papers({"2016": 40, "2020": 20}, "rest")
    found = find_trends([*few, *rest], {"few": few})
    assert found is not None
    assert found.rising == ()


def test_a_short_time_is_told_in_months() -> None:
    """Papers dated by year alone are left out then."""
    lately = papers({"2021-03-04": 9}, "lately")
    rest = papers({"2020-12-01": 12, "2021-01": 20, "2021": 3}, "rest")
    found = find_trends([*lately, *rest], {"lately": lately})
    assert found is not None
    assert found.periods == ("2020-12", "2021-01", "2021-02", "2021-03")
    assert found.totals == (12, 20, 0, 9)
    assert [t.slug for t in found.rising] == ["lately"]


@pytest.mark.parametrize("dates", [{}, {"2020": 50}, {"2010": 3, "2020": 50}])
def test_too_little_says_nothing(dates: dict[str, int]) -> None:
    """No dates, one period, or nothing to set the newest beside."""
    assert find_trends(papers(dates, "a"), {}) is None


def test_very_old_papers_do_not_stretch_the_time() -> None:
    """They count as before, but have no column."""
    found = find_trends(papers({"0012": 9, "2019": 9, "2020": 9}, "a"), {})
    assert found is not None
    assert len(found.periods) == 40
    assert (found.before, found.lately) == (18, 9)
