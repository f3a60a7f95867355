"""Entries whose lines say what they are: `Title: …`, `Authors: …`, `Subjects: …`.

What the pages of arXiv and of many digests share. A page decides where its entries begin and what
the first line of each says (`Anchor`); the lines below are read here. A line without a label goes
on with the field before it, or is the field that such pages print without a label: the title right
after the anchor, the authors after the title, the abstract after everything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from digest.identifiers import Eprint, match_arxiv, match_doi, parse_doi
from digest.links import find_links
from digest.paper import Link, LinkKind, Record, Span
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.bylines import split_byline
from digest.readers.listings.dates import DATED, edtf
from digest.readers.listings.furniture import is_furniture, is_trailer
from digest.readers.listings.kinds import unquoted
from digest.readers.listings.labels import (
    CATEGORIES,
    CATEGORY,
    has_midline,
    is_word,
    label_of,
    split_midline,
)
from digest.readers.listings.lines import LONGEST, Line, join_paragraphs
from digest.text import fold

_CODE = re.compile(rf"\(({CATEGORY})\)")
_FIRST_VERSION = re.compile(r"\bv1\)?[,:]?\s+(?:submitted\s+)?", re.I)
_REVISED = re.compile(r"(?:last )?revised\s+", re.I)
_MORE = re.compile(r"\s*[△▽]\s*(?:More|Less)\s*$")
_CUT = re.compile(r"…\s*▽\s*More")
_LINK_ROLES: tuple[tuple[str, LinkKind | None], ...] = (
    ("link", None),
    ("code", "code"),
    ("project", "project"),
)
_DOI_OF_ARXIV = "10.48550/"
_BEFORE_TITLE = frozenset(["subjects", "doi"])
"""What may stand before a title without a label: there no line is taken for furniture."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPS = '.!?…)"”$。'
_LONG = 200
_TITLE_LINES = 3
_FOOTER = 60
"""Characters of the longest line of a footer."""


class Anchor(Struct):
    """Where an entry begins, and what the lines up to `end` say of it."""

    start: int
    end: int
    title: Span | None = None
    authors: Span | None = None
    eprint: Eprint | None = None
    doi: str | None = None
    published: str | None = None
    updated: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


Judge = Callable[[str], bool]
"""Whether a line is furniture that ends the entry above it."""


def read_entry(
    text: str, anchor: Anchor, lines: list[Line], ends: Judge, skips: Judge, *chrome: Judge
) -> Iterator[Passage]:
    """The entry of `anchor` and `lines`, which reach to the next anchor.

    A line that `ends` knows closes the entry; one that `skips` knows is a button inside it.
    `chrome` knows what else may stand below the end.
    """
    fields: dict[str, list[Line]] = {}
    if anchor.title:
        fields["title"] = [Line(*anchor.title, False)]
    if anchor.authors:
        fields["authors"] = [Line(*anchor.authors, False)]
    labels = [label_of(text, line) for line in lines]
    labelled = anchor.authors is not None or any(
        (label and label[0] == "authors") or (index < _TITLE_LINES and has_midline(text, line))
        for index, (label, line) in enumerate(zip(labels, lines, strict=True))
    )
    titled = any(label and label[0] == "title" for label in labels)
    current = "authors" if anchor.authors else "title" if anchor.title else ""
    end = anchor.end
    rest = _footer(text, lines, labels, *chrome)
    for index, line in enumerate(lines[:rest]):
        words = text[line.start : line.end]
        label = labels[index]
        if label and label[0] == "title" and fields.get("title"):
            label = None  # an entry has one title
        ended = index == 0 or text[lines[index - 1].end - 1] in _STOPS
        if label and not (current == "abstract" and is_word(*label, words, ended=ended)):
            current = label[0]
            value = Line(min(line.start + label[1], line.end), line.end, line.after_blank)
            held = fields.setdefault(current, [])
            if value.start < value.end:
                held.append(value)
        elif not fields.keys() <= _BEFORE_TITLE and ends(words):
            rest = index
            break
        elif skips(words):
            pass
        elif current == "title" and (parted := split_midline(text, line.start, line.end))[1]:
            current = "authors"
            if parted[0]:
                fields.setdefault("title", []).append(Line(*parted[0], False))
            fields["authors"] = [Line(*parted[1], False)]
        else:
            untitled = not fields.get("title") and (current in ("", "title") or not titled)
            current = _continues(text, line, current, fields, labelled=labelled, untitled=untitled)
            fields.setdefault(current, []).append(line)
        end = line.end
    yield from _emit(text, anchor, end, fields)
    yield from read_furniture(text, lines[rest:], ends, skips, *chrome)


