"""Crossref's XML: unixref answers, deposits, OAI-PMH records and results of queries.

https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from msgspec import UnsetType

from digest.identifiers import parse_arxiv, parse_doi
from digest.paper import Orcids, Record, Span
from digest.readers.base import Passage, Reader
from digest.readers.orcids import orcids_of
from digest.readers.xml.door import Fault, Root, find_root, parse, short
from digest.readers.xml.entries import entry, gap, nothing, prolog
from digest.readers.xml.scan import Spot, find_spots
from digest.readers.xml.text import (
    child,
    children,
    citation,
    descend,
    earliest,
    line_of,
    links_in,
    paragraphs_of,
    parts_date,
)

_CONTAINERS = frozenset(["doi_record", "record", "query"])
_PAPERS = frozenset(
    """journal_article conference_paper posted_content dissertation content_item
    report-paper_metadata report-paper_series_metadata book_metadata dataset peer_review""".split()
)
_METAS = frozenset(
    """journal_metadata journal_issue event_metadata proceedings_metadata
    proceedings_series_metadata book_series_metadata book_set_metadata""".split()
)
_BOOKS = "book_metadata"
_NEW_WORK = frozenset(["journal_metadata", "event_metadata", "book_metadata"])
_ROOTS = frozenset(["crossref_result", "doi_records", "doi_record", "doi_batch", "crossref"])
_WRAPPED = re.compile(r"<(?:[\w.-]{1,40}:)?crossref(?:_result)?[\s>]")
_ARXIV = re.compile(r"10\.48550/arXiv\.", re.I)
_ROLES = ("author", "")

_Context = dict[str, ET.Element]


def recognise(text: str) -> float:
    """How sure it is that `text` is XML of Crossref."""
    root = find_root(text)
    if root is None:
        return 0.0
    if root.name in _ROOTS:
        return 0.97
    return 0.97 if root.name in ("record", "OAI-PMH") and _WRAPPED.search(text) else 0.0


def read(text: str) -> Iterator[Passage]:
    """The papers of `text`."""
    root = find_root(text)
    if root is None:
        return
    yield from prolog(root)
    reached, found = 0, False
    for box in find_spots(text, _CONTAINERS, root.start, len(text)):
        yield from gap(text, reached, box.start)
        reached, found = box.end, True
        if box.name == "query":
            yield from entry(text, box, root, _query)
        else:
            yield from _container(text, box, root)
    if not found:
        spots = list(find_spots(text, _PAPERS | _METAS, root.start, len(text)))
        found = any(spot.name in _PAPERS for spot in spots)
        yield from _papers(text, Spot(root.name, 0, len(text), True), spots, root)
    else:
        yield from gap(text, reached, len(text))
    if not found:
        yield nothing(root)


def _container(text: str, box: Spot, root: Root) -> Iterator[Passage]:
    """One record of an answer: the record is its paper's, where it holds but one."""
    spots = list(find_spots(text, _PAPERS | _METAS, box.start, box.end))
    papers = [spot for spot in spots if spot.name in _PAPERS]
    chapters = any(spot.name == "content_item" for spot in papers)
    if chapters:
        papers = [spot for spot in papers if spot.name != _BOOKS]
    if len(papers) > 1:
        yield from _papers(text, box, spots, root)
        return
    if not box.whole or not papers:
        # The whole says best what is wrong with it.
        yield from entry(text, box, root, _no_paper)
        return
    context: _Context = {}
    for spot in spots:
        if spot.name in _METAS or (chapters and spot.name == _BOOKS):
            _remember(text, spot, root, context)
    paper = papers[0]
    passages = list(entry(text, paper, root, lambda e, _: _record(e, box[1:3], context)))
    if any(isinstance(passage, Record) for passage in passages):
        yield from passages
        return
    yield from gap(text, box.start, paper.start)
    yield from passages
    yield from gap(text, paper.end, box.end)


def _no_paper(element: ET.Element, span: Span) -> str:  # noqa: ARG001 - an Understand
    return f"a <{short(element.tag)}> that holds no paper"


def _papers(text: str, box: Spot, spots: list[Spot], root: Root) -> Iterator[Passage]:
    """Several papers that share the journal, the volume or the book around them."""
    chapters = any(spot.name == "content_item" for spot in spots)
    context: _Context = {}
    reached = box.start
    for spot in spots:
        if spot.name in _METAS or (chapters and spot.name == _BOOKS):
            _remember(text, spot, root, context)
            continue
        yield from gap(text, reached, spot.start)
        reached = spot.end
        yield from entry(text, spot, root, lambda e, span: _record(e, span, context))
    yield from gap(text, reached, box.end)


def _remember(text: str, spot: Spot, root: Root, context: _Context) -> None:
    if spot.name in _NEW_WORK:
        context.clear()
    try:
        context[spot.name] = parse(text, spot, root.spaces)[0]
    except Fault:
        context.pop(spot.name, None)


