"""The links of a JSON object: from the fields that hold addresses, and out of its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from digest.links import find_links, kind_of
from digest.paper import Link, LinkKind
from digest.readers.fields import read_links
from digest.readers.json_records.plans import Plan, reach
from digest.readers.json_records.shapes import JsonObject
from digest.readers.json_records.values import tidy

_ADDRESS = re.compile(r"(?:https?://|www\.|git@)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.I)
_OWN_PAGE = re.compile(r"https?://(?:arxiv\.org/abs/[\w./-]{9,30}|doi\.org/10\.[!-~]{5,200})")
# The last part of a host, which `find_links` knows in lower case alone, or the part after `www`.
# What papers speak of besides hosts: `main.tex`, `et.al.`
_IN_HOST = re.compile(
    r"\.(?:(?!(?:tex|e?ps|sty|al)\b)[a-z]{2,8}(?![A-Za-z])|(?<=[wW]\.)[A-Za-z\d-]{1,63}\.)"
)
_SIGN = re.compile(r"://|git@|\\url|\\href|[wW]{2}\.|" + _IN_HOST.pattern)
_SPACE = re.compile(r"\s")
_BEFORE = 400
_AFTER = 100
_MAX_ADDRESS = 2000
_MAX_LINKS = 100


def read_addresses(
    found: JsonObject, plan: Plan, abstract: str | None, comment: str | None
) -> tuple[Link, ...]:
    """Every address once; a field's name tells what its address leads to."""
    links: dict[str, Link] = {}
    for kind, (key, path) in plan.links:
        value = found.get(key) if path is None else reach(found, path)
        if not value:
            continue
        _add(links, kind, value)
    for key, path in plan.paths.get("links", ()):
        value = found.get(key) if path is None else reach(found, path)
        for link in read_links({"links": value}):
            links.setdefault(link.url, link)
    _add_found(links, abstract, comment)
    return tuple(links.values())


def read_plain_addresses(
    kinds: Sequence[LinkKind], values: Sequence[Any], abstract: str | None, comment: str | None
) -> tuple[Link, ...]:
    """As `read_addresses`, of `values` that lead to what `kinds` say."""
    links: dict[str, Link] = {}
    for kind, value in zip(kinds, values, strict=False):
        if value:
            _add(links, kind, value)
    if (abstract and _may_link(abstract)) or (comment and _may_link(comment)):
        _add_found(links, abstract, comment)
    return tuple(links.values())


def _add(links: dict[str, Link], kind: LinkKind, value: Any) -> None:
    if type(value) is str and _OWN_PAGE.fullmatch(value):
        links[value] = Link(kind, value)
        return
    for url in _addresses(value):
        if kind == "paper":
            own = kind_of(url)
            links.setdefault(url, Link("paper" if own == "other" else own, url))
        else:
            links.setdefault(url, Link(kind, url))


def _add_found(links: dict[str, Link], abstract: str | None, comment: str | None) -> None:
    for text in (abstract, comment):
        if text and _may_link(text):
            for passage in _passages(text):
                for link in find_links(passage):
                    links.setdefault(link.url, link)


def _may_link(text: str) -> bool:
    """Whether `find_links` could find something: every address has one of these in it."""
    if "/" in text and ("://" in text or "git@" in text):
        return True
    if "\\" in text and ("\\url" in text or "\\href" in text):
        return True
    return _IN_HOST.search(text) is not None if "." in text else False


def _passages(text: str) -> Iterator[str]:
    """The passages of `text` that an address may stand in, with the words before it.

    Searching all of a long text for addresses takes as long as everything else together.
    """
    if len(text) <= _BEFORE:
        yield text
        return
    start = end = 0
    for m in _SIGN.finditer(text):
        if m.end() < end:
            continue
        if m.start() - _BEFORE > end:
            if end:
                yield text[start:end]
            start = max(0, m.start() - _BEFORE)
        stop = _SPACE.search(text, min(m.end() + _AFTER, len(text)))
        end = stop.start() if stop else len(text)
    if end:
        yield text[start:end]


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.get("url") or value.get("URL") or value.get("href") or value.get("value")
    for item in value[:_MAX_LINKS] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("url") or item.get("URL") or item.get("href")  # noqa: PLW2901
        if isinstance(item, str) and len(item) <= _MAX_ADDRESS:
            for url in [item] if " " not in item else item.split():
                url = tidy(url).rstrip(",;")  # noqa: PLW2901 - the same address
                if _ADDRESS.fullmatch(url):
                    yield url
