"""Real records laid out at random in each layout come back whole.

A few pages of each; `python -m tests.properties.listings` draws thousands.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.readers import read_text
from tests.properties.listings import EVERY, measure
from tests.readers.account import lost_in_text
from tests.readers.layouts import CORPUS

_EXAMPLES = 40
_SHARE = 99.5
"""Percent of the papers that have to be exact in every field."""


@pytest.mark.skipif(not CORPUS.is_file(), reason="the shared corpus is not beside the project")
@pytest.mark.parametrize("layout", EVERY)
def test_layout_comes_back_whole(layout: str) -> None:
    """No record is lost, no character unaccounted, every field as it was laid out."""
    tally = measure(layout, _EXAMPLES)
    assert not tally.unaccounted
    assert not tally.lost
    assert tally.papers >= _EXAMPLES
    assert tally.share >= _SHARE, tally.failures[:2]
    assert not tally.unrecognised


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "arXiv:2309.04669", "arXiv:hep-th/9901001v2", " - doi: 10.1145/3485447.3512100",
                "Abstract:",
                "Abstract", "Created: 2023-09-08", "\n",
                "\r\n", "\n\n", " ", "We show that it is so. ",
                "$", "(",
                "Phys. Rev. Lett. 72, 15 (1994)", "12 pages", "Subscribe", "May 22",
                "---\n", "title: x\n",
                "•",
                "https://x.org/a).", "\u2028", "\x0c", "A Title of Several Words", "2007",
                "\\url{", "---",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from([None, "abstracts", "blocks", "glued", "titles", "front-matter"]),
)  # fmt: skip
def test_no_text_loses_a_character(text: str, form: str | None) -> None:
    """Whatever is thrown at a reader, every non-space character is in exactly one passage."""
    reading = read_text(text, "x.txt", form)
    assert not lost_in_text(text, reading)
    assert not any("failed" in problem.message for problem in reading.problems)
