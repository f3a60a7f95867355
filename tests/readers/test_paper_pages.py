"""Pages away from arXiv: papers.cool, a digest, a repository's search, a paper, accepted papers."""

from __future__ import annotations

import json

import pytest

from digest.readers.base import Reader
from digest.readers.listings import accepted, digest_pages, repository_search
from digest.readers.listings.dates import DATED, edtf
from digest.readers.listings.paper_pages import PAPER_PAGE, PAPERS_COOL
from digest.text import fold
from tests.readers.layouts import SHARED
from tests.readers.reading import records_of, remarks_of, unread_of

COOL = """Kites and Strings

Date: Fri, 9 Jun 2023 | Total: 2

#1 Kites at Night [PDF3] [Copy] [Kimi12] [REL]

Authors: Ann Abel, Bob Bee

We fly kites at night. It is dark.

Subject: Machine Learning

Publish: 2023-06-09 02:20:25 UTC

#2 Kites by Day [PDF] [Copy] [Kimi] [REL]

Authors: Cy Cain

We fly kites by day.
"""

DIGEST = """Personalized Daily Papers 2024-06-09

Table of contents by topic:

Kites (2)

  1. Kites at Night Authors: Ann Abel, Bob Bee

  2. Kites by Day, with a title that a paste
broke Authors: Cy Cain

Strings (1)

1. Strings That Hold
ArXiv ID: 2406.00003
Authors: Di Dee, Ed Eff
Abstract: We pull strings. Relevance: none.
Comment: Fits the topic.
Relevance: 9 Novelty: 8
Back to [topic] / [top]
"""

SEARCH = """    Kites at night and what they tell about the wind

    Ann Abel, Bob Bee

    We fly kites at night, and it is dark. They are seen by lamps that are hung from the tails, and
that have been lit before. The wind is told by how they move.Comment: 12 pages, 3 lamp

    Kites by day

    We fly kites by day. They are seen by eye, and this is easy.Comment: 2 page

    Kites at da"""

PAGE = """Home
Papers
A Theory of Simple Kites
Ann Abel, Bob Bee
Abstract
We show simple kites.
They are good.
Comments: 5 pages
Subjects: Logic (cs.LO)
Cite as: arXiv:2309.01234 [cs.LO]
"""

ACCEPTED = """KITES 2024 Accepted Papers

Oral Session 1: Night

Flying at Night Without a Lamp
Ann Abel, Bob van der Bee, Carl C. Cain

Kalman Filter
Doris Dee (Hill, Dale), Ed Eff (University of Y)
[PDF] [Supp]

A line that has no authors at all and is followed by a title
Philip Moss and Others: A Story
Jane Doe

Poster Session 2
• Convexity, Again
Xi Cheng · Sen Na · Mia Ko
Institute of Kites
• 3D Kites
  F. Gee; H. Aitch
"""


def test_papers_cool() -> None:
    """Title between number and buttons, abstract without a label."""
    night, day = records_of(PAPERS_COOL, COOL)
    assert (night.title, night.authors) == ("Kites at Night", ("Ann Abel", "Bob Bee"))
    assert night.abstract == "We fly kites at night. It is dark."
    assert (night.published, night.tags) == ("2023-06-09", ("Machine Learning",))
    assert (day.title, day.abstract) == ("Kites by Day", "We fly kites by day.")


def test_a_digest() -> None:
    """Title and authors on one line or wrapped, full entries, topics as tags."""
    night, day, strings = records_of(digest_pages.READER, DIGEST)
    assert (night.title, night.authors) == ("Kites at Night", ("Ann Abel", "Bob Bee"))
    assert night.tags == ("Kites",)
    assert day.title == "Kites by Day, with a title that a paste broke"
    assert day.authors == ("Cy Cain",)
    assert (strings.eprint, strings.tags) == ("2406.00003", ("Strings",))
    assert strings.abstract == "We pull strings. Relevance: none."
    assert strings.comment == "Fits the topic."


def test_a_repository_s_search() -> None:
    """The comment is cut from the abstract it is glued to; a cut entry keeps its title."""
    night, day, cut = records_of(repository_search.READER, SEARCH)
    assert night.authors == ("Ann Abel", "Bob Bee")
    assert (night.abstract or "").endswith("by how they move.")
    assert night.comment == "12 pages, 3 lamp"
    assert (day.title, day.comment) == ("Kites by day", "2 page")
    assert (cut.title, cut.abstract) == ("Kites at da", None)
    assert [line for line, _, _ in remarks_of(repository_search.READER, SEARCH)] == [12]


