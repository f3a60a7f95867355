"""A digest changes one block of any page, or of all pages, and keeps the rest."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from digest.build import build
from digest.config import Config
from digest.website.output import files_below
from digest.website.theme import default_folder

PAGES = {
    "date.html": "dates/2023-09.html",
    "date_index.html": "dates/index.html",
    "free_page.html": "pages/about.html",
    "gone.html": "papers/arxiv-2309.00002.html",
    "home.html": "index.html",
    "map.html": "map.html",
    "name.html": "venues/neurips.html",
    "name_index.html": "venues/index.html",
    "not_found.html": "404.html",
    "paper.html": "papers/arxiv-2309.00001.html",
    "redirect.html": "papers/doi-10.1145-1234567.1234561.html",
    "report.html": "report.html",
    "saved.html": "saved.html",
    "search.html": "search.html",
    "tag.html": "tags/sea-water.html",
    "tag_index.html": "tags/index.html",
    "trends.html": "trends.html",
}
"""Each kind of page, and one of it."""


def row(number: int) -> dict[str, object]:
    return {
        "title": f"On graph neural networks for salt, part {number}",
        "abstract": f"We study graph neural networks beside salt water, for the {number}th time.",
        "authors": ["Ada Byron", "Karl Weiss"],
        "arxiv_id": f"2309.0000{number}",
        "doi": f"10.1145/1234567.123456{number}",
        "published": f"2023-09-0{number}",
        "venue": "NeurIPS 2023",
        "tags": ["sea water"],
    }


def make(root: Path, templates: dict[str, str]) -> Path:
    """The site of a digest of which one paper was taken away, with `templates` of its own."""
    content = root / "content"
    (content / "pages").mkdir(parents=True)
    (content / "pages" / "about.md").write_text("# About\n\nA page.\n", "utf-8")
    by_doi = {key: value for key, value in row(1).items() if key != "arxiv_id"}
    listing = content / "a.jsonl"
    listing.write_text("\n".join(map(json.dumps, (row(1), row(2), row(3)))), "utf-8")
    build(root, Config(), jobs=1)
    listing.write_text("\n".join(map(json.dumps, (row(1), by_doi, row(3)))), "utf-8")
    (root / "templates").mkdir()
    for name, source in templates.items():
        path = root / "templates" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, "utf-8")
    report = build(root, Config(), jobs=1)
    assert [p for p in report.problems if p.severity == "error"] == []
    return root / "site"


def block(name: str, text: str, of: str) -> str:
    return f'{{% extends "default/{of}" %}}\n{{% block {name} %}}{text}{{% endblock %}}\n'


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("plain"), {})


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = {name: block("content", f"<p>OWN {name}</p>{{{{ super() }}}}", name) for name in PAGES}
    return make(tmp_path_factory.mktemp("changed"), own)


def test_every_kind_of_page_is_tried() -> None:
    """The list above names all templates that are pages."""
    texts = {p.name: p.read_text("utf-8") for p in default_folder().glob("*.html")}
    pages = {name for name, text in texts.items() if '\n{% extends "base.html"' in f"\n{text}"}
    assert set(PAGES) == pages


@pytest.mark.parametrize("name", PAGES)
def test_one_block_is_changed_and_the_rest_kept(name: str, plain: Path, changed: Path) -> None:
    """What is added stands there once, and taken out again leaves the default page."""
    before = (plain / PAGES[name]).read_text("utf-8")
    after = (changed / PAGES[name]).read_text("utf-8")
    assert after.count(f"<p>OWN {name}</p>") == 1
    assert after.replace(f"<p>OWN {name}</p>", "") == before


def test_a_block_of_the_frame_is_on_every_page(tmp_path: Path, plain: Path) -> None:
    """One file changes all pages, and nothing but that block."""
    banner = '<p class="banner">Closed in August.</p>'
    own = block("header", f"{banner}{{{{ super() }}}}", "base.html")
    site = make(tmp_path, {"base.html": own})
    for path in PAGES.values():
        after = (site / path).read_text("utf-8")
        assert after.count(banner) == 1, path
        assert after.replace(banner, "") == (plain / path).read_text("utf-8")


def blocks(text: str) -> set[str]:
    return set(re.findall(r"{%-? block (\w+)", text))


def test_every_block_of_the_frame_and_of_papers_can_be_emptied(tmp_path: Path) -> None:
    """No part of a page depends on another's being there."""
    folder = default_folder()
    names = blocks((folder / "base.html").read_text("utf-8"))
    own = {"base.html": '{% extends "default/base.html" %}\n'
           + "".join(f"{{% block {name} %}}{{% endblock %}}\n" for name in sorted(names)
                     if name not in ("main", "content", "header", "footer", "title"))}  # fmt: skip
    inner = blocks((folder / "paper.html").read_text("utf-8")) - names
    own["paper.html"] = '{% extends "default/paper.html" %}\n' + "".join(
        f"{{% block {name} %}}{{% endblock %}}\n" for name in sorted(inner)
    )
    site = make(tmp_path, own)
    page = (site / PAGES["paper.html"]).read_text("utf-8")
    assert "<h1" in page
    assert "paper-side" not in page


def test_the_examples_of_the_manual_work(tmp_path: Path) -> None:
    """Every file that docs/theming.md shows is taken as it stands there; the site is whole."""
    text = (Path(__file__).parents[2] / "docs/theming.md").read_text("utf-8")
    shown = re.findall(r"^`(templates/[\w./-]+)`:\n\n```\w+\n(.*?)^```$", text, re.M | re.S)
    assert len(shown) >= 5
    own = {path.removeprefix("templates/"): source for path, source in shown}
    site = make(tmp_path, own)
    written = set(files_below(site))
    assert {path for path in own if path.startswith("assets/")} <= written
    home = (site / "index.html").read_text("utf-8")
    paper = (site / PAGES["paper.html"]).read_text("utf-8")
    assert 'class="banner"' in home
    assert 'class="banner"' not in paper
    assert "paper-side" not in paper
    for path in re.findall(r'href="(?:\.\./)?(assets/[\w.-]+)', paper):
        assert path in written
