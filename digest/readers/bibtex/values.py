"""Values of BibTeX fields: braced, quoted, numbers and abbreviations, joined by `#`.

Braces are matched up to a depth of four by one pattern and counted beyond; every search stops at a
limit that the caller sets.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.problems import Severity

_FLAT = r"[^{}]*+"
_BRACED_1 = rf"{_FLAT}(?:\{{{_FLAT}\}}{_FLAT})*+"
_BRACED_2 = rf"{_FLAT}(?:\{{{_BRACED_1}\}}{_FLAT})*+"
BRACED_3 = rf"{_FLAT}(?:\{{{_BRACED_2}\}}{_FLAT})*+"
QUOTED = rf"[^\"{{}}]*+(?:\{{{_BRACED_1}\}}[^\"{{}}]*+)*+"
NAME = re.compile(r"([^\s=,{}\"#()%@]++)\s*+=\s*+")
_BLANK = re.compile(r"\s*+")
_BARE = re.compile(r"[^\s,{}\"#()=]++")
_AFTER_QUOTE = re.compile(r"\s*+(?:[,#})]|\Z|[A-Za-z][\w+:./-]*+\s*+=)")
_QUOTES_TRIED = 16


class Name(NamedTuple):
    """An abbreviation inside a value, to be looked up."""

    word: str
    at: int


Value = str | tuple["str | Name", ...]
"""The characters of one literal, or the parts that `#` joins."""


class Fault(NamedTuple):
    """Something amiss, by offset."""

    at: int
    severity: Severity
    message: str
    hint: str


class Broken(Exception):  # noqa: N818 - a way out of nested reading, never seen outside
    """An entry cannot be read; `fault` says why."""

    def __init__(self, at: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.fault = Fault(at, "error", message, hint)


def unclosed(at: int, name: str, what: str = "{") -> Broken:
    """For the delimiter at `at`, in the field `name`."""
    closer = "}" if what == "{" else what
    field = f" in the field `{name[:60]}`" if name else ""
    return Broken(
        at, f"`{what}` without its `{closer}`{field}", f"close it with `{closer}`, or take it out"
    )


def read_value(
    text: str, pos: int, limit: int, faults: list[Fault], name: str = ""
) -> tuple[Value, int]:
    """The value that starts at `pos`, and the next character after it and its white space."""
    parts: list[str | Name] = []
    blank = _BLANK.match(text, pos, limit)
    start = pos = blank.end() if blank else pos
    loose = False
    while pos < limit:
        c = text[pos]
        if c == "{":
            end = closing(text, pos + 1, limit)
            if end is None:
                raise unclosed(pos, name)
            parts.append(text[pos + 1 : end - 1])
        elif c == '"':
            end = closing_quote(text, pos + 1, limit)
            if end is None:
                raise unclosed(pos, name, '"')
            parts.append(text[pos + 1 : end - 1])
        elif m := _BARE.match(text, pos, limit):
            end = m.end()
            word = m[0]
            parts.append(word if word.isdecimal() else Name(word, pos))
        else:
            break
        blank = _BLANK.match(text, end, limit)
        pos = blank.end() if blank else end
        if pos < limit and text[pos] == "#":
            blank = _BLANK.match(text, pos + 1, limit)
            pos = blank.end() if blank else pos + 1
        elif pos >= limit or text[pos] in ",})" or NAME.match(text, pos, limit) or text[pos] == "=":
            break
        else:
            # Words without braces, or two values without `#`.
            loose = True
            parts.append(" ")
    if loose:
        faults.append(
            Fault(start, "warning", f"the field `{name[:60]}` has a value without braces",
                  "put the value in braces")
        )  # fmt: skip
        return "".join(p if isinstance(p, str) else p.word for p in parts), pos
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0], pos
    return tuple(parts), pos


_BRACED = re.compile(rf"{BRACED_3}\}}")
_BRACES = re.compile(r"[{}]")
_UNESCAPED = re.compile(r"(?<!\\)[{}]")
_QUOTE_OR_BRACE = re.compile(r"[{}\"]")


def closing(text: str, pos: int, limit: int) -> int | None:
    """The end of a braced value whose first character is at `pos`; None where it has none."""
    if m := _BRACED.match(text, pos, limit):
        return m.end()
    # BibTeX counts `\\{` as a brace; where that does not come out even, people meant a sign.
    for pattern in (_BRACES, _UNESCAPED):
        depth = 1
        for m in pattern.finditer(text, pos, limit):
            depth += 1 if m[0] == "{" else -1
            if not depth:
                return m.end()
    return None


def closing_quote(text: str, pos: int, limit: int) -> int | None:
    """As `closing` for a quoted value, in which somebody may have left quotes."""
    depth = tried = 0
    first = None
    for m in _QUOTE_OR_BRACE.finditer(text, pos, limit):
        if m[0] == "{":
            depth += 1
        elif m[0] == "}":
            depth -= 1
            if depth < 0:
                break
        elif not depth:
            if _AFTER_QUOTE.match(text, m.end(), limit):
                return m.end()
            first = first or m.end()
            tried += 1
            if tried > _QUOTES_TRIED:
                break
    return first
