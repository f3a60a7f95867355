"""Names of venues that no list holds, read by their form: events, and journals."""

from __future__ import annotations

import re
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATED = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’]*(?:/[A-Z]\w*)?\.?|\d{1,3}(?:st|nd|rd|th)|&|of|on|in|and|for|the|to|over|"
    r"de|des|du|la|le|et|der|die|und|für|its|their|with|d['’]\w+|l['’]\w+)"
    r"(?:[ -]+|(?<=\.)|$|(?=\W))"
)
_SMALL = _words(
    "of on in and for the to over de des du la le et der die und für its their with & a"
)
_EVENT = re.compile(
    r"\b(?:Conference|Symposium|Workshops?|Congress|Colloquium|Seminar|Summit|Conf\.|Symp\.)(?=\W|$)"
)
_JOURNAL = _words(
    "journal j transactions trans letters lett annals ann annales annali acta bulletin bull "
    "review reviews rev archiv archives arch mathematica notices magazine mag quarterly quart "
    "monthly communications commun comm advances adv soc society acad academy zeitschrift "
    "annalen mathematicae mathematicum revista rendiconti izvestiya sbornik gazette frontiers "
    "studies astronomy physics phys math chem sci"
)
_EVENT_WORDS = _words("conference symposium workshop workshops congress conf symp school")
_PUBLISHER = _words("springer elsevier wiley ieee acm birkhauser birkhäuser press")
_NO_JOURNAL = _words(
    "thesis phd ph.d dissertation university press report preprint chapter lecture lectures "
    "notes world scientific springer book volume edited eds ed pages doi http https arxiv"
)
_LEAD = re.compile(
    r"^(?:\W|(?:in|the|of|at|on|for|annual|to|published|presented|accepted|appears?|invited|talk|"
    r"contribution)\b(?!-)|proc(?:eedings)?\b\.?|\d{4}\b|"
    r"\d{1,3}(?:st|nd|rd|th)\b|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|"
    r"[A-Z][a-z]{2,11}(?:th|ieth)|[IVXL]{1,6}(?:th|st|nd|rd)?)\b(?![-.]))+",
    re.I,
)
_ACRONYM = re.compile(
    r"\W{0,3}[(\[]\s*(?:(?:IEEE|ACM)[ -])?([A-Z][A-Za-z&]{0,12}[A-Z][A-Za-z]{0,4})"
    r"(?:[ ,'’‘-]{0,3}((?:19|20)\d\d|(?<=['’‘-])\d\d)|\d)?\s*(?:[)\]]|(?<=[A-Z]{4}),)"
)
# "Conference on Software, Knowledge Management and Applications": the end of a name.
_REST_OF_LIST = re.compile(
    r"(?:, (?:[A-Z][a-z-]{2,20} ?){1,4}){0,3},? (?:and|&) [A-Z][a-z-]{2,20}"
    r"(?: [A-Z][a-z-]{2,20}){0,3}"
)
_LISTED = re.compile(r", [A-Za-z][A-Za-z, -]{3,110}(?= \()")
_TAIL = re.compile(
    r"(?: (?:No|Vol|Proceedings|Proc|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?){1,3}$"
)
_YEAR_AFTER = re.compile(r"[\s,(:]{1,3}((?:19|20)\d\d)(?![\d:]|-\d)")
_YEAR_WITHIN = re.compile(r"\b((?:19|20)\d\d)\b")
_START = re.compile(
    r"(?:\W|\b(?:in|by|for|at|to|as|a|an|the|on|publication|journal|issue|of|"
    r"special|regular|full|short|letter|article|paper|final|form|revised)\b)*"
)


class Event(NamedTuple):
    """A meeting named in a text. Offsets count characters of the text."""

    start: int
    end: int
    name: str
    year: int | None


def read_event(text: str) -> list[Event]:
    """The conferences, symposia and workshops that `text` names in full.

    The label is the acronym in brackets behind the name, where there is one; else the name without
    ordinal and year.
    """
    found: list[Event] = []
    last = 0
    for word in _EVENT.finditer(text):
        if word.start() < last:
            continue
        begin = _run_before(text, word.start(), max(last, word.start() - 160))
        end = _run_after(text, word.end())
        last = end
        whole = text[begin:end]
        within = _YEAR_WITHIN.search(whole)
        year = int(within[1]) if within else None
        name = _LEAD.sub("", _YEAR_WITHIN.sub(" ", whole)).strip(" .,:-&'\"")
        name = _TAIL.sub("", " ".join(name.split()))
        name = _drop_small_ends(name)
        acronym = _ACRONYM.match(text, end)
        if acronym is None and (far := _LISTED.match(text, end)):
            # "… on Simulation, Modeling and Programming (SIMPAR)": letters of the name.
            later = _ACRONYM.match(text, far.end())
            if later is not None and _is_drawn_from(later[1], whole + far[0]):
                acronym = later
        elif acronym is None and (list_ := _REST_OF_LIST.match(text, end)):
            name, end = name + list_[0], list_.end()
        if acronym:
            name = acronym[1]
            end = acronym.end()
            if acronym[2]:
                year = _full(acronym[2])
        elif len(name.split()) < 3 or len(name) > 100:
            continue
        if year is None and (after := _YEAR_AFTER.match(text, end)):
            year = int(after[1])
        found.append(Event(begin, end, name, year))
    return found


