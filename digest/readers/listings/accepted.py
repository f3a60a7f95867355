"""Lists of accepted papers: a line with the title, a line with the authors, in turn.

Only the form of the lines tells which is which. Bullets, numbers, headings of sessions, buttons,
a line of institutions and an abstract may stand between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from digest.links import find_links
from digest.paper import Record, Span
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.bylines import name_share, read_byline
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.kinds import unquoted
from digest.readers.listings.lines import LONGEST, Line, find_lines, join_paragraphs
from digest.readers.listings.sessions import ANNOUNCED, BUTTONS, HEADING, INSTITUTION, VENUE
from digest.text import fold

_BULLET = re.compile(
    r"(?:\d{1,2}[:.h]\d\d(?:\s?[-–]\s?\d{1,2}[:.h]\d\d)?(?:\s?[ap]m)?\s{1,8}(?=[^\W\d_])"
    r"|[-•*▪◦‣·–—○●■]\s{1,8}|[\[(]?(?:paper |poster |id )?#?\d{1,5}[\])]?(?:[.:)]\s{1,8}"
    r"|\t\s{0,8}|\s{2,8})|[\[(]#?[A-Z]{0,3}-?\d{1,5}[\])]\s{0,8}|#\d{1,5}\s{1,8}){1,2}",
    re.I,
)
_PROSE = re.compile(
    r"\b(?:we|is|are|was|were|has|have|our|this|that|which|these|can|it|by)\b", re.I
)
_UNFINISHED = re.compile(
    r"(?:[,:–—-]|\b(?:of|the|and|a|an|in|to|for|with|via|by|from|on|or|under))$"
)
_SURE = 0.6
_HALF_NAMES = 0.5
_WIDEST = 100
_FULL = 85
_HALF = 40
_BODY = 200
_LONGEST_TITLE = 400
_FEWEST = 3
_RARE = 4
_NO_LIST = ("<", "{", "@", "%", "\\", "---\n")


class _Pair(Struct):
    """A title, its authors, and what belongs to them."""

    title: list[Line]
    names: list[Line]
    start: int
    end: int
    body: list[Line]


class _Listing(Struct):
    """What `_parse` made of a page, in order: pairs, furniture, and lines that fit nowhere."""

    items: list[_Pair | tuple[Span, bool]]
    shares: list[tuple[float, int]]
    covered: int = 0
    stray: int = 0


def _words(text: str, line: Line) -> tuple[int, str]:
    """Where the words of `line` begin behind its bullet or number, and the words."""
    bullet = _BULLET.match(text, line.start, line.end)
    start = bullet.end() if bullet and bullet.end() < line.end else line.start
    return start, text[start : line.end]


def _parse(text: str) -> _Listing:
    found = _parse_lines(text, adjoined=False)
    pairs = [item for item in found.items if isinstance(item, _Pair)]
    apart = sum(pair.names[0].after_blank for pair in pairs)
    if not 0 < apart * _RARE <= len(pairs):
        return found
    # Nearly all authors stand right below their titles: so do the others, and a line of capitals
    # behind a blank line is a title.
    return _parse_lines(text, adjoined=True)


def _parse_lines(text: str, *, adjoined: bool) -> _Listing:
    """`adjoined` says that no blank line parts authors from their title."""
    found = _Listing([], [])
    held: list[Line] = []
    pair: _Pair | None = None

    def drop() -> None:
        for line in held:
            heading = _is_heading(text[line.start : line.end])
            found.items.append(((line.start, line.end), heading))
            found.stray += not heading
            found.covered += heading
        held.clear()

    # The line before, where it was put aside: a line of authors below it makes it a title.
    aside: tuple[Line, int | None] | None = None
    lines = list(find_lines(text))
    longest = _width(lines)
    for index, line in enumerate(lines):
        start, words = _words(text, line)
        size = line.end - start
        share, count = name_share(words[:6000])
        several = share >= _SURE and count > 1
        button = size < 200 and BUTTONS.fullmatch(words) is not None
        # Where titles have bullets or numbers, a line that has one is no line of authors.
        opens = start > line.start and not (held and _words(text, held[0])[0] > held[0].start)
        if several and not opens and not held and aside:
            put, pair_end = aside
            if pair_end is None:
                found.items.pop()
            elif pair:
                pair.end = pair_end
            found.covered -= 1
            held.append(put)
        aside = None
        parted = adjoined and line.after_blank
        if (
            not (opens or button or parted)
            and _is_name_below(held, text, several, share)
            and not _is_title_above(held, text, lines[index + 1 : index + 2])
        ):
            pair = _Pair(held[:], [line], held[0].start, line.end, [])
            held.clear()
            found.items.append(pair)
            found.shares.append((share, count))
            found.covered += 2
        elif button or is_furniture(words):
            if held or pair is None:
                drop()
                pair = None
                found.items.append(((line.start, line.end), True))
                aside = None if button else (line, None)
            else:
                aside = None if button else (line, pair.end)
                pair.end = line.end
            found.covered += 1
        elif pair and not held and not opens and _goes_on(text, pair, line, words, share, count):
            if line not in (pair.names[-1], *pair.body[-1:]):
                aside = (line, pair.end)
            pair.end = line.end
            found.covered += 1
        elif size > _LONGEST_TITLE:
            drop()
            found.items.append(((line.start, line.end), False))
            found.stray += 1
            pair = None
        else:
            if held and not _is_wrapped(text, held[-1], line, longest):
                drop()
            held.append(line)
            # Whatever the line proves to be, the pair above it is whole.
            pair = None
    drop()
    return found


def _is_name_below(held: list[Line], text: str, several: bool, share: float) -> bool:
    """Whether a line is the authors of the title `held`; one name alone suits no heading."""
    if not held:
        return False
    # Below a title with a bullet a line without one is its authors, though some look odd.
    marked = share >= _HALF_NAMES and _words(text, held[0])[0] > held[0].start
    if not (several or share == 1.0 or marked):
        return False
    return several or not _is_heading(text[held[0].start : held[-1].end])


def _is_title_above(held: list[Line], text: str, follows: list[Line]) -> bool:
    """Whether a line that reads like names, below a heading, is a title with its authors below."""
    if not follows or follows[0].after_blank or not _is_heading(text[held[0].start : held[-1].end]):
        return False
    share, count = name_share(_words(text, follows[0])[1][:6000])
    return share == 1.0 or (share >= _SURE and count > 1)


def _goes_on(text: str, pair: _Pair, line: Line, words: str, share: float, count: int) -> bool:
    """Whether `line`, below a pair, is one more line of it; puts it where it belongs."""
    if not pair.body and text[pair.names[-1].end - 1] in ",;" and share >= _SURE:
        pair.names.append(line)
        return True
    if len(words) >= _BODY and len(_PROSE.findall(words[:2000])) >= 3:
        pair.body.append(line)
        return True
    if pair.body and not line.after_blank and len(words) > 40:
        pair.body.append(line)
        return True
    return (
        not pair.body
        and not line.after_blank
        and INSTITUTION.search(words) is not None
        and (share < _SURE or count < 2)
    )


def _is_heading(words: str) -> bool:
    return len(words) < 160 and (
        HEADING.fullmatch(words) is not None or VENUE.fullmatch(words) is not None
    )


def _width(lines: list[Line]) -> int:
    """The width to which the lines were broken, or 0 where they were not."""
    sizes = [line.end - line.start for line in lines]
    longest = max(sizes, default=0)
    full = sum(size * 100 >= longest * _FULL for size in sizes)
    return longest if longest <= _WIDEST and full >= max(3, len(sizes) // 10) else 0


def _is_wrapped(text: str, last: Line, line: Line, longest: int) -> bool:
    """Whether `line` goes on with the title that was broken after `last`."""
    if line.after_blank or _is_heading(text[last.start : last.end]):
        return False
    if _words(text, line)[0] > line.start:
        return False
    size = last.end - last.start
    full = 0 < longest * _FULL <= size * 100
    return (
        text[line.start].islower()
        or full
        or (
            size >= _HALF
            and _UNFINISHED.search(text, max(last.start, last.end - 12), last.end) is not None
        )
    )


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    if text.lstrip().startswith(_NO_LIST) or "\n\\\\" in text:
        return 0.0
    found = _parse(text)
    pairs = len(found.shares)
    announced = pairs > 0 and _is_announced(text, found)
    if pairs < _FEWEST and not announced:
        return 0.0
    several = sum(count > 1 for _, count in found.shares) / pairs
    names = sum(share for share, _ in found.shares) / pairs
    cover = found.covered / (found.covered + 2 * found.stray)
    enough = several >= 0.3 or announced
    return 0.85 * names * cover if enough and names >= 0.8 and cover >= 0.7 else 0.0


def _is_announced(text: str, found: _Listing) -> bool:
    """Whether a page says above its papers that it lists what was accepted: then one paper is
    enough, and papers of one author each."""
    first = found.items[0]
    if found.stray * _RARE > len(found.shares) or isinstance(first, _Pair):
        return False
    return ANNOUNCED.search(text, first[0][0], first[0][1]) is not None


def read(text: str) -> Iterator[Passage]:
    """Every title with its authors; headings are chrome."""
    venue: str | None = None
    first = True
    for item in _parse(text).items:
        if isinstance(item, tuple):
            span, known = item
            if known:
                if first and (m := VENUE.fullmatch(text[span[0] : min(span[1], span[0] + 160)])):
                    venue = fold(m[1])
                yield Chrome(span)
            else:
                yield Unread(span, "a line that is neither a title with authors nor a heading")
                yield Remark(
                    span[0], "warning", "a title without a line of authors below it",
                    "put the authors on the line below, or remove the line",
                )  # fmt: skip
            continue
        first = False
        yield _record(text, item, venue)


def _record(text: str, pair: _Pair, venue: str | None) -> Record:
    title = " ".join(
        [_words(text, pair.title[0])[1], *(text[a.start : a.end] for a in pair.title[1:])]
    )
    names = " ".join(
        [_words(text, pair.names[0])[1], *(text[a.start : a.end] for a in pair.names[1:])]
    )
    long = bool(pair.body) and pair.body[-1].end - pair.body[0].start > LONGEST
    abstract = None if long else join_paragraphs(text, pair.body) or None
    return Record(
        span=(pair.start, pair.end),
        title=unquoted(fold(title)),
        abstract=abstract,
        authors=read_byline(names),
        venue=venue,
        links=find_links(abstract) if abstract else (),
        confidence=0.8,
    )


READER = Reader("accepted-papers", recognise, read)
