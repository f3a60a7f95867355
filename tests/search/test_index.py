"""The index: it says what the papers say, and remembering gives what beginning anew gives."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from digest.latex import to_plain
from digest.paper import Paper
from digest.search import revision
from digest.search.files import Labels, Settings, lay_out, make_files, mark_content
from digest.search.index import Index, empty, renew
from digest.search.numbers import decode
from digest.search.storage import dump, load
from digest.search.words import name_words, words
from digest.text import mark_of
from tests.search.collection import PAPERS, paper

TEXTS = (
    "", "Salt and tea", "Bat-s of the sea-side", "深度学习 models", "Graph networks for salt",
    "$\\alpha$-decay of salt", "The tea of teas: tea", "Of the and",
)  # fmt: skip
PEOPLE = ("", "Ada Byron", "Lin Wei;Do An", "Paul O'Neil;Ada King")
TAGS = ("", "gnn", "gnn;tea", "tea;salt-water")
DATES = ("", "2021", "2021-03", "1999-12-31", "2024-02-29")
PAPER = st.builds(
    paper,
    st.integers(0, 30),
    st.sampled_from(TEXTS[1:]),
    st.lists(st.sampled_from(TEXTS), max_size=4).map(". ".join),
    st.sampled_from(PEOPLE),
    st.sampled_from(DATES),
    st.sampled_from(TAGS),
    st.sampled_from(["", "TEACONF"]),
)
PAPERS_BY_KEY = st.lists(PAPER, max_size=25, unique_by=lambda p: p.key)
FEW = Settings(files=12)


def marks(papers: Sequence[Paper]) -> list[bytes]:
    return [mark_of(msgpack.encode(each)) for each in papers]


def files(index: Index, papers: Sequence[Paper]) -> dict[str, str]:
    labels = Labels({"gnn": "GNN", "tea": "TEA"}, {"teaconf": "TEACONF"})
    laid = lay_out(index, papers, FEW, labels, mark_content)
    return {name: make() for name, make in laid.scripts().items()}


def value(script: str) -> Any:
    """What a data file hands over: its name, its mark and its value, or META."""
    head, _, rest = script.partition("(")
    assert head in ("digestSearch.load", "digestSearch.index")
    found = json.loads(f"[{rest.removesuffix(');' + chr(10))}]")
    return found if head.endswith("load") else found[0]


def risen(gaps: Sequence[int]) -> list[int]:
    found, before = [], -1
    for gap in gaps:
        before += gap + 1
        found.append(before)
    return found


def lines(made: dict[str, str], prefix: str) -> dict[str, list[str]]:
    """The fields of every term's line; META says in which part each stands."""
    directory = value(made["index.js"])[{"w": "words", "p": "positions"}[prefix]]
    found: dict[str, list[str]] = {}
    bounds = [first for first, _, _ in directory] + ["\U0010ffff"]
    assert bounds == sorted(set(bounds))
    for at, (_, name, mark) in enumerate(directory):
        own, bears, text = value(made[f"{name}.js"])
        assert (own, bears) == (name, mark)
        for line in text.split("\n"):
            term, *fields = line.split(" ")
            assert bounds[at] <= term < bounds[at + 1]
            assert term not in found
            found[term] = fields
    assert list(found) == sorted(found)
    return found


def slots(made: dict[str, str]) -> dict[int, str]:
    """The slug of the paper in each slot, as the cards say."""
    meta = value(made["index.js"])
    found = {}
    for number, mark in enumerate(meta["cards"]):
        if not mark:
            assert f"c-{number}.js" not in made
            continue
        _, bears, pack = value(made[f"c-{number}.js"])
        assert bears == mark
        for slot, slug in zip(risen([*decode(pack["slots"])]), pack["paths"], strict=True):
            found[number * meta["pack"] + slot] = slug
    return found


