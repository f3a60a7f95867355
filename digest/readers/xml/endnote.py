"""EndNote's XML, which Bookends, Papers, Zotero and web databases export too.

Each value stands in `<style>` elements that only say how it looks. Form: RSXML.dtd, which comes
with EndNote.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from digest.identifiers import parse_arxiv, parse_doi
from digest.links import kind_of
from digest.paper import Link, Record, Span
from digest.readers.base import Passage, Reader
from digest.readers.citations import date_in_words, doi_in, edtf_of, year_of
from digest.readers.fields import read_line
from digest.readers.xml.door import find_root
from digest.readers.xml.entries import read_entries
from digest.readers.xml.text import (
    child,
    children,
    citation,
    descend,
    line_of,
    links_in,
    paragraphs_of,
    words,
)

_ROOTS = frozenset(["xml", "records", "record", "endnote"])
_RECORD = frozenset(["record"])
_SIGN = re.compile(r"<(?:ref-type|source-app|rec-number|electronic-resource-num)[\s>]")
_TITLES = re.compile(r"<(?:titles|contributors)[\s>]")
_ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_EDITED = re.compile(r"\bedited\b", re.I)
_PARTS = re.compile(r"\s*(?:\r\n?|\n|;)\s*")


def recognise(text: str) -> float:
    """How sure it is that `text` is XML of EndNote."""
    root = find_root(text)
    if root is None or root.name not in _ROOTS or not _SIGN.search(text):
        return 0.0
    return 0.97 if _TITLES.search(text) else 0.7


def read(text: str) -> Iterator[Passage]:
    """The references of `text`."""
    root = find_root(text)
    if root is not None:
        yield from read_entries(text, root, _RECORD, _understand)


def _understand(element: ET.Element, span: Span) -> Record | str:
    for styled in element.iter("style"):
        styled.tag = "span"  # elsewhere the name means a style sheet, which is no text
    titles = child(element, "titles")
    title = line_of(child(titles, "title")) or line_of(child(titles, "short-title"))
    abstract = paragraphs_of(child(element, "abstract"))
    doi = _doi(element)
    if title is None and abstract is None and doi is None:
        return "a reference without title, abstract and DOI"
    venue = _venue(element, titles)
    published = _published(element)
    links = _links(element)
    eprint = next((e for link in links if (e := parse_arxiv(link.url))), None)
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=_authors(element),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=doi,
        published=published,
        published_as="endnote" if published else None,
        comment=line_of(child(element, "notes")),
        journal_ref=citation(
            venue,
            line_of(child(element, "volume")),
            line_of(child(element, "number")),
            line_of(child(element, "pages")),
            published,
        ),
        venue=venue,
        links=tuple(links),
        tags=_tags(element),
    )


def _authors(element: ET.Element) -> tuple[str, ...]:
    """Those of the paper; of an edited book without any, its editors."""
    people = child(element, "contributors")
    own = [n for e in children(child(people, "authors"), "author") if (n := line_of(e))]
    if not own and _EDITED.search(_kind(element) or ""):
        editors = children(child(people, "secondary-authors"), "author")
        own = [name for e in editors if (name := line_of(e))]
    # A comma left at the end is EndNote's mark of a name that is not to be turned round.
    return tuple(name.rstrip(", ") for name in own if name.strip(", "))


def _kind(element: ET.Element) -> str | None:
    found = child(element, "ref-type")
    return None if found is None else found.get("name") or line_of(found)


def _venue(element: ET.Element, titles: ET.Element | None) -> str | None:
    return (
        line_of(child(titles, "secondary-title"))
        or line_of(descend(element, "periodical", "full-title"))
        or line_of(descend(element, "periodical", "abbr-1"))
        or line_of(child(titles, "tertiary-title"))
    )


def _published(element: ET.Element) -> str | None:
    """The year; with it month and day, which stand in words behind it."""
    dates = child(element, "dates")
    year = year_of(line_of(child(dates, "year")) or "")
    date = line_of(descend(dates, "pub-dates", "date")) or ""
    own = year_of(date)
    if own is None:
        return date_in_words(f"{year} {date}") if year else None
    if year not in (None, own):
        return year
    if m := _ISO_DAY.fullmatch(date):
        return edtf_of(m[1], int(m[2]), int(m[3]) if m[3] else None)
    return date_in_words(date)


def _doi(element: ET.Element) -> str | None:
    given = line_of(child(element, "electronic-resource-num")) or ""
    if found := parse_doi(given) or doi_in(given):
        return found
    urls = child(element, "urls")
    for group in () if urls is None else urls:
        if found := next((d for e in children(group, "url") if (d := doi_in(words(e)))), None):
            return found
    return None


def _links(element: ET.Element) -> list[Link]:
    found: dict[str, Link] = {}
    urls = child(element, "urls")
    for group in () if urls is None else urls:
        for url in children(group, "url"):
            address = (read_line(words(url)) or "").replace(" ", "")
            if address.startswith(("https://", "http://")):
                found.setdefault(address, Link(kind_of(address), address))
    for link in links_in(paragraphs_of(child(element, "abstract"))):
        found.setdefault(link.url, link)
    return list(found.values())


def _tags(element: ET.Element) -> tuple[str, ...]:
    """Keywords: an element each, or several to a line or between semicolons."""
    found: dict[str, None] = {}
    for keyword in children(child(element, "keywords"), "keyword"):
        for word in _PARTS.split(words(keyword).strip()):
            if tag := read_line(word.replace("*", "")):
                found[tag] = None
    return tuple(found)


READER = Reader("endnote-xml", recognise, read)
