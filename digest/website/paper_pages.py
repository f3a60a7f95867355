"""A page for every paper, and a redirect for every address that it might have had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from digest.identifiers import arxiv_pdf_url, arxiv_url, doi_url
from digest.paper import Paper, Tag
from digest.website.cards import Names, tag_ref, venue_ref
from digest.website.exports import bibtex, citation_keys
from digest.website.labels import (
    DATE_EVIDENCE,
    FORMATS,
    LINKS,
    TAG_SOURCES,
    VENUE_EVIDENCE,
    date_label,
    evidence,
)
from digest.website.metadata import citation_tags
from digest.website.pages import Page
from digest.website.views import (
    OutLink,
    PaperPage,
    Redirect,
    Ref,
    RelatedPaper,
    SourceNote,
    TagNote,
)


class _Around(Struct, frozen=True):
    """What a paper's page shows besides the paper."""

    note: str
    citation_key: str
    authors: tuple[Ref, ...]
    related: tuple[RelatedPaper, ...]
    sources: tuple[SourceNote, ...]
    newer: Ref | None
    older: Ref | None


def plan_papers(names: Names, notes: Mapping[str, str]) -> Iterator[Page]:
    """`notes` maps slugs to the Markdown of the group's notes."""
    papers = names.catalogue.papers
    keys = citation_keys(papers)
    for place, paper in enumerate(papers):
        newer = papers[place - 1] if place else None
        older = papers[place + 1] if place + 1 < len(papers) else None
        around = _Around(
            note=next((notes[s] for s in (paper.slug, *paper.aliases) if s in notes), ""),
            citation_key=keys[paper.key],
            authors=tuple(map(names.author, paper.authors)),
            related=tuple(
                _related(names.catalogue.by_key[other.key], other.why)
                for other in names.catalogue.related.get(paper.key, ())
            ),
            sources=tuple(
                SourceNote(s.file, FORMATS.get(s.format, s.format), s.first_line, s.last_line)
                for s in paper.sources
            ),
            newer=Ref(newer.title, newer.path) if newer else None,
            older=Ref(older.title, older.path) if older else None,
        )
        yield Page(paper.path, "paper.html", names.recipe(_page, around, (paper,)))
        for alias in paper.aliases:
            yield Page(f"papers/{alias}.html", "redirect.html", Redirect(paper.path, paper.title))


def _page(around: _Around, papers: Sequence[Paper]) -> PaperPage:
    (paper,) = papers
    return PaperPage(
        key=paper.key,
        path=paper.path,
        title=paper.title,
        derived=paper.title_source == "derived",
        system=paper.system,
        abstract=paper.abstract or "",
        authors=around.authors,
        date=paper.published,
        date_label=date_label(paper.published),
        date_path=f"dates/{paper.published}.html" if paper.published else None,
        date_evidence=evidence(paper.published_source, DATE_EVIDENCE),
        updated_label=date_label(paper.updated),
        venue=venue_ref(paper),
        venue_evidence=evidence(paper.venue_source, VENUE_EVIDENCE),
        comment=paper.comment or "",
        journal_ref=paper.journal_ref or "",
        eprint=paper.eprint,
        doi=paper.doi,
        links=out_links(paper),
        tags=_tag_notes(tag for tag in paper.tags if tag.page),
        terms=_tag_notes(tag for tag in paper.tags if not tag.page),
        related=around.related,
        sources=around.sources,
        note=around.note,
        bibtex=bibtex(paper, around.citation_key),
        newer=around.newer,
        older=around.older,
        meta=citation_tags(paper),
    )


def _related(other: Paper, why: tuple[str, ...]) -> RelatedPaper:
    return RelatedPaper(
        other.path, other.title, other.title_source == "derived", date_label(other.published), why
    )


def out_links(paper: Paper) -> tuple[OutLink, ...]:
    """What a reader may want next, in that order: code, project, data; then the paper itself."""
    found = [OutLink(link.kind, LINKS[link.kind], link.url) for link in paper.links]
    if paper.eprint:
        found += [
            OutLink("arxiv", f"arXiv:{paper.eprint}", arxiv_url(paper.eprint)),
            OutLink("pdf", LINKS["pdf"], arxiv_pdf_url(paper.eprint)),
        ]
    if paper.doi:
        found.append(OutLink("doi", f"doi:{paper.doi}", doi_url(paper.doi)))
    return tuple({link.url: link for link in reversed(found)}.values())[::-1]


def _tag_notes(tags: Iterable[Tag]) -> tuple[TagNote, ...]:
    return tuple(TagNote(tag_ref(tag), TAG_SOURCES[tag.source], tag.evidence) for tag in tags)
