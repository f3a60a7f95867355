"""What is cited of a paper, whatever the form: the one reading of it for all forms."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from digest.catalogue.venues.registry import load_venues
from digest.identifiers import arxiv_url, doi_url
from digest.latex import to_plain
from digest.paper import Paper, Venue

Kind = Literal["journal", "conference", "preprint", "other"]

_JOURNAL_WORDS = frozenset(
    """acta annalen annales annals archiv archive archives berichte bulletin gazette journal
    letters magazine notices review reviews revista revue transactions zeitschrift""".split()
)


class Citation(NamedTuple):
    """A paper as it is cited, in plain Unicode."""

    key: str
    """`vaswani2017attention`"""
    kind: Kind
    title: str
    derived: bool
    """The title is ours: none of the sources gives one."""
    authors: tuple[tuple[str, str], ...]
    """Family and given name; the given one is "" where a name cannot be parted."""
    date: str
    """EDTF, or ""."""
    container: str
    """The journal, or the conference with its year, or the journal reference, or ""."""
    reference: str
    """The journal reference beside a container of that name (`Phys. Rev. D 60, 123`), or ""."""
    eprint: str
    doi: str
    url: str
    """Where the paper is to be found; ""."""


def cite(paper: Paper, key: str) -> Citation:
    """What is cited of `paper`; `key` as `citation_keys` gives it."""
    venue, journal_ref = paper.venue, to_plain(paper.journal_ref or "")
    kind = kind_of(paper)
    container = _container(venue, kind) if venue else journal_ref
    return Citation(
        key=key,
        kind=kind,
        title=to_plain(paper.title),
        derived=paper.title_source == "derived",
        authors=tuple((a.family, a.given) if a.given else (a.name, "") for a in paper.authors),
        date=paper.published or str((venue and venue.year) or ""),
        container=container,
        reference=journal_ref if venue and journal_ref != container else "",
        eprint=paper.eprint or "",
        doi=paper.doi or "",
        url=url_of(paper),
    )


def kind_of(paper: Paper) -> Kind:
    """What a paper is, by its venue: what it has a journal reference for stands in a journal."""
    if paper.journal_ref is not None or (paper.venue and is_journal(paper.venue.name)):
        return "journal"
    if paper.venue:
        return "conference"
    return "preprint" if paper.eprint else "other"


def url_of(paper: Paper) -> str:
    """Where a paper is to be found: its eprint, else what its sources link to, else its DOI."""
    if paper.eprint:
        return arxiv_url(paper.eprint)
    linked = next((link.url for link in paper.links if link.kind in ("paper", "project")), "")
    return linked or (doi_url(paper.doi) if paper.doi else "")


def is_journal(name: str) -> bool:
    """Whether a venue of that name is a journal: as known, else by the words of its name."""
    known = _kinds().get(name)
    if known is not None:
        return known == "journal"
    return not _JOURNAL_WORDS.isdisjoint(name.lower().split())


@cache
def _kinds() -> dict[str, str]:
    listed = load_venues().by_initials.values()
    return {name.name: name.kind for names in listed for name in names}


def _container(venue: Venue, kind: Kind) -> str:
    return venue.name if kind == "journal" else venue.label
