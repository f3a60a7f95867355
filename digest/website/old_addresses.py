"""What stands at addresses where no paper stands any more, and what hosts are told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, urlsplit

from digest.catalogue.catalogue import Catalogue
from digest.identifiers import arxiv_url, doi_url
from digest.paper import Paper
from digest.website.exports import Text
from digest.website.pages import Page
from digest.website.views import Gone, Redirect

REDIRECTS = "_redirects"
_ARXIV = re.compile(r"arxiv-([0-9]{4}\.[0-9]{4,5})")
_OLD_ARXIV = re.compile(r"arxiv-([a-z.-]+)-([0-9]{7})")
_DOI = re.compile(r"doi-(10\.[0-9.]+)-([a-z0-9.-]+)")
_HASHED = re.compile(r"(.*)-[0-9a-f]{8}")


def plan_gone(addresses: Iterable[str]) -> Iterator[Page]:
    """A page that tells of the removal, for every address (a slug) of a paper that is gone."""
    for address in addresses:
        yield Page(f"papers/{address}.html", "gone.html", describe_gone(address))


def describe_gone(address: str) -> Gone:
    """What an address alone tells of its paper."""
    if found := _ARXIV.fullmatch(address):
        return Gone(f"arXiv:{found[1]}", arxiv_url(found[1]))
    if found := _OLD_ARXIV.fullmatch(address):
        eprint = f"{found[1]}/{found[2]}"
        return Gone(f"arXiv:{eprint}", arxiv_url(eprint))
    hashed = _HASHED.fullmatch(address)
    # A hash stands where the address leaves something of the identifier out.
    if (found := _DOI.fullmatch(address)) and not hashed:
        doi = f"{found[1]}/{found[2]}"
        return Gone(f"doi:{doi}", doi_url(doi))
    if hashed is None or address.startswith(("arxiv-", "doi-")):
        return Gone("", None)
    # Papers with one address have a second hash.
    words = (again[1] if (again := _HASHED.fullmatch(hashed[1])) else hashed[1]).replace("-", " ")
    return Gone(f"“{words} …”", None)


def plan_redirects(moved: Sequence[tuple[str, str]], base_url: str) -> Iterator[Page]:
    """The file by which hosts such as Netlify and Cloudflare Pages answer for old addresses: a line
    `old new 301` for each of the pairs of paths in `moved`; nothing where there is none.

    Paths in it begin at the host, and so with the path of `base_url`.
    """
    if moved:
        root = urlsplit(base_url).path.rstrip("/") if base_url else ""
        lines = (f"{root}/{quote(old)} {root}/{quote(new)} 301\n" for old, new in sorted(moved))
        yield Page(REDIRECTS, "text", Text("".join(lines)))


def plan_moved_tags(catalogue: Catalogue) -> Iterator[Page]:
    """A page that leads on, for every tag that became part of another."""
    for old, new in _moved_tags(catalogue):
        target = Redirect(f"tags/{new}.html", catalogue.tags[new].name)
        yield Page(f"tags/{old}.html", "redirect.html", target)


def _moved_tags(catalogue: Catalogue) -> list[tuple[str, str]]:
    tags = catalogue.tags
    moved = catalogue.taxonomy.moved.items()
    return sorted((old, new) for old, new in moved if new in tags and old not in tags)


def moved_tag_pages(catalogue: Catalogue, *, feeds: bool) -> list[tuple[str, str]]:
    """Paths of the pages, and of the `feeds`, of tags that became part of others; and the others'
    own."""
    return [
        (f"tags/{old}.{kind}", f"tags/{new}.{kind}")
        for old, new in _moved_tags(catalogue)
        for kind in (("html", "xml") if feeds else ("html",))
    ]


def moved_papers(papers: Iterable[Paper]) -> list[tuple[str, str]]:
    """Paths that lead to papers, and the papers' own."""
    return [(f"papers/{old}.html", paper.path) for paper in papers for old in paper.aliases]
