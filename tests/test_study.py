"""Papers whose sources say the same are remembered; whatever else changed, they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest import study as study_module
from digest.catalogue.keys import Keyed, keyed
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.overrides import Override
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.understand import understand
from digest.catalogue.venues.registry import load_venues
from digest.ledger import Ledger
from digest.paper import Paper, Record, Sighting, Source
from digest.study import Study

SOURCE = Source("a.txt", "x", 0, 1, 1, 1)


def record(eprint: str, title: str, source: Source = SOURCE) -> Keyed:
    return keyed(Sighting(Record(span=(0, 1), title=title, eprint=eprint), source))


def plain(group: tuple[Keyed, ...]) -> tuple[Sighting, ...]:
    return tuple(member.sighting for member in group)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    taxonomy, _ = load_taxonomy()
    return Knowledge(taxonomy, Matcher(taxonomy), load_venues())


GROUPS = [(record("2301.00001", "On salt"),), (record("2301.00002", "On tea"),)]


class Room:
    """A study, and the titles of the papers that it understood."""

    def __init__(self, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
        self.knowledge = knowledge
        self.understood: list[str | None] = []

        def understanding(
            group: tuple[Sighting, ...], knowledge: Knowledge, said: Override | None
        ) -> Paper:
            self.understood.append(group[0].record.title)
            return understand(group, knowledge, said)

        monkeypatch.setattr(study_module, "understand", understanding)

    def papers(
        self,
        study: Study,
        groups: list[tuple[Keyed, ...]],
        overrides: dict[str, Override] | None = None,
        version: bytes = b"v",
    ) -> list[Paper]:
        self.understood.clear()
        said = overrides or {}
        return study.study(groups, self.knowledge, said, version, 1, lambda _done, _total: None)


@pytest.fixture
def room(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(knowledge, monkeypatch)


def test_only_what_changed_is_understood(room: Room, tmp_path: Path) -> None:
    """By this process and the next, and another version understands all."""
    ledger = Ledger(tmp_path / "l.sqlite")
    study = Study(ledger, lasting=True)
    first = room.papers(study, GROUPS)
    assert first == [understand(plain(group), room.knowledge) for group in GROUPS]
    assert room.papers(study, GROUPS) == first
    assert room.understood == []
    more = [*GROUPS, (record("2301.00003", "On ink"),)]
    assert [p.title for p in room.papers(Study(ledger, lasting=False), more)] == [
        "On salt",
        "On tea",
        "On ink",
    ]
    assert room.understood == ["On ink"]
    room.papers(Study(ledger, lasting=False), more, version=b"w")
    assert room.understood == ["On salt", "On tea", "On ink"]


def test_another_place_is_no_other_paper(room: Room, tmp_path: Path) -> None:
    """A paper that moved in its file is not understood again, but its source is the new one."""
    study = Study(Ledger(tmp_path / "l.sqlite"), lasting=True)
    room.papers(study, GROUPS)
    there = Source("b.txt", "x", 5, 9, 2, 3)
    moved = [
        (record("2301.00001", "On salt", there),),
        (record("2301.00002", "On tea", there),),
    ]
    assert {p.sources[0].file for p in room.papers(study, moved)} == {"b.txt"}
    assert room.understood == []


def test_a_note_concerns_its_paper_alone(room: Room, tmp_path: Path) -> None:
    """It changes fields, hides the paper, and when it is taken away all is as before."""
    study = Study(Ledger(tmp_path / "l.sqlite"), lasting=True)
    first = room.papers(study, GROUPS)
    renamed = Override(Record(span=(0, 0), title="On sea salt"))
    said = {"arxiv-2301.00001": renamed, "arxiv-2399.00009": renamed}
    assert [p.title for p in room.papers(study, GROUPS, said)] == ["On sea salt", "On tea"]
    assert room.understood == ["On salt"]
    hidden = {"arxiv-2301.00001": Override(Record(span=(0, 0)), hide=True)}
    assert room.papers(study, GROUPS, hidden) == first[1:]
    assert room.papers(study, GROUPS) == first
