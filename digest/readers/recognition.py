"""Which reader a text is for: by what stands in it, never by the name of its file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from digest.problems import DigestError, Problem
from digest.readers.base import Reader
from digest.readers.formats import FORMATS, Format

NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_SAMPLES = (16_384, 65_536)
"""Characters that are looked at: few, and more where these leave it open."""
_CLEAR = 0.9
_SURE_ENOUGH = 0.5
_CERTAIN = 0.95


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


def _best(sample: str, at_least: float, fields: Mapping[str, str]) -> tuple[Format | None, float]:
    """The format that is surest of `sample`, and how sure."""
    best: Format | None = None
    best_score = at_least
    signs: dict[str, bool] = {}
    for row in FORMATS:
        if row.last_resort and best is not None:
            continue
        if row.sign is not None:
            if row.sign not in signs:
                signs[row.sign] = row.may_be(sample)
            if not signs[row.sign]:
                continue
        score = _reader(row, fields).recognise(sample)
        if score >= _CERTAIN:
            return row, score
        if score > best_score or (best is None and score >= best_score):
            best, best_score = row, score
    return best, best_score if best is not None else 0.0


def recognise(
    text: str, at_least: float = _SURE_ENOUGH, fields: Mapping[str, str] = NO_FIELDS
) -> Reader | None:
    """The reader whose shape `text` has, or None."""
    for size in _SAMPLES:
        sample = text[:size]
        best, score = _best(sample, at_least, fields)
        # The first entries of a list tell what it is, but where a page begins with other things.
        if score >= _CLEAR or len(text) <= size:
            break
    if best is None:
        return None
    reader = _reader(best, fields)
    if not best.contested:
        return reader
    from digest.readers.contests import settle  # noqa: PLC0415 - asked of listings alone

    winner = settle(sample, reader, [row.reader for row in FORMATS if row.contests])
    # Whoever asks for more certainty than usual is not helped by a reading of last resort.
    return winner if winner is reader or at_least <= _SURE_ENOUGH else None
