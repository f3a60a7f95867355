"""Lines of a page joined into units: what plays one role on it, a title or a paragraph.

A page that was broken to a width has no line of its own for each paragraph. Where blank lines part
them that is easy; where there are none, a line that is not full ends its unit, and a line that
happens to be full may end it too. Those are told by how the lines read, all together (Viterbi).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

from digest.readers.listings.furniture import BUTTON_INITIALS, glued_button, is_furniture
from digest.readers.listings.lines import Line, find_lines, find_paragraphs, wrap_width

# Looked for by its full stop: nearly every letter of a text could be the one before it.
_SENTENCE = re.compile(r"[.?!](?<=[a-z\d)$\]]{2}.)['\"”)]? [A-Z$\"“(]")
# Words that sentences have and titles seldom.
_PROSE = (
    r"(?:we|We|is|are|was|were|has|have|our|Our|this|This|that|which|these|These|can|been|it|It|show"
    r"|propose|present|study|also|however|However|such)\b"
)
_PROSE_FIRST = re.compile(_PROSE)
# Looked for by what stands before a word: far fewer characters than could be the border of one.
_PROSE_LATER = re.compile(rf"[^A-Za-z0-9_]\b{_PROSE}")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{3,}")


def count_sentences(passage: str, most: int) -> int:
    """How many full stops with a sentence after them `passage` holds, up to `most`."""
    count = reached = 0
    for m in _SENTENCE.finditer(passage):
        # The two characters before the full stop belong to no other.
        if m.start() - 2 >= reached:
            count, reached = count + 1, m.end()
            if count == most:
                break
    return count


def count_prose(passage: str, most: int) -> int:
    """How many words the `passage` holds that titles seldom have, up to `most`."""
    count = 1 if _PROSE_FIRST.match(passage) else 0
    for _ in _PROSE_LATER.finditer(passage):
        if count >= most:
            break
        count += 1
    return count


def capital_share(words: list[str]) -> float:
    """The share of `words`, all of ASCII letters, that begin with a capital; 0.5 of none."""
    return len([1 for word in words if word < "["]) / len(words) if words else 0.5


class Unit(NamedTuple):
    """What plays one role: a paragraph that was broken to a width, or a single line."""

    lines: list[Line]
    after_blank: bool

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


def find_units(text: str) -> list[Unit]:
    """The units of `text`: lines, joined where a text was broken to a width."""
    lines = list(_split_buttons(text))
    width = wrap_width(text, lines)
    if not width:
        return [Unit([line], line.after_blank) for line in lines]
    units: list[Unit] = []
    paragraphs = find_paragraphs(lines)
    parted = len(paragraphs) * _LONG_PARAGRAPH > len(lines)
    for paragraph in paragraphs:
        units += _join(text, paragraph, width, parted=parted)
    return units


def _split_buttons(text: str) -> Iterator[Line]:
    """The lines of `text`, a button's label that is glued to one apart."""
    for line in find_lines(text):
        short = line.end - line.start < 400 and text[line.start] in BUTTON_INITIALS
        size = glued_button(text[line.start : line.start + 40]) if short else 0
        if size:
            yield Line(line.start, line.start + size, line.after_blank)
            yield Line(line.start + size, line.end, after_blank=True)
        else:
            yield line


# The roles of a line within a paragraph.
_FURNITURE, _TITLE, _TITLE_ON, _BODY, _BODY_ON = range(5)
_ROLES = range(_BODY_ON + 1)
_BROKEN_EARLY = -7.0
_UNENDED = -3.0
_UNTITLED = -4.0
_BY_CHANCE = -2.0
_ENDED_BY_CHANCE = -2.0
_CAPITAL_BY_CHANCE = -1.5
_NEVER = -1e9
_LONG_PARAGRAPH = 25
"""Lines that paragraphs have at most, on average, where blank lines part them."""
_ENDED = tuple(".!?)]}$\"'”’")


