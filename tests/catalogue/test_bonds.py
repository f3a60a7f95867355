"""What notes say of which papers are one wins over every identifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.catalogue.bonds import Bond
from digest.catalogue.keys import keyed
from digest.catalogue.merge import Merged, bring_together
from digest.catalogue.overrides import bonds_of, read_override
from digest.paper import Record, Sighting

Make = Callable[..., Sighting]
TITLE = "On the choice of the next paper to read"


def together(sightings: Sequence[Sighting], *bonds: Bond) -> Merged:
    return bring_together(map(keyed, sightings), bonds)


def bond(ours: str, theirs: str, same: bool) -> Bond:
    return Bond(ours, theirs, same, "notes/a.md", 3)


def test_same_as_joins_against_identifiers(sighting: Make) -> None:
    """Two arXiv identifiers are one paper where the user says so, and every sighting follows."""
    found = together(
        [sighting(eprint="2301.00001"), sighting(eprint="2301.00002"), sighting(eprint="2301.00001",
         title="x")],
        bond("arxiv-2301.00001", "2301.00002", True),
    )  # fmt: skip
    assert [len(group) for group in found.groups] == [3]
    assert "note" in {m.merged.rule for m in found.groups[0] if m.merged}
    assert found.problems == []


def test_not_same_as_parts_for_good(sighting: Make) -> None:
    """What the user parts stays apart, also through a third sighting that fits both."""
    found = together(
        [
            sighting(title=TITLE, doi="10.1000/a"),
            sighting(title=TITLE, eprint="2301.00001"),
            sighting(title=TITLE, authors=("Ada Lovelace",)),
        ],
        bond("doi-10.1000-a", "arXiv:2301.00001", False),
    )
    for group in found.groups:
        records = [member.sighting.record for member in group]
        assert not (any(r.doi for r in records) and any(r.eprint for r in records))


def test_what_names_nothing_is_told_with_the_nearest_name(sighting: Make) -> None:
    """A wrong reference has file, line and hint, and the rest still counts."""
    found = together(
        [sighting(eprint="2301.00001"), sighting(eprint="2301.00002")],
        bond("arxiv-2301.00001", "arxiv-2301.0002", True),
    )
    (problem,) = found.problems
    assert (problem.path, problem.line) == ("notes/a.md", 3)
    assert "arxiv-2301.00002" in problem.hint
    assert len(found.groups) == 2


def test_a_contradiction_is_told(sighting: Make) -> None:
    """Of `same_as` and `not_same_as` for one pair, apart is what stays."""
    found = together(
        [sighting(eprint="2301.00001"), sighting(eprint="2301.00002")],
        bond("arxiv-2301.00001", "2301.00002", True),
        bond("arxiv-2301.00002", "2301.00001", False),
    )
    assert len(found.groups) == 2
    assert len(found.problems) == 1


def test_a_note_names_other_papers() -> None:
    """One reference or a list of them, each with its line."""
    head = "---\nsame_as: [2301.00002, doi-10.1000-a]\nnot_same_as: 2301.00003\n---\n"
    said, problems = read_override(Record(span=(0, 0)), head, "notes/x.md")
    assert problems == ()
    found = bonds_of({"x": said}, {"x": "notes/x.md"})
    assert [(b.ours, b.theirs, b.same, b.line) for b in found] == [
        ("x", "2301.00002", True, 2),
        ("x", "doi-10.1000-a", True, 2),
        ("x", "2301.00003", False, 3),
    ]
