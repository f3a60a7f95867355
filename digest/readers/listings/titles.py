"""Page furniture, then title and abstract in turn.

No line says what it is. Every unit (a paragraph, or a line where a page has no blank lines) is
scored for each role that it could play, and the cheapest sequence of roles is found for the whole
text at once (Viterbi): a short abstract or a long title is told by what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from digest.links import find_links
from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.listings.dates import DATED, edtf
from digest.readers.listings.furniture import is_furniture, is_trailer
from digest.readers.listings.lines import LONGEST, join_lines
from digest.readers.listings.markup import markup_share
from digest.readers.listings.units import PROSE, SENTENCE, WORD, Unit, find_units
from digest.text import fold

_HEAD = 3000
_MARKED = 0.1


class Role(IntEnum):
    """What a unit is to the page."""

    HEAD = 0  # unknown lines before the first title
    FURNITURE = 1
    TITLE = 2
    META = 3  # between title and abstract
    ABSTRACT = 4
    MORE = 5  # a further paragraph of the abstract
    TRAILER = 6


_NEVER = -1e9
_UNTITLED = -6.0
_R = Role
_STEPS: dict[Role, dict[Role, float]] = {
    _R.HEAD: {_R.HEAD: 0, _R.FURNITURE: 0, _R.TITLE: 0, _R.ABSTRACT: _UNTITLED},
    _R.FURNITURE: {_R.HEAD: -3, _R.FURNITURE: 0, _R.TITLE: 0, _R.ABSTRACT: _UNTITLED},
    _R.TITLE: {_R.META: 0, _R.ABSTRACT: 0, _R.TITLE: -6, _R.FURNITURE: -6},
    _R.META: {_R.META: 0, _R.ABSTRACT: 0},
    _R.ABSTRACT: {_R.MORE: -1.5, _R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5},
    _R.MORE: {_R.MORE: -1, _R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5},
    _R.TRAILER: {_R.TRAILER: 0, _R.TITLE: 0, _R.FURNITURE: -0.5, _R.ABSTRACT: _UNTITLED},
}
_FIRST = {_R.HEAD: 0.0, _R.FURNITURE: 0.0, _R.TITLE: 0.0, _R.ABSTRACT: _UNTITLED}
_LAST = {_R.TITLE: -4.0, _R.META: -4.0}

_CONTINUES = re.compile(
    r"(?:This|These|Those|We|It|Our|Here|There|Finally|Moreover|Furthermore|However|Thus|Hence"
    r"|Also|In (?:this|particular|addition|contrast)|Then|As an?|For (?:this|example))\b[ ,]"
)
_UNFINISHED = re.compile(r"(?:[,;]|\b(?:of|the|and|a|an|in|to|for|with|is|are|we|that|by|from))$")


def _scores(passage: str, size: int, *, single: bool) -> list[float]:
    """How well a unit does in each role, in the order of `Role`."""
    sentences = min(4, len(SENTENCE.findall(passage)))
    prose = min(5, len(PROSE.findall(passage)))
    words = WORD.findall(passage[:400])
    capital = sum(word[0].isupper() for word in words) / len(words) if words else 0.5
    furniture = single and is_furniture(passage)
    trailer = furniture and is_trailer(passage)
    letters = sum(c.isalpha() for c in passage[:200])

    title = 1.0 + 2.0 * capital - 1.5 * min(sentences, 3) - 0.7 * prose
    title -= max(0, size - 150) / 50 + max(0, size - 300) / 25
    title -= (1.5 + 2.0 * (prose > 0)) * passage.endswith(".") + 3.0 * bool(
        _UNFINISHED.search(passage[-20:])
    )
    title -= 2.5 * bool(_CONTINUES.match(passage))
    title -= 1.0 * passage[0].islower() + 2.0 * ("://" in passage) + 6.0 * (letters < 3)

    abstract = 4.0 if size >= 400 else 2.5 if size >= 200 else 0.5 if size >= 100 else -1.0
    abstract -= 1.5 * (size < 60)
    abstract += 0.8 * min(sentences, 3) + 0.6 * min(prose, 4) - 1.0 * (capital > 0.7)
    abstract += 1.0 if passage.endswith((".", "!", "?", ")", "$", '"', "”")) else -0.5

    chrome = 5.0 if furniture else -4.0 - size / 25
    return [
        4.0 if furniture else -1.5 - size / 40 - prose,
        chrome,
        title - 4.0 * furniture,
        4.5 if trailer else -12.0,
        abstract - 4.0 * furniture,
        abstract - 1.5 + 1.5 * passage[0].islower() - 4.0 * furniture,
        5.0 if trailer else -12.0,
    ]


def assign_roles(text: str, units: list[Unit]) -> list[Role]:
    """The likeliest role of each unit, seen together."""
    if not units:
        return []
    backs: list[list[int]] = []
    totals = [_FIRST.get(role, _NEVER) for role in Role]
    incoming = [
        [(int(before), steps[role]) for before, steps in _STEPS.items() if role in steps]
        for role in Role
    ]
    for index, unit in enumerate(units):
        passage = fold(text[unit.start : min(unit.end, unit.start + _HEAD)])
        scores = _scores(passage, unit.end - unit.start, single=len(unit.lines) == 1)
        if index == 0:
            totals = [total + score for total, score in zip(totals, scores, strict=True)]
            continue
        back: list[int] = []
        fresh: list[float] = []
        for role, score in enumerate(scores):
            best, origin = max((totals[before] + step, before) for before, step in incoming[role])
            back.append(origin)
            fresh.append(best + score)
        backs.append(back)
        totals = fresh
    totals = [total + _LAST.get(role, 0.0) for role, total in zip(Role, totals, strict=True)]
    role = max(range(len(totals)), key=totals.__getitem__)
    path = [role]
    for back in reversed(backs):
        role = back[role]
        path.append(role)
    return [Role(role) for role in reversed(path)]


# ------------------------------------------------------------------------------- recognition

_SCHOLARLY = re.compile(
    r"\b(?:we|our|paper|article|letter|note|propose[sd]?|results?|methods?|approach|models?|stud(?:y|ies|ied)"
    r"|investigat\w+|experiments?|theor\w+|pro(?:ve[sdn]?|of)|analy\w+|algorithms?|novel|framework"
    r"|research|conjecture|dynamics|problems?|properties|equations?|functions?|spaces?|groups?|algebras?"
    r"|graphs?|quantum|observ\w+|measure\w*|estimat\w+|simulat\w+|numerical\w*|datasets?|learning"
    r"|networks?|energy|phase|field|show[ns]?|demonstrat\w+|evaluat\w+|discuss\w*|compar\w+|introduce[sd]?"
    r"|present\w*|describe[sd]?|deriv\w+|structures?|systems?|state-of-the-art|performance)\b",
    re.I,
)
_PERSONAL = re.compile(r"\b(?:you|your|I'm|I've|my|Dear|[Pp]lease)\b")


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    units = find_units(text)
    if len(units) < 2:
        return 0.0
    if markup_share(text, [line for unit in units for line in unit.lines]) > _MARKED:
        return 0.0
    roles = assign_roles(text, units)
    pairs = scholarly = clear = wordy = personal = 0
    inside = 0
    title: Unit | None = None
    for unit, role in zip(units, roles, strict=True):
        if role is Role.TITLE:
            title = unit
        elif role is Role.ABSTRACT:
            size = unit.end - unit.start
            body = text[unit.start : min(unit.end, unit.start + _HEAD)]
            inside += size
            if title is not None:
                pairs += 1
                signs = {word.lower() for word in _SCHOLARLY.findall(body)}
                scholarly += size * (len(signs) >= min(3, max(1, size // 60)))
                clear += size * (
                    size > 1.5 * (title.end - title.start)
                    and size >= 250
                    and len(PROSE.findall(body)) >= 3
                )
                wordy += len(text[title.start : title.end].split()) >= 3
                personal += len(_PERSONAL.findall(body)) * 60 > len(body.split())
            title = None
        elif role is Role.MORE:
            inside += (unit.end - unit.start) // 2
    if not pairs:
        return 0.0
    odd = sum(role in (Role.HEAD, Role.MORE) for role in roles)
    untitled = roles.count(Role.ABSTRACT) - pairs
    alone = roles.count(Role.TITLE) - pairs
    # A page's own furniture speaks for a listing as much as the words of its abstracts do.
    furnished = sum(role in (Role.FURNITURE, Role.TRAILER) for role in roles)
    least = 0.2 if furnished >= max(2, pairs // 2) else 0.45
    if scholarly < least * inside or inside < 120 * pairs:
        return 0.0
    share = (clear / inside + scholarly / inside + wordy / pairs) / 3
    sure = share - 0.5 * (untitled + max(0, alone - 1)) / pairs - personal / pairs
    sure -= 0.3 * max(0.0, odd / len(units) - 0.35)
    sure *= min(1.0, 1.5 * inside / sum(unit.end - unit.start for unit in units))
    return max(0.0, min(0.9, sure) - (0.15 if pairs == 1 else 0.0))


# ------------------------------------------------------------------------------------ reading


class _Entry:
    """One title with what follows it, while the units are walked."""

    def __init__(self, unit: Unit, title: Unit | None) -> None:
        self.start = unit.start
        self.end = unit.end
        self.title = title
        self.abstract: list[Unit] = []
        self.dates: list[str] = []


def read(text: str) -> Iterator[Passage]:
    """Every title with its abstract; the page's furniture is chrome."""
    units = find_units(text)
    entry: _Entry | None = None
    for unit, role in zip(units, assign_roles(text, units), strict=True):
        if unit.end - unit.start > LONGEST:
            if entry is not None:
                yield from _finish(text, entry)
                entry = None
            yield Unread((unit.start, unit.end), "too long for an abstract")
            continue
        passage = join_lines(text, unit.lines)
        if role is Role.TITLE or (role is Role.ABSTRACT and (entry is None or entry.abstract)):
            if entry is not None:
                yield from _finish(text, entry)
            entry = _Entry(unit, unit if role is Role.TITLE else None)
        if role in (Role.HEAD, Role.FURNITURE):
            if entry is not None:
                yield from _finish(text, entry)
                entry = None
            if role is Role.FURNITURE or is_furniture(passage) or unit.end - unit.start <= 80:
                yield Chrome((unit.start, unit.end))
            else:
                yield Unread((unit.start, unit.end), "neither title, abstract nor page furniture")
        elif entry is not None:
            entry.end = unit.end
            if role in (Role.ABSTRACT, Role.MORE):
                entry.abstract.append(unit)
            elif role in (Role.META, Role.TRAILER):
                entry.dates += [d for m in DATED.finditer(passage) if (d := edtf(m))]
    if entry is not None:
        yield from _finish(text, entry)


def _finish(text: str, entry: _Entry) -> Iterator[Passage]:
    parts: list[str] = []
    for unit in entry.abstract:
        body = join_lines(text, unit.lines)
        # Without a blank line before it, a unit goes on with the paragraph.
        if parts and not unit.after_blank:
            parts[-1] += " " + body
        else:
            parts.append(body)
    abstract = "\n\n".join(parts) or None
    title = join_lines(text, entry.title.lines) if entry.title else None
    date = entry.dates[0] if entry.dates else None
    yield Record(
        span=(entry.start, entry.end),
        title=title,
        abstract=abstract,
        published=date,
        published_as="page" if date else None,
        links=find_links(abstract or ""),
        confidence=1.0 if title and abstract else 0.5,
    )
    if abstract is None:
        yield Remark(
            entry.start,
            "warning",
            "a title without an abstract",
            "if this is no title, remove the line; else add the abstract under it",
        )


READER = Reader("titles", recognise, read)
