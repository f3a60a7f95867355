"""A page's addresses, names and faults are seen, each with its line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.check.pages import Lead, look

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>A page</title>
<meta http-equiv="refresh" content="0; url=../papers/a.html">
<link rel=stylesheet href='style.css'></head>
<body id="top"><!-- <a href="not-seen.html"> -->
<a class="x" href="b.html?q=1&amp;r=2#part">B</a>
<img src="p.png"><p id="top">href="not-an-address"</p>
</body></html>
"""


def test_what_a_page_says() -> None:
    """Addresses of links, pictures, styles and refreshes; none of comments and text."""
    seen = look(PAGE)
    assert seen.leads == (
        Lead("../papers/a.html", 3),
        Lead("style.css", 4),
        Lead("b.html?q=1&r=2#part", 6),
        Lead("p.png", 7),
    )
    assert seen.names == ("top",)
    assert [fault[:2] for fault in seen.faults] == [
        (7, "a picture has no text"),
        (None, "2 elements are called #top"),
    ]


def test_a_page_that_names_neither_itself_nor_its_language() -> None:
    """Both are told."""
    faults = look("<html><head><title> </title></head><body></body></html>").faults
    assert [what for _, what, _ in faults] == [
        "the page names no language",
        "the page has no title",
    ]


@given(st.text("<>!-ahref=\"' \n&;/", max_size=200))
def test_no_text_is_too_broken(text: str) -> None:
    """Whatever a template makes."""
    assert look(text).names is not None
