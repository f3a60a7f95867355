"""Every text of the interface, as it stands in Python, in templates and in scripts.

`python -m tests.language.texts` (`make words`) writes them into the catalogues: what is said
already stays, what nobody says any more goes, and what is new stands there empty.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from digest.website.engine import Once
from digest.website.theme import default_folder, load_theme
from digest.website.wording import script_texts

PACKAGE = Path(__file__).parent.parent.parent / "digest"
CATALOGUES = PACKAGE / "language" / "catalogues"
_SAYS = {"say": 1, "noted": 1, "many": 2}


class Text(NamedTuple):
    """An English text; `other` for more than one, or "" where nothing is counted."""

    one: str
    other: str = ""


@cache
def texts() -> dict[Text, tuple[str, ...]]:
    """With the files in which they stand."""
    found: dict[Text, list[str]] = {}
    for place, text in (*_python(), *_templates(), *_scripts()):
        places = found.setdefault(text, [])
        if place not in places:
            places.append(place)
    return {text: tuple(sorted(found[text])) for text in sorted(found)}


def _python() -> Iterator[tuple[str, Text]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            said = [one.value for one in node.args if isinstance(one, ast.Constant)]
            said = [text for text in said if isinstance(text, str)]
            if (name == "noted" or "website" in path.parts) and len(said) >= _SAYS.get(name, 9):
                yield path.relative_to(PACKAGE.parent).as_posix(), Text(*said[: _SAYS[name]])


def _templates() -> Iterator[tuple[str, Text]]:
    environment = Environment(extensions=[Once], autoescape=True)
    for path in sorted(default_folder().glob("*.html")):
        tree = environment.parse(path.read_text("utf-8"))
        for _, function, said in extract_from_ast(tree, ("_", "many"), babel_style=True):
            words = [said] if isinstance(said, str) else [text for text in said if text]
            if words:
                yield f"templates/{path.name}", Text(*words[: 2 if function == "many" else 1])


def _scripts() -> Iterator[tuple[str, Text]]:
    for one, other in script_texts(load_theme(default_folder())):
        yield "templates/assets", Text(one, other or "")


def read(language: str) -> Catalog:
    """The catalogue of a language as it is."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def render(language: str, catalogue: Catalog) -> str:
    """The catalogue with all texts, and no other, in the order of the texts."""
    rows = [
        'msgid ""', 'msgstr ""', f'"Language: {language}\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        f'"Plural-Forms: {catalogue.plural_forms}\\n"', "",
    ]  # fmt: skip
    for text, places in texts().items():
        message = catalogue.get(text.one)
        said = message.string if message and bool(message.pluralizable) == bool(text.other) else ""
        rows += [f"#: {place}" for place in places]
        rows.append(f"msgid {_quoted(text.one)}")
        if text.other:
            forms = said or [""] * catalogue.num_plurals
            rows.append(f"msgid_plural {_quoted(text.other)}")
            rows += [f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(forms)]
        else:
            rows.append(f"msgstr {_quoted(said or '')}")
        rows.append("")
    return "\n".join(rows)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    for file in sorted(CATALOGUES.glob("*.po")):
        file.write_text(render(file.stem, read(file.stem)), "utf-8")
