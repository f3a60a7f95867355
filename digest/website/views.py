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
    aliases: tuple[str, ...] = ()
    """Slugs that the paper had before: what a reader saved under them is this paper."""

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
    newer_name: str = ""
    """What that page holds, such as `March 2019 to May 2020`; or "" for the first page."""
    older_name: str = ""
    here: str = ""
    """The same of this page; "" on the first."""


class NameIndex(Struct, frozen=True):
    """`authors/index.html`, `venues/index.html` and, where there are many names, a page a letter"""

    kind: str
    """`authors` or `venues`"""
    letters: tuple[tuple[str, tuple[Ref, ...]], ...]
    bar: tuple[Ref, ...] = ()
    """Pages of letters, where the names are divided; the one shown has no path."""
    most: tuple[Ref, ...] = ()
    """Names with most papers, where this page has no others."""
    here: str = ""
    """The letters that all names begin with, or ""."""


class NamePage(Struct, frozen=True):
    """A page of `authors/` or `venues/`."""

    kind: str
    name: str
    full_name: str
    akin: tuple[Ref, ...]
    """Co-authors; on a venue page the years as anchors."""
    groups: tuple[Group, ...]
    total: int
    years: tuple[Bar, ...] = ()
    tags: tuple[Ref, ...] = ()
    """What most of the papers are about, with the number of those that are."""
    venues: tuple[Ref, ...] = ()
    """Where an author's papers appeared, likewise."""
    forms: tuple[str, ...] = ()
    """Other names under which an author's papers appeared."""
    apart: tuple[Ref, ...] = ()
    """Others who bear the name."""
    sure: bool = True
    """The papers are known to be of one person."""


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
    """BCP 47 tag of what the interface really says."""
    publisher: str
    styles: str
    """Address of the style sheet that the digest's own colours and fonts make, or ""."""
    grounds: tuple[str, str]
    """CSS colours of the ground by day and by night."""
    generator: str
    free_pages: tuple[Ref, ...]
    has_authors: bool
    has_venues: bool
    has_papers: bool
    assets: str
    """Suffix that changes with the theme's files, for caches: `?v=1a2b3c`."""
    without: tuple[str, ...] = ()
    """What the digest's settings leave out, such as `search`."""
    words: str = ""
    """Address of what the scripts say in the site's language, or "" for English."""
