"""The small parts that the index is made of: slots, parts of lines, numbers, levels, cards."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from digest.search import numbers, parts, slots
from digest.search.cards import Pack, as_json, pack_value, people, text_of
from digest.search.levels import level, levels
from digest.search.postings import spell
from tests.search.collection import PAPERS, paper

EDGES = [0, 59, 60, 2698, 2699, 756_269, 756_270, numbers.LARGEST]


@given(st.lists(st.one_of(st.sampled_from(EDGES), st.integers(0, numbers.LARGEST)), max_size=40))
def test_both_ways_of_spelling_agree(values: list[int]) -> None:
    """Numbers as arrays are spelt as single ones are, and read back."""
    text = spell(np.array(values, np.int64))
    assert text == numbers.encode(values)
    assert [*numbers.decode(text)] == values


COUNTS = st.tuples(
    st.integers(0, 20), st.integers(1, 900), st.integers(0, 3), st.integers(1, 40),
    st.sampled_from([0.0, 1.0, 1.5, 2.5, 4.0, 5.5]),
)  # fmt: skip


@given(st.lists(COUNTS, min_size=1))
def test_levels_of_many_are_those_of_each(rows: list[tuple[int, int, int, int, float]]) -> None:
    """To the last bit, however they are computed."""
    found = levels(*(np.array(column) for column in zip(*rows, strict=True)))
    assert found.tolist() == [level(*row) for row in rows]


LINES = st.dictionaries(st.text("abcé深:", min_size=1, max_size=6), st.integers(0, 200), min_size=1)


@given(LINES, st.sampled_from([1, 10, 50, 300, 5000]))
def test_parts_hold_all_terms_in_order(sizes: dict[str, int], limit: int) -> None:
    """Each between its first letters and the next part's, none too large that could be divided."""
    terms = sorted(sizes)
    ends = [0, *np.cumsum([sizes[term] for term in terms]).tolist()]
    found = parts.divide(terms, ends, limit)
    if not ends[-1]:
        assert not found
        return
    assert (found[0].first, found[0].start, found[-1].end) == ("", 0, len(terms))
    for one, other in pairwise(found):
        assert one.end == other.start
        assert terms[one.end - 1] < other.first <= terms[other.start]
    for each in found:
        assert ends[each.end] - ends[each.start] <= limit or each.end - each.start == 1
    assert len({parts.name("w", each.first) for each in found}) == len(found)


@given(LINES, st.integers(0, 199))
def test_a_longer_line_leaves_parts_elsewhere(sizes: dict[str, int], more: int) -> None:
    """Parts of other first letters are divided as before, but for the joining of small ones."""
    limit = 100
    words = {"z" + term: size for term, size in sizes.items()}
    words |= {"a" + term: size + limit for term, size in sizes.items()}

    def divided(first: int) -> list[str]:
        changed = words | {"aa": first}
        terms = sorted(changed)
        ends = [0, *np.cumsum([changed[term] for term in terms]).tolist()]
        found = parts.divide(terms, ends, limit)
        return [each.first for each in found if each.first.startswith("z") and each.first != "z"]

    assert divided(0) == divided(more)


@given(st.integers(1, 12), st.data())
def test_a_division_keeps_to_its_number(most: int, data: st.DataObject) -> None:
    """As long as there is a limit that does."""
    terms = [f"w{n:04}" for n in range(400)]
    sizes = data.draw(st.lists(st.integers(1, 9_000), min_size=400, max_size=400))
    ends = [0, *np.cumsum(sizes).tolist()]
    limit, found = parts.division(terms, ends, most)
    assert len(found) <= most or limit >= 1 << 22


def test_steps_double_in_eight() -> None:
    """Sizes that a limit may have: eight until it is twice as much."""
    size, steps = 16, []
    for _ in range(10):
        size = parts.stepped(size)
        steps.append(size)
    assert steps == [18, 20, 22, 24, 26, 28, 30, 32, 36, 40]


