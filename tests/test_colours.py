"""Contrast as WCAG defines it, and links that can be read whatever the accent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.colours import READABLE, contrast, readable_link
from digest.look import DEFAULTS

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21 : 1, grey #767676 on white just readable, #777 just not."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777", "#fff") < READABLE
    assert contrast("#123456", "#123456") == 1


@given(colours, colours)
def test_contrast_knows_no_order(one: str, other: str) -> None:
    """Text and ground may change places."""
    assert contrast(one, other) == contrast(other, one) >= 1


@given(colours)
def test_any_accent_makes_links_that_can_be_read(accent: str) -> None:
    """On the default papers, by day and by night."""
    for group, own in DEFAULTS.items():
        link = readable_link(accent, dark=group == "dark")
        assert contrast(link, own["paper"]) >= READABLE
