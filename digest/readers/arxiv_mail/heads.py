"""The head of an entry: lines `Label: value`, where a value may go on in the next lines."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from msgspec import Struct

from digest.identifiers import Eprint, match_arxiv
from digest.readers.listings.dates import DATED, edtf
from digest.text import fold

_ROLES = {
    "Title": "title",
    "Author": "authors",
    "Authors": "authors",
    "Categories": "categories",
    "Subj-class": "subjects",
    "Comment": "comment",
    "Comments": "comment",
    "Journal-ref": "journal_ref",
    "Journal": "journal_ref",
    "DOI": "doi",
    "Doi": "doi",
    "Date": "date",
    "From": "",
    "Report-no": "",
    "MSC-class": "",
    "ACM-class": "",
    "PACS-class": "",
    "License": "",
    "Proxy": "",
    "Note": "",
    "Notes": "",
    "Subject": "",
    "Size": "",
}
"""Labels and the field that each one tells; "" for what no field of a record holds."""
_ODD_LABEL = re.compile(r"[A-Z][A-Za-z]{1,14}(?:-[A-Za-z]{2,10})?$")
# A field as nearly all heads have them: a label, its value, and further lines that are set in.
_FIELD = re.compile(
    r"([A-Z][A-Za-z-]{1,14}|Date \(revised[^():\n]{0,9}\)):([^\n]*+(?:\n[ \t]++\S[^\n]*+)*+)\n*+"
)
_REPLACED = re.compile(
    r"(?:replaced with (?:a )?|re-?submitted )?(?:revised |new )?(?:version )?(?<=[a-z] )", re.I
)
_REVISED = re.compile(r"Date \(revised(?:\s+v?(\d{1,3}))?\)", re.I)
_DAY_FIRST = re.compile(
    r"\s{0,9}(?:[A-Za-z]{3,9},?\s{1,4})?(\d\d?)\s{1,4}([A-Z][a-z]{2})[a-z]{0,6}\.?,?\s{1,4}(\d{4}|\d\d)\b"
)
_YEAR_LAST = re.compile(
    r"([A-Z][a-z]{2})\s(\d\d?)\s\d\d:\d\d(?::\d\d)?\s(?:[A-Z]{2,8}\s)?(\d{4})\b"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NEARLY_FULL = 55
_FIRST_YEAR_OF_LAST_CENTURY = 70


class Head(Struct):
    """What the head of an entry says; the values with their line breaks."""

    eprint: Eprint | None = None
    named: str = ""
    """What stands where the identifier is expected."""
    values: dict[str, str] = {}
    published: str | None = None
    updated: str | None = None
    bad_date: str | None = None


def read_head(text: str) -> Head:
    """The head `text`, from its line `arXiv:` to its last."""
    return _read_plain_head(text) or _read_any_head(text)


def _read_plain_head(text: str) -> Head | None:
    """As `_read_any_head`; None where some line is not what nearly all are, and needs a look."""
    at = text.find("\n") + 1
    label, _, rest = text[: at - 1].partition(":")
    if at == 0 or label[:1].isspace():
        return None
    while text.startswith("\n", at):
        at += 1
    name = rest.split(None, 1)[0] if rest.strip() else ""
    found = match_arxiv(name)
    head = Head(found[0] if found else None, name, {})
    values = head.values
    if text.startswith("replaced with ", at):
        end = text.find("\n", at)
        line = text[at:end]
        if end < 0 or not _REPLACED.match(line):
            return None
        head.updated = _date(head, _REPLACED.sub("", line, count=1))
        at = end + 1
        while text.startswith("\n", at):
            at += 1
    for m in _FIELD.finditer(text, at):
        label, value = m.groups()
        role = _ROLES.get(label)
        if role is None and _REVISED.match(label):
            role = "date"
        if role is None or m.start() != at:
            return None
        at = m.end()
        if role == "date":
            if "\n" in value:
                return None
            _set_date(head, label, value)
        elif role and role not in values:
            values[role] = _folded(value)
    return head if at >= len(text) else None


def _read_any_head(text: str) -> Head:
    lines = text.split("\n")
    first = lines[0].strip()
    label, _, rest = first.partition(":")
    name = rest.split(None, 1)[0] if rest.strip() else ""
    found = match_arxiv(name)
    head = Head(eprint=found[0] if found else None, named=name, values={})
    indent = len(lines[0]) - len(lines[0].lstrip())
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    before = 0
    for raw in lines[1:]:
        line = raw[indent:] if indent and raw[:indent].isspace() else raw
        if not line or line.isspace():
            continue
        if line[0] not in " \t":
            label, colon, value = line.partition(":")
            if colon:
                role = _ROLES.get(label)
                if role is None:
                    role = _role_of(label, before)
                if role == "date":
                    _set_date(head, label, value)
                    current, before = [], 0
                    continue
                if role is not None:
                    current = [value]
                    # Of a label that stands twice the first counts.
                    parts.setdefault(role, current)
                    before = len(line)
                    continue
            if not parts and _REPLACED.match(line):
                head.updated = _later(head.updated, _date(head, _REPLACED.sub("", line, count=1)))
                continue
        current.append(line)
        before = len(line)
    parts.pop("", None)
    head.values = {
        role: _folded(value[0] if len(value) == 1 else " ".join(value))
        for role, value in parts.items()
    }
    return head


def join_lines(text: str) -> str | None:
    """`text` with its lines joined by single blanks; None where that is not all there is to fold.

    Several times cheaper than folding, which parts a text into its words.
    """
    joined = text.strip().replace("\n", " ")
    if (
        "  " in joined or not joined.isascii() or "\t" in joined or "\r" in joined
        or "\x0b" in joined or "\x0c" in joined or "\x1c" in joined
        or "\x1d" in joined or "\x1e" in joined or "\x1f" in joined
    ):  # fmt: skip
        return None
    return joined


def _folded(value: str) -> str:
    if "  " not in value and value.isprintable():  # no white space but single blanks
        return value.strip()
    return fold(value)


def _role_of(label: str, before: int) -> str | None:
    """What a label tells that is written in another way; None where it is part of a sentence."""
    if _REVISED.match(label):
        return "date"
    plain = label.strip().capitalize()
    plain = {"Doi": "DOI"}.get(plain, plain)
    if plain in _ROLES and label[0].isupper():
        return _ROLES[plain]
    # After a line that is nearly full the words before a colon may be a title's own.
    return "" if before < _NEARLY_FULL and _ODD_LABEL.match(label) else None


def _set_date(head: Head, label: str, value: str) -> None:
    date = _date(head, value)
    revised = _REVISED.match(label)
    if revised is None:
        head.published = head.published or date
        return
    head.updated = _later(head.updated, date)
    if revised[1] and head.eprint and int(revised[1]) > (head.eprint.version or 0):
        head.eprint = Eprint(head.eprint.id, int(revised[1]))


def _later(one: str | None, other: str | None) -> str | None:
    return max(one, other) if one and other else one or other


def _date(head: Head, value: str) -> str | None:
    if m := _DAY_FIRST.match(value):
        found = _edtf(m[1], m[2], m[3])
        words = m[0]
    elif m := _YEAR_LAST.search(words := fold(value)):
        found = _edtf(m[2], m[1], m[3])
    else:
        dated = DATED.search(words)
        found = edtf(dated) if dated else None
    if found is None and words:
        head.bad_date = words[:60]
    return found


@lru_cache(maxsize=1024)
def _edtf(day: str, month: str, year: str) -> str | None:
    number = int(year)
    if number < 100:
        number += 1900 if number >= _FIRST_YEAR_OF_LAST_CENTURY else 2000
    try:
        return dt.date(number, _MONTHS.index(month.lower()) + 1, int(day)).isoformat()
    except ValueError:
        return None