def _record(paper: ET.Element, span: Span, context: _Context) -> Record | str:
    titles = child(paper, "titles")
    title = line_of(child(titles, "title"))
    if title is None:
        return "a record without title"
    if subtitle := line_of(child(titles, "subtitle")):
        title = f"{title}: {subtitle}"
    issue = context.get("journal_issue")
    dates = [
        parts_date(date, "year", "month", "day")
        for name in ("publication_date", "posted_date", "approval_date")
        for date in children(paper, name)
    ]
    if not any(dates):
        dates = [
            parts_date(date, "year", "month", "day")
            for meta in context.values()
            for date in children(meta, "publication_date")
        ]
    published = earliest(dates)
    abstract = _abstract(paper)
    venue = _venue(paper, context)
    doi = line_of(descend(paper, "doi_data", "doi"))
    first = line_of(descend(paper, "pages", "first_page"))
    last = line_of(descend(paper, "pages", "last_page"))
    pages = f"{first}-{last}" if first and last and first != last else first
    eprint = parse_arxiv(_ARXIV.sub("", doi)) if doi else None
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=_authors(child(paper, "contributors")),
        orcids=_orcids(child(paper, "contributors")),
        eprint=eprint.id if eprint else None,
        doi=parse_doi(doi or ""),
        published=published,
        published_as="crossref" if published else None,
        journal_ref=citation(
            venue,
            line_of(descend(issue, "journal_volume", "volume")),
            line_of(child(issue, "issue")),
            pages or _article_number(paper),
            published,
        ),
        venue=venue,
        links=tuple(links_in(abstract)),
    )


def _abstract(paper: ET.Element) -> str | None:
    """The first abstract; a publisher may give a teaser and graphics as well."""
    found = children(paper, "abstract")
    plain = [e for e in found if not e.get("abstract-type")]
    return next((text for e in plain or found if (text := paragraphs_of(e))), None)


def _venue(paper: ET.Element, context: _Context) -> str | None:
    places = (
        (context.get("journal_metadata"), ("full_title",)),
        (context.get("journal_metadata"), ("abbrev_title",)),
        (context.get("proceedings_metadata"), ("proceedings_title",)),
        (context.get("proceedings_series_metadata"), ("proceedings_title",)),
        (context.get("event_metadata"), ("conference_name",)),
        (context.get(_BOOKS), ("titles", "title")),
        (context.get("book_series_metadata"), ("titles", "title")),
        (paper, ("institution", "institution_name")),
    )
    return next((name for root, path in places if (name := line_of(descend(root, *path)))), None)


def _article_number(paper: ET.Element) -> str | None:
    for item in children(child(paper, "publisher_item"), "item_number"):
        if item.get("item_number_type") in ("article_number", "article-number"):
            return line_of(item)
    return None


def _authors(contributors: ET.Element | None) -> tuple[str, ...]:
    names = []
    for person in () if contributors is None else contributors:
        if person.get("contributor_role", "") not in _ROLES:
            continue
        if short(person.tag) == "person_name":
            names.append(_name(person))
        elif short(person.tag) in ("organization", "anonymous"):
            names.append(line_of(person) or "")
    return tuple(name for name in names if name)


def _name(person: ET.Element) -> str:
    parts = (line_of(child(person, n)) for n in ("given_name", "surname", "suffix"))
    return " ".join(part for part in parts if part)


def _orcids(contributors: ET.Element | None) -> Orcids | UnsetType:
    people = () if contributors is None else children(contributors, "person_name")
    return orcids_of((_name(person), line_of(child(person, "ORCID")) or "") for person in people)


def _query(query: ET.Element, span: Span) -> Record | str:
    """An answer to a query in Crossref's short form."""
    title = line_of(child(query, "article_title")) or line_of(child(query, "volume_title"))
    doi = parse_doi(line_of(child(query, "doi")) or "")
    if query.get("status") == "unresolved" or (title is None and doi is None):
        return "a query that Crossref did not resolve"
    venue = line_of(child(query, "journal_title")) or line_of(child(query, "volume_title"))
    year = line_of(child(query, "year")) or ""
    published = year if re.fullmatch(r"(?:1[5-9]|20)\d\d", year) else None
    people = [*children(child(query, "contributors"), "contributor"), *children(query, "author")]
    names = []
    for person in people:
        parts = (line_of(child(person, n)) for n in ("given_name", "surname"))
        names.append(" ".join(p for p in parts if p) or line_of(person) or "")
    volume, issue = line_of(child(query, "volume")), line_of(child(query, "issue"))
    page = line_of(child(query, "first_page"))
    return Record(
        span=span,
        title=title,
        authors=tuple(name for name in names if name),
        doi=doi,
        published=published,
        published_as="crossref" if published else None,
        journal_ref=citation(venue, volume, issue, page, published),
        venue=venue,
    )


READER = Reader("crossref-xml", recognise, read)
