"""One entry of BibTeX: its key and fields, well-formed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.readers.bibtex.values import (
    BRACED_3,
    NAME,
    QUOTED,
    Broken,
    Fault,
    Name,
    Value,
    closing,
    read_value,
    unclosed,
)

_FIELD = re.compile(
    rf"[\s,]*+([A-Za-z][\w+:./-]*+)\s*+=\s*+(?:\{{({BRACED_3})\}}|\"({QUOTED})\"|(\d++))\s*+"
    r"(?:,|(?=[})]))"
)
_GAP = re.compile(r"(?:[\s,]++|%[^\r\n]*+)*+")
_JUNK = re.compile(r"[^,{}\"\r\n)]*+")
_KEY = re.compile(r"\s*+([^,{}=\r\n]*+)")
_KEY_WITH_BRACES = re.compile(r"\s*+([^,=@\r\n]{1,200}+)(?=,)")
# A value that lost its brace goes on through the fields after it.
_SWALLOWED = re.compile(r",\s{0,200}+[A-Za-z][\w+:-]{0,60}+\s{0,60}+=\s{0,60}+[{\"\d]")
_MOST_FAULTS = 20
# A plain `@string`: what may be read as it stands, for no `@` in it can open an entry.
_FLAT = r"[^\"{}@]*+"
_INNER = rf"{_FLAT}(?:\{{{_FLAT}\}}{_FLAT})*+"
_QUOTED = rf"{_FLAT}(?:\{{{_INNER}\}}{_FLAT})*+"
_BARE = r"[^\s,{}\"#()=@]++"
_PART = re.compile(rf"(?:\"({_QUOTED})\"|({_BARE}))\s*+#?\s*+")
_PARTS = rf"(?:\"{_QUOTED}\"|{_BARE})"
_ABBREVIATION = re.compile(
    r"[ \t]*+[\r\n]\s*+(@)[sS](?:tring|TRING)\s{0,20}+\{\s*+([A-Za-z][\w+:./-]*+)\s*+=\s*+"
    rf"(?:\"({_QUOTED})\"\s*+\}}|\{{([^{{}}@]*+)\}}\s*+\}}|({_PARTS}(?:\s*+#\s*+{_PARTS})*+)\s*+\}})"
)


class Field(NamedTuple):
    """`name = value`, the name in lower case."""

    name: str
    value: Value
    at: int


class Block(NamedTuple):
    """A stretch of the text."""

    type: str
    """Of the entry, in lower case; `""` for the text between entries."""
    start: int
    end: int
    key: str = ""
    fields: tuple[Field, ...] = ()
    faults: tuple[Fault, ...] = ()
    broken: Fault | None = None
    """Why the entry could not be read."""
    off: bool = False
    """Whether it stands behind a `%`."""


def read_abbreviation(text: str, pos: int) -> Block | None:
    """The `@string` after the line end at `pos`, as `read_entry` reads it, where it is as plain as
    nearly all are: one definition without an `@`, so that nothing in it opens an entry."""
    m = _ABBREVIATION.match(text, pos)
    if m is None:
        return None
    name, quoted, braced, joined = m.group(2, 3, 4, 5)
    value: Value
    if joined is None:
        value = quoted if quoted is not None else braced
    else:
        value = tuple(_plain_parts(text, *m.span(5)))
    field = Field(name.lower(), value, m.start(2))
    return Block("string", m.start(1), m.end(), "", (field,))


def _plain_parts(text: str, start: int, end: int) -> Iterator[str | Name]:
    for part in _PART.finditer(text, start, end):
        quoted, word = part.groups()
        if word is None:
            yield quoted
        else:
            yield word if word.isdecimal() else Name(word, part.start(2))


def read_entry(text: str, head: re.Match[str], limit: int) -> Block:
    """The entry that `head` opens and that ends before `limit`, or why it cannot be read."""
    kind = head[1].lower()
    closer = "}" if head[2] == "{" else ")"
    faults: list[Fault] = []
    fields: list[Field] = []
    key, pos = "", head.end()
    try:
        if kind == "preamble":
            _, pos = read_value(text, pos, limit, faults)
            fields_end = _read_fields(text, pos, limit, closer, [], faults)
        else:
            if kind != "string":
                key, pos = _read_key(text, pos, limit, faults)
            fields_end = _read_fields(text, pos, limit, closer, fields, faults)
    except Broken as broken:
        end = trimmed(text, head.end(), limit)
        return Block(kind, head.start(), end, key, (), (), broken.fault)
    return Block(kind, head.start(), fields_end, key, tuple(fields), tuple(faults))


def _read_key(text: str, pos: int, limit: int, faults: list[Fault]) -> tuple[str, int]:
    m = _KEY.match(text, pos, limit)
    if m is None or m.end() >= limit:
        return "", pos
    word, end = m[1].strip(), m.end()
    following = text[end]
    if following == ",":
        return word, end + 1
    if following == "=":
        # `@article{title = …` or `@article{key title = …`.
        first, _, rest = word.partition(" ")
        return (first, pos + text[pos:end].index(first) + len(first)) if rest else ("", pos)
    if following == "{" and (braced := _KEY_WITH_BRACES.match(text, pos, limit)):
        return braced[1].strip(), braced.end() + 1
    if following in "\r\n" and word:
        faults.append(
            Fault(end - 1, "warning", f"no comma after the key `{word[:60]}`", "add a comma")
        )
    return word, end


def _read_fields(
    text: str, pos: int, limit: int, closer: str, fields: list[Field], faults: list[Fault]
) -> int:
    """Adds the fields from `pos` on to `fields`; where the entry ends. Raises Broken."""
    match_field = _FIELD.match
    while True:
        while m := match_field(text, pos, limit):
            name, braced, quoted, number = m.groups()
            value = braced if braced is not None else quoted if quoted is not None else number
            fields.append(Field(name.lower(), value, m.start(1)))
            pos = m.end()
        m = _GAP.match(text, pos, limit)
        pos = m.end() if m else pos
        if pos >= limit:
            message = f"entry without its closing `{closer}`"
            end = trimmed(text, 0, limit)
            for field in fields:
                if isinstance(field.value, str) and _SWALLOWED.search(field.value):
                    raise unclosed(field.at, field.name)
            if not fields:
                raise Broken(max(0, end - 1), message, f"add `{closer}` where the entry ends")
            faults.append(Fault(max(0, end - 1), "warning", message, f"add `{closer}` here"))
            return end
        if text[pos] == closer:
            return pos + 1
        if text[pos] in "})":
            faults.append(
                Fault(pos, "warning", f"entry closed by `{text[pos]}`", f"write `{closer}`")
            )
            return pos + 1
        pos = _read_field(text, pos, limit, fields, faults)
        if len(faults) > _MOST_FAULTS:
            raise Broken(faults[0].at, "no fields of the form `name = {value},`", faults[0].hint)


def _read_field(text: str, pos: int, limit: int, fields: list[Field], faults: list[Fault]) -> int:
    name = NAME.match(text, pos, limit)
    if name is None:
        junk = _JUNK.match(text, pos, limit)
        end = junk.end() if junk else pos
        if end < limit and text[end] == "{":
            closed = closing(text, end + 1, limit)
            if closed is None:
                raise unclosed(end, "")
            end = closed
        elif end < limit and text[end] in '")':
            end += 1
        word = " ".join(text[pos : min(end, pos + 60)].split())
        if word:
            faults.append(Fault(pos, "warning", f"`{word}` is no field", "write `name = {value},`"))
        return max(end, pos + 1)
    value, end = read_value(text, name.end(), limit, faults, name[1])
    fields.append(Field(name[1].lower(), value, pos))
    if end < limit and text[end] not in ",})" and NAME.match(text, end, limit):
        faults.append(
            Fault(max(0, trimmed(text, 0, end) - 1), "warning",
                  f"no comma after the field `{name[1][:60]}`", "add a comma")
        )  # fmt: skip
    return end


def trimmed(text: str, start: int, end: int) -> int:
    """`end` without the white space before it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
