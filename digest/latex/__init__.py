r"""LaTeX text and mathematics as safe HTML with MathML, or as plain Unicode text.

For titles and abstracts: short texts by strangers, often half LaTeX. Nothing raises, nothing is
lost for want of understanding, and work grows with the length of the text.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from digest.latex.macros import expand_macros
from digest.latex.prose import Prose
from digest.latex.writers import HtmlWriter, PlainWriter
from digest.text import clean

__all__ = ["looks_like_tex", "to_html", "to_html_paragraphs", "to_plain"]

_MARKS = ("\\", "$", "{", "}", "`", "--", "''", "~")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*+\n\s*+")


def looks_like_tex(text: str) -> bool:
    """Whether `text` holds anything that LaTeX would not print as it is written."""
    return any(map(text.__contains__, _MARKS))


def to_html(text: str) -> Markup:
    """`text` as phrasing content, safe whatever `text` is.

    Elements: `em strong code u sup sub a` and those of MathML; `a` with http and https addresses
    only. A formula that is broken stands as its source in `<code class="tex">`.
    """
    text = clean(text)
    if not looks_like_tex(text) and "://" not in text:
        return escape(text)
    writer = HtmlWriter()
    Prose(expand_macros(text), writer).read()
    return Markup("".join(writer.parts))  # noqa: S704 (every part is escaped or an element of ours)


def to_html_paragraphs(text: str) -> tuple[Markup, ...]:
    """The paragraphs of `text`, which blank lines part, each as by `to_html`."""
    parts = _PARAGRAPH_BREAK.split(text) if "\n" in text else (text,)
    return tuple(to_html(part) for part in parts if part and not part.isspace())


def to_plain(text: str) -> str:
    """`text` without markup: accents, symbols and simple scripts as Unicode (`x²`, `H₂O`, `x^n`).

    White space is folded where the text holds LaTeX, but for the blank lines between paragraphs.
    """
    text = clean(text)
    if not looks_like_tex(text):
        return text
    paragraphs = (_plain(part) for part in _PARAGRAPH_BREAK.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def _plain(text: str) -> str:
    writer = PlainWriter()
    Prose(expand_macros(text), writer).read()
    return unicodedata.normalize("NFC", " ".join("".join(writer.parts).split()))
