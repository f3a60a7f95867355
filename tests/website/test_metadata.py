"""What search engines and previews are shown of an abstract."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.latex import to_plain
from digest.website.metadata import excerpt


def test_a_short_abstract_is_shown_whole() -> None:
    """A few characters too many are better than a word too few."""
    assert excerpt("We boil $x^2$ cups.") == ("We boil x² cups.", False)
    assert excerpt("tea " * 56) == ("tea " * 56, False)
    assert excerpt("") == ("", False)


@given(st.text(max_size=2_000))
def test_an_excerpt_is_short_and_begins_as_the_text(text: str) -> None:
    """At most 225 characters, whatever the text."""
    shown, cut = excerpt(text)
    assert len(shown) <= (219 if cut else 225)
    if not any(mark in text for mark in "\\$`{}'\"~-"):
        assert to_plain(text).startswith(shown)


def test_what_is_cut_off_does_not_show() -> None:
    """Long abstracts are read in part: no formula that is cut there comes near what is shown."""
    for formula in (
        r"$\alpha^{2}$",
        r"$\frac{a + b}{c}$",
        r"{\bf word}",
        "``quoted''",
        r"\'{e}t\'e",
    ):
        for shift in range(30):
            abstract = "w" * shift + " " + f"we show that {formula} and " * 60
            whole = to_plain(abstract)
            assert excerpt(abstract) == (whole[:219].rsplit(" ", 1)[0], True)
    heavy = r"\operatorname{verylongname}" * 30
    assert excerpt(f"${heavy}$ holds. " * 3).text.startswith("verylongname")
