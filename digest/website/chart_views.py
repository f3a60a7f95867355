"""What the templates of pages with charts see: as in `views`, text and site-relative paths."""

from __future__ import annotations

from msgspec import Struct

from digest.website.views import Card, Group, Pager, Ref


class TimeChart(Struct, frozen=True):
    """Papers over time."""

    first: str
    """EDTF year, month or day: the first period, as long as all others."""
    counts: tuple[int, ...]
    """Papers in each period from then on."""
    linked: bool
    """A period with papers has a page."""
    apart: int = 0
    """Papers that are in no period: undated, or dated less exactly."""


class TrendNote(Struct, frozen=True):
    """A topic that rises or falls."""

    ref: Ref
    shares: tuple[float | None, ...]
    """Per cent of the papers of each period of the page; None for those of too few papers."""
    top: float
    """The highest of these."""
    before: float
    """Per cent of the older papers."""
    lately: float
    """Per cent of the newest papers."""


class Rising(Struct, frozen=True):
    """What rises, for the home page."""

    since: str
    """The newest papers are dated then or later; in words."""
    notes: tuple[TrendNote, ...]
    """Strongest first."""


class Edition(Struct, frozen=True):
    """The papers of a month (year, day) as an issue of the digest."""

    ref: Ref
    about: str
    """What they are on, as a sentence; or ""."""


class Home(Struct, frozen=True):
    """`index.html`"""

    papers: int
    tag_count: int
    venue_count: int
    author_count: int
    first_year: str | None
    last_year: str | None
    groups: tuple[Group, ...]
    """Newest papers by day (or month, or year where no more is known), undated last."""
    tags: tuple[Ref, ...]
    """The tags with most papers."""
    rising: Rising | None
    chart: TimeChart | None
    """All papers over time."""
    editions: tuple[Edition, ...]
    """Newest first."""
    venues: tuple[Ref, ...]
    free_pages: tuple[Ref, ...]


class TagNode(Struct, frozen=True):
    """A tag in the tree of the tag index."""

    ref: Ref
    about: str
    children: tuple[TagNode, ...]
    below: int
    """Tags below it, those below them included."""
    folded: bool
    """What is below it is shown on demand."""
    spark: tuple[int, ...]
    """Its papers over the time of the collection, as heights; none where they are few."""


class TagIndex(Struct, frozen=True):
    """`tags/index.html`"""

    fields: tuple[TagNode, ...]
    """Top of the taxonomy, each with the tags below it that have papers."""
    own: tuple[Ref, ...]
    """Keywords of the sources that the taxonomy does not know, by name."""
    foremost: tuple[Ref, ...]
    """Of these the ones with most papers, where they are many."""
    first: str
    """In words, when the time of `spark` begins, or ""."""
    last: str


class TagPage(Struct, frozen=True):
    """`tags/<slug>.html` and its further pages."""

    tag: Ref
    about: str
    parents: tuple[Ref, ...]
    children: tuple[Ref, ...]
    """Those with most papers first."""
    akin: tuple[Ref, ...]
    """Tags that stand on the same papers most often, and on how many."""
    chart: TimeChart | None
    cards: tuple[Card, ...]
    pager: Pager
    feed: str | None


class PeriodLine(Struct, frozen=True):
    """A year (month, day) of the collection in numbers."""

    ref: Ref
    count: int
    with_code: int
    foremost: Ref | None
    """The tag that stands out most in it."""


class TrendsPage(Struct, frozen=True):
    """`trends.html`"""

    papers: int
    records: int
    authors: int
    venues: int
    tags: int
    dated: int
    with_abstract: int
    with_code: int
    with_doi: int
    chart: TimeChart | None
    """All papers over time."""
    unit: str
    """`year`, `month` or `day`: how long a period is; "" where there is none."""
    lines: tuple[PeriodLine, ...]
    """Newest first; those without papers left out."""
    periods: tuple[str, ...]
    """Of the shares, in words, oldest first; none where papers are too few to tell any."""
    first: str
    """The year, month or day with which these begin, or ""."""
    last: str
    leading: tuple[TrendNote, ...]
    """The tags with most papers."""
    since: str
    before: int
    lately: int
    rising: tuple[TrendNote, ...]
    falling: tuple[TrendNote, ...]
    has_map: bool


class Dot(Struct, frozen=True):
    """A paper on the map, or several that lie together."""

    x: int
    y: int
    size: float
    """Radius in the map's units."""
    field: int
    """Number in the legend, from 1; 0 for fields that it does not name."""
    name: str
    path: str


class Label(Struct, frozen=True):
    """A topic named on the map."""

    x: int
    y: int
    ref: Ref


class MapPage(Struct, frozen=True):
    """`map.html`"""

    width: int
    height: int
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    legend: tuple[Ref, ...]
    """Fields, those with most papers first."""
    regions: tuple[Ref, ...]
    """The same as a table: the foremost topics of the papers on the map, with their papers."""
    each: bool
    """A dot is one paper."""
    shown: int
    """Papers on the map."""
    papers: int
