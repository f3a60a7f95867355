"""Text -> words that it is found by: docs/search-format.md, "Words of a text".

The page's script `search-words.js` does the same; tests hold them side by side. A text is taken
apart at blanks and at most signs, which is fast; what stands between (`t-SNE,` `Bayes's`) is looked
at closely once and then remembered, for few of a text's pieces have not been met before.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from digest.search.plurals import singular

LONGEST = 40
"""Characters of a word that count."""
STOP_WORDS = frozenset(
    """
a also an and are as at be been but by can for from has have in into is it its of on or our such
than that the their these they this to was we were which with
""".split()
)

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "sigma tau upsilon phi chi psi omega"
).split()
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
    | {chr(0x3B1 + at): name for at, name in enumerate(_GREEK)}
)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_APOSTROPHES = re.compile(r"(?<=[^\W_])['\u2019]s(?![^\W_])|['\u2019]")
_RUN = re.compile(r"[^\W_]+(?:(?<=[0-9])\.(?=[0-9])[^\W_]+)*")
_HYPHENS = "-\u2010"
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3000-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""What is written without blanks between words: Thai, Lao, Burmese, Hangul, Khmer, kana, Han."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SHARES = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_SIGNS = "".join(chr(c) for c in range(128) if not chr(c).isalnum() and chr(c) not in "-.'")
_BLANKED = str.maketrans(_SIGNS, " " * len(_SIGNS))
_PIECES = re.compile(f"[^\\s{re.escape(_SIGNS)}]+")
_JOINED = range(3, 15)
"""Characters of two words that count as one besides, where a hyphen joins them."""


class Unit(NamedTuple):
    """A word as it stands in a text."""

    raw: str
    """Folded, but not made singular: what a prefix is compared with."""
    word: str
    place: int
    """Words of the text before it, stop words included."""
    joined: bool = False
    """Whether it is two words with a hyphen between them, and stands at the first's place."""

    @property
    def stops(self) -> bool:
        """Whether it is a stop word: counted as a place, and left out."""
        return self.raw in STOP_WORDS


def fold(text: str) -> str:
    """`text` in lower case, without accents and apostrophes, Greek letters by their names."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.lower())
        gone = [c for c in {*apart} if unicodedata.category(c)[0] == "M" or c in _INVISIBLE]
        for sign in gone:
            apart = apart.replace(sign, "")
        # NFC puts together again what NFKD took apart of Hangul; marks are gone by now.
        text = unicodedata.normalize("NFC", apart.lower().translate(_SPELT))
    text = text.lower()
    return _APOSTROPHES.sub("", text) if "'" in text or "\u2019" in text else text


def units(text: str) -> list[Unit]:
    """The words of `text`, stop words included, in the order of their places."""
    folded = fold(text)
    runs = list(_RUN.finditer(folded))
    found: list[Unit] = []
    place = 0
    for at, run in enumerate(runs):
        if _UNSPACED.search(run[0]):
            pieces = [
                piece
                for share in _SHARES.findall(run[0])
                for piece in (bigrams(share) if _UNSPACED.match(share) else [share[:LONGEST]])
            ]
        else:
            pieces = [run[0][:LONGEST]]
            if _starts_pair(folded, runs, at):
                pair = run[0] + runs[at + 1][0]
                found.append(Unit(pair, singular(pair), place, joined=True))
        for piece in pieces:
            found.append(Unit(piece, singular(piece), place))
            place += 1
    return found


def bigrams(run: str) -> list[str]:
    """Each two neighbours of `run`, which is written without blanks; one character by itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def is_unspaced(word: str) -> bool:
    """Whether `word` is of a script without blanks between words."""
    return bool(word) and _UNSPACED.match(word) is not None


def _starts_pair(folded: str, runs: list[re.Match[str]], at: int) -> bool:
    """Whether run `at` and the next, and no third, are joined by a hyphen and short together."""
    return (
        _hyphen_after(folded, runs, at)
        and not _hyphen_after(folded, runs, at - 1)
        and not _hyphen_after(folded, runs, at + 1)
        and len(runs[at][0]) + len(runs[at + 1][0]) in _JOINED
        and not _UNSPACED.search(runs[at + 1][0])
    )


def _hyphen_after(folded: str, runs: list[re.Match[str]], at: int) -> bool:
    if at < 0 or at + 1 >= len(runs):
        return False
    end = runs[at].end()
    return runs[at + 1].start() == end + 1 and folded[end] in _HYPHENS


Piece = tuple[int, tuple[tuple[str, int], ...]]
"""How many places a piece of a text takes, and its words with their places in it."""
_KNOWN: dict[str, Piece] = {}
_MOST_KNOWN, _LONG = 200_000, 100
"""Pieces that are remembered, and characters of the longest of them."""


def words(text: str) -> list[tuple[str, int]]:
    """The words that `text` is found by, each with its place: how many words stand before it.

    Stop words count as places and are left out. A word may occur several times. `text` is plain:
    LaTeX has been read before.
    """
    found: list[tuple[str, int]] = []
    place = 0
    for piece in pieces(text):
        count, of_piece = words_of_piece(piece)
        found += [(word, place + after) for word, after in of_piece]
        place += count
    return found


def pieces(text: str) -> list[str]:
    """`text` taken apart at blanks and signs, in lower case."""
    if text.isascii():
        return text.lower().replace(". ", " ").translate(_BLANKED).split()
    return _PIECES.findall(text.lower())


def words_of_piece(piece: str) -> Piece:
    """What a piece of a text says."""
    found = _KNOWN.get(piece)
    if found is None:
        of_piece = units(piece)
        kept = tuple((unit.word, unit.place) for unit in of_piece if not unit.stops)
        found = sum(not unit.joined for unit in of_piece), kept
        if len(piece) <= _LONG:
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[piece] = found
    return found


def name_words(name: str) -> list[str]:
    """The words of a person's name. No stop words here: An, Do and The are names, too."""
    return [unit.word for unit in units(name)]


def folded(name: str) -> str:
    """The name of a tag or venue in a form that may be compared."""
    return " ".join(unit.word for unit in units(name) if not unit.joined)


def slugged(name: str) -> str:
    """`name` as a slug, as far as that is possible without knowing the slugs that there are."""
    return "-".join(re.findall("[a-z0-9]+", fold(name)))
