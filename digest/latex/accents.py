"""Accents: a command and the letter that bears it."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from digest.latex.symbols import ACCENTS

_LETTER = re.compile(r"[^\W\d_]")


class Accented(NamedTuple):
    """What an accent prints, the offset behind it, and whether that lies in a group still open."""

    text: str
    end: int
    opens_group: bool = False


def read_accent(text: str, name: str, end: int) -> Accented | None:
    r"""The accent `name` whose command ends at `end`: `\'e`, `\'{e}`, `\c c`, `\"{\i}`.

    None where no letter follows. Of `\'{Alvarez}` the first letter bears the accent.
    """
    start = end
    if name.isalpha() or text[start : start + 2] in (" {", " \\"):
        while text[start : start + 1] == " ":
            start += 1
    grouped = text.startswith("{", start)
    place = start + grouped
    dotless = (
        text[place : place + 2] in ("\\i", "\\j") and not text[place + 2 : place + 3].isalpha()
    )
    if name.isalpha() and start == end and not grouped and not dotless:
        return None
    letter = text[place + dotless : place + dotless + 1]
    if not _LETTER.match(letter):
        if grouped and text.startswith("}", place):
            return Accented("" if name.isalpha() else name, place + 1)
        return None
    # Composed here and not in the finished page, where `>` of a tag composes with some marks too.
    accented = normalize("NFC", letter + ACCENTS[name])
    place += 1 + dotless
    if not grouped:
        if dotless:
            # What only ends the name of `\\i`.
            place += 2 * text.startswith("{}", place) or text.startswith(" ", place)
        return Accented(accented, place)
    if text.startswith("}", place):
        return Accented(accented, place + 1)
    return Accented(accented, place, opens_group=True)
