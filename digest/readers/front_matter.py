"""A Markdown file with YAML front matter: one paper a file.

The front matter is the text between two lines `---` at the very start; what follows is the
abstract, after a heading that repeats the title, if there is one. Every value is taken as the
characters that stand there: `2401.10200` is an identifier, not a number.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.identifiers import Eprint, parse_arxiv
from digest.links import find_links
from digest.paper import Record
from digest.readers.base import Passage, Reader, Remark, Unread
from digest.readers.citations import doi_of
from digest.readers.fields import (
    read_authors,
    read_date,
    read_line,
    read_links,
    read_paragraphs,
    read_tags,
)
from digest.readers.listings.lines import find_lines, join_paragraphs
from digest.readers.xml.text import citation
from digest.text import fold
from digest.yaml_text import YamlRefused, load

_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M)
_KEY = re.compile(r"^[A-Za-z_][\w -]{0,40}:(?:\s|$)", re.M)
_HEADING = re.compile(r"#{1,2}[ \t]+(.+?)[ \t#]*$|(.+)\r?\n[ \t]*={3,}[ \t]*$", re.M)
_MAX_YAML = 65_536

_KNOWN: dict[str, str] = {
    "title": "title",
    "authors": "authors",
    "author": "authors",
    "date": "published",
    "published": "published",
    "year": "published",
    "updated": "updated",
    "arxiv": "eprint",
    "eprint": "eprint",
    "doi": "doi",
    "venue": "venue",
    "journal": "venue",
    "conference": "venue",
    "container_title": "venue",
    "booktitle": "venue",
    "comment": "comment",
    "comments": "comment",
    "journal_ref": "journal_ref",
    "tags": "tags",
    "keywords": "tags",
    "categories": "tags",
    "abstract": "abstract",
    "summary": "abstract",
    "links": "links",
    "url": "links",
    "code": "code",
    "software": "code",
    "project": "project",
    "pdf": "pdf",
    "data": "data",
    "dataset": "data",
    "demo": "demo",
    "video": "video",
    "model": "model",
    "paper": "paper",
    "openreview": "paper",
    "volume": "volume",
    "issue": "issue",
    "number": "issue",
    "pages": "pages",
    "page": "pages",
    "hide": "hide",
    "add_tags": "add_tags",
    "drop_tags": "drop_tags",
    "same_as": "same_as",
    "not_same_as": "not_same_as",
    "draft": "draft",
}
"""Keys and what they say. `hide` and the four after it are for notes, and no fields of a record."""
_TELLING = [
    key for key, role in _KNOWN.items() if role not in ("volume", "issue", "pages", "draft")
]
"""Keys that tell a paper from another page."""
_SILENT = frozenset(
    """layout id slug permalink type genre series publisher address editor isbn issn language
    lang month order cycles tex_title bibtex_author firstpage lastpage issued pagination section
    supplementary extras note image thumbnail featured weight aliases math toc math_jax
    lastmod""".split()
)
"""Keys of site generators and bibliographies that are right, and say nothing that a record keeps.
The posts of PMLR have most of them: https://proceedings.mlr.press/spec.html"""


_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    opening = _FENCE.match(text)
    if not opening:
        return 0.0
    closing = _CLOSE.search(text, opening.end())
    head = text[opening.end() : closing.start() if closing else _MAX_YAML]
    keys = [m[0].split(":")[0].strip().lower().replace("-", "_") for m in _KEY.finditer(head)]
    if not keys:
        return 0.0
    others = [key for key in keys if key != "title"]
    if any(difflib.get_close_matches(key, _TELLING, n=1, cutoff=0.8) for key in others):
        return 0.98
    # A page of a manual has a title too: alone it is a paper's only where nothing else is said.
    return 0.6 if closing and not others else 0.4 if closing else 0.0


def read(text: str) -> Iterator[Passage]:
    """The one paper of `text`."""
    opening = _FENCE.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        yield Unread((0, len(text)), "front matter without its closing `---` line")
        yield Remark(
            0, "error", "front matter without its closing `---` line", "add the line `---`"
        )
        return
    head = text[opening.end() : closing.start()]
    try:
        fields = _load(head)
    except YamlRefused as refused:
        at = _offset_of_line(text, opening.end(), (refused.line or 1) - 1)
        yield Unread((0, len(text.rstrip())), f"front matter is not valid: {refused}")
        yield Remark(
            at, "error", f"front matter is not valid: {refused}", "mend the YAML on this line"
        )
        return
    yield from _remarks(text, opening.end(), closing.start(), fields)
    yield _record(text, closing.end(), fields)


def _joined(m: re.Match[str]) -> str:
    """The character that two escapes of JSON stand for, as one escape of YAML."""
    high, low = int(m[2], 16) - 0xD800, int(m[3], 16) - 0xDC00
    return f"{m[1]}\\U{0x10000 + (high << 10) + low:08X}"


