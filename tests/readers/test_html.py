"""Saved pages: the tags of a paper's page, lists with embedded data, alerts."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from digest.paper import Link
from digest.readers.base import Chrome, Unread
from digest.readers.html.pages import READER
from tests.readers.passages import SHARED, account, line_of, records, remarks

PAGE = """<!DOCTYPE html>
<html><head><title>Otters | River Journal</title>
<!-- <meta name="citation_title" content="left out"> -->
<meta property="og:title" content="Otters | River Journal">
<meta name="description" content="River Journal, the journal of all rivers">
<meta name="citation_title" content="Otters &amp; <i>seals</i> in H<sub>2</sub>O">
<meta content='Brook, Ada' name='citation_author'/><meta name=citation_author content="Noé Lac">
<meta name="citation_author_institution" content="River Lab">
<meta name="citation_doi" content="doi:10.1000/otter.7">
<meta name="citation_publication_date" content="2015/10"/>
<meta name="citation_online_date" content="2015/09/08"/>
<meta name="citation_journal_title" content="River Journal">
<meta name="citation_volume" content="4"><meta name="citation_issue" content="2">
<meta name="citation_firstpage" content="7"><meta name="citation_lastpage" content="19">
<meta name="citation_keywords" content="otters; 92B05; seals">
<meta name="citation_pdf_url" content="https://river.example/7.pdf">
<meta name="citation_reference" content="citation_title=Not this one;citation_doi=10.1000/no">
<meta name="dc.Title" content="Otters &amp; seals"><meta name="dc.date" content="2015-10-01">
<link rel="canonical" href="https://river.example/7"></head>
<body><script>var x = '<meta name="citation_title" content="script">';</script>
<section class="main Abstract-body abstract" id="a1"><h2>Abstract</h2><div><p>We count otters, and
then <b>seals</b>, in every river that we know, from its spring to its mouth.</p><p>There are
many of both, and more of them than anybody thought.</p></div></section>
<footer>All rights reserved</footer></body></html>
"""


def test_a_papers_page() -> None:
    """The tags make the record, the abstract comes from the page, the rest is chrome."""
    passages = account(READER, PAGE)
    (record,) = records(passages)
    assert record.title == "Otters & seals in H2O"
    assert record.authors == ("Brook, Ada", "Noé Lac")
    assert (record.doi, record.published, record.published_as) == (
        "10.1000/otter.7",
        "2015-10-01",
        "page",
    )
    assert record.venue == "River Journal"
    assert record.journal_ref == "River Journal 4 (2), 7-19 (2015)"
    assert record.tags == ("otters", "seals")
    assert record.links == (
        Link("pdf", "https://river.example/7.pdf"),
        Link("paper", "https://river.example/7"),
    )
    assert (record.abstract or "").startswith("We count otters, and then seals, in every river")
    assert (record.abstract or "").count("\n\n") == 1
    assert [type(p) for p in passages] == [Chrome, type(record), Chrome]


def test_an_abstract_under_its_heading() -> None:
    """Where no element is called an abstract, a heading tells it."""
    words = (
        "We weigh every otter of the river and find that each of them is heavier than it looks. "
    )
    page = (
        '<html><head><meta name="citation_title" content="Weights"></head><body>'
        f"<div><h3>Abstract:</h3></div><div class=x><p>{words * 2}</p></div><div>Cite</div></body>"
    )
    (record,) = records(account(READER, page))
    assert record.abstract == (words * 2).strip()


def ld(*items: object) -> str:
    """A page with JSON-LD."""
    body = json.dumps(items[0] if len(items) == 1 else list(items), indent=1)
    return (
        "<!doctype html><html><head><script type='application/ld+json'>"
        f"\n{body}\n</script></head><body>words</body></html>"
    )


def scholarly(title: str, **more: object) -> dict[str, object]:
    """A paper in JSON-LD."""
    return {"@type": "ScholarlyArticle", "name": title, **more}


def test_names_shown_in_two_parts() -> None:
    """A page whose tags name no author shows the names as given name and surname; where the tags
    name them, they are believed."""
    names = (
        '<span class="react"><span class="given-name">No&euml;</span> <span class="text surname">'
        'Lac</span></span>, <span class="given-name">Ada</span> <span class="text surname">Brook'
        "</span><sup>a</sup><ol><li><span>B. </span>Cited</li></ol>"
    )
    head = '<html><head><meta name="citation_title" content="Otters">'
    head += '<meta name="citation_date" content="2015">'
    (record,) = records(account(READER, f"{head}</head><body>{names}</body></html>"))
    assert record.authors == ("Noë Lac", "Ada Brook")
    head += '<meta name="citation_author" content="Only, One">'
    (record,) = records(account(READER, f"{head}</head><body>{names}</body></html>"))
    assert record.authors == ("Only, One",)


def test_json_ld() -> None:
    """Each paper of a list stands where its object stands; papers that it cites are not taken."""
    page = ld(
        {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "item": scholarly(
                        'One "quoted" {brace}',
                        author=[{"@type": "Person", "name": "Ada Brook"}, {"familyName": "Lac"}],
                        datePublished="2020-05-05T00:00:00Z",
                        sameAs="https://doi.org/10.1000/one",
                        keywords=["a", "b"],
                        isPartOf={"volumeNumber": "3", "isPartOf": {"name": "Ponds"}},
                        pageStart="1",
                        citation=[scholarly("Cited")],
                    )
                },
                {"item": scholarly("Two", author="Noé Lac", abstract="Short.")},
            ],
        },
        {"@type": "NewsArticle", "headline": "News"},
    )
    one, two = records(account(READER, page))
    assert one.title == 'One "quoted" {brace}'
    assert one.authors == ("Ada Brook", "Lac")
    assert (one.doi, one.published) == ("10.1000/one", "2020-05-05")
    assert (one.venue, one.journal_ref) == ("Ponds", "Ponds 3, 1 (2020)")
    assert json.loads(page[slice(*one.span)])["name"] == one.title
    assert (two.title, two.authors, two.abstract) == ("Two", ("Noé Lac",), "Short.")


def test_a_broken_script_costs_itself() -> None:
    """JSON that is none is told by its line; the next script is read."""
    page = ld(scholarly("Torn")).replace('"Torn"', '"Torn') + ld(scholarly("Whole"))
    passages = account(READER, page)
    assert [r.title for r in records(passages)] == ["Whole"]
    assert [severity for _, severity, _ in remarks(page, passages)] == ["warning"]


def test_citations_in_spans() -> None:
    """COinS: one record a tag, those without title left unread."""
    page = (
        "<html><body><ul>\n"
        '<li><span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft.atitle=Mud+%26+sand&amp;'
        "rft.jtitle=Ponds&amp;rft.au=Ada+Brook&amp;rft.au=Lac%2C+No%C3%A9&amp;rft.date=2004-05&amp;"
        'rft_id=info%3Adoi%2F10.1000%2Fmud&amp;rft.volume=3&amp;rft.spage=9"></span></li>\n'
        '<li><span class="Z3988" title="rft.date=2001"></span></li>\n'
        '<li><span class="Z3988" title="rft.btitle=Rivers&amp;rft.aulast=Lac"></span></li>\n'
        "</ul></body></html>"
    )
    passages = account(READER, page)
    mud, rivers = records(passages)
    assert (mud.title, mud.authors) == ("Mud & sand", ("Ada Brook", "Lac, Noé"))
    assert (mud.doi, mud.published) == ("10.1000/mud", "2004-05")
    assert mud.journal_ref == "Ponds 3, 9 (2004)"
    assert (rivers.title, rivers.authors) == ("Rivers", ("Lac",))
    assert [line for line, _, _ in remarks(page, passages)] == [line_of(page, "2001")]


def daily(*papers: object) -> str:
    """A page that hands papers to its scripts."""
    props = json.dumps({"dailyPapers": [{"paper": paper, "title": "t"} for paper in papers]})
    return (
        "<!doctype html><html><body><div class='x' data-target='DailyPapers' "
        f'data-props="{html.escape(props)}"><h3>words</h3></div></body></html>'
    )


def test_daily_papers() -> None:
    """Every paper of the page's own data, in its place; one that is broken costs itself."""
    paper = {
        "id": "2309.04669",
        "title": "Otters\n  & seals",
        "summary": "We count.\nAll of them.",
        "authors": [{"name": "Ada Brook"}, {"name": "Noé Lac"}, {"x": 1}],
        "publishedAt": "2023-09-08T17:53:27.000Z",
        "githubRepo": "https://github.com/a/b",
    }
    page = daily(paper, {"title": "Torn"}, {**paper, "id": "2309.00001"}, {"id": "1"})
    page = page.replace("&quot;Torn&quot;", "&quot;Torn")
    passages = account(READER, page)
    first, second = records(passages)
    assert (first.title, first.abstract) == ("Otters & seals", "We count. All of them.")
    assert first.authors == ("Ada Brook", "Noé Lac")
    assert (first.eprint, first.published) == ("2309.04669", "2023-09-08")
    assert first.links == (Link("code", "https://github.com/a/b"),)
    assert json.loads(html.unescape(page[slice(*first.span)])) == paper
    assert second.eprint == "2309.00001"
    assert [severity for _, severity, _ in remarks(page, passages)] == ["error"]


