"""When a paper was published: the date that its source prints, or what its identifiers tell.

Dates are EDTF strings of a year, a month or a day (https://www.loc.gov/standards/datetime/):
their order as text is the order of time.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.catalogue.venues.claims import find_marks, sentences, stance_at
from digest.identifiers import match_arxiv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.paper import Record, Venue

FIRST_YEAR, LAST_YEAR = 1900, 2100
_LONGEST = 80

# Strength of evidence; whatever is not named is a date that the source itself prints.
_RANK = {"arxiv-id": 1, "journal-ref": 2, "venue": 3, "comment": 3}

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:size]: n for n, name in enumerate(_NAMES, 1) for size in (3, 4, len(name))}
_WORD = "([a-z]{3,9})"
_TIME = r"(?:[t ]\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?(?:z|utc|gmt|[a-z]{3,4}|[+-]\d\d:?\d\d))?)?"
_YMD = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)/?" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_YM = re.compile(r"(\d{4})[-/.](\d\d?)/{0,2}")
_Y = re.compile(r"(\d{4})/{0,3}")
_DMY = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})")
_DAY_FIRST = re.compile(
    r"(?:[a-z]{3,9},? )?(\d\d?)(?:st|nd|rd|th)?[ -](?:of )?" + _WORD + r"\.?,?[ -](\d{4})" + _TIME
)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]{3,9}, )?" + _WORD + r"\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})" + _TIME
)
_MONTH_YEAR = re.compile(_WORD + r"\.?,?[ -](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[ -]" + _WORD + r"\.?(?: (\d\d?))?")

_YEAR = r"((?:19|20)\d\d|2100)"
_BRACKETED = re.compile(r"\(([^()]{0,60})\)")
_PAGES = re.compile(r"\b(?:p|pp|pages?|pag|id|no|vol|art\w*|eid|issue)\b\.?\s*:?\s*\w*\s*$", re.I)
_ANY_YEAR = re.compile(r"(?<![\d.:/–-])(?<!\w)" + _YEAR + r"(?![\d:–/]|-+\d|\.\d|[A-Za-z])")
_LEADING = re.compile(r"\s*" + _YEAR + r"(?:[,;:.)\s]|(?=[A-Z][A-Za-z&]))")
_TRAILING = re.compile(r"[,;\s]\s*" + _YEAR + r"[\s.;]*$")
_AFTER_NAME = re.compile(r"[A-Za-z][A-Za-z.&:' -]{0,80}(?:, ?| )" + _YEAR + r"(?:[,;]|[,;]? \(?\d)")
_MONTH_THEN_YEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?"
    r"(?: \d{1,2}(?:\s?-{1,2}\s?\d{1,2})?,?)? " + _YEAR + r"(?!\d)|\b\d{1,2}/" + _YEAR + r"\b",
    re.I,
)
_SHORT_YEAR = re.compile(r"[A-Za-z]\s?['’‘]\s?(\d\d)(?!\w)")
_ACRONYM_YEAR = re.compile(r"\b[A-Z][A-Za-z&]{0,9}[A-Z][ '’-]{0,2}" + _YEAR + r"(?![\d-])")
_FAMILY = re.compile(r"\b(?:arxiv|doi|http|isbn|issn|msc)\S*\s?\S*", re.I)


def parse_date(text: str) -> str | None:
    """A printed date as EDTF, as precise as it is certain; None where it is none or impossible.

    Understands ISO 8601 (with a time), `2024/07/22`, `20240722`, `Jul 22, 2024`, `22 July 2024`,
    `July 2024`, `2024 Jul 22`, `2024`. Of `03/04/2024` only the year is certain. Years outside
    1900 to 2100 are refused.
    """
    return _parse(" ".join(text.casefold().split())) if len(text) <= _LONGEST else None


@lru_cache(maxsize=20_000)  # the days of half a century: many papers bear the same
def _parse(text: str) -> str | None:
    if m := _YMD.fullmatch(text):
        return _edtf(m[1], m[3], m[4])
    if m := _COMPACT.fullmatch(text) or _YM.fullmatch(text) or _Y.fullmatch(text):
        return _edtf(*m.groups())
    if m := _DMY.fullmatch(text):
        return _either_way(m[1], m[3], m[4])
    if m := _DAY_FIRST.fullmatch(text):
        return _edtf(m[3], _MONTHS.get(m[2]), m[1])
    if m := _MONTH_FIRST.fullmatch(text):
        return _edtf(m[3], _MONTHS.get(m[1]), m[2])
    if m := _MONTH_YEAR.fullmatch(text):
        return _edtf(m[2], _MONTHS.get(m[1]))
    if m := _YEAR_MONTH.fullmatch(text):
        return _edtf(m[1], _MONTHS.get(m[2]), *(d for d in (m[3],) if d))
    return None


def _edtf(y: str, m: str | int | None = "", d: str | int = "") -> str | None:
    """None as a month is a word that is none; "" is a part that is not given."""
    if m is None or not FIRST_YEAR <= int(y) <= LAST_YEAR:
        return None
    try:
        day = date(int(y), int(m or 1), int(d or 1))
    except ValueError:
        return None
    return day.isoformat()[: 10 if d else 7 if m else 4]


def _either_way(a: str, b: str, y: str) -> str | None:
    read = {found for found in (_edtf(y, a, b), _edtf(y, b, a)) if found}
    return (read.pop() if len(read) == 1 else _edtf(y)) if read else None


def precision(edtf: str) -> str:
    """`year`, `month` or `day`."""
    return {4: "year", 7: "month"}.get(len(edtf), "day")


def year(edtf: str) -> str:
    """`2023` of any date of 2023."""
    return edtf[:4]


def month(edtf: str) -> str | None:
    """`2023-09` of any date of that month; None where only the year is known."""
    return edtf[:7] if len(edtf) >= 7 else None


def infer_published(record: Record, venue: Venue | None = None) -> tuple[str, str] | None:
    """When the paper of `record` was published, and the evidence; None where nothing tells.

    Evidence, strongest first: the date that the source prints (named by its label), `arxiv-id`
    (the month in which the number was given), `journal-ref`, `venue` (the year of `venue`, given
    by whoever knows it), `comment`. A weaker one is chosen only where it says more precisely what
    the stronger one says: a printed `2023` with a number of September 2023 is `2023-09`.
    """
    found: list[tuple[str, str]] = []
    if record.published and (printed := parse_date(record.published)):
        found.append((printed, record.published_as or "published"))
    if record.eprint and (given := date_of_eprint(record.eprint)):
        found.append((given, "arxiv-id"))
    # What follows tells a year: never more than what is stronger, so it need not be looked for.
    if (
        record.journal_ref
        and not _is_known(found, "journal-ref")
        and (printed_year := year_of_reference(record.journal_ref))
    ):
        found.append((str(printed_year), "journal-ref"))
    if venue is not None and venue.year is not None and FIRST_YEAR <= venue.year <= LAST_YEAR:
        found.append((str(venue.year), "venue"))
    if (
        record.comment
        and not _is_known(found, "comment")
        and (said := year_of_comment(record.comment))
    ):
        found.append((str(said), "comment"))
    return choose_date(found)


def _is_known(found: list[tuple[str, str]], evidence: str) -> bool:
    """Whether evidence that is stronger than `evidence` was `found`."""
    return any(_RANK.get(stronger, 0) < _RANK[evidence] for _, stronger in found)


def choose_date(candidates: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The best of several (date, evidence): the strongest evidence, of equals the earliest date.

    Then a date that says the same more precisely replaces it. The order of `candidates` does not
    matter; None where there are none.
    """
    found = sorted(candidates, key=lambda c: (_RANK.get(c[1], 0), c[0], c[1]))
    if not found:
        return None
    best = found[0]
    for finer in found[1:]:
        if len(finer[0]) > len(best[0]) and finer[0].startswith(best[0]):
            best = finer
    return best


