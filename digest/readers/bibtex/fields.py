"""The fields of one entry become a Record.

Fields of BibTeX: https://ctan.org/pkg/bibtex (btxdoc); of biblatex: https://ctan.org/pkg/biblatex,
section 2.2; of arXiv: https://info.arxiv.org/help/hypertex/bibstyles/index.html; the others are
those of JabRef, Mendeley, Zotero, BibDesk and DBLP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digest.identifiers import Eprint, parse_arxiv
from digest.links import find_links, kind_of
from digest.paper import Link, LinkKind, Record, Span
from digest.readers.bibtex.names import read_names, unwrapped
from digest.readers.citations import (
    doi_in,
    doi_of,
    edtf_of,
    eprint_of,
    month_of,
    named_eprint,
    own_eprint,
    reference,
    year_of,
)
from digest.readers.fields import read_paragraphs
from digest.text import fold

USED = frozenset(
    """abstract annote archiveprefix arxiv arxivid author author_keywords book-title booktitle
    code comment comments conference crossref data dataset date day demo doi editor ee eprint
    eprintclass eprinttype eventtitle github homepage howpublished ids journal journaltitle keyword
    keywords link maintitle mendeley-tags month note number pages pdf primaryclass project pubstate
    series slides subtitle tags title titleaddon type url urls video volume website xdata year
    """.split()
)
_VENUES = ("journaltitle", "journal", "booktitle", "book-title", "eventtitle", "conference")
_KEYWORDS = ("keywords", "keyword", "author_keywords", "mendeley-tags", "tags")
_COMMENTS = ("note", "comment", "comments", "pubstate")
_URLS = ("url", "urls", "ee", "link")
_NAMED_LINKS: dict[str, LinkKind] = {
    "code": "code", "github": "code", "project": "project", "website": "project",
    "homepage": "project", "video": "video", "data": "data", "dataset": "data", "demo": "demo",
    "pdf": "pdf",
}  # fmt: skip
_EDITED = frozenset(
    """book collection mvbook mvcollection mvproceedings mvreference periodical proceedings
    reference""".split()
)
_PARTS = frozenset(
    """bookinbook conference inbook incollection inproceedings inreference suppbook
    suppcollection""".split()
)
_INHERITED = frozenset(
    """booktitle conference date day editor eventtitle journal journaltitle month number publisher
    series volume year""".split()
)
_DATED = frozenset({"date", "year", "month", "day"})
_DATE = re.compile(r"[\s{]*+([12]\d{3})(?!\d)(?:-(\d\d?)(?!\d)(?:-(\d\d?)(?!\d))?)?")
_DAY = re.compile(r"(?<!\d)([12]\d|3[01]|0?[1-9])(?!\d)")
_TEX = re.compile(r"\{?\\([_%#&~])(?:\{\})?\}?|\{?\\textasciitilde(?:\{\})?\}?|\$\\sim\$")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n|\r[ \t]*\r")
_ADDRESS = re.compile(r"\\url\s?\{[^{}]*\}\.?|https?://\S+")
_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_SENTENCE_END = (":", "?", "!", ".")


def inherit(
    child_type: str, child: dict[str, str], parent: Mapping[str, str], everything: bool
) -> None:
    """Gives `child` what it lacks and its `parent` has; `everything` for `xdata`, else as
    crossref does: a book's title becomes the booktitle of its parts."""
    dated = not _DATED.isdisjoint(child)
    for name, value in parent.items():
        if name in child or (name in _DATED and dated):
            continue
        if (everything and name not in ("ids", "xdata")) or name in _INHERITED:
            child[name] = value
    if everything:
        return
    title = parent.get("title")
    if title and child_type in _PARTS:
        child.setdefault("booktitle", title)
    if title and child_type == "article" and "journal" not in child:
        child.setdefault("journaltitle", title)
    if child_type in ("inbook", "bookinbook", "suppbook"):
        for name in ("title", "author"):
            if name in parent:
                child.setdefault(name, parent[name])


def make_record(kind: str, fields: Mapping[str, str], urls: Sequence[str], span: Span) -> Record:
    """`fields` by lower-case name; `urls` are all values of address fields, in order."""
    get = fields.get
    eprint = _eprint(fields)
    published = _date(fields)
    authors = read_names(fields["author"]) if "author" in fields else ()
    if not authors and kind in _EDITED:
        authors = read_names(get("editor", ""))
    return Record(
        span=span,
        title=_title(fields),
        abstract=_abstract(get("abstract", "")),
        authors=authors,
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=_doi(fields),
        published=published,
        published_as="bibtex" if published else None,
        comment=_comment(fields),
        journal_ref=_reference(fields, published),
        venue=_venue(fields),
        links=_links(fields, urls),
        tags=_tags(fields),
    )


def _venue(fields: Mapping[str, str]) -> str | None:
    for name in _VENUES:
        if name in fields and (text := _plain(fields[name])):
            return text
    return None


def _reference(fields: Mapping[str, str], published: str | None) -> str | None:
    """Journal, volume and pages; None where the journal is arXiv."""
    journal = _plain(fields.get("journaltitle", "") or fields.get("journal", ""))
    volume, pages = _plain(fields.get("volume", "")), _plain(fields.get("pages", ""))
    if not journal or not (volume or pages):
        return None
    number = _plain(fields.get("number", "")).replace("--", "-")
    if _may_name_eprint(words := f"{journal} {volume} {number}") and named_eprint(words):
        return None
    year = published[:4] if published else None
    return reference(journal, volume, number, pages.replace("--", "-"), year)


