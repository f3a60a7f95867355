"""A title and an abstract cut into words, once, for all that looks for terms in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.topics.plain import plain_text

if TYPE_CHECKING:
    from digest.catalogue.topics.stems import Stems

MAX_TEXT = 20_000
"""Characters of a title or abstract that are looked at."""
TITLE, PROPOSAL, FIRST, LAST, BODY = 3.0, 2.0, 1.6, 1.4, 1.0
"""Weight of a mention by its place; `PROPOSAL` is a sentence that says what the paper does."""
STOP = "\x03"
"""Stands after each sentence, and for a full stop before a blank."""
_STOPPED = f" {STOP} "


def any_case(words: str) -> frozenset[str]:
    """`words` as they stand in a sentence, at its beginning and in capitals."""
    return frozenset(f(w) for w in words.split() for f in (str.lower, str.capitalize, str.upper))


# A word keeps the hyphen that ties it to the next; a mark that parts phrases is a word of its own.
_WORDS = re.compile(r"[^\W_]+-?|[^\w\s/'’&*{}~]")
_MARKS = {c: f" {c} " for c in map(chr, range(128)) if not c.isalnum() and not c.isspace()}
_MARKS |= dict.fromkeys("/'&*{}~_", " ") | {"-": "- "}
"""Does in ASCII as `_WORDS` does, and faster: each mark to what stands for it."""
_PLAIN = dict.fromkeys([ord(STOP), *(c for c in range(128) if chr(c) not in _MARKS)])
_OPENERS = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789("“')
"""What a sentence begins with; `et al. are` is none."""
_PROPOSES = any_case(
    """propose proposes proposed introduce introduces introducing present presents presenting
    develop develops design devise address addresses tackle tackles study studies investigate
    investigates explore explores prove proves examine examines describe describes analyze analyse
    aims focus focuses formulate"""
)
_SPEAKER = any_case("we paper work article here letter thesis study our")


class Text(NamedTuple):
    """The words of a paper, title first."""

    words: list[str]
    """In their own case, with a hyphen that follows; marks that part phrases are words too."""
    stems: list[str]
    starts: list[int]
    """First word of each sentence."""
    places: list[float]
    """Weight of each sentence."""
    titled: int
    """Words that belong to the title."""
    early: int
    """Words up to the end of the first sentence, unless that says what the paper does."""

    def place(self, at: int) -> float:
        """Weight of the sentence in which the word stands."""
        return self.places[bisect_right(self.starts, at) - 1]

    def quote(self, start: int, stop: int) -> str:
        """The words as the text has them."""
        if stop - start == 1:
            return self.words[start].removesuffix("-")
        return " ".join(self.words[start:stop]).replace("- ", "-").removesuffix("-")

    def short_for(self, start: int, stop: int) -> str | None:
        """The abbreviation that the text gives the words: `GNN` of `graph networks (GNNs)`."""
        after = self.words[stop : stop + 3]
        if len(after) < 3 or after[0] != "(" or after[2] not in ")," or start + 1 >= stop:
            return None
        short = after[1].removesuffix("s")
        initials = [word[0].upper() for word in self.words[start:stop]]
        return short if _SHORT.fullmatch(short) and list(short) == initials else None


_SHORT = re.compile(r"[A-Z]{2,6}s?")


def cut(stems: Stems, title: str, abstract: str) -> Text:
    """Cut `title` and `abstract`, any text with LaTeX, into words."""
    words: list[str] = []
    starts: list[int] = []
    places: list[float] = []
    if title:
        words = _words(plain_text(title[:MAX_TEXT]))
        starts.append(0)
        places.append(TITLE)
    titled = len(words)
    if abstract:
        words += _words(plain_text(abstract[:MAX_TEXT]))
        _divide(words, titled, starts, places)
    opening = 1 if title else 0
    early = titled
    if places[opening : opening + 1] == [FIRST]:
        early = starts[opening + 1] if opening + 1 < len(starts) else len(words)
    return Text(words, list(map(stems.__getitem__, words)), starts, places, titled, early)


def _words(text: str) -> list[str]:
    """Words and marks; a mark that ends a sentence, or any that a blank follows, is `STOP`."""
    text = text.replace("§", "|")
    if not text.isascii() or "\n" in text:
        text = " ".join(text.split())  # blanks of any kind
    text = text.replace(". ", _STOPPED)
    if "? " in text or "! " in text:
        text = text.replace("? ", _STOPPED).replace("! ", _STOPPED)
    if not text.isascii():
        return [*_WORDS.findall(text), STOP]
    for mark in {*text.translate(_PLAIN)}:
        text = text.replace(mark, _MARKS[mark])
    words = text.split()
    words.append(STOP)
    return words


def _divide(words: list[str], start: int, starts: list[int], places: list[float]) -> None:
    """Note where the sentences of an abstract begin, and their weights."""
    size = len(words)
    stop = start
    place = FIRST
    while start < size:
        stop = words.index(STOP, stop) + 1
        if stop == size:
            place = LAST if place == BODY else place
        elif words[stop][0] not in _OPENERS:
            continue
        sentence = words[start:stop]
        proposes = not _PROPOSES.isdisjoint(sentence) and not _SPEAKER.isdisjoint(sentence)
        starts.append(start)
        places.append(PROPOSAL if proposes else place)
        start, place = stop, BODY
