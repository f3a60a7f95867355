"""Feeds: Atom of arXiv, RSS 1.0 and 2.0 are read entry by entry, whatever is wrong with one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from digest.paper import Link
from digest.readers.base import Chrome, Unread
from digest.readers.markup import strip_tags
from digest.readers.xml.atom import READER
from tests.readers.passages import SHARED, account, line_of, records, remarks

API = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>arXiv Query: all:otters</title>
  <entry>
    <id>http://arxiv.org/abs/2309.04669v2</id>
    <updated>2023-10-01T10:00:00Z</updated>
    <published>2023-09-08T12:30:00Z</published>
    <title>Counting Otters
  with $p &lt; 0.05$</title>
    <summary>  We count otters &amp; seals.
See https://github.com/otters/count for code.
  A second paragraph is indented.
</summary>
    <author><name>Ada Brook</name><arxiv:affiliation>River Lab</arxiv:affiliation></author>
    <author><name>Noé Lac</name></author>
    <arxiv:comment>12 pages, accepted at RIVERS 2023</arxiv:comment>
    <arxiv:journal_ref>J. Otters 4 (2023) 12</arxiv:journal_ref>
    <arxiv:doi>10.1000/otter.4 10.1000/otter.5</arxiv:doi>
    <link href="http://arxiv.org/abs/2309.04669v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2309.04669v2" rel="related"/>
    <category term="cs.CV"/><category term="68T45, 92-08"/>
  </entry>
  <entry><id>http://arxiv.org/abs/2309.00002v1</id><title>Broken <b>here</title></entry>
  <!-- <entry><title>left out</title></entry> -->
  <entry>
    <id>http://arxiv.org/abs/hep-th/9901001v3</id><title><![CDATA[Strings <and> knots]]></title>
  </entry>
</feed>
"""


def test_an_answer_of_arxivs_api() -> None:
    """Every field of an entry arrives as it stands there; the indented line is a paragraph."""
    passages = account(READER, API)
    first, last = records(passages)
    assert first.title == "Counting Otters with $p < 0.05$"
    assert first.abstract == (
        "We count otters & seals. See https://github.com/otters/count for code."
        "\n\nA second paragraph is indented."
    )
    assert first.authors == ("Ada Brook", "Noé Lac")
    assert (first.eprint, first.eprint_version) == ("2309.04669", 2)
    assert first.doi == "10.1000/otter.4"
    assert (first.published, first.updated, first.published_as) == (
        "2023-09-08",
        "2023-10-01",
        "atom",
    )
    assert first.comment == "12 pages, accepted at RIVERS 2023"
    assert first.journal_ref == "J. Otters 4 (2023) 12"
    assert first.tags == ("cs.CV",)
    assert Link("pdf", "http://arxiv.org/pdf/2309.04669v2") in first.links
    assert Link("code", "https://github.com/otters/count") in first.links
    assert (last.title, last.eprint) == ("Strings <and> knots", "hep-th/9901001")
    assert API[slice(*first.span)].startswith("<entry>")
    assert API[slice(*first.span)].endswith("</entry>")


def test_a_broken_entry_costs_itself() -> None:
    """Tags that cross make one passage unread, with a remark at its line."""
    passages = account(READER, API)
    (unread,) = [p for p in passages if isinstance(p, Unread)]
    assert "Broken" in API[slice(*unread.span)]
    ((line, severity, message),) = remarks(API, passages)
    assert (line, severity) == (line_of(API, "Broken"), "error")
    assert "mismatched tag" in message


@pytest.mark.parametrize(
    ("broken", "left"),
    [
        ("<entry><title>no end tag</title>", 1),
        ("<title>no start tag</title></entry>", 1),
        ("<entry><title><![CDATA[open</title></entry>", 1),
        ("<entry><title><!-- open</title></entry>", 1),
        ('<entry a="1" a="2"><title>twice</title></entry>', 1),
        ('<entry><link href="open></entry>', 1),
        ("<entry/>", 1),
        ("<entry></entry>", 1),
        ("<entry><q:b/></entry>", 1),
        ("stray words", 1),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_can_be_wrong_with_an_entry(broken: str, left: int, newline: str) -> None:
    """Each kind of damage leaves the entries around it whole."""
    good = "<entry><title><![CDATA[Good {}]]></title><summary>s</summary></entry>"
    lines = ["<feed xmlns='http://www.w3.org/2005/Atom'>", good, broken, good, good, "</feed>", ""]
    text = newline.join(lines)
    passages = account(READER, text)
    assert [r.title for r in records(passages)] == ["Good {}"] * 3
    assert len([p for p in passages if isinstance(p, Unread)]) == left


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("AT&T in p < 1", "AT&T in p < 1"),
        ("caf&eacute;&nbsp;noir", "café noir"),
        ("one&#0;two", "one\ufffdtwo"),
        ("bell\x07 rings", "bell rings"),
        ("&unknown; word", "&unknown; word"),
    ],
)
def test_loose_characters_are_mended(title: str, read: str) -> None:
    """What people forget to escape is read as the character that it is."""
    text = f"<feed><entry><title>{title}</title></entry></feed>"
    (record,) = records(account(READER, text))
    assert record.title == read


