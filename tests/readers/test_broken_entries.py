"""In every format a broken entry costs itself alone, and the problem says on which line it is."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from digest.paper import Record
from digest.readers import FileReading, read_text
from digest.readers.formats import FORMATS
from tests.readers.account import lost_in_text

ONE = (
    "We present a method that tunes the bells of a village by listening to its dogs. It is shown "
    "that forty dogs suffice, and that the results hold for cats. Experiments in three villages "
    "show an error below a quarter tone."
)
TWO = (
    "Church clocks are usually wound by hand. In this paper we wind them by the weight of the "
    "choir, which is measured in the pews. Our method needs no rope, and its strokes are as even "
    "as those of any sexton."
)


class Case(NamedTuple):
    """A file in pieces: what stands first, a good entry, a broken one, a good one, the end."""

    lead: str
    first: str
    broken: str
    last: str
    tail: str = ""


def _atom(title: str, number: int, abstract: str) -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/2001.0000{number}v1</id>\n<title>{title}</title>\n"
        f"<summary>{abstract}</summary>\n<author><name>Ada Bell</name></author></entry>\n"
    )


def _oai(title: str, number: int) -> str:
    return (
        f"<record><header><identifier>oai:arXiv.org:2001.0000{number}</identifier></header>\n"
        f"<metadata><arXiv xmlns='http://arxiv.org/OAI/arXiv/'><id>2001.0000{number}</id>\n"
        f"<title>{title}</title><authors><author><keyname>Bell</keyname></author></authors>"
        "<abstract>Bells ring.</abstract></arXiv></metadata></record>\n"
    )


def _pubmed(title: str, number: int) -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>10{number}</PMID>\n<Article><ArticleTitle>{title}"
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"
    )


def _crossref(title: str, number: int) -> str:
    return (
        "<doi_record><crossref><posted_content>\n"
        f"<titles><title>{title}</title></titles><doi_data><doi>10.1000/bell.{number}</doi>"
        "</doi_data></posted_content></crossref></doi_record>\n"
    )


def _endnote_xml(title: str) -> str:
    return (
        '<record><ref-type name="Journal Article">17</ref-type>\n'
        f"<titles><title>{title}</title></titles></record>\n"
    )


def _script(text: str) -> str:
    return f'<p>\n<script type="application/ld+json">{text}</script></p>\n'


def _article(title: str) -> str:
    return json.dumps({"@type": "ScholarlyArticle", "headline": title, "name": title})


def _ovid(number: int, title: str) -> str:
    return f"<{number}>\nTitle\n  {title}.\nAuthor\n  Bell, Ada.\nSource\n  J. Bells. 2001.\n\n"


def _mail(number: int, title: str, abstract: str) -> str:
    return (
        f"\\\\\narXiv:2001.0000{number}\nDate: Wed, 1 Jan 2020 10:00:00 GMT   (9kb)\n\n"
        f"Title: {title}\nAuthors: Ada Bell\nCategories: cs.SD\n\\\\\n  {abstract}\n"
        f"\\\\ ( https://arxiv.org/abs/2001.0000{number} ,  9kb)\n" + "-" * 78 + "\n"
    )


def _listed(number: int, title: str) -> str:
    return (
        f"[{number}] arXiv:2001.0000{number} [pdf, other]\nTitle: {title}\nAuthors: Ada Bell\n"
        "Comments: 3 pages\nSubjects: Sound (cs.SD)\n\n"
    )


def _cool(number: int, title: str, abstract: str) -> str:
    return (
        f"#{number} {title} [PDF] [Copy] [Kimi] [REL]\n\nAuthors: Ada Bell, Bo Clock\n\n"
        f"{abstract}\n\nSubject: Sound\n\nPublish: 2020-01-02 02:20:25 UTC\n\n"
    )


def _digest(number: int, title: str, abstract: str) -> str:
    return (
        f"{number}. {title}\nArXiv ID: 2001.0000{number}\nAuthors: Ada Bell, Bo Clock\n"
        f"Abstract: {abstract}\nComment: Fits the topic.\nRelevance: 9 Novelty: 8\n\n"
    )


def _block(number: int, abstract: str) -> str:
    return f"{abstract}\n\n12 pages\n\narXiv:2001.0000{number}\nCreated: 2020-01-02\n\n"


def _loose(title: str, names: str, number: int, abstract: str) -> str:
    return f"{title}\n{names}\n{2000 + number}\n{abstract}\n\n"


def _cited(number: int, names: str, title: str, journal: str) -> str:
    return f"[{number}] {names} (200{number}). {title}. {journal}, {number}(1), 7-19.\n\n"


def _quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


def _yaml(title: str) -> str:
    text = json.dumps({"title": title, "abstract": ONE, "year": 2020})
    return f"- url: https://bells.example\n  status: 200\n  string: '{text}'\n"


_ATOM = "<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>\n"
_OAI = (
    "<?xml version='1.0'?>\n<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>\n<ListRecords>\n"
)
_LABELS = "Title: {}\nAuthors: Ada Bell, Bo Clock\nAbstract: {}\nComments: 3 pages\n\n"
_BIB = "@article{{{},\n  title = {{{}}},\n  year = 2001\n}}\n"

CASES: dict[str, list[Case]] = {
    "atom": [
        Case(_ATOM, _atom("Bells", 1, ONE), bad, _atom("Clocks", 2, TWO), "</feed>\n")
        for bad in (
            "<entry><id>http://arxiv.org/abs/2001.00009v1</id>\n<title>Torn</titl></entry>\n",
            "<entry><id>http://arxiv.org/abs/2001.00009v1</id>\n<title>Torn &bell;</title>"
            "<author><name></entry>\n",
        )
    ],
    "oai": [
        Case(
            _OAI, _oai("Bells", 1), "<record><header>\n<metadata></record>\n", _oai("Clocks", 2),
            "</ListRecords></OAI-PMH>\n",
        )
    ],
    "pubmed": [
        Case(
            "<?xml version='1.0'?>\n<PubmedArticleSet>\n", _pubmed("Bells", 1),
            "<PubmedArticle><MedlineCitation>\n<Article><ArticleTitle>Torn</Article>"
            "</PubmedArticle>\n",
            _pubmed("Clocks", 2), "</PubmedArticleSet>\n",
        )
    ],
    "crossref-xml": [
        Case(
            "<doi_records>\n", _crossref("Bells", 1),
            "<doi_record><crossref><posted_content>\n<titles><title>Torn</titles>"
            "</posted_content></crossref></doi_record>\n",
            _crossref("Clocks", 2), "</doi_records>\n",
        )
    ],
    "endnote-xml": [
        Case(
            '<?xml version="1.0"?>\n<xml><records>\n', _endnote_xml("Bells"),
            '<record><ref-type name="Journal Article">17</ref-type>\n<titles><title>Torn</titles>'
            "</record>\n",
            _endnote_xml("Clocks"), "</records></xml>\n",
        )
    ],
    "html": [
        Case(
            "<!doctype html>\n<html><body>\n", _script(_article("Bells")),
            _script(_article("Torn")[:-3]), _script(_article("Clocks")), "</body></html>\n",
        )
    ],
    "bibtex": [
        Case("", _BIB.format("a", "Bells"), bad, _BIB.format("b", "Clocks"))
        for bad in (
            "@article{torn,\n  title = {Torn,\n  year = 2001\n}\n",
            '@article{torn,\n  title = "Torn,\n  year = 2001\n}\n',
            "@article{torn,\n}\n",
        )
    ],
    "ris": [
        Case(
            "", "TY  - JOUR\nTI  - Bells\nAU  - Bell, Ada\nER  - \n", bad,
            "TY  - JOUR\nTI  - Clocks\nAU  - Clock, Bo\nER  - \n",
        )
        for bad in ("TY  - JOUR\nER  - \n", "TY  - JOUR\nAU  - Torn, T.\nER  - \n")
    ],
    "medline": [
        Case(
            "", "PMID- 101\nOWN - NLM\nTI  - Bells.\nAU  - Bell A\n\n", "PMID- 109\nOWN - NLM\n\n",
            "PMID- 102\nOWN - NLM\nTI  - Clocks.\nAU  - Clock B\n",
        )
    ],
    "isi": [
        Case(
            "FN Bells\nVR 1.0\n", "PT J\nAU Bell, A\nTI Bells\nPY 1999\nER\n\n",
            "PT J\nAU Torn, T\nER\n\n", "PT J\nAU Clock, B\nTI Clocks\nPY 1999\nER\n\nEF\n",
        )
    ],
    "endnote": [
        Case(
            "", "%0 Journal Article\n%A Bell, Ada\n%T Bells\n%D 1999\n\n",
            "%0 Journal Article\n%A Torn, T.\n\n",
            "%0 Journal Article\n%A Clock, Bo\n%T Clocks\n%D 1999\n",
        )
    ],
    "ovid": [
        Case("", _ovid(1, "Bells"), bad, _ovid(3, "Clocks"))
        for bad in ("<2>\n\n", "<2>\nAuthor\n  Torn, T.\n\n")
    ],
    "copac": [
        Case(
            "", "TI- Bells\nAU- Bell, Ada\nPY- 1999\n\n", "AU- Torn, T.\nPY- 1999\n\n",
            "TI- Clocks\nAU- Clock, Bo\nPY- 1999\n",
        )
    ],
    "json": [
        Case(
            "", json.dumps({"title": "Bells", "abstract": ONE}) + "\n", bad,
            json.dumps({"title": "Clocks", "abstract": TWO}) + "\n",
        )
        for bad in ('{"title": "Torn", "abstract": "We are', '{"title": Torn}', '{"year": 2001}')
        for bad in [bad + "\n"]
    ],
    "wrapped": [
        Case(
            "interactions:\n", _yaml("Bells"), _yaml("Torn").replace('"title":', '"title"'),
            _yaml("Clocks"),
        )
    ],
    "quoted": [
        Case(
            "", _quoted(_BIB.format("a", "Bells")),
            _quoted("@article{torn,\n  title = {Torn,\n  year = 2001\n}"),
            _quoted(_BIB.format("b", "Clocks")),
        )
    ],
    "arxiv-mail": [
        Case(
            "Subject: cs daily\n\n" + "-" * 78 + "\n", _mail(1, "Bells", ONE), bad,
            _mail(2, "Clocks", TWO),
        )
        for bad in (
            "\\\\\narXiv:2001.00009\nDate: Wed, 1 Jan 2020 10:00:00 GMT   (9kb)\n\n"
            "Authors: T. Torn\n" + "-" * 78 + "\n",
            _mail(9, "Torn", TWO).replace("Title: Torn\n", "").replace(f"  {TWO}\n", ""),
        )
    ],
    "arxiv-list": [
        Case(
            "Authors and titles for recent submissions\nFri, 3 Jan 2020\n\n", _listed(1, "Bells"),
            _listed(9, "Torn").replace("Title: Torn\n", ""), _listed(2, "Clocks"),
        )
    ],
    "labelled": [
        Case(
            "", _LABELS.format("Bells", ONE),
            "Title:\nAuthors: T. Torn\nComments: 3 pages\n\n", _LABELS.format("Clocks", TWO),
        )
    ],
    "papers-cool": [
        Case(
            "Bells and Clocks\n\nDate: Fri, 3 Jan 2020 | Total: 3\n\n", _cool(1, "Bells Rung", ONE),
            "#2 [PDF] [Copy] [Kimi] [REL]\n\nAuthors: T. Torn\n\n",
            _cool(3, "Clocks Wound", TWO),
        )
    ],
    "digest-page": [
        Case(
            "Personalized Daily Papers 2020-01-03\n\nBells (3)\n\n", _digest(1, "Bells Rung", ONE),
            bad, _digest(3, "Clocks Wound", TWO),
        )
        for bad in (
            "2.\nArXiv ID: none\nRelevance: 9 Novelty: 8\n\n",
            "2.\nArXiv ID: none\nAuthors: T. Torn\nRelevance: 9 Novelty: 8\n\n",
        )
    ],
    "repository-search": [
        Case(
            "", f"    Bells and dogs\n\n    Ada Bell, Bo Clock\n\n    {ONE}Comment: 12 pages\n\n",
            "    A torn entry without\n\n",
            f"    Clocks and choirs\n\n    Cy Cain\n\n    {TWO}Comment: 3 pages\n\n",
        )
    ],
    "abstracts": [Case("", f"Abstract: {ONE}\n\n", "Abstract:\n\n", f"Abstract: {TWO}\n")],
    "blocks": [
        Case("", _block(1, ONE), "arXiv:2001.00009\nCreated: 2020-01-02\n\n", _block(2, TWO))
    ],
    "glued": [
        Case("", f"{ONE}\n12 pages\narXiv:2001.00001", "\narXiv:2001.00009\n",
             f"{TWO}\narXiv:2001.00002")
    ],
    "reference-list": [
        Case(
            "References\n\n",
            _cited(1, "Bell, A., & Clock, B.", "Bells of a small village", "Journal of Bells")
            + _cited(2, "Cain, C.", "Strokes of the hour", "Journal of Clocks")
            + _cited(3, "Hall, G.", "Dogs that listen", "Journal of Dogs"),
            "[4] The same as above, with more bells\n\n",
            _cited(5, "Dee, D., & Eff, E.", "Ropes and what they pull", "Journal of Ropes")
            + _cited(6, "Gee, F.", "The weight of choirs", "Journal of Bells"),
        )
    ],
    "markdown": [
        Case(
            "# Papers\n\n| Date | Title | Authors | Link |\n|---|---|---|---|\n",
            "| 2020-01-01 | Bells of a Village | Ada Bell | [2001.00001](https://arxiv.org/abs/"
            "2001.00001) |\n",
            bad,
            "| 2020-01-03 | Clocks of a Village | Bo Clock | [2001.00002](https://arxiv.org/abs/"
            "2001.00002) |\n",
        )
        for bad in (
            "| 2020-01-02 | | Tina Torn | [2001.00009](https://arxiv.org/abs/2001.00009) |\n",
            "| 2020-01-02 | | Tina Torn | |\n",
        )
    ],
    "table": [
        Case("title,authors,year\n", "Bells,Ada Bell,2001\n", bad, "Clocks,Bo Clock,2002\n")
        for bad in (",T. Torn,2001\n", "Torn,T. Torn,2001,more,and more\n", 'Torn,"T. Torn,2001\n')
    ],
    "accepted-papers": [
        Case(
            "BELLS 2020 Accepted Papers\n\n",
            "Bells of a Small Village\nAda Bell, Bo Clock\n\nA Rope for Every Hand\nCy Cain\n\n",
            "A line without authors, followed by a title\n\n",
            "Clocks that strike thirteen\nDi Dee, Ed Eff\n\nChoirs by Weight\nFi Gee\n",
        )
    ],
    "titles": [
        Case(
            "", f"Bells of a Small Village\n\n{ONE}\n\n", "A Torn Entry Without Its Text\n\n",
            f"Clocks Wound by Choirs\n\n{TWO}\n",
        )
    ],
    "general": [
        Case(
            "", _loose("Bells of a small village", "Ada Bell; Bo Clock", 1, ONE)
            + _loose("Strokes that come too late", "Cy Cain; Di Dee", 2, TWO),
            bad,
            _loose("Ropes and what they pull", "Ed Eff; Fi Gee", 4, TWO)
            + _loose("The weight of choirs", "Gus Hall; Ida Ink", 5, ONE),
        )
        for bad in ("Torn entry\n\n", "2003\n\n", "???\n\n")
    ],
}  # fmt: skip
ONE_PAPER = {
    "front-matter": "a file is one paper",
    "arxiv-page": "a page is one paper",
    "paper-page": "a page is one paper",
}
"""Formats without entries, and why."""


def values(reading: FileReading) -> list[tuple[object, ...]]:
    """What was read, without its places."""
    names = [name for name in Record.__struct_fields__ if name not in ("span", "confidence")]
    return [tuple(getattr(s.record, name) for name in names) for s in reading.sightings]


def test_every_format_is_here() -> None:
    """A format that is added comes with a broken entry, or with a reason."""
    assert {row.name for row in FORMATS} == {*CASES} | {*ONE_PAPER}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(
    ("form", "case"),
    [
        pytest.param(form, case, id=f"{form}-{number}")
        for form, cases in CASES.items()
        for number, case in enumerate(cases)
    ],
)
def test_a_broken_entry_costs_itself_alone(form: str, case: Case, end: str) -> None:
    """The entries around it are read as without it; a problem names a line within it."""
    lead, first, broken, last, tail = (piece.replace("\n", end) for piece in case)
    whole = read_text(lead + first + last + tail, "x", form)
    text = lead + first + broken + last + tail
    reading = read_text(text, "x", form)
    assert not lost_in_text(text, reading)
    assert len(values(whole)) >= 2
    kept = [value for value in values(reading) if value in values(whole)]
    assert kept == values(whole)
    assert len(values(reading)) <= len(kept) + 1
    before = lead + first
    begins = before.count("\n") + 1
    stops = begins + broken.rstrip().count("\n")
    lines = [p.line for p in reading.problems if p.severity in ("warning", "error")]
    assert any(begins <= line <= stops for line in lines if line is not None), (
        f"lines {lines}, wanted {begins} to {stops}"
    )
