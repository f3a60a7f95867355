"""Authors' names as exports write them: one text, or one mapping, a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import UNSET, UnsetType

from digest.paper import Orcids
from digest.readers.fields import read_authors
from digest.readers.json_records.values import plain, split_listed, tidy
from digest.readers.orcids import orcids_of
from digest.text import fold

_MANY = 20_000
_LONGEST = 2_000_000
_LONGEST_NAME = 500
_WHOLE = (
    "name", "literal", "display_name", "displayName", "full_name", "fullname", "fullName",
    "author_name", "authorName", "raw_author_name", "creatorName", "author", "person", "creator",
    "value",
)  # fmt: skip
_FAMILY = ("family", "last", "lastName", "last_name", "familyName", "surname", "lastname")
_ORCID = ("orcid", "ORCID", "orcid_id", "orcidId", "authorId")
_GIVEN = ("given", "first", "firstName", "first_name", "givenName", "firstname", "forename")
_INITIALS_LAST = re.compile(r"(?:[^\W\d_][\w'’.-]*\s){1,4}(?:[A-Z]\.-?){1,4}")


def read_names(value: Any, *, markup: bool = False) -> tuple[str, ...]:
    """The people in `value`, each as printed there; none where it holds no names."""
    if isinstance(value, dict):
        value = value.get("value") or [value]
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return ()
        return split_names(plain(value) if markup else value)
    if not isinstance(value, list):
        return ()
    if not markup and (plain_names := _plain(value)):
        return plain_names
    found = []
    for item in value[:_MANY]:
        if type(item) is not str:
            item = _name(item)  # noqa: PLW2901 - the same person, now as a text
        name = (
            " ".join(item.split())
            if not markup and item.isascii()
            else tidy(plain(item) if markup else item)
        )
        if name and len(name) <= _LONGEST_NAME:
            found.append(name)
    return tuple(found)


def read_orcids(value: Any) -> Orcids | UnsetType:
    """The ORCIDs of the people in `value`, as Crossref, OpenAlex and CSL write them."""
    if not isinstance(value, list) or not value or type(value[0]) is str:
        return UNSET
    people = [person for person in value[:_MANY] if isinstance(person, dict)]
    return orcids_of((tidy(_name(person)), text) for person in people if (text := _orcid(person)))


def _orcid(person: dict[str, Any]) -> str:
    inner = person.get("author")
    for place in (person, inner if isinstance(inner, dict) else {}):
        if text := _pick(place, _ORCID):
            return text
    return ""


def _plain(names: list[Any]) -> tuple[str, ...]:
    """`names` themselves where they are texts without anything to fold; else nothing."""
    try:
        joined = " | ".join(names)
    except TypeError:
        return ()
    # A blank at an end of any name, or a name that is none, makes two blanks of one.
    if (
        "  " in joined or joined[:1] == " " or joined[-1:] == " "
        or not joined.isprintable() or len(joined) > _LONGEST_NAME
    ):  # fmt: skip
        return ()
    return tuple(names)


def read_plain_names(names: Any) -> tuple[str, ...]:
    """As `read_names`, of a list of texts without white space but single blanks; nothing where
    that takes a closer look."""
    if type(names) is not list or len(names) > _LONGEST_NAME:
        return ()
    joined = " | ".join(names)
    if "  " in joined or joined[:1] == " " or joined[-1:] == " ":
        return ()
    if len(joined) > _LONGEST_NAME and max(map(len, names)) > _LONGEST_NAME:
        return ()
    return tuple(names)


def _name(person: Any) -> str:
    if isinstance(person, list):
        return _from_parts([part for part in person if isinstance(part, str)])
    for _ in range(3):
        if not isinstance(person, dict):
            break
        family, given = _pick(person, _FAMILY), _pick(person, _GIVEN)
        if family or given:
            particles = [
                _pick(person, (k,)) for k in ("dropping-particle", "non-dropping-particle")
            ]
            middle = _pick(person, ("middle", "middleName", "middle_name"))
            suffix = _pick(person, ("suffix",))
            return " ".join(filter(None, [given, middle, *particles, family, suffix]))
        person = next((person[key] for key in _WHOLE if person.get(key)), None)
    return person if isinstance(person, str) else ""


def _pick(person: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((v for k in keys if isinstance(v := person.get(k), str) and v), "")


def _from_parts(parts: list[str]) -> str:
    """`["Owl", "Ada", "Jr"]`, as arXiv's snapshot has it."""
    family, given, suffix = ([*parts, "", "", ""])[:3]
    return " ".join(filter(None, [given, family, suffix]))


def split_names(text: str) -> tuple[str, ...]:
    """The people named in one text, by whatever parts them there."""
    text = text.strip()
    if text[:1] == "[" and text[-1:] == "]" and (listed := split_listed(text)):
        return tuple(filter(None, map(tidy, listed)))
    for mark in ("|", "\n"):
        if mark in text:
            return tuple(filter(None, (tidy(part).rstrip(",;") for part in text.split(mark))))
    return tuple(_split(fold(text)))


def _split(text: str) -> Iterator[str]:
    parts = text.split(", ")
    if len(parts) > 1 and all(map(_INITIALS_LAST.fullmatch, parts)):  # `Owl A.B., Finch C.`
        yield from parts
    elif "," in text and ";" not in text and " and " not in text and text.count(",") % 2:
        # `Owl, A., Finch, B. C.`: every second part is initials alone.
        if len(parts) > 2 and all(re.fullmatch(r"(?:[A-Z]\.[ -]?)+", p) for p in parts[1::2]):
            yield from (f"{a}, {b}" for a, b in zip(parts[::2], parts[1::2], strict=True))
        else:
            yield from read_authors(text)
    else:
        yield from read_authors(text)
