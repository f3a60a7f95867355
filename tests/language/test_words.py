"""Texts, dates and numbers stand in the language of the digest."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from digest.language import words_of


def test_english_says_what_stands_there() -> None:
    """Without a catalogue, with numbers as English writes them."""
    words = words_of("en")
    assert words.say("Skip to content") == "Skip to content"
    assert words.many("{n} paper", "{n} papers", 1) == "1 paper"
    assert words.many("{n} paper", "{n} papers", 1200) == "1,200 papers"
    assert words.list(["A", "B", "C"]) == "A, B and C"


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("en", ("8 September 2023", "September 2023", "2023", "")),
        ("de", ("8. September 2023", "September 2023", "2023", "")),
    ],
)
def test_dates_keep_their_precision(language: str, dates: tuple[str, ...]) -> None:
    """Day, month, year, or nothing."""
    words = words_of(language)
    assert tuple(map(words.date, ("2023-09-08", "2023-09", "2023", None))) == dates


def test_another_language_uses_its_catalogue() -> None:
    """For texts, plurals and signs; a region falls back to its language."""
    words = words_of("de-AT")
    assert words.say("Skip to content") == "Zum Inhalt"
    assert words.many("{n} paper", "{n} papers", 1200).startswith("1")


def test_markup_in_a_text_stays_markup_and_the_rest_is_escaped() -> None:
    """So that links may stand within sentences."""
    said = words_of("en").say("{a} & {b}", a=Markup("<b>x</b>"), b="<i>")
    assert isinstance(said, Markup)
    assert said == "<b>x</b> &amp; &lt;i&gt;"
