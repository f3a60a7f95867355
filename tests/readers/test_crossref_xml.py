"""Crossref's XML: answers, deposits of whole issues, results of queries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.readers.base import Unread
from digest.readers.xml.crossref import READER
from tests.readers.passages import SHARED, account, records, remarks


def article(title: str, doi: str, more: str = "") -> str:
    """An article of a journal."""
    return (
        f"<journal_article><titles><title>{title}</title></titles><contributors>"
        '<person_name contributor_role="author"><given_name>Ada</given_name>'
        "<surname>Brook</surname></person_name>"
        '<person_name contributor_role="editor"><surname>No</surname></person_name>'
        '<organization contributor_role="author">Pond Group</organization></contributors>'
        f"{more}<publication_date><month>03</month><year>1999</year></publication_date>"
        '<publication_date media_type="online"><month>2</month><day>7</day><year>1999</year>'
        "</publication_date><pages><first_page>1</first_page><last_page>19</last_page></pages>"
        f"<doi_data><doi>{doi}</doi></doi_data><citation_list><citation><doi>10.1000/cited</doi>"
        "</citation></citation_list></journal_article>"
    )


JOURNAL = (
    "<journal_metadata><full_title>Ponds &amp; Rivers</full_title><doi_data><doi>10.1000/j</doi>"
    "</doi_data></journal_metadata><journal_issue><publication_date><year>1998</year>"
    "</publication_date><journal_volume><volume>320</volume></journal_volume><issue>1</issue>"
    "</journal_issue>"
)
ABSTRACT = (
    '<jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><jats:title>Abstract</jats:title>'
    "<jats:p>First H<jats:sub>2</jats:sub>O.</jats:p><jats:p>Second.</jats:p></jats:abstract>"
)


def test_answers() -> None:
    """One paper a record: the record is its, the journal around it its venue."""
    text = (
        "<doi_records>\n<doi_record><crossref><journal>"
        + JOURNAL
        + article("Waves", "10.1000/w&lt;1&gt;", ABSTRACT)
        + "</journal></crossref></doi_record>\n<doi_record><crossref><journal>"
        + article("Torn</title><title", "10.1000/torn")
        + "</journal></crossref></doi_record>\n"
        "<doi_record><crossref><error>not found</error></crossref></doi_record>\n"
        "<doi_record><crossref><posted_content><titles><title>Draft</title></titles><posted_date>"
        "<month>4</month><day>17</day><year>2022</year></posted_date><doi_data>"
        "<doi>10.48550/arXiv.2204.00001</doi></doi_data></posted_content></crossref></doi_record>\n"
        "</doi_records>"
    )
    passages = account(READER, text)
    waves, draft = records(passages)
    assert (waves.title, waves.doi) == ("Waves", "10.1000/w<1>")
    assert waves.abstract == "First H2O.\n\nSecond."
    assert waves.authors == ("Ada Brook", "Pond Group")
    assert (waves.published, waves.published_as) == ("1999-02-07", "crossref")
    assert waves.venue == "Ponds & Rivers"
    assert waves.journal_ref == "Ponds & Rivers 320 (1), 1-19 (1999)"
    assert text[slice(*waves.span)].startswith("<doi_record>")
    assert (draft.eprint, draft.published, draft.venue) == ("2204.00001", "2022-04-17", None)
    assert len([p for p in passages if isinstance(p, Unread)]) == 2
    assert [line for line, _, _ in remarks(text, passages)] == [3, 4]


def test_a_deposit_of_an_issue() -> None:
    """Several papers share a journal; each stands for itself, a broken one alone is lost."""
    text = (
        '<doi_batch xmlns="http://www.crossref.org/schema/5.3.0"><head/><body><journal>'
        + JOURNAL
        + article("One", "10.1000/1")
        + article("<Two", "10.1000/2").replace("</titles>", "")
        + article("Three", "10.1000/3")
        + "</journal><conference><event_metadata><conference_name>Otter Days</conference_name>"
        "</event_metadata><conference_paper><titles><title>Four</title></titles></conference_paper>"
        "</conference></body></doi_batch>"
    )
    passages = account(READER, text)
    assert [(r.title, r.venue) for r in records(passages)] == [
        ("One", "Ponds & Rivers"),
        ("Three", "Ponds & Rivers"),
        ("Four", "Otter Days"),
    ]


def test_chapters_of_a_book() -> None:
    """Where chapters are there, the book is their venue and no paper of its own."""
    book = "<book_metadata><titles><title>Book</title></titles></book_metadata>"
    chapter = "<content_item><titles><title>Chapter</title></titles></content_item>"
    alone = f"<doi_record><crossref><book>{book}</book></crossref></doi_record>"
    parted = f"<doi_record><crossref><book>{book}{chapter}{chapter}</book></crossref></doi_record>"
    text = f"<doi_records>{alone}{parted}</doi_records>"
    assert [(r.title, r.venue) for r in records(account(READER, text))] == [
        ("Book", None),
        ("Chapter", "Book"),
        ("Chapter", "Book"),
    ]


def test_results_of_a_query() -> None:
    """The short form of an answer, with what was not resolved left unread."""
    text = (
        "<crossref_result><query_result><body>"
        '<query status="resolved"><doi type="journal_article">10.1000/q</doi>'
        "<journal_title>Ponds</journal_title><author>BROOK</author><volume>3</volume>"
        "<first_page>7</first_page><year>2001</year><article_title>Mud</article_title></query>"
        '<query status="unresolved"><doi>10.1000/none</doi></query></body></query_result>'
        "</crossref_result>"
    )
    (record,) = records(account(READER, text))
    assert (record.title, record.doi, record.published) == ("Mud", "10.1000/q", "2001")
    assert record.journal_ref == "Ponds 3, 7 (2001)"


FILES = sorted(SHARED.glob("formats/crossref-xml/**/*.xml"))


@pytest.mark.skipif(not FILES, reason="no shared files")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files(path: Path) -> None:
    """Each holds one paper, whose DOI is the last of the DOIs outside of its references."""
    text = path.read_text("utf-8")
    assert READER.recognise(text[:65_536]) > 0.5
    (record,) = records(account(READER, text))
    assert len(re.findall(r"<(?:journal_article|conference_paper|posted_content)[ >]", text)) == 1
    before = re.split(r"<citation_list>", text)[0]
    last = re.findall(r"<doi>([^<]+)</doi>", before)[-1]
    assert record.doi == last.replace("&lt;", "<").replace("&gt;", ">")
    assert record.title and record.published
    assert bool(record.authors) == ("<person_name" in text)
    assert bool(record.abstract) == ("abstract>" in text)
