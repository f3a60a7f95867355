"""What reference managers write about a paper, whatever their format: dates, names of months,
identifiers inside other fields, volume and pages."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

from digest.identifiers import Eprint, match_arxiv, match_doi, parse_arxiv, parse_doi
from digest.text import fold

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_MONTH = re.compile(
    r"(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_FAR = 2_000
"""Characters of a field in which an identifier is looked for."""
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_NAMED = re.compile(r"arxiv(?:\.org)?(?:\s?[:./]|\s)\s?(?:abs|pdf|html)?/?\s?|(?<![\w/])abs/", re.I)
_PREPRINT_LEAD = re.compile(
    r"(?:\W|(?:(?:e-?|pre-?)?prints?|available|online|at|from|on|in|as|also|version|corr|see"
    r"|technical|report|tech|rep|https?|www|export|url|publication|title)(?![a-z])){0,30}+",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:comment(?:s|ary)? (?:on|to)|repl(?:y|ies)|response|rejoinder|discussion of|addendum"
    r"|errat|corrig|companion|sequel|continu|extend|extension|follow|builds?|based|supersed|cf|compare"
    r"|translat|see also|other)",
    re.I,
)
_CLAUSE = re.compile(r"[.;,:\n]\s|[()\[\]]")
_INLINE = re.compile(
    r"</?(?:jats:)?(?:i|b|u|a|em|strong|su[bp]|span|italic|bold|sc|tt|code|small|font|title)"
    r"(?: [^<>]{0,300})?>",
    re.I,
)
_BREAK = re.compile(
    r"</?(?:jats:)?(?:p|br|div|section|sec|ul|ol|li|h[1-6]|tr|td|table|blockquote)"
    r"(?: [^<>]{0,300}| ?/)?>",
    re.I,
)
_ENTITY = re.compile(r"\\?&(?:[a-zA-Z]{2,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_DOI_IN_PAGE = re.compile(r"https?://[^\s?#]{1,100}?/(10\.\d{4,9}/[^\s?#]+)\s*$")
_DOI_HOST = re.compile(
    r"(?<![\w.-])(?:dx\.)?doi\.[a-z]+(?:\.[a-z]+)?/(?=10\.\d)|\bdoi\s?[:=]\s?", re.I
)


def month_of(text: str) -> int | None:
    """The number of the first month that `text` names, by word or as nothing but its number."""
    if m := _MONTH.search(text):
        return _MONTHS[m[1][:3].lower()]
    bare = text.strip()
    return int(bare) if _NUMBER.fullmatch(bare) else None


def year_of(text: str) -> str | None:
    """The first year, 1400 to 2099, that stands in `text` as a number of its own."""
    m = _YEAR.search(text)
    return m[0] if m else None


def edtf_of(year: str, month: int | None = None, day: int | None = None) -> str:
    """The date as EDTF, as precise as the calendar allows."""
    if month is None or not 1 <= month <= 12:
        return year
    if day is not None:
        try:
            return dt.date(int(year), month, day).isoformat()
        except ValueError:
            pass
    return f"{year}-{month:02}"


def date_in_words(text: str) -> str | None:
    """`2013`, `2009 Mar 5`, `2016 Nov-Dec`, `MAR 15 2006`, `04 2006`, `5 March 2011` as EDTF."""
    year = year_of(text)
    if year is None:
        return None
    at = text.index(year)
    rest = text[:at] + " " + text[at + 4 :]
    named = _MONTH.search(rest)
    if named:
        days = _DAY.search(rest[: named.start()] + " " + rest[named.end() :])
        # `2016 Nov-Dec 5` does not occur, `Nov 5-7` does: the first day is the one.
        return edtf_of(year, _MONTHS[named[1][:3].lower()], int(days[0]) if days else None)
    numbers = re.findall(r"\d+", rest)[:2]
    if numbers and _NUMBER.fullmatch(numbers[0]):
        day = int(numbers[1]) if len(numbers) > 1 and _DAY.fullmatch(numbers[1]) else None
        return edtf_of(year, int(numbers[0]), day)
    return year


def named_eprint(text: str) -> Eprint | None:
    """The arXiv identifier that `text` names as such (`arXiv:`, `arxiv.org/abs/`, `abs/`)."""
    for m in _NAMED.finditer(text, 0, _FAR):
        if found := match_arxiv(text, m.end()):
            return found[0]
    return None


def own_eprint(text: str) -> Eprint | None:
    """As `named_eprint`, but only where `text` does not speak of another paper.

    `Accepted at X. arXiv preprint arXiv:2309.04669` names the paper itself, `Comment on
    arXiv:2309.04669` does not.
    """
    if _ANOTHER.search(text, 0, _FAR):
        return None
    for m in _NAMED.finditer(text, 0, _FAR):
        if found := match_arxiv(text, m.end()):
            clause = _CLAUSE.split(text[: m.start()])[-1]
            return found[0] if _PREPRINT_LEAD.fullmatch(clause) else None
    return None


def eprint_of(text: str) -> Eprint | None:
    """`text` as one arXiv identifier, whatever its dress."""
    return parse_arxiv(text) or own_eprint(text)


def doi_of(text: str) -> str | None:
    """The DOI that a field meant for one holds, whatever resolver stands before it, or as the end
    of a publisher's address."""
    text = text.strip()
    if found := parse_doi(text) or doi_in(text) or doi_at_start(text):
        return found
    m = _DOI_IN_PAGE.match(text)
    return parse_doi(m[1]) if m else None


def doi_at_start(text: str) -> str | None:
    """A DOI with more words after it."""
    found = match_doi(text)
    return found[0] if found else None


def doi_in(text: str) -> str | None:
    """The DOI that `text` names as such, by `doi:` or as an address of a resolver."""
    m = _DOI_HOST.search(text, 0, _FAR)
    found = match_doi(text, m.end()) if m else None
    return found[0] if found else None


def reference(
    journal: str | None, volume: str, number: str, pages: str, year: str | None
) -> str | None:
    """`Phys. Rev. D 76(4), 12-34 (2007)`; None without a journal or without a place in it."""
    if not journal or not (volume or pages):
        return None
    place = volume + (f"({number})" if volume and number else "")
    words = " ".join(filter(None, (journal, place)))
    words += f", {pages}" if pages else ""
    return fold(words + (f" ({year})" if year else ""))


def without_markup(text: str) -> str:
    """`text` without the tags and entities that exports take over from web pages.

    Tags count only where one of them is closed, or breaks a line: `a<b` is mathematics.
    """
    if "</" in text or "<br" in text:
        text = _BREAK.sub("\n\n", _INLINE.sub("", text))
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(m: re.Match[str]) -> str:
    character = unescape(m[0].lstrip("\\"))
    # TeX, too, escapes the sign.
    return "\\&" if m[0][0] == "\\" and character == "&" else character
