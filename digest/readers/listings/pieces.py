"""The units of a text whose layout is not known: lines, cells of lines, broken paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from digest.readers.listings.compounds import byline_end
from digest.readers.listings.contexts import join_names, name_by_place
from digest.readers.listings.kinds import (
    HEAD,
    NUMBER,
    STOP,
    Kind,
    Unit,
    judge,
    judge_repeated,
    kind_of_words,
    plain_kind,
    share_of_names,
)
from digest.readers.listings.languages import field_named, find_date, find_year
from digest.readers.listings.lines import Line, find_lines, wrap_width
from digest.text import fold

_INITIAL = re.compile(r"(?:[A-Z]\.[\s-]?){1,4}[^\W\d_a-z]")

_HEADINGS = frozenset(["abstract", "authors", "tags"])
"""What stands as a heading above its text."""

_WHOLE = frozenset([Kind.IDENTIFIER, Kind.DATE, Kind.LINK])

_COMPLETE = frozenset([Kind.IDENTIFIER, Kind.DATE, Kind.LINK, Kind.BUTTON, Kind.VENUE])

_APART = frozenset([*_COMPLETE, Kind.ABSTRACT, Kind.NOTE])

_LABEL = re.compile(
    r"(?:\*\*|__)?([^\W\d_][\w .'’/;()-]{0,28}?)(?:\*\*|__)?\s{0,2}"
    r"[:：]{1,2}(?:\*\*|__)?(?:[:：])?(?!//)\s*"
)

_BRACKETED = re.compile(r"[【\[]\s?([^\W\d_][\w '’-]{0,20})\s?[】\]]\s{0,2}[:：]?\s*(?=\S)")

_ABSTRACT = re.compile(
    r"(Abstract|ABSTRACT|Summary|SUMMARY|Zusammenfassung|Kurzfassung|Résumé|Resumen|摘要)"
    r"(?:\s?[.:—–]\s?|\s-\s|\s{2,})(?=\S)"
)

_BY = re.compile(
    r"(?:(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i)\s|Author links open overlay panel\s{0,3})"
    r"(?=[^\W\d_a-z])"
)

_MARKER = re.compile(
    r"(?:(?P<h>#{1,6})\s{1,4}|(?P<b>[-•*▪◦‣·–○●■►▶»>+→✦★])\s{1,8}"
    r"|(?P<n>(?:(?:No\.?|Nr\.?|Paper|Entry|N°)\s{0,2})?[\[(#]{0,2}\d{1,5}[\]).:/]{1,2}\s{1,8}"
    r"|[\[(#]{1,2}\d{1,5}[\])]?\s{1,8}|\d{1,4}\s{2,8}|\d{1,4}、\s?|\[[a-z]\d{1,4}\]\s{1,8}"
    r"|\d{1,2}[:.h]\d\d(?:\s?[-–]\s?\d{1,2}[:.h]\d\d)?(?:\s?[ap]m)?\s{1,8}(?=[^\W\d_])"
    r"|\[(?:PDF|HTML|BOOK|CITATION|B)\]\s{1,8}(?=[^\W_])))"
)

_WIDE = 2_000

_CELLS = re.compile(r"\t+|\s\|{1,2}\s|\s[·•∙‖¦]\s")


def find_units(text: str, end: int | None = None) -> list[Unit]:
    """The units of text[:end], in order; no two overlap and together they hold every word."""
    lines = list(find_lines(text, 0, end))
    begins = [_begin_of(text, line) for line in lines]
    width = wrap_width(
        text,
        [Line(b, line.end, line.after_blank) for b, line in zip(begins, lines, strict=True)],
    )
    repeated = _repeated_labels(text, lines)
    units: list[Unit] = []
    last: tuple[int, int] | None = None
    for line, begin in zip(lines, begins, strict=True):
        gap = 0
        if last and line.after_blank:
            gap = max(1, (text.count("\n", last[1], begin) or text.count("\r", last[1], begin)) - 1)
        indent = len(text[begin : line.start].expandtabs(4))
        for unit in _units_of(text, line, gap, indent, repeated):
            if units and _goes_on(units[-1], unit, width, last):
                _join(units[-1], unit)
            else:
                units.append(unit)
        last = (begin, line.end)
    for unit in units:
        judge(unit)
    judge_repeated(units)
    units = list(join_names(units))
    name_by_place(units)
    return units


def _begin_of(text: str, line: Line) -> int:
    begin = line.start
    while begin > 0 and text[begin - 1] in " \t\u3000\xa0" and line.start - begin < 80:
        begin -= 1
    return begin


def read_label(words: str) -> tuple[str, int] | None:
    """A label at the front of `words`, and where its value begins."""
    m = _BRACKETED.match(words)
    if m and field_named(m[1]) is not None:
        return m[1], m.end()
    m = _LABEL.match(words) or _ABSTRACT.match(words)
    return (m[1], m.end()) if m else None


def _repeated_labels(text: str, lines: list[Line]) -> frozenset[str]:
    """Labels that no list of ours knows, but that come as often as a label does."""
    seen: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for line in lines[:5000]:
        head = text[line.start : min(line.end, line.start + 60)]
        if "\t" in head and text.count("\t", line.start, line.end) == 1:
            rows[head.partition("\t")[0].strip().lower()] += 1
        marker = _MARKER.match(head)
        label = read_label(head[marker.end() :] if marker else head)
        if label:
            seen[label[0].strip().lower()] += 1
    # Beside labels that are known; `KITE: …` alone may be a name that titles share.
    known = [count for name, count in seen.items() if field_named(name) is not None]
    most = max(known, default=3 * len(lines))
    named = frozenset(name for name, count in seen.items() if count >= 3 and count * 3 >= most)
    return named | {name for name, count in rows.items() if count >= 3}


def _units_of(
    text: str, line: Line, gap: int, indent: int, repeated: frozenset[str]
) -> Iterator[Unit]:
    shown = text[line.start : line.end]
    cuts = [m.span() for m in _CELLS.finditer(shown)] if len(shown) < 20_000 else []
    tabbed = "\t" in shown
    if cuts and not tabbed and share_of_names(shown[:1500])[0] >= 0.75:
        # `A · B · C` is one line of names, `A, B · 2023` is not.
        pieces = (fold(piece) for piece in _CELLS.split(shown))
        if not any(kind_of_words(piece) in _APART for piece in pieces if piece):
            cuts = []
    if (
        len(cuts) == 1
        and tabbed
        and (role := _row_label(shown[: cuts[0][0]], repeated)) is not None
    ):
        unit = _unit(text, line.start, line.end, gap, indent, 0, repeated)
        unit.role, unit.value = role, line.start + cuts[0][1]
        unit.words = fold(shown[cuts[0][1] :][:HEAD])
        yield unit
        return
    if not cuts and len(shown) < _WIDE and (seam := byline_end(shown)):
        cuts = [seam]
    if not cuts:
        yield _unit(text, line.start, line.end, gap, indent, 0, repeated)
        return
    at = 0
    number = 1
    for start, stop in [*cuts, (len(shown), len(shown))]:
        # What parts two cells belongs to the one before it.
        if shown[at:start].strip():
            begin = line.start + at + len(shown[at:start]) - len(shown[at:start].lstrip())
            close = line.start + (stop if start < len(shown) else len(shown))
            close = line.start + len(shown[: close - line.start].rstrip())
            unit = _unit(text, begin, close, gap, indent, number, repeated, line.start + start)
            if number == 2 and unit.words and NUMBER.fullmatch(shown[: cuts[0][0]].strip()):
                unit.marker = "n"
            yield unit
            gap = 0
            number += 1
        at = stop


def _stands_alone(words: str) -> bool:
    """Whether a line is a label and nothing else; `Paper` and `Preprint` are buttons, too."""
    role = field_named(words.rstrip(" :：.*"))
    if role is None:
        return False
    return words.rstrip("* ").endswith((":", "：")) or role in _HEADINGS


def _row_label(name: str, repeated: frozenset[str]) -> str | None:
    """The field of a row of two cells, `DOI<tab>10.…`: "" for one of none of ours."""
    role = field_named(name)
    if role is not None:
        return role
    return "" if name.strip().lower() in repeated else None


def _unit(
    text: str, start: int, end: int, gap: int, indent: int, cell: int, repeated: frozenset[str],
    close: int | None = None,
) -> Unit:  # fmt: skip
    value, stop = start, end if close is None else close
    marker = ""
    m = _MARKER.match(text, start, stop)
    dated = find_date(text[start : min(stop, start + 40)]) if m and m.lastgroup == "n" else None
    yearly = m is not None and m.lastgroup == "n" and find_year(m[0].strip(" ().:[]")) is not None
    if (
        m
        and not (dated and dated[1] == 0)
        and not yearly
        and text[m.end() : min(stop, m.end() + 40)].strip()
    ):
        value, marker = m.end(), str(m.lastgroup)
    role: str | None = None
    head = text[value : min(stop, value + 60)]
    label = read_label(head)
    if label and (field_named(label[0]) is not None or label[0].strip().lower() in repeated):
        role = field_named(label[0]) or ""
        value += label[1]
    elif stop - value < 40 and _stands_alone(head):
        role = field_named(head.rstrip(" :：.*"))
        value = stop
    elif (by := _BY.match(head)) and share_of_names(
        text[by.end() + value : min(stop, value + 600)]
    )[0] >= 0.6:
        role, value = "authors", value + by.end()
    words = fold(text[value : min(stop, value + HEAD)])
    value = min(value, stop)
    return Unit(
        start, end, value, stop, words, Kind.OTHER, role, marker, gap, indent, indent, value, cell
    )


def _goes_on(before: Unit, unit: Unit, width: int, last: tuple[int, int] | None) -> bool:
    """Whether a line goes on with the unit above it."""
    if before.role is not None and not before.words:
        # A label alone on its line: what follows is its value.
        plain = unit.role is None and not unit.marker and unit.cell == before.cell == 0
        return plain and NUMBER.fullmatch(unit.words) is None
    if unit.gap or unit.role is not None or unit.cell or before.cell or not last:
        return False
    if unit.marker and (before.last == before.value or STOP.search(before.words[-1])):
        # In the midst of a sentence `(3)` and `[47].` are words of it.
        return False
    if not any(c.isalnum() for c in unit.words) or not any(c.isalnum() for c in before.words):
        return False
    hangs = before.tail == before.indent and (before.marker or before.role is not None)
    if unit.indent != before.tail and not hangs:
        return False
    size = last[1] - last[0]
    word = unit.words.split(" ", 1)[0]
    full = bool(width) and size + 1 + len(word) > width - 1
    # A line that begins in lower case goes on with one that was broken by hand.
    broken = word[0].islower() and len(before.words) > 30 and not STOP.search(before.words[-1])
    if not (full or broken) or plain_kind(unit.words) in _COMPLETE:
        return False
    return not full or (_is_one(before, unit) and plain_kind(before.words) not in _WHOLE)


def _is_one(before: Unit, unit: Unit) -> bool:
    """Whether a full line and the one below it are both names, or neither is."""
    above = share_of_names(before.words[-1500:])
    if above[0] >= 0.8 and above[1] >= 2:
        return share_of_names(f"{before.words[-1500:]} {unit.words[:1500]}")[0] >= 0.9
    share, count = share_of_names(unit.words[:1500])
    named = share >= 0.8 and (count >= 2 or _INITIAL.match(unit.words) is not None)
    # The last name of a line that was broken may be half a name.
    named |= share >= 0.6 and count >= 3
    return not named or before.role == "authors"


def _join(before: Unit, unit: Unit) -> None:
    if not before.words:
        before.value = unit.value
    before.end, before.stop, before.tail = unit.end, unit.stop, unit.indent
    before.last = unit.value
    if len(before.words) < HEAD:
        before.words = f"{before.words} {unit.words}".strip()[:HEAD]
