"""A site in another language says nothing of its own in English."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from digest.build import build
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.config import Config
from digest.language import languages, words_of
from tests.browser.example import ROOT, build_example, page_types
from tests.language.texts import texts

READ_ALOUD = ("aria-label", "title", "placeholder", "content")
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
PLACES, ANY = {"{n}": r"[\d.,\s]{1,12}"}, ".{1,300}?"
OTHERS = [language for language in languages() if language != "en"]


class Said(HTMLParser):
    """What a page says to its readers, but for what it quotes and what it marks as English."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.frame: dict[str, str | None] = {}
        self._silent = 0
        self._open: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.frame = values
        quoted = tag in {"code", "q", "math", "kbd", "pre", "script", "style"}
        silent = quoted or values.get("lang") == "en" or values.get("dir") == "auto"
        if not silent and not self._silent:
            self.texts += [values[name] or "" for name in READ_ALOUD if values.get(name)]
        if tag not in VOID:
            self._open.append(silent)
            self._silent += silent

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._open:
            self._silent -= self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def english(language: str) -> re.Pattern[str]:
    """What would be English: every text that this language says in another way."""
    words = words_of(language)
    found = []
    for one, other in texts():
        same = words.say(one) == one if not other else False
        for text in (one, other) if other else (one,):
            parts = re.split(r"(\{\w+\})", text)
            # Of a text that is nothing but values and signs nobody can tell the language.
            if not same and re.search(r"[A-Za-z]{3}", "".join(parts[::2])):
                found.append(
                    "".join(PLACES.get(p, ANY) if p[:1] == "{" else re.escape(p) for p in parts)
                )
    return re.compile("|".join(sorted(found, key=len, reverse=True)))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the papers and pages themselves say: names of tags, of venues and of whoever."""
    site = build_example(tmp_path_factory.mktemp("english"))
    rows = [json.loads(line) for path in sorted((site / "data").glob("papers-*.jsonl"))
            for line in path.read_text("utf-8").splitlines()]  # fmt: skip
    taxonomy, _ = load_taxonomy((site.parents[1] / "content" / "taxonomy.yaml").read_text(), "")
    said = {"Example digest", "About"}
    said |= {text for topic in taxonomy.topics.values() for text in (topic.name, topic.about)}
    for row in rows:
        said |= {tag["name"] for tag in row["tags"] + row["terms"]} | {
            row["title"],
            *row["authors"],
        }
        said |= {row["venue"] or "", row["comment"] or "", row["journal_ref"] or ""}
    return said


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(language: str, tmp_path: Path, known: set[str]) -> None:
    """On no kind of page: neither in what is seen nor in what is only heard; and the page says its
    language and direction."""
    site = build_example(tmp_path, language)
    pattern = english(language)
    pages = page_types(site) | {"report": "report.html"}
    pages |= {path.name: path.relative_to(site).as_posix() for path in site.glob("papers/*.html")}
    for kind, path in pages.items():
        page = Said((site / path).read_text("utf-8"))
        assert page.frame["lang"] == language
        assert page.frame.get("dir") == ("rtl" if language == "ar" else None)
        left = {text for text in (" ".join(t.split()) for t in page.texts)
                if text not in known and pattern.fullmatch(text)}  # fmt: skip
        assert left == set(), f"{kind}: {path}"


def test_scripts_find_their_words(tmp_path: Path) -> None:
    """A script with them is loaded before all others, under an address that changes with it; an
    English site has none."""
    site = build_example(tmp_path, "ar")
    page = (site / "index.html").read_text("utf-8")
    scripts = re.findall(r'<script src="([^"]+)"', page)
    assert re.fullmatch(r"assets/words\.js\?v=\w+", scripts[0])
    text = (site / "assets" / "words.js").read_text("utf-8")
    assert text.isascii()
    said = json.loads(text.removeprefix("window.digestWords=").rstrip(";\n"))
    assert said["Nothing found."] == words_of("ar").say("Nothing found.")
    assert set(said["{n} paper"]) == {"zero", "one", "two", "few", "many", "other"}
    assert said["{n} paper"]["few"] == "{n} أوراق"


def make(root: Path, language: str, **catalogues: str) -> tuple[str, list[str]]:
    """The newest papers' page of a small digest in `language`, and what the build has to say."""
    content = root / "content"
    content.mkdir()
    (content / "shannon.md").write_text(
        (ROOT / "content" / "classics" / "shannon-1948.md").read_text("utf-8"), "utf-8"
    )
    folder = root / "templates" / "language"
    folder.mkdir(parents=True)
    for name, text in catalogues.items():
        (folder / f"{name}.po").write_text(text, "utf-8")
    report = build(root, Config(title="Small", language=language), jobs=1)
    messages = [f"{p.severity}: {p.message}" for p in report.problems]
    return (root / "site" / "index.html").read_text("utf-8"), messages


