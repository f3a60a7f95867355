"""One article in JATS, the markup of PubMed Central, bioRxiv, SciELO and many publishers.

https://jats.nlm.nih.gov/archiving/tag-library/
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from msgspec import UnsetType

from digest.identifiers import parse_arxiv, parse_doi
from digest.paper import Link, Orcids, Record, Span
from digest.readers.orcids import orcids_of
from digest.readers.xml.door import short
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

_PUBLISHED = frozenset(
    """pub epub ppub epub-ppub collection epreprint preprint publication pub-date print online
    electronic""".split()
)
_AUTHORS = frozenset(["", "author", "collab"])
_SHORTENED = frozenset(["graphical", "teaser", "toc", "precis", "editor", "key-points"])


def understand(element: ET.Element, span: Span) -> Record | str:
    """The record of an `article` or of its `front`, or why it is none."""
    front = element if short(element.tag) == "front" else child(element, "front")
    meta = child(front, "article-meta")
    if meta is None:
        return "an article without its metadata"
    group = child(meta, "title-group")
    title = line_of(child(group, "article-title"))
    abstract = _abstract(meta)
    if title is None and abstract is None:
        return "an article without title and abstract"
    if subtitle := line_of(child(group, "subtitle")):
        title = f"{title}: {subtitle}"
    venue = line_of(descend(front, "journal-meta", "journal-title-group", "journal-title"))
    venue = venue or line_of(descend(front, "journal-meta", "journal-title"))
    ids = {e.get("pub-id-type", ""): line_of(e) or "" for e in children(meta, "article-id")}
    eprint = parse_arxiv(ids.get("arxiv", ""))
    published = earliest(
        parts_date(date, "year", "month", "day")
        for date in children(meta, "pub-date")
        if (date.get("pub-type") or date.get("date-type") or "pub") in _PUBLISHED
    )
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=_authors(meta),
        orcids=_orcids(meta),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=parse_doi(ids.get("doi", "")),
        published=published,
        published_as="jats" if published else None,
        journal_ref=_journal_ref(meta, venue, published),
        venue=venue,
        links=_links(abstract, ids),
        tags=_keywords(meta),
    )


def _abstract(meta: ET.Element) -> str | None:
    found = children(meta, "abstract")
    whole = [e for e in found if e.get("abstract-type", "") not in _SHORTENED]
    return next((text for e in whole or found if (text := paragraphs_of(e))), None)


def _authors(meta: ET.Element) -> tuple[str, ...]:
    return tuple(name for contrib in _contribs(meta) if (name := _name(contrib)))


def _contribs(meta: ET.Element) -> list[ET.Element]:
    return [
        contrib
        for group in children(meta, "contrib-group")
        for contrib in children(group, "contrib")
        if contrib.get("contrib-type", "") in _AUTHORS
    ]


def _orcids(meta: ET.Element) -> Orcids | UnsetType:
    return orcids_of(
        (_name(contrib) or "", line_of(number) or "")
        for contrib in _contribs(meta)
        for number in children(contrib, "contrib-id")
        if number.get("contrib-id-type", "") == "orcid"
    )


def _name(contrib: ET.Element) -> str | None:
    name = child(contrib, "name")
    if name is None:
        name = descend(contrib, "name-alternatives", "name")
    if name is None:
        whole = child(contrib, "string-name")
        name = whole if child(whole, "surname") is not None else None
        if name is None:
            return line_of(whole) or _group(child(contrib, "collab"))
    parts = (line_of(child(name, part)) for part in ("given-names", "surname", "suffix"))
    return " ".join(part for part in parts if part) or None


def _group(collab: ET.Element | None) -> str | None:
    """A group's name; its members may stand inside."""
    if collab is None:
        return None
    return line_of(child(collab, "institution")) or " ".join((collab.text or "").split()) or None


def _keywords(meta: ET.Element) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for group in children(meta, "kwd-group"):
        if group.get("kwd-group-type", "author") in ("author", "author-keywords", "keywords"):
            for keyword in children(group, "kwd"):
                if tag := line_of(keyword):
                    tags[tag] = None
    return tuple(tags)


def _links(abstract: str | None, ids: dict[str, str]) -> tuple[Link, ...]:
    links = links_in(abstract)
    pmc = ids.get("pmc") or ids.get("pmcid") or ""
    number = pmc.upper().removeprefix("PMC")
    if number.isascii() and number.isdigit() and len(number) <= 10:
        links.append(Link("paper", f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/"))
    return tuple(links)


def _journal_ref(meta: ET.Element, venue: str | None, year: str | None) -> str | None:
    first, last = line_of(child(meta, "fpage")), line_of(child(meta, "lpage"))
    pages = f"{first}-{last}" if first and last and first != last else first
    pages = pages or line_of(child(meta, "elocation-id"))
    volume, issue = line_of(child(meta, "volume")), line_of(child(meta, "issue"))
    return citation(venue, volume, issue, pages, year)
