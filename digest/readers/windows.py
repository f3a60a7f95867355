"""A text too large to hold is read in windows, each cut where an entry ended.

A window is read to its end, but kept only up to an entry well before it; the next window begins
behind that entry, so whatever is read has its surroundings. Which entry that is depends on the text
near it and not on its distance from the start: a change in a file moves the cuts near it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from msgspec import structs

from digest.paper import Record
from digest.readers.base import Passage, Remark
from digest.readers.reading import NOTHING, Before

_MARGIN = 2**16
"""Characters before a window's end in which no cut is made: what is cut off there is not whole."""
_LATE = 16
"""A cut is made in the last of so many parts of a window, for what follows it is read again."""
_MOST = 2**26
"""Characters of a window in which no entry ends; more are cut anywhere."""
_FINGERPRINT = 64
"""Characters that decide whether there is a cut before them."""


class Window(NamedTuple):
    """A part of a text, and its passages."""

    text: str
    before: Before
    passages: list[Passage] | None
    """With spans that count in `text`; None where the window is known."""
    mark: bytes
    """Hash of all that the window rests on; empty where it rests on more than its own text, and
    where nobody asks what is known."""


def read_in_windows(
    pieces: Iterator[str],
    read: Callable[[str], Iterator[Passage]],
    size: int,
    lead: str = "",
    apart: str = "",
    known: Callable[[bytes], int | None] | None = None,
) -> Iterator[Window]:
    """The windows of about `size` characters of the text whose `pieces` are given in order.

    `lead` is what of the file every window but the first needs before it to be understood, such as
    the names of columns; `apart` what stands between entries, and is not to begin a window. `known`
    gives the length of a window that was read before by its mark; it is not read again, unless it
    is the first, of which more may be said than what stands in it.
    """
    held, ahead, before, wanted = "", "", NOTHING, max(size, 4 * len(lead))
    while True:
        parts, length = [held, ahead], len(held) + len(ahead)
        piece: str | None = ""
        # One more than is wanted, to know whether there is more.
        while length <= wanted and (piece := next(pieces, None)) is not None:
            parts.append(piece)
            length += len(piece)
        ended = piece is None
        held = "".join(parts)
        # So much and no more: what a window rests on must not depend on how the pieces fell.
        held, ahead = (held, "") if ended else (held[:wanted], held[wanted:])
        shown = lead if before.characters else ""
        mark = _mark(shown, held, ended=ended) if known is not None else b""
        if known is not None and before.characters and (length_known := known(mark)):
            yield Window(held[:length_known], before, None, mark)
            if ended and length_known == len(held):
                return
            before = before.and_then(held[:length_known])
            held, wanted = held[length_known:], max(size, 4 * len(lead))
            continue
        limit = len(held) if ended else _last(held)
        passages = _read(read(shown + held), len(shown), limit)
        cut = len(held) if ended else _cut(held, passages, limit, apart)
        if cut == 0 and not ended and len(held) < _MOST:
            wanted = 2 * len(held)
            continue
        cut = cut or len(held)
        text = held[:cut]
        if text:
            yield Window(text, before, _until(passages, cut), mark)
        if ended:
            return
        before = before.and_then(text)
        held, wanted = held[cut:], max(size, 4 * len(lead))


def _mark(lead: str, text: str, *, ended: bool) -> bytes:
    about = blake2b(lead.encode("utf-8", "surrogatepass"), digest_size=16)
    about.update(b"\0last\0" if ended else b"\0")
    about.update(text.encode("utf-8", "surrogatepass"))
    return about.digest()


def _last(text: str) -> int:
    """Where the last cut of `text` may be."""
    return len(text) - _MARGIN if len(text) > 2 * _MARGIN else len(text) // 2


def _read(passages: Iterator[Passage], lead: int, limit: int) -> list[Passage]:
    """The passages behind the lead, of length `lead`, until an entry ends behind `limit`."""
    found: list[Passage] = []
    for passage in passages:
        if not lead and isinstance(passage, Record):
            found.append(passage)
            if passage.span[1] > limit:
                break
        elif _end(passage) > lead:
            placed = moved(passage, -lead) if lead else passage
            found.append(placed)
            if isinstance(placed, Record) and placed.span[1] > limit:
                # Nothing from here on is kept; a reader that reads as it goes is spared the rest.
                break
    return found


def cut_in_windows(
    pieces: Iterator[str], cut: Callable[[str, int], int], size: int
) -> Iterator[str]:
    """The windows of a format that can tell where an entry begins before it is read.

    `cut` gives the last such place of a text behind an offset, or -1. Their texts together are that
    of `pieces`.
    """
    held, wanted = "", size
    for piece in pieces:
        held += piece
        if len(held) < wanted:
            continue
        at = cut(held, 0)
        if at <= 0 and len(held) < _MOST:
            wanted = 2 * len(held)
            continue
        at = at if at > 0 else len(held)
        yield held[:at]
        held, wanted = held[at:], size
    if held:
        yield held


def _until(passages: list[Passage], cut: int) -> list[Passage]:
    kept: list[Passage] = []
    for passage in passages:
        if isinstance(passage, Record):
            if passage.span[1] <= cut:
                kept.append(passage)
        elif isinstance(passage, Remark):
            if passage.at < cut:
                kept.append(passage)
        elif passage.span[1] <= cut:
            kept.append(passage)
        elif passage.span[0] < cut:
            kept.append(structs.replace(passage, span=(passage.span[0], cut)))
    return kept


def _end(passage: Passage) -> int:
    return passage.at + 1 if isinstance(passage, Remark) else passage.span[1]


def _cut(text: str, passages: list[Passage], limit: int, apart: str) -> int:
    """Where to cut: behind an entry; 0 where none ends in time."""
    ends = [p.span[1] for p in passages if isinstance(p, Record) and p.span[1] <= limit]
    late = [end for end in ends if end >= limit - len(text) // _LATE] or ends[-1:]
    cut = min(late, key=lambda end: _fingerprint(text, end), default=0)
    if cut and apart:
        behind = cut + len(text[cut:]) - len(text[cut:].lstrip())
        cut = behind + len(apart) if text.startswith(apart, behind) else cut
    return cut


def _fingerprint(text: str, at: int) -> tuple[int, int]:
    return crc32(text[at : at + _FINGERPRINT].encode("utf-8", "replace")), at


def moved(passage: Passage, by: int) -> Passage:
    """`passage` with its place `by` characters further on."""
    if isinstance(passage, Remark):
        return structs.replace(passage, at=max(0, passage.at + by))
    start, end = passage.span
    return structs.replace(passage, span=(max(0, start + by), end + by))