def _footer(
    text: str, lines: list[Line], labels: list[tuple[str, int] | None], *chrome: Judge
) -> int:
    """Where the lines begin that stand below the last entry of a page: `About`, `Help`, …

    They are short, begin with a capital and are furniture as a whole; or several of them are.
    """
    first = sure = len(lines)
    for index in range(len(lines) - 1, 1, -1):
        line = lines[index]
        words = text[line.start : line.end]
        if labels[index] or len(words) > _FOOTER or not (words[0].isupper() or words[0] in "©("):
            break
        if words.endswith((",", ";")) or not any(judge(words) for judge in chrome):
            break
        first = index
        if is_furniture(words) and not is_trailer(words) and not words.endswith("."):
            sure = index
    last = lines[sure - 1].end - 1 if 0 < sure < len(lines) else 0
    if sure < len(lines) and not (
        lines[sure].after_blank or text[last] in _STOPS or len(lines) - sure > 1
    ):
        return len(lines)
    return sure if len(lines) - first < _TITLE_LINES or sure == len(lines) else first


def read_furniture(text: str, lines: list[Line], *judges: Judge) -> Iterator[Passage]:
    """Chrome for what one of `judges` knows, unread for the rest."""
    for line in lines:
        span = (line.start, line.end)
        if any(judge(text[line.start : line.end]) for judge in judges):
            yield Chrome(span)
        else:
            yield Unread(span, "stands between the papers of a page")


def _continues(
    text: str, line: Line, current: str, fields: dict[str, list[Line]], *, labelled: bool,
    untitled: bool,
) -> str:  # fmt: skip
    """The field that a line without a label belongs to."""
    words = text[line.start : line.end]
    if CATEGORIES.fullmatch(words):
        return "subjects"
    if untitled:
        return "title"
    if (m := match_doi(words)) and m[1] == len(words):
        return "doi"
    if current == "title" and not labelled and "authors" not in fields:
        return "authors"
    if current == "abstract" or not fields.get(current or "title"):
        return current or "abstract"
    if current in ("title", "authors", "comment", "journal_ref", "subjects") and not (
        line.after_blank or len(words) >= _LONG
    ):
        last = fields[current][-1]
        # A bare line of authors is whole unless a comma says that it goes on.
        whole = current == "authors" and not labelled
        complete = current == "subjects" or whole
        if not complete or text[last.end - 1] in ",;":
            return current
    if current == "authors" and text[fields["authors"][-1].end - 1] == ",":
        return current
    return "abstract"