@given(PAPERS_BY_KEY)
@settings(max_examples=60, deadline=None)
def test_lines_say_what_papers_say(papers: list[Paper]) -> None:
    """Words, people, places in titles and in abstracts, as a plain reading of every paper finds
    them."""
    made = make_files(papers, FEW)
    where = slots(made)
    assert sorted(where.values()) == sorted(each.slug for each in papers)
    at = {slug: slot for slot, slug in where.items()}
    titles: dict[str, dict[int, int]] = defaultdict(dict)
    abstracts: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    people: dict[str, set[int]] = defaultdict(set)
    for each in papers:
        slot = at[each.slug]
        for word, place in words(to_plain(each.title)):
            titles[word].setdefault(slot, place)
        for word, place in words(to_plain(each.abstract or "")):
            if place not in abstracts[word][slot]:
                abstracts[word][slot].append(place)
        for author in each.authors:
            for word in name_words(author.name):
                people[word].add(slot)
    found_titles: dict[str, dict[int, int]] = defaultdict(dict)
    found_texts: dict[str, set[int]] = defaultdict(set)
    found_people: dict[str, set[int]] = defaultdict(set)
    for term, fields in lines(made, "w").items():
        for field in fields:
            if field.startswith("!"):
                count, *gaps = decode(field[1:])
                assert count == len(gaps)
                found_people[term] = set(risen(gaps))
                continue
            numbers = [*decode(field)]
            before = 8
            while numbers:
                level, count, *numbers = numbers
                assert level < before
                before = level
                own, numbers = risen(numbers[:count]), numbers[count:]
                assert not found_texts[term] & set(own)
                found_texts[term] |= set(own)
                if level >= 4:
                    places, numbers = numbers[:count], numbers[count:]
                    found_titles[term] |= {
                        slot: place for slot, place in zip(own, places, strict=True) if place < 59
                    }
    assert {term: own for term, own in found_titles.items() if own} == titles
    assert found_people == people
    for word, spots in abstracts.items():
        assert spots.keys() <= found_texts[word]
    found: dict[str, dict[int, list[int]]] = {}
    for term, (field,) in lines(made, "p").items():
        numbers, slot = [*decode(field)], -1
        found[term] = {}
        while numbers:
            gap, count, *numbers = numbers
            slot += gap + 1
            found[term][slot], numbers = risen(numbers[:count]), numbers[count:]
    assert found == {word: dict(spots) for word, spots in abstracts.items()}


EDIT = st.one_of(st.tuples(st.just("put"), PAPER), st.tuples(st.just("drop"), st.integers(0, 30)))


