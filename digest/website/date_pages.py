"""The dates index and the pages of years, months, days and of what has no date."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from digest.paper import Paper
from digest.website.cards import Names, Section, groups
from digest.website.labels import MONTHS, date_label
from digest.website.pager import divide
from digest.website.pages import Page, Ways
from digest.website.views import DateIndex, DatePage, MonthRow, Pager, Ref, YearRow

_GROUP_WIDTH = {4: 7, 7: 10, 10: 10}
"""A year's papers stand under their months, a month's and a day's under their days."""


class _Head(Struct, frozen=True):
    """What a date's page shows besides its papers."""

    date: str
    label: str
    pager: Pager
    sections: tuple[Section, ...]
    total: int
    up: tuple[Ref, ...] = ()
    newer: Ref | None = None
    older: Ref | None = None
    calendar: tuple[MonthRow, ...] = ()


def plan_dates(names: Names, page_size: int, without: Collection[str]) -> Iterator[Page]:
    """The index; a page for each year, month and day that has papers; the undated page.

    The site may do `without` days, or the papers on the pages of years.
    """
    catalogue = names.catalogue
    days = {} if "days" in without else _days_by_month(names)
    yield Page("dates/index.html", "date_index.html", _index(names))
    for width in (4, 7) if "days" in without else (4, 7, 10):
        dates = [date for date in catalogue.dates if len(date) == width]
        for place, date in enumerate(dates):
            total = len(catalogue.dates[date])
            bare = width == 4 and "year-papers" in without
            papers = () if bare else catalogue.dates[date]
            older = names.date(dates[place - 1]) if place else None
            newer = names.date(dates[place + 1]) if place + 1 < len(dates) else None
            label = date_label(date)
            for path, part, pager in divide(papers, page_size, f"dates/{date}.html"):
                first = pager.number is None
                head = _Head(
                    date=date,
                    label=label,
                    pager=pager,
                    sections=names.sections(part, _GROUP_WIDTH[width])
                    if width < 10
                    else (Section(Ref(label), len(part)),),
                    total=total if first else 0,
                    up=tuple(names.date(date[:cut]) for cut in (4, 7) if cut < width),
                    newer=_bare(newer),
                    older=_bare(older),
                    calendar=_calendar(names, date, days) if first else (),
                )
                yield Page(path, "date.html", names.recipe(_page, head, part))
    undated = catalogue.undated
    for path, part, pager in divide(undated, page_size, "dates/undated.html"):
        sections = (Section(Ref("Undated"), len(part)),) if part else ()
        head = _Head("undated", "Undated", pager, sections, len(undated))
        yield Page(path, "date.html", names.recipe(_page, head, part))


def _page(head: _Head, papers: Sequence[Paper], ways: Ways) -> DatePage:
    return DatePage(
        date=head.date,
        label=head.label,
        up=head.up,
        newer=head.newer,
        older=head.older,
        calendar=head.calendar,
        groups=groups(head.sections, papers, ways),
        total=head.total,
        pager=head.pager,
    )


def _calendar(names: Names, date: str, days: Mapping[str, Sequence[Ref]]) -> tuple[MonthRow, ...]:
    """The months of a year with their days; of a month itself; nothing for a day."""
    if len(date) == 7:
        months = [date]
    else:
        every = [f"{date}-{number:02}" for number in range(1, 13)] if len(date) == 4 else []
        months = [month for month in every if month in names.catalogue.dates]
    return tuple(MonthRow(_month(names, month), tuple(days.get(month, ()))) for month in months)


def _bare(ref: Ref | None) -> Ref | None:
    # Without the count: a neighbour's growth is no reason to write this page again.
    return Ref(ref.name, ref.path) if ref else None


def _days_by_month(names: Names) -> dict[str, list[Ref]]:
    days: dict[str, list[Ref]] = {}
    for date in names.catalogue.dates:
        if len(date) == 10:
            ref = names.date(date)
            days.setdefault(date[:7], []).append(Ref(str(int(date[8:])), ref.path, ref.count))
    return days


def _index(names: Names) -> DateIndex:
    years = sorted((d for d in names.catalogue.dates if len(d) == 4), reverse=True)
    rows = tuple(
        YearRow(
            names.date(year), tuple(_month(names, f"{year}-{number:02}") for number in range(1, 13))
        )
        for year in years
    )
    undated = names.catalogue.undated
    return DateIndex(rows, Ref("Undated", "dates/undated.html", len(undated)) if undated else None)


def _month(names: Names, date: str) -> Ref:
    # Without the year, which stands beside it.
    ref = names.date(date)
    return Ref(MONTHS[int(date[5:]) - 1], ref.path, ref.count)
