"""Saved web pages: the page of one paper, or a list whose entries carry their data with them.

What speaks of papers stands in `meta` tags, in JSON-LD, in COinS, in the JSON that a page hands to
its scripts (Hugging Face), or in the titles of an alert (Google Scholar); the rest of a page is
chrome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from digest.identifiers import parse_arxiv
from digest.paper import Link, LinkKind, Record, Span
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.fields import read_date, read_line
from digest.readers.html.arxiv_page import find_listed, with_cells
from digest.readers.html.roles import (
    PAPERS_OWN,
    Roles,
    coins,
    is_paper,
    json_ld,
    make_record,
    role_of,
)
from digest.readers.html.scholar_alert import find_alerts
from digest.readers.html.tags import (
    Tag,
    Unescaped,
    find_abstracts,
    find_names,
    find_props,
    find_tags,
)
from digest.readers.xml.text import arxiv_paragraphs, links_in

_START = re.compile(
    r"\ufeff?(?:\s|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,2000}+-->)*+"
    r"<(?:!doctype\s+html|html|head)\b",
    re.I,
)
_FRAGMENT = re.compile(
    r"\s*<(?:meta|link|body|span|div|p|ol|ul|li|table|h[1-6])\b[^<>]{0,2000}>", re.I
)
_SURE = re.compile(
    r"<meta\s[^<>]{0,80}\b(?:name|property)\s*=\s*[\"']?(?:citation_title|dc\.title|eprints\.title)"
    r"|class\s*=\s*[\"']?Z3988|gse_alrt_title|[\"']list-title|[\"']ScholarlyArticle[\"']",
    re.I,
)
_PAPER = re.compile(r"[{,]\s*\"paper\"\s*:\s*(?=\{)")
_STRING_OR_BRACE = re.compile(r"\"(?:[^\"\\]|\\.)*+(?:\"|$)|[{}]", re.S)
_JSON = json.JSONDecoder()
_MOST_OBJECTS = 100_000
_OWN_LINKS: tuple[tuple[str, LinkKind], ...] = (
    ("githubRepo", "code"),
    ("projectPage", "project"),
)
_ROBOTS = re.compile(
    r"<title[^<>]{0,99}>\s*(?:Just a moment|Attention Required|Are you a robot|Security check"
    r"|Robot Check|Access denied|Validate User|Please verify|Human verification)\b", re.I
)  # fmt: skip
_SAVE = "open the page in a browser and save it from there"
_HINT = "copy the text of the page and paste it, or save the page of a single paper"

_Found = Record | Unread | Remark


def recognise(text: str) -> float:
    """How sure it is that `text` is the source of a web page."""
    if _START.match(text):
        return 0.97 if _SURE.search(text) or _PAPER.search(text) else 0.7
    return 0.8 if _FRAGMENT.match(text) and _SURE.search(text) else 0.0


def read(text: str) -> Iterator[Passage]:
    """The paper of a page, or the papers of a list."""
    found: list[_Found] = []
    tags = list(find_tags(text))
    for source in _SOURCES:
        found += source(text, tags)
        if any(isinstance(passage, Record) for passage in found):
            break
    yield from _with_chrome(text, found)


def _with_chrome(text: str, found: list[_Found]) -> Iterator[Passage]:
    end = len(text.rstrip())
    if not any(isinstance(passage, Record | Unread) for passage in found):
        start = len(text) - len(text.lstrip())
        said, hint = "this web page holds no data about papers", _HINT
        if _ROBOTS.search(text, 0, 20_000):
            said, hint = "this is a check for robots, in place of the page that was asked", _SAVE
        yield Unread((start, end), said.replace("this web page holds no", "a web page without"))
        yield Remark(start, "warning", said, hint)
        return
    reached = 0
    spans = [passage for passage in found if not isinstance(passage, Remark)]
    for passage in sorted(spans, key=lambda p: p.span):
        if reached < passage.span[0]:
            yield Chrome((reached, passage.span[0]))
        yield passage
        reached = max(reached, passage.span[1])
    if reached < end:
        yield Chrome((reached, end))
    yield from (passage for passage in found if isinstance(passage, Remark))


def _from_meta(text: str, tags: list[Tag]) -> Iterator[_Found]:
    """The paper that the `meta` tags of a page describe, helped out by what else it holds."""
    roles, places = _meta_roles(tags)
    own = [span for rank, span in places if rank < PAPERS_OWN]
    if not own or not any(role for role in roles.every("title")):
        return
    if not _titled(tags):
        return
    papers = [item for _, item in _papers_in_scripts(text, tags)]
    if len(papers) == 1:
        roles.add_all(json_ld(papers[0]))
    if not roles.every("author", "authors", "creator"):
        for name in find_names(text):
            roles.add("author", name)
    record = make_record((own[0][0], own[-1][1]), roles, find_abstracts(text))
    if record is not None:
        yield with_cells(record, text) if record.eprint else record


def _titled(tags: list[Tag]) -> bool:
    """Whether a vocabulary of papers gives a title: `dc.date` alone stands on many pages."""
    for tag in tags:
        said = role_of(tag.attributes.get("name") or tag.attributes.get("property") or "")
        if said and said[0] == "title" and said[1] < PAPERS_OWN:
            return True
    return False


def _meta_roles(tags: list[Tag]) -> tuple[Roles, list[tuple[int, Span]]]:
    roles = Roles()
    places = []
    for tag in tags:
        given = tag.attributes
        if tag.name == "link" and given.get("rel", "").lower() == "canonical":
            roles.add("url", given.get("href"), 8)
        if tag.name != "meta":
            continue
        said = role_of(given.get("name") or given.get("property") or "")
        if said and given.get("content", "").strip():
            roles.add(said[0], given["content"], said[1])
            places.append((said[1], tag.span))
    return roles, places


def _from_graph(text: str, tags: list[Tag]) -> Iterator[_Found]:
    """A page that has only what every page has is a paper's where its address says so."""
    roles, places = _meta_roles(tags)
    known = any(parse_arxiv(value.strip()) for value in roles.every("url"))
    if known and places:
        record = make_record((places[0][1][0], places[-1][1][1]), roles, find_abstracts(text))
        if record is not None:
            yield record