def test_an_alert() -> None:
    """Title, names, journal and year of an alert; the snippet is no abstract."""
    entry = (
        '<h3><a href="http://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2309.04669'
        '&amp;hl=en" class="gse_alrt_title">[PDF] Counting <b>otters</b></a></h3>'
        '<div style="color:#006621">A Brook, N Lac… - Journal of Rivers, 2023 - river.example</div>'
        '<div class="gse_alrt_sni">We count <b>otters</b> …</div>'
    )
    page = f"<!doctype html><html><body>{entry}<br>{entry}<p>unsubscribe</p></body></html>"
    first, _ = records(account(READER, page))
    assert (first.title, first.authors) == ("Counting otters", ("A Brook", "N Lac"))
    assert (first.venue, first.published, first.eprint) == (
        "Journal of Rivers",
        "2023",
        "2309.04669",
    )
    assert first.abstract is None


def test_a_list_of_arxiv() -> None:
    """Each entry of a saved list; one without title costs itself."""

    def entry(number: str, title: str) -> str:
        return (
            f'<dt><a name=\'item1\'>[1]</a> <a href ="/abs/{number}" title="Abstract">'
            f"arXiv:{number}</a> [<a href=\"/pdf/{number}\">pdf</a>]</dt>\n<dd><div class='meta'>"
            "<div class='list-title mathjax'><span class='descriptor'>Title:</span>\n"
            f"{title}</div>\n<div class='list-authors'><a href=\"x\">Ada Brook</a>, "
            "<a href=\"y\">Noé Lac</a></div><div class='list-comments mathjax'>"
            "<span class='descriptor'>Comments:</span> 9 pages</div>"
            "<div class='list-subjects'><span class='descriptor'>Subjects:</span> "
            "<span class='primary-subject'>Vision (cs.CV)</span>; Physics (physics.optics)</div>"
            "<p class='mathjax'>We count $a &lt; b$.</p></div></dd>\n"
        )

    page = (
        "<!DOCTYPE html><html><body><dl id='articles'>"
        + entry("2309.04669", "Otters")
        + entry("2309.00001", " ")
        + entry("hep-th/9901001", "Seals &amp; $x$")
        + "</dl></body></html>"
    )
    passages = account(READER, page)
    first, last = records(passages)
    assert (first.title, first.eprint, first.comment) == ("Otters", "2309.04669", "9 pages")
    assert first.authors == ("Ada Brook", "Noé Lac")
    assert first.tags == ("cs.CV", "physics.optics")
    assert first.abstract == "We count $a < b$."
    assert (last.title, last.eprint) == ("Seals & $x$", "hep-th/9901001")
    assert len(remarks(page, passages)) == 1


