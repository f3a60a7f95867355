"""The page of trends tells shares of enough papers, in the collection's own periods."""

from __future__ import annotations

from typing import Any

import pytest

from digest.catalogue.catalogue import make_catalogue
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.config import Config
from digest.paper import Link, Paper
from digest.website.cards import Names
from digest.website.timelines import Times
from digest.website.trend_pages import plan_trends
from tests.website.test_tag_pages import paper

TAXONOMY = load_taxonomy()[0]


def trends(papers: list[Paper]) -> Any:
    catalogue = make_catalogue(papers, TAXONOMY, len(papers) + 1, relate=lambda _: {})
    names = Names(catalogue, Config())
    return {page.path: page for page in plan_trends(names, Times(names))}["trends.html"].view


def test_few_papers_a_year_are_told_together() -> None:
    """Five a year make pairs of years, of which the newest is a whole one."""
    view = trends([paper(n, f"{2011 + n % 9}", "Salt") for n in range(45)])
    assert view.periods == ("2012 to 2013", "2014 to 2015", "2016 to 2017", "2018 to 2019")
    assert (view.first, view.last) == ("2012", "2019")
    (salt,) = view.leading
    assert salt.shares == (100.0,) * 4
    assert (salt.before, salt.lately, view.rising) == (100.0, 100.0, ())


def test_a_lone_early_period_sets_no_scale() -> None:
    """Shares begin where periods with papers enough stand in a row; a gap within them is blank."""
    papers = [paper(n, "1990", "Salt") for n in range(10)]
    papers += [paper(100 + n, f"{2010 + n % 8}", "Tea") for n in range(160)]
    papers += [paper(500 + n, "2018", "Tea", "Salt") for n in range(2)]
    view = trends(papers)
    assert (view.first, view.last, len(view.periods)) == ("2010", "2018", 9)
    salt = next(note for note in view.leading if note.ref.name == "Salt")
    assert salt.shares == (0.0,) * 8 + (None,)
    assert salt.top == 0.0


@pytest.mark.parametrize("dates", [[], ["2020"] * 20, ["2020-01", "2020-02"], [None] * 30])
def test_too_little_to_tell(dates: list[str | None]) -> None:
    """Numbers there are all the same."""
    if not dates:
        catalogue = make_catalogue([], TAXONOMY, 0, relate=lambda _: {})
        names = Names(catalogue, Config())
        assert [*plan_trends(names, Times(names))] == []
        return
    view = trends([paper(n, date, "Salt") for n, date in enumerate(dates)])
    assert (view.leading, view.periods, view.rising, view.since) == ((), (), (), "")
    assert (view.papers, view.records, view.tags) == (len(dates), len(dates) + 1, 1)
    assert view.dated == sum(date is not None for date in dates)


def test_each_period_in_numbers() -> None:
    """Its papers, those with code, and the tag that has most more than its share."""
    papers = [paper(n, f"{2016 + n % 4}", "Salt") for n in range(40)]
    papers += [paper(100 + n, "2017", "Tea") for n in range(6)]
    link = Link("code", "https://github.com/example/salt")
    coded = Paper(key="c", slug="c", title="C", title_source="given", published="2019",
                  links=(link,))  # fmt: skip
    view = trends([*papers, coded])
    assert view.unit == "year"
    told = [(line.ref.name, line.count, line.with_code) for line in view.lines]
    assert told == [("2019", 11, 1), ("2018", 10, 0), ("2017", 16, 0), ("2016", 10, 0)]
    assert view.lines[2].foremost.name == "Tea"
    assert view.chart.counts == (10, 16, 10, 11)