def test_a_language_without_catalogue_is_english_and_says_so(tmp_path: Path) -> None:
    """Dates and the page's own language too: what is said in English is marked as English."""
    page, messages = make(tmp_path, "pt-BR")
    assert '<html lang="en"' in page
    assert "July 1948" in page
    assert messages == [
        "note: the interface is in English: there are no texts for the language pt-BR"
    ]


def test_a_digest_brings_a_language_of_its_own(tmp_path: Path) -> None:
    """What its catalogue lacks is said in English."""
    own = 'msgid "Venues"\nmsgstr "Veículos"\n'
    page, messages = make(tmp_path, "pt", pt=own)
    assert '<html lang="pt"' in page
    assert "julho de 1948" in page
    assert "Veículos" in page
    assert ">Tags<" in page
    assert messages == []


def test_a_digest_says_something_else(tmp_path: Path) -> None:
    """Single texts of a language that comes with digest, English included."""
    own = 'msgid "{n} paper"\nmsgid_plural "{n} papers"\n'
    own += 'msgstr[0] "{n} work"\nmsgstr[1] "{n} works"\n'
    page, messages = make(tmp_path, "en-GB", en=own)
    assert '<html lang="en-GB"' in page
    assert "</b> work<" in page or "1 work" in page
    assert "July 1948" in page
    assert messages == []


def test_a_broken_catalogue_costs_only_what_is_broken(tmp_path: Path) -> None:
    """Places that the English text has not, wrong plurals and broken braces are problems."""
    own = (
        'msgid "Venues"\nmsgstr "Foren"\n\nmsgid "page {n}"\nmsgstr "Blatt {m}"\n\n'
        'msgid "Tags"\nmsgstr "{"\n\n'
        'msgid "{n} paper"\nmsgid_plural "{n} papers"\nmsgstr[0] "{n.real} Werk"\n'
        'msgstr[1] "{n} Werke"\n'
    )
    page, messages = make(tmp_path, "de", de=own)
    assert "Foren" in page
    assert "Schlagwörter" in page
    assert "Werk" not in page
    assert len(messages) == 3
    assert "warning: the text for “page {n}” has {m}, which the English one has not" in messages


def test_a_catalogue_that_is_none_is_told(tmp_path: Path) -> None:
    """And the language's own texts stand."""
    page, messages = make(tmp_path, "de", de="<html>no catalogue</html>")
    assert "Schlagwörter" in page
    assert len(messages) == 1
    assert messages[0].startswith("warning: the file cannot be read")


def test_a_changed_catalogue_changes_the_pages(tmp_path: Path) -> None:
    """An incremental build says what a clean one says."""
    make(tmp_path, "de", de='msgid "Venues"\nmsgstr "Foren"\n')
    file = tmp_path / "templates" / "language" / "de.po"
    file.write_text('msgid "Venues"\nmsgstr "Organe"\n\nmsgid "Undated"\nmsgstr "Undatiert"\n')
    config = Config(title="Small", language="de")
    build(tmp_path, config, jobs=1)
    again = {path: path.read_bytes() for path in sorted((tmp_path / "site").rglob("*.html"))}
    build(tmp_path, config, jobs=1, clean=True)
    assert again == {
        path: path.read_bytes() for path in sorted((tmp_path / "site").rglob("*.html"))
    }
    assert b"Organe" in again[tmp_path / "site" / "index.html"]


def test_the_data_stays_english(tmp_path: Path) -> None:
    """Programs that read the exports find the same in every language."""
    sites = [build_example(tmp_path / language, language) for language in ("en", "ja")]
    names = [sorted(path.name for path in (site / "data").glob("*.json*")) for site in sites]
    assert names[0] == names[1]
    for name in names[0]:
        one, other = ((site / "data" / name).read_bytes() for site in sites)
        assert msgspec.json.decode(one.splitlines()[0]) == msgspec.json.decode(
            other.splitlines()[0]
        )
        assert one == other
