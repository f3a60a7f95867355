"""The one door for XML: elements found by a linear scan, each parsed by itself.

A file of entries is never given to a parser as a whole. A scan that knows nothing but comments,
CDATA and the entries' own tags finds where each entry stands, so that a broken one costs itself
alone; expat then parses the entry inside a root of ours that declares the namespaces of the file's
root. Because that root comes first, an entry can hold no document type and declare no entity: there
is nothing to expand, to fetch or to open.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

from digest.readers.xml.scan import XMLNS, Spot, tag_end

LARGEST = 16 * 2**20
"""Characters above which an entry is not parsed."""

_LONGEST_PROLOG = 20_000
_NAME = r"(?:[\w.-]{1,40}:)?[A-Za-z_][\w.-]{0,60}"
_ROOT = re.compile(rf"<({_NAME})(?=[\s/>])")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.I)
_SUBSET_END = re.compile(r"\]\s*>")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][A-Za-z0-9_.-]{0,39}):[A-Za-z_]")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOSE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);|#\d{1,7};|#x[0-9A-Fa-f]{1,6};)"
    r"|<(?![A-Za-z_/?]|!--|!\[CDATA\[)"
    r"|&#(\d{1,7}|x[0-9A-Fa-f]{1,6});"
)
_LINE = re.compile(r"\r\n|\n|\r")

# Namespaces and the prefix by which the readers know them; "" where the names stand alone.
_SPACES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.openarchives.org/OAI/2.0/": "",
    "http://www.w3.org/1999/xhtml": "",
    "http://www.w3.org/1998/Math/MathML": "mml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://arxiv.org/schemas/atom": "arxiv",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://www.openarchives.org/OAI/2.0/oai_dc/": "oai_dc",
}
_PLAIN_SPACES = (
    "http://arxiv.org/OAI/",
    "http://www.crossref.org/",
    "http://www.ncbi.nlm.nih.gov/JATS",
    "http://jats.nlm.nih.gov",
    "https://jats.nlm.nih.gov",
    "http://dtd.nlm.nih.gov",
)
_USUAL = {
    **{short: uri for uri, short in _SPACES.items() if short not in ("", "xml")},
    "jats": "http://www.ncbi.nlm.nih.gov/JATS1",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "atom": "http://www.w3.org/2005/Atom",
}
_RESERVED = frozenset(["xml", "xmlns"])


class Root(NamedTuple):
    """The first element of a text and what stands before it."""

    name: str
    """Without its prefix."""
    start: int
    end: int
    """Behind its start tag."""
    spaces: dict[str, str]
    """Prefixes that it declares; the default namespace is left out."""
    head: str
    """Its start tag as written."""
    declares: int | None
    """Where a document type declares entities, or None."""


class Fault(Exception):  # noqa: N818 - what is wrong with the input, no error of ours
    """`at` (offset in the text) and what is wrong with the XML there."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at
        self.why = why


def find_root(text: str) -> Root | None:
    """The first element of `text`, behind declarations, comments and the document type.

    Words before it are allowed where they are those with which browsers show XML.
    """
    pos = 1 if text.startswith("\ufeff") else 0
    first = text.find("<", pos, _LONGEST_PROLOG)
    if first < 0 or (
        text[pos:first].strip() and "style information associated" not in text[pos:first]
    ):
        return None
    pos, declares = first, None
    while True:
        pos = _skip_blank(text, pos)
        if text.startswith("<?", pos):
            end = text.find("?>", pos, pos + _LONGEST_PROLOG)
        elif text.startswith("<!--", pos):
            end = text.find("-->", pos, pos + _LONGEST_PROLOG) + 1
        elif _DOCTYPE.match(text, pos):
            end, found = _doctype(text, pos)
            declares = found if found is not None else declares
        else:
            break
        if end <= 0:
            return None
        pos = end + 2 if not _DOCTYPE.match(text, pos) else end
    m = _ROOT.match(text, pos)
    if m is None:
        return None
    end = tag_end(text, pos)
    head = text[pos : min(end, pos + _LONGEST_PROLOG)]
    spaces = {
        prefix: value[1:-1]
        for prefix, value in XMLNS.findall(head)
        if prefix and prefix not in _RESERVED and len(value) > 2 and not _is_reserved(value[1:-1])
    }
    return Root(m[1].rpartition(":")[2], pos, end, spaces, head, declares)


