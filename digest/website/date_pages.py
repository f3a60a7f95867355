"""The dates index and the pages of years, months, days and of what has no date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from digest.catalogue.days import Arrival, Tally, count
from digest.paper import Paper
from digest.website.calendars import Day, draw_calendar
from digest.website.cards import Names, Section, groups
from digest.website.date_views import Again, Calendar, DateIndex, DatePage, YearRow
from digest.website.pager import divide, span
from digest.website.pages import Page, Ways
from digest.website.views import Pager, Ref

_GROUP_WIDTH = {4: 7, 7: 10, 10: 10}
"""A year's papers stand under their months, a month's and a day's under their days."""


class _Head(Struct, frozen=True):
    """What a date's page shows besides its papers."""

    date: str
    label: str
    pager: Pager
    sections: tuple[Section, ...]
    tally: Tally = Tally(0, 0, 0)
    up: tuple[Ref, ...] = ()
    newer: Ref | None = None
    older: Ref | None = None
    calendar: Calendar | None = None
    months: tuple[Ref, ...] = ()
    repeats: tuple[Again, ...] = ()
    revised: tuple[Again, ...] = ()


def plan_dates(names: Names, page_size: int, without: Collection[str]) -> Iterator[Page]:
    """The index; a page for each year, month and day on which something came; the undated page.

    The site may do `without` days, or the papers on the pages of years.
    """
    dates, name = _Dates(names), span(names.words)
    yield Page("dates/index.html", "date_index.html", dates.index())
    for width in (4, 7, 10) if names.ways.days else (4, 7):
        every = dates.of_width(width)
        for place, date in enumerate(every):
            bare = width == 4 and "year-papers" in without
            papers = () if bare else names.catalogue.dates.get(date, ())
            older = dates.bare(every[place - 1]) if place else None
            newer = dates.bare(every[place + 1]) if place + 1 < len(every) else None
            for path, part, pager in divide(papers, page_size, f"dates/{date}.html", name):
                head = dates.head(date, part, pager, older, newer)
                yield Page(path, "date.html", names.recipe(_page, head, part))
    undated = names.catalogue.undated
    label = names.words.say("Undated")
    for path, part, pager in divide(undated, page_size, "dates/undated.html"):
        sections = (Section(Ref(label), len(part)),) if part else ()
        head = _Head("undated", label, pager, sections, Tally(len(undated), 0, 0))
        yield Page(path, "date.html", names.recipe(_page, head, part))


def _page(head: _Head, papers: Sequence[Paper], ways: Ways) -> DatePage:
    return DatePage(
        date=head.date,
        label=head.label,
        up=head.up,
        newer=head.newer,
        older=head.older,
        calendar=head.calendar,
        months=head.months,
        groups=groups(head.sections, papers, ways),
        total=head.tally.new,
        received=head.tally.received,
        repeated=head.tally.repeats,
        revisions=head.tally.revised,
        repeats=head.repeats,
        revised=head.revised,
        pager=head.pager,
    )


class _Dates:
    """The dates of a catalogue."""

    def __init__(self, names: Names) -> None:
        self._names, self._words = names, names.words
        catalogue = names.catalogue
        self._new, self._again = catalogue.dates, catalogue.again
        self._all = sorted({*self._new, *self._again})
        self._days: dict[str, list[str]] = {}
        self._drawn: dict[str, Day] = {}
        for date in self._all:
            if len(date) == 10:
                self._days.setdefault(date[:7], []).append(date)

    def of_width(self, width: int) -> list[str]:
        """Years (4), months (7) or days (10) on which something came, in order."""
        return [date for date in self._all if len(date) == width]

    def ref(self, date: str) -> Ref:
        """The page of a date, with the papers that bear it."""
        label = self._words.date(date)
        if date not in self._new and date not in self._again:
            return Ref(label)
        if len(date) == 10 and not self._names.ways.days:
            return Ref(label)
        return Ref(label, f"dates/{date}.html", len(self._new.get(date, ())))

    def bare(self, date: str) -> Ref:
        """Without the count: a neighbour's growth is no reason to write a page again."""
        ref = self.ref(date)
        return Ref(ref.name, ref.path)

    def head(
        self, date: str, papers: Sequence[Paper], pager: Pager, older: Ref | None, newer: Ref | None
    ) -> _Head:
        """What stands around `papers`, a part of those that bear the date."""
        width, label = len(date), self._words.date(date)
        sections: tuple[Section, ...] = (Section(Ref(label), len(papers)),) if papers else ()
        if width < 10:
            sections = self._names.sections(papers, _GROUP_WIDTH[width])
        up = tuple(self.bare(date[:cut]) for cut in (4, 7) if cut < width)
        if pager.number is not None:
            # Further pages hold only their papers: what changes daily stands on the first.
            return _Head(date, label, pager, sections, up=up)
        calendar = self._calendar(date)
        return _Head(
            date=date,
            label=label,
            pager=pager,
            sections=sections,
            tally=count(date, self._new, self._again),
            up=up,
            newer=newer,
            older=older,
            calendar=calendar,
            months=self._months(date) if width == 4 and calendar is None else (),
            repeats=tuple(self._list(date, "repeat")),
            revised=tuple(self._list(date, "revised")),
        )

    def _list(self, date: str, kind: str) -> Iterator[Again]:
        for arrival in self._listed(date):
            paper, came = arrival
            if came.kind == kind:
                since = self.bare(paper.published) if paper.published else Ref("")
                yield Again(paper.title, paper.path, since, came.version)

    def _listed(self, date: str) -> Iterable[Arrival]:
        """What came again in `date` and has no page within that would tell of it."""
        least = 7 if len(date) == 7 and not self._names.ways.days else 0
        return (
            arrival for arrival in self._again.get(date, ()) if arrival.came.date == date or least
        )

    def _calendar(self, date: str) -> Calendar | None:
        """The months of a year, or a month itself, by weeks; None where no day is known."""
        if len(date) == 10:
            return None
        months = [date] if len(date) == 7 else [f"{date}-{n:02}" for n in range(1, 13)]
        if not any(month in self._days for month in months):
            return None
        # On its own page a month's name leads nowhere.
        headed = [(month, self._month(month)) for month in months]
        if len(date) == 7:
            headed = [(date, Ref(self._words.date(date)))]
        return draw_calendar(headed, self._day, self._words)

    def _day(self, date: str) -> Day | None:
        # Asked for by the day's year and by its month.
        day = self._drawn.get(date)
        if day is None and (date in self._new or date in self._again):
            day = Day(self.ref(date).path, count(date, self._new, self._again))
            self._drawn[date] = day
        return day

    def _months(self, year: str) -> tuple[Ref, ...]:
        months = tuple(self._month(f"{year}-{number:02}") for number in range(1, 13))
        return months if any(month.path for month in months) else ()

    def _month(self, date: str) -> Ref:
        # Without the year, which stands beside it.
        ref = self.ref(date)
        return Ref(self._words.month(int(date[5:])), ref.path, ref.count)

    def index(self) -> DateIndex:
        """Every year with its months, the latest first."""
        rows = tuple(
            YearRow(self.ref(y), tuple(self._month(f"{y}-{n:02}") for n in range(1, 13)))
            for y in reversed(self.of_width(4))
        )
        undated = len(self._names.catalogue.undated)
        label = self._words.say("Undated")
        return DateIndex(rows, Ref(label, "dates/undated.html", undated) if undated else None)
