"""Small variations of known layouts are read like the layouts themselves."""

from __future__ import annotations

import pytest

from digest.readers import read_text

ONE = "We show that forty dogs suffice to tune the bells of a village. The results hold for cats."


def _two(entry: str) -> str:
    first = entry.format(title="Bells and dogs", number=1, text=ONE)
    return f"{first}\n{entry.format(title='Clocks and choirs', number=2, text=ONE)}"


@pytest.mark.parametrize(
    "entry",
    [
        "Title: {title}\nAuthors: Ada Bell, Bo Clock\nAbstract: {text}\narXiv: 2001.0000{number}\n"
        "Date: 2020-01-0{number}\n",
        "Title: {title}\narXiv: 2001.0000{number}\nPublished: 2020-01-0{number}\n"
        "Authors: Ada Bell, Bo Clock\nAbstract: {text}\n",
        "Authors: Ada Bell, Bo Clock\nTitle: {title}\nAbstract: {text}\n"
        "Submitted: 2020-01-0{number}\nID: 2001.0000{number}\n",
        "title: {title}\nauthors: Ada Bell, Bo Clock\nabstract: {text}\ndate: 2020-01-0{number}\n"
        "arxiv id: 2001.0000{number}\n",
    ],
)
def test_labels_in_any_order_and_case(entry: str) -> None:
    """Every field is where its label says, and none joins the abstract."""
    reading = read_text(_two(entry), "page.txt")
    assert reading.format == "labelled"
    records = [sighting.record for sighting in reading.sightings]
    assert [r.title for r in records] == ["Bells and dogs", "Clocks and choirs"]
    assert [r.abstract for r in records] == [ONE, ONE]
    assert [r.eprint for r in records] == ["2001.00001", "2001.00002"]
    assert [r.published for r in records] == ["2020-01-01", "2020-01-02"]
    assert all(r.authors == ("Ada Bell", "Bo Clock") for r in records)


def test_words_before_a_colon_are_no_labels() -> None:
    """Inside an abstract `Date:` and `code:` are labels only before a date and an address."""
    text = _two(
        "Title: {title}\nAuthors: Ada Bell\nAbstract: {text}\nCode: we count strokes\n"
        "in bars.\nDate: 2020\n"
    )
    records = [sighting.record for sighting in read_text(text, "x", "labelled").sightings]
    assert [r.abstract for r in records] == [f"{ONE} Code: we count strokes in bars."] * 2
    assert [r.published for r in records] == ["2020", "2020"]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_the_foot_of_a_page_joins_no_abstract(gap: str) -> None:
    """`About`, `Help`, … below the last paper are furniture."""
    page = _two(
        "[{number}] arXiv:2001.0000{number} [pdf, other]\nTitle: {title}\nAuthors: Ada Bell\n"
        "Subjects: Sound (cs.SD)\n{text}\n"
    )
    reading = read_text(f"{page}{gap}About\nHelp\nContact\nSubscribe\n", "page.txt")
    assert [s.record.abstract for s in reading.sightings] == [ONE, ONE]
    assert len(reading.chrome) == 4


@pytest.mark.parametrize("end", ["", ".", "; 10.1000/second", ", see the erratum"])
def test_what_stands_behind_a_doi_costs_nothing(end: str) -> None:
    """The first DOI is taken and the entry is read."""
    page = _two(
        f"arXiv:2001.0000{{number}} [pdf, other] cs.SD doi 10.1000/first{end}\n{{title}}\n"
        "Authors: Ada Bell\nAbstract: {text}\n"
    )
    records = [s.record for s in read_text(page, "page.txt", "arxiv-list").sightings]
    assert [(r.doi, r.eprint) for r in records] == [
        ("10.1000/first", "2001.00001"), ("10.1000/first", "2001.00002"),
    ]  # fmt: skip
    assert [r.title for r in records] == ["Bells and dogs", "Clocks and choirs"]


def test_accepted_papers_below_a_heading() -> None:
    """Titles in capitals are no names; buttons are none; one paper below a heading is a list."""
    page = (
        "BELLS 2020 Accepted Papers\n\nRinging Number and Ringing Gap\nAda Bell, Bo Clock\n"
        "Paper Code\nRopes and Knots and Bells\nCy Cain\nPaper Code\n"
    )
    reading = read_text(page, "page.txt")
    assert reading.format == "accepted-papers"
    assert [(s.record.title, s.record.authors) for s in reading.sightings] == [
        ("Ringing Number and Ringing Gap", ("Ada Bell", "Bo Clock")),
        ("Ropes and Knots and Bells", ("Cy Cain",)),
    ]
    assert not reading.problems


def test_a_paragraph_of_one_sentence_is_no_title() -> None:
    """A full stop and a verb make it a part of the abstract above it."""
    middle = "The method generally yields a stroke that is even."
    page = "\n\n".join(
        ["Bells of a Village", ONE * 3, middle, ONE * 3]
        + [part for n in "ABC" for part in (f"Clocks of Tower {n}", ONE * 4)]
    )
    records = [s.record for s in read_text(page, "page.txt", "titles").sightings]
    assert len(records) == 4
    assert middle in (records[0].abstract or "")


def test_a_table_of_papers_and_years() -> None:
    """A row below `Paper | Authors | Year` is a record, without an address."""
    page = (
        "| Paper | Authors | Year |\n|---|---|---|\n| Bells of a Village | Ada Bell | 2020 |\n"
        "| Clocks and choirs | Bo Clock, Cy Cain | 2021 |\n"
    )
    reading = read_text(page, "page.txt")
    assert reading.format == "markdown"
    assert [(s.record.title, s.record.published) for s in reading.sightings] == [
        ("Bells of a Village", "2020"), ("Clocks and choirs", "2021"),
    ]  # fmt: skip