@pytest.mark.parametrize("anew", [0.0, revision._ALL_ANEW, 1e9], ids=["anew", "mixed", "spliced"])
@given(PAPERS_BY_KEY, st.lists(st.lists(EDIT, max_size=3), min_size=1, max_size=6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_remembering_changes_no_byte(
    anew: float, papers: list[Paper], steps: list[list[tuple[str, Any]]], stored: bool
) -> None:
    """Whatever came, went or was edited; from memory and from what was stored; whether single lines
    are patched or all are made anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(revision, "_ALL_ANEW", anew)
        index = renew(empty(), papers, marks(papers)).now
        for step in steps:
            by_key = {each.key: each for each in papers}
            for kind, what in step:
                if kind == "put":
                    by_key[what.key] = what
                else:
                    by_key.pop(f"text:{what}", None)
            papers = list(by_key.values())
            if stored:
                kept = load(b"".join(dump(index)))
                assert kept is not None
                index = kept
            before = files(index, list(by_key.values())) if not step else None
            renewed = renew(index, papers, marks(papers))
            index = renewed.now
            made = files(index, papers)
            assert made == files(renew(empty(), papers, marks(papers)).now, papers)
            assert before is None or before == made


@given(st.permutations(PAPERS))
@settings(max_examples=20, deadline=None)
def test_the_order_of_papers_does_not_matter(papers: list[Paper]) -> None:
    """The same papers have the same files."""
    assert make_files(papers, FEW) == make_files(PAPERS, FEW)


def test_papers_may_be_read_in_any_process() -> None:
    """What does the work is asked for every paper once, and its answers are all that is used."""
    asked = []

    def spread(function: Any, items: Any, *shared: object) -> Any:
        for item in items:
            asked.extend(item)
            yield function(item, *shared)

    one = renew(empty(), PAPERS, marks(PAPERS), None, spread).now
    assert asked == PAPERS
    assert files(one, PAPERS) == files(renew(empty(), PAPERS, marks(PAPERS)).now, PAPERS)


def test_what_changed_is_told() -> None:
    """An edit names terms of the paper that it concerns and no others."""
    many = [paper(n, f"On tea {n}", "We taste it.", "", "", "gnn", "") for n in range(100)]
    index = renew(empty(), many, marks(many)).now
    edited = [*many[:-1], paper(99, "On tea 99", "We taste salt.", "", "", "gnn", "")]
    changed = renew(index, edited, marks(edited)).changed
    assert changed is not None
    assert "salt" in changed
    assert "98" not in changed


def test_topics_above_a_tag_lead_to_its_papers() -> None:
    """As their pages do."""
    above = {"gnn": ("learning",)}
    made = make_files(PAPERS, FEW, broader=lambda slug: above.get(slug, ()))
    found = lines(made, "w")
    assert found["tag:learning"] == found["tag:gnn"]


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_what_is_broken_is_not_read(place: int, change: int) -> None:
    """A byte that differs, or an end that is missing, costs what was stored, and nothing else."""
    data = bytearray(b"".join(dump(renew(empty(), PAPERS, marks(PAPERS)).now)))
    assert load(bytes(data)) is not None
    cut = bytes(data[: place % len(data)])
    data[place % len(data)] ^= change
    assert load(bytes(data)) is None
    assert load(cut) is None


def test_tags_that_others_imply_are_left_out_of_the_column() -> None:
    """They follow from META, which says what stands above what."""
    above = {"gnn": ("maps", "ranking"), "maps": ("ranking",)}
    rows = [("gnn;maps;ranking", 3), ("maps;physics", 2), ("ranking", 1), ("", 0)]
    some = [paper(n, f"On {n}", "", "", "", tags, "") for n, (tags, _) in enumerate(rows)]
    made = make_files(some, FEW, broader=lambda slug: above.get(slug, ()))
    facets = value(made["index.js"])["facets"]["tags"]
    slugs = [slug for slug, *_ in facets]
    assert {slug: {slugs[at] for at in up} for slug, _, _, up in facets} == {
        "gnn": {"maps", "ranking"}, "maps": {"ranking"}, "ranking": set(), "physics": set(),
    }  # fmt: skip
    assert {slug: papers for slug, _, papers, _ in facets} == {
        "ranking": 3, "maps": 2, "gnn": 1, "physics": 1,
    }  # fmt: skip
    column, where = decode(value(made["column-tags.js"])[2]), slots(made)
    found = {}
    for slot in range(value(made["index.js"])["slots"]):
        own = {slugs[next(column)] for _ in range(next(column))}
        if slot in where:
            found[where[slot]] = own
        else:
            assert not own
    assert found == {
        "paper-0": {"gnn"}, "paper-1": {"maps", "physics"}, "paper-2": {"ranking"},
        "paper-3": set(),
    }  # fmt: skip


def test_words_by_length() -> None:
    """Those of two papers or more, with doublings of their number behind."""
    many = [paper(n, f"On tides {n}", "Salted salmon" * (n < 5), "", "", "", "") for n in range(9)]
    made = make_files([*many, paper(10, "Tide zebras", "深度学习深度学习", "", "", "", "")], FEW)
    about = value(made["index.js"])
    assert value(made["s-6.js"]) == ["s-6", about["spelling"]["6"], "salmon2 salted2"]
    found = [value(made[f"s-{letters}.js"])[2] for letters in about["spelling"]]
    assert not any("zebra" in words for words in found)


def test_facets_and_columns() -> None:
    """Numbers of papers of tags, venues and years, and the values that they are counted from."""
    made = make_files(PAPERS, FEW)
    meta, where = value(made["index.js"]), slots(made)
    by_slug = {each.slug: each for each in PAPERS}
    facets = meta["facets"]
    assert facets["tags"][:2] == [["gnn", "GNN", 3, []], ["ranking", "RANKING", 3, []]]
    assert facets["venues"] == [["teaconf", "TEACONF", 3], ["coffee", "COFFEE", 2]]
    assert dict(map(tuple, facets["years"]))[2022] == 2
    assert facets["code"] == 4
    columns = {name: [*decode(value(made[f"column-{name}.js"])[2])] for name in meta["columns"]}
    assert len(columns["months"]) == meta["slots"]
    tags = iter(columns["tags"])
    titles = []
    for slot in range(meta["slots"]):
        own = [facets["tags"][next(tags)][0] for _ in range(next(tags))]
        each = by_slug.get(where.get(slot, ""))
        if each is None:
            assert not own
            assert {columns[name][slot] for name in columns if name != "tags"} == {0}
            continue
        assert sorted(own) == sorted(tag.slug for tag in each.tags)
        date = each.published or ""
        months = (int(date[:4]) - meta["epoch"]) * 12 + int(date[5:7] or 1) + 1 if date else 1
        assert columns["months"][slot] == months
        assert columns["years"][slot] == (int(date[:4]) - meta["epoch"] + 1 if date else 0)
        assert columns["days"][slot] == int(date[8:] or 0)
        assert columns["code"][slot] == bool(each.links)
        venue = columns["venues"][slot]
        assert (facets["venues"][venue - 1][1] if venue else None) == (
            each.venue and each.venue.name
        )
        titles.append((columns["titles"][slot], " ".join(w for w, _ in words(each.title))))
    assert [rank for rank, _ in sorted(titles)] == list(range(1, len(PAPERS) + 1))
