"""What listings are read fast by: each shortcut gives what the long way would."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest.links import find_links
from digest.readers.listings import abstracts, units
from digest.readers.listings.closings import find_closings
from digest.readers.listings.comments import comment_score
from digest.readers.listings.lines import find_lines
from digest.readers.listings.roles import STEPS, Role, best_before
from digest.text import fold
from tests.readers.test_hard_cases import ONE, TWO

WHITE = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2003\u2028\u3000"


@given(st.text("ab é" + WHITE, max_size=8), st.text("ab é" + WHITE, max_size=8))
def test_long_and_short_texts_are_folded_alike(start: str, end: str) -> None:
    """A long text that looks folded is one: every kind of white space is found in it."""
    for middle in ("of moths", "of moths " * 20):
        text = start + middle + end
        assert fold(text) == " ".join(text.split())


@given(st.text("ab .é" + WHITE, max_size=60))
def test_lines_end_at_line_feeds_and_at_carriage_returns(text: str) -> None:
    """Lone carriage returns, as old files have them, part lines too."""
    wanted = []
    for m in re.finditer(r"[^\r\n]+", text):
        shown = m[0].strip()
        if shown:
            start = m.start() + m[0].index(shown)
            wanted.append((start, start + len(shown)))
    assert [(line.start, line.end) for line in find_lines(text)] == wanted


@given(st.lists(st.sampled_from([-7.5, -3.0, -1.0, 0.0, 0.5, 2.0]), min_size=7, max_size=7))
def test_the_best_before_a_role_is_what_the_table_of_steps_says(totals: list[float]) -> None:
    """The table of steps, written out, is still the table."""
    wanted = [
        max(totals[before] + steps[role] for before, steps in STEPS.items() if role in steps)
        for role in Role
    ]
    assert list(best_before(totals)) == wanted


WORDS = """12 pages 3 figures to appear in Phys. Rev. accepted at the workshop on moths we show that
    our method LaTeX v2 typos corrected which is the result of this paper 1997 thesis & A&A été"""


@given(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=30),
    st.sampled_from(("", ".", "$")),
    st.floats(-8, 8),
    st.floats(0, 4),
)
def test_scores_are_exact_between_the_bounds_and_beyond_them_outside(
    words: list[str], end: str, least: float, width: float
) -> None:
    """What is left out of a score never moves it over a bound."""
    passage, most = " ".join(words) + end, least + width
    exact = comment_score(passage)
    assume(min(abs(exact - least), abs(exact - most)) > 1e-4)
    score = comment_score(passage, least=least, most=most)
    if least <= exact <= most:
        assert score == exact
    else:
        assert (score < least + 1e-5, score > most - 1e-5) == (exact < least, exact > most)
    assert comment_score(passage, least=-math.inf, most=math.inf) == exact


@pytest.mark.parametrize("doi", ["", " - doi: 10.1234/moth.5", " - doi: 10.1234/moth(5)"])
@pytest.mark.parametrize("dates", ["2014-03-02", "2014-03-02 Updated: 2015-01-31", "2014-02-30"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_plain_closing_is_read_as_an_odd_one(doi: str, dates: str, newline: str) -> None:
    """The same closing with blanks that few have, which no shortcut takes."""
    plain = f"{ONE}{newline}arXiv:1403.0012{doi}{newline}Created: {dates}{newline * 2}{TWO}"
    odd = plain.replace("Created: ", "Created:\t").replace(" - doi", "  - doi")
    [first], [second] = find_closings(plain), find_closings(odd)
    assert first[2:] == second[2:]
    assert plain[first.start : first.end].split() == odd[second.start : second.end].split()


def test_an_updated_date_on_its_own_line_belongs_to_the_closing() -> None:
    """A closing that seems to be whole goes on below."""
    text = f"{ONE}\n\narXiv:1403.0012\nCreated: 2014-03-02\nLast Updated: 2014-05-06\n\n{TWO}"
    [closing] = find_closings(text)
    assert (closing.created, closing.updated) == ("2014-03-02", "2014-05-06")


@given(st.lists(st.sampled_from(["we", "is", "moth", "(this)", "éis", "that’s", "_it", "It", "-"])))
def test_prose_is_counted_by_whole_words(words: list[str]) -> None:
    """No letter, of whatever alphabet, may touch a word that counts."""
    passage = " ".join(words)
    wanted = len(re.findall(r"\b(?:we|is|this|that|It)\b", passage))
    assert units.count_prose(passage, 5) == min(5, wanted)


def test_addresses_are_found_though_few_texts_are_looked_at() -> None:
    """Each kind of address alone shows that a text is worth a look; `i.e.` holds none."""
    for address in ("http://a.B.org", "WWW.Moths.ORG", "www.3d.net/x", "ab.io/x", "a.github.io"):
        assert [link.url for link in find_links(f"See {address} for moths")] == [address]
    assert find_links(r"See \url{10.1/2}")[0].url == "10.1/2"
    assert find_links("git@GitHub.COM:moths/wings")[0].url == "git@GitHub.COM:moths/wings"
    assert find_links("Moths, i.e. insects, e.g. in the U.S. or w.r.t. wings.") == ()


def test_a_page_of_nothing_but_labelled_abstracts_is_certain() -> None:
    """No other reader need be asked; where more stands in the entries others still may claim it."""
    alone = "\n".join(f"Abstract: {words}" for words in (ONE, TWO) * 3)
    closed = "".join(f"Abstract: {ONE}\n\narXiv:1403.001{n}\n\n" for n in range(6))
    assert abstracts.recognise(alone) >= 0.95
    assert abstracts.recognise(closed) < 0.95
