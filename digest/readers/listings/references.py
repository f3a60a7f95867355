"""Where a journal reference ends and the next abstract begins, when nothing stands between.

`Phys.Rev.Lett.72:1584-1587,1994Solutions of the equation ...`: every place where the kind of
character changes without a blank is a candidate; each is judged by how much its left side reads
like the end of a reference and its right side like the start of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.identifiers import OPENERS

REACH = 500
"""Characters within which a journal reference has to end."""

# The character that would begin an abstract, judged by those beside it.
_CANDIDATE = re.compile(
    r"""[A-Z$"“‘(\[\\`](?:
          (?<=[0-9)\]}.].) | (?<=\S['”"’][A-Z$(\[\\`]) | (?<=[a-z][A-Z$"“\\])
          | (?<=[A-Z][A-Z])(?=[a-z]|\s[a-z]) )
      | [a-z](?<=[0-9)\]].)(?=[a-z]|[-\s])
      | \d(?: (?<=19[5-9]\d\d|20[0-3]\d\d) | (?<=\d\d)(?=D[\s-]) | (?<=[)\]}]\d) )
    """,
    re.X,
)
_LEFT = tuple(
    (re.compile(pattern), weight, re.compile(last))
    # The third is the character that such a passage ends in: it rules most clues out.
    for pattern, weight, last in (
        (r"(?<!\d)(?:19[5-9]\d|20[0-3]\d)$", 3.0, r"\d"),
        (r"\((?:[A-Za-z]{3,9}\.? )?(?:19|20)\d\d[a-z]?\)$", 3.5, r"\)"),
        (r"(?<!\d)(?:19|20)\d\d\)?[.;]$", 3.0, r"[.;]"),
        (r"(?<!\d)(?:19|20)\d\d\d$", -3.0, r"\d"),
        (r"\d\)$", 1.0, r"\)"),
        (r"(?:19|20)\d\d\)\s?\d{2,4}$", 3.0, r"\d"),
        (r"[\s,]\d+[A-Z]\d+$", 3.0, r"\d"),
        # A quotation mark right after a number opens what follows.
        (r"[\d)][\"“`]$", -5.0, r'["“`]'),
        (r"\d[-–]{1,3}[A-Z]?\d+\)?\.?$", 2.5, r"[\d.)]"),
        (r"(?:pages?|pp?\.?|Art\.?|no\.?|vol\.?|Id\.?)\s?[A-Z]?\d+\.?$", 2.0, r"[\d.]"),
        (r"(?:Article|Paper)\s(?:id\.?\s)?[A-Z]?\d+[a-z]?\.?$", 3.0, r"[\da-z]"),
        (r"[\s,:(][A-Z]{0,2}\d+$", 1.5, r"\d"),
        (r"\)$", 0.7, r"\)"),
        (r"[a-z]$", -1.0, r"[a-z]"),
        (r"[A-Z]$", -1.2, r"[A-Z]"),
        (r"\d[A-Z] \d{1,2}$", -3.0, r"\d"),
        (r" (?!USA$|UK$)[A-Z]+$", -2.5, r"[A-Z]"),
        # Initials and shortened names go on: `Phys.Rev.`, `J.`.
        (r"(?:^|[\s.,(&])[A-Z][a-z]{0,9}\.$", -2.5, r"\."),
        # A place, a publisher, a month, or the name of a journal or series may stand last.
        (r", (?:USA|UK|[A-Z][a-z]+|[A-Z][a-z]+ [A-Z][a-z]+)$", 1.5, r"[A-Za-z]"),
        # The year and the place of a meeting: `(1999), Kyoto, Japan`.
        (r"(?:19|20)\d\d\)?,(?: [A-Z][A-Za-z.]{1,15},?){1,4}$", 2.0, r"[A-Za-z.]"),
        (
            r"\b(?:Springer|Elsevier|IEEE|ACM|AMS|AIP|Press|Verlag|Wiley|Publishing|Physics|Letters)$",
            1.0,
            r"[A-Za-z]",
        ),
    )
)
_RIGHT: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), weight)
    for pattern, weight in (
        (r"[A-Z][A-Za-z0-9]*(?:[-'’][A-Za-z]+)*,? [a-z]+[,]? [a-z]", 1.5),
        (r"[A-Z][\w'’-]* (?:\$|[a-z])", 1.0),
        (r"(?:[A-Z][\w'’-]*,? ){1,4}(?:\([A-Z\w-]+\),? )?[a-z]{2,}", 1.0),
        (
            r"(?:[\w'’-]+ ){1,6}(?:is|are|was|were|has|can|we|In|the|of|a|an|for|to|in|that)\b",
            1.0,
        ),
        (r"[$\"“`\\‘]", 1.2),
        (r"In (?:19|20)\d\d,? ", 2.0),
        (r"[A-Z][a-z]*(?:\\['\"`^~=.]|[à-ÿ])", 2.0),
        (
            (
                r"(?:Background|Objectives?|Context|Aims?|Purpose|Motivation|Introduction|Methods?"
                r"|Summary|Abstract|Significance|Question|Problem)[.:]"
            ),
            4.0,
        ),
        (r"\([a-z]", 0.5),
        (r"\[[\w,; +-]{1,30}\] [a-z]", 2.5),
        (r"[B-HJ-Z] [a-z]", -2.5),
        (r"\(Abridged\)|\[[Aa]bridged\]|\(abridged\)", 3.0),
        (r"\d+[-+]?[A-Za-z]+ [a-z]+ [a-z]", 0.6),
        (r"\d[DGd][\s-]", 2.0),
        (r"[a-z]+[- ][a-z]+ [a-z]", 0.2),
        (r"[a-z]{1,3}(?:[\s.),;:]|$)", -2.0),
        # What is still a reference: shortened names, volumes, years, page ranges.
        (r"(?:[A-Z][A-Za-z]*\.){1,6}", -2.5),
        (r"[A-Za-z.]{1,12}\s?\d+[:,(\-]", -2.5),
        (
            r"(?:Vol|No|Issue|Part|Pages?|Proc|Conf|Journal|Lett|Phys|Math|Rev|Ed|Eds|Ser|Suppl)\b",
            -2.0,
        ),
        (r"(?:IEEE|ACM|Springer|Elsevier|LNCS|In:|ISBN|ISSN|Erratum|erratum)", -2.5),
        (r"[A-Z]{1,8}(?:[\s:,.;()]*\d|$)", -1.5),
        (r"\d+[\s,.;:)]*(?:$|\d)", -2.0),
        (r"\d{2,4}[A-Z$\"\\(]", -3.0),
        (r"\(\d{1,4}\)", -4.0),
        (r"[A-Z]{1,3}\d{1,6}[A-Z][a-z]", -3.0),
    )
)
_OPENER = re.compile(r"[A-Z][a-z]*")
_SENTENCE_WORDS = re.compile(
    r"\b(?:we|is|are|was|were|be|been|show|shows|shown|that|which|this|these|has|have|our|can|it|by"
    r"|from|using|as|a|an)\b"
)
_REFERENCE_SIGNS = re.compile(r"\d{2}|[A-Z][a-z]*\.")
_REFERENCE_START = re.compile(
    r"(?:In:? )?(?:the )?(?:Proc(?:eedings|\.)|Journal|Phys|J\.|IEEE|ACM|Trans|Annals|Ann\.|Comm"
    r"|Adv|Lect|Int\.|Eur|Conf|Workshop|Nucl|Astro|Bull|Acta|Math\.|Am\.|Amer|Vol|pp)"
    r"|[A-Z][A-Za-z&. ]{0,60}?,?\s?(?:[Vv]ol\.?\s?)?\d|(?:19|20)\d\d[,. ]"
)
_PROSE_AHEAD = 160


def reference_end(text: str, start: int, end: int, *, may_be_absent: bool) -> int:
    """Where the journal reference that starts at `start` ends; `end` is the end of its line.

    Gives `start` where there is no reference but an abstract (only if `may_be_absent`), and `end`
    where the whole line is the reference. Looks at `REACH` characters at most.
    """
    stop = min(end, start + REACH)
    best, best_score = end, _whole(text, start, end)
    if may_be_absent:
        score = _prose_score(text, start, end)
        score -= 5.0 * bool(_REFERENCE_START.match(text, start, stop))
        if score > 1.5 and score - 1.5 > best_score:
            best, best_score = start, score - 1.5
    words = 0
    counted = start
    for m in _CANDIDATE.finditer(text, start + 1, stop):
        at = m.start()
        # Each word of a sentence in the reference makes it less of one.
        words += len(_SENTENCE_WORDS.findall(text, counted, at))
        counted = at
        if words > 8:
            break
        score = (
            _left_score(text[max(start, at - 40) : at])
            + _prose_score(text, at, end)
            - 1.2 * words
            - (0.0 if _REFERENCE_SIGNS.search(text, start, at) else 2.0)
            - 3.0 * (text.count("(", start, at) != text.count(")", start, at))
        )
        if score > best_score:
            best, best_score = at, score
    return best


def _whole(text: str, start: int, end: int) -> float:
    """How well text[start:end] does as a reference without an abstract after it."""
    length = end - start
    if length > REACH:
        return -4.0
    passage = text[start:end]
    score = 3.0 - length / 100 - 1.2 * len(_SENTENCE_WORDS.findall(passage))
    return score + _left_score(passage[-40:]) / 2


def _prose_score(text: str, at: int, end: int) -> float:
    """How much text[at:end] reads like an abstract from its first word on."""
    ahead = text[at : min(end, at + _PROSE_AHEAD)]
    if len(ahead) < 20:
        return -3.0
    score = sum([weight for clue, weight in _RIGHT if clue.match(ahead)])
    first = _OPENER.match(ahead)
    if first and first[0] in OPENERS and ahead[first.end() : first.end() + 1] in " ,-":
        score += 2.0
    words = ahead.split()
    plain = sum(word.strip(",.;:()").isalpha() and word[0].islower() for word in words)
    return score + 4.0 * plain / len(words) - 1.0


def _left_score(passage: str) -> float:
    """How much `passage` reads like the end of a reference."""
    return sum([weight for clue, weight in _clues_of(passage[-1:]) if clue.search(passage)])


@lru_cache(maxsize=256)
def _clues_of(last: str) -> list[tuple[re.Pattern[str], float]]:
    """The clues that a passage may hold whose `last` character this is."""
    # Where patterns look for the end, a line break may follow it.
    return [
        (clue, weight) for clue, weight, lasts in _LEFT if last == "\n" or lasts.fullmatch(last)
    ]
