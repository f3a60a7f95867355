"""Markdown of notes and pages cannot harm, and shows mathematics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.website.markdown import to_safe_html


def test_markdown_is_markdown() -> None:
    """Headings begin one level below the page's own."""
    html = to_safe_html("# A\n\nsome *words*, a [link](https://example.org)\n\n- one\n- two")
    assert html.startswith("<h2>A</h2>")
    assert "<em>words</em>" in html
    assert 'href="https://example.org" rel="noopener nofollow"' in html
    assert html.count("<li>") == 2


def test_formulas_are_mathml_but_not_in_code() -> None:
    """`$x^2$` is mathematics; in code and as money it is text."""
    html = to_safe_html("so $x^2$ and `$y$`, for $5 or $10")
    assert html.count("<math") == 1
    assert "<code>$y$</code>" in html
    assert "$5 or $10" in html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "<svg onload=alert(1)>",
        "<a href='data:text/html,x'>x</a>",
        "<style>*{}</style>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<iframe src=//a.example></iframe>",
        "$<img src=x onerror=alert(1)>$",
        "\ue0000\ue001 $x$",
    ],
)
def test_nothing_runs(source: str) -> None:
    """Scripts, handlers, other schemes and embedded things are gone."""
    html = to_safe_html(source).lower()
    for bad in (
        "<script",
        "javascript:",
        "<img src=x onerror",
        "<svg",
        "data:text",
        "<style",
        "<iframe",
        " onmouseover=",
    ):
        assert bad not in html


@pytest.mark.parametrize("source", ["[" * 50_000, "> " * 20_000, "*" * 100_000, "a" * 300_000])
def test_what_would_take_long_is_shown_as_it_stands(source: str) -> None:
    """The library's worst cases are not given to it."""
    assert to_safe_html(source).startswith(("<pre>", "<p>", "<blockquote>"))


@given(st.text(max_size=200))
def test_no_text_fails(source: str) -> None:
    """Anything becomes safe HTML."""
    assert "<script" not in to_safe_html(source).lower()
