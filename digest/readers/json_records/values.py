"""JSON values and cells of tables turned into a record's fields, whatever their writer's habits."""

from __future__ import annotations

import datetime as dt
import html
import re
from functools import lru_cache
from typing import Any

from digest.identifiers import OLD_ARCHIVES, Eprint, match_arxiv, parse_arxiv, parse_doi
from digest.readers.fields import read_date as read_printed_date
from digest.readers.fields import read_paragraphs as join_paragraphs
from digest.readers.listings.lines import LONGEST
from digest.text import fold

_LONGEST_LINE = 5_000
_SHORT = 200
_MANY = 20_000
_MOST_TAGS = 500
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n\s*\n|\r\s*\r")
_INNER = ("value", "text", "display_name", "name", "label", "title", "raw", "#text", "category")

_DAY = re.compile(r"(\d{4})(?:([-/.])(\d\d?)(?:\2(\d\d?))?)?(?=$|[T\s/])/?")
_PARTS = ("year", "month", "day")
_SHORT_DAY = 32
_EPOCH_MS = (10**11, 4 * 10**12)
_EPOCH = (10**8, 4 * 10**9)
_YEARS = (1500, 2199)
_FIRST_DAY, _LAST_DAY = f"{_YEARS[0]}-01-01", f"{_YEARS[1]}-12-31"

_TAGS = re.compile(
    r"</?(?:jats:|mml:|xhtml:|h\d?:)?(p|sec|div|br|li|ul|ol|list|list-item|label|title|i|b|u|em|strong"
    r"|italic|bold|sub|sup|sc|small|span|a|tt|monospace|underline|ext-link|inline-formula"
    r"|disp-formula|alternatives|tex-math|xref|math|mrow|mi|mo|mn|msub|msup|msubsup|mfrac|mtext"
    r"|msqrt|mover|munder|mspace|semantics|mstyle|mfenced|mtable|mtr|mtd)(?:\s[^<>]{0,1000})?/?>",
    re.I,
)
_BLOCKS = frozenset("p sec div br li ul ol list list-item title".split())
_HEAD = re.compile(r"<(?:jats:)?title>\s*(?:abstract|summary)\.?\s*</(?:jats:)?title>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,30});")
_MARKED = re.compile(r"\s*<(?:jats:)?(?:p|div|sec|title|abstract)\b", re.I)


def tidy(text: str) -> str:
    """`text` on one line; half a surrogate pair, which is no character, becomes U+FFFD."""
    if text.isascii():
        # Searching for each is several times cheaper than folding, and most texts have none.
        if "\n" in text or "\t" in text or "\r" in text or "  " in text or _has_odd_space(text):
            return " ".join(text.split())
        return text.strip()
    if text.isprintable():  # no surrogates, and no white space but the blank
        return " ".join(text.split()) if "  " in text else text.strip()
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return " ".join(text.split())


def _has_odd_space(text: str) -> bool:
    return (
        "\x0b" in text or "\x0c" in text or "\x1c" in text
        or "\x1d" in text or "\x1e" in text or "\x1f" in text
    )  # fmt: skip


def _inner(value: Any) -> Any:
    """The text in a list of one, or in a mapping such as `{"value": ...}`."""
    for _ in range(4):
        if isinstance(value, list):
            value = next((v for v in value if v not in (None, "", [], {})), None)
        elif isinstance(value, dict):
            value = next((value[k] for k in _INNER if value.get(k) not in (None, "")), None)
        else:
            break
    return value


