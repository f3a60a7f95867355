"""The door for text: white space, characters, slugs, lines."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import Lines, clean, content_hash, fold, slugify, unaccented


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Graph Neural Networks", "graph-neural-networks"),
        ("Schrödinger & Gödel", "schrodinger-godel"),
        ("  --a--  ", "a"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugs_are_words(text: str, slug: str) -> None:
    """Accents, punctuation and path characters leave only words."""
    assert slugify(text) == slug


@given(st.text())
def test_slugs_are_safe_whatever_the_text(text: str) -> None:
    """One non-empty path segment of [a-z0-9-], of bounded length, never reserved on Windows."""
    slug = slugify(text, 40)
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", slug)
    assert len(slug) <= 40
    assert slug not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


def test_a_reserved_name_gets_a_hash() -> None:
    """Windows cannot hold a file named con or con.html."""
    assert re.fullmatch(r"con-[0-9a-f]{4}", slugify("CON"))


@given(st.text())
def test_clean_text_is_fit_for_a_page(text: str) -> None:
    """No controls, surrogates, overrides; cleaning twice changes nothing."""
    cleaned = clean(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", cleaned)
    cleaned.encode()
    assert clean(cleaned) == cleaned


def test_folding_leaves_single_blanks() -> None:
    """Line ends and runs of white space are one blank."""
    assert fold(" a\n b\t c ") == "a b c"


@given(st.text(alphabet="ab\n", max_size=60))
def test_lines_count_as_an_editor_does(text: str) -> None:
    """The line of an offset is one more than the line feeds before it."""
    lines = Lines(text)
    assert [lines.at(i) for i in range(len(text))] == [
        text[:i].count("\n") + 1 for i in range(len(text))
    ]


def test_hashes_never_change() -> None:
    """Addresses rest on it: the same text has the same hash in every version."""
    assert content_hash("a paper") == content_hash("a paper", 32)[:8] == "85240c95"
    assert unaccented("Ångström") == "angstrom"


@given(st.text())
def test_accents_go_and_nothing_else(text: str) -> None:
    """What is left are the decomposed characters that combine with none before them."""
    left = [
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    ]
    assert unaccented(text) == "".join(left)
