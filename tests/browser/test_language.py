"""Scripts say what pages say, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from digest.build import build
from digest.config import Config
from digest.language import languages, words_of
from tests.browser.example import ROOT

pytestmark = pytest.mark.browser
NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 101, 103, 1_234, 1_000_000)


@pytest.fixture
def site(tmp_path: Path, language: str) -> str:
    """The address of a site of one paper; ends with a slash."""
    (tmp_path / "content").mkdir()
    paper = ROOT / "content" / "classics" / "shannon-1948.md"
    (tmp_path / "content" / paper.name).write_bytes(paper.read_bytes())
    build(tmp_path, Config(title="Small", language=language), jobs=1)
    return (tmp_path / "site").as_uri() + "/"


@pytest.mark.parametrize("language", languages())
def test_scripts_count_as_pages_do(browser: Any, site: str, language: str) -> None:
    """Plurals, digits and texts are those that Python writes; a place without a value stays."""
    words = words_of(language)
    page = browser.new_page()
    page.goto(site + "index.html")
    said = page.evaluate("all => all.map(n => digestMany('{n} paper', '{n} papers', n))", NUMBERS)
    assert said == [words.many("{n} paper", "{n} papers", n) for n in NUMBERS]
    assert page.evaluate("digestSay('Nothing found.')") == words.say("Nothing found.")
    assert page.evaluate("digestSay('{a} of {b}', {a: 1})") == "1 of {b}"
    page.close()


@pytest.mark.parametrize("language", languages())
def test_results_are_dated_as_pages_are(browser: Any, site: str, language: str) -> None:
    """A search shows the dates that lists show."""
    words = words_of(language)
    page = browser.new_page()
    page.goto(site + "search.html?q=communication")
    page.locator("[data-result]").first.wait_for()
    dates = ["2023-09-08", "2023-09", "2023", "0999-01-02"]
    said = page.evaluate("all => all.map(digestSearch.dated)", dates)
    assert said[:3] == [words.date(date) for date in dates[:3]]
    page.close()


@pytest.mark.parametrize("language", ["ar", "de", "ja"])
def test_no_page_is_wider_than_a_telephone(browser: Any, site: str, language: str) -> None:
    """Long words and the other direction included."""
    page = browser.new_page(viewport={"width": 360, "height": 700})
    for path in ("index.html", "tags/index.html", "dates/index.html", "search.html", "saved.html"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.close()
