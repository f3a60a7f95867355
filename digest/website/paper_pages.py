"""A page for every paper, and a redirect for every address that it might have had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from digest.identifiers import arxiv_pdf_url, arxiv_url, doi_url
from digest.paper import Paper, Tag
from digest.website.cards import Names, author_ref, date_path, tag_ref, venue_ref
from digest.website.labels import (
    DATE_EVIDENCE,
    FORMATS,
    LINKS,
    TAG_SOURCES,
    VENUE_EVIDENCE,
    date_label,
    evidence,
    joined_by,
)
from digest.website.pages import Page, Ways
from digest.website.paper_views import OutLink, PaperPage, RelatedPaper, SourceNote, TagNote
from digest.website.views import Redirect, Ref


class _Around(Struct, frozen=True):
    """What a paper's page shows besides the paper, the newer, the older and the related ones."""

    note: str
    citation_key: str
    authors: tuple[bool, ...]
    """Whether each has a page."""
    newer: bool
    """Whether there is one."""
    older: bool
    why: tuple[tuple[str, ...], ...]
    """For each related paper."""
    sources: tuple[tuple[str, str, int, int, str], ...]
    """File, format, first and last line, and why it is of this paper."""


def plan_papers(
    names: Names, notes: Mapping[str, str], keys: Mapping[str, str], *, redirects: bool
) -> Iterator[Page]:
    """`notes` maps slugs to the Markdown of the group's notes, `keys` papers' to citation keys."""
    papers = names.catalogue.papers
    for place, paper in enumerate(papers):
        related = names.catalogue.related.get(paper.key, ())
        around = _Around(
            note=next((notes[s] for s in (paper.slug, *paper.aliases) if s in notes), ""),
            citation_key=keys[paper.key],
            authors=tuple(map(names.author_has_page, paper.authors)),
            newer=place > 0,
            older=place + 1 < len(papers),
            why=tuple(other.why for other in related),
            sources=_sources(paper),
        )
        shown = (
            paper,
            *papers[max(place - 1, 0) : place],
            *papers[place + 1 : place + 2],
            *(names.catalogue.by_key[other.key] for other in related),
        )
        yield Page(paper.path, "paper.html", names.recipe(_page, around, shown))
        for alias in paper.aliases if redirects else ():
            yield Page(f"papers/{alias}.html", "redirect.html", Redirect(paper.path, paper.title))


def _sources(paper: Paper) -> tuple[tuple[str, str, int, int, str], ...]:
    whys = [joined_by(why) for why in paper.merged] or [""] * len(paper.sources)
    return tuple(
        (s.file, s.format, s.first_line, s.last_line, why)
        for s, why in zip(paper.sources, whys, strict=True)
    )


def _page(around: _Around, papers: Sequence[Paper], ways: Ways) -> PaperPage:
    paper, *others = papers
    newer = others.pop(0) if around.newer else None
    older = others.pop(0) if around.older else None
    return PaperPage(
        key=paper.key,
        path=paper.path,
        title=paper.title,
        derived=paper.title_source == "derived",
        system=paper.system,
        abstract=paper.abstract or "",
        authors=tuple(
            author_ref(author, has_page, ways)
            for author, has_page in zip(paper.authors, around.authors, strict=True)
        ),
        date=paper.published,
        date_label=date_label(paper.published),
        date_path=date_path(paper.published, ways),
        date_evidence=evidence(paper.published_source, DATE_EVIDENCE),
        updated_label=date_label(paper.updated),
        version=paper.eprint_version or 0,
        venue=venue_ref(paper, ways),
        venue_evidence=evidence(paper.venue_source, VENUE_EVIDENCE),
        comment=paper.comment or "",
        journal_ref=paper.journal_ref or "",
        eprint=paper.eprint,
        doi=paper.doi,
        links=out_links(paper),
        tags=_tag_notes((tag for tag in paper.tags if tag.page), ways),
        terms=_tag_notes((tag for tag in paper.tags if not tag.page), ways),
        related=tuple(map(_related, others, around.why)),
        sources=tuple(
            SourceNote(file, FORMATS.get(kind, kind), first, last, why)
            for file, kind, first, last, why in around.sources
        ),
        note=around.note,
        newer=Ref(newer.title, newer.path) if newer else None,
        older=Ref(older.title, older.path) if older else None,
        citation_key=around.citation_key,
        paper=paper,
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


def _tag_notes(tags: Iterable[Tag], ways: Ways) -> tuple[TagNote, ...]:
    return tuple(TagNote(tag_ref(tag, ways), TAG_SOURCES[tag.source], tag.evidence) for tag in tags)
