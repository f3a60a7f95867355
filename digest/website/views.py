"""What templates see: one frozen value a page type, made of plain text and site-relative paths.

Nothing here is HTML yet. Titles and abstracts are the source's text, LaTeX included; templates pass
them through the filters `tex` (HTML and MathML) or `plain` (Unicode). Paths are relative to the
site's root; the filter `href` makes them relative to the page being rendered. A page's fingerprint
is the hash of its view, so a view holds exactly what the page shows and no more.
"""

from __future__ import annotations

from msgspec import Struct

from digest.catalogue.leads import lead


class Here(Struct, frozen=True):
    """`page` in every template: where the page being rendered stands."""

    path: str
    address: str
    """The path as it stands in an address."""
    template: str
    root: str
    """Leads from the page to the site's root: "", `../`, `../../` …"""
    section: str
    """The folder at the root that it lies in, or ""."""
    place: str
    """What the navigation tells apart: the path of a page that it may name, else the section."""


class Ref(Struct, frozen=True):
    """A name that leads to another page of the site; `path` is None where there is none."""

    name: str
    path: str | None = None
    count: int | None = None
    """Papers behind it, where the page shows that."""


class Card(Struct, frozen=True):
    """A paper in a list: what can be scanned in a second."""

    path: str
    title: str
    derived: bool
    """The title is ours, taken from the abstract's words."""
    abstract: str
    authors: tuple[str, ...]
    """In full."""
    byline: str
    """`A. Vaswani, N. Shazeer and 6 others`, or ""."""
    date: str | None
    """EDTF."""
    date_label: str
    """`8 September 2023`, or ""."""
    venue: Ref | None
    tags: tuple[Ref, ...]
    code: str | None
    """Address of the code."""

    @property
    def lead(self) -> str:
        """The sentence that says what is new; may hold LaTeX."""
        return lead(self.abstract)

    def __hash__(self) -> int:
        return hash(self.path)


class Group(Struct, frozen=True):
    """Cards under a heading that may lead to a page of its own."""

    heading: Ref
    cards: tuple[Card, ...]


class Bar(Struct, frozen=True):
    """One bar of a chart over time."""

    label: str
    count: int
    path: str | None = None


class Pager(Struct, frozen=True):
    """Neighbours of a list that is divided. Pages are numbered from the oldest papers, so that a
    new paper never renumbers what is already there."""

    newer: str | None
    older: str | None
    number: int | None
    """None on the first page (the newest papers)."""


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
    years: tuple[Bar, ...]
    venues: tuple[Ref, ...]
    free_pages: tuple[Ref, ...]


class TagNode(Struct, frozen=True):
    """A tag in the tree of the tag index."""

    ref: Ref
    about: str
    children: tuple[TagNode, ...]


class TagIndex(Struct, frozen=True):
    """`tags/index.html`"""

    fields: tuple[TagNode, ...]
    """Top of the taxonomy, each with the tags below it that have papers."""
    own: tuple[Ref, ...]
    """Keywords of the sources that the taxonomy does not know."""


class TagPage(Struct, frozen=True):
    """`tags/<slug>.html` and its further pages."""

    tag: Ref
    about: str
    parents: tuple[Ref, ...]
    children: tuple[Ref, ...]
    akin: tuple[Ref, ...]
    """Tags that stand on the same papers most often."""
    years: tuple[Bar, ...]
    cards: tuple[Card, ...]
    pager: Pager
    feed: str | None


class MonthRow(Struct, frozen=True):
    """A month in the calendar of a year: its days with papers."""

    month: Ref
    days: tuple[Ref, ...]


class YearRow(Struct, frozen=True):
    """A year in the dates index."""

    year: Ref
    months: tuple[Ref, ...]
    """Twelve, January first; without `path` where there is no paper."""


class DateIndex(Struct, frozen=True):
    """`dates/index.html`"""

    years: tuple[YearRow, ...]
    undated: Ref | None


class DatePage(Struct, frozen=True):
    """`dates/2023.html`, `dates/2023-09.html`, `dates/2023-09-08.html`, `dates/undated.html`"""

    date: str
    """EDTF, or `undated`."""
    label: str
    up: tuple[Ref, ...]
    """The year and month above."""
    newer: Ref | None
    older: Ref | None
    calendar: tuple[MonthRow, ...]
    """On a year page its months with their days; on a month page that month alone."""
    groups: tuple[Group, ...]
    total: int
    pager: Pager


class NameIndex(Struct, frozen=True):
    """`authors/index.html` and `venues/index.html`"""

    kind: str
    """`authors` or `venues`"""
    letters: tuple[tuple[str, tuple[Ref, ...]], ...]


class NamePage(Struct, frozen=True):
    """A page of `authors/` or `venues/`."""

    kind: str
    name: str
    full_name: str
    akin: tuple[Ref, ...]
    """Co-authors; on a venue page the years as anchors."""
    groups: tuple[Group, ...]
    total: int


class FreePage(Struct, frozen=True):
    """`pages/<slug>.html`, from `content/pages/<slug>.md`"""

    title: str
    body: str
    """Markdown."""


class Redirect(Struct, frozen=True):
    """An old address of a paper."""

    target: str
    title: str


class Gone(Struct, frozen=True):
    """An address of a paper that was removed."""

    name: str
    """What the address tells of it: an identifier, or words of its title; or ""."""
    url: str | None
    """Where the paper itself is to be found."""


class Facet(Struct, frozen=True):
    """A tag, venue or year by which results can be narrowed."""

    slug: str
    name: str
    count: int


class SavedSearch(Struct, frozen=True):
    """A search that the digest's settings name."""

    name: str
    query: str
    path: str
    """Of its feed."""


class SearchPage(Struct, frozen=True):
    """`search.html`"""

    papers: int
    base: str
    """Folder of the index."""
    mark: str
    """Of the index's `index.js`."""
    tags: tuple[Facet, ...]
    """The commonest, most papers first."""
    venues: tuple[Facet, ...]
    """Likewise."""
    years: tuple[Facet, ...]
    """The first year first."""
    code: int
    """Papers with code."""
    saved: tuple[SavedSearch, ...]


class NotFound(Struct, frozen=True):
    """`404.html`"""

    tags: tuple[Ref, ...]


class Site(Struct, frozen=True):
    """What every page knows about the whole."""

    title: str
    description: str
    base_url: str
    """Ends with `/`, or "" where it is not known."""
    language: str
    publisher: str
    accent: str
    """CSS colour of the digest, or ""."""
    generator: str
    free_pages: tuple[Ref, ...]
    has_authors: bool
    has_venues: bool
    has_papers: bool
    assets: str
    """Suffix that changes with the theme's files, for caches: `?v=1a2b3c`."""
    without: tuple[str, ...] = ()
    """What the digest's settings leave out, such as `search`."""
