"""What stands inside a block of Markdown: words, links, images and line breaks, in order.

Only what carries meaning in lists of papers is told apart (https://spec.commonmark.org/0.31.2/
chapter 6, and the HTML that people mix in); everything else stays the words that it is. LaTeX is
left alone. One pass, no recursion: the time grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Literal, NamedTuple

Kind = Literal["text", "link", "image", "break", "soft", "mark"]


class Piece(NamedTuple):
    """A run of words, a link (its label is `text`), an image (its alternative), or a break.

    `soft` is a line end inside a paragraph, which most often is a blank.
    """

    kind: Kind
    text: str = ""
    url: str = ""
    strong: bool = False
    emphasis: bool = False


_SPECIAL = re.compile(
    r"\\[\[\]|*`<>!~]|\$(?=\S)[^$\n]{0,400}(?<=\S)\$(?!\d)|`[^`\n]{1,400}`|!?\[|\]|<[^<>\n]{1,2000}>"
    r"|\*{1,3}|_{1,3}|https?://[^\s<>\"“”`|\\^{}\[\]（）【】，。；]{3,2000}"
    r"|(?:  |\\)\r?\n|\r\n?|\n"
)
_TARGET = re.compile(
    r"\(\s{0,9}(?:<([^<>\n]{0,2000})>|([^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,4}))"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?\s{0,9}\)"
)
_SPACED_TARGET = re.compile(r"\(\s{0,9}(https?://[^()<>\n]{1,500})\)")
_UNCLOSED = re.compile(r"\(\s?(https?://[^\s()<>\[\]]{3,2000})(?=\s{0,3}(?:$|[\r\n]))")
_LABEL_OF = re.compile(r"\[([^\[\]\n]{0,200})\]")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>])|<!--")
_HREF = re.compile(r"\b(?:href|src)\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.I)
_ALT = re.compile(r"\balt\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)')", re.I)
_BREAKING = frozenset(
    "br p div li ul ol tr td th table tbody thead details summary h1 h2 h3 h4 h5 h6 hr "
    "blockquote center".split()
)
_SILENT = frozenset(
    "span font sub sup u s small big code kbd mark ins del picture source tt nobr abbr cite q "
    "input samp var pre".split()
)
_STYLES = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_TRAILING = ".,;:!?'\"’”*_"
_MAX_DEPTH = 60


def parse(raw: str, references: Mapping[str, str] | None = None) -> list[Piece]:
    """The pieces of `raw`; `references` gives the addresses of `[label][name]`."""
    pieces: list[Piece] = []
    marks: list[tuple[bool, bool]] = []  # for the pieces that are marks: may open, may close
    openers: list[tuple[int, bool, int]] = []  # place in pieces, is an image, place in raw
    anchor: tuple[int, str] | None = None
    reached, size = 0, len(raw)
    scan = _SPECIAL.search

    def add(piece: Piece, flank: tuple[bool, bool] = (False, False)) -> None:
        pieces.append(piece)
        marks.append(flank)

    def close(start: int, kind: Kind, url: str) -> None:
        inner = _resolved(pieces[start:], marks[start:])
        del pieces[start:], marks[start:]
        while openers and openers[-1][0] >= start:
            openers.pop()
        label = "".join(p.text if p.kind in ("text", "link") else " " for p in inner)
        if not label.strip():
            label = " ".join(p.text for p in inner if p.kind == "image")
        strong = any(p.strong for p in inner) and all(
            p.strong for p in inner if p.kind == "text" and p.text.strip()
        )
        # What an image shows beside the words of a link is decoration.
        add(Piece(kind, " ".join(label.split()), url.strip(), strong))

    while reached < size:
        m = scan(raw, reached)
        if m is None:
            add(Piece("text", _words(raw[reached:])))
            break
        if m.start() > reached:
            add(Piece("text", _words(raw[reached : m.start()])))
        sign, reached = m[0], m.end()
        first = sign[0]
        if sign[-1] in "\r\n":
            add(Piece("break" if first in " \\" else "soft"))
        elif first == "\\":
            add(Piece("text", sign[1]))
        elif first == "$":
            add(Piece("text", sign))
        elif first == "`":
            add(Piece("text", sign[1:-1]))
        elif sign in ("[", "!["):
            openers.append((len(pieces), sign != "[", m.start()))
            if len(openers) > _MAX_DEPTH:
                del openers[0]
            add(Piece("text", sign))
        elif first == "]":
            target = _target(raw, reached, references, openers)
            if target is None:
                if openers:
                    openers.pop()
                add(Piece("text", "]"))
                continue
            url, reached = target
            start, is_image, _ = openers.pop()
            del pieces[start], marks[start]
            if anchor is not None and anchor[0] > start:
                anchor = None
            close(start, "image" if is_image else "link", url)
        elif first in "*_":
            add(Piece("mark", sign), _flanks(raw, m.start(), reached))
        elif first == "<":
            tag = _TAG.match(sign)
            name = tag[1].lower() if tag and tag[1] else ""
            if sign.startswith("<!--") or name == "a":
                if name == "a" and sign[1] != "/":
                    href = _HREF.search(sign)
                    anchor = (len(pieces), (href[1] or href[2] or href[3]) if href else "")
                elif name == "a" and anchor is not None:
                    start, url = anchor
                    anchor = None
                    if url and not url.startswith("#"):
                        close(start, "link", unescape(url))
            elif name == "img":
                alt, src = _ALT.search(sign), _HREF.search(sign)
                add(
                    Piece(
                        "image",
                        (alt[1] or alt[2] or "") if alt else "",
                        (src[1] or src[2] or src[3] or "") if src else "",
                    )
                )
            elif name in _BREAKING:
                add(Piece("break"))
            elif name in _STYLES:
                add(Piece("mark", f"<{_STYLES[name]}>"), (sign[1] != "/", sign[1] == "/"))
            elif name in _SILENT:
                pass
            elif re.match(r"<https?://\S+>$", sign):
                add(Piece("link", "", sign[1:-1]))
            else:
                reached = m.start() + 1
                add(Piece("text", "<"))
        else:
            url = _trimmed(sign)
            reached -= len(sign) - len(url)
            add(Piece("link", "", url))
    return _resolved(pieces, marks)


def _target(
    raw: str,
    at: int,
    references: Mapping[str, str] | None,
    openers: list[tuple[int, bool, int]],
) -> tuple[str, int] | None:
    """The address that a link whose label ends before `at` leads to, and where the link ends."""
    if not openers:
        return None
    if m := _TARGET.match(raw, at) or _SPACED_TARGET.match(raw, at):
        url = m[1] if m.re is _SPACED_TARGET or m[2] is None else m[2]
        return "".join((url or "").split()), m.end()
    if m := _UNCLOSED.match(raw, at):
        return m[1], m.end()
    if references:
        name = _LABEL_OF.match(raw, at)
        # A long label names no reference, and many of them would be costly to look up.
        start = max(openers[-1][2], at - 300)
        key = name[1] if name and name[1] else raw[start:at].strip("![]")
        url = references.get(" ".join(key.lower().split()))
        if url is not None:
            return url, name.end() if name else at
    return None


def _flanks(raw: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run of `*` or `_` may open, and may close, an emphasis."""
    before = raw[start - 1] if start else " "
    after = raw[end] if end < len(raw) else " "
    single = end - start == 1 or raw[start] == "_"
    may_open = not after.isspace() and not (single and before.isalnum() and before.isascii())
    may_close = not before.isspace() and not (single and after.isalnum() and after.isascii())
    return may_open, may_close


