"""Texts are compared by their letters, however LaTeX and accents are set."""

from __future__ import annotations

import pytest

from digest.enrich.wording import compare, compare_texts, letters, overlap, same_person, words

TEXT = (
    r"Glaciers that end in lakes calve more often when $\alpha_{s}$ grows beyond one half. We "
    r"measure $\Delta h$ at twelve fronts near K\"onigsee, and model the melt of H$_2$O below them."
)


@pytest.mark.parametrize(
    "other",
    [
        "Glaciers that end in lakes calve more often when αs grows beyond one half. We measure Δh "
        "at twelve fronts near Königsee, and model the melt of H2O below them.",
        TEXT.replace("$", "").replace("\\alpha", "").replace("\\Delta", "").replace('\\"', ""),
        TEXT.upper().replace("\\ALPHA", "\\alpha").replace("\\DELTA", "\\Delta"),
        TEXT.replace(" ", "\n  "),
    ],
)
def test_spellings_of_one_text_are_equal(other: str) -> None:
    """LaTeX, Unicode, no markup, capitals and lines make no difference."""
    assert compare_texts(TEXT, other).similarity == 1.0


def test_a_beginning_is_told_from_the_whole() -> None:
    """What is cut equals the beginning, and is marked as a part."""
    found = compare(letters(TEXT)[:90], letters(TEXT))
    assert (found.similarity, found.part, found.compared) == (1.0, True, 90)


def test_other_texts_are_not_alike() -> None:
    """Two texts of one field share hardly a run of letters."""
    other = "Lakes that glaciers leave are warmer than others. We look at their fish and at algae."
    assert compare_texts(TEXT, other).similarity < 0.1


def test_nothing_is_like_nothing() -> None:
    """Empty texts are compared without harm."""
    assert compare("", "abc").similarity == 0.0
    assert words(None) == words("…") == []
    assert overlap(None, "A title") == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Brook, Ann", "A. Brook", True),
        (r"J. M\"uller", "Jörg Müller", True),
        ("Wei Zhang", "Zhang Wei", True),
        ("Ann Brook", "Bo Hill", False),
        ("", "Bo Hill", False),
    ],
)
def test_names_are_compared_by_family(one: str, other: str, same: bool) -> None:
    """Spellings of one person's name may differ, families may not."""
    assert same_person(one, other) is same