def test_entities_are_never_expanded() -> None:
    """A document type declares nothing that is believed, fetched or expanded."""
    text = (
        '<!DOCTYPE feed [<!ENTITY a "<entry><title>evil</title></entry>">'
        '<!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
        "<feed><entry><title>&b; and &x;</title></entry></feed>"
    )
    passages = account(READER, text)
    (record,) = records(passages)
    assert record.title == "&b; and &x;"
    assert any("entities" in message for _, _, message in remarks(text, passages))


ANNOUNCED = """<feed xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>oai:arXiv.org:2508.13426v1</id><title>Reeds</title>
    <updated>2025-08-20T04:00:19+00:00</updated>
    <summary>arXiv:2508.13426v1 Announce Type: new
Abstract: Reeds grow.</summary>
    <published>2025-08-20T00:00:00-04:00</published>
    <arxiv:announce_type>new</arxiv:announce_type>
    <dc:creator>Ada Brook, Noé Lac, The Reed Group</dc:creator>
  </entry>
  <entry>
    <id>oai:arXiv.org:2401.00001v3</id><title>Old reeds</title>
    <summary>arXiv:2401.00001v3 Announce Type: replace-cross
Abstract: Reeds grew.</summary>
    <published>2025-08-20T00:00:00-04:00</published>
    <dc:creator>Ada Brook</dc:creator>
  </entry>
</feed>"""


def test_a_daily_feed_of_arxiv() -> None:
    """The line before the abstract is taken apart; the day of a replacement is no first day."""
    new, replaced = records(account(READER, ANNOUNCED))
    assert (new.abstract, new.eprint, new.eprint_version) == ("Reeds grow.", "2508.13426", 1)
    assert new.authors == ("Ada Brook", "Noé Lac", "The Reed Group")
    assert (new.published, new.updated) == ("2025-08-20", None)
    assert (replaced.published, replaced.updated) == (None, "2025-08-20")


RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Ponds</title><item>
  <title>Ducks &amp;amp; &lt;i&gt;geese&lt;/i&gt;</title>
  <media:title>not this</media:title>
  <link>https://ponds.example/ducks</link>
  <description>&lt;p&gt;Ducks swim.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<div><p>Ducks swim.</p><p>Geese fly to H<sub>2</sub>O &gt; 3.</p>
  <script>alert(1)</script></div>]]></content:encoded>
  <pubDate>Wed, 02 Oct 2002 13:00:00 GMT</pubDate>
  <dc:creator>Ada Brook</dc:creator><dc:creator>Lac, Noé</dc:creator>
  <dc:identifier>doi:10.1000/duck.1</dc:identifier>
  <prism:publicationName>Journal of Ponds</prism:publicationName>
  <prism:volume>7</prism:volume><prism:startingPage>12</prism:startingPage>
  <category>birds</category>
</item></channel></rss>"""


def test_a_journals_rss() -> None:
    """HTML in the fields becomes words, a longer content wins over its summary."""
    (record,) = records(account(READER, RSS))
    assert record.title == "Ducks & geese"
    assert record.abstract == "Ducks swim.\n\nGeese fly to H2O > 3."
    assert record.authors == ("Ada Brook", "Lac, Noé")
    assert (record.doi, record.published) == ("10.1000/duck.1", "2002-10-02")
    assert record.venue == "Journal of Ponds"
    assert record.journal_ref == "Journal of Ponds 7, 12 (2002)"
    assert record.tags == ("birds",)


CASES = SHARED / "corpora/hardcases.jsonl"


@pytest.mark.skipif(not CASES.is_file(), reason="no shared files")
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_hard_cases(newline: str) -> None:
    """Nasty records of arXiv, written as a feed, come back word by word."""
    rows = [json.loads(line) for line in CASES.read_text("utf-8").split("\n") if line]
    rows = [row for row in rows if row.get("arxiv") and row.get("abstract") and row.get("title")]
    feed = newline.join(
        f"<entry><id>http://arxiv.org/abs/{row['arxiv']}</id>{newline}"
        f"<title>{escape(row['title'])}</title><summary>{escape(row['abstract'])}</summary></entry>"
        for row in rows
    )
    found = records(account(READER, f"<feed xmlns='http://www.w3.org/2005/Atom'>{feed}</feed>"))
    assert len(found) == len(rows) > 500
    for row, record in zip(rows, found, strict=True):
        assert record.title == " ".join(row["title"].split())
        assert " ".join((record.abstract or "").split()) == " ".join(row["abstract"].split())
        assert record.eprint


OLD_RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://x.example/"><title>t</title>
<items><rdf:Seq><rdf:li rdf:resource="http://arxiv.org/abs/2301.00007"/></rdf:Seq></items></channel>
<item rdf:about="http://arxiv.org/abs/2301.00007">
<title>Mud. (arXiv:2301.00007v2 [cs.CL] UPDATED)</title>
<link>http://arxiv.org/abs/2301.00007</link>
<description rdf:parseType="Literal">&lt;p&gt;Mud is
soft.&lt;/p&gt;
</description>
<dc:creator> &lt;a href="http://a/1"&gt;Ada Brook&lt;/a&gt;, &lt;a href="http://a/2"&gt;Noé
Lac&lt;/a&gt;</dc:creator>
</item></rdf:RDF>"""


