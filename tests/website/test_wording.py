"""The texts of a site: the digest's own before those that come with digest."""

from __future__ import annotations

from digest.language import words_of
from digest.website.theme import Template, Theme
from digest.website.wording import language_problems, script_texts, words_for, words_script

SCRIPT = b"""
function say(text) { return digestSay(text); }
button.textContent = say("Undo");
status.textContent = many("{n} paper", "{n} papers", n) + say("\\u201c{text}\\u201d", { text });
many("{n} tag",
  "{n} tags", 2); say("Undo"); say(ready); essay("Nothing");
"""


def theme(script: bytes = SCRIPT, **catalogues: str) -> Theme:
    rows = tuple((tag, Template(f"{tag}.po", text)) for tag, text in catalogues.items())
    return Theme((), (), (("assets/a.js", script), ("assets/a.css", b'say("x")')), "", "", rows)


def test_texts_of_scripts() -> None:
    """Every text that `say` or `many` is given as it stands, once, with its plural."""
    assert script_texts(theme()) == [
        ("Undo", None), ("{n} paper", "{n} papers"), ("{n} tag", "{n} tags"), ("“{text}”", None)
    ]  # fmt: skip


def test_a_hostile_script_takes_no_time() -> None:
    """However long what looks like a text goes on."""
    for piece in (b'say("', b'many("a", ', b'say("\\', b"say( "):
        assert isinstance(script_texts(theme(piece * 30_000)), list)


def test_plain_english_needs_no_script() -> None:
    """Another language does, and so does English said differently."""
    assert words_script(theme(), words_of("en")) == ""
    assert '"Undo":"R\\u00fcckg\\u00e4ngig"' in words_script(theme(), words_of("de"))
    own = theme(en='msgid "Undo"\nmsgstr "Take it back"\n')
    assert (
        words_script(own, words_for(own, "en")) == 'window.digestWords={"Undo":"Take it back"};\n'
    )


def test_the_nearest_catalogue_counts() -> None:
    """That of the region, then that of the language; texts that neither has are those of digest."""
    own = theme(de='msgid "Undo"\nmsgstr "Halt"\n', **{"de-CH": 'msgid "Undo"\nmsgstr "Retour"\n'})
    assert words_for(own, "de-CH").say("Undo") == "Retour"
    assert words_for(own, "de-AT").say("Undo") == "Halt"
    assert words_for(own, "de-AT").say("Tags") == "Schlagwörter"
    assert words_for(own, "en").say("Undo") == "Undo"


def test_an_unknown_language_falls_back_to_the_english_of_the_digest() -> None:
    """And a note says where its texts would stand."""
    own = theme(en='msgid "Undo"\nmsgstr "Take it back"\n')
    words = words_for(own, "tlh")
    assert (words.language, words.say("Undo")) == ("en", "Take it back")
    (problem,) = language_problems(own, "tlh")
    assert problem.severity == "note"
    assert "templates/language/tlh.po" in problem.hint
    assert list(language_problems(own, "en")) == []