def read_line(value: Any, *, markup: bool = False) -> str | None:
    """`value` as one line; None where it holds no text, or more than a line can hold."""
    if not value:
        return None
    if type(value) is not str:
        value = _inner(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            return None
    if not markup and len(value) < _SHORT:
        if value.isprintable() and "  " not in value:  # no white space but single blanks
            return value.strip(" ") or None
        if value.isascii():
            return " ".join(value.split()) or None
    if len(value) > _LONGEST_LINE:
        return None
    if markup:
        value = plain(value)
    return tidy(value) or None


def read_abstract(value: Any, *, markup: bool = False) -> str | None:
    """`value` with its paragraphs; an inverted index (word to places) is turned round."""
    if isinstance(value, dict) and "value" not in value and "text" not in value:
        value = _turn_round(value)
    elif isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) for v in value):
        value = "\n\n".join(value)
    elif type(value) is not str:
        value = _inner(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    if markup or ("<" in value and _MARKED.match(value)):
        value = plain(value)
    if "\n" in value:
        # Lines of a wrapped text, joined: without two blanks in a row no blank line was there.
        joined = value.strip().replace("\n", " ")
        if joined.isascii() and "  " not in joined and joined.isprintable():
            return joined or None
    if ("\n" in value or "\r" in value) and _BLANK_LINE.search(value):
        return join_paragraphs(_SURROGATE.sub("\ufffd", value))
    return tidy(value) or None


def _turn_round(index: dict[Any, Any]) -> str | None:
    places: dict[int, str] = {}
    for word, at in index.items():
        if not isinstance(at, list) or len(places) > _MANY:
            return None
        places.update((n, word) for n in at if isinstance(n, int) and not isinstance(n, bool))
    return " ".join(places[n] for n in sorted(places)) or None


def plain(text: str) -> str:
    """`text` without the markup of publishers: their elements and character references."""
    if "<" not in text and "&" not in text:
        return text
    for _ in range(2):  # what was escaped twice shows its elements after the first pass
        text = _TAGS.sub(_tag, _HEAD.sub("", text))
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    return _TAGS.sub(_tag, text)


def _tag(m: re.Match[str]) -> str:
    return "\n\n" if m[1].lower() in _BLOCKS else ""


# -------------------------------------------------------------------------------------- dates


def read_day(value: Any) -> str | None:
    """A date as EDTF, from any of the ways in which exports write dates."""
    if isinstance(value, str):
        return _day_in(value) if len(value) > _SHORT_DAY else _known_day(value)
    for _ in range(4):
        if isinstance(value, dict):
            if "year" in value:
                value = [value.get(part) for part in _PARTS]
                break
            names = ("date-parts", "date-time", "value", "$date", "raw", "literal", "date", "start")
            value = next((value[k] for k in names if value.get(k)), None)
        elif isinstance(value, list) and value and isinstance(value[0], (list, dict)):
            value = value[0]
    if isinstance(value, str):
        return _day_in(value) if len(value) > _SHORT_DAY else _known_day(value)
    if isinstance(value, list):
        return _day_of(value[:3])
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_of_number(value)
    return None


def _day_in(text: str) -> str | None:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            day = dt.date.fromisoformat(text).isoformat()
        except ValueError:
            day = ""
        if day == text and _FIRST_DAY <= day <= _LAST_DAY:
            return day
    text = text.strip()
    if m := _DAY.match(text):
        return _day_of([m[1], m[3], m[4]])
    return read_printed_date(fold(text)) if len(text) < 60 else None


# The same days return in every file; short texts alone, so that what is kept stays small.
_known_day = lru_cache(maxsize=1 << 14)(_day_in)


def _day_of(parts: list[Any]) -> str | None:
    numbers: list[int] = []
    for part in parts:
        text = str(part).strip()
        if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) == 0:
            break
        numbers.append(int(text))
    if not numbers or not _YEARS[0] <= numbers[0] <= _YEARS[1]:
        return None
    try:
        day = dt.date(numbers[0], *[*numbers[1:], 1, 1][:2]).isoformat()
    except ValueError:
        return None
    return day[: (4, 7, 10)[len(numbers) - 1]]


def _day_of_number(number: float) -> str | None:
    if _YEARS[0] <= number <= _YEARS[1]:
        return str(int(number))
    if _EPOCH_MS[0] <= number <= _EPOCH_MS[1]:
        number /= 1000
    elif not _EPOCH[0] <= number <= _EPOCH[1]:
        return None
    return dt.datetime.fromtimestamp(number, dt.UTC).date().isoformat()


# -------------------------------------------------------------------------------- identifiers


