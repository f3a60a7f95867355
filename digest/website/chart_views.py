"""What the templates of trends and map see; as in `views`, plain text and site-relative paths."""

from __future__ import annotations

from msgspec import Struct

from digest.website.views import Bar, Ref


class TrendNote(Struct, frozen=True):
    """A topic that rises or falls."""

    ref: Ref
    shares: tuple[float, ...]
    """Per cent of the papers of each period of the page."""
    before: float
    """Per cent of the older papers."""
    lately: float
    """Per cent of the newest papers."""


class TrendsPage(Struct, frozen=True):
    """`trends.html`"""

    papers: int
    records: int
    dated: int
    with_abstract: int
    with_code: int
    with_doi: int
    years: tuple[Bar, ...]
    periods: tuple[str, ...]
    """In words, oldest first; none where no trend can be told."""
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
