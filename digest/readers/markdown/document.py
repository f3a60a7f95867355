"""Markdown that lists papers, read block by block; a README that lists none is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader
from digest.readers.markdown.blocks import Block, find_blocks
from digest.readers.markdown.inline import plain
from digest.readers.markdown.lists import read_items, read_paragraph
from digest.readers.markdown.sections import is_field_heading, read_section
from digest.readers.markdown.tables import read_table
from digest.readers.markdown.topics import Place, place_of

_REFERENCE = re.compile(
    r"^ {0,3}\[([^\]\r\n^][^\]\r\n]{0,200})\]:[ \t]*<?(\S{1,2000}?)>?(?:\s|$)", re.M
)
_MARKS = re.compile(
    r"^[ \t]*(?:[-*+•]|\d{1,4}[.)])[ \t]|^ {0,3}#{1,6}[ \t]|^[ \t]*\||^\*\*|<summary"
    r"|^[^\n|]+\|[^\n]*\n[ |:-]+\n",
    re.M,
)
_SIGNS = re.compile(
    r"arxiv|doi\.org|10\.\d{4}|\.pdf|openreview|aclanthology|\]\(|doi:"
    r"|\|[ \t]{0,20}authors?[ \t]{0,20}\|",
    re.I,
)
_OTHER = re.compile(
    r"\s*(?:<\?xml|<!doctype|<html|<rss|<feed|[{\[]\s*[{\"\]\[]|@\w+\s*[{(]|TY {1,2}-|PMID-|FN "
    r"|%0 |%PDF|#!|From:? |\\documentclass)",
    re.I,
)
_FRONT = re.compile(r"---[ \t]*\r?\n\s*[\w-]{1,40}:")
_RULED = re.compile(r"^\\\\\s*$", re.M)
_MAIL = re.compile(r"^@\w+\{|^TY  - |^(?:def|class|import|from) \w", re.M)
_SAMPLE = 40_000


def find_references(text: str) -> dict[str, str]:
    """The addresses that `[label][name]` stands for: lines `[name]: address`."""
    if "]:" not in text:
        return {}
    return {" ".join(m[1].lower().split()): m[2] for m in _REFERENCE.finditer(text)}


def read(text: str) -> Iterator[Passage]:
    """The papers of `text` in its order, and an account of everything between them."""
    references = find_references(text)
    headings: list[tuple[int, str]] = []
    head: Block | None = None
    body: list[Block] = []
    for block in find_blocks(text):
        if block.kind in ("heading", "summary"):
            words = text[block.inner[0] : block.inner[1]]
            inside = head is not None and block.level > head.level
            if inside and is_field_heading(plain(words[:80])):
                body.append(block)
                continue
            yield from _section(text, head, body, headings, references)
            head, body = block, []
            while headings and headings[-1][0] >= block.level:
                headings.pop()
            headings.append((block.level, words[:300]))
            continue
        if len(body) >= 64 and block.kind not in ("item", "para") and body[-1].kind != "item":
            # A section without an end is read as it comes: it is no single entry.
            yield from _section(text, head, body, headings, references)
            head, body = None, []
        body.append(block)
    yield from _section(text, head, body, headings, references)


def _section(
    text: str,
    head: Block | None,
    body: list[Block],
    headings: list[tuple[int, str]],
    references: dict[str, str],
) -> Iterator[Passage]:
    """What a heading and the blocks below it hold."""
    if head is not None and len(body) <= 400:
        draft = read_section(text, head, [b for b in body if b.kind != "furniture"], references)
        if draft is not None and (draft.identified or draft.abstract):
            last = head
            for block in body:
                if block.kind != "furniture":
                    last = block
            place = place_of(headings[:-1])
            yield draft.record(head.start, last.end, place.topic, place.venue)
            for block in body:
                if block.start >= last.end:
                    yield Chrome((block.start, block.end))
            return
    if head is not None:
        yield Chrome((head.start, head.end))
    if not body:
        return
    place = place_of(headings)
    items: list[Block] = []
    for block in body:
        if block.kind == "item":
            items.append(block)
            continue
        if items:
            yield from read_items(text, items, place, references)
            items = []
        yield from _block(text, block, place, references)
    if items:
        yield from read_items(text, items, place, references)


def _block(text: str, block: Block, place: Place, references: dict[str, str]) -> Iterator[Passage]:
    if block.kind == "table":
        yield from read_table(text, block, place, references)
    elif block.kind == "para":
        yield from read_paragraph(text, block, place, references)
    else:
        yield Chrome((block.start, block.end))


def recognise(text: str) -> float:
    """How sure it is that `text` is Markdown that lists papers: by the share that entries hold."""
    if (
        _OTHER.match(text)
        or _FRONT.match(text)
        or not _SIGNS.search(text)
        or not _MARKS.search(text)
    ):
        return 0.0
    sample = text
    if len(text) > _SAMPLE:
        sample = text[: max(text.rfind("\n", 0, _SAMPLE), _SAMPLE // 2)]
    if len(_MAIL.findall(sample)) > 3 or len(_RULED.findall(sample)) > 1:
        return 0.0
    held = papers = 0
    for passage in read(sample):
        if isinstance(passage, Record) and _is_told(sample, passage):
            papers += 1
            held += passage.span[1] - passage.span[0]
    if not papers:
        return 0.0
    share = held / max(1, len(sample.strip()))
    if share >= 0.5 or (papers >= 5 and share >= 0.25):
        return 0.92 if papers > 1 else 0.75
    if papers >= 3 and share >= 0.3:
        return 0.7
    return min(0.45, share)


def _is_told(text: str, record: Record) -> bool:
    """Whether the entry names its paper beyond doubt."""
    if record.title is None:
        return False
    if record.authors and (record.published or record.venue) and "|" in text[slice(*record.span)]:
        # The head of a table says which cell is what.
        return True
    return bool(
        record.eprint
        or record.doi
        or any(link.kind in ("paper", "pdf") for link in record.links)
        or (record.venue and re.search(r"(?:19|20)\d\d", record.venue))
    )


READER = Reader("markdown", recognise, read)