def _emit(text: str, anchor: Anchor, end: int, fields: dict[str, list[Line]]) -> Iterator[Passage]:
    span = (anchor.start, end)
    title = _join(text, fields.get("title"))
    title = unquoted(title) if title else None
    body = fields.get("abstract") or []
    too_long = bool(body) and body[-1].end - body[0].start > LONGEST
    if title is None and (too_long or not body):
        yield Unread(span, "an entry without a title")
        yield Remark(
            anchor.start, "warning", "an entry without a title or an abstract",
            "complete its line `Title:`, or remove it",
        )  # fmt: skip
        return
    abstract = None if too_long else join_paragraphs(text, body) or None
    if abstract and (cut := _CUT.search(abstract)):
        shown = abstract[cut.end() :].strip()
        abstract = shown or abstract[: cut.start() + 1]
        if not shown:
            yield Remark(
                anchor.start, "note", "the page shows only the beginning of this abstract",
                "open it with `▽ More` before copying",
            )  # fmt: skip
    abstract = _MORE.sub("", abstract) if abstract else None
    eprint = anchor.eprint or _eprint(_join(text, fields.get("eprint")), fields.get("cite"), text)
    published, updated = submission_dates(_join(text, fields.get("date")) or "")
    revised = submission_dates(_join(text, fields.get("updated")) or "")[0]
    comment = _join(text, fields.get("comment"))
    yield Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=split_byline(_join(text, fields.get("authors")) or ""),
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=anchor.doi or _doi(_join(text, fields.get("doi"))),
        published=anchor.published or published,
        updated=anchor.updated or updated or revised,
        published_as="page" if anchor.published or published else None,
        comment=comment,
        journal_ref=_join(text, fields.get("journal_ref")),
        venue=_join(text, fields.get("venue")),
        links=_links(text, anchor, fields, abstract, comment),
        tags=tuple(dict.fromkeys((*anchor.tags, *_tags(_join(text, fields.get("subjects")))))),
        confidence=0.95 if "authors" in fields else 0.7,
    )


def _join(text: str, lines: list[Line] | None) -> str | None:
    if not lines:
        return None
    return fold(" ".join(text[line.start : line.end] for line in lines)) or None


def _eprint(named: str | None, cite: list[Line] | None, text: str) -> Eprint | None:
    if named and (m := re.search(r"\d|[a-z]", named)):
        found = match_arxiv(named, m.start()) or _in_address(named)
        if found:
            return found[0]
    best: Eprint | None = None
    for line in cite or []:
        words = text[line.start : line.end]
        for m in re.finditer(r"arXiv:\s?", words):
            found = match_arxiv(words, m.end())
            if found and (best is None or (found[0].id == best.id and best.version is None)):
                best = found[0]
    return best


def _in_address(words: str) -> tuple[Eprint, int] | None:
    m = re.search(r"arxiv(?:\.org/(?:abs|pdf|html)/|:\s?)", words, re.I)
    return match_arxiv(words, m.end()) if m else None


def _doi(value: str | None) -> str | None:
    """The first DOI of a field; the one that arXiv gives to every paper is no DOI of a journal."""
    for word in (value or "").split()[:20]:
        doi = parse_doi(word.rstrip(",;"))
        if doi and not doi.startswith(_DOI_OF_ARXIV):
            return doi
    return None


def submission_dates(value: str) -> tuple[str | None, str | None]:
    """(first submitted, last revised) of `9 June, 2023; v1 submitted 7 June, 2023; …`."""
    first = DATED.search(value)
    if first is None:
        return (value if _YEAR.fullmatch(value) else None), None
    printed = edtf(first)
    v1 = _FIRST_VERSION.search(value)
    if v1 and (m := DATED.match(value, v1.end())):
        return edtf(m), printed
    revised = _REVISED.search(value)
    m = DATED.match(value, revised.end()) if revised else None
    return printed, edtf(m) if m else None


def _tags(value: str | None) -> Iterator[str]:
    for part in re.split(r"[;,]", value) if value else ():
        code = _CODE.search(part)
        name = code[1] if code else part.strip()
        if code is None and CATEGORIES.fullmatch(name):
            yield from name.split()
        elif name:
            yield name


def _links(
    text: str,
    anchor: Anchor,
    fields: dict[str, list[Line]],
    abstract: str | None,
    comment: str | None,
) -> tuple[Link, ...]:
    found = list(anchor.links)
    for role, kind in _LINK_ROLES:
        given = find_links(_join(text, fields.get(role)) or "")
        found.extend(link if kind is None else Link(kind, link.url) for link in given)
    for passage in (abstract, comment):
        if passage:
            found.extend(find_links(passage))
    return tuple({link.url: link for link in reversed(found)}.values())[::-1]
