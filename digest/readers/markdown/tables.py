"""Tables of papers: `| Date | Title | Authors | PDF | Code |`, with rows that are not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.markdown.addresses import find_eprint
from digest.readers.markdown.blocks import Block, is_divider
from digest.readers.markdown.drafts import Draft
from digest.readers.markdown.entries import read_entry
from digest.readers.markdown.inline import parse, plain
from digest.readers.markdown.labels import Role, role_of
from digest.readers.markdown.topics import Place
from digest.readers.markdown.values import are_names, is_prose, read_names, read_venue, read_when

_LINE = re.compile(r"[^\r\n]+")
_BAR = re.compile(r"\\\||\||`[^`\n]{1,200}`")
_MATH_BAR = re.compile(r"\\\||\||`[^`\n]{1,200}`|\$(?=\S)[^$\n]{1,300}(?<=\S)\$(?!\d)")
_TORN = re.compile(r"(?<![ \t])[ \t]*[\r\n]\s*")
_NOTHING = re.compile(r"(?:null|none|n/?a|nan|tbd|[\s\-–—/\\x×✗❌:*_.]*)", re.I)
_SUMMARY = re.compile(r"<summary[^<>]{0,200}>(?:[^<]|<(?!/summary))*</summary>", re.I)


class _Row(NamedTuple):
    start: int
    end: int
    cells: list[str]


def read_table(
    text: str, block: Block, place: Place, references: Mapping[str, str]
) -> Iterator[Passage]:
    """The papers of the table that stands at `block`; nothing of it where it holds no papers."""
    rows = list(_rows(text, block))
    head: list[Role | None] = []
    names: list[str] = []
    begins = 0
    if len(rows) > 1 and is_divider(text[rows[1].start : rows[1].end]):
        names = [plain(cell) for cell in rows[0].cells]
        head, begins = _columns(names), 2
        yield Chrome((rows[0].start, rows[1].end))
    known = sum(role not in (None, "ignored") for role in head)
    fallback = not head or known == 0 or "title" not in head
    for row in rows[begins:]:
        if is_divider(text[row.start : row.end]):
            yield Chrome((row.start, row.end))
            continue
        cells = row.cells
        if head and len(cells) > len(head):
            cells = _split(text[row.start : row.end], _MATH_BAR)
        if all(_NOTHING.fullmatch(plain(cell)) for cell in cells) and "](" not in "".join(cells):
            yield Chrome((row.start, row.end))
            continue
        if len(cells) == len(head) and [plain(c).lower() for c in cells] == [
            n.lower() for n in names
        ]:
            yield Chrome((row.start, row.end))
            continue
        draft = None if fallback else _by_columns(head, names, cells, references)
        if draft is None or (draft.title is None and len(cells) != len(head)):
            draft = _by_content(cells, references, head)
        if draft.title is not None and not re.search(r"[^\W\d_]", draft.title):
            draft.title = None  # a count of papers stands in a column `Papers`
        if draft.title is None and not draft.abstract:
            if draft.identified or (draft.authors and known >= 2):
                yield Unread((row.start, row.end), "a row of a table without a title")
                yield Remark(
                    row.start,
                    "warning",
                    "no title was found in this row of the table",
                    "write the cells that the head of the table names, parted by `|`",
                )
            else:
                yield Chrome((row.start, row.end))
            continue
        if not draft.identified and (fallback or known < 2):
            yield Chrome((row.start, row.end))
            continue
        if head and len(cells) < len(head):
            yield Remark(
                row.start,
                "note",
                f"this row has {len(cells)} of {len(head)} cells",
                "the cells that are there were read",
            )
        elif head and len(cells) > len(head) and draft.confidence == 1:
            draft.confidence = 0.9
        yield draft.record(row.start, row.end, place.topic, place.venue)


def _columns(names: list[str]) -> list[Role | None]:
    """What each column holds, as its head says; the title is called many names."""
    roles = [role_of(name) for name in names]
    lowered = [name.lower().strip(" *:") for name in names]
    if "title" not in roles:
        for wanted in ("paper", "papers", "work", "论文", "publication", "article", "paper & code"):
            if wanted in lowered:
                roles[lowered.index(wanted)] = "title"
                break
        else:
            for at, name in enumerate(lowered):
                if re.search(r"\btitle\b|\bpapers?\b|标题|题目|论文", name) and roles[at] is None:
                    roles[at] = "title"
                    break
    for at, name in enumerate(lowered):
        # Two columns of one kind: `Name` is the system where `Title` stands beside it.
        if name in ("name", "名称", "model", "method") and "title" in (
            roles[:at] + roles[at + 1 :]
        ):
            roles[at] = "ignored"
    return roles


def _by_columns(
    head: list[Role | None], names: list[str], cells: list[str], references: Mapping[str, str]
) -> Draft | None:
    """The row read by its head; None where a cell shows that the columns have shifted."""
    draft = Draft()
    for at, cell in enumerate(cells):
        role = head[at] if at < len(head) else "links"
        if role == "date" and len(cells) != len(head) and read_when(plain(cell)) is None:
            return None
        if role == "title" and len(cells) < len(head) and read_when(plain(cell)):
            return None
    shift = len(cells) != len(head)
    for at, cell in enumerate(cells):
        role = head[at] if at < len(head) else "links"
        if role == "title" and draft.title is None:
            read_entry(parse(_unfolded(cell), references), draft, cell=True)
            if draft.title is None and plain(cell) and not _NOTHING.fullmatch(plain(cell)):
                draft.title = plain(cell).strip(" *")
        elif role is None:
            for piece in parse(cell, references):
                if piece.kind == "link":
                    draft.take_link(piece.text, piece.url)
                elif piece.kind == "image":
                    draft.take_badge(piece)
        elif role == "abstract" and draft.abstract:
            continue
        elif shift and role == "authors" and "](" in cell and not are_names(plain(cell)):
            draft.take_field("links", cell)
        else:
            name = names[at].lower() if at < len(names) else ""
            draft.take_field(role, _unfolded(cell), name)
    return draft


def _by_content(cells: list[str], references: Mapping[str, str], head: list[Role | None]) -> Draft:
    """The row read by what its cells look like, where the head does not tell."""
    draft = Draft()
    rest: list[str] = []
    for cell in cells:
        words = plain(cell)
        if not words or _NOTHING.fullmatch(words):
            for piece in parse(cell, references):
                if piece.kind == "link":
                    draft.take_link(piece.text, piece.url)
                elif piece.kind == "image":
                    draft.take_badge(piece)
            continue
        if (when := read_when(words)) is not None:
            draft.published = draft.published or when
        elif (venue := read_venue(words)) is not None and "](" not in cell:
            draft.venue = draft.venue or venue
        elif are_names(words) and "](" not in cell and not draft.authors:
            draft.authors = read_names(words)
        elif find_eprint(words, bare=True) or re.fullmatch(r"[\d.,\s]+", words):
            draft.take_field("links", cell)
        else:
            rest.append(cell)
    for cell in rest:
        if draft.title is None and not (is_prose(plain(cell)) and len(plain(cell)) > 300):
            read_entry(parse(_unfolded(cell), references), draft, cell=True)
        elif is_prose(plain(cell)) and not draft.abstract:
            draft.take_field("abstract", _unfolded(cell))
        else:
            for piece in parse(cell, references):
                if piece.kind == "link":
                    draft.take_link(piece.text, piece.url)
                elif piece.kind == "image":
                    draft.take_badge(piece)
    draft.confidence = 0.8 if head else 0.7
    return draft


def _unfolded(cell: str) -> str:
    """`cell` without the words that fold a passage away, `<summary>Show</summary>`."""
    if "<summary" not in cell:
        return cell
    bare = _SUMMARY.sub(" ", cell)
    return bare if plain(bare) else cell


def _rows(text: str, block: Block) -> Iterator[_Row]:
    """The rows of a table; a row whose line was broken is put together again."""
    barred = text[block.start] == "|"
    start = end = -1
    for m in _LINE.finditer(text, block.start, block.end):
        line = m[0].strip()
        if not line:
            continue
        left = m.start() + len(m[0]) - len(m[0].lstrip())
        if start >= 0 and (not barred or line[0] == "|"):
            yield _Row(start, end, _split(text[start:end], _BAR))
            start = -1
        if start < 0:
            start = left
        end = left + len(line)
    if start >= 0:
        yield _Row(start, end, _split(text[start:end], _BAR))


def _split(row: str, bars: re.Pattern[str]) -> list[str]:
    """The cells of a row, with `\\|` as the bar that it stands for."""
    cells: list[str] = []
    at = 0
    for m in bars.finditer(row):
        if m[0] == "|":
            cells.append(row[at : m.start()])
            at = m.end()
    cells.append(row[at:])
    if cells and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip(" \t_\r\n"):
        del cells[-1]
    return [_TORN.sub(" ", cell.strip()) for cell in cells]
