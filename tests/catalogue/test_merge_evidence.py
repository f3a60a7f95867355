"""Why sightings are one paper; near-equal texts, mistaken identifiers, and what sources say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.keys import keyed
from digest.catalogue.merge import merge, merge_keyed
from digest.catalogue.provenance import disagreements
from digest.paper import Link, Record, Sighting, Source

Make = Callable[..., Sighting]
ABSTRACT = (
    "Reading groups meet every week and rarely agree on what to read. We describe a rule by which "
    "each member ranks three papers, the ranks are summed, and ties are broken by the length of "
    "the paper. Over two years the rule was used sixty times; nobody complained about the outcome "
    "more often than twice, and the shortest paper won in a third of the meetings. We show that no "
    "rule of this kind satisfies all members, but that almost every rule satisfies most."
)
TITLE = "A rule for the choice of the next paper"


def rules(*sightings: Sighting) -> list[list[str]]:
    groups = merge_keyed(map(keyed, sightings))
    return sorted(sorted(m.merged.rule if m.merged else "" for m in group) for group in groups)


def test_a_cut_or_edited_abstract_is_near_equal(sighting: Make) -> None:
    """Half of an abstract, or one with words changed, is that of the whole."""
    for other in (ABSTRACT[:230] + "…", ABSTRACT.replace("sixty", "some 60").replace("two", "2")):
        assert rules(sighting(abstract=ABSTRACT), sighting(abstract=other, title=TITLE)) == [
            ["near-abstract", "near-abstract"]
        ]


def test_parts_of_a_series_stay_apart(sighting: Make) -> None:
    """Equal abstracts and authors, but another number in the title."""
    who = ("Ada Lovelace",)
    assert rules(
        sighting(abstract=ABSTRACT, title=f"{TITLE}. Part I", authors=who),
        sighting(abstract=ABSTRACT, title=f"{TITLE}. Part II", authors=who),
    ) == [[""], [""]]


def test_arxivs_own_doi_is_the_identifier(sighting: Make) -> None:
    """10.48550/arXiv.N is N, and no hindrance to a publisher's DOI."""
    assert rules(
        sighting(doi="10.48550/arXiv.2301.00001"),
        sighting(eprint="2301.00001", doi="10.1000/a"),
    ) == [["arxiv", "arxiv"]]


def test_an_identifier_that_everything_contradicts_is_a_mistake(sighting: Make) -> None:
    """One DOI under two titles, authors and abstracts is two papers."""
    assert rules(
        sighting(doi="10.1000/a", title=TITLE, authors=("Ada Lovelace",), abstract=ABSTRACT),
        sighting(
            doi="10.1000/a",
            title="Bacteria on lunch tables",
            authors=("Emmy Noether",),
            abstract="Samples were taken weekly near windows, where colonies of every kind grew "
            "faster than elsewhere in the room, and counted twice by two observers.",
        ),
    ) == [[""], [""]]


def test_a_bare_title_of_two_papers_joins_neither(sighting: Make) -> None:
    """Where several would do, none is right."""
    assert rules(
        sighting(title=TITLE, eprint="2301.00001"),
        sighting(title=TITLE, eprint="2301.00002"),
        sighting(title=TITLE),
    ) == [[""], [""], [""]]


def test_links_of_archives_join(sighting: Make) -> None:
    """The page of a paper at an archive of papers is an identifier."""
    address = (Link("paper", "https://openreview.net/forum?id=abc123XYZ"),)
    assert rules(sighting(links=address), sighting(links=address, title=TITLE)) == [
        ["link", "link"]
    ]


def test_names_are_compared_as_people_write_them(sighting: Make) -> None:
    """Initials, order, LaTeX and umlauts tell no first author from another."""
    spelt = ("Erika Müller", "Mueller, E.", 'M{\\"u}ller, Erika', "Müller E")
    assert rules(*(sighting(title=TITLE, authors=(name,)) for name in spelt)) == [
        ["title-author"] * 4
    ]


def test_disagreements_are_kept() -> None:
    """Years and titles that differ are told, with who says so; spelling is no difference."""
    rows = (
        {"title": TITLE, "published": "2020"},
        {"title": TITLE.upper(), "published": "2021-03"},
        {"title": "Quite another title"},
    )
    group = [
        Sighting(Record(span=(0, 1), **row), Source(f"{n}", "x", 0, 1, 1, 1))  # type: ignore[arg-type]
        for n, row in enumerate(rows)
    ]
    assert [(one.field, [at for _, at in one.values]) for one in disagreements(group)] == [
        ("title", [0, 2]),
        ("year", [0, 1]),
    ]


HALF = ABSTRACT[:250]
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "eprint": st.sampled_from(["2301.00001", "2301.00002"]),
            "doi": st.sampled_from(["10.1/a", "10.1/b", "10.48550/arXiv.2301.00001"]),
            "abstract": st.sampled_from([ABSTRACT, HALF, ABSTRACT[100:]]),
            "title": st.sampled_from([TITLE, f"{TITLE} II"]),
            "authors": st.sampled_from([(), ("Ada Lovelace",), ("Emmy Noether",)]),
            "published": st.sampled_from(["2001", "2020"]),
        },
    ),
    max_size=8,
)


def made(rows: list[dict[str, Any]]) -> list[Sighting]:
    return [
        Sighting(Record(span=(0, 1), **row), Source(f"{n}", "x", 0, 1, 1, 1))
        for n, row in enumerate(rows)
    ]


@given(ROWS, st.randoms(use_true_random=False))
def test_order_plays_no_part(rows: list[dict[str, Any]], random: Any) -> None:
    """Groups, members and reasons are the same however sightings come."""
    sightings = made(rows)
    shuffled = sightings.copy()
    random.shuffle(shuffled)
    assert merge_keyed(map(keyed, sightings)) == merge_keyed(map(keyed, shuffled))


@given(ROWS)
def test_a_paper_merged_again_is_itself(rows: list[dict[str, Any]]) -> None:
    """Whatever is merged stays one when it is merged by itself, or with all the others again."""
    groups = merge(made(rows))
    assert merge(sighting for group in groups for sighting in group) == groups
    for group in groups:
        identifiers = {s.record.eprint for s in group} - {None}
        assert len(identifiers) <= 1
