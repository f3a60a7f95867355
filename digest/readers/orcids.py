"""ORCIDs that sources give with authors' names (https://support.orcid.org/hc/articles/360006897674)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from digest.paper import Orcids

_ORCID = re.compile(
    r"\s{0,9}(?:(?:https?://)?(?:www\.)?orcid\.org/)?"
    r"([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])/?\s{0,9}"
)


def parse_orcid(text: str) -> str:
    """`0000-0002-1825-0097`, bare or as an address, or "" where it is none: its last digit checks
    the others (ISO 7064, MOD 11-2)."""
    found = _ORCID.fullmatch(text) if len(text) < 80 else None
    if found is None:
        return ""
    digits = "".join(found.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(found.groups()).upper() if digits[-1] == "0123456789X"[check] else ""


def orcids_of(people: Iterable[tuple[str, str]]) -> Orcids | UnsetType:
    """Of pairs of a name and what may be an ORCID those that are; nothing at all for a name that
    stands there with two."""
    found: dict[str, set[str]] = {}
    for name, text in people:
        if name and text and (orcid := parse_orcid(text)):
            found.setdefault(name, set()).add(orcid)
    kept = tuple((name, min(ids)) for name, ids in found.items() if len(ids) == 1)
    return kept or UNSET
