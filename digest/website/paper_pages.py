"""A page for every paper, and a redirect for every address that it might have had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from digest.catalogue.related import Reason
from digest.identifiers import arxiv_pdf_url, arxiv_url, doi_url
from digest.language import Words
from digest.paper import Paper, Tag
from digest.website.cards import Names, author_ref, date_path, tag_ref, venue_ref
from digest.website.citation import cite
from digest.website.labels import (
    DATE_EVIDENCE,
    FORMATS,
    LINKS,
    TAG_SOURCES,
    VENUE_EVIDENCE,
    evidence,
    joined_by,
    related_by,
)
from digest.website.origins import came, disputes, origins
from digest.website.pages import Page, Ways
from digest.website.paper_views import OutLink, PaperPage, RelatedPaper, SourceNote, TagNote
from digest.website.views import Redirect, Ref

_LINKS = (
    "code", "data", "model", "project", "demo", "video", "arxiv", "paper", "pdf", "doi", "other"
)  # fmt: skip
"""Kinds of links in the order in which they stand."""
_PLACE = 40
"""Characters of an address that are shown."""


class _Around(Struct, frozen=True):
    """What a paper's page shows besides the paper, the newer, the older and the related ones."""

    note: str
    citation_key: str
    authors: tuple[bool, ...]
    """Whether each has a page."""
    newer: bool
    """Whether there is one."""
    older: bool
    why: tuple[tuple[Reason, ...], ...]
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
            sources=_sources(paper, names.words),
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


def _sources(paper: Paper, words: Words) -> tuple[tuple[str, str, int, int, str], ...]:
    whys = [joined_by(why, words) for why in paper.merged] or [""] * len(paper.sources)
    return tuple(
        (s.file, s.format, s.first_line, s.last_line, why)
        for s, why in zip(paper.sources, whys, strict=True)
    )


def _page(around: _Around, papers: Sequence[Paper], ways: Ways) -> PaperPage:
    paper, *others = papers
    words = ways.words
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
        date_label=words.date(paper.published),
        date_path=date_path(paper.published, ways),
        date_evidence=evidence(paper.published_source, DATE_EVIDENCE, words),
        updated_label=words.date(paper.updated),
        version=paper.eprint_version or 0,
        came=tuple(came(paper, words)),
        venue=venue_ref(paper, ways),
        venue_evidence=evidence(paper.venue_source, VENUE_EVIDENCE, words),
        comment=paper.comment or "",
        journal_ref=paper.journal_ref or "",
        eprint=paper.eprint,
        doi=paper.doi,
        links=out_links(paper, words),
        tags=_tag_notes((tag for tag in paper.tags if tag.page), ways),
        terms=_tag_notes((tag for tag in paper.tags if not tag.page), ways),
        related=tuple(_related(*other, words) for other in zip(others, around.why, strict=True)),
        sources=tuple(
            SourceNote(file, words.say(FORMATS.get(kind, kind)), first, last, why)
            for file, kind, first, last, why in around.sources
        ),
        origins=tuple(origins(paper, words)),
        disputes=tuple(disputes(paper, words)),
        note=around.note,
        newer=Ref(newer.title, newer.path) if newer else None,
        older=Ref(older.title, older.path) if older else None,
        citation=cite(paper, around.citation_key),
        paper=paper,
    )


def _related(other: Paper, why: tuple[Reason, ...], words: Words) -> RelatedPaper:
    return RelatedPaper(
        other.path,
        other.title,
        other.title_source == "derived",
        words.date(other.published),
        tuple(related_by(reason, words) for reason in why),
    )


def out_links(paper: Paper, words: Words) -> tuple[OutLink, ...]:
    """What a reader may want next: code and data first, then the paper itself."""
    found = [OutLink(link.kind, words.say(LINKS[link.kind]), link.url) for link in paper.links]
    if paper.eprint:
        found.insert(0, OutLink("pdf", words.say(LINKS["pdf"]), arxiv_pdf_url(paper.eprint)))
        found.insert(0, OutLink("arxiv", LINKS["arxiv"], arxiv_url(paper.eprint)))
    if paper.doi:
        found.insert(0, OutLink("doi", LINKS["doi"], doi_url(paper.doi)))
    # What we know to be the archive's page or the DOI is not called just a link of the source.
    once: dict[str, OutLink] = {}
    for link in found:
        once.setdefault(link.url, link)
    several = {kind for kind, n in Counter(link.kind for link in once.values()).items() if n > 1}
    told = (
        OutLink(link.kind, f"{link.label} ({_place(link.url)})", link.url)
        if link.kind in several
        else link
        for link in once.values()
    )
    return tuple(sorted(told, key=lambda link: _LINKS.index(link.kind)))


def _place(url: str) -> str:
    """What tells two addresses apart: `github.com/owner/name`."""
    place = url.partition("://")[2].rstrip("/")
    return place if len(place) <= _PLACE else f"{place[: _PLACE - 1]}…"


def _tag_notes(tags: Iterable[Tag], ways: Ways) -> tuple[TagNote, ...]:
    return tuple(
        TagNote(tag_ref(tag, ways), ways.words.say(TAG_SOURCES[tag.source]), tag.evidence)
        for tag in tags
    )
