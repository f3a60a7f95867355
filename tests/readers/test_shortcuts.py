"""The short ways of readers: what they read, the long way reads the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.readers.arxiv_mail import heads
from digest.readers.bibtex import scanner
from digest.readers.bibtex.keys import Keys
from digest.readers.json_records.lanes import Lanes, make_lane
from digest.readers.json_records.papers import read_record
from digest.readers.json_records.plans import Planner

_TEXTS = st.sampled_from(
    [
        None, "", " ", "Owls at  night", "A\ttab and a\nline", "Two\n\nparagraphs", "Größe",
        "see https://example.org/owl.", "\ud7ff", "code at www.example.org/x",
        " Owls at\u3000night ", "\u00a0Wrens", "<p>One</p><p>Two</p>", r"$\nu$ \to \\",
        "long " * 60, "o" * 250, "w" * 6000, "\x85Owls", "\x7f",
    ]
)  # fmt: skip
_DATES = st.sampled_from([None, "", "2023-09-08", "2023", "soon", "8 Sep 2023"])
_DOIS = st.sampled_from([None, "", "10.1145/3485447.3512100", "10.48550/arXiv.2309.04669", "none"])
_EPRINTS = st.sampled_from([None, "", "2309.04669", "hep-th/9901001v2", "arXiv:1610.01234", "x"])
_PAGES = st.sampled_from(
    [None, "", "https://arxiv.org/abs/2309.04669", "https://doi.org/10.1145/3485447.3512100",
     "owl.example.org", "two words"]
)  # fmt: skip
_NAMES = st.sampled_from(
    [None, "", "A. Owl and B. Wren", [], ["A. Owl", " B.  Wren"], [""],
     ["A. Owl", "B. Wren"], ["A. Owl"] * 90, ["A. Owl", "w" * 600], ["B. Wren "]]
)  # fmt: skip
_TAGS = st.sampled_from(
    [None, "", "cs.CL math.CO", ["owls", "#wrens"], ["owls", "owls"], [],
     ["two words", "owls"], ["owls", ""], ["o" * 300], ["owl"] * 20]
)  # fmt: skip
_PAPERS = st.fixed_dictionaries(
    {
        "id": _EPRINTS, "arxiv": _EPRINTS, "title": _TEXTS, "abstract": _TEXTS, "authors": _NAMES,
        "date": _DATES, "updated": _DATES, "doi": _DOIS, "url": _PAGES, "tags": _TAGS,
        "comment": _TEXTS, "venue": _TEXTS, "rank": st.integers(),
    }
)  # fmt: skip


@settings(max_examples=400)
@given(_PAPERS)
def test_a_lane_reads_what_the_long_way_reads_or_nothing(paper: dict[str, Any]) -> None:
    """A line gives the same record by its lane, without anything to complain of."""
    plan = Planner().plan(paper)
    lane = make_lane(paper, plan)
    assert lane is not None
    complaints: list[Any] = []
    record = read_record(paper, plan, (3, 9), complaints)
    for spelled in (True, False, True):  # what a lane keeps of a line changes no other
        found = lane(json.dumps(paper, ensure_ascii=spelled), (3, 9))
        assert found is None or (found == record and not complaints)


def test_a_plain_line_is_read_by_its_lane() -> None:
    """Nothing of a usual paper is left to the long way, which would only be slow."""
    paper = {"title": "Owls", "abstract": "They see.", "authors": ["A. Owl"], "date": "2023-09-08"}
    lane = make_lane(paper, Planner().plan(paper))
    assert lane is not None
    assert lane(json.dumps(paper), (0, 1)) is not None


def test_a_lane_refuses_other_fields() -> None:
    """A line with a field more, one less, or a number for a text takes the long way."""
    paper: dict[str, Any] = {"title": "Owls", "abstract": "They see."}
    lane = make_lane(paper, Planner().plan(paper))
    assert lane is not None
    for other in ({**paper, "x": 1}, {"title": "Owls"}, {**paper, "title": 7}):
        with pytest.raises(ValueError, match=r"\w"):
            lane(json.dumps(other), (0, 1))


def test_lanes_are_given_up_where_they_rarely_fit() -> None:
    """A file whose lines differ from one another is not tried twice for ever."""
    paper = {"title": "Owls", "abstract": "They see."}
    plan, lanes = Planner().plan(paper), Lanes()
    assert lanes.after(paper, plan, 1) is None
    assert lanes.after(paper, plan, 2) is not None
    assert all(lanes.after(paper, plan, 3) is not None for _ in range(20))
    assert [lanes.after(paper, plan, 3) for _ in range(200)][-1] is None


@pytest.mark.parametrize(
    "definition",
    [
        '@string{owl = "Journal of {\\"O}wls"}', "@String{owl = {Owls}}", "@STRING{owl = wren}",
        '@string{owl = wren # "~2001" # 7}', "@string{owl = 1999}", '@string{owl = ""}',
        '@string{owl = "a{b{c}d}e" # jan}',
    ],
)  # fmt: skip
def test_plain_abbreviations_are_read_as_all_others(definition: str) -> None:
    """A definition on a line of its own gives the fields that it gives behind a blank."""
    short = [b for b in scanner.scan(f"\n{definition}") if b.type]
    long = [b for b in scanner.scan(f" {definition}") if b.type]
    assert [(b.key, b.faults, b.broken) for b in short] == [("", (), None)]

    def text_of(block: Any) -> list[Any]:
        value = block.fields[0].value
        return [value] if isinstance(value, str) else [*value]

    assert text_of(short[0]) == text_of(long[0])
    assert short[0].fields[0].at == long[0].fields[0].at


def test_keys_are_known_again() -> None:
    """Of thousands of keys each is new once, and known ever after."""
    keys = Keys()
    names = [f"owl{number}" for number in range(5_000)]
    assert not any(map(keys.add, names))
    assert all(map(keys.add, names))
    assert not keys.add("wren")


_LINES = st.sampled_from(
    [
        "From: Ann Owl <a@example.org>", "Date: Thu, 2 Mar 2023 18:56:47 GMT   (828kb,D)",
        "Date (revised v2): Fri, 3 Mar 2023 18:56:47 GMT", "", "Title: Owls at  night", "  and day",
        "Title: Again", "Authors: A. Owl,", "\tB. Wren", "Comments: 3 pages: all good", "   ",
        "replaced with revised version Thu, 8 Jun 2023 08:03:26 GMT", "Odd: value", "no label",
        "Categories: cs.CL", "Date: soon", "Doi: 10.1/x", "DOI: 10.1145/1",
    ]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(_LINES, max_size=9))
def test_plain_heads_are_read_as_all_others(lines: list[str]) -> None:
    """A head gives the same the short way, where that can read it."""
    text = "\n".join(["arXiv:2303.01496 (*cross-listing*)", *lines])
    short = heads._read_plain_head(text)
    assert short is None or short == heads._read_any_head(text)
