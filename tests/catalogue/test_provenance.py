"""Every field of a paper with several sources names the source and the rule it came from."""

from __future__ import annotations

from typing import Any

import pytest

from digest.catalogue.knowledge import Knowledge
from digest.catalogue.overrides import Override
from digest.catalogue.provenance import disagreements
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.understand import understand
from digest.catalogue.venues.registry import load_venues
from digest.paper import Record, Sighting, Source


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    taxonomy = load_taxonomy()[0]
    return Knowledge(taxonomy, Matcher(taxonomy), load_venues())


def group(*rows: dict[str, Any]) -> tuple[Sighting, ...]:
    return tuple(
        Sighting(
            Record(span=(0, 1), **{k: v for k, v in row.items() if k != "format"}),
            Source(f"{place}.txt", row.get("format", "x"), 0, 1, 1, 1),
        )
        for place, row in enumerate(rows)
    )


SHORT = "We knead dough and measure how it rises."
LONG = f"{SHORT} Warm rooms help."
ROWS = (
    {"title": "On the rising of dough", "abstract": SHORT, "eprint": "2301.00001"},
    {"title": "On the rising of dough", "abstract": LONG, "authors": ("Ada Bun", "Emmy Loaf")},
    {"doi": "10.1000/ABC", "authors": ("A. Bun",), "published": "2023-02-01"},
)


def told(
    knowledge: Knowledge, said: Override | None = None, *rows: dict[str, Any]
) -> dict[str, Any]:
    paper = understand(group(*(rows or ROWS)), knowledge, said)
    return {choice.field: (choice.source, choice.rule) for choice in paper.provenance}


def test_fields_name_source_and_rule(knowledge: Knowledge) -> None:
    """What all say, what one alone says, and what was preferred among several."""
    found = told(knowledge)
    assert found["title"] == (0, "agreed")
    assert found["abstract"] == (1, "longest")
    assert found["authors"] == (1, "most names")
    assert found["eprint"] == (0, "only")
    assert found["doi"] == (2, "only")
    assert found["published"][0] == 2


def test_a_note_is_no_source(knowledge: Knowledge) -> None:
    """What the user says is told as such, and the rest as before."""
    found = told(knowledge, Override(Record(span=(0, 0), title="Dough")))
    assert found["title"] == (None, "note")
    assert found["abstract"] == (1, "longest")


def test_a_derived_title_names_the_abstract_that_it_is_of(knowledge: Knowledge) -> None:
    """A title that no source gives comes from the abstract that was chosen."""
    found = told(knowledge, None, {"abstract": SHORT}, {"abstract": LONG})
    assert found["title"] == (1, "derived")


def test_what_one_source_says_needs_no_trace(knowledge: Knowledge) -> None:
    """Of a single source all fields are: nothing is kept of that."""
    assert understand(group(ROWS[0]), knowledge).provenance == ()


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (({"title": 'Gr\\"obner bases'}, {"title": "GRÖBNER BASES"}), []),
        (({"title": "Gröbner bases"}, {"title": "Standard bases"}), ["title"]),
        (({"doi": "10.1000/A"}, {"doi": "10.1000/a"}), []),
        (({"doi": "10.1000/a"}, {"doi": "10.1000/b"}), ["doi"]),
        (({"published": "2020-01"}, {"published": "2020"}), []),
        (({"published": "2020"}, {"published": "2021"}), ["year"]),
        (({"authors": ("Emmy Loaf",)}, {"authors": ("Loaf, E.", "Ada Bun")}), []),
        (({"authors": ("Emmy Loaf",)}, {"authors": ("Ada Bun",)}), ["author"]),
        (({"title": "Dough"}, {"abstract": SHORT}), []),
    ],
)  # fmt: skip
def test_only_what_differs_in_substance_is_a_disagreement(
    rows: tuple[dict[str, Any], ...], fields: list[str]
) -> None:
    """Case, LaTeX, initials, precision and silence are no disagreements."""
    assert [one.field for one in disagreements(group(*rows))] == fields
