"""Mechanisms of the listing readers, each shown by the smallest page that needs it."""

from __future__ import annotations

import textwrap

import pytest

from digest.readers import read_text
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.lines import find_lines, wrap_width
from tests.readers.test_hard_cases import ONE, TWO, records
from tests.watchdog import ends


def wrapped(*passages: str, width: int = 60) -> str:
    return "\n".join("\n".join(textwrap.wrap(p, width, break_on_hyphens=False)) for p in passages)


def test_a_dated_closing_is_one_whatever_its_reference_begins_with() -> None:
    """A journal in lower case, a comma left in the DOI field, an abstract cut in mid-sentence."""
    text = (
        f"{ONE}\n\narXiv:1910.06693 npj Moths 3, 005 (2012)\nCreated: 2019-10-15\n\n"
        f"{TWO}\n\narXiv:1601.01234 - doi: 10.4213/im8467,\nCreated: 2016-01-08\n\n"
        f"{ONE[:-1]} made for\n\narXiv:1205.5024\nCreated: 2012-05-22\n"
    )
    first, second, third = records(text)
    assert (first.eprint, first.journal_ref) == ("1910.06693", "npj Moths 3, 005 (2012)")
    assert (second.doi, second.published) == ("10.4213/im8467", "2016-01-08")
    assert (third.eprint, third.published) == ("1205.5024", "2012-05-22")


def test_a_mention_that_a_line_break_moved_closes_no_dated_entry() -> None:
    """Where all entries are dated, an identifier in the midst of a comment is a mention."""
    comment = "3 pages. This is an appendix to the previous version, which you find at"
    entry = "{}\n\narXiv:{}\nCreated: 2020-01-02\n\n"
    text = f"{ONE}\n\n{comment}\narXiv:cs/0012013v1\n\narXiv:2001.00001\nCreated: 2020-01-02\n\n"
    text += entry.format(TWO, "2001.00002") + entry.format(ONE, "2001.00003")
    found = records(text)
    assert [r.eprint for r in found] == ["2001.00001", "2001.00002", "2001.00003"]
    assert found[0].comment == f"{comment} arXiv:cs/0012013v1"


def test_glued_paragraphs_and_comment() -> None:
    """A comment on its own line is not joined to the last paragraph, nor that taken for one."""
    text = f"{ONE}\n\nThis answers some questions of gulls.\n12 pages\narXiv:2001.00001{TWO}\n"
    first, _ = records(text + "arXiv:2001.00002\n")
    assert first.comment == "12 pages"
    assert first.abstract == f"{ONE}\n\nThis answers some questions of gulls."


def test_glued_and_wrapped() -> None:
    """A text broken to a width keeps its last lines; the identifier's line does not hide it."""
    text = ""
    for number, body in enumerate([ONE, TWO, ONE, TWO], start=1):
        text += f"{wrapped(body)}\narXiv:2001.0000{number}"
    found = records(text + "\n")
    assert [r.abstract for r in found] == [ONE, TWO, ONE, TWO]
    assert not any(r.comment for r in found)


@pytest.mark.parametrize(
    "reference",
    [
        "JHEP03(2018)105", "PoS(LATTICE 2004)188", "EPL 478 (2006) 20513",
        "PTEP 2020 (2020) 08, 64A09",
        "Entropy 1998, 306(4), 43", "Sem. Loth. Comb. 80 (2003), Article B80a",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "opening", ["", "Background. ", "A Banach moth is one that flies. ", "$N$ moths are seen. "]
)
def test_references_end_before_abstracts(reference: str, opening: str) -> None:
    """Numbers and brackets at the end of a reference belong to it."""
    text = f"{ONE}\narXiv:1803.00001 - {reference}{opening}{TWO}\narXiv:1803.00002\n"
    first, second = records(text)
    assert first.journal_ref == reference
    assert second.abstract == opening + TWO


def test_the_width_is_what_explains_the_breaks() -> None:
    """Long addresses that stick out do not hide the width; unbroken text has none."""
    text = wrapped(ONE, TWO, ONE) + "\nhttps://moths.example.org/" + "a" * 90 + "\n" + wrapped(TWO)
    assert 56 <= wrap_width(text, list(find_lines(text))) <= 62
    assert wrap_width(f"{ONE}\n{TWO}\n{ONE}\n{TWO}", list(find_lines(f"{ONE}\n{TWO}"))) == 0


def test_wrapped_titles_page() -> None:
    """A word of furniture that a line break left alone is still a word of the title."""
    title = "Localization of Lanterns on Polyharmonic Moth and Gull Fock Spaces"
    text = "\n\n".join(
        ["new", "Subscribe", wrapped(title, width=61), wrapped(ONE, width=61), "Of Tides",
         wrapped(TWO, width=61)]
    )  # fmt: skip
    found = records(text, "titles")
    assert [r.title for r in found] == [title, "Of Tides"]
    assert [r.abstract for r in found] == [ONE, TWO]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Results 1-50 of 200", True),
        ("Showing 25 of 300 results", True),
        ("© 2024 Moths", True),
        ("Results are obtained concerning the roots of moths", False),
        ("Copyright Protection of Moths", False),
        ("showing that moths fly at night", False),
        ("50 years ago the first paper on moths", False),
    ],
)
def test_furniture_is_no_sentence(line: str, expected: bool) -> None:
    """What begins like a page's furniture may be a title or a line of an abstract."""
    assert is_furniture(line) is expected


def test_pages_without_papers() -> None:
    """Furniture alone is told from a listing; an empty label is a gap, not another layout."""
    reading = read_text("new\n\nSign in\n\nSubscribe\n\nMay 22\n", "x.txt")
    assert reading.format == "titles"
    assert not reading.sightings and not reading.unread
    assert "no title and no abstract" in reading.problems[0].message
    reading = read_text(f"Abstract:\nAbstract:{ONE}\nAbstract: \n", "x.txt")
    assert [s.record.abstract for s in reading.sightings] == [ONE]


def test_comment_glued_behind_its_label() -> None:
    """A repository's search page prints `….Comment: 12 pages` at the end of the abstract."""
    first, second = records(
        f"A Clock of Moths\n\n{ONE}Comment: 12 pages\n\nTides and Gulls\n\n{TWO}\n"
    )
    assert (first.abstract, first.comment) == (ONE, "12 pages")
    assert (second.abstract, second.comment) == (TWO, None)


def test_a_page_of_a_manual_is_no_paper() -> None:
    """A title among keys that papers do not have is no sign of a paper."""
    manual = "---\ntitle: Porting\nlayout: default\nweight: 3\n---\n\nYou need a compiler.\n"
    assert read_text(manual, "x.md").format is None
    assert read_text(f"---\ntitle: Moths\n---\n\n{ONE}\n", "x.md").format == "front-matter"


def test_very_many_short_lines_are_given_up_quickly() -> None:
    """A megabyte of lines of one letter is no listing and costs little."""
    with ends():
        reading = read_text("a\n" * 500_000, "x.txt", "titles")
    assert reading.unread[0][2] == "lines too short for titles and abstracts"
