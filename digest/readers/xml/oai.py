"""Answers of OAI-PMH repositories: arXiv's own formats, Dublin Core and JATS.

https://www.openarchives.org/OAI/openarchivesprotocol.html, https://info.arxiv.org/help/oa/
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from digest.identifiers import parse_arxiv, parse_doi
from digest.links import kind_of
from digest.paper import Link, Record, Span
from digest.readers.base import Passage, Reader, Remark
from digest.readers.fields import read_authors, read_date
from digest.readers.xml import jats
from digest.readers.xml.door import find_root
from digest.readers.xml.entries import read_entries
from digest.readers.xml.text import (
    arxiv_paragraphs,
    child,
    children,
    earliest,
    line_of,
    links_in,
    words,
)

_NAMES = frozenset(["record"])
_KNOWN = re.compile(r"<(?:[\w.-]{1,40}:)?(?:metadata|header|arXiv(?:Raw|Old)?|dc)[\s>/]")
_OTHERS = re.compile(r"<(?:[\w.-]{1,40}:)?(?:crossref|crossref_result)[\s>]")
_ERROR = re.compile(r"<error\b[^<>]{0,200}>([^<]{1,500})")
_IDENTIFIER = re.compile(r"oai:arXiv\.org:", re.I)
_SEPARATOR = re.compile(r"\s+|[,;](?=10\.\d)")
_CLASSES = re.compile(r"[\dA-Z]\d[\dA-Z.-]+|[A-K]\.\d[\d.a-z]*")
_COMMENT = re.compile(r"Comments?:\s*", re.I)
_VERSION = re.compile(r"v([1-9]\d?)")
_SPLIT_TAGS = re.compile(r"\s*;\s*")


def recognise(text: str) -> float:
    """How sure it is that `text` is an answer of OAI-PMH, or records out of one."""
    root = find_root(text)
    if root is None or _OTHERS.search(text):
        return 0.0
    if root.name == "OAI-PMH":
        return 0.97
    if root.name in ("record", "ListRecords", "GetRecord"):
        return 0.9 if len(set(_KNOWN.findall(text))) >= 2 else 0.0
    return 0.0


def read(text: str) -> Iterator[Passage]:
    """The records of an answer."""
    root = find_root(text)
    if root is None:
        return
    m = _ERROR.search(text, root.end, root.end + 5_000)
    if m:
        why = " ".join(m[1].split())
        yield Remark(m.start(), "warning", f"the repository answered: {why}", "ask it again")
    yield from read_entries(text, root, _NAMES, _understand)


def _understand(element: ET.Element, span: Span) -> Record | str:
    header, metadata = child(element, "header"), child(element, "metadata")
    identifier = line_of(child(header, "identifier"))
    if metadata is None or len(metadata) == 0:
        if header is not None and header.get("status") == "deleted":
            return f"a record that the repository has deleted: {identifier or 'nameless'}"
        return "a record without metadata"
    for name in ("arXiv", "arXivRaw", "arXivOld"):
        inner = child(metadata, name)
        if inner is not None:
            return _arxiv(inner, span)
    inner = child(metadata, "oai_dc:dc")
    if inner is None:
        inner = child(metadata, "dc")
    if inner is not None:
        return _dublin_core(inner, span, identifier or "")
    inner = child(metadata, "article")
    if inner is not None:
        return jats.understand(inner, span)
    name = metadata[0].tag.rpartition("}")[2]
    return f"metadata in the format `{name}`, which is not read"[:120]


def _arxiv(inner: ET.Element, span: Span) -> Record | str:
    title = line_of(child(inner, "title"))
    abstract = arxiv_paragraphs(words(child(inner, "abstract")))
    if title is None and abstract is None:
        return "a record without title and abstract"
    eprint = parse_arxiv(line_of(child(inner, "id")) or "")
    versions = [
        (_VERSION.fullmatch(version.get("version", "")), _day(line_of(child(version, "date"))))
        for version in children(inner, "version")
    ]
    created = read_date(line_of(child(inner, "created")))
    published = created or (versions[0][1] if versions else None)
    last = versions[-1][0] if versions else None
    comment = line_of(child(inner, "comments"))
    categories = (line_of(child(inner, "categories")) or "").replace(",", " ")
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=_arxiv_authors(child(inner, "authors")),
        eprint=eprint.id if eprint else None,
        eprint_version=int(last[1]) if last else None,
        doi=_first_doi(line_of(child(inner, "doi"))),
        published=published,
        published_as="oai" if published else None,
        updated=read_date(line_of(child(inner, "updated")))
        or (versions[-1][1] if len(versions) > 1 else None),
        comment=comment,
        journal_ref=line_of(child(inner, "journal-ref")),
        links=tuple(links_in(abstract, comment)),
        tags=tuple(dict.fromkeys(categories.split())),
    )


def _day(value: str | None) -> str | None:
    """`Mon, 24 Nov 2014 08:04:34 GMT`"""
    return read_date(value)


def _arxiv_authors(element: ET.Element | None) -> tuple[str, ...]:
    if element is None:
        return ()
    authors = children(element, "author")
    if not authors:
        # arXivRaw has one line for all, affiliations in brackets.
        return read_authors(_without_brackets(line_of(element) or ""))
    names = (
        " ".join(
            part
            for name in ("forenames", "keyname", "suffix")
            if (part := line_of(child(author, name)))
        )
        for author in authors
    )
    return tuple(name for name in names if name)


def _without_brackets(value: str) -> str:
    kept: list[str] = []
    depth = 0
    for c in value:
        if c == "(":
            depth += 1
        elif c == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(c)
    return " ".join("".join(kept).replace(" ,", ",").split())


def _first_doi(value: str | None) -> str | None:
    return parse_doi(_SEPARATOR.split(value.strip(), maxsplit=1)[0]) if value else None


def _dublin_core(inner: ET.Element, span: Span, identifier: str) -> Record | str:
    title = line_of(child(inner, "dc:title"))
    named = parse_arxiv(_IDENTIFIER.sub("", identifier))
    abstract, comment = _descriptions(inner, arxiv=named is not None)
    if title is None and abstract is None:
        return "a record without title and description"
    eprint, doi, journal_ref, links = named, None, None, []
    for element in children(inner, "dc:identifier") + children(inner, "dc:relation"):
        line = line_of(element) or ""
        eprint = eprint or parse_arxiv(line)
        doi = doi or parse_doi(line)
        if line.startswith(("http://", "https://")):
            if not parse_arxiv(line) and not parse_doi(line) and " " not in line:
                links.append(Link(kind_of(line), line))
        elif named and not journal_ref and " " in line and not parse_doi(line):
            journal_ref = line
    dates = sorted(
        date for e in children(inner, "dc:date") if (date := read_date(line_of(e))) is not None
    )
    published = earliest(dates)
    source = line_of(child(inner, "dc:source"))
    for link in links_in(abstract, comment):
        if link not in links:
            links.append(link)
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=tuple(n for e in children(inner, "dc:creator") if (n := line_of(e))),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=doi,
        published=published,
        published_as="oai" if published else None,
        updated=dates[-1] if named and len(dates) > 1 else None,
        comment=comment,
        journal_ref=journal_ref or (source if source and "://" not in source else None),
        links=tuple(links),
        tags=_subjects(inner),
    )


def _descriptions(inner: ET.Element, *, arxiv: bool) -> tuple[str | None, str | None]:
    abstract: str | None = None
    comment: str | None = None
    for element in children(inner, "dc:description"):
        text = words(element)
        m = _COMMENT.match(text) if arxiv else None
        if m:
            comment = comment or " ".join(text[m.end() :].split()) or None
        elif arxiv:
            abstract = abstract or arxiv_paragraphs(text)
        else:
            found = arxiv_paragraphs(text) or ""
            # Repositories also describe the deposit; the abstract is the longest.
            abstract = found if len(found) > len(abstract or "") else abstract
    return abstract, comment


def _subjects(inner: ET.Element) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for element in children(inner, "dc:subject"):
        for tag in _SPLIT_TAGS.split(line_of(element) or ""):
            if tag and len(tag) <= 100 and not _CLASSES.match(tag):
                tags[tag] = None
    return tuple(tags)


READER = Reader("oai", recognise, read)
