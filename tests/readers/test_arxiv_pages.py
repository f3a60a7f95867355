"""Pasted pages of arXiv are read: lists, search results, abstract pages, plain labels."""

from __future__ import annotations

import pytest

from digest.paper import Link
from digest.readers.base import Reader
from digest.readers.listings.arxiv_pages import ARXIV_LIST, ARXIV_PAGE, LABELLED
from tests.readers.reading import records_of, remarks_of, unread_of

LIST = r"""arXiv.org > cs > cs.XX
Authors and titles for recent submissions
Fri, 8 Sep 2023
[ total of 431 entries: 1-25 | 26-50 | ... | 426-431 ]
Fri, 8 Sep 2023 (showing first 2 of 95 entries)

[1]  arXiv:2309.00001 [pdf, other]
Title: Kites: A Study of $\alpha$-tails
Authors: Ann Abel, Bob Bee
Comments: 12 pages, code at https://github.com/a/kites
Subjects: Computer Vision and Pattern Recognition (cs.CV); Machine Learning (cs.LG)
[2]  arXiv:2309.00002v2 (cross-list from cs.LG) [pdf, ps, other]
Authors: Carl Cain
Subjects: Machine Learning (cs.LG)

Thu, 7 Sep 2023 (showing first 1 of 80 entries)
[3] arXiv:hep-th/9901001 [pdf]
Title: Strings That Hold
Authors: D. Dee and E. Eff
Journal-ref: J. Kites 12 (2020)
Subjects: High Energy Physics - Theory (hep-th)

[ total of 431 entries: 1-25 | 26-50 ]
"""

NEW = """Showing new listings for Monday, 11 November 2024
Total of 3 entries
New submissions (showing 2 of 2 entries)
[1] arXiv:2411.00001 [pdf, html, other]
Title: A Kite Without a Label
Ann Abel, Bob Bee, Carl C. Cain
Comments: 3 pages
Subjects: Machine Learning (cs.LG); Differential Geometry (dg-ga)

We fly kites. They go up, and see https://kites.github.io for more.

[2]
arXiv:2411.00002
[pdf, html, other]
Title:
          A Kite on the Next Line
Doris Dee
Subjects: Machine Learning (cs.LG)
We fly another kite, and it goes on and on.

Replacement submissions (showing 1 of 1 entries)
[3] arXiv:2311.00002 (replaced) [pdf, html, other]
Title: An Old Kite
Ed Eff
Comments: v2
Subjects: Statistics Theory (math.ST)
Total of 3 entries
"""

SEARCH = """Showing 1–50 of 1,234 results for all: kites
Sort results by: Announcement date (newest first)
1 2 3 4 5 …
arXiv:2309.00001  [pdf, other]  cs.CV  cs.LG doi 10.1145/3485447.3512100
Kites Found
Authors: Ann Abel, Bob Bee
Abstract: We found kites. It was good; see the rest for more. △ Less
Submitted 9 June, 2023; v1 submitted 7 June, 2023; originally announced June 2023.
Comments: 10 pages
Journal ref: Proc. Kites (2023) 1-10
arXiv:2309.00002  [pdf, ps, other]
math.AG
A Second Kite
Authors: Cy Cain
Abstract: Let $X$ be a kite … ▽ More
Submitted 8 September, 2023; originally announced September 2023.
MSC Class: 14A10
"""

PAGE = """Skip to main content
Computer Science > Computer Vision and Pattern Recognition
arXiv:2309.00001 (cs)
[Submitted on 9 Sep 2023 (v1), last revised 22 Mar 2024 (this version, v3)]
Title:Kites in a Row
Authors:Ann Abel, Bob Bee
View PDF HTML (experimental)
Abstract:Recently, kites flew. We do: more.

Code is given.
Comments:\tKITES 2024
Subjects:\tComputer Vision and Pattern Recognition (cs.CV); Machine Learning (cs.LG)
Cite as:\tarXiv:2309.00001 [cs.CV]
 \t(or arXiv:2309.00001v3 [cs.CV] for this version)
 \thttps://doi.org/10.48550/arXiv.2309.00001
Focus to learn more
Journal reference:\tJ. Kites 1 (2024) 3
Related DOI:\thttps://doi.org/10.1145/3485447.3512100
Submission history
From: Ann Abel [view email]
[v1] Sat, 9 Sep 2023 03:01:38 UTC (8,297 KB)
Full-text links:
Access Paper:
View PDF
Current browse context:
cs.CV
< prev   |   next >
References & Citations
NASA ADS
About arXivLabs
"""

LABELS = """Title: One
Authors: A B, C D
Abstract: We do one thing. Code: none of it is kept.

Title: Two
Authors: E F
Abstract: We do two.
Venue: KITES 2024
"""


