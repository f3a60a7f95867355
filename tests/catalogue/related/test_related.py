"""Related papers share what is telling, say so, and are the same however they are computed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import pytest

from digest.catalogue.related import MOST, relate
from digest.catalogue.related.signatures import sign
from digest.catalogue.related.strings import as_strings
from digest.language import words_of
from digest.paper import Author, Link, Paper, Tag
from digest.website.labels import related_by

PROSE = (
    "We teach robots to fold laundry by imitation. Folding laundry asks for tactile sensing, and "
    "our gripper learns it from two hundred demonstrations of cotton shirts."
)
OTHER = (
    "Whales sing in dialects. We recorded humpback songs in six bays over eleven winters and "
    "describe how a melody travels between populations of the southern ocean."
)
WORDS = (
    "laundry robot tactile gripper whale song dialect ocean melody fjord glacier basalt magma "
    "enzyme kinase ligand quasar pulsar redshift lattice fermion boson isomer polymer catalyst "
    "syntax phoneme treaty tariff auction voter bandit regret kernel manifold sheaf functor"
).split()


def paper(
    name: str, abstract: str = "", *, title: str = "", tags: Sequence[str] = (),
    authors: Sequence[str] = (), **more: Any,
) -> Paper:  # fmt: skip
    return Paper(
        key=f"text:{name}", slug=name, title=title, title_source="given", abstract=abstract,
        tags=tuple(Tag(t.lower().replace(" ", "-"), t, "taxonomy") for t in tags),
        authors=tuple(Author(a, a, "") for a in authors), **more,
    )  # fmt: skip


def reasons(papers: Sequence[Paper]) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (key.removeprefix("text:"), row.key.removeprefix("text:")): tuple(
            related_by(why, words_of("en")) for why in row.why
        )
        for key, rows in relate(papers).items()
        for row in rows
    }


def crowd(count: int, seed: int = 1) -> list[Paper]:
    """Papers of random words, some of which share authors and tags."""
    dice = random.Random(seed)
    return [
        paper(
            f"{number:04}",
            ". ".join(" ".join(dice.choices(WORDS, k=6)) for _ in range(5)),
            title=" ".join(dice.choices(WORDS, k=4)),
            tags=dice.sample(["Alpha", "Beta", "Gamma", "Delta"], k=2),
            authors=dice.sample([f"Ada {letter}" for letter in "BCDEFGHIJKLM"], k=2),
        )
        for number in range(count)
    ]


def test_nothing_in_common_is_not_related() -> None:
    """Nor is a paper to itself; a collection may be empty, and a paper without any text."""
    assert relate([]) == {}
    assert relate([paper("a", PROSE), paper("b", OTHER), paper("c", title="")]) == {}


def test_words_relate_both_ways_and_are_told() -> None:
    """Papers on one subject find each other by words alone; a shared phrase is the reason."""
    found = reasons([
        paper("a", PROSE, title="Laundry folding robots"),
        paper("b", "A robot folds laundry. The laundry is cotton; tactile sensing guides folding.",
              title="Laundry folding without vision"),
        paper("c", OTHER, title="Dialects of humpback whales"),
    ])  # fmt: skip
    assert set(found) == {("a", "b"), ("b", "a")}
    assert found["a", "b"][0] == "both on Laundry folding"


def test_tags_are_told_rarest_first() -> None:
    """Shared tags are the subject: those of fewer papers before those of many, implied ones only
    for want of others."""
    crowded = [paper(str(n), word, tags=["Everything"]) for n, word in enumerate(WORDS[:9])]
    pair = [paper(name, PROSE, tags=["Everything", "Folding"]) for name in "ab"]
    assert "both on Folding and Everything" in reasons([*crowded, *pair])["a", "b"]
    implied = (Tag("field", "Field", "implied"),)
    pair = [msgspec.structs.replace(p, tags=p.tags + implied) for p in pair]
    assert "both on Folding and Everything" in reasons([*crowded, *pair])["a", "b"]
    pair = [msgspec.structs.replace(p, tags=implied) for p in pair]
    assert any(why.startswith("both on Field") for why in reasons(pair)["a", "b"])


def test_authors_relate_without_a_common_subject() -> None:
    """By names in whatever case and accents; many names are counted, not listed."""
    names = ["Zoë Ångström", "B. Two", "C. Three", "D. Four", "E. Five"]
    found = reasons([
        paper("a", PROSE, authors=names), paper("b", OTHER, authors=[n.upper() for n in names]),
        paper("c", "Basalt and magma.", authors=["F. Six"]),
    ])  # fmt: skip
    assert found["a", "b"] == ("same authors: Zoë Ångström, B. Two, C. Three and 2 more",)
    assert set(found) == {("a", "b"), ("b", "a")}


def test_one_shared_author() -> None:
    """Is told in the singular."""
    found = reasons([paper("a", PROSE, authors=["A. Kim"]), paper("b", OTHER, authors=["A. Kim"])])
    assert found["a", "b"] == ("same author: A. Kim",)


def test_nearly_the_same_abstract_is_told() -> None:
    """First of all reasons; a different text on the same subject is not called so."""
    changed = PROSE.replace("two hundred", "three hundred")
    found = reasons([paper("a", PROSE), paper("b", changed), paper("c", OTHER)])
    assert found["a", "b"][0] == "nearly the same abstract"
    far = reasons([paper("a", PROSE), paper("b", "Robots fold laundry by imitation of folding.")])
    assert "nearly the same abstract" not in far["a", "b"]


def test_citing_by_identifier_relates() -> None:
    """Both ways, with who cites whom; in text, comment and links, by arXiv identifier and DOI."""
    cited = paper("a", PROSE, eprint="2101.00123", doi="10.1000/xyz.1")
    for naming in (
        paper("b", OTHER + " We extend arXiv:2101.00123v2."),
        paper("b", OTHER, comment="See https://arxiv.org/abs/2101.00123"),
        paper("b", OTHER, links=(Link("other", "https://arxiv.org/abs/2101.00123"),)),
    ):
        found = reasons([cited, naming])
        assert found["b", "a"] == ("cites arXiv:2101.00123",)
        assert found["a", "b"] == ("cites this paper",)
    found = reasons([cited, paper("b", OTHER + " Follows doi:10.1000/xyz.1 closely.")])
    assert found["b", "a"] == ("cites doi:10.1000/xyz.1",)


def test_works_that_both_cite_relate() -> None:
    """Though the work itself is not in the collection."""
    found = reasons(
        [paper(n, t + " As arXiv:2101.00123.") for n, t in (("a", PROSE), ("b", OTHER))]
    )
    assert found["a", "b"] == ("both cite arXiv:2101.00123",)


def test_a_system_is_told() -> None:
    """Where the other names it too, and where both have it as their name."""
    found = reasons([
        paper("a", PROSE + " We call it FOLDNET.", title="FOLDNET", system="FOLDNET"),
        paper("b", "FOLDNET folds laundry. We make FOLDNET fast.", title="Faster laundry"),
    ])  # fmt: skip
    assert "also about FOLDNET" in found["a", "b"] and "also about FOLDNET" in found["b", "a"]
    found = reasons([paper("a", PROSE, system="Foldnet"), paper("b", OTHER, system="FoldNet")])
    assert found["a", "b"] == ("also about Foldnet",)


def test_the_list_is_short_and_the_closest_come_first() -> None:
    """At most `MOST`; the same words with the same author stand before the same words."""
    papers = [paper(str(n), PROSE) for n in range(MOST + 4)]
    papers.append(paper("z1", PROSE, authors=["A. Kim"]))
    papers.append(paper("z2", PROSE, authors=["A. Kim"]))
    found = relate(papers)
    assert all(len(rows) == MOST for rows in found.values())
    assert found["text:z1"][0].key == "text:z2"


def two_at_a_time(
    function: Callable[..., Any], items: Sequence[Any], *shared: object
) -> Iterator[Any]:
    """Does the last first, as a pool of processes might."""
    return iter([function(item, *shared) for item in reversed(items)][::-1])


def test_neither_order_nor_workers_play_a_part() -> None:
    """The lists are a function of the set of papers."""
    papers = crowd(700)
    expected = relate(papers)
    assert len(expected) > 600
    shuffled = random.Random(3).sample(papers, len(papers))
    assert relate(shuffled) == expected
    assert relate(papers, two_at_a_time) == expected


def test_a_signature_is_a_function_of_the_paper() -> None:
    """It is the same alone and in company."""
    papers = crowd(30)
    together = sign(papers)
    ends = np.cumsum(together.sizes)
    for place, own in enumerate(papers):
        alone = sign([own])
        span = slice(ends[place] - together.sizes[place], ends[place])
        assert np.array_equal(alone.terms, together.terms[span])
        assert np.array_equal(alone.weights, together.weights[span])


def test_papers_too_long_to_sign_at_once_are_signed_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the same outcome, names and all."""
    papers = crowd(50)
    whole = sign(papers)
    monkeypatch.setattr("digest.catalogue.related.terms._BITS", 26)
    parts = sign(papers)
    for one, other in zip(whole[:-2], parts[:-2], strict=True):
        assert np.array_equal(one, other)
    told = [
        [as_strings(each.strings).get(name) if name >= 0 else None for name in each.names.tolist()]
        for each in (whole, parts)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("text", ["a" * 100_000, "ab " * 50_000, "$" * 50_000, "arXiv:" * 20_000,
                                  "10." * 30_000, "\ud800 \x00 ١٢ " * 9_000])  # fmt: skip
def test_hostile_texts_are_papers_like_others(text: str) -> None:
    """However long and odd, they neither fail nor relate to ordinary ones."""
    found = relate([paper("a", text, title=text[:500]), paper("b", PROSE), paper("c", PROSE)])
    assert [row.key for row in found["text:b"]] == ["text:c"]
