"""The indexes of authors and venues: by letter, on a page each where there are many names.

An address is made of the letters that its names begin with, `authors/names/s.html`; so it stays
whatever names come. Where one letter has too many, its page leads to those of two letters.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.website.pages import Page
from digest.website.views import NameIndex, Ref

_ON_A_PAGE = 3_000
"""Names: some 60 kB, compressed."""
_MOST = 60
_DEEPEST = 4
_OTHER = "other"


class Named(NamedTuple):
    """A name in an index."""

    key: str
    """What it is sorted by: small letters without accents."""
    ref: Ref


def plan_index(kind: str, names: Sequence[Named], most: int = _ON_A_PAGE) -> Iterator[Page]:
    """The pages of an index; `names` in order, `most` on a page."""
    path = f"{kind}/index.html"
    if len(names) <= most:
        yield Page(path, "name_index.html", NameIndex(kind, _letters(names, 1)))
        return
    parts = _parts(names, 0)
    bar = tuple(_page_of(kind, start, "", len(part)) for start, part in parts.items())
    best = heapq.nsmallest(_MOST, names, key=lambda name: (-(name.ref.count or 0), name.key))
    index = NameIndex(kind, (), bar, tuple(name.ref for name in best))
    yield Page(path, "name_index.html", index)
    for start, part in parts.items():
        yield from _plan_part(kind, start, part, bar, most, 1)


def _plan_part(
    kind: str, start: str, names: Sequence[Named], bar: tuple[Ref, ...], most: int, depth: int
) -> Iterator[Page]:
    path = f"{kind}/names/{start}.html"
    here = tuple(Ref(ref.name, None, ref.count) if ref.path == path else ref for ref in bar)
    label = _label(start)
    if len(names) <= most or depth == _DEEPEST:
        # Below a heading a letter: the next one, where all begin with the same.
        letters = _letters(names, depth if start.startswith(_OTHER) else depth + 1)
        index = NameIndex(kind, letters, here, here=label)
        yield Page(path, "name_index.html", index)
        return
    parts = _parts(names, depth if not start.startswith(_OTHER) else depth - 1, start)
    below = tuple(_page_of(kind, name, start, len(part)) for name, part in parts.items())
    yield Page(path, "name_index.html", NameIndex(kind, (), below, here=label))
    for name, part in parts.items():
        yield from _plan_part(kind, name, part, below, most, depth + 1)


def _parts(names: Sequence[Named], place: int, start: str = "") -> dict[str, list[Named]]:
    """`names` by the letter at `place`, as addresses that begin with `start` have it."""
    parts: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        letter = name.key[place : place + 1]
        plain = letter.isascii() and letter.isalpha()
        if plain:
            parts[start + letter].append(name)
        elif not start:
            parts[_OTHER].append(name)
        else:
            # Of any other script, blanks included, the number that Unicode gives it.
            parts[f"{start}-{ord(letter):x}" if letter else f"{start}-"].append(name)
    return dict(sorted(parts.items(), key=lambda part: (part[0] == _OTHER, part[0])))


def _page_of(kind: str, start: str, _above: str, count: int) -> Ref:
    return Ref(_label(start), f"{kind}/names/{start}.html", count)


def _label(start: str) -> str:
    """How an address's letters are written: `Sa`, `#`."""
    letters, *others = start.removeprefix(_OTHER).split("-")
    signs = "".join(chr(int(number, 16)) for number in others if number)
    return (letters + signs).strip().capitalize() or "#"


def _letters(names: Sequence[Named], length: int) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    """`names` under the letters that they begin with."""
    found: dict[str, list[Ref]] = defaultdict(list)
    for key, ref in names:
        start = key[:length].strip()
        found[start.capitalize() if start[:1].isalpha() else "#"].append(ref)
    return tuple((letter, tuple(refs)) for letter, refs in found.items())
