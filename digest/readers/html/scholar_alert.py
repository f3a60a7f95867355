"""Alerts that Google Scholar mails: a title with its address, a line of names, a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from digest.identifiers import parse_arxiv, parse_doi
from digest.links import kind_of
from digest.paper import Link, Record
from digest.readers.fields import read_authors, read_date
from digest.readers.html.tags import Tag
from digest.readers.markup import plain_line

_TITLE_CLASS = "gse_alrt_title"
_BYLINE = re.compile(r"<div\b[^<>]{0,300}>(.{1,2000}?)</div>", re.S | re.I)
_SNIPPET = re.compile(r"<div\b[^<>]{0,300}gse_alrt_sni[^<>]{0,300}>(.{1,5000}?)</div>", re.S | re.I)
_KIND = re.compile(r"^\[(?:PDF|HTML|BOOK|CITATION|DOC)\]\s*", re.I)
_YEAR = re.compile(r"(?:^|,\s*)((?:19|20)\d\d)$")
_CUT = re.compile(r"\s*[…]|\s*\.\.\.$")
_END_OF_LINK = re.compile(r"</a\s*>", re.I)


def find_alerts(text: str, tags: list[Tag]) -> Iterator[Record]:
    """The papers of an alert. What is shown of an abstract is a snippet, and is left out."""
    titles = [
        tag
        for tag in tags
        if tag.name == "a" and _TITLE_CLASS in tag.attributes.get("class", "").split()
    ]
    for tag, after in zip(titles, [*titles[1:], None], strict=False):
        limit = after.span[0] if after else len(text)
        close = _END_OF_LINK.search(text, tag.span[1], min(limit, tag.span[1] + 5_000))
        if close is None:
            continue
        title = _KIND.sub("", plain_line(text[tag.span[1] : close.start()]) or "")
        if not title:
            continue
        byline = _BYLINE.search(text, close.end(), min(limit, close.end() + 3_000))
        snippet = _SNIPPET.search(text, close.end(), min(limit, close.end() + 9_000))
        end = max(m.end() for m in (close, byline, snippet) if m)
        yield _record(tag, end, title, plain_line(byline[1]) if byline else None)


def _record(tag: Tag, end: int, title: str, byline: str | None) -> Record:
    """`byline` is `A Author, B Author… - Journal, 2024 - publisher.com`."""
    names, _, rest = (byline or "").partition(" - ")
    place = rest.partition(" - ")[0]
    year = _YEAR.search(place.strip())
    venue = _CUT.sub("", place[: year.start()] if year else place).strip(" ,") or None
    url = _target(tag.attributes.get("href", ""))
    eprint = parse_arxiv(url)
    published = read_date(year[1]) if year else None
    return Record(
        span=(tag.span[0], end),
        title=title,
        authors=read_authors(_CUT.sub("", names)) if names else (),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=parse_doi(url),
        published=published,
        published_as="page" if published else None,
        venue=venue,
        links=(Link(kind_of(url), url),) if url else (),
    )


def _target(href: str) -> str:
    """Where Scholar's own address leads on to."""
    if not href.startswith(("http://", "https://")):
        return ""
    try:
        query = urlsplit(href).query
        pairs = dict(parse_qsl(query, max_num_fields=50))
    except ValueError:
        return ""
    url = pairs.get("url", "") if "scholar_url" in href else href
    return url if url.startswith(("http://", "https://")) else ""
