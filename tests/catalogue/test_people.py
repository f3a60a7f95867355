"""People of one name are told apart and names of one person brought together, by evidence alone."""

from __future__ import annotations

import random

import pytest
from msgspec import structs

from digest.catalogue.name_forms import form_of, is_short_of
from digest.catalogue.people import Identified, identify
from digest.catalogue.people_file import People, read_people
from digest.catalogue.understand import understand
from digest.paper import Author, Paper, Record, Sighting, Source
from tests.catalogue.test_days import KNOWN


def author(name: str) -> Author:
    name, _, orcid = name.partition("@")
    record = Record(span=(0, 1), title="A", authors=(name,))
    paper = understand((Sighting(record, Source("a", "titles", 0, 1, 1, 1)),), KNOWN)
    return structs.replace(paper.authors[0], orcid=orcid)


def paper(slug: str, *names: str) -> Paper:
    return Paper(
        key=f"text:{slug}",
        slug=slug,
        title=slug,
        title_source="given",
        authors=tuple(map(author, names)),
    )


def slugs(found: Identified) -> dict[str, list[str]]:
    return {paper.slug: [a.slug for a in paper.authors] for paper in found.papers}


def said(text: str) -> People:
    people, problems = read_people(text, "people.yaml")
    assert not problems
    return people


def test_without_evidence_nothing_changes() -> None:
    """One name is one page, whoever bears it; and nobody is said to be surely one."""
    papers = [paper("a", "Wei Wang", "Ada Noe"), paper("b", "Wei Wang")]
    found = identify(papers, People())
    assert found.papers == papers
    assert not found.known.sure


def test_the_group_tells_papers_of_one_name_apart() -> None:
    """Papers that the file names go to a page of their own, the others stay."""
    papers = [paper("a", "Wei Wang"), paper("b", "Wei Wang"), paper("c", "Wei Wang", "Ada Noe")]
    people = said("- name: Wei Wang\n  apart: [b, papers/c.html]\n  known_as: Wei Wang (Lyon)\n")
    found = identify(papers, people)
    assert slugs(found) == {
        "a": ["wei-wang"],
        "b": ["wei-wang-lyon"],
        "c": ["wei-wang-lyon", "ada-noe"],
    }
    assert found.known.names["wei-wang-lyon"] == "Wei Wang (Lyon)"
    assert found.known.apart == {"wei-wang": ("wei-wang-lyon",)}
    assert "wei-wang-lyon" in found.known.sure
    assert "wei-wang" not in found.known.sure


def test_an_address_of_one_told_apart_stays_when_papers_are_added() -> None:
    """Without a name of its own it follows from the first paper that the entry names."""
    papers = [paper("a", "Wei Wang"), paper("b", "Wei Wang")]
    one = identify(papers, said("- name: Wei Wang\n  apart: [a]\n"))
    two = identify(papers, said("- name: Wang, Wei\n  apart: [a, b]\n"))
    assert slugs(one)["a"] == slugs(two)["a"] == slugs(two)["b"] != ["wei-wang"]


def test_the_group_brings_names_together() -> None:
    """The first name is the page's, and the other names' addresses lead to it."""
    papers = [paper("a", "J. Smith"), paper("b", "Jane Smith-Lee"), paper("c", "Jane Smith")]
    found = identify(
        papers, said("- same: [Jane Smith, J. Smith]\n- same: [J. Smith, Jane Smith-Lee]")
    )
    assert {slug for (slug,) in slugs(found).values()} == {"jane-smith"}
    assert found.known.forms["jane-smith"] == ("J. Smith", "Jane Smith-Lee")
    assert found.known.moved == (("j-smith", "jane-smith"), ("jane-smith-lee", "jane-smith"))
    assert "jane-smith" in found.known.sure


def test_orcids_tell_apart_and_bring_together() -> None:
    """Two ORCIDs under a name are two people, a third without one stays with the name; one ORCID
    under two names is one person."""
    papers = [
        paper("a", "Wei Wang@0000-0001"),
        paper("b", "Wei Wang@0000-0002"),
        paper("c", "Wei Wang"),
        paper("d", "J. Smith@0000-0003"),
        paper("e", "Jane Smith@0000-0003"),
        paper("f", "J. Smith"),
    ]
    found = identify(papers, People())
    assert slugs(found) == {
        "a": ["wei-wang-0000-0001"],
        "b": ["wei-wang-0000-0002"],
        "c": ["wei-wang"],
        "d": ["jane-smith"],
        "e": ["jane-smith"],
        "f": ["j-smith"],
    }
    assert found.known.apart == {"wei-wang": ("wei-wang-0000-0001", "wei-wang-0000-0002")}
    assert {"wei-wang-0000-0001", "jane-smith"} <= found.known.sure
    assert not found.known.moved


