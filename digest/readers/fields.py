"""Values of a paper's fields as people write them in front matter: names, dates, tags, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.links import kind_of
from digest.paper import Link, LinkKind
from digest.readers.listings.dates import DATED, edtf
from digest.readers.listings.lines import find_lines, join_paragraphs
from digest.text import fold

_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAD = re.compile(r"^(?:authors?|by)\s*:\s*", re.I)
_KINDS: tuple[LinkKind, ...] = (
    "code", "project", "data", "model", "demo", "video", "paper", "pdf", "other",
)  # fmt: skip


def read_line(value: Any) -> str | None:
    """A scalar as one line; None where it is empty or no scalar."""
    return fold(value) or None if isinstance(value, str) else None


def read_paragraphs(value: Any) -> str | None:
    """A text with its paragraphs; None where it is empty or no text."""
    if not isinstance(value, str):
        return None
    return join_paragraphs(value, find_lines(value)) or None


def read_date(value: str | None) -> str | None:
    """A date as EDTF; None where `value` is none."""
    if not value:
        return None
    if _YEAR.fullmatch(value):
        return value
    m = DATED.match(value)
    # What may follow is a time of day: `2023-09-08T12:00`, `2023-09-08 12:00`.
    return edtf(m) if m and not re.match(r"[^\sT]", value[m.end() :]) else None


def read_authors(value: Any) -> tuple[str, ...]:
    """`[A, B]`, `A and B`, `A; B`, `A, B`, or a list of mappings with a name."""
    if isinstance(value, list):
        names = [_name(item) for item in value]
    elif isinstance(value, str):
        value = _LEAD.sub("", fold(value))
        names = list(_split_names(value))
    else:
        names = []
    return tuple(name for name in names if name)


def _name(item: Any) -> str:
    if isinstance(item, dict):
        given, family = item.get("given"), item.get("family")
        whole = item.get("name") or " ".join(
            part for part in (given, family) if isinstance(part, str)
        )
        return fold(whole) if isinstance(whole, str) else ""
    return fold(item) if isinstance(item, str) else ""


def _split_names(value: str) -> Iterator[str]:
    if ";" in value:
        parts = value.split(";")
    else:
        parts = re.split(r",? and | & ", value)
        # `Family, Given and Family, Given` keeps its commas; `A, B, C and D` does not.
        inverted = len(parts) > 1 and all(part.count(",") == 1 for part in parts)
        single = (
            len(parts) == 1 and value.count(",") == 1 and " " not in value.partition(",")[0].strip()
        )
        if not (inverted or single):
            parts = [name for part in parts for name in part.split(",")]
    for part in parts:
        name = re.sub(r"^(?:and|&) ", "", part.strip())
        if name:
            yield name


def read_tags(value: Any) -> tuple[str, ...]:
    """A list, or words parted by commas or semicolons; each once."""
    if isinstance(value, str):
        parts: list[Any] = re.split(r"[;,]", value)
    else:
        parts = value if isinstance(value, list) else []
    tags = (fold(part).lstrip("#") for part in parts if isinstance(part, str))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def read_links(values: Mapping[str, Any]) -> Iterator[Link]:
    """What `links` holds (address, list, or kind to address), then the keys named for a kind."""
    given = values.get("links")
    if isinstance(given, str):
        given = [given]
    if isinstance(given, dict):
        for name, urls in given.items():
            for url in urls if isinstance(urls, list) else [urls]:
                if isinstance(url, str) and url.strip():
                    yield Link(_kind(str(name), url), url.strip())
    elif isinstance(given, list):
        for item in given:
            if isinstance(item, dict):
                url = item.get("url") or item.get("href")
                name = item.get("kind") or item.get("type") or item.get("name") or ""
                if url is None and len(item) == 1:
                    name, url = next(iter(item.items()))
            else:
                name, url = "", item
            if isinstance(url, str) and url.strip():
                yield Link(_kind(str(name), url), url.strip())
    for kind in _KINDS:
        urls = values.get(kind)
        for url in urls if isinstance(urls, list) else [urls]:
            if isinstance(url, str) and url.strip():
                yield Link(kind, url.strip())


def _kind(name: str, url: str) -> LinkKind:
    wanted = name.strip().lower()
    for kind in _KINDS:
        if wanted == kind:
            return kind
    return kind_of(url.strip(), name)
