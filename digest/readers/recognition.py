"""Which reader a text is for: by what stands in it, never by the name of its file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from digest.problems import DigestError, Problem
from digest.readers.base import Reader
from digest.readers.formats import FORMATS, Format

NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_SAMPLE = 65_536
_SURE_ENOUGH = 0.5
_CERTAIN = 0.95
_KNOWS_NO_NAMES = "titles"
"""The reader of titles and abstracts in turn would take a line of names for a title."""
_OPENING = 8_192


def find_reader(name: str, fields: Mapping[str, str] = NO_FIELDS) -> Reader:
    """The reader called `name`. Raises DigestError naming the nearest where there is none."""
    for row in FORMATS:
        if row.name == name:
            return _reader(row, fields)
    names = [row.name for row in FORMATS]
    near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.4)
    hint = f"did you mean `{near[0]}`? " if near else ""
    raise DigestError(
        Problem(
            "", None, "error", f"unknown format `{name}`", f"{hint}known are {', '.join(names)}"
        )
    )


def _reader(row: Format, fields: Mapping[str, str]) -> Reader:
    try:
        return row.reader_with(fields)
    except ValueError as error:
        raise DigestError(
            Problem("fields", None, "error", str(error), "Mend “fields” in digest.yaml.")
        ) from error


def recognise(
    text: str, at_least: float = _SURE_ENOUGH, fields: Mapping[str, str] = NO_FIELDS
) -> Reader | None:
    """The reader whose shape `text` has, or None."""
    sample = text[:_SAMPLE]
    best: Reader | None = None
    best_score = at_least
    for row in FORMATS:
        if not row.may_be(sample) or (row.last_resort and best is not None):
            continue
        reader = _reader(row, fields)
        score = reader.recognise(sample)
        if score >= _CERTAIN:
            return reader
        if score > best_score or (best is None and score >= best_score):
            best, best_score = reader, score
    if best is not None and best.name == _KNOWS_NO_NAMES and _holds_names(sample):
        return find_reader("general")
    return best


def _holds_names(sample: str) -> bool:
    from digest.readers.bylines import name_share  # noqa: PLC0415 - asked of few texts

    lines = (line.strip() for line in sample[:_OPENING].splitlines())
    if sum(3 < len(line) < 400 and name_share(line)[0] >= 0.6 for line in lines) < 3:
        return False
    from digest.readers.listings.general import finds_names  # noqa: PLC0415 - of fewer still

    return finds_names(sample)
