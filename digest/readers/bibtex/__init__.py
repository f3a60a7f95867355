"""BibTeX and biblatex: entries, abbreviations, inheritance, and whatever stands between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import structs

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.bibtex.entries import Block, Field
from digest.readers.bibtex.fields import USED, inherit, is_address_field, make_record
from digest.readers.bibtex.scanner import COMMANDS, find_heads, scan
from digest.readers.bibtex.strings import Strings
from digest.readers.bibtex.values import Fault
from digest.readers.citations import without_markup

_PARENT = re.compile(
    r"[cCxX](?:(?<=[cC])(?:rossref|ROSSREF|ross[rR]ef)|(?<=[xX])(?:data|DATA|Data))"
    r"\s{0,20}+=\s{0,20}+[{\"]?\s{0,20}+([^{}\"\r\n]{1,2000})"
)
_ALIASES = re.compile(r"\b(?:ids|IDS|Ids)\s{0,20}+=\s{0,20}+[{\"]([^{}\"]{1,2000})")
_STRING = re.compile(r"@[sS](?:tring|TRING)\s{0,20}+[{(]")
_KEY = re.compile(r"\s*+([^\s,{}=]{1,300}+)\s*+,")
_NO_PAPERS = frozenset(
    {"string", "preamble", "comment", "xdata", "set", "control", "ieeetranbstctl"}
)
_MERGED = frozenset({"keywords", "keyword", "author_keywords", "mendeley-tags", "tags"})
_FATHERS = 16
_ODD_LINE = re.compile(r"\s*+(?:[\w+:-]{1,40}+\s*+=\s*+[{\"\w]|@\s{0,9}+[A-Za-z]+\s{0,9}+[{(])")
_MENDED = 0.8
"""How sure we are of the bounds of an entry in which something was amiss."""
_LONG_TEXT = 400
_ENOUGH = 0.3

_Parents = dict[str, tuple[str, dict[str, str]]]
"""Type and fields of the entries that others refer to, by key in lower case."""


def recognise(text: str) -> float:
    """How sure it is that `text` is BibTeX: by the share of it that entries make up, or because
    an entry is the first thing in it. Most entries must begin a line."""
    covered = entries = defined = led = free = 0
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
        at_line_start = True
    if not entries and not defined:
        return 0.0
    share = covered / size
    if not entries:
        return 0.75 * share
    if led * 2 < entries:
        # Entries inside of quotes, as programs have them.
        return 0.45 * share
    return 0.5 + 0.48 * share if opens or share >= _ENOUGH else share


def read(text: str) -> Iterator[Passage]:
    """The records of `text`, entry by entry."""
    strings = Strings(len(text), _all_strings(text))
    parents = _find_parents(text, strings)
    keys: set[str] = set()
    for block in scan(text):
        if not block.type:
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
                yield from map(_remark, strings.define(block.fields))
        else:
            yield from _entry(block, strings, parents, keys)


def _all_strings(text: str) -> Iterator[tuple[Field, ...]]:
    for m in _STRING.finditer(text):
        for longest in (500, 20_000):
            block = next(scan(text[m.start() : m.start() + longest]))
            if not block.broken and not block.faults:
                yield block.fields
                break


def _remark(fault: Fault) -> Remark:
    return Remark(*fault)


def _entry(block: Block, strings: Strings, parents: _Parents, keys: set[str]) -> Iterator[Passage]:
    faults = list(block.faults)
    fields, urls = _values(block, strings, faults)
    _inherit(block, fields, parents, faults)
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
    elif key in keys:
        faults.append(
            Fault(block.start, "note", f"the key `{block.key[:60]}` was used before",
                  "both entries were read; give each a key of its own")
        )  # fmt: skip
    keys.add(key)
    if _says_nothing(record):
        faults.append(
            Fault(block.start, "warning", f"the entry `{block.key[:60]}` has no title",
                  "add `title = {…},`")
        )  # fmt: skip
    yield from map(_remark, faults)


def _says_nothing(record: Record) -> bool:
    return not (record.title or record.abstract or record.eprint or record.doi)


def _values(
    block: Block, strings: Strings, faults: list[Fault]
) -> tuple[dict[str, str], list[str]]:
    """The texts of the fields that we use: the first of each, as BibTeX takes it, keywords of
    all; and every address."""
    fields: dict[str, str] = {}
    urls: list[str] = []
    for name, value, at in block.fields:
        if name not in USED and not name.startswith("bdsk-url-"):
            continue
        text = strings.resolve(value, faults)
        if "&" in text or "</" in text:
            text = without_markup(text)
        if is_address_field(name):
            urls.append(text)
        if name not in fields:
            fields[name] = text
        elif name in _MERGED:
            fields[name] += f"; {text}" if ";" in fields[name] else f", {text}"
        elif text != fields[name] and not is_address_field(name):
            faults.append(
                Fault(at, "warning", f"a second field `{name}` in the entry `{block.key[:60]}`",
                      "the first was taken; remove one")
            )  # fmt: skip
    return fields, urls


def _inherit(block: Block, fields: dict[str, str], parents: _Parents, faults: list[Fault]) -> None:
    if "crossref" not in fields and "xdata" not in fields:
        return
    seen = {block.key.lower()}
    open_ = _references(fields)
    while open_ and len(seen) <= _FATHERS:
        key, everything = open_.pop(0)
        if key in seen:
            continue
        seen.add(key)
        if key not in parents:
            faults.append(
                Fault(block.start, "note", f"`{key[:60]}`, to which the entry refers, is not here",
                      "add that entry to this file")
            )  # fmt: skip
            continue
        _, parent = parents[key]
        inherit(block.type, fields, parent, everything)
        open_.extend(_references(parent))


def _references(fields: dict[str, str]) -> list[tuple[str, bool]]:
    crossref = fields.get("crossref", "").strip().lower()
    data = [key.strip().lower() for key in fields.get("xdata", "").split(",")]
    return [(key, True) for key in data[:_FATHERS] if key] + (
        [(crossref, False)] if crossref else []
    )


def _find_parents(text: str, strings: Strings) -> _Parents:
    """The entries that others refer to: they may stand anywhere in the file."""
    wanted = {
        key.strip().lower()
        for m in _PARENT.finditer(text)
        for key in m[1].split(",")
        if key.strip()
    }
    found: _Parents = {}
    if not wanted:
        return found
    heads = [
        (head.start(), key)
        for head in find_heads(text)
        if (m := _KEY.match(text, head.end())) and (key := m[1].lower())
    ]
    at = 0
    for alias in _ALIASES.finditer(text):
        while at + 1 < len(heads) and heads[at + 1][0] < alias.start():
            at += 1
        for key in alias[1].split(","):
            if heads and key.strip().lower() in wanted:
                wanted.add(heads[at][1])
                found[key.strip().lower()] = ("", {"xdata": heads[at][1]})
    for (start, key), (end, _) in pairwise([*heads, (len(text), "")]):
        if key in wanted and key not in found:
            # A line inside a value may look like an opening: then the piece is read as it is.
            block = next(scan(text[start:end]), None)
            if block is not None and not block.broken:
                found[key] = (block.type, _values(block, strings, [])[0])
    return found


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
