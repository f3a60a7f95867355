"""The year that stands beside a venue's name."""

from __future__ import annotations

import re

from digest.catalogue.venues.registry import Match

_YEAR_AFTER = re.compile(
    r"[\s,(\[:-]{0,3}(?:['’‘`]\s?(\d\d)(?!\w)|-?(\d\d)(?![\w.:-])(?<=[A-Za-z-]\d\d)"
    r"|(?:conference |proceedings |main )?((?:19|20)\d\d)(?!\d|:\d|-\d|\.\d))",
    re.I,
)


# "Conference on Gadgets (GC'17)": behind the full name its short form has the year.
_YEAR_IN_BRACKETS = re.compile(
    r" ?[(\[](?:(?:IEEE|ACM) )?[A-Za-z][A-Za-z/&-]{1,12}[ ,]{0,2}['’‘-]?((?:19|20)?\d\d)[)\]]"
)


_YEAR_BEFORE = re.compile(
    r"\b((?:19|20)\d\d) (?:[A-Z][A-Z/-]{2,9} |ACM SIG[A-Z]{2,9} |\w{1,9}(?:st|nd|rd|th) |Annual "
    r"|International ){0,3}$"
)


_YEAR_NEAR = re.compile(r"(?<![\d:./-])((?:19|20)\d\d)(?![\d:/]|-\d|\.\d)")


_PAGES = re.compile(r"\b(?:pp?|pages?|vol|no)\b\.?\s*$|\b(?:arxiv|doi)\S*$", re.I)


def year_beside(text: str, match: Match) -> tuple[int, int | None]:
    """Where name and year end, and the year that stands next to the name."""
    if m := _YEAR_AFTER.match(text, match.end):
        short = m[1] or m[2]
        if m[3]:
            return m.end(), int(m[3])
        # `HICSS-52` counts conferences.
        if match.kind == "conference" and not (m[2] and (match.words > 1 or 40 <= int(short) < 70)):
            return m.end(), (1900 if int(short) >= 50 else 2000) + int(short)
    if match.words > 1 and (b := _YEAR_IN_BRACKETS.match(text, match.end)):
        number = int(b[1])
        if number > 99 or (match.kind == "conference" and not 40 <= number < 70):
            return b.end(), number if number > 99 else number + (1900 if number >= 50 else 2000)
    if match.kind == "conference" and (
        b := _YEAR_BEFORE.search(text, max(0, match.start - 60), match.start)
    ):
        return match.end, int(b[1])
    return match.end, None


def year_near(text: str, end: int) -> int | None:
    for m in _YEAR_NEAR.finditer(text, end, min(len(text), end + 110)):
        if not _PAGES.search(text[max(0, m.start() - 20) : m.start()]):
            return int(m[1])
    return None
