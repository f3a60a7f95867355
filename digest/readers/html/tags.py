"""Tags of a saved page that speak of papers, found by a linear scan.

No tree is built: pages are broken in more ways than a tree can hold, and what is sought stands in
single tags. Comments, scripts and styles are passed over, but for scripts that hold data.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.paper import Span

_OPENING = re.compile(
    r"<!--|<(meta|link|base|script|style|span|a|template|textarea|noscript)(?=[\s>/])", re.I
)
_END = re.compile(r"(?:[^\"'>]++|\"[^\"]*\"|'[^']*')*+>")
_ATTRIBUTE = re.compile(
    r"([^\s=<>\"'/]{1,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]{1,2000})))?"
)
_PROPS = re.compile(r"\bdata-props\s*=\s*([\"'])")
_BOX = re.compile(r"<(div|section|blockquote|article|p|span)\b([^<>]{0,1000})>", re.I)
_HEADING = re.compile(
    r">\s*(?:Abstract|ABSTRACT|Summary|Zusammenfassung|R[ée]sum[ée])\s*:?(?:&nbsp;|\s)*</"
)
_OPEN_BOX = re.compile(r"<(div|section|blockquote|article|p|span)\b[^<>]{0,1000}>", re.I)
_GIVEN_AND_FAMILY = re.compile(
    r"<span\s[^<>]{0,200}?\bclass\s*=\s*[\"'][^\"'<>]{0,80}\bgiven-?name\b[^<>]{0,200}>([^<>]{1,100})</span>"
    r"\s{0,20}<span\s[^<>]{0,200}?\bclass\s*=\s*[\"'][^\"'<>]{0,80}\b(?:sur|family-?)name\b[^<>]{0,200}>"
    r"([^<>]{1,100})</span>",
    re.I,
)
_LONGEST_TAG = 60_000
_LONGEST_ABSTRACT = 20_000
_PATIENCE = 20


class Tag(NamedTuple):
    """A tag with its attributes, whose names are in lower case and whose values are unescaped."""

    name: str
    span: Span
    attributes: dict[str, str]
    content: Span
    """Of a script, what stands between its tags; else empty."""


def find_tags(text: str) -> Iterator[Tag]:
    """The tags `meta`, `link`, `base`, `span`, `a` and the scripts of a page, in order."""
    pos = 0
    patience = _PATIENCE
    while m := _OPENING.search(text, pos):
        if not m[1]:
            close = text.find("-->", m.end())
            pos = close + 3 if close >= 0 else m.end()
            if close < 0 and (patience := patience - 1) < 0:
                return
            continue
        end = _END.match(text, m.end(), m.end() + _LONGEST_TAG) if patience > 0 else None
        if end is None:
            # A quote that nobody closed: asking for its end again and again would take for ever.
            patience -= 1
            close = text.find(">", m.end(), m.end() + _LONGEST_TAG)
            stop = close + 1 if close >= 0 else m.end()
        else:
            stop = end.end()
        name, pos = m[1].lower(), stop
        content = (stop, stop)
        if name in ("script", "style", "template", "textarea"):
            close = _closing(text, name, stop)
            content, pos = (stop, close), close
        if name in ("style", "template", "textarea", "noscript"):
            continue
        yield Tag(name, (m.start(), stop), attributes(text[m.end() : stop]), content)


def _closing(text: str, name: str, start: int) -> int:
    m = re.compile(rf"</{name}(?=[\s>/])", re.I).search(text, start)
    return m.start() if m else len(text)


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag; of two of a name the first counts."""
    found: dict[str, str] = {}
    for m in _ATTRIBUTE.finditer(source):
        value = m[2] if m[2] is not None else m[3] if m[3] is not None else m[4] or ""
        found.setdefault(m[1].lower(), html.unescape(value))
    return found


def find_props(text: str) -> Iterator[Span]:
    """Where the values of `data-props` attributes stand, in which pages keep their data as JSON."""
    pos = 0
    while m := _PROPS.search(text, pos):
        close = text.find(m[1], m.end())
        if close < 0:
            return
        yield m.end(), close
        pos = close + 1


class Unescaped:
    """The characters that a stretch of HTML stands for, each with its place in the source."""

    _REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

    def __init__(self, text: str, span: Span) -> None:
        parts: list[str] = []
        self._shown = [0]
        self._source = [span[0]]
        at, pos = 0, span[0]
        for m in self._REFERENCE.finditer(text, *span):
            value = html.unescape(m[0])
            parts += (text[pos : m.start()], value)
            at += m.start() - pos + len(value)
            pos = m.end()
            self._shown.append(at)
            self._source.append(pos)
        parts.append(text[pos : span[1]])
        self.text = "".join(parts)

    def place(self, offset: int) -> int:
        """Where in the source the character at `offset` of `text` stands."""
        low, high = 0, len(self._shown)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._shown[middle] <= offset else (low, middle)
        return self._source[low] + offset - self._shown[low]


def find_abstracts(text: str) -> Iterator[str]:
    """The HTML of elements that are called an abstract, then of those under such a heading."""
    tried = 0
    for m in _BOX.finditer(text):
        if "bstract" not in m[2] and "ummary" not in m[2]:
            continue
        given = attributes(m[2])
        called = f"{given.get('class', '')} {given.get('id', '')}".lower().split()
        if any(name.endswith("abstract") for name in called) or (
            {"abstract-content", "abstract-text", "abstractsection"} & set(called)
        ):
            tried += 1
            yield text[m.end() : _element_end(text, m[1], m.end())]
            if tried > _PATIENCE:
                return
    for count, m in enumerate(_HEADING.finditer(text)):
        box = _OPEN_BOX.search(text, m.end(), m.end() + 1_500)
        if count > _PATIENCE:
            return
        if box:
            yield text[box.end() : _element_end(text, box[1], box.end())]


def find_names(text: str) -> Iterator[str]:
    """The names that a page shows in two parts, marked as given name and surname."""
    for m in _GIVEN_AND_FAMILY.finditer(text):
        yield " ".join(html.unescape(f"{m[1]} {m[2]}").split())


def _element_end(text: str, name: str, start: int) -> int:
    limit = min(len(text), start + _LONGEST_ABSTRACT)
    depth = 1
    for m in re.compile(rf"<(/?){re.escape(name)}(?=[\s>/])", re.I).finditer(text, start, limit):
        depth += -1 if m[1] else 1
        if depth == 0:
            return m.start()
    return limit
