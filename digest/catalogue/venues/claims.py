"""What the sentences of a comment claim: published, presented, only submitted, or nothing.

Comments are free text ("12 pages; accepted to X. Extended version of our Y paper"). A name in one
counts as the paper's venue only where the words around it say so, and never after words that say
the opposite. Every pattern is linear, and no more than `LONGEST` characters are read.
"""

from __future__ import annotations

import re
from itertools import compress, count
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 6000
"""Characters of a comment that are read: no venue stands behind that many."""

Stance = Literal["none", "weak", "published", "submitted", "other"]
"""What a mark says of the name after it. `weak`: presented there, or in its proceedings.
`submitted`: not yet. `other`: it is another paper, or another version, that appeared there."""


class Mark(NamedTuple):
    """Words that tell how to take the name that follows. Offsets count from the sentence."""

    start: int
    end: int
    stance: Stance


_BREAK = re.compile(r";|\n[ \t\r]*\n|[.!?]\)?\s+(?=[\"'(]?[A-Z\d])")
# "Published at http://… in the Annals of …": an address only stands in the way.
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s;,()\]]+")
_LAST_WORD = re.compile(r"[^\s(),;]{1,40}$")
_ENDS = re.compile(r".*\d.*|[a-z].{3,}|[A-Z]{3,}|[^.]{8,}|.*\)")

_OTHER = (
    r"(?:extended|expanded|augmented|enhanced|improved|modified|longer|long|journal|preliminary|"
    r"earlier|previous|prior|shorter|short|shortened|abridged|condensed|initial|old|first|conference|"
    r"workshop)(?:(?:,| and|/) ?\w+)?[ -]+(?:version|draft|form|abstract) "
    r"(?:paper )?(?:of|has|was|is|will|appear\w*|publish\w*|in|at|can)\b|"
    r"(?:preliminary|earlier|shorter|short|abridged|conference) version (?:accepted|to)\b|"
    r"(?:preliminary|earlier|previous|prior|companion) (?:paper|work|article)|"
    r"(?:extension|sequel|companion|continuation|follow-?up|erratum|addendum|supplement\w*|"
    r"corrigendum|reply|response|translation)(?: \w+)? (?:to|of|for|on)\b|comments? on\b|"
    r"(?:part|parts|some|results?|portions?) of this (?:paper|work|article)|extend(?:s|ing)? |"
    r"\bwithdrawn\b|technical report (?:for|to|of)\b|"
    r"(?:based|builds|build|relies|expands|improves) (?:up)?on\b|overlap with\b|code for\b|"
    r"see also|superse[cd]e\w*|winn\w+ |\d(?:st|nd|rd|th) place|"
    r"(?:not|never|un|was|were|if) ?(?:be |been |yet )?(?:published|presented|accepted) elsewhere|"
    r"\bnot (?:be |been |yet |to be )?(?:published|accepted|presented|appear)|\bunpublished|"
    r"background of this paper|\baccompan\w+|dataset (?:of|from)|cited|refer(?:s|red) to|"
    r"\b(?:discussed|described|introduced|proposed|used) in\b"
)
_SUBMITTED = (
    r"(?:re-?)?submi(?:t\w*|ssion)(?: (?:for|to))?(?: (?:possible |the )?"
    r"(?:publication|presentation|proceedings))?|"
    r"\bunder (?:\w+ )?(?:review|consideration|revision)\b|\bin (?:double[- ]blind |peer |major |"
    r"minor )?(?:review|revision|preparation|submission)\b|reject\w*|"
    r"being (?:reviewed|considered)|(?:prepared|intended|planned|meant|considered|template|style"
    r"|revised|review) for\b"
)
_PUBLISHED = (
    r"\baccept(?:ed|ance)\b|\bappear(?:s|ed|ing)?\b|\bpublish(?:ed|ing)\b|\bin press\b|"
    r"\bforthcoming\b|\bcamera[- ]ready\b|\bto be pub\w*"
)
_WEAK = (
    r"\bpresent(?:ed|ation|ing)\b|\bpublication\b|\bproceedings\b|\bproc\b|\bcontribut\w+\b|"
    r"\b(?:talk|lecture|poster|paper|oral|spotlight|demo) "
    r"(?:(?!submi|under)\w+ )?(?:at|in|to|for)\b"
)
_MARK = re.compile(
    f"(?P<other>{_OTHER})|(?P<submitted>{_SUBMITTED})|(?P<published>{_PUBLISHED})"
    f"|(?P<weak>{_WEAK})",
    re.I,
)
# One of these stands in a word of whatever `_MARK` finds: few words hold one, and what a word holds
# need be asked only once.
_SIGN = re.compile(
    r"version|draft|form|abstract|prelim|earlier|previous|prior|companion|extension|sequel|"
    r"continuation|follow|erratum|addendum|supplement|corrigendum|reply|response|translation|"
    r"comments?$|this$|extend|withdrawn|report$|based$|builds?$|relies$|expands$|improves$|"
    r"overlap$|code$|see$|superse|winn|place|elsewhere|\bnot$|\baccompan|dataset$|cited|refer|"
    r"\b(?:discussed|described|introduced|proposed|used)$|"
    r"submi|review|considered|consideration|revision|preparation|reject|"
    r"(?:prepared|intended|planned|meant|considered|template|style|revised)$|"
    r"accept|appear|publi|\bpub|press\b|forthcoming|camera|present|proc|contribut|"
    r"\b(?:talk|lecture|poster|paper|oral|spotlight|demo)$",
    re.I,
)
_REACH = 4
"""Words by which a mark goes beyond the signs in it, at most."""
_MOST_KEPT = 20_000
_LONG = 30


