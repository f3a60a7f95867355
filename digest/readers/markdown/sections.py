"""A heading that is a paper's title, with its fields below: `**Authors:** …`, `摘要：…`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from digest.identifiers import match_arxiv
from digest.readers.markdown.addresses import target_of
from digest.readers.markdown.blocks import Block
from digest.readers.markdown.drafts import Draft
from digest.readers.markdown.entries import read_entry
from digest.readers.markdown.inline import Piece, parse, plain
from digest.readers.markdown.labels import Role, match_label, role_of
from digest.readers.markdown.values import are_names, is_prose, read_names, read_venue, read_when

_LINE = re.compile(r"[^\r\n]+")
_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_TAGS = re.compile(r"</?(?:details|summary|p|div|br|blockquote)(?:\s[^<>]{0,200})?/?>", re.I)
_STRONG_ROLES = frozenset(("authors", "abstract", "link", "doi", "eprint", "links"))
_ONCE: tuple[Role, ...] = ("title", "authors", "abstract", "doi", "eprint")
_EPRINT_LEAD = re.compile(
    r"\s*+[\[(]?\s*+(?:arxiv\s*+[:：]?\s*+)?"
    r"(?=\d{4}\.\d{4}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})",
    re.I,
)
_OWN_ID = re.compile(r"\s*[\[(]\s*(?:arxiv:?\s*)?\d{4}\.\d{4,5}(?:v\d{1,2})?\s*[\])]?\s*$", re.I)
_NUMBER = re.compile(r"^\s*(?:\[?\(?#?\d{1,4}[.)\]、:]+\)?|No\.\s?\d+)\s*(?=\S)")


class _Said(NamedTuple):
    role: Role
    name: str
    start: int
    end: int


def scan_lines(
    text: str, spans: Iterable[tuple[int, int]]
) -> tuple[list[_Said], list[tuple[int, int]]]:
    """The labelled fields in `spans`, and the passages that stand below no label."""
    fields: list[_Said] = []
    bare: list[tuple[int, int]] = []
    for start, end in spans:
        role: Role | None = None
        # An abstract goes on over blank lines; other fields end with their paragraph.
        if fields and fields[-1].role == "abstract" and not bare_after(bare, fields[-1]):
            role = "abstract"
        elif fields and fields[-1].end == fields[-1].start:
            role = fields[-1].role
        for m in _LINE.finditer(text, start, end):
            line = m[0]
            quote = _QUOTE.match(line)
            left = m.start() + (quote.end() if quote else 0)
            left += len(text[left : m.end()]) - len(text[left : m.end()].lstrip())
            right = m.start() + len(line.rstrip())
            if left >= right or not _TAGS.sub("", text[left : min(right, left + 400)]).strip():
                continue
            label = match_label(text, left, right)
            if label is None and text[left] in "#<":
                bare_words = _TAGS.sub("", text[left : min(right, left + 200)]).strip(" \t#*_:：")
                named = is_field_heading(bare_words)
                label = (named, bare_words.lower(), right) if named else None
            if label is not None:
                role = label[0]
                fields.append(_Said(role, label[1], label[2], right))
            elif role is not None and fields and _goes_on(text[left], fields[-1]):
                last = fields[-1]
                begin = left if last.start >= last.end else last.start
                fields[-1] = last._replace(start=begin, end=right)
            else:
                bare.append((left, right))
    return fields, bare


def _goes_on(first: str, field: _Said) -> bool:
    """Whether a line that begins with `first` goes on with the value of `field`."""
    return field.role in ("abstract", "links") or field.start >= field.end or first not in "[!<*|"


def bare_after(bare: list[tuple[int, int]], field: _Said) -> bool:
    """Whether words without a label stand behind `field`."""
    return bool(bare) and bare[-1][0] > field.start


def read_lines(
    draft: Draft, text: str, spans: Iterable[tuple[int, int]], references: Mapping[str, str]
) -> None:
    """Takes what the lines in `spans` say into `draft`: fields, links, names, sentences."""
    fields, bare = scan_lines(text, spans)
    loose: list[str] = []
    for field in fields:
        draft.take_field(field.role, _unquoted(text[field.start : field.end]), field.name)
    for start, end in bare:
        raw = text[start:end]
        pieces = parse(raw, references)
        words = []
        for piece in pieces:
            if piece.kind == "link":
                target = draft.take_link(piece.text, piece.url)
                if target is not None and not target.generic:
                    words.append(piece.text)
            elif piece.kind == "image":
                draft.take_badge(piece)
            else:
                words.append(piece.text or " ")
        said = " ".join("".join(words).split()).strip(" |,;-–—·•:[]()*")
        draft.take_said(said)
        if not said or _TAGS.fullmatch(said):
            continue
        if (
            draft.title is None
            and not loose
            and len(said.split()) > 2
            and not is_prose(said)
            and not are_names(said)
        ):
            draft.title = said
        elif (when := read_when(said)) is not None:
            draft.published = draft.published or when
        elif (venue := read_venue(said)) is not None:
            draft.venue = draft.venue or venue
        elif are_names(said):
            draft.authors = draft.authors or read_names(said)
        elif not draft.authors and not loose and " | " in said:
            read_entry([p for p in pieces if p.kind != "link"], draft)
        elif is_prose(said) or loose:
            loose.append(said)
    if loose and not draft.abstract:
        draft.abstract.append(" ".join(loose))


def _unquoted(raw: str) -> str:
    """The value of a field without the marks of a quotation and the tags that fold it."""
    if ">" in raw:
        raw = "\n".join(_QUOTE.sub("", line, count=1) for line in raw.splitlines())
    return raw


def read_section(
    text: str, heading: Block, body: list[Block], references: Mapping[str, str]
) -> Draft | None:
    """The paper that a heading with its body is; None where it heads several, or none."""
    raw = text[heading.inner[0] : heading.inner[1]]
    lead = _EPRINT_LEAD.match(raw)
    said = match_arxiv(raw, lead.end()) if lead else None
    pieces = parse(raw, references)
    titled = [
        p
        for p in pieces
        if p.kind == "link"
        and target_of(p.text, p.url).paper
        and not target_of(p.text, p.url).generic
    ]
    if any(block.kind == "table" for block in body) or _heads_many(text, body):
        return None
    spans = [(b.start, b.end) for b in body if b.kind != "furniture"]
    fields, bare = scan_lines(text, [(s, min(e, s + 50_000)) for s, e in spans[:400]])
    roles = [field.role for field in fields]
    if any(roles.count(role) > 1 for role in _ONCE):
        return None
    distinct = set(roles) - {"ignored"}
    by_fields = len(distinct) >= 2 and bool(distinct & _STRONG_ROLES)
    by_link = _has_paper_link(text, bare, fields, references, body)
    words = plain(raw)
    if not said and "title" not in roles and (read_when(words) or read_venue(words)):
        return None
    titlelike = (
        len(_NUMBER.sub("", words).split()) >= 3 or len(re.findall(r"[\u3400-\u9fff]", words)) >= 5
    )
    if not (said or titled or by_fields or (by_link and titlelike)):
        return None
    if (said or titled) and len(spans) > 40 and not by_fields:
        return None
    draft = Draft()
    if "title" in roles:
        read_lines(draft, text, spans, references)
    if said:
        draft.eprint, draft.version = said[0]
        rest = raw[said[1] :].lstrip(" ])：:-–—|.")
        if re.match(r"\(https?://", rest):
            rest = rest.partition(")")[2].lstrip(" ：:-–—|.")
        draft.title = draft.title or plain(rest) or None
    else:
        own = Draft()
        numbered = _NUMBER.sub("", raw)
        read_entry(parse(numbered, references), own)
        whole = "".join(
            p.text
            if p.kind == "text" or (p.kind == "link" and not target_of(p.text, p.url).generic)
            else " "
            for p in parse(numbered, references)
        )
        whole = " ".join(whole.split()).strip(" []()|-–—")
        if draft.title is None:
            # A heading is the title alone, unless a link or marks in it say which words are.
            alone = titled or _marked(pieces)
            draft.title = own.title if alone else _OWN_ID.sub("", whole) or own.title
            if draft.title == own.title:
                draft.authors, draft.venue = own.authors, own.venue
                draft.published = own.published
        for url, kind in own.links.items():
            draft.links.setdefault(url, kind)
        draft.papers += own.papers
        draft.eprint, draft.version = draft.eprint or own.eprint, draft.version or own.version
        draft.doi = draft.doi or own.doi
    if "title" not in roles:
        read_lines(draft, text, spans, references)
    return draft if draft.title else None


def _heads_many(text: str, body: list[Block]) -> bool:
    """Whether items below a heading are entries, with items or labels of their own."""
    items = [block for block in body if block.kind == "item"]
    for at, item in enumerate(items):
        start, end = item.inner
        if match_label(text, start, end) is not None:
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        if after is not None and after.level > item.level and match_label(text, *after.inner):
            return True
        if scan_lines(text, [(start, min(end, start + 5000))])[0]:
            return True
    return False


def _marked(pieces: list[Piece]) -> bool:
    """Whether some of the words are in bold, and others are not."""
    texts = [p for p in pieces if p.kind == "text" and p.text.strip()]
    return any(p.strong for p in texts) and not all(p.strong for p in texts)


def _has_paper_link(
    text: str,
    bare: list[tuple[int, int]],
    fields: list[_Said],
    references: Mapping[str, str],
    body: list[Block],
) -> bool:
    """Whether the first lines below a heading link to one paper with a label such as `pdf`."""
    if any(b.kind == "item" for b in body) and not fields:
        return False
    spans = [
        *bare[:6],
        *((f.start, f.end) for f in fields[:12] if f.role not in ("abstract", "ignored")),
    ]
    for start, end in spans:
        for piece in parse(text[start : min(end, start + 2000)], references):
            if piece.kind == "link" and (t := target_of(piece.text, piece.url)).paper and t.generic:
                return True
    return False


def is_field_heading(words: str) -> Role | None:
    """The field that a heading inside an entry names: `### Abstract`."""
    bare = words.strip().strip("*_:： ")
    role = role_of(bare)
    if role in (
        "abstract",
        "authors",
        "comment",
        "tags",
        "links",
        "link",
        "code",
        "doi",
        "venue",
        "date",
    ):
        return role
    return None
