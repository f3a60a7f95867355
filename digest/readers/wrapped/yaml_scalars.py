"""Scalars of a YAML text, decoded a second time with the place of every character.

The parser says what a scalar means, but not where each of its characters stands. So its source is
read again, and believed only where the outcome is the parser's. Form: https://yaml.org/spec/1.1/,
chapter 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.readers.wrapped.places import Inner, Piece, Pieces
from digest.yaml_text import Scalar, scalars

_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_BREAKS = re.compile(_BREAK)
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")
_FOLD = rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*"
# Blanks stand in a run unless a line ends behind them.
_RUN = rf"(?:[^{{0}} \t\r\n\x85\u2028\u2029]++|[ \t]++(?![ \t]*{_BREAK}))++"
_SINGLE = re.compile(rf"(?P<run>{_RUN.format(chr(39))})|(?P<fold>{_FOLD})|''")
_PLAIN = re.compile(rf"(?P<run>{_RUN.format(chr(0))})|(?P<fold>{_FOLD})")
_DOUBLE = re.compile(
    rf"(?P<run>{_RUN.format(chr(92) * 2)})|(?P<fold>{_FOLD})"
    rf"|\\(?P<join>{_BREAK}[ \t]*(?:{_BREAK}[ \t]*)*)"
    r"|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)"
)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_TEXT_LINE = re.compile(rf"([^\r\n\x85\u2028\u2029]*)({_BREAK}|\Z)")


def find_scalars(text: str, at_least: int) -> Iterator[tuple[Inner, bool]]:
    """The scalars of a YAML text that are written with `at_least` characters, and whether each is
    bytes in base64.

    Raises YamlRefused as `yaml_text.scalars` does.
    """
    first = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    for scalar in scalars(text):
        if scalar.end - scalar.start < at_least or scalar.start <= first:
            continue  # the first is a key, or a text that is no YAML at all
        found = Pieces(_pieces(text, scalar))
        if scalar.value is not None and not found.text.startswith(scalar.value):
            continue  # nothing is read whose place is not sure
        is_cut = scalar.value is None or (scalar.end >= len(text) and scalar.style in "|>")
        value = found.text if scalar.value is None else scalar.value
        end = scalar.start + len(text[scalar.start : scalar.end].rstrip())
        yield Inner(value, (scalar.start, end), found, is_cut), scalar.is_binary


def _pieces(text: str, scalar: Scalar) -> Iterator[Piece]:
    m = _PROPERTIES.match(text, scalar.start, scalar.end)
    start, end = (m.end() if m else scalar.start), scalar.end
    if scalar.style in ("|", ">"):
        return _block(text, start, scalar)
    if scalar.style:
        return _flow(text, start + 1, end - (scalar.value is not None), scalar.style)
    return _flow(text, start, end, "")


def _flow(text: str, start: int, end: int, quote: str) -> Iterator[Piece]:
    """A scalar whose lines are folded: a break is a blank, each further one a break."""
    pattern = {"'": _SINGLE, '"': _DOUBLE, "": _PLAIN}[quote]
    for m in pattern.finditer(text, start, end):
        if m.lastgroup == "run":
            yield Piece(m[0], m.start(), m.end())
        elif m.lastgroup is None:
            yield Piece(_unescaped(m[0]) if quote == '"' else "'", m.start(), m.end())
        else:
            breaks = list(_BREAKS.finditer(text, m.start(), m.end()))
            if len(breaks) == 1 and m.lastgroup == "fold":
                yield Piece(" ", m.start(), m.end())
            for further in breaks[1:]:
                yield Piece(_break(further[0]), further.start(), further.end())


def _break(mark: str) -> str:
    return mark if mark in "\u2028\u2029" else "\n"


def _unescaped(escape: str) -> str:
    if len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _ESCAPES.get(escape[1], escape[1])


def _block(text: str, start: int, scalar: Scalar) -> Iterator[Piece]:
    """A block of lines: literal, or folded but where a line is indented further."""
    header = _TEXT_LINE.match(text, start, scalar.end)
    if header is None:
        return
    indent = _indent(text, header.end(), scalar)
    folded = scalar.style == ">"
    held: list[Piece] = []  # breaks since the last line with words
    was_indented = True
    for line in _TEXT_LINE.finditer(text, header.end(), scalar.end):
        words = line[1]
        lead = min(len(words) - len(words.lstrip(" ")), indent)
        mark = Piece(_break(line[2]) if line[2] else "", line.start(2), line.end(2))
        if len(words) > lead:
            is_indented = words[lead] in " \t"
            if folded and held and held[0].words == "\n" and not (was_indented or is_indented):
                only = len(held) == 1
                held[0] = held[0]._replace(words=" " if only else "")
            yield from held
            yield Piece(words[lead:], line.start() + lead, line.end(1))
            held, was_indented = [mark], is_indented
        else:
            held.append(mark)
        if line.end() >= scalar.end:
            break
    yield from held


def _indent(text: str, start: int, scalar: Scalar) -> int:
    """How far the block's lines are indented: what its first line has more than its value."""
    for line in _TEXT_LINE.finditer(text, start, scalar.end):
        bare = line[1].lstrip(" ")
        if bare:
            value = (scalar.value or "").lstrip("\n").partition("\n")[0]
            return len(line[1]) - len(bare) - (len(value) - len(value.lstrip(" ")))
        if line.end() >= scalar.end:
            break
    return 0
