"""What the templates of dates see; as in `views`, plain text and site-relative paths."""

from __future__ import annotations

from msgspec import Struct

from digest.website.views import Group, Pager, Ref


class Cell(Struct, frozen=True):
    """A day in a calendar."""

    name: str
    """Its number."""
    label: str = ""
    """`8 September 2023: 3 papers`, where something came."""
    path: str | None = None
    count: str = ""
    """Papers that were new, where there are any."""
    shade: int = 0
    """0 to 4, as deep as the day is busy."""


class MonthGrid(Struct, frozen=True):
    """A month by weeks."""

    month: Ref
    weeks: tuple[tuple[Cell | None, ...], ...]
    """Seven places each; None before the first and after the last day."""


class Calendar(Struct, frozen=True):
    """The days of a year or a month."""

    days: tuple[tuple[str, str], ...]
    """Of the week, in their order: short and whole names."""
    months: tuple[MonthGrid, ...]


class YearRow(Struct, frozen=True):
    """A year with its months."""

    year: Ref
    months: tuple[Ref, ...]
    """Twelve, January first; without `path` where there is no paper."""


class DateIndex(Struct, frozen=True):
    """`dates/index.html`"""

    years: tuple[YearRow, ...]
    undated: Ref | None


class Again(Struct, frozen=True):
    """A paper that came once more."""

    title: str
    path: str
    since: Ref
    """The date that it bears."""
    version: int | None
    """The one that came, where that is known."""


class DatePage(Struct, frozen=True):
    """`dates/2023.html`, `dates/2023-09.html`, `dates/2023-09-08.html`, `dates/undated.html`"""

    date: str
    """EDTF, or `undated`."""
    label: str
    up: tuple[Ref, ...]
    """The year and month above."""
    newer: Ref | None
    older: Ref | None
    calendar: Calendar | None
    """Of a year whose days are known its months, of a month itself."""
    months: tuple[Ref, ...]
    """Of a year whose days are not known."""
    groups: tuple[Group, ...]
    total: int
    """Papers that bear the date."""
    received: int
    """These, and what is counted next."""
    repeated: int
    revisions: int
    repeats: tuple[Again, ...]
    """Of those counted, the ones that no page of a day within tells of."""
    revised: tuple[Again, ...]
    """Likewise."""
    pager: Pager
