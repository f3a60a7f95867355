"""A language's catalogue, a file of gettext (`.po`): what it says for each English text.

Format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import io
from gettext import GNUTranslations
from importlib.resources import files

_FOLDER = "catalogues"


def read_catalogue(language: str) -> GNUTranslations | None:
    """That of a BCP 47 tag, or of its language alone; None where there is neither."""
    folder = files("digest.language") / _FOLDER
    for name in (language, language.partition("-")[0]):
        file = folder / f"{name}.po"
        if file.is_file():
            return _compiled(file.read_bytes())
    return None


def languages() -> tuple[str, ...]:
    """Those that have a catalogue, and English."""
    folder = files("digest.language") / _FOLDER
    found = (file.name for file in folder.iterdir())
    return tuple(sorted({"en", *(n.removesuffix(".po") for n in found if n.endswith(".po"))}))


def _compiled(source: bytes) -> GNUTranslations:
    # Imported here: a digest in English needs none of it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source)))
    return GNUTranslations(io.BytesIO(compiled.getvalue()))
