"""PubMed's XML, its book records, and articles in JATS.

https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from digest.identifiers import parse_doi
from digest.paper import Link, Record, Span
from digest.readers.base import Passage, Reader, Remark
from digest.readers.orcids import orcids_of
from digest.readers.xml import jats
from digest.readers.xml.door import Fault, Root, find_root, parse
from digest.readers.xml.entries import entry, gap, nothing, prolog, read_entries
from digest.readers.xml.scan import Spot, find_spots
from digest.readers.xml.text import (
    child,
    children,
    citation,
    descend,
    earliest,
    line_of,
    links_in,
    loose_date,
    paragraphs_of,
    parts_date,
)

_MEDLINE = frozenset(["PubmedArticle", "PubmedBookArticle"])
_BARE_MEDLINE = frozenset(["MedlineCitation", "BookDocument"])
_ARTICLES = frozenset(["article"])
_FRONT = frozenset(["front"])
_MEDLINE_ROOTS = frozenset(
    ["PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", *_MEDLINE, *_BARE_MEDLINE]
)
_JATS_ROOTS = frozenset(["article", "pmc-articleset", "articles", "collection"])
_JATS = re.compile(r"<(?:[\w.-]{1,40}:)?(?:article-meta|journal-meta)[\s>]")
_PMID = re.compile(r"\d{1,9}")
_BRACKETED = re.compile(r"\[(.{5,})\]\.?")


def recognise(text: str) -> float:
    """How sure it is that `text` holds records of PubMed or articles in JATS."""
    root = find_root(text)
    if root is None:
        return 0.0
    if root.name in _MEDLINE_ROOTS:
        return 0.97
    return 0.95 if root.name in _JATS_ROOTS and _JATS.search(text) else 0.0


def read(text: str) -> Iterator[Passage]:
    """The articles of `text`."""
    root = find_root(text)
    if root is None:
        return
    if root.name not in _MEDLINE_ROOTS:
        yield from _read_jats(text, root)
    else:
        bare = root.name in _BARE_MEDLINE or root.name == "MedlineCitationSet"
        yield from read_entries(text, root, _BARE_MEDLINE if bare else _MEDLINE, _understand)


def _read_jats(text: str, root: Root) -> Iterator[Passage]:
    """Articles of which only the front matter is parsed: the body says nothing about the paper."""
    yield from prolog(root)
    reached, found = 0, False
    for spot in find_spots(text, _ARTICLES, root.start, len(text)):
        yield from gap(text, reached, spot.start)
        reached, found = spot.end, True
        front = next(find_spots(text, _FRONT, spot.start, spot.end), None)
        if front is None or not front.whole:
            yield from entry(text, spot, root, jats.understand)
            continue
        if not spot.whole:
            yield Remark(
                spot.start,
                "warning",
                "an <article> without its end tag; its front matter was read",
                "check that the file is whole",
            )
        yield from _read_front(text, spot, front, root)
    yield from gap(text, reached, len(text))
    if not found:
        yield nothing(root)


def _read_front(text: str, spot: Spot, front: Spot, root: Root) -> Iterator[Passage]:
    try:
        element, _ = parse(text, front, root.spaces)
    except Fault:
        yield from entry(text, spot, root, jats.understand)
        return
    result = jats.understand(element, (spot.start, spot.end))
    if isinstance(result, str):
        yield from entry(text, spot, root, jats.understand)
    else:
        yield result


def _understand(element: ET.Element, span: Span) -> Record | str:
    for name in ("MedlineCitation", "BookDocument"):
        inner = child(element, name)
        if inner is None and element.tag == name:
            inner = element
        if inner is not None:
            return _citation(inner, element, span)
    return "a record without its citation"


def _citation(citation_: ET.Element, whole: ET.Element, span: Span) -> Record | str:
    article = child(citation_, "Article")
    book = child(citation_, "Book")
    body = citation_ if article is None else article
    title = line_of(child(body, "ArticleTitle")) or line_of(child(book, "BookTitle"))
    title = title or line_of(child(body, "VernacularTitle"))
    abstract = _abstract(child(body, "Abstract"))
    if title is None and abstract is None:
        return "a record without title and abstract"
    if title and (m := _BRACKETED.fullmatch(title)):
        # PubMed brackets titles that it has translated.
        title = m[1]
    journal = child(article, "Journal")
    issue = child(journal, "JournalIssue")
    venue = line_of(child(journal, "Title")) or line_of(child(journal, "ISOAbbreviation"))
    ids = _ids(body, book, whole)
    published = earliest(
        [
            *(parts_date(e, "Year", "Month", "Day") for e in children(body, "ArticleDate")),
            _pub_date(child(issue, "PubDate")),
            _pub_date(child(book, "PubDate")) if article is None else None,
        ]
    )
    pages = line_of(descend(body, "Pagination", "MedlinePgn"))
    number, volume = line_of(child(issue, "Issue")), line_of(child(issue, "Volume"))
    pmid = line_of(child(citation_, "PMID")) or ""
    links = links_in(abstract)
    if _PMID.fullmatch(pmid):
        links.append(Link("paper", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"))
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=_authors(body) or _authors(book),
        orcids=orcids_of(_people(body) or _people(book)),
        doi=parse_doi(ids.get("doi", "")),
        published=published,
        published_as="pubmed" if published else None,
        journal_ref=citation(venue, volume, number, pages, published),
        venue=venue,
        links=tuple(links),
        tags=_tags(citation_),
    )


def _ids(body: ET.Element, book: ET.Element | None, whole: ET.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for parent, name, attribute in (
        (body, "ELocationID", "EIdType"),
        (book, "ELocationID", "EIdType"),
        (descend(whole, "PubmedData", "ArticleIdList"), "ArticleId", "IdType"),
        (descend(whole, "PubmedBookData", "ArticleIdList"), "ArticleId", "IdType"),
    ):
        for element in children(parent, name):
            found.setdefault(element.get(attribute, ""), line_of(element) or "")
    return found


def _abstract(element: ET.Element | None) -> str | None:
    paragraphs = []
    for part in children(element, "AbstractText"):
        text = paragraphs_of(part)
        label = " ".join((part.get("Label") or "").split())
        if text:
            shown = label and label.upper() not in ("UNLABELLED", "ABSTRACT")
            paragraphs.append(f"{label}: {text}" if shown else text)
    return "\n\n".join(paragraphs) or None


def _pub_date(element: ET.Element | None) -> str | None:
    return parts_date(element, "Year", "Month", "Day") or loose_date(
        line_of(child(element, "MedlineDate"))
    )


def _authors(element: ET.Element | None) -> tuple[str, ...]:
    return tuple(name for name, _ in _people(element))


def _people(element: ET.Element | None) -> list[tuple[str, str]]:
    """The authors with their ORCIDs, or "" where there is none."""
    lists = [e for e in children(element, "AuthorList") if e.get("Type", "authors") == "authors"]
    people = []
    for author in (author for found in lists for author in children(found, "Author")):
        given = line_of(child(author, "ForeName")) or line_of(child(author, "FirstName"))
        parts = (
            given or line_of(child(author, "Initials")),
            line_of(child(author, "LastName")),
            line_of(child(author, "Suffix")),
        )
        name = line_of(child(author, "CollectiveName")) or " ".join(p for p in parts if p)
        numbers = [e for e in children(author, "Identifier") if e.get("Source", "") == "ORCID"]
        if name:
            people.append((name, next((line_of(e) or "" for e in numbers), "")))
    return people


def _tags(citation_: ET.Element) -> tuple[str, ...]:
    """The authors' keywords, then the headings that are marked as what the paper is about."""
    tags: dict[str, None] = {}
    for group in children(citation_, "KeywordList"):
        for keyword in children(group, "Keyword"):
            if tag := line_of(keyword):
                tags[tag.rstrip(".")] = None
    for heading in children(child(citation_, "MeshHeadingList"), "MeshHeading"):
        descriptor = child(heading, "DescriptorName")
        about = any(e.get("MajorTopicYN") == "Y" for e in heading)
        if about and (tag := line_of(descriptor)):
            tags[tag] = None
    return tuple(tags)


READER = Reader("pubmed", recognise, read)
