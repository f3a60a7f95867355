"""Strings of a JSON text, decoded with the place of every character.

Form: RFC 8259, section 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.readers.wrapped.places import Inner, Piece, Pieces

_STRING = re.compile(r'"((?:[^"\\\r\n]++|\\.)*+\\?)("|)')
_ROW = re.compile(r"(?:\\n)?[ ]{0,4}(?:\||[-*+] |\d{1,4}[.)] )")
_LINK = re.compile(r"\]\(\s{0,4}https?:")
_OPENS_OBJECT = re.compile(r"\s*:\s*\{")
_PIECE = re.compile(
    r"[^\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\.|\\"
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
"""Backspace and form feed are taken for blanks, which they are in no text worth reading."""


def find_strings(text: str, at_least: int) -> Iterator[Inner]:
    """The strings of a JSON text that are written with `at_least` characters, in order.

    Strings that are each a row of a table or list in Markdown are one text together, with the
    names of the objects that hold them for headings. A string whose closing quote is missing goes
    up to the end of its line.
    """
    rows = _Rows()
    for m in _STRING.finditer(text):
        if _ROW.match(m[1]) and _LINK.search(m[1]):
            rows.add(m)
            continue
        if len(m[1]) < at_least:
            if _OPENS_OBJECT.match(text, m.end()):
                rows.title = m
            continue
        yield from rows.taken()
        found = Pieces(_pieces(m[1], m.start(1)))
        yield Inner(found.text, m.span(), found, not m[2] and m.end() == len(text))
    yield from rows.taken()


class _Rows:
    """Rows of Markdown, gathered from strings that follow each other."""

    def __init__(self) -> None:
        self.title: re.Match[str] | None = None
        self._pieces: list[Piece] = []
        self._span = (0, 0)

    def add(self, m: re.Match[str]) -> None:
        """One more string that is a row."""
        start = self._span[0] if self._pieces else (self.title or m).start()
        if self.title is not None:
            opener, closer = self.title.start(1), self.title.end(1)
            self._pieces.append(Piece("\n## ", opener, opener))
            self._pieces += _pieces(self.title[1], opener)
            self._pieces.append(Piece("\n\n", closer, closer))
        self.title = None
        self._pieces += _pieces(m[1], m.start(1))
        if not self._pieces[-1].words.endswith("\n"):
            self._pieces.append(Piece("\n", m.end(1), m.end(1)))
        self._span = (start, m.end())

    def taken(self) -> Iterator[Inner]:
        """What was gathered, which is then forgotten."""
        if self._pieces:
            found = Pieces(self._pieces)
            yield Inner(found.text, self._span, found, False)
        self._pieces, self.title = [], None


def _pieces(source: str, by: int) -> Iterator[Piece]:
    for m in _PIECE.finditer(source):
        words = m[0]
        if words[0] == "\\":
            words = _unescaped(words)
        yield Piece(words, by + m.start(), by + m.end())


def _unescaped(escape: str) -> str:
    if len(escape) == 12:
        return (
            chr(int(escape[2:6], 16)) + chr(int(escape[8:], 16))
        ).encode("utf-16-le", "surrogatepass").decode("utf-16-le")  # fmt: skip
    if len(escape) == 6:
        code = int(escape[2:], 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 or code == 0 else chr(code)
    return _ESCAPES.get(escape[1:], escape[1:])
