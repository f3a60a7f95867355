"""Pages of dates: honest numbers, and a calendar by weeks."""

from __future__ import annotations

import pytest
from msgspec import structs

from digest.config import Config, Part
from digest.language.weeks import week_of
from digest.paper import Came, Paper
from digest.website.cards import Names
from digest.website.date_pages import plan_dates
from digest.website.date_views import DatePage
from digest.website.pages import Page
from tests.website.test_name_pages import catalogue_of, dated

AGAIN = (Came("2023-09-09", "repeat"), Came("2023-09-20", "revised", 2))


def plan(
    papers: list[Paper], language: str = "en", without: tuple[Part, ...] = ()
) -> dict[str, Page]:
    config = Config(language=language, without=without)
    return {p.path: p for p in plan_dates(Names(catalogue_of(papers), config), 50, without)}


def view(pages: dict[str, Page], date: str) -> DatePage:
    found = pages[f"dates/{date}.html"].view
    assert isinstance(found, DatePage)
    return found


PAPERS = [
    structs.replace(dated("a", "2023-09-08", "Bo Li"), came=AGAIN),
    dated("b", "2023-09-09", "Bo Li"),
    dated("c", "2023-09", "Bo Li"),
]


def test_a_day_lists_what_it_counts() -> None:
    """A repeat and a revision stand on the page of their day, with the paper's own date; a day on
    which nothing but a revision came has a page too."""
    pages = plan(PAPERS)
    day = view(pages, "2023-09-09")
    assert (day.received, day.total, day.repeated, day.revisions) == (2, 1, 1, 0)
    assert [(p.path, p.since.path) for p in day.repeats] == [
        ("papers/a.html", "dates/2023-09-08.html")
    ]
    revised = view(pages, "2023-09-20")
    assert (revised.received, revised.total, revised.groups) == (1, 0, ())
    assert [(p.path, p.version) for p in revised.revised] == [("papers/a.html", 2)]
    assert revised.older is not None
    assert revised.older.path == "dates/2023-09-09.html"


def test_a_month_counts_what_its_days_list() -> None:
    """Its own lists hold what no day's page does: all of it, where the site does without days."""
    month = view(plan(PAPERS), "2023-09")
    assert (month.received, month.total, month.repeated, month.revisions) == (5, 3, 1, 1)
    assert month.repeats == month.revised == ()
    alone = view(plan(PAPERS, without=("days",)), "2023-09")
    assert len(alone.repeats) == len(alone.revised) == 1
    assert alone.received == 5


def test_a_day_of_new_papers_has_nothing_else_to_tell() -> None:
    """Received and new are one number."""
    day = view(plan(PAPERS), "2023-09-08")
    assert day.received == day.total == 1


def test_a_revision_changes_the_pages_that_tell_of_it_alone() -> None:
    """One more revision of a paper changes marks of its days, month and year and of lists with the
    paper; other days keep theirs."""
    before = plan(PAPERS)
    came = (*AGAIN, Came("2023-09-25", "revised", 3))
    after = plan([structs.replace(PAPERS[0], came=came), *PAPERS[1:]])
    new = {path for path in after if path not in before}
    assert new == {"dates/2023-09-25.html"}
    changed = {path for path in before if before[path].mark != after[path].mark}
    # The 20th has a later neighbour now.
    days = {"2023", "2023-09", "2023-09-08", "2023-09-20"}
    assert changed == {f"dates/{date}.html" for date in days}


def test_the_calendar_has_whole_weeks() -> None:
    """Seven places a week, every day of the month once, and what came told in words."""
    calendar = view(plan(PAPERS), "2023-09").calendar
    assert calendar is not None
    (grid,) = calendar.months
    assert all(len(week) == 7 for week in grid.weeks)
    cells = [cell for week in grid.weeks for cell in week if cell]
    assert [cell.name for cell in cells] == [str(day) for day in range(1, 31)]
    # 1 September 2023 was a Friday.
    assert grid.weeks[0].index(cells[0]) == 4
    assert cells[7].label == "8 September 2023: 1 paper"
    assert cells[8].label == "9 September 2023: 1 new, 0 revised, 1 repeated"
    assert (cells[19].count, cells[19].shade) == ("", 0)
    assert cells[19].path == "dates/2023-09-20.html"
    assert cells[0].path is None


def test_a_year_shows_twelve_months() -> None:
    """By weeks where days are known; as a row where only months are."""
    year = view(plan(PAPERS), "2023")
    assert year.calendar is not None
    assert len(year.calendar.months) == 12
    bare = view(plan([dated("c", "2023-09", "Bo Li")]), "2023")
    assert bare.calendar is None
    assert [month.count for month in bare.months if month.path] == [1]


@pytest.mark.parametrize(
    ("language", "first", "column"), [("de", "Mo.", 4), ("ja", "日", 5), ("ar", "سبت", 6)]
)
def test_the_week_begins_as_the_language_has_it(language: str, first: str, column: int) -> None:
    """Monday in German, Sunday in Japanese, Saturday in Arabic."""
    calendar = view(plan(PAPERS, language), "2023-09").calendar
    assert calendar is not None
    assert calendar.days[0][0] == first
    assert calendar.months[0].weeks[0][column] is not None
    assert calendar.months[0].weeks[0][column - 1] is None


def test_a_week_of_no_known_language_is_english() -> None:
    """A made-up language is no fault."""
    assert week_of("tlh-XX") == week_of("en")
    assert week_of("en").names[0] == "Monday"
