"""OAI-PMH: arXiv's own formats, Dublin Core and JATS inside an answer of a repository."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from digest.readers.base import Unread
from digest.readers.xml.oai import READER
from tests.readers.passages import SHARED, account, line_of, records, remarks

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2024-01-02T00:00:00Z</responseDate>
<request verb="ListRecords">http://export.arxiv.org/oai2</request>
<ListRecords>
"""
ARXIV = """<record>
<header><identifier>oai:arXiv.org:1412.8323</identifier></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/" xsi:schemaLocation="a b">
<id>1412.8323</id><created>2014-12-29</created><updated>2017-12-13</updated>
<authors><author><keyname>Brook</keyname><forenames>Ada B.</forenames><suffix>Jr</suffix></author>
<author><keyname>Reed Collaboration</keyname></author></authors>
<title>Reeds and
  rushes</title><categories>quant-ph gr-qc</categories><comments>9 pages</comments>
<journal-ref>J. Reeds 1 (2015) 2</journal-ref><doi>10.1000/r.1, 10.1000/r.2</doi>
<abstract>  Reeds bend when $a&lt;b$.
</abstract></arXiv></metadata></record>
"""
RAW = """<record><header><identifier>oai:arXiv.org:cs/0501001</identifier></header>
<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>cs/0501001</id>
<version version="v1"><date>Sat, 1 Jan 2005 10:00:00 GMT</date><size>7kb</size></version>
<version version="v2"><date>Tue, 1 Feb 2005 10:00:00 GMT</date></version>
<title>Rafts</title><authors>Ada Brook (1), Noé Lac (2 and 3) ((1) River Lab, (2) Sea Lab)</authors>
<categories>cs.DS cs.CC</categories><abstract>Rafts float.</abstract></arXivRaw></metadata></record>
"""
DUBLIN = """<record><header><identifier>oai:arXiv.org:1009.1022</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Ideals of ponds</dc:title><dc:creator>Brook, Ada</dc:creator>
<dc:creator>Lac, Noé</dc:creator>
<dc:subject>Mathematics - Logic</dc:subject><dc:subject>03E75 (Primary), 28A05</dc:subject>
<dc:description>  We show &quot;ideals&quot;.
</dc:description><dc:description>Comment: 7 pages</dc:description>
<dc:date>2010-09-06</dc:date><dc:date>2012-01-02</dc:date>
<dc:identifier>http://arxiv.org/abs/1009.1022</dc:identifier>
<dc:identifier>Pond Journal, 34 (3) (2008), pp. 773-780</dc:identifier>
<dc:identifier>doi:10.1000/pond.3</dc:identifier></oai_dc:dc></metadata></record>
"""
DELETED = '<record><header status="deleted"><identifier>oai:x:1</identifier></header></record>\n'
BROKEN = "<record><metadata><arXiv><title>Torn</arXiv></metadata></record>\n"
TAIL = '<resumptionToken cursor="0">12|34</resumptionToken></ListRecords></OAI-PMH>\n'


def test_the_formats_of_arxiv() -> None:
    """Names in parts and in one line, dates of versions, several DOIs, Dublin Core."""
    text = HEAD + ARXIV + BROKEN + RAW + DELETED + DUBLIN + TAIL
    passages = account(READER, text)
    arxiv, raw, dublin = records(passages)
    assert (arxiv.title, arxiv.abstract) == ("Reeds and rushes", "Reeds bend when $a<b$.")
    assert arxiv.authors == ("Ada B. Brook Jr", "Reed Collaboration")
    assert (arxiv.eprint, arxiv.doi) == ("1412.8323", "10.1000/r.1")
    assert (arxiv.published, arxiv.updated, arxiv.published_as) == (
        "2014-12-29",
        "2017-12-13",
        "oai",
    )
    assert (arxiv.comment, arxiv.journal_ref) == ("9 pages", "J. Reeds 1 (2015) 2")
    assert arxiv.tags == ("quant-ph", "gr-qc")
    assert raw.authors == ("Ada Brook", "Noé Lac")
    assert (raw.eprint, raw.eprint_version) == ("cs/0501001", 2)
    assert (raw.published, raw.updated) == ("2005-01-01", "2005-02-01")
    assert (dublin.eprint, dublin.doi) == ("1009.1022", "10.1000/pond.3")
    assert (dublin.abstract, dublin.comment) == ('We show "ideals".', "7 pages")
    assert dublin.journal_ref == "Pond Journal, 34 (3) (2008), pp. 773-780"
    assert (dublin.published, dublin.updated) == ("2010-09-06", "2012-01-02")
    assert dublin.tags == ("Mathematics - Logic",)
    assert len([p for p in passages if isinstance(p, Unread)]) == 2
    assert remarks(text, passages)[0][0] == line_of(text, "Torn")


def test_an_error_of_the_repository() -> None:
    """The answer's own words reach the user."""
    text = HEAD.replace("<ListRecords>", '<error code="noRecordsMatch">nothing new</error>')
    said = remarks(text, account(READER, text + "</OAI-PMH>"))
    assert any("nothing new" in message for _, _, message in said)


def test_a_record_of_another_namespace_inside() -> None:
    """Metadata that is called `record` itself does not end the record around it."""
    marc = (
        "<record><header><identifier>x</identifier></header><metadata>"
        '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>1</leader></record>'
        "</metadata></record>"
    )
    passages = account(READER, HEAD + marc + ARXIV + TAIL)
    assert len(records(passages)) == 1
    (unread,) = [p for p in passages if isinstance(p, Unread)]
    assert unread.why == "metadata in the format `record`, which is not read"


COUNTS = {
    "arxiv_0901_2443.xml": 1,
    "arxiv_1711_05739.xml": 1,
    "arxiv_multi_20230125.xml": 3,
    "arxiv-physics-hep-ex.xml": 3,
    "arxiv-physics-hep-th.xml": 3,
    "arxiv-single.xml": 1,
    "sample_arxiv_record.xml": 12,
    "sample_arxiv_record0.xml": 1,
    "sample_arxiv_record1.xml": 1,
    "sample_arxiv_record2.xml": 1,
    "sample_arxiv_record3.xml": 1,
    "sample_arxiv_record6.xml": 1,
    "sample_arxiv_record7.xml": 1,
}
"""Counts of `<record>`, made by grep."""
ANSWERS = sorted(SHARED.glob("formats/arxiv-oai/**/*.xml"))


@pytest.mark.skipif(not ANSWERS, reason="no shared files")
@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_real_answers(path: Path) -> None:
    """Real answers: as many records as there are, with ElementTree's titles and identifiers."""
    text = path.read_text("utf-8")
    assert READER.recognise(text[:65_536]) > 0.5
    found = records(account(READER, text))
    assert len(found) == COUNTS[path.name]
    titles, names = [], []
    for element in ET.fromstring(text.encode()).iter():
        name = element.tag.rpartition("}")[2]
        if name == "title":
            titles.append(" ".join((element.text or "").split()))
        if name == "identifier" and (element.text or "").startswith("oai:"):
            names.append((element.text or "").removeprefix("oai:arXiv.org:"))
    assert [r.title for r in found] == titles
    assert [r.eprint for r in found] == names
    assert all(r.abstract and r.authors and r.published and r.tags for r in found)
