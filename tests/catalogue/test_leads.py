"""A lead is the sentence that says what is new, and can be read without its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.leads import lead
from tests.watchdog import ends

NEWS = "We propose a sieve that sorts gravel by the sound it makes"
BACKGROUND = "Gravel has been sorted by hand for many centuries."


class TestChoice:
    @pytest.mark.parametrize(
        ("abstract", "wanted"),
        [
            (f"{BACKGROUND} {NEWS}. Trials in four quarries agree.", f"{NEWS}."),
            (
                f"{BACKGROUND} We study old sieves. We prove that no sieve is quick.",
                "We prove that no sieve is quick.",
            ),
            (
                f"{BACKGROUND} A sieve for wet sand is presented. It is cheap.",
                "A sieve for wet sand is presented.",
            ),
            (
                f"{BACKGROUND} I introduce a sieve that sings. Finally, we show that it works.",
                "I introduce a sieve that sings.",
            ),
            (
                f"{BACKGROUND} The authors prepared this atlas of sieves for schools in the hills.",
                1,
            ),
            (f"{BACKGROUND} Nobody knows why.", BACKGROUND),
            ("", ""),
            ("   ", ""),
        ],
    )
    def test_the_surest_announcement_wins(self, abstract: str, wanted: str | int) -> None:
        if wanted == 1:
            assert lead(abstract).startswith("The authors prepared")
        else:
            assert lead(abstract) == wanted

    @pytest.mark.parametrize(
        "other",
        [
            "Sieves were introduced by Anna Holm.",
            "Recently, we proposed a louder sieve.",
            "We will also release the code of all sieves.",
            "Moreover, we describe how such a sieve is built.",
        ],
    )
    def test_what_is_old_or_beside_the_point_does_not(self, other: str) -> None:
        assert lead(f"{other} {NEWS}.") == f"{NEWS}."


class TestStandingAlone:
    @pytest.mark.parametrize(
        "opener",
        [
            "To address these issues,", "To this end,", "Specifically,", "Therefore,", "Thus",
            "In this paper,", "In this short note", "In the present work", "However,",
            "To address this issue, in this paper,", "In light of these findings,",
            "Motivated by this,", "Based on these observations,", "(2)", "More precisely,",
            "To overcome such limitations, in this work",
        ],
    )  # fmt: skip
    def test_openers_that_point_back_are_dropped(self, opener: str) -> None:
        news = NEWS[0].lower() + NEWS[1:]
        assert lead(f"{BACKGROUND} {opener} {news}.") == f"{NEWS}."

    @pytest.mark.parametrize(
        "sentence",
        [
            "To sort gravel faster, we propose a sieve.",
            "Inspired by harps, we introduce a sieve with strings.",
            "For every finite sieve, we construct a finer one.",
        ],
    )
    def test_openers_that_say_something_stay(self, sentence: str) -> None:
        assert lead(f"{BACKGROUND} {sentence}") == sentence

    def test_adverbs_of_order_go(self) -> None:
        assert lead("We then propose a sieve for wet sand.") == "We propose a sieve for wet sand."


class TestLength:
    def test_cut_between_clauses_after_the_announcement(self) -> None:
        clause = "which suits the small quarries in the hills of the north and of the west"
        long = f"In this paper, {NEWS[0].lower()}{NEWS[1:]}, {clause}, " + "with many stones " * 12
        assert lead(long + ".") == f"{NEWS}, {clause} …"

    def test_cut_between_words_where_there_is_no_clause(self) -> None:
        made = lead(NEWS + " in hills" * 60 + ".")
        assert len(made) <= 280
        assert made.endswith("hills …")

    @pytest.mark.parametrize("inner", ["$a + b, c$ ", "(stones, sand) "])
    def test_formulas_and_brackets_are_whole(self, inner: str) -> None:
        made = lead(f"{NEWS} for " + inner * 40 + ".")
        assert len(made) <= 280
        assert made.count("$") % 2 == 0
        assert made.count("(") == made.count(")")

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=600))
    def test_any_text_is_fine(self, text: str) -> None:
        assert len(lead(text)) <= 280

    @pytest.mark.parametrize(
        "unit", ["to these ", "we ", "in this ", "a, ", "$", "(", "— ", "this paper ", "x", "; "]
    )
    def test_hostile_lengths_take_no_time(self, unit: str) -> None:
        with ends():
            found = lead(unit * (100_000 // len(unit)))
        assert len(found) <= 280
