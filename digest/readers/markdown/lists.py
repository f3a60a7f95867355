"""Items and paragraphs that are papers: bullets, numbered items, lines in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.markdown.addresses import target_of
from digest.readers.markdown.blocks import Block
from digest.readers.markdown.drafts import Draft
from digest.readers.markdown.entries import read_entry
from digest.readers.markdown.inline import parse
from digest.readers.markdown.labels import match_label
from digest.readers.markdown.sections import read_lines
from digest.readers.markdown.topics import Place, topic_heading
from digest.readers.markdown.values import are_names, is_prose

_TORN = re.compile(r"\]\((?:https?:)?[^()\s]*(?:\s|$)|\[[^\[\]]{0,300}$|\]\s\(http")
_SAID = re.compile(r"\W{0,6}\w[\w /&-]{0,24}\s?[:：]\W{0,4}\s")
_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST_ENTRY = 20_000


class _Entry:
    """An item with what its own items say."""

    def __init__(self, block: Block, draft: Draft) -> None:
        self.block = block
        self.end = block.end
        self.draft = draft
        self.is_field = False


def read_items(
    text: str, items: list[Block], place: Place, references: Mapping[str, str]
) -> Iterator[Passage]:
    """The papers of a list; an item that says more about the one above it belongs to it."""
    entries = _grouped(text, items, references)
    papers = sum(entry.draft.identified and entry.draft.title is not None for entry in entries)
    many = papers * 2 >= len(entries) and papers > 0
    topics: list[tuple[int, str]] = []
    for at, entry in enumerate(entries):
        block, draft = entry.block, entry.draft
        while topics and topics[-1][0] >= block.level:
            topics.pop()
        here = place
        if topics:
            here = Place(topics[-1][1], place.venue)
        if draft.title is not None and (draft.identified or _is_paper(entry, many)):
            yield draft.record(block.start, entry.end, here.topic, here.venue)
            continue
        words = text[block.inner[0] : block.inner[1]]
        if draft.identified or (many and _TORN.search(words[:2000])):
            why = "an entry without a title" if draft.identified else "a link that is not closed"
            yield Unread((block.start, entry.end), why)
            yield Remark(
                block.start,
                "warning",
                f"this item of the list could not be read: {why}",
                "write it as `- [Title](address) - Authors, Venue Year`",
            )
            continue
        nested = at + 1 < len(entries) and entries[at + 1].block.level > block.level
        if nested and (topic := topic_heading(words)) is not None:
            topics.append((block.level, topic))
        yield Chrome((block.start, entry.end))


def _is_paper(entry: _Entry, many: bool) -> bool:
    """Whether an item without a link to a paper is one all the same."""
    draft = entry.draft
    title = draft.title or ""
    if draft.authors and (draft.venue or draft.published) and len(title.split()) >= 2:
        draft.confidence = 0.7
        return True
    if draft.venue and re.search(r"\d\d", draft.venue) and len(title.split()) >= 3:
        draft.confidence = 0.7
        return True
    if not many:
        return False
    if draft.authors or draft.venue or (draft.links and len(title.split()) >= 4):
        draft.confidence = 0.6
        return True
    draft.confidence = 0.5
    return (
        len(title.split()) >= 4 and not draft.links and not is_prose(title) and title[0].isupper()
    )


def _grouped(text: str, items: list[Block], references: Mapping[str, str]) -> list[_Entry]:
    """The entries of a list, the items that are fields of the item above them taken in."""
    entries: list[_Entry] = []
    for item in items:
        start, end = item.inner
        above = entries[-1] if entries else None
        inside = above is not None and item.level > above.block.level
        if above is not None and inside and _is_field(text, item, above, references):
            read_lines(above.draft, text, [(start, end)], references)
            above.end = item.end
            continue
        raw = text[start : min(end, start + _LONGEST_ENTRY)]
        if match_label(raw, 0, len(raw)) is not None and above is not None and not inside:
            # Labels side by side are fields of one paper: `- Authors: …` after `- Title: …`.
            role = match_label(raw, 0, len(raw))
            if role and role[0] != "title" and above.is_field and above.block.level == item.level:
                read_lines(above.draft, text, [(start, end)], references)
                above.end = item.end
                continue
        draft = Draft()
        first, below = _parted(raw)
        label = match_label(first, 0, len(first))
        entry = _Entry(item, draft)
        if label is not None and label[0] in ("title", "link") and not below:
            draft.take_field(label[0], first[label[2] :], label[1])
            entry.is_field = True
            if draft.title is None and label[0] == "link":
                read_entry(parse(first[label[2] :], references), draft)
        elif label is not None and label[0] == "title":
            read_lines(draft, text, [(start, end)], references)
        else:
            read_entry(parse(first, references), draft)
            if below:
                read_lines(draft, text, [(start + len(first), end)], references)
        entries.append(entry)
    return entries


def _parted(raw: str) -> tuple[str, str]:
    """The lines of an item before its first labelled line or blank line, and the rest."""
    ends = [m.span() for m in _LINE_END.finditer(raw)]
    stops = [start for start, _ in ends[1:]]
    for (_, at), stop in zip(ends, [*stops, len(raw)], strict=False):
        line = raw[at:stop]
        if not line.strip() or line.lstrip().startswith(("<details", ">", "```")):
            return raw[:at], raw[at:]
        lead = at + len(line) - len(line.lstrip())
        if match_label(raw, lead, stop) is not None:
            return raw[:at], raw[at:]
    return raw, ""


def _is_field(text: str, item: Block, above: _Entry, references: Mapping[str, str]) -> bool:
    """Whether a nested item says something about the entry above it, and is none of its own."""
    start, end = item.inner
    raw = text[start : min(end, start + 2000)]
    if match_label(raw, 0, len(raw)) is not None:
        return above.draft.title is not None
    pieces = parse(raw, references)
    links = [p for p in pieces if p.kind == "link"]
    words = "".join(p.text for p in pieces if p.kind == "text").strip(" \t\r\n|,;/.[]()-–—")
    if above.draft.title is None:
        return False
    if _SAID.match(raw) and not any(target_of(p.text, p.url).paper for p in links):
        return True
    if links:
        generic = all(target_of(p.text, p.url).generic for p in links)
        if generic and (len(words) < 30 or not above.draft.identified or are_names(words)):
            return True
        titled = any(
            (t := target_of(p.text, p.url)).paper and not t.generic and len(p.text.split()) > 2
            for p in links
        )
        return above.draft.identified and not titled and not generic and is_prose(words)
    return above.draft.identified or are_names(words)


def read_paragraph(
    text: str, block: Block, place: Place, references: Mapping[str, str]
) -> Iterator[Passage]:
    """The paper that a paragraph of its own is, with its title in bold or as a link."""
    raw = text[block.start : min(block.end, block.start + _LONGEST_ENTRY)]
    opens = re.match(
        r"\s*(?:\*\*|__|<b>|<strong>|\[|【|\(?\d{1,4}[.)、]|[\"“]|\[?!\[|:[a-z_]+:)", raw
    )
    draft = Draft()
    if opens and ("http" in raw or "](" in raw):
        first, below = _parted(raw)
        label = match_label(first, 0, len(first))
        if label is None:
            read_entry(parse(first, references), draft)
        else:
            read_lines(draft, text, [(block.start, block.end)], references)
            below = ""
        if below:
            read_lines(draft, text, [(block.start + len(first), block.end)], references)
    title = draft.title or ""
    wide = len(re.findall(r"[\u3400-\u9fff]", title)) >= 5
    told = draft.authors or draft.venue or draft.abstract or len(title.split()) >= 5
    if draft.identified and (wide or len(title.split()) >= 2) and told:
        draft.confidence = 0.8
        yield draft.record(block.start, block.end, place.topic, place.venue)
    else:
        yield Chrome((block.start, block.end))
