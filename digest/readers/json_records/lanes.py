"""The shortest way from a line to a record, for lines that have the fields of the line before.

A lane knows where the fields are and that each holds a text or a list of texts, so that it needs no
dictionary and asks no questions. Whatever is not as plain as that it leaves to `papers`, which
knows every case; where both can read a line they give the same record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from msgspec import Raw, defstruct
from msgspec.json import Decoder

from digest.identifiers import OLD_ARCHIVES
from digest.paper import Record, Span
from digest.readers.json_records.addresses import read_plain_addresses
from digest.readers.json_records.names import read_names, read_plain_names
from digest.readers.json_records.plans import Plan, Texts
from digest.readers.json_records.values import (
    match_plain_eprint,
    read_abstract,
    read_day,
    read_doi,
    read_eprint,
    read_line,
    read_tags,
)

Lane = Callable[[str, Span], Record | None]
"""Reads a line that is one object; None where that takes a closer look.
Raises ValueError for a line that has other fields, or is no JSON."""

_MOST_FIELDS = 60
_MOST_LANES = 20
_PATIENCE = 100
"""Lines that no lane could read, after which half of them must be."""
_SINGLE = ("published", "updated", "doi", "tags", "eprint", "id")
_LISTS = frozenset({"authors", "tags"})
_TOLD_ELSEWHERE = frozenset({"eprint_version", "published_source"})
_NOWHERE = "nowhere"
"""What stands for a field that the lines do not have."""
_NO_NAME = " "
_ARXIV_DOI = "10.48550/"
_ESCAPE = re.compile(r"\\[bfnrtu]")
_SHORT = 200
_LONG = 20_000
_FEW_TAGS = 12
_KEPT_WORDS = 4_000


class Lanes:
    """The lanes of one file."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Lane | None] = {}
        self._last: tuple[str, ...] = ()
        self._asked = 0

    def after(self, found: Mapping[str, Any], plan: Plan, lines: int) -> Lane | None:
        """The lane to try after the line `found`, which none could read; None where that is not
        worth it. `lines` were read so far."""
        names = tuple(found)
        self._asked += 1
        if 2 * self._asked > lines + _PATIENCE:
            return None
        if names not in self._known:
            if names != self._last or len(self._known) >= _MOST_LANES:
                self._last = names
                return None
            self._known[names] = make_lane(found, plan)
        return self._known[names]


def make_lane(found: Mapping[str, Any], plan: Plan) -> Lane | None:
    """A lane for lines with the fields of `found`, whose plan is `plan`; None where they are not
    plain enough for one."""
    if (
        plan.texts is None or plan.prepared or plan.markup or plan.wrappers
        or len(found) > _MOST_FIELDS or "links" in plan.paths or _NO_NAME in found
        or not _TOLD_ELSEWHERE.isdisjoint(found)
    ):  # fmt: skip
        return None
    places: dict[str, str | None] = dict(zip(Texts._fields, plan.texts, strict=True))
    for role in _SINGLE:
        at = plan.paths.get(role, ())
        if len(at) > 1 or any(path is not None for _, path in at):
            return None
        places[role] = at[0][0] if at else None
    if any(path is not None for _, (_, path) in plan.links):
        return None
    names = {name: f"f{number}" for number, name in enumerate(found)}
    kinds: dict[str, Any] = dict.fromkeys(found, Raw)
    for key in [*places.values(), *(key for _, (key, _) in plan.links)]:
        if key is not None and key not in found:
            return None
        if key is not None:
            kinds[key] = str | None
    for role in _LISTS:
        if (key := places[role]) is not None:
            kinds[key] = str | list[str] | None
    fields: list[Any] = [(names[name], kind) for name, kind in kinds.items()]
    line = defstruct(
        "Line",
        [*fields, (_NOWHERE, None, None)],
        rename={attribute: name for name, attribute in names.items()} | {_NOWHERE: _NO_NAME},
        forbid_unknown_fields=True,
        gc=False,
    )
    attributes = [names[key] if key is not None else _NOWHERE for key in places.values()]
    addresses = [names[key] for _, (key, _) in plan.links]
    # With a name more than it needs `attrgetter` always gives a tuple.
    return _lane(
        Decoder(line).decode,
        attrgetter(*attributes),
        attrgetter(*addresses, _NOWHERE, _NOWHERE) if addresses else _no_addresses,
        plan,
    )


