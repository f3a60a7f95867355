"""Real records laid out at random in each layout come back whole.

Left out, because no reader could know: an abstract under 40 characters (a line like any other), a
title that is itself page furniture or longer than its abstract, an abstract with a line of its own
that is a label, and a last paragraph or comment whose form says the opposite of what it is.
"""

from __future__ import annotations

import functools
import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.readers import read_text
from digest.readers.listings.comments import comment_score
from digest.readers.listings.furniture import is_furniture
from tests.readers.account import lost_in_text
from tests.readers.layouts import CORPUS, LAYOUTS, Page, Wanted, load_papers

pytestmark = pytest.mark.skipif(
    not CORPUS.is_file(), reason="the shared corpus is not beside the project"
)
_MOST = 3000
_GLUE = re.compile(r"[A-Z][a-z]+ [a-z]|(?:We|In|A|The|This) ")


def knowable(paper: dict[str, str], layout: str) -> bool:
    """Whether the layout shows enough of `paper` to tell its parts."""
    abstract, comment, title = paper["abstract"], paper["comment"], paper["title"]
    if len(abstract) < 150 or not abstract[0].isupper() or not abstract.endswith("."):
        return False
    if re.search(r"abstract|arxiv|created", abstract, re.I):
        return False
    if layout == "titles":
        return 12 < len(title) < min(200, len(abstract)) and not is_furniture(title)
    if comment and comment_score(comment) < 2:
        return False
    sentences = re.split(r"(?<=\.) ", abstract)
    if layout in ("blocks", "glued") and any(comment_score(s) > -1.5 for s in sentences):
        return False
    # What is glued to an identifier has to read like the start of a sentence.
    return layout != "glued" or (
        _GLUE.match(abstract) is not None and not re.search(r"[A-Za-z]$", paper["doi"])
    )


@functools.cache
def knowable_papers(layout: str) -> list[dict[str, Any]]:
    return [paper for paper in load_papers(0, _MOST) if knowable(paper, layout)]


def pages(layout: str) -> st.SearchStrategy[Page]:
    def lay(seed: int) -> Page:
        rng = random.Random(seed)
        papers = knowable_papers(layout)
        return LAYOUTS[layout](rng.sample(papers, rng.randint(2, 10)), rng)

    return st.integers(0, 2**32).map(lay)


def found(reading_text: str, name: str) -> list[Wanted]:
    reading = read_text(reading_text, "page.txt", name)
    records = [sighting.record for sighting in reading.sightings]
    return [
        Wanted(
            r.title, r.abstract, r.comment, r.eprint, r.eprint_version, r.doi, r.journal_ref,
            r.published, r.updated,
        )
        for r in records
    ]  # fmt: skip


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_layout_comes_back_whole(layout: str) -> None:
    """No record is lost, no character unaccounted, every field as it was laid out."""

    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(pages(layout))
    def check(page: Page) -> None:
        reading = read_text(page.text, "page.txt")
        assert reading.format == layout
        assert not lost_in_text(page.text, reading)
        assert found(page.text, layout) == page.wanted

    check()


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
