"""What a site says, in its language: the texts that come with digest, and the digest's own.

A digest may bring a catalogue in its theme, `templates/language/<tag>.po`, for a language that has
none here or to say something else than is said here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from digest.language import Words, find_faults, languages, words_of
from digest.problems import Problem
from digest.website.pages import Page
from digest.website.theme import Asset, Theme

SCRIPT = "assets/words.js"
"""The texts that the scripts say, in the site's language."""
_TEXT = r'"((?:[^"\\\n]|\\.){1,400})"'
_SAID = re.compile(rf"\bsay\({_TEXT}")
_COUNTED = re.compile(rf"\bmany\({_TEXT},\s{{0,40}}{_TEXT}")


def words_for(theme: Theme, language: str) -> Words:
    """Those of a BCP 47 tag, or English ones: see `words_of`."""
    words = words_of(language, _own(theme, language))
    # English may stand in for a language that has no catalogue, and have one in the theme.
    return words if words.language == language else words_of("en", _own(theme, "en"))


def language_problems(theme: Theme, language: str) -> Iterator[Problem]:
    """That no catalogue is there, and what is wrong in the digest's own."""
    words = words_for(theme, language)
    if words.language != language:
        known = ", ".join(languages())
        yield Problem(
            "",
            None,
            "note",
            f"the interface is in English: there are no texts for the language {language}",
            f"There are texts for {known}. Others stand in templates/language/{language}.po: see "
            f"Languages in the manual.",
        )
    for name, template in theme.languages:
        if words.own and words.own == template.source:
            for fault in find_faults(template.source, words.language):
                yield Problem(
                    template.file,
                    fault.line,
                    "warning",
                    fault.what,
                    f"What cannot be used of {name}.po is said as if it were not there.",
                )


def plan_words(theme: Theme, words: Words) -> Iterator[Page]:
    """The script with what the theme's scripts say; none where that is plain English."""
    said = words_script(theme, words)
    if said:
        yield Page(SCRIPT, "asset", Asset(said.encode()))


def words_script(theme: Theme, words: Words) -> str:
    """That script, or ""."""
    if words.is_plain:
        return ""
    said = _script_words(theme, words)
    return f"window.digestWords={json.dumps(said, separators=(',', ':'))};\n" if said else ""


def _script_words(theme: Theme, words: Words) -> dict[str, str | dict[str, str]]:
    """What stands for the texts in the scripts of the theme, where it is something else."""
    said: dict[str, str | dict[str, str]] = {}
    for text, other in script_texts(theme):
        if other is None:
            translated = words.say(text)
            if translated != text:
                said[text] = translated
        else:
            forms = words.forms(text, other)
            if forms != {"one": text, "other": other}:
                said[text] = forms
    return said


def script_texts(theme: Theme) -> list[tuple[str, str | None]]:
    """Texts in the scripts of the theme, each with its plural where it counts; in their order."""
    found: dict[tuple[str, str | None], None] = {}
    for name, content in theme.assets:
        if name.endswith(".js"):
            script = content.decode("utf-8", "replace")
            found |= {(_read(one[1]), None): None for one in _SAID.finditer(script)}
            found |= {(_read(c[1]), _read(c[2])): None for c in _COUNTED.finditer(script)}
    return sorted(found, key=lambda text: (text[0], text[1] or ""))


def _read(literal: str) -> str:
    try:
        text: str = json.loads(f'"{literal}"')
    except ValueError:
        return literal
    return text


def _own(theme: Theme, language: str) -> str:
    texts = {name: template.source for name, template in theme.languages}
    return texts.get(language) or texts.get(language.partition("-")[0]) or ""
