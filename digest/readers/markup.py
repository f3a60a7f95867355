"""Text that carries HTML: its words without tags, its paragraphs kept."""

from __future__ import annotations

import html
import re

from digest.readers.fields import read_line, read_paragraphs

_TAG = re.compile(
    r"<!--(?:[^-]|-(?!->)){0,9999}+-->"
    r"|<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})(?:\s(?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*+)?/?>"
)
_HIDDEN = frozenset(
    ["script", "style", "template", "noscript", "svg", "annotation", "annotation-xml", "head"]
)
_BLOCKS = frozenset(
    """p div section article blockquote ul ol li dl dt dd table tr h1 h2 h3 h4 h5 h6 header footer
    hr pre figure""".split()
)
_INLINE = frozenset(
    """a abbr acronym b big bdi bdo br cite code dfn del em font i img ins kbd math mi mn mo mrow
    mstyle msub msup msubsup mfrac msqrt mtext semantics nobr q s samp small span strike strong sub
    sup tt u var wbr italic bold sc iframe form input button svg""".split()
)
_LOOKS = re.compile(
    rf"</(?:{'|'.join(sorted(_BLOCKS | _INLINE | _HIDDEN))})\s*>|<(?:br|p|hr)\s*/?>"
    r"|&(?:amp|lt|gt|quot|nbsp|#\d{2,6}|#x[0-9A-Fa-f]{2,5});",
    re.I,
)


def looks_like_markup(text: str) -> bool:
    """Whether `text` is HTML rather than words that happen to hold `<`."""
    return ("<" in text or "&" in text) and _LOOKS.search(text) is not None


def strip_tags(source: str) -> str:
    """The words of the HTML `source`; a blank line where a block begins or ends."""
    if "<" not in source:
        return html.unescape(source)
    parts: list[str] = []
    hidden = ""
    pos = 0
    for m in _TAG.finditer(source):
        name = (m[2] or "").lower()
        local = name.rpartition(":")[2]
        known = not name or local in _BLOCKS or local in _INLINE or local in _HIDDEN
        if not known:
            continue
        if not hidden:
            parts.append(source[pos : m.start()])
        pos = m.end()
        if hidden:
            if m[1] and local == hidden:
                hidden = ""
        elif local in _HIDDEN and not m[1] and not m[0].endswith("/>"):
            hidden = local
        elif local in _BLOCKS:
            parts.append("\n\n")
        elif local == "br":
            parts.append("\n")
    if not hidden:
        parts.append(source[pos:])
    return html.unescape("".join(parts))


def plain_line(source: str | None) -> str | None:
    """The words of the HTML `source` as one line; None where there are none."""
    return read_line(strip_tags(source)) if source else None


def plain_paragraphs(source: str | None) -> str | None:
    """The words of the HTML `source`, a blank line between paragraphs."""
    return read_paragraphs(strip_tags(source)) if source else None
