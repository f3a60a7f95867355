"""The dates index and the pages of years, months, days and of what has no date."""

from __future__ import annotations

from collections.abc import Iterator

from digest.website.cards import Names
from digest.website.labels import MONTHS
from digest.website.pager import divide
from digest.website.pages import Page
from digest.website.views import DateIndex, DatePage, Group, MonthRow, Ref, YearRow

_GROUP_WIDTH = {4: 7, 7: 10, 10: 10}
"""A year's papers stand under their months, a month's and a day's under their days."""


def plan_dates(names: Names, page_size: int) -> Iterator[Page]:
    """The index; a page for each year, month and day that has papers; the undated page."""
    catalogue = names.catalogue
    by_width = {width: [d for d in catalogue.dates if len(d) == width] for width in (4, 7, 10)}
    days = _days_by_month(names)
    yield Page("dates/index.html", "date_index.html", _index(names))
    for width, dates in by_width.items():
        for place, date in enumerate(dates):
            papers = catalogue.dates[date]
            older = names.date(dates[place - 1]) if place else None
            newer = names.date(dates[place + 1]) if place + 1 < len(dates) else None
            months = (
                [m for m in by_width[7] if m.startswith(date)]
                if width == 4
                else [date]
                if width == 7
                else []
            )
            for path, part, pager in divide(papers, page_size, f"dates/{date}.html"):
                first = pager.number is None
                yield Page(
                    path,
                    "date.html",
                    DatePage(
                        date=date,
                        label=names.date(date).name,
                        up=tuple(names.date(date[:cut]) for cut in (4, 7) if cut < width),
                        newer=_bare(newer),
                        older=_bare(older),
                        calendar=tuple(
                            MonthRow(_month(names, m), tuple(days.get(m, ()))) for m in months
                        )
                        if first
                        else (),
                        groups=names.groups(part, _GROUP_WIDTH[width])
                        if width < 10
                        else (Group(Ref(names.date(date).name), tuple(map(names.card, part))),),
                        total=len(papers) if first else 0,
                        pager=pager,
                    ),
                )
    for path, part, pager in divide(catalogue.undated, page_size, "dates/undated.html"):
        yield Page(
            path,
            "date.html",
            DatePage(
                date="undated",
                label="Undated",
                up=(),
                newer=None,
                older=None,
                calendar=(),
                groups=(Group(Ref("Undated"), tuple(map(names.card, part))),) if part else (),
                total=len(catalogue.undated),
                pager=pager,
            ),
        )


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
