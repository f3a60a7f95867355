"""Titles and places of formatted references, freed of what the style put around them."""

from __future__ import annotations

import re

from digest.readers.listings.reference_names import split_names
from digest.text import fold

QUOTED = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("„", "“"), ("``", "''"))
_IN = re.compile(r"(?:In|in|Published in|Appeared in)[:\s]\s?")
LEAST = 8


def clean_title(title: str) -> str:
    """`title` without its quotation marks and the full stop behind it."""
    title = title.strip(" ,;")
    for opener, closer in QUOTED:
        if title.startswith(opener) and title.endswith(closer) and len(title) > 4:
            title = title[len(opener) : -len(closer)].strip(" ,")
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def is_title(title: str) -> bool:
    """Whether `title` can be one at all."""
    words = title.split()
    return (
        len(title) >= LEAST
        and 1 <= len(words) <= 60
        and any(c.isalpha() for c in title)
        and not title.startswith(("http", "doi", "vol", "pp"))
    )


def is_plain(title: str) -> bool:
    """Whether nothing hints that a byline or a journal was taken for the title."""
    return len(title.split()) > 2 and title[1:2] != "." and split_names(title) is None


def clean_place(rest: str) -> str | None:
    """The journal or conference in `rest`, without `In:` and stray marks; None without letters."""
    place = fold(rest).strip(" .,;:-–—|·")
    lead = _IN.match(place)
    place = place[lead.end() :] if lead else place
    place = re.sub(r"^(?:PDF|Code)\b.{0,20}$", "", place)
    return place if sum(map(str.isalpha, place)) >= 2 else None