def _plain(value: str) -> str:
    """`value` on one line, without braces around the whole of it."""
    if not value:
        return value
    return unwrapped(fold(value))


def _title(fields: Mapping[str, str]) -> str | None:
    title, more = _plain(fields.get("title", "")), _plain(fields.get("subtitle", ""))
    if title and more:
        return f"{title} {more}" if title.endswith(_SENTENCE_END) else f"{title}: {more}"
    return title or more or None


def _abstract(value: str) -> str | None:
    if not value:
        return None
    if _BLANK_LINE.search(value):
        value = read_paragraphs(value) or ""
        return unwrapped(value)
    return _plain(value) or None


def _comment(fields: Mapping[str, str]) -> str | None:
    said = [_plain(fields[name]) for name in _COMMENTS if name in fields]
    if (how := _plain(fields.get("howpublished", ""))) and not find_links(how):
        said.append(how)
    kept = (text for text in said if text and not _ADDRESS.fullmatch(text))
    return "; ".join(dict.fromkeys(kept)) or None


def _eprint(fields: Mapping[str, str]) -> Eprint | None:
    if value := _untex(fields.get("eprint", "")):
        archive = _plain(fields.get("eprinttype", "") or fields.get("archiveprefix", "")).lower()
        found = eprint_of(value)
        if found is None and archive in ("", "arxiv"):
            section = _plain(fields.get("primaryclass", "") or fields.get("eprintclass", ""))
            found = parse_arxiv(f"{section.partition('.')[0]}/{value}")
        elif found is None:
            found = parse_arxiv(f"{archive}/{value}")
        if found and archive not in ("pubmed", "jstor", "hdl", "googlebooks"):
            return found
    for name in ("arxivid", "arxiv"):
        if name in fields and (found := eprint_of(_untex(fields[name]))):
            return found
    for name in ("journal", "journaltitle", "volume", "number", "doi", "url", "ee", "howpublished"):
        if (
            name in fields
            and _may_name_eprint(value := fields[name])
            and (found := named_eprint(value))
        ):
            return found
    note = fields.get("note")
    return own_eprint(note) if note else None


def _may_name_eprint(value: str) -> bool:
    """Whether `named_eprint` is worth its price: what it looks for begins with one of these."""
    return "abs/" in (low := value.lower()) or "arxiv" in low


def _doi(fields: Mapping[str, str]) -> str | None:
    if "doi" in fields and (found := doi_of(_untex(fields["doi"]))):
        return found
    for name in ("url", "ee", "link", "note"):
        if name in fields and (found := doi_in(_untex(fields[name]))):
            return found
    return None


def _untex(value: str) -> str:
    """An identifier or address without the escapes that TeX needs."""
    if "\\" in value:
        value = _TEX.sub(lambda m: m[1] or "~", value)
    return _plain(value)


def _date(fields: Mapping[str, str]) -> str | None:
    """biblatex's `date` (the start of a range), else `year`, `month` and `day`."""
    if m := _DATE.match(fields.get("date", "")):
        month = int(m[2]) if m[2] else None
        return edtf_of(m[1], month, int(m[3]) if m[3] else None)
    year = year_of(fields.get("year", "") or fields.get("date", ""))
    if year is None:
        return None
    said = fields.get("month", "")
    if not said:
        return year
    month = month_of(_plain(said))
    day = _DAY.search(fields.get("day", "") or ("" if said.strip().isdecimal() else said))
    return edtf_of(year, month, int(day[1]) if day else None)


def _tags(fields: Mapping[str, str]) -> tuple[str, ...]:
    tags: list[str] = []
    for name in _KEYWORDS:
        if name in fields:
            value = fields[name]
            words = _plain(value).split(";" if ";" in value else ",")
            tags.extend(_plain(word).lstrip("#") for word in words)
    section = _plain(fields.get("primaryclass", "") or fields.get("eprintclass", ""))
    if _CLASS.fullmatch(section):
        tags.append(section)
    return tuple(dict.fromkeys(filter(None, tags)))


def _links(fields: Mapping[str, str], urls: Sequence[str]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in _all_links(fields, urls):
        found.setdefault(link.url, link)
    return tuple(found.values())


def _all_links(fields: Mapping[str, str], urls: Sequence[str]) -> Iterator[Link]:
    for value in urls:
        yield from _addresses(value, None)
    for name, kind in _NAMED_LINKS.items():
        if name in fields:
            value = fields[name]
            yield from _addresses(value, kind)
    for name in ("howpublished", "note"):
        if "." in (value := fields.get(name, "")):
            yield from find_links(value)


def _addresses(value: str, kind: LinkKind | None) -> Iterator[Link]:
    url = _untex(value)
    if url.startswith(("https://", "http://")) and not set(url) & set(' {}\\"<>'):
        yield Link(kind or kind_of(url), url)
        return
    for link in find_links(value):
        yield Link(kind, link.url) if kind else link


def is_address_field(name: str) -> bool:
    """Whether a field holds an address by its name."""
    return name in _URLS or name[:9] == "bdsk-url-"