def date_of_eprint(eprint: str) -> str | None:
    """The month in which arXiv gave the number out: `2309.04669` is of 2023-09."""
    if len(eprint) > _LONGEST or (found := match_arxiv(eprint)) is None:
        return None
    digits = found[0].id.rpartition("/")[2]
    century = "19" if "/" in found[0].id and digits[:2] >= "91" else "20"
    # The first paper of all is of August 1991; what bears a lower number was put in later.
    return f"{century}{digits[:2]}-{digits[2:4]}"


def year_of_reference(text: str) -> int | None:
    """The year of a journal reference; None where a number could as well be a page.

    Looks at brackets, the front (`2014, ApJ, …`), the first number behind the name (`Galaxies
    2023, 11`), a month beside it, the end (`72:1584-1987,1994`), then a year that stands alone.
    """
    text = " ".join(text[:1000].split()).replace("–", "-").replace("—", "-")
    inside = [
        int(m[1])
        for b in _BRACKETED.finditer(text)
        for m in _ANY_YEAR.finditer(b[1])
        if not _PAGES.search(b[1][max(0, m.start() - 20) : m.start()])
    ]
    if inside:
        return inside[-1]
    if m := _LEADING.match(text):
        return int(m[1])
    if m := _AFTER_NAME.match(text):
        return int(m[1])
    if m := _MONTH_THEN_YEAR.search(text):
        return int(m[1] or m[2])
    if m := _SHORT_YEAR.search(text):
        return _century(m[1])
    if (m := _TRAILING.search(text, max(0, len(text) - 40))) and _is_last_of(text, m):
        return int(m[1])
    alone = {
        int(m[1])
        for m in _ANY_YEAR.finditer(text)
        if not _PAGES.search(text[max(0, m.start() - 20) : m.start()])
    }
    numbers = len(re.findall(r"(?<!\w)\d+(?!\w)", text))
    return alone.pop() if len(alone) == 1 and (numbers == 1 or numbers > 3) else None


