"""Dates as pages print them, turned into EDTF (https://www.loc.gov/standards/datetime/)."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s)?"
_ISO = r"(?P<y>\d{4})[-/.](?P<m>\d\d?)(?:[-/.](?P<d>[0-3]\d|\d(?!\d)))?"
_MONTH_FIRST = rf"(?P<mon1>{_MONTH})\s(?:(?P<d1>\d\d?)(?:st|nd|rd|th)?,?\s)?(?P<y1>(?:19|20)\d\d)"
_DAY_FIRST = rf"(?P<d2>\d\d?)(?:st|nd|rd|th)?\s(?P<mon2>{_MONTH}),?\s(?P<y2>(?:19|20)\d\d)"
DATED = re.compile(rf"{_WEEKDAY}(?:{_ISO}|{_MONTH_FIRST}|{_DAY_FIRST})", re.I)
"""A date with its year: `2023-09-08`, `Sep 8, 2023`, `8 September 2023`, `Sep 2023`."""
YEARLESS = re.compile(
    rf"{_WEEKDAY}(?:{_MONTH}\s\d\d?(?:st|nd|rd|th)?|\d\d?(?:st|nd|rd|th)?\s{_MONTH})", re.I
)
"""A day without its year: `May 22`."""


def edtf(m: re.Match[str]) -> str | None:
    """The date that `DATED` matched, or None where the calendar has no such day."""
    year = m["y"] or m["y1"] or m["y2"]
    name = m["mon1"] or m["mon2"]
    month = _MONTHS[name[:3].lower()] if name else int(m["m"])
    day = m["d"] or m["d1"] or m["d2"]
    try:
        date = dt.date(int(year), month, int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else date.isoformat()[:7]
