"""Blocks of abstract, optional comment, `arXiv:ID` and `Created: date`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from digest.readers.base import Passage, Reader
from digest.readers.listings.closings import find_closings
from digest.readers.listings.entries import read_entries
from digest.readers.listings.lines import find_lines
from digest.readers.listings.markup import markup_share

_MARKED = 0.15


# In a mail or an export the identifier opens an entry: labelled fields follow it.
_HEADER = re.compile(
    r"\s{0,8}(?:Date|Title|Authors?|From|Categories|Comments?|Subjects?|Subj-class|Report-no|MSC-class"
    r"|ACM-class|Journal-ref|Journal reference|DOI|Abstract|Replaced|Submitted)\b[^\n:]{0,60}:",
)


@lru_cache(maxsize=1)  # two readers ask the same of every text
def recognise_entries(text: str) -> tuple[float, float]:
    """How sure it is that `text` is a listing in `blocks`, and in `glued`, layout.

    Both rest on closing lines; blocks keep these apart from the next abstract, glued ones do not.
    """
    closings = find_closings(text)
    if not closings:
        return 0.0, 0.0
    named = sum(closing.eprint is not None for closing in closings)
    headed = sum(
        _HEADER.match(text, closing.end) is not None
        or text[max(0, closing.start - 8) : closing.start].rstrip().endswith(("\\\\", "---"))
        for closing in closings
    )
    if named * 2 < len(closings) or headed * 4 > len(closings):
        return 0.0, 0.0
    # The closing lines themselves begin with a label: they do not count against the text.
    starts = {closing.start for closing in closings}
    lines = [line for line in find_lines(text) if line.start not in starts]
    if len(lines) * markup_share(text, lines) > max(2.0, _MARKED * len(lines)):
        return 0.0, 0.0
    covered = closings[0].start
    gaps = [closings[0].start]
    for closing, after in pairwise(closings):
        gaps.append(after.start - closing.end)
    # An abstract stands before each closing: many closings in a row are a list of identifiers.
    full = sum(gap >= 40 for gap in gaps) / len(gaps)
    huge = sum(gap > 20_000 for gap in gaps) / len(gaps)
    sure = max(0.0, full - huge) * (0.95 if len(closings) > 1 or covered >= 40 else 0.5)
    glued = sum(closing.glued for closing in closings)
    dated = sum(closing.created is not None for closing in closings)
    apart = len(closings) - glued
    if len(text) > closings[-1].end + 40:
        pass
    elif not closings[-1].glued:
        apart -= 1  # the last of all has nothing that could be glued on
    if dated * 2 >= len(closings) or apart > glued or (apart == glued == 0 and _spaced(text)):
        return sure, sure / 2
    return sure / 2, sure


def _spaced(text: str) -> bool:
    return "\n\n" in text or "\r\n\r\n" in text


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    return recognise_entries(text)[0]


def read(text: str) -> Iterator[Passage]:
    """Every entry of `text`."""
    return read_entries(text)


READER = Reader("blocks", recognise, read)