def _is_last_of(text: str, trailing: re.Match[str]) -> bool:
    """`Phys. Rev. D 50, 2001` ends in a page: a year comes after a volume *and* a page."""
    before = text[: trailing.start()]
    numbers = re.findall(r"\d+", before)
    return len(numbers) != 1 or not re.search(r"\d\W*$", before) or bool(re.search(r"pp?\.", text))


def year_of_comment(comment: str) -> int | None:
    """The year in which a comment says that the paper appeared or was presented.

    A year counts behind words that say so (`to appear in X 2023`, `talk at Y, June 2009`) or
    beside an acronym (`ACL 2022`); never behind `submitted`, nor where it is part of a page range,
    an identifier or an address.
    """
    for sentence in sentences(comment):
        text = _FAMILY.sub(lambda m: "_" * len(m[0]), sentence)
        marks = find_marks(text)
        for m in _ANY_YEAR.finditer(text):
            stance, reach = stance_at(text, marks, m.start(), m.end())
            if (
                stance in {"published", "weak"}
                and m.start() - reach <= 160
                and not _PAGES.search(text[max(0, m.start() - 20) : m.start()])
            ):
                return int(m[1])
        if (m2 := _ACRONYM_YEAR.search(text)) and stance_at(text, marks, m2.start(), m2.end())[
            0
        ] == "none":
            return int(m2[1])
        if (m3 := _SHORT_YEAR.search(text)) and stance_at(text, marks, m3.start(), m3.end())[0] in {
            "published",
            "weak",
        }:
            return _century(m3[1])
    return None


def _century(two: str) -> int:
    """`'98` is 1998, `'21` is 2021: computing has had conferences since the fifties."""
    return (1900 if int(two) >= 50 else 2000) + int(two)
