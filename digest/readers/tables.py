"""Tables of papers: CSV, TSV and their kin, as spreadsheets and reference managers export them.

The first row names the columns. Form: RFC 4180, with the habits of spreadsheets: `sep=;` as the
first line, a semicolon or tab between cells, an apostrophe before what is no formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.json_records.papers import Complaint, read_record
from digest.readers.json_records.plans import Planner
from digest.readers.roles import check_mapping, find_roles

_SAMPLE = 65_536
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)', re.I)
_MARKS = ",;\t|"
_LONGEST_ROW = 2_000_000
_LONGEST_NAME = 80
_WIDEST = 5_000
_ROWS_TRIED = 20
# A table without a title still lists papers where it has these.
_STRONG = frozenset({"abstract", "authors", "doi", "eprint", "venue", "journal_ref"})
_OF_SCIENCE = {
    "TI": "title", "AB": "abstract", "AF": "authors", "AU": "author", "DI": "doi", "PY": "year",
    "SO": "journal", "DE": "keywords",
}  # fmt: skip
"""Columns of Web of Science's tables, which are two letters."""
_PROTECTED = re.compile(r"['\t](?=[=+\-@\t\r])")


_NO_MAPPING: Mapping[str, str] = MappingProxyType({})


class _Row(NamedTuple):
    start: int
    end: int
    cells: list[str]
    fault: str | None


class _Header(NamedTuple):
    mark: str
    start: int
    """Where the row of names begins; before it there is at most `sep=`."""
    end: int
    names: list[str]
    repeated: list[str]


class _Lines:
    """The lines of a text for the `csv` module, and how far it has read."""

    def __init__(self, text: str, start: int) -> None:
        self.at = self.row_start = start
        self._found = _LINE.finditer(text, start)

    def __iter__(self) -> Iterator[str]:
        for line in self._found:
            self.at = line.end()
            # A quote that is open for too long is closed here.
            yield line[0] if self.at - self.row_start < _LONGEST_ROW else '"\n'


def _rows(text: str, start: int, mark: str) -> Iterator[_Row]:
    """The rows of `text`, each with its place. A quote without its fellow costs its line alone."""
    budget = 4 * len(text) + _LONGEST_ROW
    while start < len(text):
        lines = _Lines(text, start)
        start = len(text)
        cells_of = csv.reader(lines, delimiter=mark)
        while True:
            lines.row_start = lines.at
            fault = None
            try:
                cells = next(cells_of, None)
            except csv.Error as error:
                cells, fault = [], str(error)
            if cells is None:
                return
            row_start, at = lines.row_start, lines.at
            first = _LINE.match(text, row_start)
            if (first and first.end() < at) or at >= len(text):
                is_open = at - row_start >= _LONGEST_ROW or _is_open(text, row_start, at)
                if first and is_open:
                    budget -= at - row_start
                    start = first.end() if budget > 0 else len(text)
                    yield _Row(row_start, start, [], "a quote without its fellow")
                    break
            if cells or fault:
                yield _Row(row_start, at, cells, fault)


def _is_open(text: str, start: int, end: int) -> bool:
    return end >= len(text) and text.count('"', start, end) % 2 == 1


