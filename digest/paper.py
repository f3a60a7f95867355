"""The values that flow between stages: a Record as found, a Paper as understood.

All are frozen, compare by value and can be sent to another process. A date is an EDTF string:
`2023`, `2023-09` or `2023-09-08` (https://www.loc.gov/standards/datetime/); its length is its
precision and plain string order is the order of time.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

Span = tuple[int, int]
"""[start, end) in characters of the decoded file."""

Orcids = tuple[tuple[str, str], ...]
"""Names of authors with their ORCIDs, `0000-0002-1825-0097`."""

LinkKind = Literal["code", "project", "data", "model", "demo", "video", "paper", "pdf", "other"]
TitleSource = Literal["given", "derived", "enriched"]


class Link(Struct, frozen=True, gc=False, order=True):
    """An address and what it leads to."""

    kind: LinkKind
    url: str
    """In a Record as the source writes it (`example.github.io`, `git@host:owner/repo.git`);
    in a Paper an absolute http or https address."""


class Record(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=False):
    """One sighting of a paper in one file: what the source says, nothing that we concluded."""

    span: Span
    """Where the whole entry stands, its labels included."""
    title: str | None = None
    abstract: str | None = None
    """White space folded to single blanks, paragraphs kept apart by a blank line, LaTeX as is."""
    authors: tuple[str, ...] = ()
    eprint: str | None = None
    """arXiv identifier without version, `2309.04669` or `hep-th/9901001`."""
    eprint_version: int | None = None
    doi: str | None = None
    """Bare, in the case that the source uses; `identifiers.canonical_doi` makes it comparable."""
    published: str | None = None
    updated: str | None = None
    published_as: str | None = None
    """What the date's label was, for the evidence: `created`, `page`, `front-matter`."""
    comment: str | None = None
    journal_ref: str | None = None
    venue: str | None = None
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    """Keywords and categories that the source itself gives."""
    confidence: float = 1.0
    """How sure the reader is of this entry's bounds, 0 to 1."""
    draft: bool = False
    """Whether the source says that it is not to be published yet."""
    orcids: Orcids | UnsetType = UNSET
    """Of those authors with whom the source gives one. Where there is none the field is left out
    of what is written, so that hashes of records stay what they were before it was known."""


class Source(Struct, frozen=True, gc=False, order=True):
    """The place that a record was found in."""

    file: str
    """Path relative to the content folder, with `/`."""
    format: str
    start: int
    end: int
    first_line: int
    last_line: int


class Sighting(Struct, frozen=True, gc=False):
    """A record and where it was found: what merging works on."""

    record: Record
    source: Source


class Author(Struct, frozen=True, order=True):
    """A name as printed, and its parts where they can be told."""

    name: str
    family: str
    given: str
    slug: str = ""
    """Of the name's page; of the person's, once it is known who is who."""
    orcid: str = ""
    """`0000-0002-1825-0097`, where the source gives it."""

    def __hash__(self) -> int:
        return hash(self.name)


TagSource = Literal["given", "category", "taxonomy", "phrase", "name", "implied"]
TagKind = Literal["topic", "task", "method", "data", "system"]


class Tag(Struct, frozen=True, gc=False):
    """A topic of a paper, with the words that earned it."""

    slug: str
    name: str
    source: TagSource
    """`given`: keyword of the source; `category`: arXiv category; `taxonomy`: a topic found in the
    text; `phrase`: a term of the text that the taxonomy lacks; `name`: the paper's own system, or a
    data set that it names; `implied`: parent of a tag found."""
    evidence: tuple[str, ...] = ()
    kind: TagKind = "topic"
    """What it names; `topic` where that is none of the others."""
    page: bool = True
    """Whether it has a page of its own: a phrase or a name has one once papers share it."""


class Venue(Struct, frozen=True, order=True):
    """Where a paper appeared or will appear."""

    slug: str
    name: str
    """Short name by which the field knows it: `CVPR`, `Physical Review Letters`."""
    year: int | None = None

    @property
    def label(self) -> str:
        """`CVPR 2023`"""
        return self.name if self.year is None else f"{self.name} {self.year}"


MergeRule = Literal[
    "note", "text", "arxiv", "doi", "link", "abstract", "title-author", "title", "near-abstract"
]


class Merge(Struct, frozen=True, gc=False):
    """Why a sighting was taken for one of the same paper as another."""

    rule: MergeRule
    """`note`: the user says so; `text`: both say the very same; `arxiv`, `doi`, `link`: they share
    an identifier; `abstract`: its letters are equal; `title-author`: title and first author are;
    `title`: title alone, where nothing speaks against it; `near-abstract`: most of it is equal."""
    evidence: str
    """The identifier, or how much is equal."""
    confidence: float
    """0 to 1."""


class Choice(Struct, frozen=True, gc=False):
    """Where a field of a Paper comes from."""

    field: str
    source: int | None
    """Place among the sources; None where no single one says it."""
    rule: str
    """`only`, `agreed`, `most`, `longest`, `first`, `latest`, `derived`, `enriched`, `note`, or the
    evidence of an inferred date or venue."""


class Disagreement(Struct, frozen=True, gc=False):
    """What the sources of a paper say differently."""

    field: str
    """`title`, `year`, `doi` or `author` (the first)."""
    values: tuple[tuple[str, int], ...]
    """Each value with the place of the source that says it, in the order of sources."""


class Came(Struct, frozen=True, gc=False):
    """That a paper came once more, besides the record that gave it; see `catalogue.days`."""

    date: str
    """EDTF."""
    kind: Literal["repeat", "revised"]
    version: int | None = None


class Paper(Struct, frozen=True, kw_only=True):
    """One paper as understood from all its sightings. Every chosen field names its evidence."""

    key: str
    """Strongest identifier: `arxiv:2309.04669`, `doi:10.1145/…` or `text:<hash>`."""
    slug: str
    title: str
    title_source: TitleSource
    system: str | None = None
    """Name of the method or system, where the paper names one."""
    abstract: str | None = None
    authors: tuple[Author, ...] = ()
    published: str | None = None
    published_source: str | None = None
    updated: str | None = None
    eprint: str | None = None
    eprint_version: int | None = None
    doi: str | None = None
    venue: Venue | None = None
    venue_source: str | None = None
    comment: str | None = None
    journal_ref: str | None = None
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    sources: tuple[Source, ...] = ()
    merged: tuple[Merge, ...] = ()
    """Why each of the sources is of this paper; empty where there is one source."""
    provenance: tuple[Choice, ...] = ()
    """Of each field that the paper has; empty where there is one source."""
    disagreements: tuple[Disagreement, ...] = ()
    """Among its sources."""
    aliases: tuple[str, ...] = ()
    """Slugs under which a record of this paper would have stood alone: they redirect here."""
    came: tuple[Came, ...] = ()
    """When it came again, by date."""

    def __hash__(self) -> int:
        # Equal papers have equal keys; hashing all that a paper says takes a hundred times as long.
        return hash(self.key)

    @property
    def path(self) -> str:
        """Relative to the site."""
        return f"papers/{self.slug}.html"