def test_arxivs_feed_as_it_was() -> None:
    """RSS 1.0, with the identifier at the end of the title and names that are links."""
    (record,) = records(account(READER, OLD_RSS))
    assert (record.title, record.abstract) == ("Mud", "Mud is soft.")
    assert (record.eprint, record.eprint_version) == ("2301.00007", 2)
    assert record.authors == ("Ada Brook", "Noé Lac")


def test_a_copy_out_of_a_browser() -> None:
    """Words that a browser shows over XML are furniture; a list glued behind is told apart."""
    text = (
        "This XML file does not appear to have any style information associated with it.\n"
        "<feed><entry><title>Pond</title></entry></feed>\n@article{x, title={y}}"
    )
    assert READER.recognise(text) > 0.5
    passages = account(READER, text)
    assert [r.title for r in records(passages)] == ["Pond"]
    assert next(p.span[0] for p in passages if isinstance(p, Chrome)) == 0
    assert [text[slice(*p.span)][:8] for p in passages if isinstance(p, Unread)] == ["@article"]


def test_an_empty_answer_says_so() -> None:
    """No entry, one note."""
    text = "<feed xmlns='http://www.w3.org/2005/Atom'><title>nothing</title></feed>"
    assert [severity for _, severity, _ in remarks(text, account(READER, text))] == ["note"]


def test_tags_are_stripped_where_they_are_tags() -> None:
    """What only looks like a tag stays."""
    assert strip_tags("a <b>c</b> <d and e> f&lt;g").strip() == "a c <d and e> f<g"


COUNTS = {
    "id_0000.0000_s0_m100_8b51d9633a68.xml": 0,
    "id_1707.08567_s0_m100_6a1afebfc6a3.xml": 1,
    "id_abc_s0_m100_b79c8dcf6bc3.xml": 0,  # one entry, and it says that the query was wrong
    "id_quant-ph_0201082v1_s0_m100_86989fe779ef.xml": 1,
    "q_testing_s0_m15_80c242b59d59.xml": 15,
    "q_testing_s20_m10_348a237fecab.xml": 10,
    "q_testing_s30_m10_f2e39f0143dc.xml": 10,
    "q_testing_s40_m10_96dd32eb854c.xml": 10,
    "q_testing_s50_m10_7f488ab8598c.xml": 10,
    "arxiv_rss_example.xml": 7,
}
"""Counts of `<entry`, made by grep."""
FEEDS = sorted(
    [*SHARED.glob("formats/arxiv-atom/**/*.xml"), *SHARED.glob("formats/arxiv-rss/**/*.xml")]
)


@pytest.mark.skipif(not FEEDS, reason="no shared files")
@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_real_feeds(path: Path) -> None:
    """Real answers: as many records as entries, titles and authors as ElementTree finds them."""
    text = path.read_text("utf-8")
    assert READER.recognise(text[:65_536]) > 0.5
    found = records(account(READER, text))
    assert len(found) == COUNTS[path.name]
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ET.parse(path).getroot().findall(f"{atom}entry")
    for record, entry in zip(found, entries, strict=False):
        assert record.title == " ".join((entry.findtext(f"{atom}title") or "").split())
        assert record.eprint and record.eprint in (entry.findtext(f"{atom}id") or "")
        names = [
            " ".join((e.text or "").split()) for e in entry.findall(f"{atom}author/{atom}name")
        ]
        assert not names or list(record.authors) == names
        summary = " ".join((entry.findtext(f"{atom}summary") or "").split())
        assert summary.endswith(" ".join((record.abstract or "").split()))
        assert len(record.abstract or "") > len(summary) - 80