class _Signs(dict[str, bool]):
    """Word to whether it may be part of a mark."""

    def __missing__(self, word: str) -> bool:
        found = _SIGN.search(word) is not None
        if len(self) < _MOST_KEPT and len(word) <= _LONG:
            self[word] = found
        return found


_SIGNS = _Signs()
# Behind a name these words take the claim back.
_TAKEN_BACK = re.compile(
    r"[\s,)-]{1,3}(?:under (?:double[- ]blind )?review|submi|in (?:review|submission)|"
    r"(?:\w{1,20} ){0,3}(?:style|format|template|class|macros|challenge|competition|cup|tutorial|"
    r"rebuttal|reviews?|reviewers?|dataset|benchmark)\b)"
    r"|.{0,80}\b(?:withdrawn|rejected)\b",
    re.I | re.S,
)


def sentences(comment: str) -> Iterator[str]:
    """The sentences of `comment`, white space folded; the dot of `Phys. Rev.` ends none."""
    text = _ADDRESS.sub(" ", comment[:LONGEST])
    begin = 0
    for cut in _BREAK.finditer(text):
        if cut[0][0] == ".":
            word = _LAST_WORD.search(text, max(begin, cut.start() - 40), cut.start())
            if word is None or not _ENDS.fullmatch(word[0]):
                continue
        yield " ".join(text[begin : cut.start()].split())
        begin = cut.end()
    yield " ".join(text[begin:].split())


def find_marks(sentence: str) -> list[Mark]:
    """Every mark of `sentence`, in its order."""
    found: list[Mark] = []
    words = sentence.split(" ")
    signs = [*compress(count(), map(_SIGNS.__getitem__, words))]
    if not signs:
        return found
    start = len(" ".join(words[: max(0, signs[0] - _REACH)]))
    end = len(" ".join(words[: signs[-1] + 1 + _REACH]))
    for m in _MARK.finditer(sentence, start, end):
        stance: Stance = "other"
        if m["submitted"] is not None:
            stance = "submitted"
        elif m["published"] is not None:
            stance = "published"
        elif m["weak"] is not None:
            stance = "weak"
        found.append(Mark(m.start(), m.end(), stance))
    return found


def stance_at(sentence: str, marks: list[Mark], start: int, end: int) -> tuple[Stance, int]:
    """How the name at [`start`, `end`) is to be taken, and where the mark that says so ends.

    Another version's venue stays another's for the whole sentence; "submitted" is overruled only
    by words that the paper did appear, not by "proceedings".
    """
    stance: Stance = "none"
    reach = 0
    for mark in marks:
        if mark.start >= start:
            break
        if stance == "other" or (stance == "submitted" and mark.stance == "weak"):
            continue
        if mark.stance == "weak" and stance == "published":
            reach = mark.end
            continue
        stance, reach = mark.stance, mark.end
    if stance in {"none", "weak", "published"} and _TAKEN_BACK.match(sentence, end):
        return "submitted", end
    return stance, reach
