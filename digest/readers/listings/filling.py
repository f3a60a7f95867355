"""The fields of an entry whose layout is not known: which unit is the title, which the names.

The places of titles and names are learned from all entries of a page; labels, identifiers, dates
and venues speak for themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from digest.identifiers import Eprint, match_arxiv, match_doi
from digest.links import find_links
from digest.paper import Link, Record
from digest.readers.bylines import read_byline
from digest.readers.listings.kinds import VENUE_WORD, Kind, Unit, share_of_names, unquoted
from digest.readers.listings.languages import find_date, find_year, is_telling
from digest.readers.listings.lines import LONGEST
from digest.readers.listings.reference_names import split_names
from digest.text import fold

_ID_LEAD = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|\s?[:：]?\s?)|(?<![\w./])(?=\d{4}\.\d{4})", re.I
)

_OLD_ID = re.compile(r"(?<![\w./-])(?=[a-z-]{2,8}(?:\.[A-Z]{2})?/\d{7})")

_DOI = re.compile(r"\b10\.\d{4,9}/")

_CATEGORY = re.compile(r"\b(?:[a-z-]{2,8}\.[A-Z]{2}|hep-(?:th|ph|ex|lat)|gr-qc|quant-ph|math-ph)\b")

_VOLUME = re.compile(r"\b\d{1,4}\s?(?:\(\d{1,4}\)|[,:]\s?\d{1,6})|\bpp?\.\s?\d|\bvol", re.I)

_SHARE = 0.6


class Slots(Struct):
    """Where the titles and the names of most entries stand."""

    title: list[tuple[str, object]]
    names_after: bool
    inverted: bool
    """Whether names are turned around: `Abel, Ann; Bee, Bob`."""
    stopped: bool
    """Whether titles end in a full stop that is none of theirs."""
    names_below: bool
    """Whether the names stand right below the title, with no blank line between."""


def _keys(entry: list[Unit], index: int) -> Iterator[tuple[str, object]]:
    """What can be said of the place of a unit in its entry."""
    unit = entry[index]
    if unit.role:
        yield "role", unit.role
        return
    if unit.marker:
        yield "marker", (unit.marker, unit.indent)
    if unit.cell:
        yield "cell", (unit.cell, unit.indent)
    yield "index", index
    rest = [u for u in entry[:index] if u.kind not in (Kind.RULE, Kind.NUMBER, Kind.BUTTON)]
    yield "order", len(rest)
    if index:
        yield "below", (entry[index - 1].role, entry[index - 1].kind)
    if index + 1 < len(entry):
        yield "above", (entry[index + 1].role, entry[index + 1].kind)
    if unit.indent:
        yield "indent", unit.indent


def _titleness(unit: Unit) -> float:
    if unit.role is not None:
        return 3.0 if unit.role == "title" else -1.0
    base = {Kind.TITLE: 1.0, Kind.NAME: 0.5, Kind.OTHER: 0.4, Kind.VENUE: 0.2, Kind.NAMES: 0.1}
    score = base.get(unit.kind, -1.0)
    words = unit.words.split()
    if score > 0 and 4 <= len(words) <= 25:
        score += 0.2
    return score + 0.1 * (unit.marker == "h")


def find_slots(entries: list[list[Unit]]) -> Slots:
    """The places that hold the titles, the surest first, learned from all entries."""
    sums: dict[tuple[str, object], float] = {}
    counts: Counter[tuple[str, object]] = Counter()
    after = before = below = 0
    for entry in entries[:2000]:
        seen: Counter[tuple[str, object]] = Counter()
        for index, unit in enumerate(entry[:40]):
            for key in _keys(entry, index):
                seen[key] += 1
                if seen[key] == 1:
                    sums[key] = sums.get(key, 0.0) + _titleness(unit)
                    counts[key] += 1
                elif unit.role is None:
                    # A place that an entry has twice tells nothing.
                    sums[key] -= 0.3
    total = len(entries[:2000])
    ranked = sorted(
        (key for key in sums if sums[key] > 0.4 * counts[key] and counts[key] >= 0.2 * total),
        key=lambda key: (-sums[key], key[0] != "order"),
    )[:6]
    for entry in entries[:2000]:
        kinds = [unit.kind for unit in entry]
        if Kind.NAMES in kinds and Kind.TITLE in kinds:
            names, title = kinds.index(Kind.NAMES), kinds.index(Kind.TITLE)
            after += names > title
            before += names < title
            below += names == title + 1 and entry[names].gap == 0 and entry[names].cell == 0
    inverted = _are_inverted(entries)
    slots = Slots(ranked, after >= before, inverted, False, below * 2 > total)
    titles = [e[i] for e in entries[:200] if (i := _title_of(e, slots)) is not None]
    ended = sum(unit.words.endswith((".", "?", "!")) for unit in titles)
    full = sum(unit.words.endswith(".") for unit in titles)
    slots.stopped = bool(titles) and ended * 10 >= 8 * len(titles) and full * 2 >= len(titles)
    return slots


def _are_inverted(entries: list[list[Unit]]) -> bool:
    bylines = [unit.words for entry in entries[:200] for unit in entry if unit.kind is Kind.NAMES]
    parted = [words for words in bylines if ";" in words]
    turned = sum(
        all(name.count(",") == 1 for name in words.strip(" ;").split(";")) for words in parted
    )
    return turned * 2 > len(parted)


def _title_of(entry: list[Unit], slots: Slots) -> int | None:
    """The index of an entry's title."""
    for key in slots.title:
        for index, unit in enumerate(entry[:40]):
            if key in _keys(entry, index) and (_titleness(unit) > 0 or _is_rough(unit)):
                return index
    best = max(range(len(entry[:40])), key=lambda i: (_titleness(entry[i]), -i), default=None)
    return best if best is not None and _titleness(entry[best]) > 0 else None


