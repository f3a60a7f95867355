"""Words that no paper has, and those that stand for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.search.spelling import LONGEST, is_one_edit, nearest

WORDS = st.text(alphabet="abc", max_size=6)


def distance(one: str, other: str) -> int:
    """Edits by the book: optimal string alignment (Damerau 1964), all cells of the table."""
    rows = [[max(i, j) for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(WORDS, WORDS)
def test_one_edit_is_one_edit(one: str, other: str) -> None:
    """The quick test agrees with the table of all edits, both ways."""
    assert is_one_edit(one, other) == (distance(one, other) == 1) == is_one_edit(other, one)


class _Terms:
    """An index that has nothing but words."""

    def __init__(self, several: dict[str, int], part: dict[str, int]) -> None:
        self._several, self._part = several, part

    def spelt(self, letters: int) -> list[tuple[int, str]]:
        rows = self._several.items()
        return [(common, term) for term, common in rows if min(len(term), LONGEST) == letters]

    def neighbours(self, _word: str) -> list[tuple[int, str]]:
        return [(length, term) for term, length in self._part.items()]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("recomender", ["recommender"]),
        ("recommendre", ["recommender"]),
        ("transformmer", ["transformer"]),
        ("grahp", ["graph"]),
        ("electroencephalograph", ["electroencephalography"]),
        ("latten", ["lattea", "latter", "lattei"]),
        ("ranter", ["banter", "canter", "rafter", "zanter"]),
        ("gras", []),
        ("graphs2", []),
        ("wholly", []),
    ],
)
def test_the_commonest_neighbours_come_first(word: str, found: list[str]) -> None:
    """Words that several papers have, then those of the part, the commonest first, ties in order;
    short words and words with digits stay as they are."""
    several = {"graphs": 1, "graph": 9, "transformer": 8, "canter": 7, "banter": 7, "rafter": 6}
    long = {"electroencephalography": 2, "electroencephalograph": 3}
    part = {"recommender": 5, "lattei": 3, "latter": 9, "lattea": 9, "zanter": 99}
    index = _Terms(several | long, part)
    assert nearest(index, word) == found  # type: ignore[arg-type]
