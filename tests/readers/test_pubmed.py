"""PubMed's XML and articles in JATS."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.paper import Link
from digest.readers.base import Unread
from digest.readers.xml.pubmed import READER
from tests.readers.passages import SHARED, account, line_of, records, remarks

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://x.example/p.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">101</PMID>
<Article><Journal><JournalIssue><Volume>9</Volume><Issue>3</Issue>
<PubDate><Year>2018</Year><Month>Jun</Month></PubDate></JournalIssue><Title>Pond medicine</Title>
</Journal><ArticleTitle>Effect of <i>Lemna</i> on CO<sub>2</sub>.</ArticleTitle>
<Pagination><MedlinePgn>12-20</MedlinePgn></Pagination>
<ELocationID EIdType="pii">S1</ELocationID><ELocationID EIdType="doi">10.1000/lemna</ELocationID>
<Abstract><AbstractText Label="AIM">To see.</AbstractText>
<AbstractText Label="RESULTS">We saw.</AbstractText></Abstract>
<AuthorList><Author><LastName>Brook</LastName><ForeName>Ada B</ForeName>
<Initials>AB</Initials></Author>
<Author><LastName>Lac</LastName><Initials>N</Initials></Author>
<Author><CollectiveName>Pond Group</CollectiveName></Author></AuthorList>
<ArticleDate DateType="Electronic"><Year>2018</Year><Month>05</Month><Day>15</Day></ArticleDate>
</Article><MeshHeadingList>
<MeshHeading><DescriptorName MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
<MeshHeading><DescriptorName MajorTopicYN="Y">Plants</DescriptorName></MeshHeading>
</MeshHeadingList><KeywordList><Keyword>duckweed</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/lemna</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1/no</ArticleId></ArticleIdList>
</Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><Article><ArticleTitle>Torn</Article></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>103</PMID><Article><Journal><JournalIssue><PubDate>
<MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal>
<ArticleTitle>[A translated title].</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""


def test_pubmed() -> None:
    """Labelled parts of an abstract are paragraphs, markup is text, references are left alone."""
    passages = account(READER, PUBMED)
    first, last = records(passages)
    assert first.title == "Effect of Lemna on CO2."
    assert first.abstract == "AIM: To see.\n\nRESULTS: We saw."
    assert first.authors == ("Ada B Brook", "N Lac", "Pond Group")
    assert (first.doi, first.published, first.published_as) == (
        "10.1000/lemna",
        "2018-05-15",
        "pubmed",
    )
    assert first.venue == "Pond medicine"
    assert first.journal_ref == "Pond medicine 9 (3), 12-20 (2018)"
    assert first.tags == ("duckweed", "Plants")
    assert first.links == (Link("paper", "https://pubmed.ncbi.nlm.nih.gov/101/"),)
    assert (last.title, last.published) == ("A translated title", "1998-12")
    assert len([p for p in passages if isinstance(p, Unread)]) == 1
    assert remarks(PUBMED, passages)[0][0] == line_of(PUBMED, "Torn")


JATS = """<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article xmlns:mml="http://www.w3.org/1998/Math/MathML"><front>
<journal-meta><journal-title-group><journal-title>Ponds</journal-title></journal-title-group>
</journal-meta><article-meta><article-id pub-id-type="doi">10.1000/j.1</article-id>
<article-id pub-id-type="pmc">12345</article-id>
<title-group><article-title>Waves <italic>in</italic> ponds</article-title>
<subtitle>A study</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Brook</surname>
<given-names>Ada</given-names></name><xref ref-type="aff">1</xref></contrib>
<contrib contrib-type="editor"><name><surname>No</surname>
<given-names>E.</given-names></name></contrib>
<contrib contrib-type="author"><collab>Wave Group</collab></contrib></contrib-group>
<pub-date pub-type="epub"><day>2</day><month>8</month><year>2011</year></pub-date>
<pub-date pub-type="collection"><year>2011</year></pub-date><volume>11</volume><fpage>174</fpage>
<abstract abstract-type="graphical"><p>picture</p></abstract>
<abstract><title>Abstract</title><sec><title>Aim.</title><p>To see <inline-formula><alternatives>
<tex-math>\\documentclass{x}\\begin{document}$$x^2$$\\end{document}</tex-math>
<mml:math><mml:mi>x</mml:mi></mml:math></alternatives></inline-formula>.</p></sec>
<sec><title>Results</title><p>We saw.</p></sec></abstract>
<kwd-group><kwd>waves</kwd></kwd-group></article-meta></front>
<body><p>A body with <broken> tags & signs.</body></article>
"""


def test_jats() -> None:
    """Sections of an abstract keep their titles, formulae their TeX; the body may be broken."""
    (record,) = records(account(READER, JATS))
    assert record.title == "Waves in ponds: A study"
    assert record.abstract == "Aim: To see $x^2$ .\n\nResults: We saw."
    assert record.authors == ("Ada Brook", "Wave Group")
    assert (record.doi, record.published) == ("10.1000/j.1", "2011-08-02")
    assert record.journal_ref == "Ponds 11, 174 (2011)"
    assert record.tags == ("waves",)
    assert JATS[slice(*record.span)].startswith("<article ")


COUNTS = {
    "1471-2180-11-174.nxml": 1,
    "ehp-116-1694.nxml": 1,
    "MedlineImporterTestArticleID.xml": 1,
    "MedlineImporterTestArticleItalics.xml": 1,
    "MedlineImporterTestArticleNoISSN.xml": 1,
    "MedlineImporterTestBookArticleSet.xml": 1,  # of two, one has neither title nor abstract
    "MedlineImporterTestKeywordSingleEntry.xml": 1,
    "MedlineImporterTestMeshHeadingList.xml": 1,
    "MedlineImporterTestPubmedBook.xml": 1,
}
"""Counts of `<PubmedArticle>`, `<PubmedBookArticle>` and `<article`, made by grep."""
DOIS = {
    "1471-2180-11-174.nxml": "10.1186/1471-2180-11-174",
    "ehp-116-1694.nxml": "10.1289/ehp.11570",
    "MedlineImporterTestArticleID.xml": "10.1016/j.diagmicrobio.2015.11.017",
    "MedlineImporterTestArticleItalics.xml": "10.18632/oncotarget.25083",
}
FILES = sorted(
    [*SHARED.glob("formats/pubmed-xml/**/*.nxml"), *SHARED.glob("formats/medline/**/*.xml")]
)


@pytest.mark.skipif(not FILES, reason="no shared files")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files(path: Path) -> None:
    """Real records: as many as there are elements, with the DOI that grep finds."""
    text = path.read_text("utf-8")
    assert READER.recognise(text[:65_536]) > 0.5
    found = records(account(READER, text))
    assert len(found) == COUNTS[path.name]
    if path.name in DOIS:
        assert found[0].doi == DOIS[path.name]
        assert found[0].abstract
        assert found[0].authors
        assert found[0].published
