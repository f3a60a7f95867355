"""The page of a paper: what leads on from it, in which order, and the data that it holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from digest.build import build
from digest.config import Config
from digest.language import words_of
from digest.look import Look
from digest.paper import Link, Paper
from digest.readers import read_text
from digest.website.paper_pages import out_links

TITLE = "Tea </script><script>alert(1)</script> & Cake"


def page(root: Path, title: str = TITLE) -> str:
    """The page of a paper that two files tell of."""
    row = {"title": title, "authors": ["Ada Lovelace", "Karl Weiß"], "arxiv_id": "2309.00001",
           "abstract": "We boil water with kettles.", "published": "2023-09-01"}  # fmt: skip
    (root / "content").mkdir(parents=True)
    (root / "content/a.jsonl").write_text(json.dumps(row), "utf-8")
    again = row | {"published": "2024-01-02", "comment": "12 pages"}
    (root / "content/b.jsonl").write_text("\n" + json.dumps(again), "utf-8")
    build(root, Config(), jobs=1)
    return (root / "site/papers/arxiv-2309.00001.html").read_text("utf-8")


def test_code_and_data_come_first() -> None:
    """Then the paper's own pages, by the names that are known. An address stands once, and two of
    a kind are told apart."""
    paper = Paper(
        key="x", slug="x", title="x", title_source="given", eprint="2309.00001", doi="10.1145/1",
        links=(
            Link("paper", "https://arxiv.org/abs/2309.00001"),
            Link("project", "https://tea.example/"),
            Link("data", "https://tea.example/data"),
            Link("code", "https://tea.example/code"),
            Link("code", "https://tea.example/more"),
        ),
    )  # fmt: skip
    links = out_links(paper, words_of("en"))
    assert [link.label for link in links] == [
        "Code (tea.example/code)",
        "Code (tea.example/more)",
        "Data",
        "Project page",
        "arXiv",
        "PDF",
        "DOI",
    ]
    assert links[0].url == "https://tea.example/code"


def test_the_data_of_a_page_cannot_end_its_element(tmp_path: Path) -> None:
    """A title with a script in it stays text, and is read back as it was."""
    text = page(tmp_path)
    assert "<script>alert" not in text
    held = re.findall(r'<script type="application/ld\+json" id="citation">(.*?)</script>', text)
    assert len(held) == 1
    assert json.loads(held[0])["headline"] == TITLE


def test_a_page_is_recognised_by_its_tags(tmp_path: Path) -> None:
    """What reads saved pages finds the paper again: as Zotero does, by `citation_*`."""
    text = page(tmp_path, "Tea & $x^2$ Cakes")
    (sighting,) = read_text(text, "saved.html").sightings
    assert sighting.record.eprint == "2309.00001"
    assert sighting.record.title == "Tea & x² Cakes"
    assert len(sighting.record.authors) == 2
    assert text.count('name="citation_title" property="og:title"') == 1


def test_sources_and_what_they_disagree_on_are_told(tmp_path: Path) -> None:
    """Files with lines, and values with the numbers of the files that say so."""
    text = page(tmp_path)
    assert '<ol class="sources sources-many">' in text
    assert re.search(r"b\.jsonl</span> <span class=\"evidence\">line 2", text)
    said = text.partition("The sources disagree")[2]
    assert re.search(r"<dt>Year</dt>\s*<dd><bdi>2023</bdi> \(1\)</dd>", said)
    assert re.search(r"<dt>Comment</dt>\s*<dd>the only source that has it \(2\)</dd>", said)


def test_own_colours_are_a_file_that_every_page_loads(tmp_path: Path) -> None:
    """Its address changes with what it says, and the browser's bar has the colour of the paper."""
    addresses = set()
    for number, colour in enumerate(("#ffffff", "#fffffe")):
        root = tmp_path / str(number)
        (root / "content").mkdir(parents=True)
        (root / "content/a.bib").write_text("@article{a, title={Tea}, year={2020}}\n", "utf-8")
        build(root, Config(theme=Look(light=(("paper", colour),))), jobs=1)
        home = (root / "site/index.html").read_text("utf-8")
        assert f'<meta name="theme-color" content="{colour}"' in home
        addresses |= set(re.findall(r'href="(assets/settings\.css\?v=\w+)"', home))
        assert f"--paper:{colour}" in (root / "site/assets/settings.css").read_text("utf-8")
    assert len(addresses) == 2
