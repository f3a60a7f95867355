"""Lists that are kept stay those that would be made of all papers at once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.related import relate, relations
from digest.catalogue.related.relations import Relations, relate_again, renew
from digest.paper import Author, Paper, Tag

FIELDS = [
    "laundry robot gripper cotton folding tactile imitation",
    "whale song dialect ocean melody fjord glacier",
    "basalt magma crater quasar pulsar redshift orbit",
    "syntax phoneme treaty tariff auction voter bandit",
]
NAMES = ["Ada Abel", "Bo Berg", "Cy Cole", "Di Dahl", "Eli Ek", "Fay Falk"]
SUBJECTS = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]


def some_paper(key: str, seed: int) -> Paper:
    """A paper in one of a few fields, that may cite, name a system and have authors and tags."""
    dice = random.Random(seed)
    words = dice.choice(FIELDS).split() + dice.sample(" ".join(FIELDS).split(), 2)
    text = ". ".join(" ".join(dice.choices(words, k=dice.randrange(2, 9))) for _ in range(4))
    if dice.random() < 0.2:
        text += f" Follows arXiv:2101.0000{dice.randrange(4)}."
    system = dice.choice(["GRIPPER", "Songnet", None, None, None, None])
    tags = dice.sample(SUBJECTS, dice.randrange(3))
    return Paper(
        key=key,
        slug=key,
        title=" ".join(dice.choices(words, k=3)),
        title_source="given",
        abstract=text if dice.random() < 0.95 else None,
        system=system,
        eprint=f"2101.0000{dice.randrange(4)}" if dice.random() < 0.1 else None,
        authors=tuple(Author(n, n, "") for n in dice.sample(NAMES, dice.randrange(3))),
        tags=tuple(Tag(t.lower(), t, dice.choice(["taxonomy", "implied"])) for t in tags),
    )


def collection(count: int, seed: int = 0) -> dict[str, Paper]:
    """Papers by key."""
    return {key: some_paper(key, seed + n) for n in range(count) for key in [f"text:{n:04}"]}


@pytest.fixture(autouse=True)
def _never_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few papers there are, find out whom a change concerns."""
    monkeypatch.setattr(relations, "_NEIGHBOURS", 0)


def assert_clean(found: Relations, papers: Sequence[Paper]) -> None:
    """Lists and reasons are those of a clean computation."""
    clean = renew(None, papers, ()).relations
    assert found.keys == clean.keys
    assert found.rows == clean.rows
    assert np.array_equal(found.search.used, clean.search.used)
    assert np.array_equal(found.marks, clean.marks)


CHANGES = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(-40, 200)), min_size=1, max_size=6),
    min_size=1,
    max_size=6,
)
"""Steps of changes: the number of a paper, and a seed for it; below zero it goes."""


@given(st.integers(0, 24), st.integers(0, 1000), CHANGES)
@settings(max_examples=30, deadline=None)
def test_small_collections_stay_as_if_made_anew(
    count: int, seed: int, steps: list[list[tuple[int, int]]]
) -> None:
    """From nothing to nothing, whatever comes, goes and changes at once."""
    papers = collection(count, seed)
    found = renew(None, [*papers.values()], ()).relations
    for step in steps:
        come: dict[str, Paper] = {}
        gone = set()
        for number, change in step:
            key = f"text:{number:04}"
            if change < 0:
                gone.add(key)
                come.pop(key, None)
            else:
                come[key] = some_paper(key, change)
        found = renew(found, [*come.values()], gone).relations
        papers = {k: p for k, p in papers.items() if k not in gone} | come
        assert_clean(found, [*papers.values()])