def test_an_abstract_page_of_arxiv() -> None:
    """Comment, subjects and reference come from the table of the page."""
    page = (
        '<!DOCTYPE html><html><head><meta name="citation_title" content="Otters" />'
        '<meta name="citation_author" content="Brook, Ada" />'
        '<meta name="citation_date" content="2023/09/08" />'
        '<meta name="citation_online_date" content="2023/10/01" />'
        '<meta name="citation_arxiv_id" content="2309.04669" />'
        '<meta name="citation_abstract" content="We count $a &lt; b$." /></head><body><table><tr>'
        '<td class="tablecell comments mathjax">9 pages, <a href="x">code</a></td>'
        '<td class="tablecell subjects"><span>Vision (cs.CV)</span>; Learning (cs.LG)</td>'
        '<td class="tablecell jref">J. Otters 4 (2023)</td></tr></table></body></html>'
    )
    (record,) = records(account(READER, page))
    assert (record.eprint, record.published, record.updated) == (
        "2309.04669",
        "2023-09-08",
        "2023-10-01",
    )
    assert (record.comment, record.journal_ref) == ("9 pages, code", "J. Otters 4 (2023)")
    assert (record.abstract, record.tags) == ("We count $a < b$.", ("cs.CV", "cs.LG"))


@pytest.mark.parametrize("inner", ["list-title", "list-title mathjax", "gse_alrt_title", "Z3988"])
def test_half_of_a_list(inner: str) -> None:
    """Markup that only begins to look like a list is left alone."""
    account(READER, f"<!doctype html><body><div class='{inner}'>x</div><a class='{inner}'>y</a>")