def _resolved(pieces: list[Piece], marks: list[tuple[bool, bool]]) -> list[Piece]:
    """`pieces` with pairs of marks turned into style, and marks without a partner into words."""
    if not any(p.kind == "mark" for p in pieces):
        return pieces
    opened: dict[str, int] = {}
    paired: dict[int, bool] = {}
    for at, piece in enumerate(pieces):
        if piece.kind != "mark":
            continue
        may_open, may_close = marks[at]
        if may_close and piece.text in opened:
            paired[opened.pop(piece.text)] = True
            paired[at] = False
        elif may_open:
            opened[piece.text] = at
    found: list[Piece] = []
    strong = emphasis = 0
    for at, piece in enumerate(pieces):
        if piece.kind == "mark":
            if at in paired:
                step = 1 if paired[at] else -1
                size = len(piece.text.strip("<>"))
                strong += step * (size > 1)
                emphasis += step * (size != 2)
            elif piece.text[0] != "<":
                found.append(Piece("text", piece.text, "", strong > 0, emphasis > 0))
            continue
        found.append(
            piece._replace(strong=piece.strong or strong > 0, emphasis=emphasis > 0)
            if strong > 0 or emphasis > 0
            else piece
        )
    return found


def _words(raw: str) -> str:
    return unescape(raw) if "&" in raw else raw


def _trimmed(url: str) -> str:
    while url and (url[-1] in _TRAILING or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


def plain(raw: str) -> str:
    """The words of `raw` on one line, without marks, tags and images; addresses stay."""
    parts = [
        (p.text or p.url) if p.kind in ("text", "link") else " " if p.kind != "image" else ""
        for p in parse(raw)
    ]
    return " ".join("".join(parts).split())


def prose(raw: str) -> str:
    """The words of a long passage, with a blank line where the markup begins a new line."""
    lines: list[str] = []
    line: list[str] = []
    ended = False
    for piece in parse(raw):
        blank = ended and piece.kind == "soft"
        ended = piece.kind == "soft" or (ended and piece.kind == "text" and not piece.text.strip())
        if piece.kind == "break" or blank:
            lines.append(" ".join("".join(line).split()))
            line = []
        elif piece.kind == "soft":
            line.append(" ")
        elif piece.kind != "image":
            line.append(piece.text or piece.url)
    lines.append(" ".join("".join(line).split()))
    return "\n\n".join(each for each in lines if each)
