"""What the template of a paper's page sees; see `views` for what holds of all."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from digest.paper import Paper
from digest.website.bibtex import bibtex
from digest.website.citation import Citation
from digest.website.citation_forms import linked_data
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


class Origin(Struct, frozen=True):
    """Where a field of a paper of several sources comes from."""

    field: str
    source: int
    """Its number among the page's sources, from 1; 0 where no single one says so."""
    why: str
    """`the longest`, `as most sources have it` …"""


class Dispute(Struct, frozen=True):
    """What the sources of a paper say differently."""

    field: str
    values: tuple[tuple[str, int], ...]
    """Each value, and the number of the source that says it, from 1."""


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
    came: tuple[str, ...]
    """When it came again and as what, in words, where that was more than once: `2 August 2023,
    version 7`."""
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
    origins: tuple[Origin, ...]
    """Of the fields that not all sources agree upon; none where there is one source."""
    disputes: tuple[Dispute, ...]
    note: str
    """Markdown of `content/notes/<slug>.md`, or ""."""
    newer: Ref | None
    older: Ref | None
    citation: Citation
    """The paper as it is cited; `citation.key` as in BibTeX."""
    paper: Paper

    @property
    def reasons(self) -> tuple[TagNote, ...]:
        """Tags and terms with more evidence than their own name."""
        told = (
            term
            for term in self.terms
            if any(words.casefold() != term.ref.name.casefold() for words in term.evidence)
        )
        return (*self.tags, *told)

    @property
    def bibtex(self) -> str:
        """The paper as a BibTeX entry."""
        return bibtex(self.paper, self.citation.key)

    @property
    def meta(self) -> tuple[tuple[str, str], ...]:
        """`citation_*` names and contents."""
        return citation_tags(self.citation)

    @property
    def linked_data(self) -> dict[str, Any]:
        """A ScholarlyArticle of schema.org, of which the page's script makes what is copied."""
        return linked_data(self.citation)
