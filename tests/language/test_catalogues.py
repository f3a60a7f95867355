"""Every text of the interface is said in every language, and nothing else is."""

from __future__ import annotations

import re
from collections import Counter
from gettext import c2py
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from digest.language import find_faults, languages, words_of
from digest.website.theme import default_folder
from tests.language.texts import CATALOGUES, read, render, texts

OTHERS = [language for language in languages() if language != "en"]
NAMES = {"BibTeX", "RIS", "CSL", "JSON"}
"""Of formats, which are the same in all languages."""
each_language = pytest.mark.parametrize("language", OTHERS)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_languages() -> None:
    """Those that come with digest."""
    assert languages() == ("ar", "de", "en", "es", "fr", "ja", "zh")


@each_language
def test_a_catalogue_has_all_texts_and_no_others(language: str) -> None:
    """In order, with the files that say them: `make words` would change nothing."""
    catalogue = read(language)
    kept = {message.id if isinstance(message.id, str) else tuple(message.id)
            for message in catalogue if message.id}  # fmt: skip
    wanted = {text.one if not text.other else tuple(text) for text in texts()}
    assert sorted(map(str, wanted - kept)) == [], "run `make words`, and say these"
    assert sorted(map(str, kept - wanted)) == [], "run `make words`: nobody says these"
    assert render(language, catalogue) == (CATALOGUES / f"{language}.po").read_text("utf-8")


@each_language
def test_everything_is_said(language: str) -> None:
    """In no catalogue a text is empty, and all places for values are the English ones."""
    for message in read(language):
        if not message.id:
            continue
        single = isinstance(message.id, str)
        said = [message.string] if single else list(message.string)
        english = [message.id] if single else list(message.id)
        assert all(said), message.id
        for text in said:
            assert places(text) <= set.union(*map(places, english)), (message.id, text)
        # Only the number may go: “two papers” is a word in some languages.
        lost = set.union(*map(places, english)) - set.intersection(*map(places, said))
        assert lost <= (set() if single else {"n"}), message.id
    assert find_faults((CATALOGUES / f"{language}.po").read_text("utf-8"), language) == ()


@each_language
def test_a_number_goes_only_where_its_form_is_of_one_number(language: str) -> None:
    """“Two papers” may be one word, but what is said of 3 to 10 papers tells how many."""
    catalogue = read(language)
    form_of = c2py(catalogue.plural_expr)
    numbers = Counter(form_of(n) for n in range(1000))
    assert set(numbers) == set(range(catalogue.num_plurals))
    for message in catalogue:
        if message.id and not isinstance(message.id, str) and "{n}" in message.id[1]:
            for place, form in enumerate(message.string):
                assert "{n}" in form or numbers[place] == 1, message.id


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", {0: "0 Aufsätze", 1: "1 Aufsatz", 2: "2 Aufsätze", 1200: "1.200 Aufsätze"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
        ("es", {0: "0 artículos", 1: "1 artículo", 2: "2 artículos"}),
        ("zh", {0: "0 篇论文", 1: "1 篇论文"}),
        ("ja", {1: "論文 1 件", 2: "論文 2 件"}),
        ("ar", {0: "لا أوراق", 1: "ورقة واحدة", 2: "ورقتان", 3: "3 أوراق", 11: "11 ورقة",
                100: "100 ورقة", 103: "103 أوراق"}),
    ],
)  # fmt: skip
def test_plurals(language: str, said: dict[int, str]) -> None:
    """Every language counts in its own way."""
    words = words_of(language)
    assert {n: words.many("{n} paper", "{n} papers", n) for n in said} == said


@each_language
def test_forms_are_named_as_browsers_name_them(language: str) -> None:
    """What scripts pick by `Intl.PluralRules` is what Python says of the same number."""
    words, plural = words_of(language), Locale.parse(language).plural_form
    forms = words.forms("{n} paper", "{n} papers")
    for n in (*range(130), 1_000_000):
        assert forms[plural(n)].replace("{n}", "") == words.many("{n} paper", "{n} papers", n, n="")


def test_texts_are_told_apart_by_their_singular() -> None:
    """A catalogue knows a text by it: no text stands there both alone and for one of many."""
    ones = [text.one for text in texts()]
    assert sorted({one for one in ones if ones.count(one) > 1}) == []


def test_scripts_say_nothing_but_texts_of_the_catalogues() -> None:
    """What they say stands in them as it is, or it could not be found."""
    for path in filter(Path.is_file, (default_folder() / "assets").rglob("*.js")):
        for line in path.read_text("utf-8").splitlines():
            for said in re.finditer(r"(?<!function )\b(?:say|many)\(\s*([^\s)])", line):
                assert said[1] == '"', f"{path.name}: {line.strip()}"


def test_templates_hold_no_text() -> None:
    """Words between the tags of a template, and in what is read aloud, go through `_` or `many`."""
    for path in sorted(default_folder().glob("*.html")):
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.S)
        source = re.sub(r"&\w+;", " ", source)
        bare = re.sub(r"<(code|kbd)\b[^>]*>[^<]*</\1>|<[^>]*>|[\w/]+\.(?:bib|json)", " ", source)
        words = set(re.findall(r"[A-Za-z]{2,}", bare)) - NAMES
        assert words == set(), path.name
        told = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*[A-Za-z]{2}[^"]*)"', source)
        assert told == [], path.name
