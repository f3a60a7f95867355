"""The page's search engine says what Python's says: words, queries, papers found, counts, cards."""

from __future__ import annotations

import json
import random
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.search.find import Sort, find
from digest.search.query import parse
from digest.search.reader import Reader
from digest.search.words import units
from tests.browser.engine import OPEN, ROOT, made_up, write_site

pytestmark = pytest.mark.browser

TABLE: list[dict[str, Any]] = json.loads((ROOT / "tests/search/queries.json").read_text("utf-8"))
SORTS: tuple[Sort, ...] = ("relevance", "date", "title")
FIND = """asked => {
  const [text, options] = JSON.parse(asked);
  return digestSearch.find(text, options).then(JSON.stringify);
}"""

# Signs that every version of Unicode in use knows alike, and those that words are made of by rules.
ASSIGNED = [
    sign
    for sign in map(chr, range(0x30000))
    if unicodedata.ucd_3_2_0.category(sign) not in ("Cn", "Cs", "Co")
]
SIGNS = [
    *string.printable,
    *"éßασςİıﬁ’‐²½Ⅷß\u0301\u00ad\u200b\ufeff\ud800\udfff",
    *"深度学가กא1اж\U00020000\U0001f600",
]
ALPHABETS = [
    sign for sign in ASSIGNED if not "\u3400" <= sign < "\ua000" and not "\uac00" <= sign < "\ud800"
]
TEXTS = st.text(st.sampled_from(SIGNS) | st.sampled_from(ASSIGNED), max_size=24)
ATOMS = [
    *"graph networks neural ranking tea ta* ne* graph* title:tea title:ne* author:ada".split(),
    *"t-sne multi-task multitask 3.5 β-decay \\alpha c++ foo:bar a/b 深度学习 学 学* 학습".split(),
    *"tag:gnn tag:RANKING venue:teaconf has:code has:abstract has:nothing author:by*".split(),
    *"year:2022 2021..2023 2023.. ..2021-12 year:2023-07..2023-08".split(),
    *"grahp netwroks rankign coffe recomender brekfast author:adaa mosel zzzzzz".split(),
    *('"neural networks"', '"tea leaves"', '"attention is all"', '"zz tea"', '"tea ('),
    *('title:"tea leaves"', 'author:"ada byron"', 'tag:"GNN"'),
]
CLAUSES = st.tuples(st.sampled_from(["", "", "", "-"]), st.sampled_from(ATOMS)).map("".join)
QUERIES = st.lists(CLAUSES | st.just("OR") | TEXTS, max_size=6).map(" ".join)
CHANCE = random.Random(2)
HOSTILE = [
    *('"', '"""', "((((((", "-", "- -- ---", "OR OR OR", "a OR", "author:", 'tag:"', "*", "* a*"),
    *("“tea leaves” a", "„tea leaves‟ a", "-“tea", "tea\ufeff leaves", "a\u2003b\x85c\x1fd"),
    *("year:9999..0000", "<script>alert(1)</script>", "</script>", "\u2028\u2029\x00\x01\x7f"),
    *("\\\\alpha \\", "__proto__ constructor toString", "title:constructor has:__proto__"),
    *("tag:\ufeff", "has:code\ufeff"),
    *("\ud800 lone \udfff", "tag:\ud800", "t" * 39 + "\U0001f600" * 9, "%00 ../../index", "!tea"),
    *("x" * 10_000, "word " * 2_000, '"' * 5_000, "tag:" * 2_000, "a-" * 5_000, "深" * 5_000),
    *("".join(CHANCE.choices('"-*:( OR\\.<&\x00tag3\ud800深é\u2028', k=12)) for _ in range(180)),
]
# A question to the browser takes its time.
EVERY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Sides:
    """The same index in Chromium, opened from a folder on disk, and in Python."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.reader = Reader(lambda name: (folder / "data/search" / name).read_text("utf-8"))
        self.faults: list[str] = []
        self.page = browser.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text))
        self.page.on("dialog", self._refuse)
        self.page.goto((folder / "page.html").as_uri())
        self.page.evaluate(OPEN)

    def _refuse(self, dialog: Any) -> None:
        self.faults.append("a dialog opened")
        dialog.dismiss()

    def ask(self, script: str, values: Any) -> Any:
        """What `script` makes of `values`; as JSON, since lone surrogates would not pass else."""
        asked = f"text => JSON.stringify(({script})(JSON.parse(text)))"
        return json.loads(self.page.evaluate(asked, json.dumps(values)))

    def agree(self, query: str, sort: Sort = "relevance", *, typing: bool = False) -> None:
        """Both find the same, score for score to the last bit."""
        options = {"sort": sort, "typing": typing, "limit": 30}
        got = json.loads(self.page.evaluate(FIND, json.dumps([query, options])))
        want = find(self.reader, query, sort=sort, typing=typing, limit=30)
        hits = [(hit["slot"], hit["score"], hit["whole"]) for hit in got["hits"]]
        assert hits == [*map(tuple, want.hits)], query
        counts = (got["total"], got["whole"], got["leftOut"])
        assert counts == (want.total, want.whole, want.left_out), query
        assert (got["missing"], got["instead"]) == (want.missing, [*map(list, want.instead)]), query
        assert sorted(got["words"]) == sorted(want.words), query
        assert sorted(got["slots"]) == sorted(want.slots), query


@pytest.fixture(scope="module", params=[0.0, 0.5], ids=["plain", "newer-first"])
def sides(request: Any, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    """Both engines, of an index that does and of one that does not prefer newer papers."""
    both = Sides(browser, write_site(tmp_path_factory.mktemp("engine"), request.param))
    yield both
    both.page.close()
    assert not both.faults


def same_words(sides: Sides, texts: list[str]) -> None:
    """Both divide `texts` alike."""
    script = """all => all.map(
      text => digestSearch.units(text).map(one => [one.raw, one.word, one.place, one.joined])
    )"""
    for text, got in zip(texts, sides.ask(script, texts), strict=True):
        assert got == [[u.raw, u.word, u.place, u.joined] for u in units(text)], text


@given(texts=st.lists(TEXTS, max_size=40))
@EVERY
def test_words_are_the_same(sides: Sides, texts: list[str]) -> None:
    """Folding, places, hyphens, plurals and bigrams, over texts of all kinds of signs."""
    same_words(sides, texts)


def test_every_sign_is_folded_alike(sides: Sides) -> None:
    """Within a word, where what goes and what parts words are told from each other."""
    same_words(sides, [f"a{sign}b" for sign in ALPHABETS])


def understood(sides: Sides, query: str, *, typing: bool) -> None:
    """Both read the same in a query."""
    got = sides.ask("([text, typing]) => digestSearch.parse(text, typing)", [query, typing])
    want = parse(query, typing=typing)
    clauses = [
        {"atoms": [one._asdict() for one in clause.atoms], "negative": clause.negative}
        for clause in want.clauses
    ]
    assert got == json.loads(json.dumps({"clauses": clauses, "leftOut": want.left_out})), query


def test_known_queries_are_understood_alike(sides: Sides) -> None:
    """Each row of the table, and what is hostile, atom by atom."""
    for query in HOSTILE:
        understood(sides, query, typing=True)
    for row in TABLE:
        understood(sides, row["query"], typing=row["typing"])


@given(query=QUERIES, typing=st.booleans())
@EVERY
def test_queries_are_understood_alike(sides: Sides, query: str, typing: bool) -> None:
    """Whatever stands in them, finished or still being typed."""
    understood(sides, query, typing=typing)


def test_the_table_of_queries_finds_the_same(sides: Sides) -> None:
    """Sorted in every way."""
    for number, row in enumerate(TABLE):
        sides.agree(row["query"], SORTS[number % 3], typing=row["typing"])


@given(query=QUERIES, sort=st.sampled_from(SORTS), typing=st.booleans())
@settings(EVERY, max_examples=150)
def test_the_same_papers_in_the_same_order(
    sides: Sides, query: str, sort: Sort, typing: bool
) -> None:
    """Every form of the grammar, slips, words that no paper has, and what has no meaning."""
    sides.agree(query, sort, typing=typing)


def test_a_slip_becomes_what_goes_with_the_rest(sides: Sides) -> None:
    """The same of several words that are as near."""
    words = [term for _, term in sides.reader.beginning("", sides.reader.parts(""))]
    taken = set()
    for word in words:
        sides.agree(f"mosel {word}")
        taken.update(find(sides.reader, f"mosel {word}").instead)
    assert len(taken) > 1


def test_hostile_queries_are_queries(sides: Sides) -> None:
    """Quotes, brackets, markup, control signs, lone surrogates, ten thousand characters: an answer,
    and the same."""
    for query in HOSTILE:
        sides.agree(query)
        sides.agree(query, typing=True)


def test_counts_and_cards_are_the_same(sides: Sides) -> None:
    """How many of what was found have each tag, venue and year; and what a result shows."""
    for query in ("tea", "has:code", "year:..2001", "", "zzzzzz"):
        got = sides.page.evaluate(
            "query => digestSearch.find(query, {}).then(digestSearch.facets)", query
        )
        found = find(sides.reader, query)
        want = sides.reader.facets(found.slots)
        assert {slug: count for slug, _, count in got["tags"]} == want["tags"]
        assert {slug: count for slug, _, count in got["venues"]} == want["venues"]
        assert dict(got["years"]) == want["years"]
        assert got["code"] == want["code"]
        slots = [hit.slot for hit in found.hits]
        cards = sides.page.evaluate("slots => digestSearch.cards(slots)", slots)
        shown = ("title", "people", "date", "venue", "code", "text")
        for card, known in zip(cards, sides.reader.cards(slots), strict=True):
            assert f"papers/{card['path']}.html" == known.path
            assert [card[name] for name in shown] == [getattr(known, name) for name in shown]
            assert tuple(name for _, name in card["tags"]) == known.tags


def test_only_what_is_newer_than_a_day(sides: Sides) -> None:
    """`since` leaves out that day, what is older, and what bears no date."""
    dates = {each.slug: each.published or "" for each in made_up()}
    days = sorted(date for date in dates.values() if len(date) == 10)
    since = days[len(days) // 2]
    # Where no day is known, it is the day before the first; where no month is, January.
    newer = [
        slug for slug, date in dates.items() if date and date + "-01-00"[len(date) - 4 :] > since
    ]
    cards = sides.page.evaluate(
        """since => digestSearch.find("", { since, limit: 999 })
          .then(({ slots }) => digestSearch.cards(slots))""",
        since,
    )
    assert sorted(card["path"] for card in cards) == sorted(newer)
