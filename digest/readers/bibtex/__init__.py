"""BibTeX and biblatex: entries, abbreviations, inheritance, and whatever stands between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import structs

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.bibtex.contents import read_texts
from digest.readers.bibtex.context import Context, gather, inherit_from
from digest.readers.bibtex.cuts import last_head
from digest.readers.bibtex.entries import Block
from digest.readers.bibtex.fields import make_record
from digest.readers.bibtex.scanner import COMMANDS, find_heads, scan
from digest.readers.bibtex.values import Fault

_NO_PAPERS = frozenset(
    {"string", "preamble", "comment", "xdata", "set", "control", "ieeetranbstctl"}
)
_ODD_LINE = re.compile(r"\s*+(?:[\w+:-]{1,40}+\s*+=\s*+[{\"\w]|@\s{0,9}+[A-Za-z]+\s{0,9}+[{(])")
_MENDED = 0.8
"""How sure we are of the bounds of an entry in which something was amiss."""
_LONG_TEXT = 400
_ENOUGH = 0.3
_SOME_STRINGS = 5
"""Definitions of abbreviations by which a file is known that holds nothing else."""


def recognise(text: str) -> float:
    """How sure it is that `text` is BibTeX: by the share of it that entries make up, or because
    an entry is the first thing in it. Most entries must begin a line."""
    covered = entries = defined = strings = led = free = 0
    opens = False
    at_line_start = True
    size = sum(map(len, text.split()))
    if not size or next(find_heads(text), None) is None:
        return 0.0
    cut = len(text.rstrip())
    for block in scan(text):
        if not block.type:
            lines = text[block.start : block.end].splitlines()
            sizes = [(sum(map(len, line.split())), line.lstrip()[:1]) for line in lines]
            at_line_start = not lines[-1].strip() or text[block.end - 1] in "\r\n"
            covered += sum(size for size, first in sizes if first == "%")
            free += sum(size for size, first in sizes if first != "%")
            continue
        size_of_block = sum(map(len, text[block.start : block.end].split()))
        # What the end of the sample cuts off is no fault; what is broken elsewhere is half a sign.
        covered += size_of_block // 2 if block.broken and block.end < cut else size_of_block
        if block.fields and not block.off and block.type not in COMMANDS:
            entries += 1
            led += at_line_start
            opens = opens or not free
        else:
            defined += 1
            strings += at_line_start and block.type == "string" and bool(block.fields)
        at_line_start = True
    if not entries and not defined:
        return 0.0
    share = covered / size
    if not entries:
        return (0.98 if strings >= _SOME_STRINGS else 0.75) * share
    if led * 2 < entries:
        # Entries inside of quotes, as programs have them.
        return 0.45 * share
    return 0.5 + 0.48 * share if opens or share >= _ENOUGH else share


def read(text: str, context: Context | None = None) -> Iterator[Passage]:
    """The records of `text`, entry by entry.

    A `text` that is a part of a file, as `cut` parts it, takes the file's `context`; parts are
    read in order.
    """
    known = context or gather(lambda: (text,))
    for block in scan(text):
        if not block.type:
            if not text[block.start : block.end].isspace():
                yield from _between(text, block)
        elif block.off:
            yield Chrome((block.start, block.end))
            if block.type not in _NO_PAPERS:
                yield Remark(
                    block.start, "note", f"the entry `{block.key[:60]}` stands behind a `%`",
                    "take the `%` away to have it read",
                )  # fmt: skip
        elif block.broken:
            yield Unread((block.start, block.end), block.broken.message)
            yield _remark(block.broken)
        elif block.type in _NO_PAPERS:
            yield Chrome((block.start, block.end))
            yield from map(_remark, block.faults)
            if block.type == "string":
                yield from map(_remark, known.strings.define(block.fields))
        else:
            yield from _entry(block, known)


def cut(text: str, start: int) -> int:
    """Where `text`, which begins outside of any entry, is cut to be read in parts: the last
    opening of an entry behind `start` that begins a line and surely lies in no other entry; -1
    where there is none.

    Read apart with the file's context, text[:cut] and what follows give the passages that the
    whole gives.
    """
    return last_head(text, start)


def context(texts: Callable[[], Iterable[str]]) -> Context:
    """What the parts of a file, read one by one, need of the others: see `gather`."""
    return gather(texts)


def _remark(fault: Fault) -> Remark:
    return Remark(*fault)


def _entry(block: Block, known: Context) -> Iterator[Passage]:
    faults = list(block.faults)
    fields, urls = read_texts(block, known.strings, faults)
    inherit_from(known.parents, block, fields, faults)
    if not block.fields:
        yield Unread((block.start, block.end), "an entry without fields")
        yield Remark(block.start, "warning", f"the entry `{block.key[:60]}` has no fields",
                     "fill it in, or remove it")  # fmt: skip
        return
    record = make_record(block.type, fields, urls, (block.start, block.end))
    if any(fault.severity == "warning" for fault in block.faults):
        record = structs.replace(record, confidence=_MENDED)
    yield record
    key = block.key.lower()
    if not key:
        faults.append(Fault(block.start, "note", "an entry without a key", "give it one"))
    if known.keys.add(key) and key:
        faults.append(
            Fault(block.start, "note", f"the key `{block.key[:60]}` was used before",
                  "both entries were read; give each a key of its own")
        )  # fmt: skip
    if _says_nothing(record):
        faults.append(
            Fault(block.start, "warning", f"the entry `{block.key[:60]}` has no title",
                  "add `title = {…},`")
        )  # fmt: skip
    yield from map(_remark, faults)


def _says_nothing(record: Record) -> bool:
    return not (record.title or record.abstract or record.eprint or record.doi)


def _between(text: str, block: Block) -> Iterator[Passage]:
    """Text between entries is a comment, as for BibTeX; unless it looks like a lost entry."""
    start, end = block.start, block.end
    words = text[start:end].strip()
    if not words:
        return
    start += text[start:end].index(words[0])
    span = (start, start + len(words))
    plain = 0
    for line in words.splitlines():
        if line.lstrip().startswith("%"):
            continue
        plain += len(line)
        if _ODD_LINE.match(line) or line.count("{") != line.count("}"):
            yield Unread(span, "a piece of an entry, outside of any")
            return
    if plain > _LONG_TEXT:
        yield Unread(span, "text between the entries")
    else:
        yield Chrome(span)


READER = Reader("bibtex", recognise, read)
