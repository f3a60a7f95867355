"""Feeds and the sitemap are well formed, absolute where they can be, and free of the clock."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from digest.website.feeds import (
    SITEMAP_MOST,
    Feed,
    FeedEntry,
    make_atom,
    make_json_feed,
    plan_sitemap,
)
from digest.website.views import Site

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def site(base_url: str = "https://example.org/d/") -> Site:
    return Site(
        title="Ours & theirs",
        description="",
        base_url=base_url,
        language="en",
        publisher="",
        styles="",
        grounds=("#fff", "#000"),
        generator="digest",
        free_pages=(),
        has_authors=False,
        has_venues=False,
        has_papers=True,
        assets="",
    )


def entry(**fields: object) -> FeedEntry:
    return FeedEntry(
        **{
            "key": "arxiv:2301.00001",
            "path": "papers/a.html",
            "title": "A < B",
            "abstract": "x & y",
            "authors": ("Ada",),
            "published": "2023-01",
            "updated": None,
            "tags": (("t", "T"),),
            **fields,
        }
    )  # type: ignore[arg-type]


def test_atom_says_what_rfc_4287_asks_for() -> None:
    """id, title, updated, author, and for each entry id, title, updated, link."""
    root = ET.fromstring(make_atom(Feed("tags/t.xml", "T", "tags/t.html", (entry(),)), site()))
    assert root.find(f"{ATOM}updated").text == "2023-01-01T00:00:00Z"
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Ours & theirs"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://example.org/d/tags/t.xml",
        "alternate": "https://example.org/d/tags/t.html",
    }
    item = root.find(f"{ATOM}entry")
    assert item.find(f"{ATOM}id").text == "https://arxiv.org/abs/2301.00001"
    assert item.find(f"{ATOM}title").text == "A < B"
    assert item.find(f"{ATOM}link").get("href") == "https://example.org/d/papers/a.html"


def test_an_entry_keeps_its_id_wherever_the_site_stands() -> None:
    """A digest that moves shows nothing as new again."""
    for key in ("arxiv:1", "doi:10.1/x", "text:abc"):
        feeds = [
            ET.fromstring(
                make_atom(Feed("feed.xml", "T", "index.html", (entry(key=key),)), site(base))
            )
            for base in ("", "https://a.example/")
        ]
        ids = {feed.find(f"{ATOM}entry/{ATOM}id").text for feed in feeds}
        assert len(ids) == 1
        assert ids.pop().startswith(("https://", "urn:uuid:"))


def test_json_feed_has_no_empty_values() -> None:
    """An undated paper has no date, rather than a wrong one."""
    feed = json.loads(
        make_json_feed(
            Feed("feed.json", "T", "index.html", (entry(published=None, authors=()),)), site()
        )
    )
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["url"] == "https://example.org/d/papers/a.html"
    assert "date_published" not in feed["items"][0]
    assert "authors" not in feed["items"][0]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_gives_well_formed_xml(text: str) -> None:
    """Titles, names and abstracts cannot break out."""
    root = ET.fromstring(
        make_atom(
            Feed(
                "feed.xml",
                text,
                "index.html",
                (entry(title=text, abstract=text, authors=(text,), tags=(("t", text),)),),
            ),
            site(),
        )
    )
    assert len(root.findall(f"{ATOM}entry")) == 1


def test_robots_are_told_whole_addresses_only() -> None:
    """A sitemap is named where the site knows its address: a relative one is an error to them."""

    def robots(base_url: str) -> str:
        pages = plan_sitemap([("index.html", None)], site(base_url=base_url))
        return next(page.view.text for page in pages if page.path == "robots.txt")

    assert "Sitemap: https://a.example/b/sitemap.xml" in robots("https://a.example/b/")
    assert robots("") == "User-agent: *\nAllow: /\n"


def test_a_large_sitemap_has_an_index() -> None:
    """Above 50,000 addresses it is divided, as the protocol asks."""
    paths = [(f"papers/{n}.html", None) for n in range(SITEMAP_MOST + 1)]
    pages = {
        page.path: page.view.text
        for page in plan_sitemap(paths, site())
        if page.path.endswith("xml")
    }
    assert list(pages) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    counts = [len(ET.fromstring(pages[f"sitemap-{n}.xml"]).findall(f"{MAP}url")) for n in (1, 2)]
    assert counts == [SITEMAP_MOST, 1]
    assert len(ET.fromstring(pages["sitemap.xml"]).findall(f"{MAP}sitemap")) == 2