def _load(head: str) -> dict[str, Any]:
    try:
        loaded = load(head)
    except YamlRefused:
        # JSON is nearly YAML: it alone writes a character beyond the first 65,536 as two escapes.
        if not _PAIR.search(head):
            raise
        loaded = load(_PAIR.sub(_joined, head))
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise YamlRefused(1, "expected `key: value` lines")
    return {key.strip().lower().replace("-", "_").replace(" ", "_"): v for key, v in loaded.items()}


def _offset_of_line(text: str, start: int, line: int) -> int:
    for _ in range(line):
        after = text.find("\n", start) + 1
        if after == 0:
            break
        start = after
    return min(start, len(text) - 1)


def _remarks(text: str, start: int, end: int, fields: Mapping[str, Any]) -> Iterator[Remark]:
    others = []
    for key in fields:
        if key in _KNOWN or key in _SILENT:
            continue
        near = difflib.get_close_matches(key, _KNOWN, n=1, cutoff=0.7)
        if near:
            place = _place(text, start, end, key)
            yield Remark(place, "warning", f"unknown key `{key}`", f"did you mean `{near[0]}`?")
        else:
            others.append(key)
    if others:
        names = ", ".join(f"`{key}`" for key in others[:20])
        known = ", ".join(sorted(set(_KNOWN)))
        said = f"keys that say nothing about a paper: {names}"
        yield Remark(
            _place(text, start, end, others[0]),
            "note",
            said,
            f"they are left out; known are {known}",
        )
    for key, value in fields.items():
        role = _KNOWN.get(key)
        text_value = read_line(value)
        if text_value is None:
            continue
        bad = (
            (role in ("published", "updated") and read_date(text_value) is None)
            or (role == "eprint" and parse_arxiv(text_value) is None)
            or (role == "doi" and doi_of(text_value) is None)
        )
        if bad:
            what = {"eprint": "arXiv identifier", "doi": "DOI"}.get(role or "", "date")
            yield Remark(
                _place(text, start, end, key),
                "warning",
                f"`{text_value[:60]}` is no {what}",
                {"eprint": "write `2309.04669`", "doi": "write `10.1145/3485447.3512100`"}.get(
                    role or "", "write `2023-09-08`, `2023-09` or `2023`"
                ),
            )


def _place(text: str, start: int, end: int, key: str) -> int:
    """Where the line begins that gives `key`."""
    name = re.escape(key).replace("_", "[-_ ]")
    m = re.compile(rf"^[\"']?{name}[\"']?[ \t]*:", re.I | re.M).search(text, start, end)
    return m.start() if m else start


def _record(text: str, body_start: int, fields: Mapping[str, Any]) -> Record:
    values: dict[str, Any] = {}
    for key, value in fields.items():
        role = _KNOWN.get(key)
        if role and role not in values and value not in ("", None, [], {}):
            values[role] = value
    heading, abstract = _body(text, body_start, read_line(values.get("title")))
    title = read_line(values.get("title")) or heading
    abstract = abstract or read_paragraphs(values.get("abstract"))
    eprint = parse_arxiv(read_line(values.get("eprint")) or "") or Eprint("", None)
    published = read_date(read_line(values.get("published")))
    venue = read_line(values.get("venue"))
    volume, issue, pages = (read_line(values.get(r)) for r in ("volume", "issue", "pages"))
    links = {link.url: link for link in read_links(values)}
    for link in find_links(abstract or ""):
        links.setdefault(link.url, link)
    return Record(
        span=(0, len(text.rstrip())),
        title=title,
        abstract=abstract,
        authors=read_authors(values.get("authors")),
        eprint=eprint.id or None,
        eprint_version=eprint.version,
        doi=doi_of(read_line(values.get("doi")) or ""),
        published=published,
        published_as="front-matter" if published else None,
        updated=read_date(read_line(values.get("updated"))),
        comment=read_line(values.get("comment")),
        journal_ref=read_line(values.get("journal_ref"))
        or citation(venue, volume, issue, pages, published),
        venue=venue,
        links=tuple(links.values()),
        tags=read_tags(values.get("tags")),
        draft=(read_line(values.get("draft")) or "").lower() in ("true", "yes"),
    )


def _body(text: str, start: int, title: str | None) -> tuple[str | None, str | None]:
    """The heading that names the paper, if there is one, and the abstract under it."""
    lines = list(find_lines(text, start))
    heading = None
    if lines and (m := _HEADING.match(text, lines[0].start)):
        shown = fold(m[1] or m[2])
        if m[2] is None or not title or fold(m[2]).lower() == title.lower():
            heading = shown
            lines = [line for line in lines if line.start >= m.end()]
    if lines and re.fullmatch(
        r"#{1,6}[ \t]*abstract:?|abstract:", text[lines[0].start : lines[0].end], re.I
    ):
        lines = lines[1:]
    return heading, join_paragraphs(text, lines) or None


READER = Reader("front-matter", recognise, read)
