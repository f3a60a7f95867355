"""What is asked for: the text of a query -> clauses, all of which must hold.

The grammar stands in docs/manual.md; `search-words.js` reads queries in the same way, and both are
held to tests/search/queries.json. Every text is a query: what has no meaning counts as a blank.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from digest.search.words import Unit, is_unspaced, units

MOST_CHARACTERS = 400
MOST_WORDS = 32
SHORTEST_TYPED = 3
"""Characters from which a word that is being typed also stands for what begins with it."""

Kind = Literal["words", "phrase", "tag", "venue", "has", "dates"]


class Atom(NamedTuple):
    """One thing that a paper has or has not."""

    kind: Kind
    words: tuple[str, ...] = ()
    """Folded. `words`: all of them; `phrase`: one after the other."""
    places: tuple[int, ...] = ()
    """Of the words in the query (only distances matter); stop words count."""
    field: Literal["", "title", "author"] = ""
    prefix: str = ""
    """What the last of `words` may begin with instead."""
    typed: bool = False
    """Whether there is a prefix because the word is still being typed."""
    joined: str = ""
    """Two words as one, which a paper may have instead (`t-sne`: tsne)."""
    value: str = ""
    """Of a filter, as it was written."""
    written: str = ""
    """How it stands in the query, without its minus."""
    first: int | None = None
    last: int | None = None
    """Of dates: months, 12 a year (2023-05 is 2023·12 + 4); None where the range is open."""


class Clause(NamedTuple):
    """Atoms one of which must hold; or, where it is negative, none."""

    atoms: tuple[Atom, ...]
    negative: bool = False

    @property
    def filters(self) -> bool:
        """Whether it says nothing on how well a paper fits."""
        return self.negative or not any(
            atom.kind == "phrase" or (atom.kind == "words" and atom.field != "author")
            for atom in self.atoms
        )


class Query(NamedTuple):
    """A query as understood."""

    clauses: tuple[Clause, ...]
    left_out: bool
    """Whether it is longer than what is read."""


_FIELDS = ("author", "tag", "venue", "title", "year", "has")
_BLANK = re.compile(
    "[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000()\\[\\]{},;]"
)
_QUOTES = re.compile("[\u201c-\u201f]")
# Case by hand: IGNORECASE would also take letters that fold to these, and scripts do not.
_FIELD = "|".join("".join(f"[{c}{c.upper()}]" for c in name) for name in _FIELDS)
_TOKEN = re.compile(
    rf"(?P<minus>-(?=[^ -]))?(?:(?P<field>{_FIELD}):(?=[^ ]))?"
    r'(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<plain>[^ "]+))'
)
_COMMAND = re.compile(r"\\(?=[^\W\d_])")
_DATE = "[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?"
_DATES = re.compile(rf"({_DATE})?(\.\.)?({_DATE})?")
_DATES_BEGUN = re.compile(r"[0-9-]*\.\.[0-9-]*")


def parse(text: str, *, typing: bool = False) -> Query:
    """What `text` asks for. `typing`: its last word, where no blank follows, may be unfinished."""
    left_out = len(text) > MOST_CHARACTERS
    read = _QUOTES.sub('"', _BLANK.sub(" ", text[:MOST_CHARACTERS]))
    read = _COMMAND.sub("", read)
    building = _Building()
    place = count = 0
    for token in _TOKEN.finditer(read):
        if token[0] == "OR":
            building.bind()
            continue
        negative = bool(token["minus"])
        unfinished = typing and not negative and not left_out and token.end() == len(read)
        atoms, places = _atoms(token, place, unfinished=unfinished)
        count += sum(max(len(atom.words), 1) for atom in atoms)
        if count > MOST_WORDS:
            left_out = True
            break
        for atom in atoms:
            building.add(atom._replace(written=token[0][negative:]), negative=negative)
        if not atoms:
            building.skip()
        if not negative:
            place += places
    return Query(building.clauses(), left_out)


class _Building:
    """Clauses so far. OR binds the atoms right before and after it."""

    def __init__(self) -> None:
        self._made: list[tuple[list[Atom], bool]] = []
        self._bound = False
        self._open = False

    def bind(self) -> None:
        self._bound = self._open

    def skip(self) -> None:
        """Something without meaning stands here."""
        self._open = self._bound

    def add(self, atom: Atom, *, negative: bool) -> None:
        if self._bound and not negative:
            self._made[-1][0].append(atom)
        else:
            self._made.append(([atom], negative))
        self._bound, self._open = False, True

    def clauses(self) -> tuple[Clause, ...]:
        return tuple(Clause(tuple(atoms), negative) for atoms, negative in self._made)


def _atoms(token: re.Match[str], place: int, *, unfinished: bool) -> tuple[list[Atom], int]:
    """What a token asks for, and how many places its words take in the query."""
    field = (token["field"] or "").lower()
    quoted = token["quoted"] is not None
    value: str = token["quoted"] if quoted else token["plain"]
    if field in ("tag", "venue", "has"):
        return ([Atom(field, value=value.strip())] if value.strip() else []), 0  # type: ignore[arg-type]
    if field == "year" or (not field and not quoted):
        dates = _dates(value, alone=not field)
        if dates:
            return [dates], 0
        if unfinished and (field or _DATES_BEGUN.fullmatch(value)):
            return [], 0
    if field == "year":
        value, field = f"year {value}", ""
    of_value = units(value)
    if quoted and field != "author":
        if unfinished and not token["closed"] and not value.endswith(" "):
            return _unfinished_phrase(of_value, field, place), 0
        return _phrase(of_value, field), 0
    prefixed = not quoted and value.endswith("*")
    unfinished = unfinished and not (quoted and token["closed"])
    return _words(of_value, field, place, prefixed=prefixed, unfinished=unfinished)


def _phrase(of_value: list[Unit], field: str) -> list[Atom]:
    kept = [unit for unit in of_value if not unit.joined and not unit.stops]
    if not kept:
        return []
    kind: Kind = "phrase" if len(kept) > 1 else "words"
    places = tuple(unit.place - kept[0].place for unit in kept)
    return [Atom(kind, tuple(unit.word for unit in kept), places, field)]  # type: ignore[arg-type]


def _unfinished_phrase(of_value: list[Unit], field: str, place: int) -> list[Atom]:
    # Its last word may become another, and no phrase ends in the middle of a word.
    singles = [unit for unit in of_value if not unit.joined]
    last, _ = _words(singles[-1:], field, place, prefixed=False, unfinished=True)
    return _phrase(singles[:-1], field) + last


def _words(
    of_value: list[Unit], field: str, place: int, *, prefixed: bool, unfinished: bool
) -> tuple[list[Atom], int]:
    singles = [unit for unit in of_value if not unit.joined]
    pair = [unit for unit in of_value if unit.joined and not unit.stops]
    if not singles:
        return [], 0
    last = singles[-1]
    unspaced = is_unspaced(last.raw)
    if len(singles) > 1 and field != "author" and any(is_unspaced(unit.raw) for unit in singles):
        return _phrase(of_value, field), len(singles)
    typed = unfinished and not prefixed
    long_enough = unspaced or len(last.raw) >= SHORTEST_TYPED
    # One sign of a script without blanks is half of what is indexed.
    begun = prefixed or (typed and long_enough) or (unspaced and len(last.raw) == 1)
    kept = [
        unit for unit in singles if field == "author" or not unit.stops or (begun and unit is last)
    ]
    joined = pair[0].word if pair and len(singles) == 2 else ""
    if joined and any(unit.stops for unit in singles):
        # `on-line` is not about lines.
        kept = [pair[0]]
        joined, begun = "", False
    if not kept:
        return [], len(singles)
    atom = Atom(
        "words",
        tuple(unit.word for unit in kept),
        tuple(place + unit.place - singles[0].place for unit in kept),
        field,  # type: ignore[arg-type]
        prefix=last.raw if begun else "",
        typed=typed,
        joined="" if field == "author" else joined,
    )
    return [atom], 0 if field else len(singles)


def _dates(value: str, *, alone: bool) -> Atom | None:
    """The months that `2022`, `2022..2024`, `2022..` or `..2023-05` stands for. `alone`: without
    `year:` before it, where a single year is a word."""
    found = _DATES.fullmatch(value)
    if not found or not (found[1] or found[3]) or not (found[2] or (found[1] and not alone)):
        return None
    if not found[2] and found[3]:
        return None
    first = _month(found[1], 0) if found[1] else None
    last = _month(found[3], 11) if found[3] else None
    if not found[2]:
        last = _month(found[1], 11)
    if first is not None and last is not None and first > last:
        first, last = _month(found[3], 0), _month(found[1], 11)
    return Atom("dates", value=value, first=first, last=last)


def _month(date: str, otherwise: int) -> int:
    """Months since the year 0; of a year, January and `otherwise` more."""
    return int(date[:4]) * 12 + (int(date[5:]) - 1 if len(date) > 4 else otherwise)
