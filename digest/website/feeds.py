"""Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), the sitemap and
robots.txt.

No clock is asked: an entry's date is its paper's, so that equal content gives equal feeds.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from digest.identifiers import arxiv_url, doi_url
from digest.latex import to_plain
from digest.latex.escaping import escape_text as escape
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.exports import Text
from digest.website.pages import Page, Recipe, Ways
from digest.website.views import Site

SITEMAP_MOST = 50_000
"""Addresses a sitemap may hold (https://www.sitemaps.org/protocol.html)."""
_UNDATED = "1970-01-01"


class FeedEntry(Struct, frozen=True):
    """A paper in a feed: plain text, safe for every reader."""

    key: str
    path: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    published: str | None
    updated: str | None
    tags: tuple[tuple[str, str], ...]


class Feed(Struct, frozen=True):
    """The view of a feed."""

    path: str
    title: str
    page: str
    entries: tuple[FeedEntry, ...]


def plan_feeds(names: Names, site: Site, most: int) -> Iterator[Page]:
    """The digest's feeds, and an Atom feed for each tag; at most `most` entries each."""

    def feed(path: str, title: str, page: str, papers: Sequence[Paper]) -> Recipe:
        return names.recipe(make_feed, (path, title, page), papers[:most])

    catalogue = names.catalogue
    for path, kind, part in (("feed.xml", "atom", ""), ("feed.json", "json-feed", "json-feeds")):
        if part not in site.without:
            yield Page(path, kind, feed(path, site.title, "index.html", catalogue.papers))
    for tag in catalogue.tags.values() if "tag-feeds" not in site.without else ():
        path, title = f"tags/{tag.slug}.xml", f"{tag.name} · {site.title}"
        yield Page(path, "atom", feed(path, title, f"tags/{tag.slug}.html", tag.papers))


def make_feed(head: tuple[str, str, str], papers: Sequence[Paper], _: Ways) -> Feed:
    """The feed of `papers`; `head` is its path, its title and the page that it is of."""
    return Feed(*head, tuple(map(_entry, papers)))


@functools.lru_cache(20_000)
def _entry(paper: Paper) -> FeedEntry:
    return FeedEntry(
        key=paper.key,
        path=paper.path,
        title=to_plain(paper.title),
        abstract=to_plain(paper.abstract or ""),
        authors=tuple(author.name for author in paper.authors),
        published=paper.published,
        updated=paper.updated,
        tags=tuple((tag.slug, tag.name) for tag in paper.tags if tag.page),
    )


def make_atom(feed: Feed, site: Site) -> str:
    """The feed as Atom. Addresses are relative where the site's own is not known."""
    base = site.base_url or "../" * feed.path.count("/")
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(site.language)}">',
        f"<id>{escape(_feed_id(site, feed.path))}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{_moment(max((_date(e) for e in feed.entries), default=_UNDATED))}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{escape(base + feed.path)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base + feed.page)}"/>',
        f"<author><name>{escape(site.publisher or site.title)}</name></author>",
        f"<generator>{escape(site.generator)}</generator>",
    ]
    rows += [_atom_entry(entry, base) for entry in feed.entries]
    return "\n".join([*rows, "</feed>", ""])


@functools.lru_cache(5_000)
def _atom_entry(entry: FeedEntry, base: str) -> str:
    # A paper stands in the feeds of all its tags.
    rows = [
        "<entry>",
        f"<id>{escape(_entry_id(entry.key))}</id>",
        f"<title>{escape(entry.title)}</title>",
        f'<link rel="alternate" type="text/html" href="{escape(base + entry.path)}"/>',
        *(f"<author><name>{escape(name)}</name></author>" for name in entry.authors),
        f"<updated>{_moment(_date(entry))}</updated>",
    ]
    if entry.published:
        rows.append(f"<published>{_moment(entry.published)}</published>")
    rows += [
        f'<category term="{escape(slug)}" label="{escape(name)}"/>' for slug, name in entry.tags
    ]
    if entry.abstract:
        rows.append(f'<summary type="text">{escape(entry.abstract)}</summary>')
    rows.append("</entry>")
    return "\n".join(rows)


def make_json_feed(feed: Feed, site: Site) -> str:
    """The feed as JSON Feed 1.1."""
    base = site.base_url
    items = []
    for entry in feed.entries:
        item = {
            "id": _entry_id(entry.key),
            "url": base + entry.path,
            "title": entry.title,
            "content_text": entry.abstract or entry.title,
            "authors": [{"name": name} for name in entry.authors],
            "tags": [name for _, name in entry.tags],
        }
        if entry.published:
            item["date_published"] = _moment(entry.published)
        if entry.updated:
            item["date_modified"] = _moment(entry.updated)
        items.append({name: value for name, value in item.items() if value})
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base + feed.page,
        "feed_url": base + feed.path,
        "language": site.language,
        "description": site.description,
        "items": items,
    }
    return json.dumps(head, ensure_ascii=False, indent=1) + "\n"


def plan_sitemap(paths: Sequence[tuple[str, str | None]], site: Site) -> Iterator[Page]:
    """`paths` are (path, EDTF date of its paper or None) of all pages that a search engine may
    list. An index and numbered parts where there are too many."""
    rows = [_url(site, path, date) for path, date in sorted(paths)]
    parts = [rows[i : i + SITEMAP_MOST] for i in range(0, max(1, len(rows)), SITEMAP_MOST)]
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    files = (
        ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{n + 1}.xml" for n in range(len(parts))]
    )
    for name, part in zip(files, parts, strict=True):
        yield Page(name, "text", Text(f"{head}<urlset {space}>\n{''.join(part)}</urlset>\n"))
    if len(parts) > 1:
        index = "".join(
            f"<sitemap><loc>{escape(_address(site, f))}</loc></sitemap>\n" for f in files
        )
        yield Page(
            "sitemap.xml", "text", Text(f"{head}<sitemapindex {space}>\n{index}</sitemapindex>\n")
        )
    # RFC 9309 and sitemaps.org want a whole address, which a site without one cannot give.
    sitemap = f"Sitemap: {_address(site, 'sitemap.xml')}\n" if site.base_url else ""
    yield Page("robots.txt", "text", Text(f"User-agent: *\nAllow: /\n{sitemap}"))


def _url(site: Site, path: str, date: str | None) -> str:
    changed = f"<lastmod>{date}</lastmod>" if date else ""
    return f"<url><loc>{escape(_address(site, path))}</loc>{changed}</url>\n"


def _address(site: Site, path: str) -> str:
    return (site.base_url or "/") + ("" if path == "index.html" else path)


def _feed_id(site: Site, path: str) -> str:
    return site.base_url + path if site.base_url else _urn(f"{site.title}/{path}")


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _entry_id(key: str) -> str:
    # Stays when the digest moves to another address, so that nothing is shown as new again.
    kind, _, value = key.partition(":")
    if kind == "arxiv":
        return arxiv_url(value)
    return doi_url(value) if kind == "doi" else _urn(key)


def _date(entry: FeedEntry) -> str:
    return max(entry.published or _UNDATED, entry.updated or "")


def _moment(date: str) -> str:
    """An EDTF date as an RFC 3339 moment: the first of what is not known."""
    return f"{date}{'-01' * (2 - date.count('-'))}T00:00:00Z"
