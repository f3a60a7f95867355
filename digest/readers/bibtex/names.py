"""The persons of an `author` field, one string each.

Rules of `and`, braces and `others`: "Names" in https://ctan.org/pkg/tamethebeast; the form
`given=…, family=…`: section 2.3.3 of https://ctan.org/pkg/biblatex
"""

from __future__ import annotations

import re
from itertools import pairwise

from digest.text import fold

_AND = re.compile(r"(?:^|(?<= ))and(?= |$)", re.I)
_BRACES = re.compile(r"[{}]")
_KEYED = re.compile(r"(?:^|,)\s?(?:family|given)(?:-i)?\s?=", re.I)
_PART = re.compile(r"\s?([a-z-]{1,20})\s?=\s?(\"[^\"]*+\"|\{[^{}]*+\}|[^,\"]*+)(?:,|$)", re.I)
_WRAPPINGS = 4
_NOT_A_NAME = re.compile(r"(?:and )?(?:others\.?|et\.? al\.?)|[\W_]*", re.I)


def read_names(value: str) -> tuple[str, ...]:
    """The names that `value` joins by `and`, as written, without `others`."""
    value = fold(value)
    names = [_readable(name) for name in _split(value)]
    return tuple(name for name in names if name and not _NOT_A_NAME.fullmatch(name))


def _split(value: str) -> list[str]:
    if value[:1] == "{" and is_enclosed(value) and _AND.search(value) and "{" not in value[1:]:
        inner = value[1:-1]
        # `{{A and B}}` is a corporate name; `{A, B and C, D}` inside the delimiters is a list.
        value = inner if "," in inner.partition(" and ")[2] else value
    if "{" not in value and _is_plain_list(value):
        return [name.strip(" ,") for name in value.split(" and ")]
    cuts = [(m.start(), m.end()) for m in _AND.finditer(value)]
    if cuts and "{" in value:
        cuts = _outside_braces(value, cuts)
    if not cuts:
        return _split_without_and(value)
    edges = [0, *(edge for cut in cuts for edge in cut), len(value)]
    return [value[a:b].strip(" ,") for a, b in list(pairwise(edges))[::2]]


def _is_plain_list(value: str) -> bool:
    """Whether every `and` of `value` stands between two names, as nearly everywhere."""
    low = value.lower()
    number = low.count(" and ")
    return (
        0 < number == value.count(" and ")
        and " and and " not in low
        and low[:4] != "and "
        and low[-4:] != " and"
    )


def _outside_braces(value: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = []
    braces = [(m.start(), 1 if m[0] == "{" else -1) for m in _BRACES.finditer(value)]
    depth = at = 0
    for cut in cuts:
        while at < len(braces) and braces[at][0] < cut[0]:
            depth = max(0, depth + braces[at][1])
            at += 1
        if not depth:
            kept.append(cut)
    return kept


def _split_without_and(value: str) -> list[str]:
    """One name, or names that somebody parted by semicolons or commas."""
    if "{" in value or _KEYED.search(value):
        return [value.strip(" ,")]
    if ";" in value:
        return [part.strip(" ,") for part in value.split(";")]
    parts = [part.strip() for part in value.split(",")]
    # `Family, Jr, Given` has two commas; with two words in every part it is a list.
    if len(parts) > 2 and all(" " in part for part in parts if part):
        return parts
    return [value.strip(" ,")]


def _readable(name: str) -> str:
    if "=" in name and _KEYED.search(name):
        parts = {m[1].lower(): m[2].strip(' "{}') for m in _PART.finditer(name)}
        family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
        return ", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))
    return unwrapped(name)


def unwrapped(value: str) -> str:
    """`value` without pairs of braces that hold the whole of it."""
    for _ in range(_WRAPPINGS):
        if value[:1] != "{" or not is_enclosed(value):
            break
        value = value[1:-1].strip()
    return value


def is_enclosed(value: str) -> bool:
    """Whether one pair of braces holds the whole of `value`."""
    if len(value) < 2 or value[0] != "{" or value[-1] != "}":
        return False
    depth = 0
    for m in _BRACES.finditer(value):
        depth += 1 if m[0] == "{" else -1
        if depth <= 0:
            return m.end() == len(value) and not depth
    return False
