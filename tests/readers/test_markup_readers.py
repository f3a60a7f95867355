"""What holds for all readers of XML and HTML: whom they claim, and that nothing harms them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.readers.base import Reader
from digest.readers.decode import decode
from digest.readers.html import pages as html
from digest.readers.xml import atom, oai, pubmed
from digest.readers.xml import crossref as crossref_xml
from tests.readers.passages import SHARED, account
from tests.watchdog import ends

READERS = [atom.READER, oai.READER, pubmed.READER, crossref_xml.READER, html.READER]
OWN = {
    "arxiv-atom": "atom",
    "arxiv-rss": "atom",
    "arxiv-oai": "oai",
    "pubmed-xml": "pubmed",
    "crossref-xml": "crossref-xml",
    "publisher-html": "html",
    "hf-page-html": "html",
}
FOLDERS = sorted(path for path in SHARED.glob("formats/*") if path.is_dir())
HOSTILE = [
    path
    for folder in ("xml", "feeds", "html", "own/xml", "own/markdown", "encodings")
    for path in sorted(SHARED.glob(f"hostile/{folder}/**/*"))
    if path.is_file()
]


def text_of(path: Path) -> str | None:
    """What the file at `path` holds, if it is text."""
    return decode(path.read_bytes(), path.name).text


@pytest.mark.skipif(not FOLDERS, reason="no shared files")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_each_claims_its_own(folder: Path) -> None:
    """Real files of a format are claimed by its reader alone, all others by none."""
    for path in [p for p in folder.rglob("*") if p.is_file()]:
        text = text_of(path)
        claimed = [r.name for r in READERS if text and r.recognise(text[:65_536]) >= 0.5]
        if path.suffix in (".xml", ".nxml", ".html"):
            own = OWN.get(folder.name, "pubmed" if folder.name == "medline" else None)
            assert claimed == ([own] if own else []), path
        else:
            assert claimed == [], path


@pytest.mark.parametrize(
    "text",
    [
        "A plain sentence about <entry> tags.",
        "# Title\n\n<div align=center><h1>x</h1></div>\n",
        "<details><summary>x</summary></details>",
        "def f():\n    return '<feed>'\n",
        '{"a": "<feed>"}',
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<project><entry/></project>",
        "<records><record><title>x</title></record></records>",
        "",
        "<",
        "<?xml",
        "<!DOCTYPE",
    ],
)
def test_others_are_left_alone(text: str) -> None:
    """Prose, code and other markup are nobody's."""
    assert [r.name for r in READERS if r.recognise(text) >= 0.5] == []


@pytest.mark.skipif(not HOSTILE, reason="no shared files")
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_hostile_files(reader: Reader) -> None:
    """Nothing raises, hangs or loses a character, whoever claims the file."""
    for path in HOSTILE:
        text = text_of(path)
        if text is None:
            continue
        with ends():
            if reader.recognise(text[:65_536]) >= 0.5:
                account(reader, text)
            else:
                list(reader.read(text))


PIECES = """<entry> </entry> <entry/> <entry <record> </record> <metadata> <header> <title> </title>
    <![CDATA[ ]]> <!-- --> <? ?> & &amp; &nbsp; &#0; < > " ' a=" xmlns="x" x:y <feed> </feed> <rss>
    <OAI-PMH> <PubmedArticle> </PubmedArticle> <PubmedArticleSet> <article> <front> </front>
    <article-meta> <doi_records> <doi_record> </doi_record> <journal_article> </journal_article>
    <journal_metadata> <query> <!DOCTYPE [ ]> <html> <meta name="citation_title" content="
    <script type="application/ld+json"> </script> {"@type":"ScholarlyArticle","name":"x"} { } [ ,
    <span class="Z3988" title="rft.title=x"> data-props=" {"paper":{"title":"x"}}
    <a class="gse_alrt_title" </a> words \n \r\n""".split(" ")
OPENINGS = {
    "atom": "<feed>",
    "oai": "<OAI-PMH>",
    "pubmed": "<PubmedArticleSet>",
    "crossref-xml": "<doi_records>",
    "html": "<html>",
}
STARTS = ["", "<feed>", "<OAI-PMH>", "<PubmedArticleSet>", "<article>", "<doi_records>", "<html>"]


@given(st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_heap_of_tags(start: str, pieces: list[str]) -> None:
    """Every character of any heap of tags is accounted for once."""
    text = start + "".join(pieces)
    for reader in READERS:
        if reader.recognise(text) > 0:
            account(reader, text)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize(
    "piece",
    """<entry |<entry>|</entry>|<![CDATA[<entry>|<!--|<meta "|<record>|<a |<div |&#|&
    <doi_record><journal_article>|data-props="{"paper":{|"paper":{""".replace("\n    ", "|").split(
        "|"
    ),
)
def test_time_is_linear(reader: Reader, piece: str) -> None:
    """A hundred thousand characters of one piece take no longer than others."""
    for start in ("", OPENINGS[reader.name]):
        text = start + piece * (100_000 // len(piece))
        with ends():
            list(reader.read(text))
