"""What an entry of BibTeX needs of the rest of its file: abbreviations, the entries that others
refer to, and the keys that were used before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from digest.readers.bibtex.contents import read_texts
from digest.readers.bibtex.entries import Block, Field
from digest.readers.bibtex.fields import inherit
from digest.readers.bibtex.keys import Keys
from digest.readers.bibtex.scanner import find_heads, scan
from digest.readers.bibtex.strings import Strings
from digest.readers.bibtex.values import Fault

_PARENT = re.compile(
    r"[cCxX](?:(?<=[cC])(?:rossref|ROSSREF|ross[rR]ef)|(?<=[xX])(?:data|DATA|Data))"
    r"\s{0,20}+=\s{0,20}+[{\"]?\s{0,20}+([^{}\"\r\n]{1,2000})"
)
_ALIASES = re.compile(r"\b(?:ids|IDS|Ids)\s{0,20}+=\s{0,20}+[{\"]([^{}\"]{1,2000})")
_STRING = re.compile(r"@[sS](?:tring|TRING)\s{0,20}+[{(]")
_NAMES_OF_ALIASES = ("ids", "IDS", "Ids")
_KEY = re.compile(r"\s*+([^\s,{}=]{1,300}+)\s*+,")
_FATHERS = 16

Parents = dict[str, tuple[str, dict[str, str]]]
"""Type and fields of the entries that others refer to, by key in lower case."""


class Context:
    """What is known of a file while its parts are read one after the other, in order."""

    def __init__(self, strings: Strings, parents: Parents) -> None:
        self.strings = strings
        self.parents = parents
        self.keys = Keys()
        """Of the entries read so far, in lower case."""


def gather(texts: Callable[[], Iterable[str]]) -> Context:
    """The context of a file that `texts()` gives in parts, each of which begins with an entry.

    The parts are asked for once; twice more where an entry refers to another; and once more where
    an abbreviation is used before it is defined. None of them is kept.
    """
    characters = 0
    wanted: set[str] = set()
    for text in texts():
        characters += len(text)
        wanted.update(
            key.strip().lower()
            for m in _PARENT.finditer(text)
            for key in m[1].split(",")
            if key.strip()
        )
    strings = Strings(characters, (found for text in texts() for found in _all_strings(text)))
    return Context(strings, _find_parents(texts, strings, wanted) if wanted else {})


def _all_strings(text: str) -> Iterator[tuple[Field, ...]]:
    for m in _STRING.finditer(text):
        for longest in (500, 20_000):
            block = next(scan(text[m.start() : m.start() + longest]))
            if not block.broken and not block.faults:
                yield block.fields
                break


def inherit_from(
    parents: Parents, block: Block, fields: dict[str, str], faults: list[Fault]
) -> None:
    """Gives `fields`, those of `block`, what the entries have that it refers to."""
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


def _find_parents(
    texts: Callable[[], Iterable[str]], strings: Strings, wanted: set[str]
) -> Parents:
    """The entries that others refer to: they may stand anywhere in the file."""
    found: Parents = {}
    for text in texts():
        if any(name in text for name in _NAMES_OF_ALIASES):
            for key, of in _find_aliases(text):
                if key in wanted:
                    wanted.add(of)
                    found[key] = ("", {"xdata": of})
    for text in texts():
        for (start, key), (end, _) in pairwise([*_find_keys(text), (len(text), "")]):
            if key in wanted and key not in found:
                # A line inside a value may look like an opening: then the piece is read as it is.
                block = next(scan(text[start:end]), None)
                if block is not None and not block.broken:
                    found[key] = (block.type, read_texts(block, strings, [])[0])
    return found


def _find_keys(text: str) -> Iterator[tuple[int, str]]:
    for head in find_heads(text):
        if (m := _KEY.match(text, head.end())) and (key := m[1].lower()):
            yield head.start(), key


def _find_aliases(text: str) -> Iterator[tuple[str, str]]:
    """Other names of entries, and the keys of those entries."""
    heads = list(_find_keys(text))
    at = 0
    for alias in _ALIASES.finditer(text) if heads else ():
        while at + 1 < len(heads) and heads[at + 1][0] < alias.start():
            at += 1
        for key in alias[1].split(","):
            yield key.strip().lower(), heads[at][1]
