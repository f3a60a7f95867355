"""Feeds: Atom of the arXiv API and of rss.arxiv.org, RSS 1.0 and 2.0, and feeds of journals.

Atom: https://www.rfc-editor.org/rfc/rfc4287; RSS: https://www.rssboard.org/rss-specification and
https://web.resource.org/rss/1.0/spec; arXiv: https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from digest.identifiers import Eprint, parse_arxiv, parse_doi
from digest.links import kind_of
from digest.paper import Link, Record, Span
from digest.readers.base import Passage, Reader
from digest.readers.citations import doi_of
from digest.readers.fields import read_authors, read_date, read_line
from digest.readers.listings.lines import LONGEST
from digest.readers.markup import looks_like_markup, plain_line, plain_paragraphs
from digest.readers.xml.door import find_root, short
from digest.readers.xml.entries import read_entries
from digest.readers.xml.text import (
    arxiv_paragraphs,
    children,
    citation,
    earliest,
    line_of,
    links_in,
    words,
)

_ENTRIES = {"feed": "entry", "entry": "entry", "rss": "item", "RDF": "item", "item": "item"}
_RSS_1 = ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
_OAI_NAME = re.compile(r"oai:arXiv\.org:", re.I)
# rss.arxiv.org puts these lines before the abstract; until 2024 the title ended in the identifier.
_ANNOUNCED = re.compile(
    r"\s*arXiv:(\S{9,25})\s+Announce Type:\s*([\w-]{1,20})\s+Abstract:\s*(?=\S)", re.I
)
_ARXIV_NAME = re.compile(r"oai:arXiv\.org:|arxiv\.org/abs/", re.I)
_OLD_TAIL = re.compile(r"\.?\s*\(arXiv:(\S{9,25})\s+\[[\w.-]{2,20}\](?:\s+UPDATED)?\)\s*$")
_CATEGORY = re.compile(r"[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Za-z-]{2,10})?")
_MAIL_NAME = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\s*\(([^()]{2,200})\)\s*")
_WHOLE_PAGE = re.compile(r"^ABSTRACT$", re.M)
_PAGE_END = re.compile(r"^(?:PMID|DOI):", re.M)
_DOI_SEPARATOR = re.compile(r"\s+|[,;](?=10\.\d)")
_DATES = ("published", "issued", "dc:date", "dcterms:issued", "prism:publicationDate", "pubDate")
_ABSTRACTS = (
    "summary", "description", "content", "content:encoded", "dc:description", "dcterms:abstract"
)  # fmt: skip
_NOT_A_PAPER = "an answer of the API that holds no paper"

_Fields = dict[str, list[ET.Element]]


def recognise(text: str) -> float:
    """How sure it is that `text` is a feed."""
    root = find_root(text)
    if root is None or root.name not in _ENTRIES:
        return 0.0
    if root.name == "RDF":
        return 0.95 if any(space in root.head for space in _RSS_1) else 0.0
    if root.name in ("entry", "item"):
        # Entries cut out of a feed; other things are called so, too.
        return 0.9 if "<title" in text and re.search(r"<(?:link|id|guid)\b", text) else 0.0
    return 0.95


def read(text: str) -> Iterator[Passage]:
    """The entries of a feed."""
    root = find_root(text)
    if root is not None:
        names = frozenset([_ENTRIES.get(root.name, "entry")])
        yield from read_entries(text, root, names, _understand)


def _understand(element: ET.Element, span: Span) -> Record | str:
    fields: _Fields = {}
    for inner in element:
        fields.setdefault(short(inner.tag), []).append(inner)
    links = _links(fields)
    named = [
        _first(fields, "id") or "",
        _first(fields, "guid") or "",
        *(link.url for link in links),
    ]
    if "arxiv.org/api/errors" in named[0]:
        return f"{_NOT_A_PAPER}: {_first(fields, 'summary') or 'Error'}"[:200]
    # arXiv's own feeds give plain text, in which even `&#955;` is what the authors typed.
    plain = any(_ARXIV_NAME.search(name) for name in named[:2])
    title, in_title = _title(fields, plain=plain)
    abstract, announced = _abstract(fields, plain=plain)
    eprint = announced[0] if announced else in_title
    for name in named:
        eprint = eprint or parse_arxiv(_OAI_NAME.sub("", name))
    if title is None and abstract is None:
        return "an entry without title and summary"
    published, updated = _dates(fields, announced[1] if announced else "")
    comment = _first(fields, "arxiv:comment")
    venue = _first(fields, "prism:publicationName", "dc:source")
    for link in links_in(abstract, comment):
        if link.url not in {other.url for other in links}:
            links.append(link)
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=_authors(fields),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=_doi(fields, links),
        published=published,
        published_as="atom" if published else None,
        updated=updated,
        comment=comment,
        journal_ref=_first(fields, "arxiv:journal_ref", "arxiv:journal_reference")
        or _journal_ref(fields, venue, published),
        venue=venue,
        links=tuple(links),
        tags=_tags(fields, arxiv=eprint is not None),
    )


def _first(fields: _Fields, *names: str) -> str | None:
    """The line in the first element that is called one of `names` and not empty."""
    for name in names:
        for element in fields.get(name, ()):
            line = line_of(element)
            if line:
                return plain_line(line) if looks_like_markup(line) else line
    return None


def _source(element: ET.Element, *, plain: bool) -> tuple[str, bool]:
    """The text of an element, and whether it is HTML: guessed where no type says it."""
    kind = element.get("type", "")
    if len(element):
        return words(element), False
    text = element.text or ""
    return text, kind in ("html", "text/html") or (not plain and looks_like_markup(text))


def _title(fields: _Fields, *, plain: bool) -> tuple[str | None, Eprint | None]:
    for element in fields.get("title", []) + fields.get("dc:title", []):
        source, markup = _source(element, plain=plain)
        title = plain_line(source) if markup else read_line(source)
        if title:
            tail = _OLD_TAIL.search(title, max(0, len(title) - 80))
            return (title[: tail.start()], parse_arxiv(tail[1])) if tail else (title, None)
    return None, None


def _abstract(
    fields: _Fields, *, plain: bool
) -> tuple[str | None, tuple[Eprint | None, str] | None]:
    """The abstract, and what rss.arxiv.org says before it: identifier and kind of announcement."""
    best = ""
    for name in _ABSTRACTS:
        for element in fields.get(name, ()):
            source, markup = _source(element, plain=plain)
            if len(source) > LONGEST:
                continue
            m = _ANNOUNCED.match(source)
            if m and not markup:
                return arxiv_paragraphs(source[m.end() :]), (parse_arxiv(m[1]), m[2].lower())
            found = (plain_paragraphs(source) if markup else arxiv_paragraphs(source)) or ""
            found = _without_citation(found)
            # A summary may be the first words of the content.
            if len(found) > 2 * len(best) or not best:
                best = found
    m = _ANNOUNCED.match(best)
    if m:
        return best[m.end() :], (parse_arxiv(m[1]), m[2].lower())
    return best or None, None


def _without_citation(text: str) -> str:
    """PubMed's feeds put the citation before the abstract and the identifiers behind it."""
    m = _WHOLE_PAGE.search(text)
    if m is None:
        return text
    tail = _PAGE_END.search(text, m.end())
    return text[m.end() : tail.start() if tail else len(text)].strip()


