"""What a passage of an unknown layout looks like: a title, names, an abstract, an identifier …

A kind is a guess about one passage alone, from its form; what makes it sure is that it comes again
and again (`repeats`).
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum

from msgspec import Struct

from digest.readers.bylines import name_share
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.labels import CATEGORIES
from digest.readers.listings.languages import find_date, find_year


class Kind(StrEnum):
    """What a unit looks like."""

    RULE = "rule"
    NUMBER = "number"
    TITLE = "title"
    NAMES = "names"
    NAME = "name"
    """A single name, or a short title in capitals: its place decides."""
    ABSTRACT = "abstract"
    IDENTIFIER = "identifier"
    DATE = "date"
    VENUE = "venue"
    LINK = "link"
    BUTTON = "button"
    NOTE = "note"
    OTHER = "other"


class Unit(Struct):
    """A piece of the text, with what its form says."""

    start: int
    end: int
    value: int
    """Where the words begin, behind bullet, number and label."""
    stop: int
    """Where the words end; before `end` where a mark parts the unit from the next cell."""
    words: str
    """The words, white space folded, at most `HEAD` characters of them."""
    kind: Kind = Kind.OTHER
    role: str | None = None
    """The field that a label names; "" for a label of none of ours, None without a label."""
    marker: str = ""
    gap: int = 0
    """Blank lines before it."""
    indent: int = 0
    tail: int = 0
    """Blanks before its last line."""
    last: int = 0
    """Where its last line begins."""
    cell: int = 0
    """1 for the first cell of a line of cells, and so on; 0 for a whole line."""
    listed: bool = False
    """Whether each of its lines is a name of its own."""


HEAD = 4000

NUMBER = re.compile(
    r"(?:(?:No\.?|Nr\.?|Paper|Entry|N°|Item)\s{0,2})?[\[(#]{0,2}\d{1,5}[\]).:]{0,2}", re.I
)

_WORD = re.compile(r"[^\W\d_]{2,}")

STOP = re.compile(r"[.!?。！？](?=\s|$)|[。！？]")

_PROSE = re.compile(
    r"\b(?:we|is|are|was|were|has|have|our|this|that|which|these|can|it|wir|ist|sind|wird|nous|est"
    r"|sont|cette)\b|的|了|是",
    re.I,
)

_ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?[:/\s](?:abs/|pdf/)?\s?)?(?:\d{4}\.\d{4,5}|[a-z-]{2,8}(?:\.[A-Z]{2})?/\d{7})"
    r"(?:v\d{1,2})?(?![\d.]\d)|arxiv\.org/", re.I,
)  # fmt: skip

_DOI = re.compile(r"\b10\.\d{4,9}/\S{2,200}")

_LINK = re.compile(r"https?://\S{3,2000}|www\.\S{3,2000}", re.I)

VENUE_WORD = re.compile(
    r"\b(?:proceedings|proc\.|conference|conf\.|journal|j\.|workshop|transactions|trans\.|letters"
    r"|lett\.|review|rev\.|symposium|annals|bulletin|acta|archiv|zeitschrift|tagung|tagungsband"
    r"|konferenz|actes|revue|in:|vol\.?|pp\.|preprint|press|lncs|ieee|acm|springer|elsevier"
    r"|to appear|accepted|university|universität|phys|astron|math)\b"
    r"|会议|期刊|学报",
    re.I,
)

_JOURNAL = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][a-z]+ ){0,3}(?:Journal|Transactions|Proceedings|Annals|Bulletin|Letters"
    r"|Revue|Zeitschrift|Rivista|Revista)(?: (?:of|on|in|für|de|der|des|della)\b[^:.?!]{0,70})?"
    r"|Acta [A-Z][^:.?!]{0,40}"
)

_ACRONYM = re.compile(
    r"\b[A-Z][A-Za-z]{0,9}[A-Z]{1,9}[a-z]?(?:[\s-][A-Z]{2,8})?\s?(?:['’]\d\d\b|(?:19|20)\d\d)"
)

_BUTTON = re.compile(
    r"(?:[\W_]{0,4}\b(?:pdf|supp(?:lementary|lemental)?|material|bibtex|bib|code|arxiv|videos?|posters?"
    r"|slides|project|page|abstract|paper|openreview|data(?:set)?|links?|website|oral|spotlight"
    r"|doi|hide|show|html|abs|cite|save|share|download|read|more|full|text|details|volltext|texte"
    r"|mehr|lire|suite|zitieren|下载|引用|全文|copy|export|award|demo|github|comments?|likes?)\b){1,10}"
    r"[\W_\d]{0,8}",
    re.I,
)  # fmt: skip

_STAMP = re.compile(
    r"(?:[^:\n]{1,40}?\s?[—–,-]?\s?)?[\[(]?(?:(?:today|yesterday|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}),?\s(?:at\s)?)?"
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?[\])]?",
    re.I,
)
"""What stands above a message in a chat: who wrote it and when."""

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "《": "》", "「": "」", "『": "』"}

_DIGITS = re.compile(r"\d+|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{2,6})?\b")

_NUMBERED = re.compile(r"\b(?:Volume|Vol\.?|Band|Tome|Issue|Heft)\s?\d", re.I)

_CUT = re.compile(r"\s?(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")

_SHORT = 200

_MAY_REPEAT = frozenset([Kind.TITLE, Kind.OTHER, Kind.NAME])

_KIND_OF_ROLE = {
    "title": Kind.TITLE, "authors": Kind.NAMES, "abstract": Kind.ABSTRACT, "venue": Kind.VENUE,
    "journal_ref": Kind.VENUE, "date": Kind.DATE, "updated": Kind.DATE, "doi": Kind.IDENTIFIER,
    "eprint": Kind.IDENTIFIER, "link": Kind.LINK,
}  # fmt: skip


def share_of_names(words: str) -> tuple[float, int]:
    """`bylines.name_share`, which is not asked where most words begin in lower case."""
    head = words[:400].split()[:16]
    low = sum(word[0].islower() for word in head)
    return (0.0, 0) if low * 2 > len(head) else name_share(words)


def judge_repeated(units: list[Unit]) -> None:
    """What a page says again and again, in the same words or with other numbers, is its furniture
    or the name of a journal."""
    counts = Counter(_masked(unit.words) for unit in units if unit.kind in _MAY_REPEAT)
    for unit in units:
        least = max(3, len(units) // 12) if unit.kind is Kind.NAME else 3
        if unit.kind in _MAY_REPEAT and counts[_masked(unit.words)] >= least:
            unit.kind = Kind.VENUE if VENUE_WORD.search(unit.words) else Kind.BUTTON


def _masked(words: str) -> str:
    return _DIGITS.sub("0", words)


def judge(unit: Unit) -> None:
    if unit.role is not None:
        unit.kind = _KIND_OF_ROLE.get(unit.role, Kind.NOTE)
        return
    words = unit.words
    if not any(c.isalnum() for c in words):
        unit.kind = Kind.RULE
    elif NUMBER.fullmatch(words) and not (find_year(words) and len(words) == 4):
        unit.kind = Kind.NUMBER
    else:
        unit.kind = kind_of_words(words)


def plain_kind(words: str) -> Kind | None:
    """The kind of a line that is nothing but an address, an identifier, a date or a button."""
    if len(words) >= _SHORT:
        return None
    rest = _LINK.sub(" ", words)
    if len(rest) < len(words) and len(_WORD.findall(rest)) <= 3:
        return Kind.IDENTIFIER if _ARXIV.search(words) or _DOI.search(words) else Kind.LINK
    rest = _DOI.sub(" ", _ARXIV.sub(" ", words))
    if len(rest) < len(words) and len(_WORD.findall(rest)) <= 5:
        return Kind.IDENTIFIER
    if _BUTTON.fullmatch(words) or _STAMP.fullmatch(words):
        return Kind.BUTTON
    found = find_date(words)
    if found and len(words) - (found[2] - found[1]) <= 25:
        return Kind.DATE
    if words.strip("()[].") == find_year(words):
        return Kind.DATE
    if CATEGORIES.fullmatch(words):
        return Kind.NOTE
    return Kind.BUTTON if is_furniture(words) else None


def kind_of_words(words: str) -> Kind:
    plain = plain_kind(words)
    if plain is not None:
        return plain
    share, count = share_of_names(words[:3000])
    if count >= 2 and share >= 0.75:
        return Kind.NAMES
    wide = sum(c >= "\u2e80" for c in words)
    size = len(words) + 2 * wide
    prose = len(_PROSE.findall(words))
    ended = STOP.search(words[-2:]) is not None
    stops = len(STOP.findall(words))
    if size >= (60 if prose or stops else 100) and _CUT.search(words[-6:]):
        # The first words of an abstract, as results show them.
        return Kind.NOTE
    if size >= _SHORT and (stops >= 1 or prose >= 2):
        return Kind.ABSTRACT
    if size >= 90 and ended and prose >= 2:
        return Kind.ABSTRACT
    if len(words) < _SHORT and find_year(words.replace("'", " 20")) and (
        VENUE_WORD.search(words) or _ACRONYM.search(words)
    ):  # fmt: skip
        return Kind.VENUE
    if len(words) < 40 and _ACRONYM.fullmatch(words):
        return Kind.VENUE
    if len(words) < _SHORT and _NUMBERED.search(words) and (VENUE_WORD.search(words) or prose == 0):
        return Kind.VENUE
    if len(words) < 100 and _JOURNAL.fullmatch(words):
        return Kind.VENUE
    if count == 1 and share == 1.0:
        return Kind.NAME
    tokens = words.split()
    if 2 <= len(tokens) + wide // 2 <= 40 and not (ended and words[-1] in ".。") and size < 400:
        return Kind.TITLE
    return Kind.OTHER


def unquoted(words: str) -> str:
    """`words` without bold marks, or the quotation marks that enclose all of them."""
    for mark in ("**", "__"):
        if words.startswith(mark) and words.endswith(mark) and len(words) > 4:
            words = words[2:-2].strip()
    closer = _QUOTES.get(words[:1])
    if closer and words[-1:] == closer and words.count(closer) <= 2 and len(words) > 2:
        inner = words[1:-1]
        if closer not in inner and words[0] not in inner:
            return inner.strip()
    return words
