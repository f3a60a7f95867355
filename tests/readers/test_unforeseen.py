"""Pastes of layouts that nobody foresaw are read rightly, or said to be unsure."""

from __future__ import annotations

import random

import pytest

from digest.paper import Record
from digest.readers import read_text, recognise
from digest.readers.contests import has_fault, settle
from digest.readers.formats import FORMATS
from digest.readers.listings.compounds import byline_end
from digest.readers.listings.reference_entries import parse_reference
from digest.readers.listings.reference_names import split_names
from tests.readers.unforeseen import chats, held_out, lists, sites
from tests.readers.unforeseen.measure import Measure, measure
from tests.readers.unforeseen.papers import Paper, invent, recall
from tests.readers.unforeseen.styles import LAYOUTS, Layout, lay_out

PAGES = [page for page in LAYOUTS if not page.held_out]
HELD_OUT = [page for page in LAYOUTS if page.held_out]
NOT_READ = frozenset(["neurips_list"])
"""Title and names on one line with nothing between."""
NOT_READ_HELD_OUT = frozenset(["cv_entry", "social_post"])
assert all(module.__doc__ for module in (chats, held_out, lists, sites))


def _measured(page: Layout, papers: list[Paper]) -> Measure:
    return measure(page, papers, random.Random(1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("seed", [7, 5])
def test_invented_papers(page: Layout, seed: int) -> None:
    """Nine of ten papers are exact in title, authors and identifiers, or the page is not read."""
    found = _measured(page, invent(random.Random(seed), 20))
    if page.name in NOT_READ:
        assert found.records == 0
    else:
        assert found.shares["all"] >= 0.9, found.wrong[:2]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_real_papers(page: Layout) -> None:
    """The same of papers whose titles and names nobody chose."""
    papers = recall(random.Random(5), 25)
    if not papers:
        pytest.skip("the shared corpus is not beside this repository")
    found = _measured(page, papers)
    if page.name in NOT_READ:
        assert found.records == 0
    else:
        assert found.shares["all"] >= 0.8, found.wrong[:2]


def test_most_layouts_are_exact() -> None:
    """At least nine of ten layouts are exact in title, authors and identifiers."""
    exact = sum(
        _measured(page, invent(random.Random(21), 16)).shares["all"] >= 0.9 for page in PAGES
    )
    assert exact >= 0.9 * len(PAGES)


@pytest.mark.parametrize("page", HELD_OUT, ids=lambda page: page.name)
def test_layouts_held_out(page: Layout) -> None:
    """Layouts that came after the readers are exact, too, or known not to be."""
    found = _measured(page, invent(random.Random(9), 20))
    assert (found.shares["all"] >= 0.9) == (page.name not in NOT_READ_HELD_OUT), found.wrong[:2]


def test_what_is_wrong_is_less_sure() -> None:
    """Of all pages together, wrong entries carry less confidence than right ones; none is 1.0."""
    right: list[float] = []
    wrong: list[float] = []
    for page in [*PAGES, *HELD_OUT]:
        found = _measured(page, invent(random.Random(4), 12))
        right += [found.sure_when_right] * bool(found.sure_when_right)
        wrong += [found.sure_when_wrong] * bool(found.sure_when_wrong)
    assert sum(wrong) / len(wrong) < sum(right) / len(right)
    assert max(wrong) < 0.95


@pytest.mark.parametrize("page", [*PAGES, *HELD_OUT], ids=lambda page: page.name)
def test_no_character_is_lost(page: Layout) -> None:
    """Records, chrome and unread hold every character of a page, once."""
    text = lay_out(page, invent(random.Random(3), 6), random.Random(1))
    reading = read_text(text, "paste.txt")
    seen = bytearray(len(text))
    spans = [(s.source.start, s.source.end) for s in reading.sightings]
    for start, end, *_ in [*spans, *reading.chrome, *reading.unread]:
        for at in range(start, end):
            seen[at] += 1
    assert not [at for at, c in enumerate(text) if not c.isspace() and seen[at] != 1]


REFERENCES = {
    "Abel, A. M., & Bee, B. (2020). On kites: A study. Journal of Kites, 3(2), 1–9.": (
        ("Abel, A. M.", "Bee, B."), "On kites: A study", "2020",
    ),
    "Abel AM, Bee B. Why do kites fly? J Kites. 2019;3(2):1-9.": (
        ("Abel AM", "Bee B"), "Why do kites fly?", "2019",
    ),
    "A. Abel and B. Bee, “Kites at night,” J. Kites, vol. 3, pp. 1–9, 2018.": (
        ("A. Abel", "B. Bee"), "Kites at night", "2018",
    ),
    "Abel, Ann, Bo Bee, and Cy Cain. 2017. “Kites.” Kites 3 (2): 1–9.": (None, "", ""),
    "Ann Abel and Bo Bee. 2016. Kites at Night. J. Kites 3, 2 (2016), 1–9.": (
        ("Ann Abel", "Bo Bee"), "Kites at Night", "2016",
    ),
    "Kites at night. Ann Abel and Bo Bee. In Conference on Kites, 2015.": (
        ("Ann Abel", "Bo Bee"), "Kites at night", "2015",
    ),
}  # fmt: skip


@pytest.mark.parametrize("words", REFERENCES)
def test_one_reference(words: str) -> None:
    """Each style by its smallest example; a title of one short word is not believed."""
    names, title, year = REFERENCES[words]
    found = parse_reference(words)
    if names is None:
        assert found is None
    elif title == "Kites":
        assert found is None or found.authors == names
    else:
        assert found is not None
        assert (found.authors, found.title, found.year) == (names, title, year)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Abel, A., Bee, B., & Cain, C.", ("Abel, A.", "Bee, B.", "Cain, C.")),
        ("Abel, Ann M., Bo Bee, and Cy Cain", ("Abel, Ann M.", "Bo Bee", "Cy Cain")),
        ("Abel AM, Bee B, et al.", ("Abel AM", "Bee B")),
        ("A. Abel, B. van der Bee", ("A. Abel", "B. van der Bee")),
        ("Kites at Night", None),
        ("Abel, A., eds.", None),
    ],
)
def test_names_of_a_reference(byline: str, names: tuple[str, ...] | None) -> None:
    """Families and initials in turn, one name turned around, and what is no byline."""
    found = split_names(byline)
    assert found == names or (names is None and found in (None, ("Abel, A.",)))


