"""What is found, in what order, and what is said of what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.problems import DigestError
from digest.search.files import make_files
from digest.search.find import MOST_PARTIAL, find
from digest.search.query import parse
from digest.search.reader import Reader
from tests.search.collection import PAPERS, holds, index_of, paper, paths

INDEX = index_of(PAPERS)
VOCABULARY = """
graph network tea neural ranking coffee learning breakfast biscuit matrix ada lin survey
""".split()
ATOMS = st.sampled_from(
    [
        *VOCABULARY,
        *(word + "s" for word in VOCABULARY[:5]),
        *(word[:3] + "*" for word in VOCABULARY),
        *"t-sne multi-task multitask tea-leaves β-decay 3.5 学习 深度学习 学".split(),
        *"title:tea title:graphs title:net* author:ada author:an author:by*".split(),
        *"tag:gnn tag:RANKING venue:teaconf has:code has:abstract".split(),
        *"year:2022 year:2021..2023 2023.. ..2021-12 year:2023-07..2023-08".split(),
        *('"neural networks"', '"tea leaves"', '"attention is all you need"', '"leaves of tea"'),
        *('title:"tea leaves"', 'author:"ada byron"', '"graph networks"'),
    ]
)
CLAUSES = st.tuples(st.sampled_from(["", "", "-"]), ATOMS).map("".join)
CHAINS = st.lists(ATOMS, min_size=2, max_size=3).map(" OR ".join)
QUERIES = st.lists(CLAUSES | CHAINS, max_size=4).map(" ".join)


def whole(text: str, index: Reader = INDEX) -> set[str]:
    """Paths of the papers that have all that `text` asks for."""
    result = find(index, text)
    return set(paths(index, result.slots[: result.whole]))


@given(QUERIES)
def test_found_is_what_reading_every_paper_finds(text: str) -> None:
    """The index finds the very papers of which all clauses hold, told from the papers alone."""
    query = parse(text)
    expected = {one.path for one in PAPERS if holds(one, query)}
    assert whole(text) == expected


@given(st.lists(CLAUSES | CHAINS, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_clauses_does_not_matter(clauses: list[str], random: object) -> None:
    """AND is commutative."""
    shuffled = [*clauses]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert whole(" ".join(clauses)) == whole(" ".join(shuffled))


@given(QUERIES, ATOMS)
def test_minus_is_the_complement(text: str, atom: str) -> None:
    """What a query finds divides into what has an atom and what has not."""
    if text.endswith("OR"):
        return
    with_it, without = whole(f"{text} {atom}"), whole(f"{text} -{atom}")
    assert not with_it & without
    assert with_it | without == whole(text)


@given(ATOMS, ATOMS)
def test_or_is_the_union(one: str, other: str) -> None:
    """Either is enough."""
    assert whole(f"{one} OR {other}") == whole(one) | whole(other)


@given(st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3))
def test_a_phrase_is_within_its_words(words: list[str]) -> None:
    """Papers with a phrase have all its words."""
    assert whole(f'"{" ".join(words)}"') <= whole(" ".join(words))


@given(st.sampled_from(VOCABULARY), st.integers(1, 8))
def test_a_prefix_holds_its_word(word: str, letters: int) -> None:
    """Papers with a word have each of its beginnings; with a star, the word itself counts."""
    assert whole(word) <= whole(word[:letters] + "*")
    assert whole(word + "s") <= whole(word + "s*")


@given(
    st.text(max_size=60) | QUERIES, st.booleans(), st.sampled_from(["relevance", "date", "title"])
)
def test_no_query_fails(text: str, typing: bool, sort: str) -> None:
    """Whatever is asked, there is an answer: each paper once, whole ones first."""
    result = find(INDEX, text, typing=typing, sort=sort, limit=50)  # type: ignore[arg-type]
    assert len(set(result.slots)) == result.total == len(result.hits)
    assert [hit.whole for hit in result.hits] == sorted(
        (hit.whole for hit in result.hits), reverse=True
    )
    assert sum(not hit.whole for hit in result.hits) <= MOST_PARTIAL


@settings(deadline=None, max_examples=30)
@given(QUERIES, st.integers(0, len(PAPERS) - 1))
def test_another_paper_changes_only_its_own_place(text: str, left: int) -> None:
    """Of the papers that have all of a query, a new one adds at most itself. (Words that no paper
    has are put right by what others have: a word may become known.)"""
    fewer = index_of([one for at, one in enumerate(PAPERS) if at != left])
    if find(fewer, text).instead:
        return
    assert whole(text) - whole(text, fewer) <= {PAPERS[left].path}
    assert whole(text, fewer) <= whole(text)


@given(QUERIES, st.integers(0, 5), st.integers(1, 5))
def test_pages_are_cuts_of_one_list(text: str, offset: int, limit: int) -> None:
    """`limit` and `offset` choose; they change nothing else."""
    everything, page = find(INDEX, text, limit=99), find(INDEX, text, limit=limit, offset=offset)
    assert page.hits == everything.hits[offset : offset + limit]
    assert page._replace(hits=[]) == everything._replace(hits=[])


def titles(text: str, **options: object) -> list[str]:
    """Of what is found, in order."""
    result = find(INDEX, text, limit=99, **options)  # type: ignore[arg-type]
    return [card.title for card in INDEX.cards(hit.slot for hit in result.hits)]


def test_titles_count_more_than_abstracts() -> None:
    """A paper that is called so stands before one that mentions it."""
    assert titles("neural")[0] == "Neural ranking of tea leaves"


def test_words_beside_each_other_in_a_title_count_more() -> None:
    """Of two titles with both words, the one that has them as asked comes first."""
    rows = [
        ("Tea for a house of cards and many networks", "x", "", "", "", ""),
        ("Many networks and a house of cards for tea", "x", "", "", "", ""),
        ("Cards and networks of many for a tea house", "x", "", "", "", ""),
    ]
    index = index_of([paper(at, *row) for at, row in enumerate(rows)])
    first = index.cards([find(index, "tea house").hits[0].slot])[0]
    assert first.title == rows[2][0]


def test_sorting() -> None:
    """Newest first with the undated last; titles by their folded words."""
    assert titles("tea", sort="date") == [
        "Networks of tea houses",
        "Neural ranking of tea leaves",
        "Graph networks for tea",
    ]
    assert titles("", sort="date")[-1] == "Recommender systems at breakfast"
    assert titles("ada", sort="title") == sorted(titles("ada"), key=str.lower)


def test_without_words_the_newest_come_first() -> None:
    """Nothing, filters or negatives alone say nothing on how well a paper fits."""
    assert titles("") == titles("", sort="date")
    assert titles("tag:gnn -title:survey") == ["Networks of tea houses", "Graph networks for tea"]
    assert titles("author:ada") == titles("author:ada", sort="date")


def test_a_slip_is_put_right_and_told() -> None:
    """A word that no paper has is replaced by its neighbour, never in silence."""
    result = find(INDEX, "recomender sytem")
    assert result.instead == [("recomender", "recommender"), ("sytem", "system")]
    assert result.whole == 2
    assert not find(INDEX, "recommender").instead
    assert find(INDEX, "-recomender").instead == []


def test_a_slip_is_put_right_by_what_else_is_asked() -> None:
    """Of two neighbours of a word, the one that goes with the rest of the query is taken."""
    rows = [
        *[(f"Latter number {n}", "latter latter", "", "", "", "") for n in range(5)],
        ("A lattea of coffee", "", "Ada King", "", "", ""),
    ]
    index = index_of([paper(at, *row) for at, row in enumerate(rows)])
    assert find(index, "latten").instead == [("latten", "latter")]
    assert find(index, "latten coffee").instead == [("latten", "lattea")]
    assert find(index, "author:ada latten").instead == [("latten", "lattea")]


def test_what_is_missing_is_named() -> None:
    """What no paper has is named as written, and papers with the rest follow."""
    result = find(INDEX, 'tea "purple elephants" OR xyzzy')
    assert result.missing == ['"purple elephants" OR xyzzy']
    assert (result.whole, result.total) == (0, 3)
    assert not any(hit.whole for hit in result.hits)
    assert find(INDEX, "tea tag:none").total == 0
    assert find(INDEX, "tea tag:none").missing == ["tag:none"]


def test_papers_with_some_of_it_follow() -> None:
    """Where few papers have all, those follow that have the rarer half."""
    result = find(INDEX, "graph ranking survey")
    assert result.whole == 0
    assert "A survey of graphs" in titles("graph ranking survey")[:2]


def test_a_word_being_typed_is_its_beginning() -> None:
    """While typing, what begins so is found; what is too short to say anything is passed over."""
    assert "Recommender systems at breakfast" in titles("recom", typing=True)
    assert find(INDEX, "recom").missing == ["recom"]
    assert titles("tea x", typing=True) == titles("tea")
    assert find(INDEX, "tea x").missing == ["x"]


def test_tags_go_by_their_names_too() -> None:
    """A tag is found by slug or name, whatever the case."""
    assert whole("tag:gnn") == whole('tag:"GNN"') == whole("TAG:Gnn")


def test_newer_papers_may_be_preferred() -> None:
    """With a recency of its own, a site shows newer papers of the same worth first."""
    rows = [(f"Tea number {n}", "tea", "", f"20{n}", "", "") for n in (14, 22, 18)]
    files = make_files([paper(at, *row) for at, row in enumerate(rows)])
    files["index.js"] = files["index.js"].replace('"recency":0.0', '"recency":0.6')
    index = Reader(files.__getitem__)
    hits = find(index, "tea").hits
    assert [card.date for card in index.cards(hit.slot for hit in hits)] == ["2022", "2018", "2014"]
    assert hits[0].score > hits[1].score > hits[2].score


def test_facets_count_what_was_found() -> None:
    """Tags, venues, years and code of the papers found."""
    facets = INDEX.facets(find(INDEX, "tea").slots)
    assert facets["tags"] == {"gnn": 2, "ranking": 1}
    assert facets["venues"] == {"teaconf": 3}
    assert facets["years"] == {2021: 1, 2022: 1, 2024: 1}
    assert facets["code"] == 2


def test_words_that_may_be_marked() -> None:
    """Folded words of what was found: those put right, those that begin so, never negatives."""
    assert find(INDEX, "recomender -tea").words == ["recommender"]
    assert "neural" in find(INDEX, "neu*").words


def test_files_of_two_builds_are_told_apart() -> None:
    """A part of another build is not used, nor a file that is no part of any."""
    files = make_files(PAPERS)
    mixed = {**files, "column-months.js": make_files(PAPERS[:3])["column-months.js"]}
    with pytest.raises(DigestError, match="does not belong"):
        find(Reader(mixed.__getitem__), "")
    for broken in ("", "digestSearch.index(", 'digestSearch.index({"format": 99});'):
        with pytest.raises(DigestError):
            Reader({**files, "index.js": broken}.__getitem__)
    with pytest.raises(DigestError, match="cannot be read"):
        Reader(dict[str, str]().__getitem__)
