"""Words of XML elements: lines, paragraphs, formulae, dates, and the citation of a journal."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from digest.links import find_links
from digest.paper import Link
from digest.readers.fields import read_date, read_line, read_paragraphs
from digest.readers.listings.lines import LONGEST
from digest.readers.xml.door import short

_BLOCKS = frozenset(
    ["p", "sec", "abstract", "list", "list-item", "disp-formula", "disp-quote", "div", "li", "ul",
     "ol", "blockquote", "br"]
)  # fmt: skip
_HIDDEN = frozenset(
    ["script", "style", "annotation", "mml:annotation", "mml:annotation-xml", "object-id", "fn",
     "label", "email", "copyright-statement", "table-wrap", "fig", "inline-supplementary-material"]
)  # fmt: skip
_TITLES = frozenset(["title", "head"])
_NAMELESS = re.compile(r"(?:abstract|summary)[.: ]*", re.I)
_TEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)
_LABEL_END = "\x00"
_AFTER_LABEL = re.compile(r"\x00\s*")
_INDENTED = re.compile(r"\n(?=[ \t]{2,}\S)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_ADDRESS = re.compile(r"\.[A-Za-z]{2,12}/|\.(?:io|app|space)\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LEADING_MONTH = re.compile(r"\d{4}\s+[A-Za-z]{3,9}(?:\s+\d{1,2}(?![\d-]))?")


def child(element: ET.Element | None, name: str) -> ET.Element | None:
    """The first child called `name`."""
    if element is not None:
        for inner in element:
            if short(inner.tag) == name:
                return inner
    return None


def children(element: ET.Element | None, name: str) -> list[ET.Element]:
    """All children called `name`."""
    return [] if element is None else [inner for inner in element if short(inner.tag) == name]


def descend(element: ET.Element | None, *names: str) -> ET.Element | None:
    """The first child of the first child ... along `names`."""
    for name in names:
        element = child(element, name)
    return element


def words(element: ET.Element | None) -> str:
    """All text of `element`, blocks set apart by blank lines, a title before its block."""
    if element is None:
        return ""
    if len(element) == 0:
        return _tex(element) if short(element.tag) == "tex-math" else element.text or ""
    parts: list[str] = []
    stack: list[ET.Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        name = short(node.tag)
        if name in _HIDDEN:
            continue
        if name == "tex-math":
            parts.append(_tex(node))
            continue
        if name in _TITLES and node is not element:
            label = " ".join("".join(node.itertext()).split())
            if label and not _NAMELESS.fullmatch(label):
                parts.append(f"\n\n{label.rstrip(' .:')}: {_LABEL_END}")
            continue
        block = name in _BLOCKS
        if block:
            parts.append("\n\n")
            stack.append("\n\n")
        has_tex = name == "alternatives" and child(node, "tex-math") is not None
        for inner in reversed(node):
            if inner.tail:
                stack.append(inner.tail)
            if not (has_tex and short(inner.tag) != "tex-math"):
                stack.append(inner)
        if node.text:
            parts.append(node.text)
    return _AFTER_LABEL.sub("", "".join(parts))


def _tex(element: ET.Element) -> str:
    """JATS wraps a formula into a whole LaTeX document."""
    source = "".join(element.itertext())
    m = _TEX.search(source)
    return m[1].replace("$$", "$") if m else source


def line_of(element: ET.Element | None) -> str | None:
    """The words of `element` as one line; None where there are none."""
    return read_line(words(element))


def paragraphs_of(element: ET.Element | None) -> str | None:
    """The words of `element` with their paragraphs; None where there are none or too many."""
    found = words(element)
    return read_paragraphs(found) if len(found) <= LONGEST else None


def arxiv_paragraphs(text: str) -> str | None:
    """An abstract as arXiv keeps it: an indented line begins a paragraph.

    https://info.arxiv.org/help/prep.html#abstracts
    """
    if len(text) > LONGEST:
        return None
    text = text.strip()
    lines = text.count("\n")
    if lines and len(_INDENTED.findall(text)) * 2 <= lines:
        text = _INDENTED.sub("\n\n", text)
    return read_paragraphs(text)


def links_in(*texts: str | None) -> list[Link]:
    """The links in running text; most texts hold none, and that is told sooner than found."""
    text = "\n".join(filter(None, texts))
    marks = ("://", "www.", "WWW.", "Www.", "\\url", "\\href", "git@")
    if any(mark in text for mark in marks) or _ADDRESS.search(text):
        return list(find_links(text))
    return []


def parts_date(element: ET.Element | None, *names: str) -> str | None:
    """A date whose year, month and day are children of `element`, called as in `names`."""
    year, month, day = (line_of(child(element, name)) or "" for name in names)
    if not _YEAR.fullmatch(year):
        return None
    number = _MONTHS.get(month[:3].lower()) or (int(month) if _short_number(month) else 0)
    if not 1 <= number <= 12:
        return year
    whole = read_date(f"{year}-{number:02}-{int(day):02}") if _short_number(day) else None
    return whole or f"{year}-{number:02}"


def _short_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 2


def loose_date(value: str | None) -> str | None:
    """A date as MEDLINE writes spans and seasons: `1998 Dec-1999 Jan`, `2000 Spring`."""
    if not value:
        return None
    m = _LEADING_MONTH.match(value)
    if m:
        year, name, *day = m[0].split()
        number = _MONTHS.get(name[:3].lower())
        if number:
            whole = read_date(f"{year}-{number:02}-{int(day[0]):02}") if day else None
            return whole or f"{year}-{number:02}"
    year_found = _YEAR.match(value)
    return year_found[0] if year_found else None


def earliest(dates: Iterable[str | None]) -> str | None:
    """The first of `dates`; of two that agree, as far as both go, the more precise one."""
    best: str | None = None
    for date in dates:
        if date is None or (best is not None and best.startswith(date)):
            continue
        if best is None or date.startswith(best) or date < best:
            best = date
    return best


def citation(
    venue: str | None, volume: str | None, issue: str | None, pages: str | None, year: str | None
) -> str | None:
    """`Journal 25 (1), 441-475 (2000)`: where a paper stands; None without volume and pages."""
    if not venue or not (volume or pages):
        return None
    head = " ".join(part for part in (venue, volume, f"({issue})" if issue else None) if part)
    tail = f" ({year[:4]})" if year else ""
    return f"{head}, {pages}{tail}" if pages else head + tail
