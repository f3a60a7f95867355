"""What a browser needs to know which papers are new, and the page of saved ones."""

from __future__ import annotations

import random
import re
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.paper import Paper
from digest.website.pages import Ways
from digest.website.saved import KNOWN, PATH, TABLES, SavedPage, mixed, plan_saved, sketch

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
Cells = list[list[int]]


def number(text: str) -> int:
    value = 0
    for sign in text:
        value = value * 64 + SIGNS.index(sign)
    return value


def cells(text: str, size: int) -> Cells:
    """The tables of a sketch, folded to `size` cells each: as docs and script read them."""
    whole = len(text) // 9 // TABLES
    made: Cells = [[0, 0, 0] for _ in range(TABLES * size)]
    for at in range(TABLES * whole):
        cell, row = made[at // whole * size + at % size], text[9 * at : 9 * at + 9]
        cell[0] += number(row[:1])
        cell[1] ^= number(row[1:7])
        cell[2] ^= number(row[7:])
    return made


def difference(old: str, new: str) -> tuple[set[int], set[int], bool]:
    """Hashes that came, hashes that went, and whether that is all."""
    size = min(len(old), len(new)) // 9 // TABLES
    rest = cells(new, size)
    for mine, theirs in zip(rest, cells(old, size), strict=True):
        mine[:] = [(mine[0] - theirs[0]) % 64, mine[1] ^ theirs[1], mine[2] ^ theirs[2]]
    found: tuple[set[int], set[int]] = set(), set()
    more = True
    while more:
        more = False
        for at, (count, code, check) in enumerate(rest):
            own = mixed(code ^ 0x9E3779B9) & 0xFFF
            places = [t * size + (mixed(code) >> 9 * t) % size for t in range(TABLES)]
            if count not in (1, 63) or check != own or at not in places:
                continue
            kind = found[count == 63]
            if code in kind:
                continue
            kind.add(code)
            more = True
            for place in places:
                cell = rest[place]
                cell[:] = [(cell[0] - count) % 64, cell[1] ^ code, cell[2] ^ own]
    return *found, not any(map(any, rest))


def slugs(*numbers: int) -> list[str]:
    return [f"arxiv-{2000 + n // 9000}.{n % 9000:05}" for n in numbers]


def hashes(names: list[str]) -> set[int]:
    return {crc32(name.encode()) for name in names}


@settings(max_examples=40, deadline=None)
@given(
    st.sets(st.integers(0, 5_000), max_size=120),
    st.sets(st.integers(0, 5_000), max_size=60),
    st.sets(st.integers(0, 5_000), max_size=60),
)
def test_what_came_and_went_is_read_from_two_sketches(
    stays: set[int], came: set[int], went: set[int]
) -> None:
    """Exactly the papers that are in one of two sets, whatever else both hold."""
    came, went = came - stays - went, went - stays
    old, new = sketch(slugs(*stays, *went)), sketch(slugs(*stays, *came))
    assert difference(old, new) == (hashes(slugs(*came)), hashes(slugs(*went)), True)


@pytest.mark.parametrize(("before", "added"), [(0, 50), (50, 200), (9_950, 200), (20_000, 900)])
def test_sizes_from_fifty_papers_on(before: int, added: int) -> None:
    """A sketch takes in some hundreds of new papers, also where the site outgrows its tables."""
    old, new = sketch(slugs(*range(before))), sketch(slugs(*range(before + added)))
    came, went, whole = difference(old, new)
    assert (came, went, whole) == (hashes(slugs(*range(before, before + added))), set(), True)
    assert len(new) <= (3_456 if before + added < 10_000 else 13_824)


def test_too_many_are_never_told_wrongly() -> None:
    """Where a sketch cannot tell all, what it tells is true."""
    old, new = sketch(slugs(*range(100))), sketch(slugs(*range(3_000)))
    came, went, whole = difference(old, new)
    assert not whole
    assert came <= hashes(slugs(*range(100, 3_000)))
    assert not went


def test_the_order_of_papers_is_nothing() -> None:
    """The same papers give the same text."""
    names = slugs(*range(500))
    shuffled = random.Random(5).sample(names, len(names))
    assert sketch(names) == sketch(shuffled)
    assert re.fullmatch(r"(?:[\w-]{9}){384}", sketch(names))


def test_the_files_change_when_the_set_of_papers_does() -> None:
    """The page never, the sketch with a paper that comes, and not with what a paper says."""

    def papers(count: int, title: str = "Salt") -> list[Paper]:
        return [
            Paper(key=name, slug=name, title=title, title_source="given")
            for name in slugs(*range(count))
        ]

    few, same, more = (
        {page.path: page for page in plan_saved(given_, Ways())}
        for given_ in (papers(3), papers(3, "Sugar")[::-1], papers(4))
    )
    assert list(few) == [PATH, KNOWN]
    assert few[PATH].view == SavedPage()
    assert few[PATH].mark == same[PATH].mark == more[PATH].mark
    assert few[KNOWN].mark == same[KNOWN].mark != more[KNOWN].mark
    assert few[KNOWN].view == same[KNOWN].view != more[KNOWN].view
    assert few[KNOWN].view.text.startswith('digestKnown(3,"')
