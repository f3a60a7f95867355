"""The page's search engine says what Python's says: words, queries, papers found, counts."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.search.find import Sort, find
from digest.search.query import parse
from digest.search.reader import Reader
from digest.search.words import units

pytestmark = pytest.mark.browser

TABLE: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "search/queries.json").read_text("utf-8")
)
OPEN = """async () => {
  const { base, mark } = document.querySelector("[data-base]").dataset;
  await digestSearch.open(base, mark);
}"""
FIND = "([query, options]) => digestSearch.find(query, options)"
SORTS: tuple[Sort, ...] = ("relevance", "date", "title")
SIGNS = [
    *map(chr, range(32, 127)),
    *"éßασςİıﬁ’‐²½Ⅷ\u0301\u00ad\u200b",
    *"深度학가กא1اж\U00020000\U0001f600",
]
HOSTILE = [
    "",
    '"',
    '"""',
    "((((((",
    "-",
    "- -- ---",
    "OR OR OR",
    "a OR",
    "author:",
    'tag:"',
    "year:9999..0000",
    "<script>alert(1)</script>",
    "</script>",
    "\u2028\u2029\x00\x01\x7f",
    "*",
    "**** a*",
    "\\\\alpha \\",
    "x" * 10_000,
    "word " * 2_000,
    '"' * 5_000,
    "tag:" * 2_000,
    "a-" * 5_000,
    "深" * 5_000,
    "\ud800 lone \udfff",
    "__proto__ constructor toString",
    "title:constructor has:__proto__",
]


@pytest.fixture(scope="module")
def reader(site: Path) -> Reader:
    """The index of the example site, as Python reads it."""
    return Reader(lambda name: (site / "data/search" / name).read_text("utf-8"))


@pytest.fixture
def engine(disk: str, visit: Callable[..., Any]) -> Any:
    """A page opened from a folder on disk, with the index open."""
    page = visit(disk + "search.html", disk)
    page.evaluate(OPEN)
    return page


def terms(reader: Reader) -> list[str]:
    """All words of the index."""
    parts = reader.parts("")
    return sorted(term for _, term in reader.beginning("", parts))


def queries(reader: Reader) -> Iterator[str]:
    """Every form of the grammar, filled with words of the index."""
    chance, known = random.Random(5), terms(reader)
    for _ in range(60):
        words = [chance.choice(known) for _ in range(chance.randint(1, 4))]
        match chance.randrange(8):
            case 0:
                words[0] = f'"{" ".join(words[:2])}"'
            case 1:
                words[-1] = f"-{words[-1]}"
            case 2:
                words.insert(1, "OR")
            case 3:
                words[0] = words[0][:3] + "*"
            case 4:
                words[0] = words[0][:3] + words[0][4:]
            case 5:
                words.append(f"title:{chance.choice(known)}")
            case 6:
                words.append(
                    chance.choice(["has:code", "year:1900..2018", "year:2017..", "-has:code"])
                )
            case _:
                words.append(f"author:{chance.choice(known)}")
        yield " ".join(words)
    yield from (row["query"] for row in TABLE)


def test_words_are_the_same(engine: Any) -> None:
    """Folding, places, hyphens, plurals and bigrams, over texts of all kinds of signs."""
    chance = random.Random(1)
    texts = [
        "".join(chance.choice(SIGNS) for _ in range(chance.randrange(25))) for _ in range(2_000)
    ]
    texts += ["Bayes’s matrices, t-SNE of GPT-3.5: state-of-the-art 2309.04669 on-line"]
    found = engine.evaluate(
        """all => all.map(
          text => digestSearch.units(text).map(one => [one.raw, one.word, one.place, one.joined])
        )""",
        texts,
    )
    for text, got in zip(texts, found, strict=True):
        assert got == [[u.raw, u.word, u.place, u.joined] for u in units(text)], text


def test_queries_are_understood_alike(engine: Any) -> None:
    """Each row of the table, atom by atom."""
    names = (
        "kind",
        "words",
        "places",
        "field",
        "prefix",
        "typed",
        "joined",
        "value",
        "written",
        "first",
        "last",
    )
    for row in TABLE:
        got = engine.evaluate(
            "([text, typing]) => digestSearch.parse(text, typing)", [row["query"], row["typing"]]
        )
        want = parse(row["query"], typing=row["typing"])
        assert got["leftOut"] == want.left_out, row["query"]
        assert [
            (clause["negative"], [{name: atom[name] for name in names} for atom in clause["atoms"]])
            for clause in got["clauses"]
        ] == [
            (
                clause.negative,
                [
                    {
                        name: list(value)
                        if isinstance(value := getattr(atom, name), tuple)
                        else value
                        for name in names
                    }
                    for atom in clause.atoms
                ],
            )
            for clause in want.clauses
        ], row["query"]


def test_the_same_papers_in_the_same_order(engine: Any, reader: Reader) -> None:
    """With the same scores to the last bit, sorted in every way, finished or still being typed."""
    for number, query in enumerate(queries(reader)):
        sort, typing = SORTS[number % 3], bool(number % 2)
        got = engine.evaluate(FIND, [query, {"sort": sort, "typing": typing, "limit": 30}])
        want = find(reader, query, sort=sort, typing=typing, limit=30)
        assert [(h["slot"], h["score"], h["whole"]) for h in got["hits"]] == [
            *map(tuple, want.hits)
        ], query
        assert (got["total"], got["whole"], got["leftOut"]) == (
            want.total,
            want.whole,
            want.left_out,
        ), query
        assert (got["missing"], got["instead"]) == (want.missing, [*map(list, want.instead)]), query
        assert sorted(got["words"]) == sorted(want.words), query
        assert sorted(got["slots"]) == sorted(want.slots), query


def test_hostile_queries_are_queries(engine: Any, reader: Reader) -> None:
    """Quotes, brackets, markup, control signs, ten thousand characters: an answer, and the same."""
    for query in HOSTILE:
        got = engine.evaluate(FIND, [query, {}])
        assert got["total"] == find(reader, query).total, query[:50]


def test_counts_and_cards_are_the_same(engine: Any, reader: Reader) -> None:
    """How many of what was found have each tag, venue and year; and what a result shows."""
    for query in ("learning", "has:code", "year:..1990"):
        got = engine.evaluate(
            "query => digestSearch.find(query, {}).then(digestSearch.facets)", query
        )
        found = find(reader, query)
        want = reader.facets(found.slots)
        assert {slug: count for slug, _, count in got["tags"]} == want["tags"]
        assert {slug: count for slug, _, count in got["venues"]} == want["venues"]
        assert dict(got["years"]) == want["years"]
        assert got["code"] == want["code"]
        slots = [hit.slot for hit in found.hits]
        cards = engine.evaluate("slots => digestSearch.cards(slots)", slots)
        for card, known in zip(cards, reader.cards(slots), strict=True):
            assert f"papers/{card['path']}.html" == known.path
            assert (card["title"], card["date"], card["text"]) == (
                known.title,
                known.date,
                known.text,
            )
            assert tuple(name for _, name in card["tags"]) == known.tags


def test_a_part_of_another_build_is_told(engine: Any) -> None:
    """A site that changed while the page was open: no results of two builds mixed."""
    kind = engine.evaluate(
        """async () => {
          const load = digestSearch.load;
          digestSearch.load = (name, mark, value) => load(name, "ffffff", value);
          try { await digestSearch.find("learning", {}); } catch (error) { return error.kind; }
        }"""
    )
    assert kind == "stale"