def test_a_page_without_papers() -> None:
    """It is left unread, and the user hears what to do."""
    passages = account(READER, "<!doctype html><title>Just a moment...</title><body>x</body>\n")
    assert isinstance(passages[0], Unread)
    assert not records(passages)


def test_a_check_for_robots() -> None:
    """What a publisher's guard gives to programs is no page, and says what to do."""
    text = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>x</body></html>"
    ((line, severity, message),) = remarks(text, account(READER, text))
    assert (line, severity) == (1, "warning")
    assert "check for robots" in message


PAGES = sorted(SHARED.glob("formats/publisher-html/**/*.html"))
REFUSED = ("Just a moment...",)
"""What stands in pages that were saved before the paper's page was shown."""


@pytest.mark.skipif(not PAGES, reason="no shared files")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_real_pages(path: Path) -> None:
    """One record a page; title, DOI and number of authors as another tool expects them."""
    text = path.read_text("utf-8")
    assert READER.recognise(text[:65_536]) > 0.5
    found = records(account(READER, text))
    assert len(found) == (0 if any(f"<title>{words}" in text for words in REFUSED) else 1)
    truth = path.with_name(path.stem + "_Out.json")
    if not found or not truth.exists():
        return
    expected = json.loads(truth.read_text("utf-8"))
    if "title" in expected:
        assert " ".join(expected["title"].split()) == found[0].title
    if "doi" in expected:
        assert expected["doi"].lower() == (found[0].doi or "").lower()
    if found[0].authors and "author_list" in expected:
        assert len(expected["author_list"]) == len(found[0].authors)
        for author, name in zip(expected["author_list"], found[0].authors, strict=True):
            assert author["family"] in name
    if found[0].published and "year" in expected:
        assert str(expected["year"])[:4] == found[0].published[:4]


DAILY = sorted(SHARED.glob("formats/hf-page-html/**/*.html"))


@pytest.mark.skipif(not DAILY, reason="no shared files")
@pytest.mark.parametrize("path", DAILY, ids=lambda path: path.stem)
def test_a_real_page_with_its_data(path: Path) -> None:
    """The page of one paper: its title is that of the page's heading."""
    text = path.read_text("utf-8")
    (record,) = records(account(READER, text))
    heading = text[text.index("<h1") :]
    heading = heading[heading.index(">") + 1 : heading.index("</h1>")]
    assert record.title == " ".join(html.unescape(heading).split())
    assert record.eprint and f"huggingface.co/papers/{record.eprint}" in text
    assert len(record.abstract or "") > 500
    assert record.published
