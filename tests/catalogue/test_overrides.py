"""What a note says of a paper's tags wins over what was found."""

from __future__ import annotations

import pytest

from digest.catalogue.knowledge import Knowledge
from digest.catalogue.overrides import Override, read_override
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.understand import understand
from digest.catalogue.venues.registry import load_venues
from digest.paper import Record, Sighting, Source


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    taxonomy = load_taxonomy()[0]
    return Knowledge(taxonomy, Matcher(taxonomy), load_venues())


EMPTY = Record(span=(0, 0))
RECORD = Record(
    span=(0, 1),
    title="Graph neural networks for robots",
    abstract="We study graph neural networks and speech recognition.",
    eprint="2309.04669",
)


def tags(knowledge: Knowledge, said: Override | None) -> list[str]:
    group = (Sighting(RECORD, Source("a.txt", "x", 0, 1, 1, 1)),)
    paper = understand(group, knowledge, said)
    return [tag.slug for tag in paper.tags]


def test_add_drop_and_replace(knowledge: Knowledge) -> None:
    found = tags(knowledge, None)
    assert "graph-neural-networks" in found
    added = tags(knowledge, Override(EMPTY, add_tags=("hedge trimming",)))
    assert added == ["hedge-trimming", *found]
    dropped = tags(knowledge, Override(EMPTY, drop_tags=("Graph Neural Networks",)))
    assert dropped == [slug for slug in found if slug != "graph-neural-networks"]
    only = tags(knowledge, Override(Record(span=(0, 0), tags=("hedge trimming",))))
    assert only == ["hedge-trimming"]


@pytest.mark.parametrize(
    "head",
    [
        "---\nadd_tags: [one, '#two']\n---\n", "---\nadd_tags: one, two\n---\n",
        "---\ntitle: T\nAdd-Tags:\n- one\n- two\n---\n",
    ],
)  # fmt: skip
def test_lists_are_read_as_people_write_them(head: str) -> None:
    said, problems = read_override(EMPTY, head, "notes/a.md")
    assert (said.add_tags, problems) == (("one", "two"), ())


def test_hide() -> None:
    assert read_override(EMPTY, "---\nhide: yes\n---\n", "notes/a.md")[0].hide
    assert not read_override(EMPTY, "---\nhide: no\n---\n", "notes/a.md")[0].hide


def test_a_mistake_is_told_with_its_line() -> None:
    _, problems = read_override(EMPTY, "---\ntitle: T\ndrop_tags: {a: b}\n---\n", "notes/a.md")
    assert [(p.path, p.line) for p in problems] == [("notes/a.md", 3)]