HOMES = st.lists(
    st.tuples(st.sampled_from(["", "a", "b"]), st.integers(0, 2**64 - 1)), unique=True, max_size=60
)


@given(HOMES, st.randoms(use_true_random=False))
def test_slots_are_those_of_the_set(rows: list[tuple[str, int]], random: object) -> None:
    """Whatever the order: one each, groups apart and in order, no group fuller than it may be."""

    def placed(rows: list[tuple[str, int]]) -> tuple[dict[tuple[str, int], int], int]:
        homes = np.array([home for _, home in rows], np.uint64)
        found, total = slots.place([group for group, _ in rows], homes)
        return dict(zip(rows, found.tolist(), strict=True)), total

    found, total = placed(rows)
    assert placed(sorted(rows)) == (found, total)
    assert len(set(found.values())) == len(rows)
    assert all(0 <= slot < total for slot in found.values())
    assert sorted(rows, key=found.__getitem__) == sorted(rows)
    sizes = [sum(group == each for each, _ in rows) for group in {group for group, _ in rows}]
    assert total == sum(map(slots.capacity, sizes))


def test_capacities() -> None:
    """The least of 1, 2, 3, 4, 6, 8, 12 … that is filled to two thirds at most."""
    found = [slots.capacity(papers) for papers in (1, 2, 3, 4, 5, 6, 8, 9, 10, 128, 129)]
    assert found == [2, 3, 6, 6, 8, 12, 12, 16, 16, 192, 256]


def test_one_more_moves_few() -> None:
    """In a group that has room; those of other groups stay where they are."""
    rows = [("ab"[n % 2], n * 2**56 * 37 % 2**64) for n in range(100)]
    groups, homes = zip(*rows, strict=True)
    before, total = slots.place(groups, np.array(homes, np.uint64))
    after, same = slots.place([*groups, "a"], np.array([*homes, 2**63 + 1], np.uint64))
    assert same == total
    moved = np.flatnonzero(before != after[:-1])
    assert len(moved) < 10
    assert {groups[at] for at in moved} <= {"a"}


def test_cards_show_formulas_as_they_are_set() -> None:
    """Plain text for all, and MathML beside it where there is a formula."""
    formula = structs.replace(PAPERS[0], title="On $x^2$", abstract="We find $y_1$ of <tea>.")
    pack = pack_value(Pack((0, 5), "whole"), [PAPERS[1], formula])
    assert [*numbers.decode(pack["slots"])] == [0, 4]
    assert pack["titles"] == ["Neural ranking of tea leaves", "On x²"]
    assert pack["texts"][1] == "We find y₁ of <tea>."
    assert list(pack["html"]) == ["1"]
    title, text = pack["html"]["1"]
    assert "<math" in title
    assert "&lt;tea&gt;" in text
    assert pack["names"] == [["ranking", "RANKING"]] or pack["names"][0] == "RANKING"


def test_large_collections_have_short_cards() -> None:
    """The whole abstract, the sentence that leads it, or none; fewer people and tags."""
    assert [text_of(papers) for papers in (2_000, 5_000, 5_001)] == ["whole", "lead", "none"]
    names = paper(0, "x", "", "Ada Byron;Lin Wei;Do An;Emmy Noether;Bo", "", "", "").authors
    assert people(names, 2) == "A. Byron, L. Wei et al."
    assert people(names[:2], 2) == "A. Byron, L. Wei"
    assert people((), 2) == ""
    whole = pack_value(Pack((0,), "none"), [PAPERS[0]])
    assert whole["texts"] == [""]


@pytest.mark.parametrize("text", ["</script><b>", "a\u2028b\u2029c", 'quote " and \\ back'])
def test_no_text_ends_a_script(text: str) -> None:
    """Whatever a title holds, and it is read back as it was."""
    written = as_json({"title": text})
    assert "</" not in written
    assert not {"\u2028", "\u2029", "\n"} & {*written}
    assert json.loads(written) == {"title": text}
