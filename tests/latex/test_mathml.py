"""Formulas say in MathML what they say in TeX, where the converter alone would not."""

from __future__ import annotations

import re

import pytest

from digest.latex.mathml import to_mathml


def shown(source: str) -> str:
    """The text of a formula."""
    return re.sub("<[^>]*>", "", to_mathml(source, False))


def test_a_bar_covers_what_stands_below_it() -> None:
    """A sign that stretches, not one that combines with the letter before."""
    assert '<mo stretchy="true">‾</mo>' in to_mathml(r"\overline{z+w}", False)
    assert "\u0332" not in to_mathml(r"\underline{z}", False)


def test_columns_touch_where_a_formula_is_aligned() -> None:
    """At its equals sign; columns of cases and arrays stand apart."""
    aligned = to_mathml(r"\begin{align} x &= y \\ &= 2 \end{align}", True)
    assert 'class="tex-right tex-close"' in aligned
    assert 'class="tex-left tex-close"' in aligned
    for apart in (
        r"\begin{cases} x & y \\ z & w \end{cases}",
        r"\begin{array}{lr} x & y \end{array}",
    ):
        assert "tex-close" not in to_mathml(apart, False)
        assert "tex-left" in to_mathml(apart, False)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\RR^n", "ℝn"),
        (r"\cA", "𝒜"),
        (r"\argmin_x f", "arg\u2009minx\u2061f"),
        (r"10{,}000", "10,000"),
        (r"\text{if $x$ is}", "if x is"),
    ],
)
def test_what_authors_use_without_defining_it(source: str, text: str) -> None:
    """Set as its name suggests, with no command left to be seen."""
    assert shown(source).replace("\xa0", " ").replace("\ufe00", "") == text