def _find_header(text: str) -> _Header | None:
    """The row of names, and what parts the cells; None where there is no row of names."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n")) if text[:1].isspace() else 0
    start += text.startswith("\ufeff")
    if m := _SEPARATOR.match(text, start):
        return _header(text, m.end(), m[1])
    if text.startswith("|", start):
        return None  # a table in Markdown
    found = [h for mark in _MARKS if (h := _header(text, start, mark)) and len(h.names) > 1]
    return max(found, key=lambda h: (len(find_roles(h.names)), len(h.names)), default=None)


def _header(text: str, start: int, mark: str) -> _Header | None:
    row = next(_rows(text[: start + _SAMPLE], start, mark), None)
    if row is None or row.fault or len(row.cells) > _WIDEST:
        return None
    cells = [cell.strip().lstrip("\ufeff") for cell in row.cells]
    if any(len(cell) > _LONGEST_NAME for cell in cells):
        return None
    of_science = {"TI", "AU"} <= set(cells)
    names: list[str] = []
    seen: dict[str, None] = {}
    repeated = []
    for n, cell in enumerate(cells):
        name = _OF_SCIENCE.get(cell, f"column {n}") if of_science else cell or f"column {n}"
        if name in seen:
            repeated.append(name)
            name = f"column {n}"
        seen[name] = None
        names.append(name)
    return _Header(mark, row.start, row.end, names, repeated)


def recognise(text: str, mapping: Mapping[str, str] = _NO_MAPPING) -> float:
    """How sure it is that `text` is a table of papers."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "<", "@", "%", "#"):
        return 0.0
    header = _find_header(text)
    if header is None:
        return 0.0
    roles = find_roles(header.names)
    roles |= {role: (name,) for role, name in mapping.items() if name in header.names}
    has_title = "title" in roles and any(n.lower() != "name" for n in roles["title"])
    if not has_title and "abstract" not in roles:
        return 0.0
    strong = len(_STRONG & roles.keys()) + has_title
    if strong < 2:
        return 0.4 if has_title and len(roles) > 2 else 0.3 if len(roles) > 1 else 0.1
    good = bad = 0
    for row in _rows(text, header.end, header.mark):
        if row.end >= len(text) and len(text) >= _SAMPLE:
            break  # the sample may have cut it
        fits = not row.fault and len(row.cells) == len(header.names)
        good, bad = good + fits, bad + (not fits)
        if good + bad >= _ROWS_TRIED:
            break
    if not good and bad:
        return 0.3
    return 0.93 if good >= bad and (good or len(roles) > 3) else 0.4


def read(text: str, mapping: Mapping[str, str] = _NO_MAPPING) -> Iterator[Passage]:
    """The papers of a table, one a row."""
    header = _find_header(text)
    if header is None:
        yield from _unread(text, 0, len(text), "a table without a row of names")
        return
    if text[: header.start].strip():
        yield Chrome(_trimmed(text, 0, header.start))
    yield Chrome(_trimmed(text, header.start, header.end))
    for name in header.repeated:
        hint = "give each column a name of its own"
        yield Remark(header.start, "warning", f"column `{name}` stands twice", hint)
    planner = Planner(mapping, is_table=True)
    width = len(header.names)
    for row in _rows(text, header.end, header.mark):
        start, end = _trimmed(text, row.start, row.end)
        if start >= end:
            continue
        if row.fault:
            yield from _unread(text, start, end, row.fault)
            continue
        cells = row.cells
        while len(cells) > width and not cells[-1].strip():
            cells = cells[:-1]
        if not any(cell.strip() for cell in cells) or [c.strip() for c in cells] == header.names:
            yield Chrome((start, end))
            continue
        if len(cells) > width or (len(cells) == 1 and width > 2):
            more = "more" if len(cells) > width else "fewer"
            why = f"{len(cells)} cells, {more} than the {width} columns"
            yield from _unread(text, start, end, why, "put cells that hold a comma into quotes")
            continue
        found = {n: _unprotected(c) for n, c in zip(header.names, cells, strict=False)}
        complaints: list[Complaint] = []
        record = read_record(found, planner.plan(found), (start, end), complaints)
        if record is None:
            why = "no title, abstract or identifier in this row"
            yield from _unread(text, start, end, why, "fill in its title, or remove it")
            continue
        yield record
        if len(cells) < width:
            yield Remark(
                start, "warning", f"{len(cells)} cells, fewer than the {width} columns",
                "the missing ones were taken as empty; check that no cell is lost",
            )  # fmt: skip
        for field, message, hint in complaints:
            yield Remark(start, "warning", f"{message} (`{field}`)", hint)


def _unprotected(cell: str) -> str:
    """`cell` without the apostrophe or tab that keeps a spreadsheet from computing it."""
    m = _PROTECTED.match(cell)
    return cell[m.end() :] if m else cell


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    inner = passage.strip()
    start += len(passage) - len(passage.lstrip()) if inner else 0
    return start, start + len(inner)


def _unread(
    text: str, start: int, end: int, why: str, hint: str = "mend this row, or remove it"
) -> Iterator[Passage]:
    start, end = _trimmed(text, start, end)
    if start < end:
        yield Unread((start, end), why)
        yield Remark(start, "error", why, hint)


def make_reader(mapping: Mapping[str, str]) -> Reader:
    """A reader of tables in which `mapping` (role to column) says where a paper's fields are.

    Raises ValueError for an unknown role.
    """
    check_mapping(mapping)
    return Reader("table", partial(recognise, mapping=mapping), partial(read, mapping=mapping))


READER = Reader("table", recognise, read)
