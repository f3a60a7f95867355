"""Texts in the form in which they are compared, and how alike two of them are.

Listings print LaTeX or Unicode, wrap and cut: what is compared is letters and digits alone, without
accents, Greek letters spelled out. Similarity is the share of runs of ten letters that both texts
have, which a formula set otherwise, or a word, changes little.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from digest.latex import looks_like_tex, to_plain
from digest.text import unaccented

_WORD = re.compile(r"[^\W_]+")
_COMMAND = re.compile(r"\\[a-zA-Z]+|[\\$^_{}~]")
_RUN = 10
"""Letters of a run."""
_RELATED = 0.15
"""Share of common runs below which two texts have nothing to do with each other."""
_GREEK = {
    code: unicodedata.name(chr(code)).rsplit(" ", 1)[-1].lower()
    for code in range(0x3B1, 0x3CA)
    if code != 0x3C2
} | {0x3C2: "sigma"}
"""What `unaccented` leaves of Greek letters."""


def words(text: str | None) -> list[str]:
    """The words of `text`, LaTeX read, in lower case and without accents."""
    if not text:
        return []
    plain = unaccented(to_plain(text) if looks_like_tex(text) else text)
    return _WORD.findall(plain if plain.isascii() else plain.translate(_GREEK))


@lru_cache(maxsize=4_096)  # what is compared is met again, by another kind of evidence
def letters(text: str | None) -> str:
    """The letters and digits of `text`."""
    return "".join(words(text))


@lru_cache(maxsize=4_096)
def bare_letters(text: str | None) -> str:
    """The same, LaTeX's commands left out as some pages leave them out."""
    if not text or not looks_like_tex(text):
        return letters(text)
    return "".join(_WORD.findall(unaccented(_COMMAND.sub("", text))))


class Likeness(NamedTuple):
    """How alike two texts are."""

    similarity: float
    """Share of the runs of letters that both have, 0 to 1: the lower one of both shares."""
    part: bool
    """Whether one text was compared with the beginning of the other, which is longer."""
    compared: int
    """Letters of the shorter text."""


def compare(one: str, other: str) -> Likeness:
    """How alike the letters of two texts are; of the longer one, the beginning may count alone."""
    if one == other:
        return Likeness(1.0, False, len(one))
    short, long = sorted((one, other), key=len)
    mine, theirs = _runs(short), _runs(long)
    shared = len(mine & theirs)
    whole = Likeness(shared / max(1, len(mine), len(theirs)), False, len(short))
    # The beginning of the longer one has no run that the whole of it has not.
    if len(short) == len(long) or shared < _RELATED * len(mine):
        return whole
    theirs = _runs(long[: len(short)])
    beginning = len(mine & theirs) / max(1, len(mine), len(theirs))
    return max(whole, Likeness(beginning, True, len(short)), key=lambda found: found.similarity)


def compare_texts(one: str, other: str) -> Likeness:
    """How alike two texts are, however their LaTeX was set."""
    best = compare(letters(one), letters(other))
    if _RELATED <= best.similarity < 1.0 and (looks_like_tex(one) or looks_like_tex(other)):
        for mine, theirs in (
            (letters(one), bare_letters(other)),
            (bare_letters(one), letters(other)),
        ):
            best = max(best, compare(mine, theirs), key=lambda found: found.similarity)
    return best


def overlap(one: str | None, other: str | None) -> float:
    """Share of the words of the shorter of two titles that the other has, 0 to 1."""
    mine, theirs = set(words(one)), set(words(other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _runs(text: str) -> set[str]:
    return {text[i : i + _RUN] for i in range(max(1, len(text) - _RUN + 1))}


def family(name: str) -> str:
    """The family name of an author, comparable: `Family, Given`, or the last word."""
    before, comma, _ = to_plain(name).partition(",")
    found = words(before) if comma else words(name)[-1:]
    return found[-1] if found else ""


def same_person(one: str, other: str) -> bool:
    """Whether two spellings of a name may be of one person."""
    mine, theirs = set(words(one)), set(words(other))
    return bool(mine and theirs) and (
        family(one) == family(other) or family(one) in theirs or family(other) in mine
    )
