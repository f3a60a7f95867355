"""`theme:` in digest.yaml: what is written becomes custom properties, mistakes are told by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.config import load_config
from digest.look import COLOURS, DEFAULTS, FONTS, Look, style_sheet
from digest.problems import DigestError, Problem
from digest.website.theme import default_folder, load_theme

STYLE = dict(load_theme(default_folder()).assets)["assets/style.css"].decode()


def look(folder: Path, text: str) -> Look:
    path = folder / "digest.yaml"
    path.write_text(text, "utf-8")
    return load_config(path).theme


def mistakes(folder: Path, text: str) -> dict[int | None, Problem]:
    with pytest.raises(DigestError) as caught:
        look(folder, text)
    return {problem.line: problem for problem in caught.value.problems}


def test_colours_and_fonts_become_custom_properties(tmp_path: Path) -> None:
    """Those of the day for all, those of the night where the default theme has its own."""
    sheet = style_sheet(
        look(
            tmp_path,
            'theme:\n  colours:\n    light: {paper: "#FFF", ink: "#111"}\n'
            '    dark:\n      paper: "#000"\n  fonts:\n    headings: Gill Sans, "Trebuchet MS"\n'
            "    code: [JetBrains Mono, monospace]\n",
        ),
        "#7a1f2b",
    )
    assert sheet == (
        ':root{--accent:#7a1f2b;--ink:#111;--paper:#fff;--mono:"JetBrains Mono",monospace;'
        '--heads:"Gill Sans","Trebuchet MS",serif}\n'
        '@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){--paper:#000}}\n'
        ':root[data-theme="dark"]{--paper:#000}\n'
    )


def test_nothing_set_makes_no_sheet(tmp_path: Path) -> None:
    """A digest without colours of its own loads no further file."""
    assert style_sheet(Look(), None) == ""
    assert style_sheet(look(tmp_path, "title: x\n"), None) == ""
    assert style_sheet(Look(), "#7a1f2b") == ":root{--accent:#7a1f2b}\n"


def test_an_accent_holds_by_day_and_by_night(tmp_path: Path) -> None:
    """One accent for both, or one each."""
    both = look(tmp_path, 'theme: {colours: {accent: "#123"}}\n')
    assert dict(both.light)["accent"] == dict(both.dark)["accent"] == "#123"
    each = look(tmp_path, 'theme: {colours: {dark: {accent: "#abc"}, accent: "#123"}}\n')
    assert (dict(each.light)["accent"], dict(each.dark)["accent"]) == ("#123", "#abc")


def test_the_order_of_the_file_means_nothing(tmp_path: Path) -> None:
    """Two files that say the same make the same sheet."""
    one = look(tmp_path, 'theme: {colours: {light: {ink: "#111", paper: "#fff"}}}\n')
    assert one == look(tmp_path, 'theme: {colours: {light: {paper: "#fff", ink: "#111"}}}\n')


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    """Unknown names with the nearest known one, colours that are none, fonts that are CSS."""
    found = mistakes(
        tmp_path,
        "theme:\n  colour: {}\n  colours:\n    ink: '#000'\n    light:\n      papr: '#fff'\n"
        "      ink: #000\n      rule: red\n    dark: '#000'\n  fonts:\n"
        "    text: 'x;} body{display:none'\n    heads: Arial\n    code: url(x)\n"
        "    interface: []\ntitle: [x]\n",
    )
    assert "Did you mean “colours”?" in found[2].hint
    assert "below “light:”" in found[4].hint
    assert "Did you mean “paper”?" in found[6].hint
    assert "in quotes" in found[7].hint
    assert "“red”" in found[8].message
    assert {9, 11, 13, 14, 15} <= found.keys()
    assert "Did you mean “headings”?" in found[12].hint


@pytest.mark.parametrize("text", ["theme: dark\n", "theme: [a]\n", "theme:\n"])
def test_a_theme_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    """With what can stand there."""
    assert "colours, fonts" in mistakes(tmp_path, text)[1].hint


def test_text_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    """With the figure and the line; what was not set is not blamed."""
    (warning,) = look(tmp_path, 'theme:\n  colours:\n    dark:\n      soft: "#444444"\n').warnings
    assert (warning.severity, warning.line) == ("warning", 4)
    assert "1.8 : 1" in warning.message
    assert "from 4.5 : 1 on: make “soft” lighter, or “paper” darker." in warning.hint
    assert look(tmp_path, 'theme: {colours: {light: {ink: "#000"}}}\n').warnings == ()
    grey = look(tmp_path, 'theme: {colours: {light: {paper: "#777777"}}}\n').warnings
    assert {w.message.split("”")[0] for w in grey} == {"“ink", "“soft", "“link"}


def test_the_sheet_and_the_settings_know_the_same_colours() -> None:
    """The colours that digest.yaml names are those at the top of style.css."""
    for group, start in (("light", r":root \{"), ("dark", r':root\[data-theme="dark"\] \{')):
        block = re.search(start + r"(.*?)\}", STYLE, re.DOTALL)
        assert block is not None
        said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block[1]))
        own = {n: c for n, c in DEFAULTS[group].items() if n != "accent" or group == "light"}
        assert own.items() <= said.items()
    for name in (*(f"--{name}" for name in COLOURS), *(prop for prop, _ in FONTS.values())):
        assert f"var({name})" in STYLE, name
