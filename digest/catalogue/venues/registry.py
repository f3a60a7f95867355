"""The names of venues that the package knows, and how to find them in a text.

A name is found word by word, so that usual abbreviations need no list: `J. Pure Appl. Algebra` is
`Journal of Pure and Applied Algebra`, `Phys.Rev.Lett.72` is `Physical Review Letters`.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from digest.text import slugify, unaccented
from digest.yaml_text import load

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[a-z]{1,4}&[a-z]{1,2}(?![a-z])|[^\W\d_]+|\d+")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz ")
_MOST_KEPT = 20_000
_LONG = 30
_SMALL = frozenset((
    "of", "the", "and", "in", "on", "for", "de", "des", "la", "et", "und", "der", "die", "für",
    "fur", "an", "its", "their", "to", "du", "le",
))  # fmt: skip
# Abbreviations that are no beginnings of their words.
_SHORT = {
    ("j", "journal"), ("jour", "journal"), ("jnl", "journal"), ("r", "royal"), ("roy", "royal"),
    ("natl", "national"), ("intl", "international"), ("am", "american"), ("jpn", "japan"),
    ("rept", "reports"), ("ed", "edinburgh"), ("st", "special"), ("symp", "symposium"),
    ("ieee", "ieee"), ("not", "notices"), ("maths", "mathematics"), ("u", "university"),
    ("sec", "section"), ("ser", "series"), ("dyn", "dynamical"), ("annls", "annals"),
}  # fmt: skip


class Match(NamedTuple):
    """A known name in a text, at [`start`, `end`) in characters."""

    start: int
    end: int
    name: str
    kind: str
    """`conference`, `journal` or `series`."""
    words: int
    exact: bool
    """Written as the name is: `cikm` is CIKM, but not exactly."""
    strict: bool
    """A plain word of the language (Nature, Cell, Evolution), or shortened to one."""
    workshop: bool
    """Written with the W of a workshop: `CVPRW`."""


class _Name(NamedTuple):
    words: tuple[str, ...]
    name: str
    kind: str
    written: str
    rank: int


class _Openers(dict[str, bool]):
    """Word to whether a name may begin with it, worked out when the word is first met."""

    def __init__(self, names: Iterable[_Name]) -> None:
        super().__init__()
        self.first: dict[str, set[str]] = {}
        """Initial to the first words of names."""
        for name in names:
            if name.words:
                self.first.setdefault(name.words[0][0], set()).add(name.words[0])

    def __missing__(self, word: str) -> bool:
        known = self.first.get(word[0], ())
        found = word not in _SMALL and any(_shortens(word, first) for first in known)
        if len(self) < _MOST_KEPT and len(word) <= _LONG:
            self[word] = found
        return found


class Registry(NamedTuple):
    """Every known name, by the initials of its words. Not to be changed."""

    by_initials: dict[str, tuple[_Name, ...]]
    acronyms: dict[str, str]
    """Acronyms of conferences in capitals, and the name that they stand for."""
    longest: int
    """Words of the longest name."""
    full_names: dict[str, str]
    """Unabbreviated names of conferences by the slug of their venue."""
    openers: _Openers


def _spell(text: str) -> list[str]:
    plain = text.lower() if text.isascii() else unaccented(text)
    words = plain.split() if _PLAIN.issuperset(plain) else _WORD.findall(plain)
    return [w for w in words if w not in _SMALL]


@cache
def load_venues() -> Registry:
    """The venues that the package knows; read once."""
    source = files("digest.catalogue.venues").joinpath("venues.yaml").read_text("utf-8")
    known: dict[str, str] = load(source, trusted=True)
    return make_registry(known)


def make_registry(known: dict[str, str]) -> Registry:
    """`known`: kind in the plural -> lines `name = other name | other name`."""
    lists: dict[str, list[_Name]] = {}
    acronyms: dict[str, str] = {}
    full_names: dict[str, str] = {}
    longest = rank = 0
    for plural, venues in known.items():
        kind = plural.removesuffix("s") if plural != "series" else plural
        for line in venues.splitlines():
            rank += 1
            name, _, others = line.partition(" = ")
            if kind == "conference" and others:
                full_names[slugify(name)] = others.partition(" | ")[0]
            for written in (name, *others.split(" | ")) if others else (name,):
                words = _spell(written)
                count = len(words)
                longest = max(longest, count)
                initials = "".join([w[0] for w in words])
                lists.setdefault(initials, []).append(
                    _Name(tuple(words), name, kind, written, rank)
                )
                if count == 1 and kind == "conference":
                    acronyms.setdefault(written.upper(), name)
    openers = _Openers(itertools.chain.from_iterable(lists.values()))
    return Registry({k: tuple(v) for k, v in lists.items()}, acronyms, longest, full_names, openers)


def find_names(registry: Registry, text: str) -> list[Match]:
    """The known names in `text`, the longest at each place, none inside another."""
    if text.isascii() and "W" not in text:
        # Few texts hold a word that a name begins with.
        words = _WORD.findall(text.lower())
        if not any(map(registry.openers.__getitem__, words)):
            return []
    places: list[tuple[int, int, str]] = []
    # Lower case of the same length, so that offsets stay true.
    lowered = text.lower() if text.isascii() else "".join([c.lower()[:1] for c in text])
    for m in _WORD.finditer(lowered):
        word = m[0] if m[0].isascii() else unaccented(m[0])
        if word and word not in _SMALL:
            places.append((m.start(), m.end(), word))
    initials = "".join([word[0] for _, _, word in places])
    found: list[Match] = []
    at = 0
    while at < len(places):
        step = 1
        start, end, word = places[at]
        longest = min(registry.longest, len(places) - at) if registry.openers[word] else 0
        for length in range(longest, 0, -1):
            names = registry.by_initials.get(initials[at : at + length])
            if names and (match := _choose(names, places[at : at + length], text)) is not None:
                found.append(match)
                step = length
                break
        else:
            # The W of a workshop: CVPRW, but not a known name that ends so.
            if (name := registry.acronyms.get(text[start : end - 1])) and text[end - 1] == "W":
                found.append(Match(start, end, name, "conference", 1, True, False, True))
        at += step
    return found


def _choose(
    names: tuple[_Name, ...], places: list[tuple[int, int, str]], text: str
) -> Match | None:
    words = tuple([word for _, _, word in places])
    start, end = places[0][0], places[-1][1]
    full = [n for n in names if n.words == words]
    fit = full or (
        [n for n in names if all(map(_shortens, words, n.words))] if len(words) > 1 else []
    )
    # Several readings are none, unless the words are a name's own.
    if not full and len({n.name for n in fit}) > 1:
        return None
    if not fit or (len(words) > 1 and not _close(text, places)):
        return None
    chosen = min(fit, key=lambda n: n.rank)
    return Match(
        start,
        end,
        chosen.name,
        chosen.kind,
        len(words),
        _is_exact(chosen, text[start:end]),
        len(words) == 1 and not _is_acronym(chosen.written),
        False,
    )


def _shortens(short: str, word: str) -> bool:
    return short == word or (len(short) >= 3 and word.startswith(short)) or (short, word) in _SHORT


def _close(text: str, places: list[tuple[int, int, str]]) -> bool:
    """Nothing but small words, blanks and marks that join stands between the words of a name."""
    for (_, end, _), (start, _, _) in itertools.pairwise(places):
        gap = text[end:start]
        if len(gap) > 20 or (any(c in gap for c in ";()[]") and gap.strip(" .,") not in {"(", ")"}):
            return False
    return True


def _is_acronym(written: str) -> bool:
    return sum(c.isupper() for c in written) > 1


def _is_exact(name: _Name, text: str) -> bool:
    """Capitals as in the name; of longer names and acronyms any that begin with one."""
    if len(name.words) > 1:
        return any(c.isupper() for c in text)
    if name.written == text or (_is_acronym(name.written) and text.isupper() and len(text) > 3):
        return True
    return len(text) >= 5 and text[0].isupper() and (_is_acronym(name.written) or text.isupper())


def nearest_acronym(registry: Registry, written: str) -> str | None:
    """The known acronym that `written` misspells, or None where that is not plain.

    Two neighbouring letters swapped or one letter doubled count from four letters on. Any other
    single letter counts from five on, and only where no second known acronym is as near: among
    short ones (ICIP, ICPR, ICLR ...) one letter makes another conference.
    """
    word = written.upper()
    if len(word) < 4 or word in registry.acronyms:
        return None
    # Nobody errs in the first letter, but CICM and ICCM are two conferences.
    near = {
        a
        for a in registry.acronyms
        if len(a) >= 4 and a[0] == word[0] and abs(len(a) - len(word)) <= 1
    }
    swapped = sorted({registry.acronyms[a] for a in near if _is_slip(word, a)})
    if swapped:
        return swapped[0] if len(swapped) == 1 else None
    if len(word) < 5:
        return None
    other = {registry.acronyms[a] for a in near if len(a) >= 5 and _one_letter(word, a)}
    return other.pop() if len(other) == 1 else None


def _is_slip(a: str, b: str) -> bool:
    """Neighbours swapped, or a letter of one doubled in the other."""
    if len(a) == len(b):
        return any(
            a[:i] + a[i + 1] + a[i] + a[i + 2 :] == b for i in range(len(a) - 1) if a[i] != a[i + 1]
        )
    short, long = sorted((a, b), key=len)
    return any(
        long[i] == long[i + 1] and long[:i] + long[i + 1 :] == short for i in range(len(long) - 1)
    )


def _one_letter(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
