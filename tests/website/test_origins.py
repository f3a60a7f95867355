"""Where the fields of a paper come from, and what its sources say differently, in words."""

from __future__ import annotations

from typing import Any

from digest.language import words_of
from digest.paper import Came, Choice, Disagreement, Paper
from digest.website.origins import came, disputes, origins
from digest.website.paper_views import Dispute, Origin

WORDS = words_of("en")


def paper(**fields: Any) -> Paper:
    return Paper(key="x", slug="x", title="On Tea", title_source="given", **fields)


def test_what_all_sources_agree_upon_is_not_told() -> None:
    """The rest is, with the number of its source, by rule or by evidence."""
    choices = (
        Choice("title", 0, "agreed"),
        Choice("abstract", 1, "longest"),
        Choice("published", 0, "arxiv-id"),
        Choice("venue", None, "comment (CVRP read as CVPR)"),
        Choice("doi", None, "note"),
    )
    assert [*origins(paper(provenance=choices), WORDS)] == [
        Origin("Abstract", 2, "the longest"),
        Origin("Published", 1, "the month in the arXiv identifier"),
        Origin("Venue", 0, "from the authors' comment (CVRP read as CVPR)"),
        Origin("DOI", 0, "the reading group's note"),
    ]
    assert [*origins(paper(), WORDS)] == []


def test_disagreements_name_their_sources() -> None:
    """Each value with the number under which the page lists its source."""
    one = Disagreement("year", (("2023", 0), ("2024", 2)))
    assert [*disputes(paper(disagreements=(one,)), WORDS)] == [
        Dispute("Year", (("2023", 1), ("2024", 3)))
    ]


def test_versions_that_came_are_told_where_there_were_several() -> None:
    """One revision is said by its date already."""
    twice = (Came("2023-02", "repeat"), Came("2023-03-01", "revised", 1234))
    assert [*came(paper(came=twice), WORDS)] == [
        "February 2023, as it was",
        "1 March 2023, version 1234",
    ]
    assert [*came(paper(came=twice[1:]), WORDS)] == []
