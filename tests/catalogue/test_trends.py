"""What rises is told by shares, and by enough papers."""

from __future__ import annotations

import pytest

from digest.catalogue.timeline import lay_out
from digest.catalogue.trends import Trends, find_trends, topic_over_time
from digest.paper import Paper


def papers(dates: dict[str, int], name: str) -> list[Paper]:
    return [
        Paper(key=f"{name}-{date}-{n}", slug=f"{name}-{date}-{n}", title="T", title_source="given",
              published=date)
        for date, count in dates.items()
        for n in range(count)
    ]  # fmt: skip


def trends(everything: list[Paper], topics: dict[str, list[Paper]]) -> Trends | None:
    timeline = lay_out(everything)
    return find_trends(timeline, {slug: timeline.tally(its) for slug, its in topics.items()})


def test_a_growing_share_rises_and_a_shrinking_one_falls() -> None:
    """Even where the numbers of both grow, because the collection does."""
    new = papers({"2018": 1, "2019": 2, "2020": 30}, "new")
    old = papers({"2015": 20, "2018": 20, "2019": 20, "2020": 25}, "old")
    steady = papers({"2015": 10, "2018": 10, "2019": 10, "2020": 25}, "steady")
    everything = [*new, *old, *steady]
    found = trends(everything, {"new": new, "old": old, "steady": steady})
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
    found = trends([*few, *rest], {"few": few})
    assert found is not None
    assert found.rising == ()


def test_a_short_time_is_told_in_months() -> None:
    """Papers dated by year alone are left out then."""
    lately = papers({"2021-03-04": 9}, "lately")
    rest = papers({"2020-12-01": 12, "2021-01": 20, "2021": 3}, "rest")
    found = trends([*lately, *rest], {"lately": lately})
    assert found is not None
    assert found.periods == ("2020-12", "2021-01", "2021-02", "2021-03")
    assert found.totals == (12, 20, 0, 9)
    assert [t.slug for t in found.rising] == ["lately"]


@pytest.mark.parametrize("dates", [{}, {"2020": 50}, {"2010": 3, "2020": 50}])
def test_too_little_says_nothing(dates: dict[str, int]) -> None:
    """No dates, one period, or nothing to set the newest beside."""
    assert trends(papers(dates, "a"), {}) is None


def test_very_old_papers_do_not_stretch_the_time() -> None:
    """They count as before, but have no column."""
    found = trends(papers({"0012": 9, "2019": 9, "2020": 9}, "a"), {})
    assert found is not None
    assert len(found.periods) == 40
    assert (found.before, found.lately) == (18, 9)


def test_days_of_a_young_collection() -> None:
    """What came within two months is told by days."""
    lately = papers({"2021-03-04": 9}, "lately")
    rest = papers({"2021-02-25": 12, "2021-03-01": 20}, "rest")
    found = trends([*lately, *rest], {"lately": lately})
    assert found is not None
    assert (found.since, len(found.periods)) == ("2021-03-04", 8)
    assert [t.slug for t in found.rising] == ["lately"]


def test_a_topic_that_does_not_stand_out() -> None:
    """Its papers can be told over the same periods all the same."""
    new = papers({"2018": 1, "2019": 2, "2020": 30}, "new")
    steady = papers({"2015": 10, "2018": 10, "2019": 10, "2020": 25}, "steady")
    timeline = lay_out([*new, *steady])
    tally = timeline.tally(steady)
    found = find_trends(timeline, {"steady": tally})
    assert found is not None
    topic = topic_over_time("steady", tally, timeline, found)
    assert topic.counts == (10, 0, 0, 10, 10, 25)
    assert (topic.before, topic.lately) == (30, 25)
    assert len(topic.counts) == len(found.periods)
