"""Sentences and words of an abstract, with formulas and LaTeX kept whole."""

from __future__ import annotations

import html
import re
from collections.abc import Callable


def listed(words: str) -> frozenset[str]:
    """A class of words, written out as a text."""
    return frozenset(words.split())


REACH = 8_000
"""Characters of an abstract that are looked at: what a paper is about stands before that."""

MOST_KEPT = 65_536
"""Words whose properties are remembered."""
LONG = 40
"""Characters of a word that is too long to be remembered."""
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:_-]{0,30}(?: [^<>]{0,200})?/?>")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#[0-9]{2,6});", re.IGNORECASE)
_FONT = re.compile(
    r"\\(?:textbf|textit|textsc|texttt|textrm|textsf|emph|underline|mbox|text) ?\{([^{}$]{0,200})\}"
    r"|\{\\(?:em|it|bf|sc|tt|rm|sl|sf|emph)\b[ ~]?([^{}$]{0,200})\}"
)
_FOOTNOTE = re.compile(r"\\(?:footnote|cite[pt]?|url|href|label|ref)\{[^{}]{0,300}\}")
_CITATION = re.compile(
    r"(?:\((?:e\.g\. |see )?[A-Z][^()]{0,120}(?:et al|,) ?\.?,? ?(?:19|20)\d\d[^()]{0,160}\)"
    r"|\[\d{1,3}(?:[,–-] ?\d{1,3}){0,9}\](?=[\s.,;]))"
)
_TIE = re.compile(r"(?<=\w)~(?=[(\w])")
_GAP = re.compile(r"\s+(?=[,.;](?:\s|$))")
_LABEL = re.compile(
    r"(?:abstract|summary|synopsis|(?:background|introduction|objectives?|purpose|aims?|motivation)"
    r"(?: (?:and|&) (?:aims?|objectives?|purpose|motivation))?(?=[:.]))\s*[:.—–-]*\s+"
    r"|(?:\\begin\{abstract\}|[*#_>=~•·-]{1,6})\s*",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s?(?:—|---)\s?|(?<=\s)--(?=\w)|(?<=\w)--(?=\s)")
_DASHES = frozenset(["-", "--", "---", "–", "—"])
_EMPHASIS = re.compile(r"(?<![\w$}\\])_([A-Za-z][A-Za-z -]{0,40})_(?![\w{])|\*\*")
_GLUED_BRACKET = re.compile(r"\((?<=[a-z]{3}\()(?=[A-Z]{2})")
_FULL_WIDTH_STOP = re.compile("([。！？])(?=[^\\s」』）])")
_FORMULA = re.compile(r"\$\$?[^$]{1,300}\$\$?|\\\([^()]{1,200}\\\)")
_STOP = re.compile(r"""[.!?。！？][\])}"'”’»]{0,3}$""")
_ENDS = frozenset(".!?。！？])}\"'”’»")
_INITIAL = re.compile(r"(?:[^\w]{0,2}[A-Z]\.|(?:\w\.){2,4})$")
_ABBREVIATIONS = listed(
    """e.g. i.e. cf. vs. etc. al. fig. figs. eq. eqs. sec. sect. ref. refs. no. nos. vol. dr. prof.
    st. mr. mrs. ms. resp. approx. ca. thm. prop. cor. lem. def. ch. viz. w.r.t. s.t. i.i.d.
    a.k.a. ph.d. u.s. inc. ltd. co. jr. sr. math. phys. lett. rev. proc. et."""
)


def plain(abstract: str) -> str:
    """The looked-at part of `abstract`, without tags, entities, font commands and its label."""
    text = abstract[:REACH].strip()
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(_decoded, text)
    if "\\" in text:
        text = _FONT.sub(lambda m: m[1] or m[2] or "", _FOOTNOTE.sub("", text))
    if "[" in text or ("(" in text and ("19" in text or "20" in text)):
        text = _CITATION.sub("", text)
    if " ," in text or " ." in text or " ;" in text:
        text = _GAP.sub("", text)
    for _ in range(3):
        label = _LABEL.match(text)
        if not label or label.end() == len(text):
            break
        text = text[label.end() :]
    if "**" in text or " _" in text:
        text = _EMPHASIS.sub(lambda m: m[1] or "", text)
    if "—" in text or "--" in text:
        text = _DASH.sub(" — ", text)
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "(" in text:
        text = _GLUED_BRACKET.sub(" (", text)
    return text if text.isascii() else _FULL_WIDTH_STOP.sub(r"\1 ", text)


def _decoded(entity: re.Match[str]) -> str:
    decoded = html.unescape(entity[0])
    return decoded if decoded.isprintable() and decoded not in "<>" else " "


class _Bare(dict[str, str]):
    """Word to its bare form, worked out when the word is first met."""

    def __missing__(self, word: str) -> str:
        found = word.strip(".,;:!?()[]{}\"'`“”‘’«»*").lower()
        if len(self) < MOST_KEPT and len(word) < LONG:
            self[word] = found
        return found


bare: Callable[[str], str] = _Bare().__getitem__
"""A word in lower case without the punctuation around it. (Half of the time goes into this.)"""


def sentences(text: str) -> list[list[str]]:
    """The sentences of a `plain` text as lists of words, punctuation attached."""
    return divide(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a `plain` text, punctuation attached, formulas whole."""
    words = _with_formulas(text) if "$" in text or "\\(" in text else text.split()
    if not _DASHES.isdisjoint(words):
        words = ["—" if word in _DASHES else word for word in words]
    return words


def _with_formulas(text: str) -> list[str]:
    """The words of `text`; a blank within a formula parts none."""
    words: list[str] = []
    done = 0
    for formula in _FORMULA.finditer(text):
        if len(formula[0].split()) > 1:
            _go_on(words, text, done, formula.start())
            if formula.start() and not text[formula.start() - 1].isspace():
                words[-1] += formula[0]
            else:
                words.append(formula[0])
            done = formula.end()
    _go_on(words, text, done, len(text))
    return words


def _go_on(words: list[str], text: str, start: int, end: int) -> None:
    """Add what stands in `text` from `start`, where a formula may have ended, up to `end`."""
    more = text[start:end].split()
    if start and more and not text[start].isspace():
        words[-1] += more.pop(0)
    words += more


def divide(words: list[str]) -> list[list[str]]:
    """The sentences that `words` make."""
    found: list[list[str]] = []
    start = 0
    last = len(words) - 1
    for i in [i for i, word in enumerate(words) if word[-1] in _ENDS]:
        word = words[i]
        if i == last or not _STOP.search(word):
            continue
        follower = words[i + 1].lstrip("\"'`“‘«([{$\\")
        if follower and follower[0].islower():
            continue
        if word[-1] == "." and (
            word.lower().lstrip("([{") in _ABBREVIATIONS
            or (_INITIAL.match(word) and bare(words[i + 1]) not in _OPENERS)
        ):
            continue
        found.append(words[start : i + 1])
        start = i + 1
    if start <= last:
        found.append(words[start:])
    return found


# After `by A.` a capital may belong to the name, but these begin a sentence.
_OPENERS = listed("we this the in our it these here a an for to as if")
