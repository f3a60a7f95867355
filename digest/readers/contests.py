"""Which of two readings explains a text better: the one that contradicts itself less.

A reader made for one layout may claim a text of another and swallow what it has no field for: the
line of names goes into the abstract, `Zusammenfassung` becomes a title. Such faults show in the
records themselves; where many have them, readers that look for any structure are asked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from digest.paper import Record
from digest.readers.base import Passage, Reader
from digest.readers.listings.compounds import byline_end
from digest.readers.listings.kinds import Kind, plain_kind, share_of_names
from digest.readers.listings.languages import field_named
from digest.readers.listings.lines import find_lines
from digest.readers.listings.pieces import read_label
from digest.text import fold

SAMPLE = 12_000
"""Characters that are read for a contest."""
_TOO_MANY = 0.25
_FEW = 2
_LINES = 40
_SHOWN = 60
_SURE_NAMES = 0.85
_OTHERS = re.compile(r"\set al\b")
_LONGEST_NAME = 9
"""Words of the longest name of a group of people."""
_LABELS = frozenset(["title", "authors", "abstract", "doi", "eprint"])


def sample_of(text: str) -> str:
    """The first entries of `text`, cut at a blank line or at the end of a line."""
    if len(text) <= SAMPLE:
        return text
    for mark in ("\n\n", "\r\n\r\n", "\n"):
        at = text.rfind(mark, SAMPLE // 2, SAMPLE)
        if at > 0:
            return text[: at + len(mark)]
    return text[:SAMPLE]


def settle(text: str, claimant: Reader, others: list[Reader]) -> Reader:
    """`claimant`, or the one of `others` whose reading of `text` has far fewer faults."""
    shown = sample_of(text)
    faults, count = _judged(shown, claimant)
    if count == 0 or faults < _TOO_MANY:
        return claimant
    best, least = claimant, faults / 2
    for other in others:
        if other.name == claimant.name or other.recognise(shown) <= 0.0:
            continue
        share, found = _judged(shown, other)
        if found >= 2 and share < least:
            best, least = other, share
    return best


def _judged(text: str, reader: Reader) -> tuple[float, int]:
    """The share of records with faults, and the number of records."""
    try:
        passages: list[Passage] = list(reader.read(text))
    except (RecursionError, ValueError, LookupError, TypeError):
        return 1.0, 0
    records = [passage for passage in passages if isinstance(passage, Record)]
    if not records:
        return 1.0, 0
    faults = sum(has_fault(text, record) for record in records)
    faults += sum(_left_out(text, records))
    if faults == 1 and len(records) > _FEW:
        # One of several is an odd paper, no other layout.
        return 0.0, len(records)
    return min(1.0, faults / len(records)), len(records)


def _left_out(text: str, records: list[Record]) -> Iterator[bool]:
    """For each gap between records: whether lines stand there that tell of a paper."""
    for before, after in pairwise(records):
        lines = islice(find_lines(text, before.span[1], after.span[0]), _LINES)
        yield any(
            _tells(fold(text[line.start : min(line.end, line.start + 600)])) for line in lines
        )


def _tells(words: str) -> bool:
    label = read_label(words[:_SHOWN])
    return _is_byline(words) or bool(label and field_named(label[0]) in _LABELS)


def has_fault(text: str, record: Record) -> bool:
    """Whether a record leaves out, or mistakes, what its lines plainly show."""
    if record.title and ("://" in record.title or _is_byline(record.title)):
        return True
    if record.title and _OTHERS.search(record.title):
        return True
    if any(len(name.split()) > _LONGEST_NAME for name in record.authors):
        return True
    if record.title and field_named(record.title.rstrip(" :：.")) is not None:
        return True
    if record.title and not (record.abstract or record.authors or record.eprint or record.doi):
        return True
    abstract, comment = record.abstract or "", record.comment or ""
    if abstract and len(abstract) < _SHOWN and share_of_names(abstract)[0] == 1.0:
        return True
    start, end = record.span
    for number, line in enumerate(find_lines(text, start, min(end, start + 20_000))):
        if number >= _LINES:
            break
        words = fold(text[line.start : min(line.end, line.start + 600)])
        if not record.authors and words not in comment and _is_byline(words):
            return True
        head = words[:_SHOWN]
        identifier = len(words) < 200 and plain_kind(words) is Kind.IDENTIFIER
        if identifier and not (record.eprint or record.doi):
            return True
        if head not in abstract:
            continue
        label = read_label(words[:_SHOWN])
        name = label[0] if label else words if len(words) < 30 else ""
        if name and field_named(name.rstrip(" :：.")) in _LABELS and head in abstract:
            return True
    return False


def _is_byline(words: str) -> bool:
    if len(words) > 2000:
        return False
    seam = byline_end(words)
    share, count = share_of_names(words[: seam[0]] if seam else words)
    return (count >= 2 or seam is not None) and share >= _SURE_NAMES
