"""A paper as RIS, CSL-JSON, a reference and linked data: what reference managers read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.paper import Author, Link, Paper, Venue
from digest.readers import read_text
from digest.website.citation import Citation, cite, is_journal
from digest.website.citation_forms import csl, linked_data, reference, ris
from digest.website.metadata import citation_tags

ADA = Author("Ada Lovelace", "Lovelace", "Ada")
JEAN = Author("Jean-Luc M. Picard", "Picard", "Jean-Luc M.")
GROUP = Author("The Biscuit Collaboration", "The Biscuit Collaboration", "")


def cited(**fields: Any) -> Citation:
    of = {"key": "arxiv:2301.00001", "slug": "x", "title": "On $x^2$ Biscuits",
          "title_source": "given", "authors": (ADA,), "published": "2023-01-09"}  # fmt: skip
    return cite(Paper(**(of | fields)), "lovelace2023biscuits")


PREPRINT = cited(eprint="2301.00001")
TALK = cited(venue=Venue("kdd", "KDD", 2023), doi="10.1145/kdd", authors=(ADA, JEAN, GROUP))
PRL = Venue("prl", "Physical Review Letters")
ARTICLE = cited(venue=PRL, journal_ref="PRL 5, 17", doi="10.1145/b")


def test_ris_is_read_back_as_it_was() -> None:
    """Our own reader of RIS finds title, names, date, venue and DOI again."""
    for one in (PREPRINT, TALK, ARTICLE):
        (sighting,) = read_text(ris(one), "x.ris").sightings
        record = sighting.record
        assert record.title == "On x² Biscuits"
        assert len(record.authors) == len(one.authors)
        assert record.published == "2023-01-09"
        assert (record.doi or "") == one.doi
        assert (record.eprint or "") == one.eprint
        assert record.venue == (one.container or None)


def test_ris_keeps_to_its_form() -> None:
    """Type first, end last, every line a tag, two blanks, a hyphen and a blank, ended by CR LF."""
    text = ris(cited(title="a\n\nTY  - b", authors=(Author("x\ny", "x\ny", ""),)))
    lines = text.split("\r\n")
    assert lines[0] == "TY  - GEN"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert sum(line.startswith("TY") for line in lines) == 1


def test_csl_names_what_a_paper_is() -> None:
    """A preprint names its archive, a talk its conference with the year, an article its journal."""
    assert csl(PREPRINT) == {
        "id": "lovelace2023biscuits",
        "type": "article",
        "title": "On x² Biscuits",
        "author": [{"family": "Lovelace", "given": "Ada"}],
        "issued": {"date-parts": [[2023, 1, 9]]},
        "publisher": "arXiv",
        "number": "arXiv:2301.00001",
        "URL": "https://arxiv.org/abs/2301.00001",
    }
    assert csl(TALK)["type"] == "paper-conference"
    assert csl(TALK)["container-title"] == "KDD 2023"
    assert csl(TALK)["author"][-1] == {"literal": "The Biscuit Collaboration"}
    assert csl(ARTICLE)["type"] == "article-journal"
    assert csl(ARTICLE)["container-title"] == "Physical Review Letters"
    assert csl(ARTICLE)["note"] == "PRL 5, 17"
    assert csl(cited(title_source="derived"))["note"] == "Title derived from the abstract"
    assert csl(cited(published="2023-01"))["issued"] == {"date-parts": [[2023, 1]]}


def test_csl_is_read_back() -> None:
    """Our own reader of CSL-JSON finds the same again."""
    (sighting,) = read_text(json.dumps([csl(TALK)]), "x.json").sightings
    assert sighting.record.title == "On x² Biscuits"
    assert sighting.record.doi == "10.1145/kdd"
    assert len(sighting.record.authors) == 3


def test_a_reference_reads_as_in_a_list() -> None:
    """Initials, year, title, where, and an address; what is not known is left out."""
    assert reference(TALK) == (
        "Lovelace, A., Picard, J.-L. M., & The Biscuit Collaboration. (2023). On x² Biscuits. "
        "KDD 2023. https://doi.org/10.1145/kdd"
    )
    assert reference(PREPRINT) == (
        "Lovelace, A. (2023). On x² Biscuits. arXiv:2301.00001. https://arxiv.org/abs/2301.00001"
    )
    assert "PRL 5, 17. https://doi.org/10.1145/b" in reference(ARTICLE)
    bare = cited(authors=(), published=None, title="Why?")
    assert reference(bare) == "Why? (n.d.)."
    crowd = cited(authors=tuple(Author(f"A. N{n}", f"N{n}", "A.") for n in range(30)))
    assert "N18, A., … N29, A. (2023)" in reference(crowd)


def test_linked_data_holds_what_the_other_forms_need() -> None:
    """Titles, names, dates, where and identifiers; a derived title is not called the headline."""
    said = linked_data(TALK)
    assert said["@type"] == "ScholarlyArticle"
    assert said["headline"] == "On x² Biscuits"
    assert said["isPartOf"] == {"@type": "Book", "name": "KDD 2023"}
    assert said["identifier"] == ["doi:10.1145/kdd"]
    assert said["sameAs"] == "https://doi.org/10.1145/kdd"
    derived = linked_data(cited(title_source="derived"))
    assert "headline" not in derived
    assert derived["alternativeHeadline"]


def test_tags_of_pages_are_those_that_zotero_reads() -> None:
    """Conference, journal or archive; a derived title is none of the paper's."""
    assert ("citation_conference_title", "KDD 2023") in citation_tags(TALK)
    assert ("citation_journal_title", "Physical Review Letters") in citation_tags(ARTICLE)
    assert ("citation_technical_report_institution", "arXiv") in citation_tags(PREPRINT)
    assert ("citation_publication_date", "2023/01/09") in citation_tags(PREPRINT)
    assert citation_tags(cited(title_source="derived")) == ()


@pytest.mark.parametrize(
    ("name", "journal"),
    [("Physical Review Letters", True), ("Nature", True), ("NeurIPS", False),
     ("Quarterly Journal of Biscuits", True), ("Workshop on Tea", False)],
)  # fmt: skip
def test_journals_are_told_from_conferences(name: str, journal: bool) -> None:
    """By the venues that are known, else by their words."""
    assert is_journal(name) is journal


def test_an_address_is_never_missing_where_there_is_one() -> None:
    """Archive first, then what the sources link to, then the DOI."""
    link = Link("project", "https://biscuits.example/")
    assert cited(eprint="2301.00001", links=(link,)).url.startswith("https://arxiv.org/")
    assert cited(doi="10.1145/b", links=(link,)).url == link.url
    assert cited(doi="10.1145/b").url == "https://doi.org/10.1145/b"
    assert cited().url == ""


@given(st.text(max_size=80), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_cited(title: str, family: str, given_name: str) -> None:
    """No title or name breaks a form: RIS stays one entry, everything stays text."""
    one = cited(title=title, authors=(Author(f"{given_name} {family}", family, given_name),))
    assert ris(one).count("\r\nER  - \r\n") == 1
    assert all(line[2:6] == "  - " for line in ris(one).split("\r\n")[:-1])
    assert json.loads(json.dumps(csl(one))) == csl(one)
    assert len(reference(one).splitlines()) == 1