def _is_rough(unit: Unit) -> bool:
    """Whether a unit that looks like no title may be one at the place of titles."""
    return unit.role is None and (
        unit.kind is Kind.BUTTON or (unit.kind is Kind.ABSTRACT and len(unit.words) < 300)
    )


def fill_record(text: str, body: list[Unit], slots: Slots, fit: float) -> Record | None:
    """The record of an entry, with how sure it is of it; None where the entry is too long."""
    if body[-1].end - body[0].start > LONGEST:
        return None
    title = _title_of(body, slots)
    taken = set() if title is None else {title}
    names = _names_of(body, title, slots)
    authors: tuple[str, ...] = ()
    if names is not None:
        taken.add(names)
        authors = _read_names(_words(text, body[names]), slots)
        if body[names].role == "authors":
            for index, unit in enumerate(body):
                if index not in taken and unit.role == "authors":
                    taken.add(index)
                    authors += _read_names(_words(text, unit), slots)
    shown = None
    if title is not None:
        shown, byline = _parted_title(text, body[title], names is None and slots.names_below)
        authors = authors or byline
        if slots.stopped and shown.endswith("."):
            shown = shown[:-1]
    abstract = _abstract_of(text, body, taken)
    eprint: Eprint | None = None
    doi = published = updated = venue = journal_ref = comment = None
    tags: list[str] = []
    links: list[Link] = []
    for index, unit in enumerate(body):
        if index in taken:
            continue
        words = _words(text, unit)[:2000]
        links += find_links(words)
        if unit.role == "comment":
            comment = comment or words or None
        elif unit.role == "tags":
            tags += [tag for part in re.split(r"[;,，、；]", words) if (tag := part.strip(" #."))]
        elif unit.role == "":
            continue
        else:
            eprint = eprint or _eprint(words)
            doi = doi or _doi(words)
            tags += _CATEGORY.findall(words) if unit.kind in (Kind.IDENTIFIER, Kind.NOTE) else []
        if unit.kind is Kind.VENUE and words:
            if unit.role == "journal_ref" or (unit.role is None and _VOLUME.search(words)):
                journal_ref = journal_ref or words
            else:
                venue = venue or words
        found = find_date(words) if unit.role not in ("", "comment", "tags") else None
        date = found[0] if found else find_year(words) if unit.kind is Kind.DATE else None
        if unit.role == "updated":
            updated = updated or date
        elif date and unit.kind in (Kind.DATE, Kind.IDENTIFIER, Kind.BUTTON):
            published = published or date
    if abstract:
        links += find_links(abstract)
    filled = sum(map(bool, (shown, authors, abstract, eprint or doi, published or venue)))
    telling = any(is_telling(unit.role) for unit in body)
    return Record(
        span=(body[0].start, body[-1].end),
        title=shown or None,
        abstract=abstract,
        authors=authors,
        eprint=eprint.id if eprint else None,
        eprint_version=eprint.version if eprint else None,
        doi=doi,
        published=published,
        updated=updated,
        published_as="page" if published else None,
        comment=comment,
        journal_ref=journal_ref,
        venue=venue,
        links=tuple(dict.fromkeys(links)),
        tags=tuple(dict.fromkeys(tags)),
        confidence=round(
            max(0.3, min(0.8, 0.5 * fit + 0.06 * filled + (0.1 if telling else 0.0))), 2
        ),
    )


