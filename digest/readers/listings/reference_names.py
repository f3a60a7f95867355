"""Bylines of formatted references: `Abel, A. M., & Zhang, W.`, `Abel AM, Zhang W`, and mixtures."""

from __future__ import annotations

import re

_JOINERS = re.compile(r",?\s(?:and|&|und|et(?!\s?al))\s", re.I)
_ET_AL = re.compile(
    r"[,;]?\s?(?:\bet\.?\s?al\b\.?|\band others\b|\bu\.\s?a\.|\bet coll\.|…|\.\.\.)\s?,?\s?$", re.I
)
_EDITORS = re.compile(r"[,\s]{0,3}\((?:Eds?|Hrsg)\.?\)\.?$|,\s?eds?\.?$", re.I)
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_DOTTED = re.compile(rf"(?:{_UPPER}[a-z]?\.[\s-]?){{1,5}}")
_PLAIN = re.compile(rf"{_UPPER}{{1,4}}")
_LONE = re.compile(rf"{_UPPER}")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`‐-])*")
_PARTICLES = frozenset(
    """al af bin da dal das de degli dei del dela della den der di do dos du e el ibn la le les lo
    ten ter 't van vande vanden ver vom von y zu zum zur""".split()
)
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?")
_COMMON = frozenset(
    """a an and as at by for from in into is its of on or the to toward towards under using via
    what when where which why with""".split()
)
_LONGEST = 6
_MOST = 4_000


def split_names(byline: str) -> tuple[str, ...] | None:
    """The names of a reference's byline, as printed; None where it holds anything but names.

    Knows `Family, A.` in turn, `Family AB`, `Given Family`, and the first name alone turned
    around. `et al.` and `(Eds.)` are dropped.
    """
    byline = byline[:_MOST].strip(" ,;:")
    byline = _EDITORS.sub("", byline)
    byline = _ET_AL.sub("", byline).strip(" ,;:")
    if not byline:
        return None
    if ";" in byline:
        parts = [part.strip(" ,") for part in _JOINERS.sub("; ", byline).split(";")]
        parts = [part for part in parts if part]
        return tuple(parts) if all(map(_is_any, parts)) else None
    words = _JOINERS.sub(", ", byline)
    parts = _suffixes_joined([part.strip() for part in words.split(",") if part.strip()])
    for form in (_turned, _first_turned, _straight):
        if found := form(parts):
            return tuple(found)
    return None


def _suffixes_joined(parts: list[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if found and _SUFFIX.fullmatch(part):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def _turned(parts: list[str]) -> list[str] | None:
    """`Abel, A. M., Zhang, W.`: families and initials in turn."""
    if len(parts) < 2 or len(parts) % 2:
        return None
    found = []
    for family, initials in zip(parts[::2], parts[1::2], strict=True):
        dotted = _DOTTED.fullmatch(initials) or _PLAIN.fullmatch(initials)
        if not dotted or not _is_family(family):
            return None
        found.append(f"{family}, {initials}")
    return found


def _first_turned(parts: list[str]) -> list[str] | None:
    """`Abel, Ann M., Wei Zhang`: only the first is turned around."""
    if len(parts) < 2 or not _is_family(parts[0]) or not _is_given(parts[1]):
        return None
    bare = [word for word in parts[0].split() if word not in _PARTICLES]
    if len(bare) > 1 or not all(map(_is_full, parts[2:])):
        return None
    return [f"{parts[0]}, {parts[1]}", *parts[2:]]


def _straight(parts: list[str]) -> list[str] | None:
    """`Ann Abel, W. Zhang`, or `Abel AM, Zhang W`."""
    return parts if all(map(_is_full, parts)) else None


def _is_any(part: str) -> bool:
    family, comma, given = part.partition(",")
    return _is_family(family) and _is_given(given.strip()) if comma else _is_full(part)


def _is_family(words: str) -> bool:
    tokens = words.split()
    return (
        0 < len(tokens) <= 4
        and all(_WORD.fullmatch(token) for token in tokens)
        and not any(token.lower() in _COMMON for token in tokens)
        and any(token[0].isupper() or not token.isascii() for token in tokens)
    )


def _is_given(words: str) -> bool:
    tokens = words.split()
    return 0 < len(tokens) <= 4 and all(
        token in _PARTICLES
        or _DOTTED.fullmatch(token)
        or _PLAIN.fullmatch(token)
        or (_WORD.fullmatch(token) is not None and token[0].isupper())
        for token in tokens
    )


def _is_full(words: str) -> bool:
    """Whether a name is of two words or more, of which all but particles begin with a capital."""
    tokens = words.partition(",")[0].split()
    if not 2 <= len(tokens) <= _LONGEST:
        return False
    long = 0
    for token in tokens:
        if token in _PARTICLES or _DOTTED.fullmatch(token) or _PLAIN.fullmatch(token):
            continue
        if not _WORD.fullmatch(token) or not token[0].isupper() or token.lower() in _COMMON:
            return False
        long += 1
    return 1 <= long <= 4


def closes_initial(byline: str) -> bool:
    """Whether the full stop behind `byline` belongs to an initial: `Abel, Ann M`, `Zhang, W`."""
    tokens = byline.split()
    if len(tokens) < 2 or not _LONE.fullmatch(tokens[-1].rpartition("-")[2]):
        return False
    before = tokens[-2]
    return before.endswith((",", ".")) or (
        "," in byline and before[0].isupper() and _is_turned(byline)
    )


def is_shortened(byline: str) -> bool:
    """Whether all names are a family name with bare initials: `Abel AM, Zhang W`."""
    parts = [part.strip() for part in _JOINERS.sub(", ", byline).split(",")]
    return all(
        len(part.split()) > 1 and _PLAIN.fullmatch(part.rsplit(None, 1)[-1]) for part in parts
    )


def _is_turned(byline: str) -> bool:
    family = byline.split(",", maxsplit=1)[0].split()
    return len([word for word in family if word not in _PARTICLES]) == 1