def test_initials_join_a_full_name_only_with_the_same_co_authors() -> None:
    """Two shared co-authors are evidence, one is none, nor are any beside a second candidate."""
    both = ("Ada Noe", "Bo Li")
    two = [paper("a", "J. Smith", *both), paper("b", "Jane Smith", "A. Noe", "Bo Li")]
    joined = identify(two, People())
    assert slugs(joined)["a"][0] == "jane-smith"
    assert joined.known.forms["jane-smith"] == ("J. Smith",)
    assert ("j-smith", "jane-smith") in joined.known.moved
    one = [two[0], paper("b", "Jane Smith", "Bo Li")]
    assert slugs(identify(one, People()))["a"][0] == "j-smith"
    rival = [*two, paper("c", "John Smith", "Bo Li")]
    assert slugs(identify(rival, People()))["a"][0] == "j-smith"


def test_names_that_stand_on_one_paper_are_two_people() -> None:
    """However many others wrote with both."""
    papers = [
        paper("a", "J. Smith", "Jane Smith", "Ada Noe", "Bo Li"),
        paper("b", "J. Smith", "Ada Noe", "Bo Li"),
    ]
    assert slugs(identify(papers, People()))["b"][0] == "j-smith"


def test_the_order_of_papers_plays_no_part() -> None:
    """Any order of papers gives the same people."""
    names = ["J. Smith", "Jane Smith", "Jane A. Smith", "Ada Noe", "A. Noe", "Bo Li", "Wei Wang"]
    chance = random.Random(5)
    papers = [paper(f"p{n}", *chance.sample(names, 4)) for n in range(12)]
    wanted = identify(papers, People())
    for _ in range(5):
        mixed = [*papers]
        chance.shuffle(mixed)
        found = identify(mixed, People())
        assert slugs(found) == slugs(wanted)
        assert found.known == wanted.known


@pytest.mark.parametrize(
    ("short", "full", "is_short"),
    [
        ("J. Smith", "Jane Smith", True),
        ("Smith J", "Jane Smith", True),
        ("Smith JA", "Jane Anna Smith", True),
        ("J.A. Smith", "Jane Anna Smith", True),
        ("Jane Smith", "Jane A. Smith", True),
        ("Jane Smith", "J. Smith", False),
        ("J. B. Smith", "Jane A. Smith", False),
        ("Jan Smith", "Jane Smith", False),
        ("J. Smith", "Jane Smythe", False),
        ("José Nuñez", "Jose A. Nunez", True),
        ("Plato", "Plato Smith", False),
    ],
)
def test_forms_of_names(short: str, full: str, is_short: bool) -> None:
    """A name is another in short where each of its words is one there, or the initial of one."""
    assert is_short_of(form_of(author(short)), form_of(author(full))) is is_short


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("- nam: x\n", 1, "“nam” is not known", "Did you mean “name”?"),
        ("- same: [One]\n", 1, "nothing of who is who", "same: [name, name]"),
        ("just words", 1, "nothing of who is who", "name: …"),
        ("- name: A\n  apart: [\n", 3, "not valid YAML", ""),
        ("- same: [Ada Noe, Ada No]\n", 1, "no paper is by “Ada No”", "“Ada Noe”"),
        ("- name: Ada Noe\n  apart: [a,\n    zzz]\n", 3, "no paper is called “zzz”", "address"),
        ("- name: Ada Noe\n  apart: [b]\n", 2, "is no author of “b”", "as that paper prints"),
        (
            "- name: Ada Noe\n  apart: [a]\n- {name: Ada Noe, apart: [a], known_as: B}\n",
            3,
            "another entry",
            "one of the two",
        ),
    ],
)
def test_problems_have_line_and_hint(text: str, line: int, message: str, hint: str) -> None:
    """What is wrong in people.yaml is told with its line and what to do, and does no harm."""
    people, problems = read_people(text, "people.yaml")
    found = identify([paper("a", "Ada Noe"), paper("b", "Bo Li")], people)
    told = [*problems, *found.problems]
    assert any(
        p.path == "people.yaml" and p.line == line and message in p.message and hint in p.hint
        for p in told
    ), told