def _read_names(words: str, slots: Slots) -> tuple[str, ...]:
    if slots.inverted and words.count(",") == 1 and ";" not in words:
        return (words,)
    return read_byline(words)


def _parted_title(text: str, unit: Unit, nameless: bool) -> tuple[str, tuple[str, ...]]:
    """The title of `unit`, and the names of its last line where a full title hid them."""
    if nameless and unit.value < unit.last < unit.stop:
        byline = fold(text[unit.last : unit.stop])
        if share_of_names(byline[:1000])[0] == 1.0:
            return unquoted(fold(text[unit.value : unit.last])), read_byline(byline)
    return unquoted(_words(text, unit)), ()


def _words(text: str, unit: Unit) -> str:
    words = text[unit.value : unit.stop]
    return ", ".join(map(fold, words.split("\n"))) if unit.listed else fold(words)


def _names_of(body: list[Unit], title: int | None, slots: Slots) -> int | None:
    best: tuple[float, int] | None = None
    for index, unit in enumerate(body):
        if index == title:
            continue
        if unit.role == "authors" and unit.words:
            return index
        if unit.role is not None or unit.kind not in (
            Kind.NAMES, Kind.NAME, Kind.TITLE, Kind.OTHER, Kind.ABSTRACT,
        ):  # fmt: skip
            continue
        share, count = share_of_names(unit.words[:3000])
        if slots.inverted and unit.words.count(",") == 1 and split_names(unit.words):
            share, count = 1.0, 2
        if count == 1 and VENUE_WORD.search(unit.words):
            continue
        if share < _SHARE or (count == 1 and share < 1):
            continue
        near = title is not None and index - title == (1 if slots.names_after else -1)
        score = share + 0.2 * (count > 1) + 0.3 * near
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None


def _abstract_of(text: str, body: list[Unit], taken: set[int]) -> str | None:
    labelled = any(unit.role == "abstract" for unit in body)
    parts: list[str] = []
    open_ = False
    for index, unit in enumerate(body):
        if index in taken:
            open_ = False
            continue
        goes_on = open_ and unit.role is None and _is_running(unit)
        if unit.role == "abstract" or (not labelled and unit.kind is Kind.ABSTRACT) or goes_on:
            words = _words(text, unit)
            if words and goes_on and not unit.gap and parts:
                parts[-1] += " " + words
            elif words:
                parts.append(words)
            taken.add(index)
            open_ = True
        else:
            open_ = False
    return "\n\n".join(parts) or None


def _is_running(unit: Unit) -> bool:
    """Whether a unit below an abstract goes on with it."""
    if unit.kind is Kind.ABSTRACT:
        return True
    return not unit.gap and unit.kind in (Kind.TITLE, Kind.OTHER) and unit.words[-1:] in ".!?。)"


def _eprint(words: str) -> Eprint | None:
    for pattern in (_ID_LEAD, _OLD_ID):
        for m in pattern.finditer(words[:2000]):
            if found := match_arxiv(words, m.end()):
                return found[0]
    return None


def _doi(words: str) -> str | None:
    m = _DOI.search(words)
    found = match_doi(words, m.start(), glued=False) if m else None
    return None if found is None or found[0].startswith("10.48550/") else found[0]