def _authors(fields: _Fields) -> tuple[str, ...]:
    names: list[str] = []
    for element in fields.get("author", ()):
        names.extend(line for inner in children(element, "name") if (line := line_of(inner)))
        if len(element) == 0 and (line := line_of(element)):
            mail = _MAIL_NAME.fullmatch(line)
            names.extend(read_authors(mail[1] if mail else line))
    if names:
        return tuple(names)
    creators = [plain_line(words(element)) for element in fields.get("dc:creator", ())]
    given = [name for name in creators if name]
    # One element holds either one name or, as in arXiv's feeds, all of them.
    return read_authors(given[0]) if len(given) == 1 else tuple(given)


def _dates(fields: _Fields, announced: str) -> tuple[str | None, str | None]:
    dates = [read_date(line_of(element)) for name in _DATES for element in fields.get(name, ())]
    published = earliest(dates)
    updated = None if announced else read_date(_first(fields, "updated", "modified"))
    if announced.startswith("replace"):
        return None, published
    # The day of a cross-listing says nothing about when the paper appeared.
    return (None if announced == "cross" else published), updated


def _links(fields: _Fields) -> list[Link]:
    found: dict[str, Link] = {}
    for name in ("link", "enclosure", "prism:url"):
        for element in fields.get(name, ()):
            url = (element.get("href") or element.get("url") or element.text or "").strip()
            if not url.lower().startswith(("http://", "https://")) or element.get("rel") in (
                "self", "edit", "replies", "license", "hub"
            ):  # fmt: skip
                continue
            pdf = element.get("type") == "application/pdf" or element.get("title") == "pdf"
            kind = "pdf" if pdf else kind_of(url)
            found.setdefault(url, Link("paper" if kind == "other" else kind, url))
    return list(found.values())


def _doi(fields: _Fields, links: list[Link]) -> str | None:
    for name in ("arxiv:doi", "arxiv:DOI", "prism:doi", "dc:identifier", "id", "guid"):
        for element in fields.get(name, ()):
            first = _DOI_SEPARATOR.split((line_of(element) or ""), maxsplit=1)[0]
            doi = doi_of(first) if name.endswith(("doi", "DOI")) else parse_doi(first)
            if doi:
                return doi
    return next((doi for link in links if (doi := parse_doi(link.url))), None)


def _tags(fields: _Fields, *, arxiv: bool) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for name in ("category", "dc:subject", "prism:section"):
        for element in fields.get(name, ()):
            tag = read_line(element.get("term") or element.get("label")) or line_of(element)
            # arXiv's API gives the classes of MSC and ACM as categories, too.
            if tag and len(tag) <= 100 and (not arxiv or _CATEGORY.fullmatch(tag)):
                tags[tag] = None
    return tuple(tags)


def _journal_ref(fields: _Fields, venue: str | None, published: str | None) -> str | None:
    first, last = _first(fields, "prism:startingPage"), _first(fields, "prism:endingPage")
    pages = f"{first}-{last}" if first and last and first != last else first
    volume, issue = _first(fields, "prism:volume"), _first(fields, "prism:number")
    return citation(venue, volume, issue, pages, published)


READER = Reader("atom", recognise, read)