def _is_reserved(uri: str) -> bool:
    if not uri.isprintable():
        return True
    return uri.startswith(("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns"))


def _skip_blank(text: str, pos: int) -> int:
    while pos < len(text) and text[pos].isspace():
        pos += 1
    return pos


def _doctype(text: str, pos: int) -> tuple[int, int | None]:
    """Where the document type at `pos` ends, and where it declares an entity."""
    limit = min(len(text), pos + LARGEST)
    close = text.find(">", pos, limit)
    subset = text.find("[", pos, close if close >= 0 else limit)
    if subset >= 0:
        m = _SUBSET_END.search(text, subset, limit)
        close = m.end() - 1 if m else -1
    if close < 0:
        return 0, pos
    declared = text.find("<!ENTITY", pos, close)
    return close + 1, declared if declared >= 0 else None


def parse(text: str, spot: Spot, spaces: dict[str, str]) -> tuple[ET.Element, str | None]:
    """The element at `spot`, and what had to be mended in it.

    Raises Fault where it is not XML even with loose `&` and `<` taken for the characters.
    """
    if spot.end - spot.start > LARGEST:
        raise Fault(spot.start, f"longer than {LARGEST:,} characters")
    source = text[spot.start : spot.end]
    if "&" in source:
        source = _ENTITY.sub(_known_entity, source)
    mended = None
    if _CONTROL.search(source):
        source, mended = _CONTROL.sub(" ", source), "it holds control characters"
    try:
        return _parse(source, spaces), mended
    except ET.ParseError as error:
        fault = error
    try:
        return _parse(_LOOSE.sub(_tightened, source), spaces), str(fault).partition(":")[0]
    except ET.ParseError:
        at = min(_offset(source, fault.position), spot.end - spot.start - 1)
        why = str(fault).partition(":")[0]
        raise Fault(spot.start + max(at, 0), why) from fault


def _parse(source: str, spaces: dict[str, str]) -> ET.Element:
    declared = {**_USUAL, **spaces}
    for _ in range(2):
        # expat loads nothing by itself, and behind this root no document type can follow.
        parser = ET.XMLParser()  # noqa: S314
        words = " ".join(f'xmlns:{p}="{u}"' for p, u in declared.items() if '"' not in u)
        try:
            parser.feed(f"<root {words}>\n")
            parser.feed(source)
            parser.feed("</root>")
            root: ET.Element = parser.close()
        except ET.ParseError as error:
            if not str(error).startswith("unbound prefix"):
                raise
            for prefix in _PREFIX.findall(source):
                if prefix not in _RESERVED:
                    declared.setdefault(prefix, f"unknown:{prefix}")
            continue
        if len(root) == 1:
            return root[0]
        break
    failed = ET.ParseError("not one element: line 2, column 0")
    failed.position = (2, 0)
    raise failed


def _known_entity(m: re.Match[str]) -> str:
    value = html5.get(m[1])
    return value if value and value not in "&<" else m[0]


def _tightened(m: re.Match[str]) -> str:
    if m[1]:
        code = int(m[1][1:], 16) if m[1][0] == "x" else int(m[1])
        fit = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
        return m[0] if fit or 0x10000 <= code <= 0x10FFFF else "\ufffd"
    return "&amp;" if m[0] == "&" else "&lt;"


def _offset(source: str, position: tuple[int, int]) -> int:
    """Where in `source`, which starts on line 2, expat stopped."""
    wanted, column = position
    start, line = 0, 2
    for m in _LINE.finditer(source):
        if line >= wanted:
            break
        start, line = m.end(), line + 1
    return start + column


@lru_cache(maxsize=4096)
def short(tag: str) -> str:
    """`{namespace}name` as the readers know it: `dc:title`, `entry`; `?:name` where unknown."""
    if tag[:1] != "{":
        return tag
    uri, _, name = tag[1:].partition("}")
    prefix = _SPACES.get(uri)
    if prefix is None:
        prefix = "" if uri.startswith(_PLAIN_SPACES) else "?"
    return f"{prefix}:{name}" if prefix else name
