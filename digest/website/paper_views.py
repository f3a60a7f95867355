"""What the template of a paper's page sees; see `views` for what holds of all."""

from __future__ import annotations

from msgspec import Struct

from digest.paper import Paper
from digest.website.bibtex import bibtex
from digest.website.metadata import citation_tags
from digest.website.views import Ref


class OutLink(Struct, frozen=True):
    """An address outside the site."""

    kind: str
    """`code`, `project`, `data`, `model`, `demo`, `video`, `paper`, `pdf`, `arxiv`, `doi`, …"""
    label: str
    url: str


class TagNote(Struct, frozen=True):
    """A tag on a paper page, with the words that earned it."""

    ref: Ref
    source: str
    evidence: tuple[str, ...]


class RelatedPaper(Struct, frozen=True):
    """A paper like this one, and why."""

    path: str
    title: str
    derived: bool
    date_label: str
    why: tuple[str, ...]


class SourceNote(Struct, frozen=True):
    """Where the paper was found."""

    file: str
    format: str
    first_line: int
    last_line: int
    why: str = ""
    """`same title, 80 % sure`; "" where there is one source."""


class PaperPage(Struct, frozen=True):
    """`papers/<slug>.html`"""

    key: str
    path: str
    title: str
    derived: bool
    system: str | None
    abstract: str
    """Paragraphs are parted by a blank line; "" where the sources have none."""
    authors: tuple[Ref, ...]
    date: str | None
    date_label: str
    date_path: str | None
    date_evidence: str
    """`line “Created” of the source`, `month of the arXiv identifier` …"""
    updated_label: str
    version: int
    """Of the eprint, the latest that a source names; 0 where none does."""
    venue: Ref | None
    venue_evidence: str
    comment: str
    journal_ref: str
    eprint: str | None
    doi: str | None
    links: tuple[OutLink, ...]
    """Code, project and data first, then the paper itself."""
    tags: tuple[TagNote, ...]
    terms: tuple[TagNote, ...]
    """Phrases and names that too few papers share for a page; they lead to the search."""
    related: tuple[RelatedPaper, ...]
    sources: tuple[SourceNote, ...]
    note: str
    """Markdown of `content/notes/<slug>.md`, or ""."""
    newer: Ref | None
    older: Ref | None
    citation_key: str
    paper: Paper

    @property
    def bibtex(self) -> str:
        """The paper as a BibTeX entry."""
        return bibtex(self.paper, self.citation_key)

    @property
    def meta(self) -> tuple[tuple[str, str], ...]:
        """`citation_*` names and contents."""
        return citation_tags(self.paper)
