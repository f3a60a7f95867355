"""Lines that say several things: `A Abel, W Zhang - Journal of Kites, 2020 - example.org`."""

from __future__ import annotations

import re
from itertools import islice

from digest.readers.listings.kinds import VENUE_WORD, share_of_names
from digest.readers.listings.languages import find_date, find_year

_FIELD = (
    r"(?:Computer Science|Mathematics|Physics|Medicine|Biology|Engineering|Environmental Science"
    r"|Chemistry|Materials Science|Psychology|Economics|Linguistics|Geology|Business|Philosophy"
    r"|Political Science|Sociology|Education)"
)
_SEAM = re.compile(
    r"\s[-–—]\s|;\s(?=[A-Z])|(?<=[\w.…])\sin\s(?=[A-Z])|(?<=…)\s?-\s|[.]\s(?=[A-Z\d(])"
    r"|\s\((?=[^()]{0,80}\d{4})"
    rf"|,?\s(?=(?:19|20)\d\d\b)|\s(?={_FIELD}\b)|(?<=[\w.])\s[·•|]\s|:\s(?=[A-Z])"
)
_REACH = 1_500
_MOST = 16


def byline_end(line: str) -> tuple[int, int] | None:
    """Where the names that `line` begins with end, and where what follows them begins.

    None where it begins with no names, or holds nothing but names. What follows has to name a
    venue or a year: a title may look like names.
    """
    best: tuple[int, int] | None = None
    for m in islice(_SEAM.finditer(line, 0, _REACH), _MOST):
        front = line[: m.start()]
        if len(front) < 4:
            continue
        share = share_of_names(front)[0]
        if share < 0.5:
            # What does not begin as names does not become a line of them.
            break
        rest = line[m.end() :]
        if share < 0.9 or not is_place(rest):
            continue
        if ";" in m[0] and share_of_names(rest[:200])[0] >= 0.5:
            continue
        if best is not None and m[0][:1] == "." and len(front.split()[-1]) > 2:
            break
        best = m.start(), m.end()
        if m[0][:1] != ".":
            break
    return best


def is_place(words: str) -> bool:
    """Whether `words` name a venue or a date, as what follows the names of a line of results."""
    head = words[:300]
    return bool(
        find_year(head.replace("'", " 20")) or find_date(head) or VENUE_WORD.search(head[:120])
    )
