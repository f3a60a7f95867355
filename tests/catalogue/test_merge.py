"""Sightings of one paper come together; those of two papers never do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.cleaning import cleaned
from digest.catalogue.keys import text_key
from digest.catalogue.merge import merge
from digest.paper import Record, Sighting, Source
from digest.text import clean, fold

Make = Callable[..., Sighting]

ABSTRACT = (
    "We count the ways in which a reading group can agree on the next paper, and show that "
    "for more than three members there are none that everybody likes."
)


def sizes(*sightings: Sighting) -> list[int]:
    return sorted(len(group) for group in merge(sightings))


def test_an_identifier_joins(sighting: Make) -> None:
    """arXiv versions and a DOI's spellings are one paper."""
    assert sizes(
        sighting(eprint="2301.00001", eprint_version=1),
        sighting(eprint="2301.00001", eprint_version=2),
    ) == [2]
    assert sizes(sighting(doi="10.1000/ABC"), sighting(doi="10.1000/abc", title="x")) == [2]


def test_equal_abstracts_join_whatever_their_spelling(sighting: Make) -> None:
    """Case, line ends, accents and LaTeX do not tell two papers apart."""
    assert sizes(
        sighting(abstract=ABSTRACT),
        sighting(abstract=ABSTRACT.upper().replace(" ", "  "), title="Agreeing"),
    ) == [2]


def test_short_texts_prove_nothing(sighting: Make) -> None:
    """Withdrawn papers share a sentence, not an identity."""
    gone = "This paper has been withdrawn."
    assert sizes(
        sighting(abstract=gone, published="2020"), sighting(abstract=gone, published="2021")
    ) == [1, 1]


def test_identifiers_that_differ_never_join(sighting: Make) -> None:
    """Equal text under two arXiv ids stays two papers, also through a third that has no id."""
    assert sizes(
        sighting(eprint="2301.00001", abstract=ABSTRACT),
        sighting(eprint="2301.00002", abstract=ABSTRACT),
        sighting(abstract=ABSTRACT),
    ) == [1, 2]


def test_a_title_joins_where_nothing_speaks_against_it(sighting: Make) -> None:
    """Same title and first author; or one side is a bare title."""
    title = "On the choice of the next paper to read"
    assert sizes(
        sighting(title=title, authors=("Ada Lovelace",)),
        sighting(title=title.upper(), authors=("Lovelace, Ada",)),
    ) == [2]
    assert sizes(sighting(title=title), sighting(title=title, abstract=ABSTRACT)) == [2]
    assert sizes(
        sighting(title=title, authors=("Ada Lovelace",)),
        sighting(title=title, authors=("Emmy Noether",)),
    ) == [1, 1]


def test_titles_with_unlike_abstracts_stay_apart(sighting: Make) -> None:
    """Two papers may bear one title."""
    title = "Learning to rank for reading groups"
    other = "Bacteria on lunch tables were sampled weekly; colonies grew faster near windows."
    assert sizes(
        sighting(title=title, abstract=ABSTRACT), sighting(title=title, abstract=other)
    ) == [1, 1]


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "eprint": st.sampled_from(["2301.00001", "2301.00002"]),
        "doi": st.sampled_from(["10.1/a", "10.1/B", "10.1/b"]),
        "abstract": st.sampled_from([ABSTRACT, ABSTRACT[::-1], "short"]),
        "title": st.sampled_from(["On the choice of the next paper", "Another title of a paper"]),
        "authors": st.sampled_from([(), ("Ada Lovelace",), ("Emmy Noether",)]),
    },
)


@given(st.lists(FIELDS, max_size=8), st.randoms(use_true_random=False))
def test_order_and_file_names_play_no_part(rows: list[dict[str, Any]], random: Any) -> None:
    """The same records give the same groups in the same order, however they come."""

    def found(order: list[int], rename: bool) -> list[list[Record]]:
        made = [
            Sighting(
                Record(span=(0, 1), **rows[i]),
                Source(f"{-i if rename else i}.txt", "titles", 0, 1, 1, 1),
            )
            for i in order
        ]
        return [[s.record for s in group] for group in merge(made)]

    order = list(range(len(rows)))
    shuffled = order.copy()
    random.shuffle(shuffled)
    assert found(order, False) == found(shuffled, True)


@given(st.lists(FIELDS, max_size=8))
def test_no_group_holds_two_identifiers_of_one_kind(rows: list[dict[str, Any]]) -> None:
    """Conflicting strong identifiers never merge, and no sighting is lost."""
    made = [
        Sighting(Record(span=(0, 1), **row), Source("a", "titles", i, i + 1, 1, 1))
        for i, row in enumerate(rows)
    ]
    groups = merge(made)
    assert sum(map(len, groups)) == len(made)
    for group in groups:
        assert len({s.record.eprint for s in group} - {None}) <= 1
        assert len({(s.record.doi or "").lower() for s in group} - {""}) <= 1


def test_keys_see_letters_only() -> None:
    """LaTeX, accents and punctuation fold away."""
    assert text_key(r"\emph{Gr\"obner} bases, $x^2$!") == text_key("Grobner bases x2")


LINES = st.lists(st.sampled_from(["a", "B.", " ", "  ", "\t", "é", "e\u0301", "\x00", ""])).map(
    "".join
)


@given(lines=st.lists(LINES, min_size=5, max_size=5))
def test_one_look_tells_what_needs_no_cleaning(lines: list[str]) -> None:
    """Texts of a record come out as if each had been cleaned and folded by itself."""
    title, comment, *names = lines
    row = Record(span=(0, 1), title=title, comment=comment, authors=tuple(names), tags=tuple(names))
    found = cleaned(Sighting(row, Source("a", "titles", 0, 1, 1, 1))).record
    fit = [fold(clean(line)) for line in lines]
    assert (found.title, found.comment) == (fit[0] or None, fit[1] or None)
    assert found.authors == found.tags == tuple(filter(None, fit[2:]))


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_texts_have_the_key_of_all_texts(text: str) -> None:
    """Texts in ASCII go a shorter way to the same letters as others."""
    whole = text_key(text + " \u0394")
    assert (text_key(text) or "") + "\u03b4" == whole