@pytest.mark.parametrize("seed", range(3))
def test_bounds_of_the_search_stay_as_if_made_anew(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where most of what a paper could be compared with is cut off, as in large collections."""
    for name, value in (("bounds.BUDGET", 60), ("concerned.BUDGET", 60),
                        ("neighbours._SIGHTINGS", 24), ("neighbours._COMPARED", 10)):  # fmt: skip
        monkeypatch.setattr(f"digest.catalogue.related.{name}", value)
    dice = random.Random(seed)
    papers = collection(120, seed * 1000)
    found = renew(None, [*papers.values()], ()).relations
    concerned = 0
    for step in range(15):
        keys = dice.sample(sorted(papers), dice.randrange(1, 4))
        gone, changed = keys[1:], keys[:1]
        new = [f"text:{dice.randrange(10_000):04}" for _ in range(dice.randrange(3))]
        come = {key: some_paper(key, 77 * step + n) for n, key in enumerate(changed + new)}
        renewal = renew(found, [*come.values()], gone)
        before = found.lists()
        papers = {k: p for k, p in papers.items() if k not in gone} | come
        found = renewal.relations
        assert_clean(found, [*papers.values()])
        differ = {key for key in papers if before.get(key, ()) != found.of(key)}
        assert renewal.differing == differ | come.keys()
        concerned += len(renewal.differing) < len(papers)
    assert concerned > 8, "changes are to stay local"


def test_the_order_of_many_changes_is_of_no_matter() -> None:
    """All at once, one by one, or so many that all lists are made anew."""
    papers = collection(60)
    found = renew(None, [*papers.values()][:20], ()).relations
    one_by_one = found
    for paper in reversed([*papers.values()][20:]):
        one_by_one = renew(one_by_one, [paper], ()).relations
    assert_clean(one_by_one, [*papers.values()])
    assert renew(found, [*papers.values()][20:], ()).relations.rows == one_by_one.rows
    assert one_by_one.lists() == relate([*papers.values()])


def test_a_new_paper_concerns_its_neighbours_alone() -> None:
    """Papers of other fields keep their lists, and what is new stands in those of its own."""
    papers = collection(80)
    newcomer = papers.pop("text:0040")
    known = renew(None, [*papers.values()], ()).relations
    renewal = renew(known, [newcomer], ())
    entered = {
        key
        for key, rows in renewal.relations.lists().items()
        if newcomer.key in [row.key for row in rows]
    }
    assert entered <= renewal.differing
    assert 0 < len(renewal.differing) < len(papers) // 2


def test_nothing_changed_costs_nothing() -> None:
    """The same value comes back, and papers that are no longer known are not missed."""
    papers = [*collection(10).values()]
    known = renew(None, papers, ()).relations
    for renewal in (
        renew(known, [], ["text:unknown"]),
        relate_again(papers, known),
        relate_again(papers, known, changed=[]),
    ):
        assert renewal.relations is known
        assert renewal.differing == frozenset()


def test_changes_are_found_by_what_lists_rest_on() -> None:
    """A change of any field that plays a part is noticed, and no other."""
    papers = collection(20)
    papers["text:0003"] = old = some_paper("text:0003", 5)
    known = relate_again([*papers.values()], None).relations
    for changes in (
        {"title": "Other"}, {"abstract": "Whales sing."}, {"system": "Other"}, {"comment": "Short"},
        {"eprint": "2101.00009"}, {"doi": "10.1000/1"}, {"authors": ()},
        {"tags": (Tag("alpha", "Other name", "taxonomy"),)},
        {"tags": (Tag("alpha", "Alpha", "implied"),)},
    ):  # fmt: skip
        papers[old.key] = msgspec.structs.replace(old, **changes)
        renewal = relate_again([*papers.values()], known)
        assert old.key in renewal.differing
        assert_clean(renewal.relations, [*papers.values()])
    papers[old.key] = msgspec.structs.replace(old, published="2020", slug="other")
    assert relate_again([*papers.values()], known).relations is known


def test_of_unchanged_papers_the_key_is_enough() -> None:
    """Where the caller says which papers changed, texts of others are not needed."""
    papers = collection(30)
    known = relate_again([*papers.values()], None).relations
    papers["text:0007"] = some_paper("text:0007", 99)
    del papers["text:0011"]
    papers["text:0999"] = some_paper("text:0999", 98)
    bare = [
        paper if paper.key in {"text:0007", "text:0999"}
        else Paper(key=paper.key, slug="", title="", title_source="given")
        for paper in papers.values()
    ]  # fmt: skip
    renewal = relate_again(bare, known, changed={"text:0007"})
    assert_clean(renewal.relations, [*papers.values()])


def test_what_is_kept_grows_with_the_papers_not_with_their_changes() -> None:
    """However often papers change, terms and strings of what they were are dropped in the end."""
    papers = collection(12)
    found = renew(None, [*papers.values()], ()).relations
    strings, numbers = found.lookup.strings.total(), len(found.lookup.numbers)
    for seed in range(40):
        come = {key: some_paper(key, 500 * seed + n) for n, key in enumerate(papers)}
        title = f"Title {''.join(chr(97 + seed % k) for k in range(2, 14))}"
        come["text:0005"] = msgspec.structs.replace(come["text:0005"], title=title)
        found = renew(found, [*come.values()], ()).relations
        papers = come
        assert_clean(found, [*papers.values()])
    assert found.lookup.strings.total() < 4 * strings
    assert len(found.lookup.numbers) < 4 * numbers