def _is_plain(line: str) -> bool:
    """Whether no text in the JSON on `line` has white space but single blanks, or half a
    surrogate pair: JSON writes control characters as escapes alone."""
    if "\\" in line and _ESCAPE.search(line):
        return False
    return "  " not in line and (line.isascii() or line.isprintable())


def _no_addresses(_: Any) -> tuple[Any, ...]:
    return ()


def _lane(
    decode: Callable[[str], Any],
    values_of: Callable[[Any], tuple[Any, ...]],
    addresses_of: Callable[[Any], tuple[Any, ...]],
    plan: Plan,
) -> Lane:
    kinds = tuple(kind for kind, _ in plan.links)
    evidence = plan.evidence
    plain_words: set[str] = set()

    def tags_of(words: str | list[str]) -> tuple[str, ...]:
        # The same few categories return in every line.
        if type(words) is str or len(words) > _FEW_TAGS:
            return tuple(dict.fromkeys(read_tags(words)))
        if plain_words.issuperset(words):
            return tuple(dict.fromkeys(words))
        tags = read_tags(words)
        if tags == words and len(plain_words) < _KEPT_WORDS:
            plain_words.update(words)
        return tuple(dict.fromkeys(tags))

    def read(line: str, span: Span) -> Record | None:
        found = decode(line)
        (
            said, summary, people, place, remark, cited,
            first, last, doi, words, number, own,
        ) = values_of(found)  # fmt: skip
        addresses = addresses_of(found)
        eprint, version = None, None
        if number:
            if (m := match_plain_eprint(number)) and (m[1] is None or m[1] in OLD_ARCHIVES):
                eprint = number
            elif known_eprint := read_eprint(number):
                eprint, version = known_eprint
        if own and eprint is None and (known_eprint := read_eprint(own)):
            eprint, version = known_eprint
        if doi:
            doi = read_doi(doi)
            if doi is None or doi.startswith(_ARXIV_DOI):
                return None
        elif own and "10." in own[:40] and read_doi(own):
            return None
        if addresses and (not doi or eprint is None):
            for address in addresses:
                if address and ("arxiv" in address or "doi.org/" in address) and (
                    eprint is None or "doi.org/" in address
                ):  # fmt: skip
                    return None
        names: tuple[str, ...] = ()
        if _is_plain(line):
            # Nothing to fold in any value, but for blanks at its ends.
            title = (said.strip() or None) if said and len(said) < _SHORT else read_line(said)
            comment = (
                (remark.strip() or None) if remark and len(remark) < _SHORT else read_line(remark)
            )
            if summary and "<" not in summary and len(summary) < _LONG:
                abstract = summary.strip() or None
            else:
                abstract = read_abstract(summary) if summary else None
            if people:
                names = read_plain_names(people) or read_names(people)
        else:
            title = read_line(said) if said else None
            comment = read_line(remark) if remark else None
            abstract = read_abstract(summary) if summary else None
            if people:
                names = read_names(people)
        if title is None and abstract is None:
            return None
        published = read_day(first) if first else None
        updated = read_day(last) if last else None
        if (first and published is None) or (last and updated is None):
            return None
        return Record(
            span=span,
            title=title,
            abstract=abstract,
            authors=names,
            eprint=eprint,
            eprint_version=version,
            doi=doi or None,
            published=published,
            published_as=evidence if published else None,
            updated=updated,
            comment=comment,
            journal_ref=read_line(cited) if cited else None,
            venue=read_line(place) if place else None,
            links=read_plain_addresses(kinds, addresses, abstract, comment),
            tags=tags_of(words) if words else (),
        )

    return read