# What nearly all are, in forms that need no closer look; identifiers.match_arxiv knows the rest.
_EPRINT = re.compile(
    r"(?:0[89]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{3}[1-9]"
    r"|(?:1[5-9]|[2-4][0-9])(?:0[1-9]|1[0-2])\.[0-9]{4}[1-9]"
    r"|([a-z]{1,8}(?:-[a-z]{2,4})?)/(?:9[1-9]|0[0-6])(?:0[1-9]|1[0-2])[0-9]{3}"
)

match_plain_eprint = _EPRINT.fullmatch
"""Group 1 is the archive of an identifier of the old form."""


def read_eprint(value: Any) -> Eprint | None:
    """An arXiv identifier, bare or in an address."""
    if isinstance(value, (list, dict)):
        value = _inner(value)
    if not isinstance(value, str) or len(value) >= _SHORT:
        return None
    m = _EPRINT.fullmatch(value)
    if m and (m[1] is None or m[1] in OLD_ARCHIVES):
        return Eprint(value, None)
    bare = match_arxiv(value)
    return bare[0] if bare and bare[1] == len(value) else parse_arxiv(value.strip())


# Bare and without anything to strip off its end: nearly every field that is named for it.
_BARE_DOI = re.compile(r"10\.[0-9]{4,9}/[\w.:;()/<>-]{0,298}[A-Za-z0-9]", re.ASCII)
_DOI_IN_PAGE = re.compile(r"\s*https?://[^\s?#]{1,100}?/(10\.\d{4,9}/[^\s?#]+)\s*$")


def read_doi(value: Any) -> str | None:
    """A DOI, bare or in an address; the first where there are several."""
    if isinstance(value, (list, dict)):
        value = _inner(value)
    if not isinstance(value, str) or not value or len(value) > 2000:
        return None
    if _BARE_DOI.fullmatch(value):
        return value
    if doi := parse_doi(value):
        return doi
    if m := _DOI_IN_PAGE.match(value):
        return parse_doi(m[1])
    parts = (part.rstrip(",;") for part in value.split()[:4])
    return next(filter(None, map(parse_doi, parts)), None)


def read_tags(value: Any) -> list[str]:
    """Keywords: a list of texts or of mappings with a name, or a text that parts them."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            return []
        if value[:1] == "[" and value.rstrip()[-1:] == "]":
            value = split_listed(value)
        elif "|" in value or ";" in value or "," in value:
            value = _split_tags(value)
        else:
            parts = value.split()
            value = parts if all(_CATEGORY.fullmatch(part) for part in parts) else [value]
    elif isinstance(value, dict):
        value = value.get("value", [value])
        if isinstance(value, str):
            value = _split_tags(value)
    if not isinstance(value, list):
        return []
    if plain_tags := _plain_words(value):
        return plain_tags
    tags: list[str] = []
    for item in value[:_MOST_TAGS]:
        tag = read_line(item)
        if tag and len(tag) <= _SHORT:
            tags.append(tag.lstrip("#"))
    return tags


def _plain_words(tags: list[Any]) -> list[str]:
    """`tags` themselves where each is one plain word, as most are; else nothing."""
    try:
        joined = "  ".join(tags)
    except TypeError:
        return []
    alone = joined.isprintable() and joined.count(" ") == 2 * len(tags) - 2
    return tags if alone and "#" not in joined and len(joined) <= _SHORT and all(tags) else []


def _split_tags(text: str) -> list[str]:
    """`text` parted at bars, else at semicolons, else at commas that stand in no brackets."""
    for mark in ("|", ";"):
        if mark in text:
            return text.split(mark)
    return _TAG.findall(text)


_TAG = re.compile(r"(?:[^,(]|\([^()]*\)?)+")
_CATEGORY = re.compile(r"[a-z-]{2,9}(?:\.[A-Za-z-]{2,10})?")
_LISTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def split_listed(text: str) -> list[str]:
    """The texts of a list that was printed into one text: `['Owl, Ada', "O'Hara, B."]`."""
    return [re.sub(r"\\(['\"\\])", r"\1", m[1] or m[2] or "") for m in _LISTED.finditer(text)]