def test_a_list() -> None:
    """Every field; an entry without its title costs itself, at its line."""
    kites, strings = records_of(ARXIV_LIST, LIST)
    assert kites.title == r"Kites: A Study of $\alpha$-tails"
    assert (kites.eprint, kites.authors) == ("2309.00001", ("Ann Abel", "Bob Bee"))
    assert kites.tags == ("cs.CV", "cs.LG")
    assert kites.links == (Link("code", "https://github.com/a/kites"),)
    assert (strings.eprint, strings.journal_ref) == ("hep-th/9901001", "J. Kites 12 (2020)")
    assert [line for line, _, _ in remarks_of(ARXIV_LIST, LIST)] == [12]
    assert len(unread_of(ARXIV_LIST, LIST)) == 1


def test_a_list_without_labels_for_authors_and_abstracts() -> None:
    """What the newer pages print: bare authors, the abstract after the subjects."""
    first, second, old = records_of(ARXIV_LIST, NEW)
    assert first.authors == ("Ann Abel", "Bob Bee", "Carl C. Cain")
    assert first.abstract == "We fly kites. They go up, and see https://kites.github.io for more."
    assert first.tags == ("cs.LG", "dg-ga")
    assert (second.title, second.authors) == ("A Kite on the Next Line", ("Doris Dee",))
    assert second.abstract == "We fly another kite, and it goes on and on."
    assert (old.comment, old.abstract) == ("v2", None)
    assert not unread_of(ARXIV_LIST, NEW)


def test_search_results() -> None:
    """Bare titles, dates of submission, abstracts cut by the page."""
    first, second = records_of(ARXIV_LIST, SEARCH)
    assert (first.title, first.doi) == ("Kites Found", "10.1145/3485447.3512100")
    assert first.abstract == "We found kites. It was good; see the rest for more."
    assert (first.published, first.updated) == ("2023-06-07", "2023-06-09")
    assert (first.comment, first.journal_ref) == ("10 pages", "Proc. Kites (2023) 1-10")
    assert (second.title, second.tags) == ("A Second Kite", ("math.AG",))
    assert second.abstract == "Let $X$ be a kite …"
    assert [severity for _, severity, _ in remarks_of(ARXIV_LIST, SEARCH)] == ["note"]


def test_an_abstract_page() -> None:
    """One paper; the furniture around it is chrome."""
    (paper,) = records_of(ARXIV_PAGE, PAGE)
    assert (paper.title, paper.authors) == ("Kites in a Row", ("Ann Abel", "Bob Bee"))
    assert paper.abstract == "Recently, kites flew. We do: more.\n\nCode is given."
    assert (paper.eprint, paper.eprint_version) == ("2309.00001", 3)
    assert (paper.doi, paper.journal_ref) == ("10.1145/3485447.3512100", "J. Kites 1 (2024) 3")
    assert (paper.published, paper.updated) == ("2023-09-09", "2024-03-22")
    assert not unread_of(ARXIV_PAGE, PAGE)


def test_words_of_buttons_begin_titles_and_paragraphs_too() -> None:
    """`Next …` is a title where one is due, `Search for …` a paragraph of an abstract."""
    text = SEARCH.replace("Kites Found", "Next Generation Kites")
    assert records_of(ARXIV_LIST, text)[0].title == "Next Generation Kites"
    text = PAGE.replace("Code is given.", "Search for kites in the sky. What is seen is told.")
    (paper,) = records_of(ARXIV_PAGE, text)
    assert (paper.abstract or "").endswith("What is seen is told.")
    assert paper.comment == "KITES 2024"


def test_labels_alone() -> None:
    """A label's word inside an abstract is the abstract's."""
    one, two = records_of(LABELLED, LABELS)
    assert one.abstract == "We do one thing. Code: none of it is kept."
    assert (two.title, two.venue) == ("Two", "KITES 2024")


@pytest.mark.parametrize(
    ("reader", "text"),
    [(ARXIV_LIST, LIST), (ARXIV_LIST, NEW), (ARXIV_LIST, SEARCH), (ARXIV_PAGE, PAGE),
     (LABELLED, LABELS)],
)  # fmt: skip
def test_line_ends_change_nothing_and_each_page_is_known(reader: Reader, text: str) -> None:
    """CRLF gives the same papers; the reader recognises its own page best."""

    def values(shown: str) -> list[tuple[object, ...]]:
        return [(r.title, r.authors, r.abstract, r.eprint) for r in records_of(reader, shown)]

    assert values(text.replace("\n", "\r\n")) == values(text)
    scores = {r.name: r.recognise(text) for r in (ARXIV_LIST, ARXIV_PAGE, LABELLED)}
    assert max(scores, key=lambda name: scores[name]) == reader.name
    assert reader.recognise(text) >= 0.5
