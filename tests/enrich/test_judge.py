"""What is clear is taken, what is not is left alone and told."""

from __future__ import annotations

from typing import Any

import pytest

from digest.catalogue.gains import FIELDS
from digest.enrich.gaps import Gap
from digest.enrich.judge import Candidate, Verdict, judge
from digest.paper import Record

ABSTRACT = (
    "Rivers that meander leave lakes behind. We follow forty of them through old maps, and find "
    "that the age of a lake tells how fast its river moved, whatever the valley is made of. Where "
    "dams were built the lakes are younger, for floods that would have cut them off came late."
)
OTHER = (
    "Honeybees find their way home by the sun and by landmarks. We moved hives by night and saw "
    "how many days it took until every bee of them had learned the new place, in rain and in sun."
)
TITLE = "Lakes that rivers leave behind in their valleys"
FULL = {
    "title": TITLE,
    "abstract": ABSTRACT,
    "authors": ("Ann Brook", "Bo Hill"),
    "eprint": "1905.00001",
    "doi": "10.5555/lakes",
    "published": "2019-05-02",
}


def ask(known: dict[str, Any], *others: dict[str, Any]) -> Verdict:
    """The verdict on a paper of which `known` is known, where `others` are met."""
    record = Record(span=(0, 0), **known)
    missing = tuple(name for name in FIELDS if not getattr(record, name))
    met = [Candidate(Record(span=(0, 0), **o), "c", "m") for o in others]
    verdict = judge(Gap("text:1", "", record, missing), met)
    assert judge(Gap("text:1", "", record, missing), met[::-1]) == verdict
    return verdict


def without(*names: str, **changes: Any) -> dict[str, Any]:
    return {k: v for k, v in FULL.items() if k not in names} | changes


@pytest.mark.parametrize(
    ("known", "by"),
    [
        ({"eprint": "1905.00001"}, "arxiv"),
        ({"doi": "10.5555/lakes"}, "doi"),
        ({"abstract": ABSTRACT}, "abstract"),
        ({"abstract": ABSTRACT[:200] + " …"}, "abstract"),
        ({"abstract": ABSTRACT.replace("forty", "fourty")}, "abstract"),
        ({"title": TITLE.upper(), "authors": ("Brook, A.",)}, "title"),
        ({"title": TITLE}, "title"),
    ],
)
def test_what_is_clear_is_taken(known: dict[str, Any], by: str) -> None:
    """Every kind of evidence finds all that is missing, and nothing that is known."""
    verdict = ask(known, FULL, without("eprint", "doi", title="Bees", abstract=OTHER))
    assert verdict.match is not None
    assert verdict.match.by == by
    assert verdict.found == {k: v for k, v in FULL.items() if k not in known}


@pytest.mark.parametrize(
    ("known", "other"),
    [
        # The identifier is another paper's.
        ({"eprint": "1905.00001", "title": "Bees", "abstract": OTHER}, FULL),
        # The abstract is there, the paper is another by its own identifier, title or authors.
        ({"abstract": ABSTRACT, "title": "Bees that fly home at night"}, FULL),
        ({"abstract": ABSTRACT, "authors": ("Cy Moor",)}, FULL),
        # The title is another paper's, too.
        ({"title": TITLE, "authors": ("Cy Moor",)}, FULL),
        ({"title": TITLE, "abstract": OTHER}, FULL),
        ({"title": TITLE, "published": "1999"}, FULL),
        ({"title": "Lakes and their rivers"}, without("abstract", title="Lakes and their rivers")),
    ],
)
def test_what_contradicts_is_left_alone(known: dict[str, Any], other: dict[str, Any]) -> None:
    """Nothing is taken where something speaks against it, and it is said."""
    verdict = ask(known, other)
    assert verdict.found == {} and verdict.match is None
    assert verdict.refused


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ({"abstract": ABSTRACT, "eprint": "1905.00002"}, FULL),
        ({"abstract": OTHER}, FULL),
        ({"abstract": "This paper was withdrawn."}, without(abstract="This paper was withdrawn.")),
        ({"abstract": ABSTRACT.replace("lake", "town").replace("river", "road")}, FULL),
        ({"title": "Bees that fly home at night"}, FULL),
    ],
)
def test_other_papers_are_no_matches(known: dict[str, Any], other: dict[str, Any]) -> None:
    """Of another paper nothing is taken, and nothing needs to be said."""
    assert ask(known, other) == Verdict({}, None)


def test_two_papers_that_both_match_give_nothing() -> None:
    """Where two papers have the abstract, or the title, neither is taken, and both are named."""
    twin = without("doi", eprint="1905.00002", title="Lakes, again")
    assert "1905.00001; 1905.00002" in (ask({"abstract": ABSTRACT}, FULL, twin).refused or "")
    twin = without("abstract", "doi", eprint="1905.00002")
    assert ask({"title": TITLE}, without("abstract"), twin).refused


@pytest.mark.parametrize(
    "notice",
    [
        "Discussion of “Lakes that rivers leave behind in their valleys” by Brook and Hill, with a "
        "view to the maps of the last century.",
        "This paper has been withdrawn by the authors, because lakes in its third section turned "
        "out to be ponds, which changes all that follows.",
    ],
)
def test_a_notice_stands_for_no_paper(notice: str) -> None:
    """What several papers may say word by word in place of an abstract proves nothing."""
    assert ask({"abstract": notice}, without(abstract=notice)) == Verdict({}, None)


def test_a_collection_may_hold_beginnings() -> None:
    """An abstract that breaks off is one that was cut; one that ends is another paper's."""
    cut = without(abstract=ABSTRACT[:150] + "...")
    assert ask({"abstract": ABSTRACT}, cut).found["title"] == TITLE
    ended = without(abstract=ABSTRACT[: ABSTRACT.index("Where dams")])
    assert ask({"abstract": ABSTRACT}, ended) == Verdict({}, None)


def test_an_equal_abstract_wins_over_one_that_is_nearly_equal() -> None:
    """Of two papers in a series the one whose abstract is the same is meant."""
    second = without("doi", eprint="1905.00002", abstract=ABSTRACT.replace("forty", "fifty"))
    verdict = ask({"abstract": ABSTRACT}, second, FULL)
    assert verdict.found["eprint"] == "1905.00001"


def test_records_of_one_paper_give_what_they_agree_on() -> None:
    """Two records of a paper complete each other; where they differ, nothing is taken."""
    other = without("doi", published="2019-05", venue="Lakes Letters", authors=("Someone Else",))
    found = ask({"eprint": "1905.00001"}, FULL, other).found
    assert found["venue"] == "Lakes Letters" and found["doi"] == "10.5555/lakes"
    assert found["published"] == "2019-05-02"
    assert "authors" not in found