def _from_coins(text: str, tags: list[Tag]) -> Iterator[_Found]:  # noqa: ARG001 - as the others
    for tag in tags:
        if tag.name == "span" and "z3988" in tag.attributes.get("class", "").lower().split():
            record = make_record(tag.span, coins(tag.attributes.get("title", "")))
            if record is not None:
                yield record
            else:
                yield Unread(tag.span, "a citation without title")
                yield Remark(tag.span[0], "warning", "a citation without title", "add its title")


def _from_list(text: str, tags: list[Tag]) -> Iterator[_Found]:  # noqa: ARG001 - as the others
    yield from find_listed(text)


def _from_alerts(text: str, tags: list[Tag]) -> Iterator[_Found]:
    yield from find_alerts(text, tags)


# ------------------------------------------------------------------------------------- JSON-LD


def _from_scripts(text: str, tags: list[Tag]) -> Iterator[_Found]:
    for span, item in _papers_in_scripts(text, tags):
        record = make_record(span, json_ld(item))
        if record is not None:
            yield record
    for tag in tags:
        if _is_data(tag) and tag.content[0] < tag.content[1] and _objects(text, tag) is None:
            yield Remark(
                tag.content[0],
                "warning",
                "a script of JSON-LD that is not JSON",
                "mend or remove it",
            )


def _is_data(tag: Tag) -> bool:
    return tag.name == "script" and "ld+json" in tag.attributes.get("type", "").lower()


def _papers_in_scripts(text: str, tags: list[Tag]) -> list[tuple[Span, dict[str, Any]]]:
    """The papers in JSON-LD with their places, without those that stand inside another."""
    papers: list[tuple[Span, dict[str, Any]]] = []
    for tag in tags:
        found = (_objects(text, tag) if _is_data(tag) else None) or []
        outer = -1
        for span, item in sorted(found, key=lambda pair: (pair[0][0], -pair[0][1])):
            if span[0] >= outer and is_paper(item):
                papers.append((span, item))
                outer = span[1]
    return papers


def _objects(text: str, tag: Tag) -> list[tuple[Span, dict[str, Any]]] | None:
    """Every object of a script with its place; None where it is not JSON."""
    start, end = tag.content
    spans: list[Span] = []
    opened: list[int] = []
    for m in _STRING_OR_BRACE.finditer(text, start, end):
        if m[0] == "{":
            opened.append(m.start())
        elif m[0] == "}" and opened:
            spans.append((opened.pop(), m.end()))
    if len(spans) > _MOST_OBJECTS:
        return None
    found: list[dict[str, Any]] = []

    def keep(item: dict[str, Any]) -> dict[str, Any]:
        found.append(item)
        return item

    source = text[start:end].strip().removeprefix("<![CDATA[").removesuffix("]]>")
    try:
        json.loads(source, object_hook=keep, strict=False)
    except (ValueError, RecursionError):
        return None
    # The decoder, too, comes to the end of inner objects before that of outer ones.
    return list(zip(spans, found, strict=False))


# -------------------------------------------------------------------------------- Hugging Face


def _from_props(text: str, tags: list[Tag]) -> Iterator[_Found]:  # noqa: ARG001 - as the others
    for span in find_props(text):
        if text.find("paper", *span) < 0:
            continue
        shown = Unescaped(text, span)
        pos = 0
        while m := _PAPER.search(shown.text, pos):
            at = shown.place(m.end())
            try:
                item, pos = _JSON.raw_decode(shown.text, m.end())
            except json.JSONDecodeError as error:
                pos = max(error.pos, m.end())
                yield Unread((at, shown.place(pos)), f"a paper that is not JSON: {error.msg}")
                yield Remark(at, "error", f"a paper that is not JSON: {error.msg}", "save it again")
                continue
            except (ValueError, RecursionError):
                yield Remark(at, "error", "a paper nested too deeply", "save the page again")
                return
            record = _daily_paper(item, (at, shown.place(pos - 1) + 1))
            if record is not None:
                yield record


def _daily_paper(item: Any, span: Span) -> Record | None:
    title = read_line(item.get("title"))
    if title is None:
        return None
    summary = item.get("summary")
    abstract = arxiv_paragraphs(summary) if isinstance(summary, str) else None
    eprint = parse_arxiv(item["id"]) if isinstance(item.get("id"), str) else None
    authors = item.get("authors")
    people = (
        [person for person in authors if isinstance(person, dict)]
        if isinstance(authors, list)
        else []
    )
    links = []
    for key, kind in _OWN_LINKS:
        url = item.get(key)
        if isinstance(url, str) and url.strip():
            links.append(Link(kind, url.strip()))
    for link in links_in(abstract):
        if link.url not in {other.url for other in links}:
            links.append(link)
    published = item.get("publishedAt")
    date = read_date(published) if isinstance(published, str) else None
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=tuple(name for p in people if (name := read_line(p.get("name")))),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        published=date,
        published_as="page" if date else None,
        links=tuple(links),
    )


_SOURCES = (
    _from_props,
    _from_meta,
    _from_scripts,
    _from_coins,
    _from_list,
    _from_alerts,
    _from_graph,
)
"""Where papers are sought, the best first: the first that gives any is believed."""

READER = Reader("html", recognise, read)
