"""A language's catalogue, a file of gettext (`.po`): what it says for each English text.

Format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

_FOLDER = "catalogues"


class Fault(NamedTuple):
    """What is wrong in a catalogue."""

    line: int | None
    what: str


def read_catalogue(language: str) -> GNUTranslations | None:
    """That of a BCP 47 tag; None where there is none."""
    file = files("digest.language") / _FOLDER / f"{language}.po"
    if not _is_name(language) or not file.is_file():
        return None
    return compiled(file.read_text("utf-8"), language)


def languages() -> tuple[str, ...]:
    """Those that have a catalogue, and English."""
    folder = files("digest.language") / _FOLDER
    found = (file.name for file in folder.iterdir())
    return tuple(sorted({"en", *(n.removesuffix(".po") for n in found if n.endswith(".po"))}))


def compiled(source: str, language: str) -> GNUTranslations:
    """What can be said of the texts in `source`, a `.po` file: all that is not at fault."""
    # Imported here: a digest in English needs none of it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415

    written = io.BytesIO()
    write_mo(written, _sound(source, language)[0])
    return GNUTranslations(io.BytesIO(written.getvalue()))


def find_faults(source: str, language: str) -> tuple[Fault, ...]:
    """Why the whole of `source`, or some of its texts, cannot be used."""
    return _sound(source, language)[1]


@lru_cache(4)
def _sound(source: str, language: str) -> tuple[Catalog, tuple[Fault, ...]]:
    from babel import UnknownLocaleError  # noqa: PLC0415
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    tag = language.replace("-", "_")
    try:
        catalogue = read_po(io.BytesIO(source.encode()), locale=tag, abort_invalid=True)
    except (PoFileError, UnknownLocaleError, ValueError, LookupError) as error:
        return Catalog(), (Fault(None, f"the file cannot be read: {error}"),)
    found = []
    for message in [message for message in catalogue if message.id and message.string]:
        for what in _wrong(message, catalogue.num_plurals):
            found.append(Fault(message.lineno, f"the text for “{_first(message)}” {what}"))
            catalogue.delete(message.id, message.context)
            break
    return catalogue, tuple(found)


def _wrong(message: Message, plurals: int) -> Iterator[str]:
    english, said = _as_list(message.id), _as_list(message.string)
    single = len(english) == 1
    if isinstance(message.string, str) != single:
        yield "must have no plural forms" if single else "must have plural forms"
        return
    if not single and len(said) != plurals:
        yield f"has {len(said)} plural forms, where the language has {plurals}"
    known = set().union(*map(_places, english))
    for text in said:
        try:
            more = _places(text) - known
        except ValueError as error:
            yield f"is broken: {error}"
            continue
        if more:
            yield f"has {{{min(more)}}}, which the English one has not"


def _places(text: str) -> set[str]:
    """What stands in braces; an attribute, an index or a format makes a name of its own."""
    return {
        f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
        for _, name, form, conversion in Formatter().parse(text)
        if name is not None
    }


def _as_list(texts: str | Sequence[str] | None) -> Sequence[str]:
    return [texts] if isinstance(texts, str) else texts or ()


def _first(message: Message) -> str:
    return _as_list(message.id)[0]


def _is_name(language: str) -> bool:
    return language.replace("-", "").isalnum()
