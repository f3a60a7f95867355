"""Page furniture, then title and abstract in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest.links import find_links
from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.listings.dates import DATED, edtf
from digest.readers.listings.furniture import is_furniture, is_notice, is_trailer
from digest.readers.listings.lines import LONGEST, join_lines
from digest.readers.listings.markup import markup_share
from digest.readers.listings.roles import HEAD, Role, assign_roles
from digest.readers.listings.units import Unit, count_prose, find_units

# To look a role up in its class costs more than many a question asked of a unit.
_HEAD, _FURNITURE, _TITLE, _META, _ABSTRACT, _MORE, _TRAILER = Role
_OUTSIDE = (_HEAD, _FURNITURE)
_BODY = (_ABSTRACT, _MORE)
_BESIDE = (_META, _TRAILER)
_MARKED = 0.1
_MANY_LINES = 10_000
_SHORT_LINE = 12
"""Characters that the lines of a long page have at least, on average."""

# ------------------------------------------------------------------------------- recognition

_TOKEN = re.compile(r"\w+(?:(?<=\bstate)-of-the-art\b)?", re.I)
_SCHOLARLY = re.compile(
    r"(?:we|our|paper|article|letter|note|propose[sd]?|results?|methods?|approach|models?|stud(?:y|ies|ied)"
    r"|investigat\w+|experiments?|theor\w+|pro(?:ve[sdn]?|of)|analy\w+|algorithms?|novel|framework"
    r"|research|conjecture|dynamics|problems?|properties|equations?|functions?|spaces?|groups?|algebras?"
    r"|graphs?|quantum|observ\w+|measure\w*|estimat\w+|simulat\w+|numerical\w*|datasets?|learning"
    r"|networks?|energy|phase|field|show[ns]?|demonstrat\w+|evaluat\w+|discuss\w*|compar\w+|introduce[sd]?"
    r"|present\w*|describe[sd]?|deriv\w+|structures?|systems?|state-of-the-art|performance)",
    re.I,
)
# The names of a table's columns.
_TABLE_HEAD = re.compile(r"(?:\"?\w[\w /()-]{0,30}\"?[,;\t]){3,}\"?\w[\w /()-]{0,30}\"?\r?$", re.M)
_PERSONAL = re.compile(r"\b(?:you|your|I'm|I've|my|Dear|[Pp]lease)\b")
_PERSONAL_SIGNS = ("you", "I'", "my", "Dear", "lease")


def recognise(text: str) -> float:
    """How sure it is that `text` has this layout."""
    units = find_units(text)
    if len(units) < 2:
        return 0.0
    if _TABLE_HEAD.match(text, units[0].start):
        return 0.0
    if markup_share(text, [line for unit in units for line in unit.lines]) > _MARKED:
        return 0.0
    roles = assign_roles(text, units)
    if Role.TITLE not in roles:
        # Nothing but furniture is an empty page; counts and dates alone could be anything.
        controls = sum(
            role is _FURNITURE and not is_trailer(text[unit.start : unit.end])
            for unit, role in zip(units, roles, strict=True)
        )
        return 0.6 if controls >= 3 and set(roles) == {Role.FURNITURE} else 0.0
    pairs = _find_pairs(units, roles)
    if not pairs:
        return 0.0
    # A page's own furniture speaks for a listing as much as the words of its abstracts do.
    controls = sum(
        role is _TRAILER or (role is _FURNITURE and not is_notice(text[unit.start : unit.end]))
        for unit, role in zip(units, roles, strict=True)
    )
    furnished = controls >= max(3, len(pairs) // 4)
    scholarly = clear = wordy = personal = inside = signed = 0
    for title, paragraphs in pairs:
        # Without furniture the first paragraph alone has to read like an abstract.
        body = paragraphs if furnished else paragraphs[:1]
        inside += sum(unit.end - unit.start for unit in paragraphs[len(body) :]) // 2
        size = sum(unit.end - unit.start for unit in body)
        shown = text[body[0].start : min(body[-1].end, body[0].start + HEAD)]
        inside += size
        known = _has_signs(shown, min(4, max(1, size // (90 if furnished else 60))))
        signed += known
        scholarly += size * known
        clear += size * (
            size > 1.5 * (title.end - title.start) and size >= 250 and count_prose(shown, 3) == 3
        )
        wordy += len(text[title.start : title.end].split()) >= 3
        personal += _is_personal(shown)
    odd = sum(role in (Role.HEAD, Role.MORE) for role in roles)
    untitled = roles.count(Role.ABSTRACT) - len(pairs)
    alone = roles.count(Role.TITLE) - len(pairs)
    # Of a few papers one that is long and of an unusual field would weigh too much.
    if max(scholarly / max(1, inside), signed / len(pairs)) < (0.2 if furnished else 0.45):
        return 0.0
    if inside < (60 if furnished else 120) * len(pairs):
        return 0.0
    share = (clear / inside + scholarly / inside + wordy / len(pairs)) / 3
    sure = share - (0.5 * (untitled + max(0, alone - 1)) + personal) / len(pairs)
    sure -= 0.3 * max(0.0, odd / len(units) - 0.35)
    sure *= min(1.0, 1.5 * inside / sum(unit.end - unit.start for unit in units))
    if furnished:
        sure += 0.2
    elif len(pairs) == 1:
        sure -= 0.1
    return max(0.0, min(0.9, sure))


def _is_personal(passage: str) -> bool:
    """Whether `passage` is addressed to someone."""
    # To look for these first is far cheaper: abstracts hold none of them.
    if not any(sign in passage for sign in _PERSONAL_SIGNS):
        return False
    return len(_PERSONAL.findall(passage)) * 60 > len(passage.split())


def _has_signs(passage: str, least: int) -> bool:
    """Whether `passage` holds as many different words of the trade."""
    signs: set[str] = set()
    for m in _TOKEN.finditer(passage):
        if _is_scholarly(m[0]):
            signs.add(m[0].lower())
            if len(signs) >= least:
                return True
    return False


@lru_cache(maxsize=1 << 14)
def _is_scholarly(word: str) -> bool:
    return _SCHOLARLY.fullmatch(word) is not None


def _find_pairs(units: list[Unit], roles: list[Role]) -> list[tuple[Unit, list[Unit]]]:
    """Each title that has an abstract, with the paragraphs of it."""
    pairs: list[tuple[Unit, list[Unit]]] = []
    title: Unit | None = None
    open_pair = False
    for unit, role in zip(units, roles, strict=True):
        if role is _TITLE:
            title, open_pair = unit, False
        elif role is _ABSTRACT:
            open_pair = title is not None
            if title is not None:
                pairs.append((title, [unit]))
            title = None
        elif role is _MORE and open_pair:
            pairs[-1][1].append(unit)
    return pairs


# ------------------------------------------------------------------------------------ reading


# CORE (core.ac.uk) glues the comment on behind its label: `is discussed.Comment: 12 pages`.
_GLUED_COMMENT = re.compile(r"(?<=[.!?)\]}$\"”a-z0-9])Comment: (\S.*)$")
_COMMENT_REACH = 1000
_SHORT = 40


class _Entry:
    """One title with what follows it, while the units are walked."""

    def __init__(self, unit: Unit, title: Unit | None) -> None:
        self.start = unit.start
        self.end = unit.end
        self.title = title
        self.abstract: list[Unit] = []
        self.date: str | None = None


def read(text: str) -> Iterator[Passage]:
    """Every title with its abstract; the page's furniture is chrome."""
    breaks = max(text.count("\n"), text.count("\r"))
    if breaks > _MANY_LINES and len(text) < breaks * _SHORT_LINE:
        words = text.strip()
        start = text.index(words)
        yield Unread((start, start + len(words)), "lines too short for titles and abstracts")
        return
    units = find_units(text)
    roles = assign_roles(text, units)
    entry: _Entry | None = None
    for unit, role in zip(units, roles, strict=True):
        start, end = unit.start, unit.end
        if end - start > LONGEST:
            if entry is not None:
                yield from _finish(text, entry)
                entry = None
            yield Unread((start, end), "too long for an abstract")
            continue
        if role is _TITLE or (role is _ABSTRACT and (entry is None or entry.abstract)):
            if entry is not None:
                yield from _finish(text, entry)
            entry = _Entry(unit, unit if role is _TITLE else None)
        if role in _OUTSIDE:
            if entry is not None:
                yield from _finish(text, entry)
                entry = None
            if (
                role is _FURNITURE
                or end - start <= 80
                or is_furniture(join_lines(text, unit.lines))
            ):
                yield Chrome((start, end))
            else:
                yield Unread((start, end), "neither title, abstract nor page furniture")
        elif entry is not None:
            entry.end = end
            if role in _BODY:
                entry.abstract.append(unit)
            elif role in _BESIDE and entry.date is None:
                shown = join_lines(text, unit.lines)
                entry.date = (_date_of_short if len(shown) <= _SHORT else _date)(shown)
    if entry is not None:
        yield from _finish(text, entry)
    elif units and not any(role in (Role.TITLE, Role.ABSTRACT) for role in roles):
        yield Remark(
            units[0].start,
            "warning",
            "no title and no abstract, only page furniture",
            "copy the page again, with its papers",
        )


def _date(shown: str) -> str | None:
    """The first date that `shown` has and the calendar too."""
    return next((date for m in DATED.finditer(shown) if (date := edtf(m))), None)


_date_of_short = lru_cache(maxsize=4096)(_date)  # a page shows the same few again and again


def _finish(text: str, entry: _Entry) -> Iterator[Passage]:
    parts: list[str] = []
    for unit in entry.abstract:
        body = join_lines(text, unit.lines)
        # Without a blank line before it, a unit goes on with the paragraph.
        if parts and not unit.after_blank:
            parts[-1] += " " + body
        else:
            parts.append(body)
    comment = None
    if parts and "Comment: " in parts[-1]:
        reach = max(0, len(parts[-1]) - _COMMENT_REACH)
        if m := _GLUED_COMMENT.search(parts[-1], reach):
            parts[-1], comment = parts[-1][: m.start()], m[1]
    abstract = "\n\n".join(parts) or None
    title = join_lines(text, entry.title.lines) if entry.title else None
    yield Record(
        span=(entry.start, entry.end),
        title=title,
        abstract=abstract,
        published=entry.date,
        published_as="page" if entry.date else None,
        comment=comment,
        links=find_links("\n".join(part for part in (abstract, comment) if part)),
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
