"""Words of texts: folding, places, plurals, scripts without blanks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.search.plurals import singular
from digest.search.words import (
    LONGEST,
    STOP_WORDS,
    fold,
    folded,
    name_words,
    slugged,
    units,
    words,
)

TEXTS = st.text(max_size=80) | st.text(
    alphabet=list("abS s-'.,’3ß\u0301\u00ad\u2010αΣé深学ガ한ไ\u0e31’ /_\n\u3000"), max_size=60
)


def only_words(text: str) -> list[str]:
    return [word for word, _ in words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deep learning", ["deep", "learning"]),
        ("café naïve Straße Œuvre Łódź İstanbul ﬁt", "cafe naive strasse oeuvre lodz istanbul fit"),
        ("α-divergence, Βeta, µm, ς", "alpha divergence betaeta mum sigma"),
        ("Bayes's don't models' O’Neil the 's'", "bayes dont model oneil s"),
        ("3.5 2309.04669 end. v1.0 1.", "3.5 2309.04669 end v1.0 1"),
        ("x² ½ №5", "x2 1 2 no5"),
        ("t-SNE", "tsne t sne"),
        ("state-of-the-art", "state art"),
        ("re-identification", "re identification"),
        ("a--b x-10 x-1", "b x10 x 10 x 1"),
        ("co\u00adoperate zero\u200bwidth", "cooperate zerowidth"),
        ("深度学习model 学 ガ", "深度 度学 学习 model 学 カ"),
        ("한국어", "한국 국어"),
        ("e.g. i.e.", "e g i e"),
    ],
)
def test_words_of_texts(text: str, found: str | list[str]) -> None:
    """Case, accents, ligatures, Greek, apostrophes, numbers, hyphens and scripts without blanks."""
    assert only_words(text) == (found.split() if isinstance(found, str) else found)


def test_places_count_stop_words() -> None:
    """A place is how many words stand before; what hyphens join stands at the first's place."""
    assert words("The state of t-SNE in art") == [
        ("state", 1),
        ("tsne", 3),
        ("t", 3),
        ("sne", 4),
        ("art", 6),
    ]


def test_words_longer_than_any_are_cut() -> None:
    """No term of an index is longer than `LONGEST`, whatever the text."""
    assert only_words("x" * 1000) == ["x" * LONGEST]


def test_names_keep_what_texts_leave_out() -> None:
    """An and Do are surnames, though `an` is no word to search texts for."""
    assert name_words("Do An") == ["do", "an"]


def test_names_of_tags_are_compared_folded() -> None:
    """Case, accents, plural and signs make no other tag; the slug is found likewise."""
    assert folded("Graph Neural Networks") == folded("graph  néural network")
    assert slugged("Graph Neural Networks!") == "graph-neural-networks"
    assert slugged("β-VAE") == "beta-vae"


@given(TEXTS)
@example("’s")
@example("A'\u0301s")
def test_folding_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing, so a folded query finds what the query finds."""
    once = only_words(text)
    assert only_words(" ".join(once)) == [word for word in once if word not in STOP_WORDS]


@given(TEXTS)
def test_case_and_composition_do_not_matter(text: str) -> None:
    """A text and its decomposed form have the same words."""
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_the_fast_way_is_the_careful_way(text: str) -> None:
    """Taking a text apart at blanks and remembering pieces gives what a look at all gives."""
    careful = [(unit.word, unit.place) for unit in units(text) if not unit.stops]
    assert words(text) == careful == words(text)


@given(TEXTS, TEXTS)
def test_texts_apart_do_not_touch(one: str, other: str) -> None:
    """The words of two texts with a blank between are those of the first, then of the second."""
    together = words(one + "\n" + other)
    before = sum(not unit.joined for unit in units(one))
    assert together == words(one) + [(word, place + before) for word, place in words(other)]


@given(TEXTS)
def test_words_are_fit_for_an_index(text: str) -> None:
    """No word holds a blank, a colon, an upper-case letter or a mark, and places never fall."""
    found = words(text)
    for word, _ in found:
        assert 0 < len(word) <= LONGEST
        assert word == word.lower()
        assert all(c.isalnum() or c == "." for c in word), word
    places = [place for _, place in found]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("networks", "network"),
        ("classes", "class"),
        ("meshes", "mesh"),
        ("approaches", "approach"),
        ("boxes", "box"),
        ("studies", "study"),
        ("ties", "tie"),
        ("sizes", "size"),
        ("databases", "database"),
        ("waves", "wave"),
        ("heroes", "hero"),
        ("analyses", "analysis"),
        ("hypotheses", "hypothesis"),
        ("matrices", "matrix"),
        ("vertices", "vertex"),
        ("indices", "index"),
        ("children", "child"),
        ("gpus", "gpu"),
        ("viruses", "virus"),
    ],
)
def test_plurals_meet_their_singular(plural: str, one: str) -> None:
    """Whoever asks for the one finds the other."""
    assert singular(plural) == one == singular(one)


@pytest.mark.parametrize(
    "word",
    "class loss bus gas analysis corpus bias series news physics bayes lens chaos r2s näs".split(),
)
def test_what_is_no_plural_stays(word: str) -> None:
    """Words in -ss, -us, -is, short ones, listed ones and what is not ASCII letters alone."""
    assert singular(word) == word


@given(
    st.text("aeiosxyuhlvcrt", min_size=1, max_size=7).map(lambda word: word + "s")
    | st.text("aes", min_size=1)
)
def test_no_word_vanishes(word: str) -> None:
    """A singular is a word of letters, and short words are their own."""
    one = singular(word)
    assert one.isalpha()
    assert singular(one) == one
    if len(word) < 4:
        assert one == word


@given(TEXTS)
def test_fold_leaves_no_marks(text: str) -> None:
    """Accents are gone, whatever the script."""
    assert not any(unicodedata.category(c).startswith("M") for c in fold(text))