def test_names_and_place_on_one_line() -> None:
    """`A Abel, B Bee - Journal of Kites, 2020` begins with names; a title does not."""
    line = "A Abel, B Bee… - Journal of Kites, 2020 - example.org"
    found = byline_end(line)
    assert found is not None and line[: found[0]] in ("A Abel, B Bee…", "A Abel, B Bee")
    assert byline_end("Kites at night - a study of 2020") is None
    assert byline_end("Ann Abel, Bo Bee") is None


def test_faults_are_seen() -> None:
    """A reading that swallows a line of names, a label or an identifier contradicts itself."""
    text = "Ann Abel, Bo Bee\nWe show kites.\nZusammenfassung: Wir zeigen Drachen.\n"
    swallowed = Record(span=(0, len(text)), abstract=" ".join(text.split()))
    assert has_fault(text, swallowed)
    whole = Record(
        span=(0, len(text)), title="Kites", authors=("Ann Abel", "Bo Bee"), abstract="We show."
    )
    assert not has_fault(text, whole)
    assert has_fault(text, Record(span=(0, 4), title="Ann Abel, Bo Bee", abstract="x"))
    assert has_fault(text, Record(span=(0, 4), title="Kites"))


def test_a_claim_without_faults_stands() -> None:
    """A reader whose reading is flawless keeps its text, whoever else may read it."""
    page = next(page for page in PAGES if page.name == "under_the_names")
    text = lay_out(page, invent(random.Random(1), 5), random.Random(1))
    rows = {row.name: row.reader for row in FORMATS if row.name in ("paper-page", "general")}
    assert settle(text, rows["paper-page"], [rows["general"]]).name == "paper-page"
    claimed = recognise(text)
    assert claimed is not None and claimed.name == "paper-page"


@pytest.mark.parametrize("mark", ["> ", ">> ", "> > "])
def test_quoted_once_or_twice(mark: str) -> None:
    """However deep a mail quotes, what it quotes is read, and no mark is in a field."""
    page = next(page for page in PAGES if page.name == "wrapped_with_names")
    papers = invent(random.Random(2), 6)
    text = lay_out(page, papers, random.Random(1))
    reading = read_text("".join(f"{mark}{line}\n" for line in text.split("\n")), "mail.txt")
    assert reading.format == "quoted"
    assert [s.record.title for s in reading.sightings] == [p.title for p in papers]
    assert [s.record.abstract for s in reading.sightings] == [p.abstract for p in papers]