def _step(
    before: int, role: int, *, full: bool, ended: bool, capital: bool, untitled: float
) -> float:
    """Log-odds that a line in `role` follows one that played `before`."""
    if _FURNITURE in (role, before):
        if role in (_TITLE_ON, _BODY_ON):
            return _NEVER
        return untitled if role == _BODY else 0.0
    if role == _BODY_ON:
        if before not in (_BODY, _BODY_ON):
            return _NEVER
        # In mid-text few lines end a sentence, and few begin with a capital.
        chance = _ENDED_BY_CHANCE if ended else _CAPITAL_BY_CHANCE if capital else 0.0
        return chance + (0.0 if full else _BROKEN_EARLY)
    if role == _TITLE_ON:
        if before not in (_TITLE, _TITLE_ON):
            return _NEVER
        return -0.7 if full else _BROKEN_EARLY
    chance = _BY_CHANCE if full else 0.0
    if before in (_TITLE, _TITLE_ON):
        return chance if role == _BODY else _NEVER
    return chance + (0.0 if ended else _UNENDED) - (3.0 if role == _BODY else 0.0)


@lru_cache(maxsize=64)
def _steps(*, full: bool, ended: bool, capital: bool, untitled: float) -> list[list[float]]:
    """For each role, how well it follows each other."""
    return [
        [
            _step(before, role, full=full, ended=ended, capital=capital, untitled=untitled)
            for before in _ROLES
        ]
        for role in _ROLES
    ]


def _line_scores(shown: str, *, may_be_furniture: bool = True) -> list[float]:
    """How well a line does in each role."""
    if may_be_furniture and is_furniture(shown):
        return [5.0, -6.0, -6.0, -6.0, -6.0]
    prose = count_prose(shown, 3)
    capital = capital_share(WORD.findall(shown))
    stops = count_sentences(shown, 2)
    title = 2.5 * (capital - 0.3) - 1.0 * prose - 2.0 * stops - 1.0 * shown.endswith((".", ","))
    body = 0.5 * prose + 0.7 * stops - 1.5 * (capital - 0.3)
    start = -3.0 if shown[0].islower() else 0.0
    return [_NEVER, title + start, title, body + start, body]


def _join(text: str, lines: list[Line], width: int, *, parted: bool) -> Iterator[Unit]:
    """The units of one paragraph that was broken to `width`."""
    if len(lines) == 1 or (parted and _is_full(text, lines, width)):
        yield Unit(lines, lines[0].after_blank)
        return
    # Where no blank lines part titles from abstracts, a title comes first.
    roles = _roles(text, lines, width, 0.0 if parted else _UNTITLED)
    unit = [lines[0]]
    for line, role in zip(lines[1:], roles[1:], strict=True):
        if role in (_TITLE_ON, _BODY_ON):
            unit.append(line)
        else:
            yield Unit(unit, unit[0].after_blank)
            unit = [line]
    yield Unit(unit, unit[0].after_blank)


def _is_full(text: str, lines: list[Line], width: int) -> bool:
    """Whether no line but the last of `lines` could have held one word more."""
    return all(
        line.end - line.start + 1 + len(text[after.start : after.end].split(None, 1)[0]) > width - 2
        for line, after in pairwise(lines)
    ) and not any(is_furniture(text[line.start : line.end]) for line in lines[:-1])


def _roles(text: str, lines: list[Line], width: int, untitled: float) -> list[int]:
    shown = text[lines[0].start : lines[0].end]
    totals = _line_scores(shown)
    totals[_TITLE_ON] = totals[_BODY_ON] = _NEVER
    totals[_BODY] += untitled
    backs: list[list[int]] = []
    for before, line in pairwise(lines):
        ended = text[before.start : before.end].endswith(_ENDED)
        shown = text[line.start : line.end]
        word = shown.split(None, 1)[0]
        full = before.end - before.start + 1 + len(word) > width
        back, fresh = [], []
        # A word or two after a full line that does not end go on with it: `Fock / Spaces`.
        goes_on = full and not ended and shown[0].isalpha() and len(shown) < 30
        steps = _steps(full=full, ended=ended, capital=shown[0].isupper(), untitled=untitled)
        scores = _line_scores(shown, may_be_furniture=not goes_on)
        for row, score in zip(steps, scores, strict=True):
            best, origin = max(zip(map(add, totals, row), _ROLES, strict=True))
            back.append(origin)
            fresh.append(best + score)
        backs.append(back)
        totals = fresh
    role = max(range(len(totals)), key=totals.__getitem__)
    path = [role]
    for back in reversed(backs):
        role = back[role]
        path.append(role)
    return path[::-1]