def test_a_page_of_one_paper() -> None:
    """Title, names, `Abstract`, then labels."""
    (paper,) = records_of(PAPER_PAGE, PAGE)
    assert (paper.title, paper.authors) == ("A Theory of Simple Kites", ("Ann Abel", "Bob Bee"))
    assert paper.abstract == "We show simple kites. They are good."
    assert (paper.eprint, paper.comment, paper.tags) == ("2309.01234", "5 pages", ("cs.LO",))


def test_accepted_papers() -> None:
    """Titles and authors in turn; headings are chrome; a line without authors is named."""
    found = records_of(accepted.READER, ACCEPTED)
    assert [(r.title, r.authors) for r in found] == [
        ("Flying at Night Without a Lamp", ("Ann Abel", "Bob van der Bee", "Carl C. Cain")),
        ("Kalman Filter", ("Doris Dee", "Ed Eff")),
        ("Philip Moss and Others: A Story", ("Jane Doe",)),
        ("Convexity, Again", ("Xi Cheng", "Sen Na", "Mia Ko")),
        ("3D Kites", ("F. Gee", "H. Aitch")),
    ]
    assert {r.venue for r in found} == {"KITES 2024"}
    (line,) = unread_of(accepted.READER, ACCEPTED)
    assert line.startswith("A line that has no authors")


def test_what_follows_a_stray_line_is_no_part_of_the_pair_above() -> None:
    """No two passages share a character, whatever stands between pairs and buttons."""
    text = ACCEPTED.replace(
        "[PDF] [Supp]", "A stray line that goes nowhere\n[PDF]\nUniversity of Z"
    )
    assert len(records_of(accepted.READER, text)) == 5


ALL = (PAPERS_COOL, digest_pages.READER, repository_search.READER, PAPER_PAGE, accepted.READER)


@pytest.mark.parametrize(
    ("reader", "text"), list(zip(ALL, (COOL, DIGEST, SEARCH, PAGE, ACCEPTED), strict=True))
)
def test_each_page_is_known(reader: Reader, text: str) -> None:
    """Of these readers its own is surest of it; CRLF changes nothing."""
    assert max(ALL, key=lambda other: other.recognise(text)) is reader
    assert reader.recognise(text) >= 0.5
    assert [r.title for r in records_of(reader, text.replace("\n", "\r\n"))] == [
        r.title for r in records_of(reader, text)
    ]


PROSE = "We went to the lake. It was late, and the Wind was cold.\nNo kite flew that day.\n\n" * 30
CODE = "def fly(kite: Kite) -> None:\n    # Authors: none\n    return Sky(kite, 1)\n\n" * 30


@pytest.mark.parametrize("reader", ALL, ids=lambda reader: reader.name)
def test_prose_and_code_are_not_claimed(reader: Reader) -> None:
    """No page is seen where there is none."""
    assert reader.recognise(PROSE) < 0.5
    assert reader.recognise(CODE) < 0.5


DUMPS = SHARED / "dumps"
REAL = (("r11", repository_search.READER), ("r13", digest_pages.READER), ("r15", PAPERS_COOL))


@pytest.mark.skipif(not DUMPS.is_dir(), reason="the shared dumps are not beside the project")
@pytest.mark.parametrize(("prefix", "reader"), REAL, ids=[prefix for prefix, _ in REAL])
def test_dump_equals_truth(prefix: str, reader: Reader) -> None:
    """Every field of every whole entry is exact; a cut one is there all the same."""
    (path,) = DUMPS.glob(f"{prefix}*.txt")
    text = path.read_text()
    papers = json.loads((DUMPS / f"{path.name}.truth.json").read_text())["papers"]
    assert reader.recognise(text) >= 0.85
    for record, paper in zip(records_of(reader, text), papers, strict=True):
        assert record.title == paper["title"]
        if paper.get("complete") is False:
            continue
        dated = DATED.match(paper["date"]) if paper["date"] else None
        assert record.published == (edtf(dated) if dated else None)
        assert (fold(record.abstract) if record.abstract else None) == paper["abstract"]
        assert (record.eprint, record.doi) == (paper["arxiv"], paper["doi"])
        assert record.comment == paper["comment"]
        assert list(record.authors) == paper.get("authors", [])
