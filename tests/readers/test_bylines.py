"""Bylines are parted into names; institutions, labels and footnotes are left out."""

from __future__ import annotations

import pytest

from digest.readers.bylines import name_share, read_byline, split_byline
from tests.watchdog import ends


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("A. Abel, B. Babel, and C. Cain", ("A. Abel", "B. Babel", "C. Cain")),
        ("A. Abel and B. Babel & C. Cain", ("A. Abel", "B. Babel", "C. Cain")),
        ("A Abel (Hill, X (Y, Z)), B Bee (1,2) ((1) Foo, Bar, (2) Baz)", ("A Abel", "B Bee")),
        ("A (1 and 2), B (3),(4)", ("A", "B")),
        ("A Abel (Never closed, B Bee", ("A Abel", "B Bee")),
        ("J. Roe, Jr., K. Doe III, M. Poe, III", ("J. Roe, Jr.", "K. Doe III", "M. Poe, III")),
        ("Doe, Jane; Roe, Rick", ("Doe, Jane", "Roe, Rick")),
        ("J. Doe; R. Roe (Hill, Dale); P. Poe", ("J. Doe", "R. Roe", "P. Poe")),
        ("The Sky Collaboration: A. Abel, B. Bee", ("The Sky Collaboration", "A. Abel", "B. Bee")),
        ("A. Abel on behalf of the Sky Team", ("A. Abel", "Sky Team")),
        (r"Zo\"{e} \v{S}abel, P. Zal{\k{e}}", (r"Zo\"{e} \v{S}abel", r"P. Zal{\k{e}}")),
        ("X. Yu et al.", ("X. Yu",)),
        ("", ()),
        ("(1)", ()),
    ],
)
def test_split_byline(byline: str, names: tuple[str, ...]) -> None:
    """One string a person, as printed."""
    assert split_byline(byline) == names


def test_a_page_s_byline() -> None:
    """Labels, dots between names and marks of footnotes are the page's, not the names'."""
    assert read_byline("Authors: Ann Abel1, Bob Bee*") == ("Ann Abel", "Bob Bee")
    assert read_byline("Ann Abel · Bob Bee · 李明") == ("Ann Abel", "Bob Bee", "李明")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Abel, Bob van der Bee, C. D. Eff", True),
        ("François Bézout and José da Silva", True),
        ("Deep Learning for Birds, Bees, and Trees", False),
        ("A Theory of Flight", False),
        ("it was late, and we went home", False),
    ],
)
def test_names_are_told_from_titles(line: str, names: bool) -> None:
    """`name_share` is what tells the line of authors from the line of the title."""
    assert (name_share(line)[0] >= 0.6) is names


@pytest.mark.parametrize("piece", ["(", "a,", "(a)", "a (b, ", " and ", "{a,", "[", ";"])
def test_hostile_bylines_take_linear_time(piece: str) -> None:
    """100 KB of anything is parted within a second."""
    with ends():
        split_byline(piece * (100_000 // len(piece)))
