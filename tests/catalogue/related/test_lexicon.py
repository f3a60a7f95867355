"""What words weigh rests on the shipped figures alone."""

from __future__ import annotations

from digest.catalogue.background.words import LEAST, PAPERS, word_frequencies
from digest.catalogue.related.lexicon import LEXICON, number_of, split_joined, split_words


def test_shipped_frequencies_are_shares_of_papers() -> None:
    """Between the least listed and all papers; common words of papers are there with many."""
    known = word_frequencies()
    assert min(known.values()) >= LEAST and max(known.values()) <= PAPERS
    assert known["the"] > known["model"] > known["robot"]
    assert len(known) > 10_000


def test_rarer_words_weigh_more() -> None:
    """Everyday words, single letters, numbers, marks and leads of addresses weigh nothing."""
    weights = [LEXICON[word].weight for word in ("learning", "robot", "quasar", "xylofrobnicate")]
    assert weights == sorted(weights) and weights[0] > 0
    for word in ("the", "we", "x", "2023", ".", "arXiv", "https", "w" * 200):
        assert LEXICON[word].weight == 0, word


def test_forms_of_a_word_are_one() -> None:
    """Case, plural, accents and spelling play no part."""
    for one, other in (("Robots", "robot"), ("naïve", "naive"), ("modelling", "modeling")):
        assert LEXICON[one] == LEXICON[other]
    assert LEXICON["robot"] != LEXICON["robotics"]


def test_numbers_are_fixed() -> None:
    """They may be kept between builds: they never depend on the process."""
    assert number_of("robot") == 0xA6D4E8AB83E7AE42


def test_formulas_and_addresses_are_no_words() -> None:
    """Marks stay, since they part phrases."""
    words = split_words(r"Folding $x^2$ shirts, see https://example.org/a")
    assert words == ["Folding", "§", "shirts", ",", "see", "§"]


def test_hyphens_that_join_words_stay_with_the_first() -> None:
    """Others, like every mark, part phrases."""
    words = split_joined("A deep-learning model - “large-scale” one/two")
    assert words == [
        "A", "deep-", "learning", "model", "-", "“", "large-", "scale", "”", "one", "/", "two",
    ]  # fmt: skip
