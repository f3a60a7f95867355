"""RIS: `TY  - JOUR`, a tag a line, `ER  - `.

The format: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
with the variants of Zotero, JabRef, EndNote, Ovid, ProQuest and Rayyan: one blank before the
hyphen, text after `ER`, entries numbered between, `ER` missing, lines without a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.identifiers import Eprint
from digest.paper import Record
from digest.readers.base import Passage, Reader, Remark, Unread
from digest.readers.citations import (
    date_in_words,
    doi_in,
    doi_of,
    edtf_of,
    month_of,
    named_eprint,
    own_eprint,
    reference,
    year_of,
)
from digest.readers.tagged.lines import (
    LINE_START,
    Entry,
    Tagged,
    between,
    find_tags,
    no_title,
    plain,
    shortened,
)

_KNOWN = (
    "A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DO DP ED EP ET ID"
    " IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST"
    " T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2"
).replace(" ", "|")
_WIDE = r"[A-Z][A-Z0-9](?=[ \t]{2,4}+-)"
_TIGHT_TAG = r"TY(?=[ \t]?-)|ER(?=[ \t]?-(?:\s|\Z))"
_LEAD, _DASH = rf"{LINE_START}[ \t]{{0,8}}+", r"[ \t]{0,4}+-[ \t]?"
_STRICT = re.compile(rf"{_LEAD}({_WIDE}|{_TIGHT_TAG}){_DASH}", re.M)
_LOOSE = re.compile(rf"{_LEAD}({_WIDE}|{_TIGHT_TAG}|(?:{_KNOWN})(?=[ \t]?-(?:\s|\Z))){_DASH}", re.M)
_TIGHT = re.compile(rf"{LINE_START}[ \t]{{0,8}}+TY[ \t]?-", re.M)
_ANY = re.compile(rf"{_LEAD}([A-Z][A-Z0-9](?=[ \t]{{2,4}}+-|[ \t]?-(?:\s|\Z)))[ \t]{{0,4}}+-", re.M)
_TITLES = ("TI", "T1", "CT")
_BOOKS = frozenset({"BOOK", "EBOOK", "EDBOOK", "SER", "CONF", "MGZN", "WHOLE"})
_VENUES = ("JF", "JO", "T2", "BT", "C3", "JA", "J2", "J1")
_LONG = frozenset({"AB", "N2", "N1"})
_DATE = re.compile(r"\s*+([12]\d{3})\s?[/-]\s?([^/-]*+)(?:[/-]\s?(\d{0,2}))?(?:[/-](.*))?")
_ONLY_DOI = re.compile(r"(?:doi)?\W*(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.I)
_FEW = 5
"""At least every fifth line has a tag, however a file wraps its abstracts."""
_LONGEST_WORD = 100


def recognise(text: str) -> float:
    """How sure it is that `text` is RIS."""
    tags = [(m[1], m.start(), m.end()) for m in _ANY.finditer(text)]
    names = [tag for tag, _, _ in tags]
    starts, ends = names.count("TY"), names.count("ER")
    if not starts and not ends:
        return 0.0
    first = next(at for tag, at, _ in tags if tag == "TY" or not starts)
    before = len(text[:first].strip())
    after = len(text[tags[-1][2] :].strip()) if tags[-1][0] == "ER" else 0
    share = 1 - (before + after) / max(1, len(text.strip()))
    known = sum(tag in ("TY", "ER") or tag in _KNOWN for tag in names) / len(names)
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if share < 0.5 or known < 0.5 or len(names) < 2 or len(names) * _FEW < lines:
        return 0.3 * share
    return (0.97 if starts and ends else 0.8) * (0.7 + 0.3 * share)


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    reached = 0
    for fields, remarks in _entries(text, _pattern(text)):
        entry = Entry(fields)
        start, end = entry.span
        yield from between(text, reached, start)
        reached = end
        if len(fields) == sum(field.tag in ("TY", "ER") for field in fields):
            yield Unread((start, end), "an entry without fields")
            yield Remark(start, "warning", "an entry without fields", "fill it in, or remove it")
            continue
        record = _record(entry)
        yield record
        yield from remarks
        if not (record.title or record.abstract or record.eprint or record.doi):
            yield no_title(entry)
    yield from between(text, reached, len(text))


def _pattern(text: str) -> re.Pattern[str]:
    return _LOOSE if _TIGHT.search(text) else _STRICT


def _entries(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[list[Tagged], list[Remark]]]:
    fields: list[Tagged] = []
    pending: list[Tagged] = []
    held: list[Tagged] = []
    # A second TY opens an entry of its own only if what follows it can stand alone.
    for m in find_tags(text, pattern):
        tag = m.tag
        if held:
            if tag not in ("TY", "ER") and not m.after_blank:
                # Ovid writes a tag or two after ER.
                held.append(shortened(m, at_blank=True))
                continue
            yield _closed(held, ended=True)
            held = []
        if tag == "ER":
            ended = shortened(m, at_blank=False)
            if pending and _stands_alone(fields, pending):
                yield _closed(fields, ended=False)
                fields = []
            fields += pending
            pending = []
            if not fields:
                yield [ended], []
                continue
            held, fields = [*fields, ended], []
        elif tag == "TY":
            if pending and _stands_alone(fields, pending):
                yield _closed(fields, ended=False)
                fields = []
            fields += pending
            pending = [m]
        elif pending:
            pending.append(m)
        else:
            fields.append(m)
    if held:
        yield _closed(held, ended=True)
    if pending and _stands_alone(fields, pending):
        yield _closed(fields, ended=False)
        fields = []
    if fields or pending:
        yield _closed(fields + pending, ended=False)


def _stands_alone(fields: list[Tagged], pending: list[Tagged]) -> bool:
    if not fields or fields[-1].tag == "TY":
        # Entries that hold nothing but a type are one with what follows.
        return False
    return pending[0].after_blank or any(field.tag in _TITLES for field in pending)


def _closed(fields: list[Tagged], ended: bool) -> tuple[list[Tagged], list[Remark]]:
    remarks = []
    if not ended:
        last = fields[-1]
        if last.tag not in _LONG:
            fields = [*fields[:-1], shortened(last, at_blank=True)]
        end = fields[-1].end - 1
        remarks.append(
            Remark(end, "warning", "the entry has no `ER  - ` line", "add the line `ER  - `")
        )
    if fields[0].tag != "TY":
        start = fields[0].start
        remarks.append(
            Remark(start, "warning", "the entry has no `TY  - ` line", "begin it with `TY  - JOUR`")
        )
    return fields, remarks


def _record(entry: Entry) -> Record:
    kind = entry.first_line("TY").upper()
    book = kind in _BOOKS
    title = entry.line(*_TITLES) or (entry.line("BT", "T2") if book else None)
    authors = _authors(entry, "AU", "A1")
    if not authors and book:
        authors = _authors(entry, "A2", "ED")
    venue = next((v for tag in _VENUES if (v := entry.line(tag)) and v != title), None)
    published = _date(entry)
    first, last = entry.first_line("SP"), entry.first_line("EP")
    journal = entry.line("JF", "JO", "JA", "J2", "J1") or (
        entry.line("T2") if kind == "JOUR" else None
    )
    eprint = _eprint(entry)
    cited = reference(
        journal,
        entry.first_line("VL"),
        entry.first_line("IS"),
        f"{first}-{last}" if first and last and first != last and "-" not in first else first,
        published[:4] if published else None,
    )
    return Record(
        span=entry.span,
        title=title,
        abstract=entry.paragraphs("AB", "N2"),
        authors=authors,
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=_doi(entry),
        published=published,
        published_as="ris" if published else None,
        comment=_comment(entry),
        journal_ref=cited,
        venue=venue,
        links=entry.links("UR", "L1", "L2", "LK"),
        tags=_tags(entry),
    )


def _authors(entry: Entry, first: str, second: str) -> tuple[str, ...]:
    """Those of both tags. Two authors may bear one name; two tags may tell of one author."""
    names = [*_names(entry, first)]
    known = set(names)
    return (*names, *(name for name in _names(entry, second) if name not in known))


def _names(entry: Entry, tag: str) -> Iterator[str]:
    for line in entry.lines(tag):
        for name in line.split(";"):
            word = plain(name).strip(" ,")
            if word:
                yield word


def _tags(entry: Entry) -> tuple[str, ...]:
    words = (plain(word).lstrip("*#") for line in entry.lines("KW") for word in line.split(";"))
    return tuple(dict.fromkeys(word for word in words if word and len(word) <= _LONGEST_WORD))


def _doi(entry: Entry) -> str | None:
    for value in entry.lines("DO"):
        if found := doi_of(value):
            return found
    for value in entry.lines("M3", "L3", "UR", "L2", "N1"):
        if found := doi_in(value) or (doi_of(value) if value.startswith("10.") else None):
            return found
    return None


def _comment(entry: Entry) -> str | None:
    """The first note that says more than the DOI."""
    notes = map(plain, entry.values("N1"))
    return next((note for note in notes if note and not _ONLY_DOI.fullmatch(note)), None)


def _eprint(entry: Entry) -> Eprint | None:
    for value in entry.lines("DO", "UR", "L1", "JO", "JF", "J2", "T2", "M1", "AN", "VL"):
        if found := named_eprint(value):
            return found
    return next((found for v in entry.values("N1", "M3") if (found := own_eprint(v))), None)


def _date(entry: Entry) -> str | None:
    """The date of publication: of those that name the same year the most precise."""
    dates = [date for v in entry.lines("PY", "Y1", "DA") if (date := _one_date(v))]
    same = [date for date in dates if date[:4] == dates[0][:4]]
    return max(same, key=len, default=None)


def _one_date(value: str) -> str | None:
    """`YYYY/MM/DD/other`, of which all but the year may be empty, or words."""
    m = _DATE.match(value)
    if m is None:
        return date_in_words(value) if re.search(r"[A-Za-z]", value) else year_of(value)
    if m[4] and re.search(r"received|accepted|revised|submitted", m[4], re.I):
        return None
    return edtf_of(m[1], month_of(m[2]), int(m[3]) if m[3] else None)


READER = Reader("ris", recognise, read)