def _is_drawn_from(acronym: str, name: str) -> bool:
    letters = iter(name.lower())
    return all(c in letters for c in acronym.lower())


def _full(short: str) -> int:
    n = int(short)
    return n if n > 99 else n + (1900 if n >= 50 else 2000)


def _run_before(text: str, end: int, floor: int) -> int:
    """Where the run of capitalised words that leads up to `end` begins."""
    begin = end
    for word in reversed(list(re.finditer(r"[^\s(),;:\"“]+", text[floor:end]))):
        gap = text[floor + word.end() : begin]
        if gap.strip() or not (word[0][0].isupper() or word[0][0].isdigit() or word[0] in _SMALL):
            break
        if word[0].endswith(".") and len(word[0]) > 5:
            break
        begin = floor + word.start()
    lead = re.match(r"(?:(?:of|on|in|and|for|the|to|with|&|a)\s+)+", text[begin:end])
    return begin + lead.end() if lead else begin


def _run_after(text: str, begin: int) -> int:
    """Where the run of capitalised words that follows `begin` ends."""
    end = begin
    at = begin
    gap = re.compile(r"[ .-]{0,2}")
    for _ in range(16):
        at = gap.match(text, at).end()  # type: ignore[union-attr]  # it matches even nothing
        m = _ABBREVIATED.match(text, at)
        if m is None:
            break
        at = m.end()
        if m[0].strip() not in _SMALL:
            end = m.start() + len(m[0].rstrip(" -"))
        if m[0].rstrip().endswith(".") and len(m[0].strip()) > 5:
            break
    return end


def _is_plain_title(words: list[str], rest: str) -> bool:
    """`Economic Thought, 2023, 20 (6)`: whole words, then a year and a volume."""
    return (
        len(words) <= 8
        and not {w.lower().strip(".") for w in words} & _NO_JOURNAL
        and all(len(w) > 3 or w in _SMALL for w in words)
        and len(re.findall(r"\d+", rest[:60])) >= 2
    )


def _drop_small_ends(name: str) -> str:
    words = name.split()
    while words and words[-1].lower() in _SMALL:
        words.pop()
    return " ".join(words)


def read_journal(text: str, begin: int, *, leading: bool = False) -> str | None:
    """The journal that `text` names at `begin`, by its form; None where it has not that form.

    A name is a run of capitalised or abbreviated words, one of which is a word of journals
    (`Azerbaijan Journal of Mathematics`, `Bull. Iranian Math. Soc.`). With `leading` it opens a
    reference and a number must follow (`Econ. Thought 20, 6`).
    """
    at = begin
    if not leading:
        at = _START.match(text, begin, min(len(text), begin + 120)).end()  # type: ignore[union-attr]  # it matches even nothing
    words: list[str] = []
    while len(words) < 14 and (m := _ABBREVIATED.match(text, at)):
        words.append(m[0].strip(" -"))
        at = m.end()
        whole_word = words[-1].endswith(".") and len(words[-1]) > 7
        if whole_word or re.match(r"(?:19|20)\d\d", text[at : at + 4]):
            break
    while words and (words[-1] in _SMALL or words[-1].lower() in _PUBLISHER):
        words.pop()
    while words and words[0] in _SMALL | {"The"}:
        words.pop(0)
    plain = [w.lower().strip(".") for w in words]
    if leading and not re.match(
        r"[\s,.:;(]{0,4}(?:vol\S{0,5}\s?|no\S{0,3}\s?|v\.\s?)?\d", text[at:], re.I
    ):
        return None
    enough = 2 <= len(words) <= 13 and 5 <= sum(map(len, words)) <= 100
    if not enough or set(plain) & _EVENT_WORDS or (plain[0] in _PUBLISHER and len(plain) < 3):
        return None
    if re.match(r"\d|Vol", words[0]) or not (
        set(plain) & _JOURNAL or (leading and _is_plain_title(words, text[at:]))
    ):
        return None
    if not leading and not set(plain) & (_JOURNAL - {"physics", "phys", "math", "chem", "sci"}):
        return None
    name = re.sub(r"\.(?=[^\W\d_])", ". ", " ".join(words)).strip(" ,;:-")
    # "special issue Foo of the International Journal of Bar": the journal is the last.
    name = re.split(r" of the (?=(?:[A-Z]\w+ )?(?:Journal|Transactions|Annals)\b)", name)[-1]
    return name.rstrip(".") if re.search(r"[a-z]{5,}\.$", name) else name
