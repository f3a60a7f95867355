"""What the tags of a page say of a paper, brought under one set of words.

Highwire's `citation_*`: https://scholar.google.com/intl/en/scholar/inclusion.html; Dublin Core:
https://www.dublincore.org/specifications/dublin-core/dc-html/; JSON-LD:
https://schema.org/ScholarlyArticle; COinS: https://archive.org/details/coins-spec
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl

from digest.identifiers import parse_arxiv, parse_doi
from digest.links import kind_of
from digest.paper import Link, Record, Span
from digest.readers.fields import read_authors, read_date, read_line
from digest.readers.markup import looks_like_markup, plain_line, plain_paragraphs
from digest.readers.xml.text import arxiv_paragraphs, citation, earliest

_HIGHWIRE = {
    "title": "title", "author": "author", "authors": "authors", "doi": "id", "arxiv_id": "id",
    "public_url": "url", "abstract_html_url": "url", "fulltext_html_url": "url", "pdf_url": "pdf",
    "abstract": "abstract", "date": "date", "publication_date": "date", "online_date": "online",
    "year": "date", "cover_date": "date", "journal_title": "venue", "conference_title": "venue",
    "conference": "venue", "inbook_title": "venue", "dissertation_institution": "institution",
    "technical_report_institution": "institution", "volume": "volume", "issue": "issue",
    "firstpage": "first", "lastpage": "last", "keywords": "keyword", "keyword": "keyword",
}  # fmt: skip
_DUBLIN_CORE = {
    "title": "title", "creator": "creator", "contributor.author": "creator", "identifier": "id",
    "identifier.doi": "id", "identifier.uri": "id", "source": "id", "relation": "id",
    "description": "abstract", "description.abstract": "abstract", "abstract": "abstract",
    "date": "date", "date.issued": "date", "issued": "date", "subject": "keyword",
    "ispartof": "venue", "relation.ispartof": "venue",
}  # fmt: skip
_PRISM = {
    "publicationname": "venue", "publicationdate": "date", "volume": "volume", "number": "issue",
    "startingpage": "first", "endingpage": "last", "doi": "id", "url": "url",
}  # fmt: skip
_EPRINTS = {
    "title": "title", "creators_name": "author", "abstract": "abstract", "date": "date",
    "publication": "venue", "id_number": "id", "document_url": "pdf", "volume": "volume",
    "number": "issue", "keywords": "keyword",
}  # fmt: skip
_GRAPH = {
    "og:title": "title", "og:url": "url", "og:description": "teaser", "description": "teaser",
    "twitter:title": "title", "article:published_time": "date",
}  # fmt: skip
_SCHEMES: tuple[tuple[re.Pattern[str], int, dict[str, str]], ...] = (
    (re.compile(r"citation_"), 0, _HIGHWIRE),
    (re.compile(r"(?:bepress|wkhealth)_(?:citation_)?"), 1, _HIGHWIRE),
    (re.compile(r"eprints\."), 2, _EPRINTS),
    (re.compile(r"dc(?:terms)?[.:]"), 3, _DUBLIN_CORE),
    (re.compile(r"prism[.:]"), 4, _PRISM),
    (re.compile(r"(?=og:|twitter:|article:|description$)"), 9, _GRAPH),
)
PAPERS_OWN = 5
"""Ranks below this belong to vocabularies that are used for papers alone."""
_JSON_LD_RANK = 6
_COINS = {
    "rft.atitle": "title", "rft.au": "author", "rft.date": "date", "rft.jtitle": "venue",
    "rft.volume": "volume", "rft.issue": "issue", "rft.spage": "first", "rft.epage": "last",
    "rft_id": "id", "rft.identifier": "id", "rft.subject": "keyword", "rft.description": "abstract",
}  # fmt: skip
_CUT = ("…", "...", "[…]")
_CLASS_CODE = re.compile(r"\d\d[A-Z](?:\d\d|xx|-\w\w)?")
_SITE_BEFORE = re.compile(r"Paper page - ")
_SITE_NAMES = re.compile(r"info:(?:doi|arxiv|pmid|hdl)/", re.I)
_ARXIV_DOI = re.compile(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.48550/arXiv\.", re.I)
_LEAD = re.compile(r"(?:abstract|summary)\b\s*[.:—-]?\s*", re.I)
_ASIDE = re.compile(r"(?:highlights|graphical abstract)\b", re.I)
_TYPES = frozenset(
    ["ScholarlyArticle", "MedicalScholarlyArticle", "Thesis", "TechArticle", "Report"]
)


class Roles:
    """Values under the words of this module, each with the rank of the vocabulary it came in."""

    def __init__(self) -> None:
        self._values: dict[str, list[tuple[int, str]]] = {}

    def add(self, role: str, value: Any, rank: int = 0) -> None:
        """Keeps `value` where it is a text that is not blank."""
        if isinstance(value, str) and value.strip():
            self._values.setdefault(role, []).append((rank, value))

    def add_all(self, other: Roles) -> None:
        """Keeps all that `other` holds."""
        for role, values in other._values.items():
            self._values.setdefault(role, []).extend(values)

    def best(self, *roles: str) -> list[str]:
        """The values of the vocabulary that ranks first, for the first role that has any."""
        for role in roles:
            values = self._values.get(role)
            if values:
                rank = min(rank for rank, _ in values)
                return [value for at, value in values if at == rank]
        return []

    def every(self, *roles: str) -> list[str]:
        """All values, those of the first vocabulary first."""
        values = [value for role in roles for value in self._values.get(role, ())]
        return [value for _, value in sorted(values, key=lambda pair: pair[0])]

    def line(self, *roles: str) -> str | None:
        """The first value as one line without tags."""
        return next((line for value in self.best(*roles) if (line := _line(value))), None)


def role_of(name: str) -> tuple[str, int] | None:
    """What a `meta` tag called `name` says, and the rank of its vocabulary."""
    name = name.strip().lower()
    for prefix, rank, roles in _SCHEMES:
        if m := prefix.match(name):
            role = roles.get(name[m.end() :])
            return (role, rank) if role else None
    return None


def _line(value: str) -> str | None:
    return plain_line(value) if looks_like_markup(value) else read_line(value)


def coins(source: str) -> Roles:
    """The roles of a COinS tag, from the value of its `title`."""
    roles = Roles()
    try:
        pairs = parse_qsl(source, max_num_fields=400)
    except ValueError:
        return roles
    said = dict(reversed(pairs))
    for key, value in pairs:
        if role := _COINS.get(key):
            roles.add(role, value)
    titles = [said.get("rft.atitle"), said.get("rft.btitle"), said.get("rft.title")]
    if not titles[0]:
        roles.add("title", next((title for title in titles if title), None))
    elif not said.get("rft.jtitle"):
        roles.add("venue", titles[1] or titles[2])
    if "rft.au" not in said:
        parts = (said.get("rft.aufirst"), said.get("rft.aulast"))
        roles.add("author", " ".join(part for part in parts if part))
    return roles


def is_paper(item: dict[str, Any]) -> bool:
    """Whether an object of JSON-LD is a paper."""
    given = item.get("@type")
    types = given if isinstance(given, list) else [given]
    names = {name.rpartition("/")[2] for name in types if isinstance(name, str)}
    if names & _TYPES:
        return True
    return "Article" in names and any(parse_doi(value) for value in _names(item))


def json_ld(item: dict[str, Any]) -> Roles:
    """The roles of a paper in JSON-LD."""
    roles = Roles()
    rank = _JSON_LD_RANK
    roles.add("title", item.get("headline") or item.get("name"), rank)
    for person in _listed(item.get("author") or item.get("creator")):
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(person, dict) and not name:
            parts = (person.get("givenName"), person.get("familyName"))
            name = " ".join(part for part in parts if isinstance(part, str))
        for one in _listed(name):
            roles.add("author", one, rank)
    roles.add("abstract", item.get("abstract") or item.get("description"), rank)
    roles.add("date", item.get("datePublished") or item.get("dateCreated"), rank)
    for word in _listed(item.get("keywords")):
        roles.add("keyword", word.get("name") if isinstance(word, dict) else word, rank)
    for value in _names(item):
        roles.add("id", value, rank)
    roles.add("url", item.get("url"), rank)
    roles.add("first", item.get("pageStart"), rank)
    roles.add("last", item.get("pageEnd"), rank)
    part: Any = item.get("isPartOf")
    for _ in range(4):
        part = part[0] if isinstance(part, list) and part else part
        if not isinstance(part, dict):
            break
        roles.add("volume", part.get("volumeNumber"), rank)
        roles.add("issue", part.get("issueNumber"), rank)
        roles.add("venue", part.get("name"), rank)
        part = part.get("isPartOf")
    return roles


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(item: dict[str, Any]) -> Iterator[str]:
    for key in ("doi", "identifier", "sameAs", "@id", "url"):
        for value in _listed(item.get(key)):
            name = value.get("value") if isinstance(value, dict) else value
            if isinstance(name, str):
                yield name


def make_record(span: Span, roles: Roles, abstracts: Iterable[str] = ()) -> Record | None:
    """The record of what `roles` say; `abstracts` are asked where they hold none that is whole."""
    title = roles.line("title")
    if title is None:
        return None
    title = _SITE_BEFORE.sub("", title, count=1) if title.startswith("Paper page") else title
    names = [_SITE_NAMES.sub("", " ".join(v.split())) for v in roles.every("id", "url", "pdf")]
    eprint = next(
        (found for name in names if (found := parse_arxiv(_ARXIV_DOI.sub("", name)))), None
    )
    published = earliest(_dates(roles, "date")) or earliest(_dates(roles, "online"))
    online = max(_dates(roles, "online"), default=None)
    venue = roles.line("venue", "institution")
    first, last = roles.line("first"), roles.line("last")
    return Record(
        span=span,
        title=title,
        abstract=_abstract(roles, abstracts, arxiv=eprint is not None),
        authors=_authors(roles),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=next((doi for name in names if (doi := parse_doi(name))), None),
        published=published,
        published_as="page" if published else None,
        updated=online if eprint and online and online > (published or "") else None,
        journal_ref=citation(
            venue,
            roles.line("volume"),
            roles.line("issue"),
            f"{first}-{last}" if first and last and first != last else first,
            published,
        ),
        venue=venue,
        links=_links(roles),
        tags=_tags(roles),
    )


def _dates(roles: Roles, role: str) -> list[str]:
    lines = (" ".join(value.split()) for value in roles.every(role))
    return [date for line in lines if (date := read_date(line))]


def _abstract(roles: Roles, others: Iterable[str], *, arxiv: bool) -> str | None:
    short: str | None = None
    title = roles.line("title") or ""
    for role, least in (("abstract", 1), ("body", 100), ("teaser", 200)):
        for value in others if role == "body" else roles.every(role):
            marked = role == "body" or looks_like_markup(value)
            text = plain_paragraphs(value) if marked else arxiv_paragraphs(value)
            text = _LEAD.sub("", text or "", count=1)
            if len(text) < least or text == title or _ASIDE.match(text):
                continue
            if role == "teaser" and not _speaks_of(text, title):
                continue
            if not text.endswith(_CUT):
                return text
            short = short or (text if role == "abstract" and not arxiv else None)
    return short


def _speaks_of(text: str, title: str) -> bool:
    """Whether a page's description is of the paper: many sites describe themselves instead."""
    said = text.lower()
    return any(word in said for word in re.findall(r"\w{5,}", title.lower()))


def _authors(roles: Roles) -> tuple[str, ...]:
    names = [line for value in roles.best("author") if (line := _line(value))]
    if not names:
        names = [name for value in roles.best("authors") for name in value.split(";")]
    if not names:
        creators = roles.best("creator")
        names = list(read_authors(creators[0])) if len(creators) == 1 else creators
    elif len(names) == 1 and ";" in names[0]:
        names = names[0].split(";")
    folded = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(name for name in folded if name))


def _links(roles: Roles) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for role in ("pdf", "url"):
        for value in roles.every(role):
            url = value.strip()
            if url.lower().startswith(("http://", "https://")) and not re.search(r"\s", url):
                kind = "pdf" if role == "pdf" else kind_of(url)
                found.setdefault(url, Link("paper" if kind == "other" else kind, url))
    return tuple(found.values())


def _tags(roles: Roles) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for value in roles.best("keyword"):
        for word in re.split(r";" if ";" in value else r",", value):
            tag = _line(word)
            if tag and len(tag) <= 100 and not _CLASS_CODE.fullmatch(tag):
                tags[tag] = None
    return tuple(tags)
