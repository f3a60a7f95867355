"""How like two records are: first authors, titles, abstracts and years, compared as people would.

All comparisons look at words without accents, case and LaTeX. A comparison tells None where one of
the two says nothing: silence is no evidence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.identifiers import eprint_month
from digest.latex import to_plain
from digest.paper import Record
from digest.text import unaccented

_WORD = re.compile(r"[^\W_]+")
_UMLAUT = re.compile(r"(?<=[aou])e")
_COMMAND = re.compile(r"\\[a-zA-Z]+")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md"))
_NO_NAMES = frozenset(("et", "al", "others", "and", "collaboration", "the"))
_INITIALS = 3
"""Letters that initials have at most: `Noether E A`, `Noether EA`."""
_NUMBERS = frozenset(
    """i ii iii iv v vi vii viii ix x xi xii one two three four five six seven eight nine ten first
        second third fourth fifth a b c part volume""".split()
)
_SHINGLE = 3
_LEAST = 8
"""Shingles below which a share of them says nothing."""


@lru_cache(maxsize=20_000)
def _words_of_title(title: str) -> tuple[str, frozenset[str]]:
    """All run together, and each once: a title is compared with many."""
    found = words(title)
    return "".join(found), frozenset(found)


def words(text: str) -> list[str]:
    """The words of a text, `Gr\\"obner` and `Gröbner` alike; formulas by what they show."""
    if "\\" in text or "$" in text or "{" in text:
        text = to_plain(text)
    return _WORD.findall(unaccented(text))


@lru_cache(maxsize=50_000)
def _name(name: str) -> tuple[str, frozenset[str]]:
    """Family name, and all words of the name."""
    before, comma, _ = name.partition(",")
    family = [_UMLAUT.sub("", w) for w in words(before)]
    every = [_UMLAUT.sub("", w) for w in words(name)] if comma else family
    plain = [word for word in family if word not in _SUFFIXES] or family
    if not comma and len(plain) > 1:
        # `Noether E.`, as indexes print names.
        last = before.split()[-1].strip(".")
        plain = plain[:-1] if len(last) <= _INITIALS and last.isupper() else plain
    return (plain[-1] if plain else ""), frozenset(every)


def same_first_author(one: Record, other: Record) -> bool | None:
    """Whether the first authors have one family name, however it is written."""
    if not one.authors or not other.authors:
        return None
    mine, my_words = _name(one.authors[0])
    theirs, their_words = _name(other.authors[0])
    if not mine or not theirs:
        return None
    return mine == theirs or mine in their_words or theirs in my_words


def share_author(one: Record, other: Record) -> bool | None:
    """Whether any author of one may be an author of the other."""
    if not one.authors or not other.authors:
        return None
    if same_first_author(one, other):
        return True
    mine, theirs = ({_name(n)[0] for n in r.authors} - _NO_NAMES for r in (one, other))
    return bool(mine & theirs - {""})


def title_words(title: str) -> frozenset[str]:
    """Words that tell a title from others."""
    return frozenset(words(title))


def same_title(one: Record, other: Record) -> bool | None:
    """Whether two titles may be of one paper. Parts of a series, and volumes, are not."""
    if not one.title or not other.title:
        return None
    mine, first = _words_of_title(one.title)
    theirs, second = _words_of_title(other.title)
    if mine == theirs:
        return True
    if not first or not second:
        return None
    differ = first ^ second
    if all(word in _NUMBERS or word.isdecimal() for word in differ):
        return False
    return len(first & second) >= 0.6 * max(2, min(len(first), len(second)))


def abstract_overlap(one: Record, other: Record) -> float | None:
    """Share of the shorter abstract's runs of three words that stand in the longer one, 0 to 1."""
    if not one.abstract or not other.abstract:
        return None
    mine, theirs = _runs(one.abstract), _runs(other.abstract)
    least = min(len(mine), len(theirs))
    return len(mine & theirs) / least if least >= _LEAST else None


@lru_cache(maxsize=2_000)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    found = _WORD.findall(_COMMAND.sub("", unaccented(text[:10_000])))
    return frozenset(zip(*(found[i:] for i in range(_SHINGLE)), strict=False))


def year(record: Record) -> int | None:
    """When the paper came out, as far as dates and the arXiv identifier tell."""
    date = record.published or (eprint_month(record.eprint) if record.eprint else None)
    return int(date[:4]) if date and date[:4].isdecimal() else None


def years_apart(one: Record, other: Record) -> int | None:
    """Years between the two."""
    mine, theirs = year(one), year(other)
    return abs(mine - theirs) if mine is not None and theirs is not None else None
