"""The table of formats: signs only spare work, names are unique, the front door finds each."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.problems import DigestError
from digest.readers import find_reader, read_text, recognise
from digest.readers.formats import FORMATS
from digest.website.labels import FORMATS as LABELS
from tests.readers.test_general import (
    Layout,
    blank_lines_alone,
    bulleted,
    indented,
    lay_out,
    numbered,
    papers,
)

BIB = (
    "@article{moths,\n  title = {A Count of Moths},\n  author = {Owl, Ada},\n  year = {2020},\n}\n"
)


def test_names_are_those_of_the_readers() -> None:
    """And each has a word for people."""
    names = [row.name for row in FORMATS]
    assert len(set(names)) == len(names)
    assert all(row.reader.name == row.name for row in FORMATS)
    assert set(names) <= set(LABELS)


def test_an_unknown_name_names_the_nearest() -> None:
    """A typing error is answered with what was probably meant."""
    assert find_reader("bibtex").name == "bibtex"
    with pytest.raises(DigestError, match="bibtxe"):
        find_reader("bibtxe")


def test_signs_never_hide_a_format(shared: Path) -> None:
    """No text that a reader knows lacks its sign: over real files of every format."""
    files = [p for folder in ("formats", "dumps", "seeds") for p in (shared / folder).rglob("*")]
    tried = 0
    for path in files:
        if not path.is_file() or path.suffix in {".yaml", ".gz"}:
            continue
        text = path.read_bytes()[:65_536].decode("utf-8", "replace")
        for row in FORMATS:
            if not row.may_be(text):
                tried += 1
                assert row.reader.recognise(text) < 0.5, (row.name, path)
    assert tried > 1000


def test_a_block_of_another_format_is_read_too() -> None:
    """A mail that ends in a BibTeX block: what one reader leaves unread is shown to the others."""
    abstract = "We count moths by the light of one candle, and find that they come in pairs."
    reading = read_text(f"Abstract:{abstract}\n", "a.txt")
    assert len(reading.sightings) == 1
    mail = (
        "------------------------------------------------------------------------------\n"
        "\\\\\narXiv:2001.00001\nDate: Wed, 1 Jan 2020 10:00:00 GMT   (5kb)\n\n"
        "Title: A Count of Moths\nAuthors: Ada Owl\nCategories: q-bio.PE\n\\\\\n"
        f"  {abstract}\n\\\\ ( https://arxiv.org/abs/2001.00001 ,  5kb)\n"
        "------------------------------------------------------------------------------\n\n"
    )
    reading = read_text(mail + BIB, "mail.txt")
    assert {(s.record.title, s.source.format) for s in reading.sightings} == {
        ("A Count of Moths", "arxiv-mail"),
        ("A Count of Moths", "bibtex"),
    }
    assert reading.problems == ()


def test_each_format_is_known_by_its_shape() -> None:
    """A few unmistakable beginnings."""
    for text, name in [(BIB, "bibtex"), ("TY  - JOUR\nTI  - Moths\nER  - \n", "ris")]:
        reader = recognise(text)
        assert reader is not None
        assert reader.name == name


@pytest.mark.parametrize("layout", [numbered, bulleted, blank_lines_alone, indented])
def test_titles_yield_where_entries_hold_names(layout: Layout) -> None:
    """A layout with lines of names is left to the reader that sees its structure."""
    held = papers(91_000, 25)
    reading = read_text(lay_out(layout, held), "x.txt")
    assert reading.format == "general"
    found = {sighting.record.title for sighting in reading.sightings}
    assert len(found & {paper["title"] for paper in held}) >= 24
