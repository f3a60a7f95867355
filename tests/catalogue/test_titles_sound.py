"""No derived title is a fragment: what would be cut in two is left out, or something else said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.sentences import plain, sentences
from digest.catalogue.titles.composition import whole
from digest.catalogue.titles.derive import derive_title
from digest.catalogue.titles.marks import balanced
from digest.catalogue.titles.remarks import without_remarks
from digest.catalogue.titles.soundness import is_sound, sound_end
from digest.catalogue.titles.starts import begins_well, sound_start


@pytest.mark.parametrize(
    ("kept", "left_out", "rest"),
    [
        ("wet wool carpets", "that exhibit", "unusual knots"),
        ("wet wool carpets", "which are orthogonal", "to the floor"),
        ("wet wool carpets", "which has been recently", "woven by hand"),
        ("wet wool carpets", "under the assumption", "that salt is dry"),
        ("a wool loom", "to quickly and gently weave", "long carpets"),
        ("green wool looms", "built primarily", "of oak"),
        ("wool carpet prices", "whenever the local looms", "making them are idle"),
        ("the wool carpet", "varying", "with the hour"),
        ("wool carpet colours", "with rye, wheat", "and oats"),
        ("the loom is wet", "and the rope", "of the weaver is dry"),
        ("wool carpet law", "says that every rope", "is long"),
        ("a simple wool loom", "to be able", "to weave"),
    ],
)
def test_what_is_cut_in_two_is_left_out(kept: str, left_out: str, rest: str) -> None:
    """The phrase ends before the clause, infinitive, list or adverb that lost its other half."""
    words = f"{kept} {left_out} {rest}".split()
    assert sound_end(words, len(f"{kept} {left_out}".split())) == len(kept.split())


@pytest.mark.parametrize(
    "text",
    [
        "looms that weave wool",
        "wool looms that weave carpets",
        "every knitted graph is planar",
        "wool carpets which are wet",
        "wool carpets of the royal family",
    ],
)
def test_what_is_whole_stays_whole(text: str) -> None:
    """A phrase that ends with its sentence, or before a seam, loses nothing."""
    words = text.split()
    assert sound_end(words, len(words)) == len(words)
    assert is_sound(words, words)


@pytest.mark.parametrize(
    "text",
    [
        "in a broader view",
        "it is shown",
        "there exists a knot",
        "k be a field",
        "suggests a way to weave",
        "paper argues for wool",
        "question 4 of for carpets",
        "stimulated by old carpets",
        "— wet wool",
    ],
)
def test_no_title_begins_so(text: str) -> None:
    """Prepositions, pronouns, verb forms and dashes begin no title."""
    assert not begins_well(text.split())


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("however, wool looms are slow", "wool looms are slow"),
        ("we cannot avoid the wool tax here", "the wool tax here"),
        ("it is a survey of looms", "a survey of looms"),
        ("— at the mill — the major looms of wool", "the major looms of wool"),
        ("wool looms are slow", "wool looms are slow"),
    ],
)
def test_what_ties_a_sentence_to_others_is_left_out(text: str, rest: str) -> None:
    """Connectives and `we find` go from the beginning; a noun stays."""
    words = text.split()
    assert " ".join(words[sound_start(words) :]) == rest


def test_remarks_in_parentheses_go_and_names_stay() -> None:
    """What is said by the way is left out with its marks; names and formulas are not."""
    words = "the yarns (wool and silk), spun on wheels (SW) of $f(a b)$".split()
    assert without_remarks(words) == "the yarns, spun on wheels (SW) of $f(a b)$".split()


def test_articles_give_way_to_what_a_noun_asks_for() -> None:
    """Inner articles are left out where the phrase is whole without them, and only there."""
    text = (
        "wool carpets on the long wooden frame of the great green loom of the mill of Bremen,"
        " where it rains"
    )
    made = whole(text.split())
    assert " ".join(made).endswith("frame of great green loom of mill of Bremen")
    assert len(made) <= 14


@pytest.mark.parametrize(
    ("abstract", "title"),
    [
        ("We show that carpets are dear. However, we find the wool tax.", "Carpets are dear"),
        (
            "We study carpet looms (fast or slow ones) for narrow houses in the north.",
            "Carpet looms for narrow houses in the north",
        ),
        (
            "We propose to use frozen wool threads in the mill.",
            "Frozen wool threads in the mill",
        ),
        (
            "The hull of the `Grey Goose' type of ferry was examined in detail.",
            "Hull of the `Grey Goose' type of ferry",
        ),
    ],
)
def test_titles_are_whole(abstract: str, title: str) -> None:
    """Titles of abstracts of each kind say something whole in the abstract's own words."""
    assert derive_title(abstract).text == title


PROSE = [
    "We show that every knitted graph which has recently been drawn is planar and the yarn is wet.",
    "It is shown that (in a sense) looms, wheels and ropes satisfy the conditions under which",
    "However, let K be a carpet that, using wool, exhibits knots of the kind studied by B. Smith.",
    "In this paper we propose a method (LOOM), whose aim is to efficiently and gently weave",
    "The `Grey Goose' theorem says that for all $x, y$ there exists a map $f(x, y)$ of degree 2",
    "Motivated by this, Wool Drying Networks (WDNs) — at the mill — depend on the fact that",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(" ".join(PROSE).split() + PROSE), min_size=1, max_size=40).map(
        " ".join
    )
)
def test_no_mixture_of_prose_breaks_a_rule(abstract: str) -> None:
    """Any words and sentences in any order give a title within the limits, in the same words."""
    title = derive_title(abstract).text
    assert title
    assert len(title.split()) <= 14
    assert len(title) <= 110
    assert balanced(title)
    assert derive_title(abstract).text == title
    for words in sentences(plain(abstract)):
        for count in range(len(words) + 1):
            assert 0 <= sound_end(words, count) <= count
