"""The shipped fields, read line by line: they are written so plainly that YAML is not needed.

A parser of all of YAML takes most of the time in which a small digest is built. Whatever is not
plain here is left to it.
"""

from __future__ import annotations

from typing import Any, get_args

from digest.catalogue.topics.files import Entry, TopicFile
from digest.paper import TagKind
from digest.text import clean

_TEXTS = {"name": "name", "slug": "slug", "about": "about"}
_LISTS = {
    "parents": "parents",
    "words": "words",
    "short": "short",
    "weak": "weak",
    "with": "cues",
    "arxiv": "arxiv",
}
_MARKS = tuple("\"'&*!|>%@`{}[]#,?:-~")
"""What gives a value another meaning in YAML where it begins with it."""
_KINDS = get_args(TagKind)
_MOST = 120
"""Characters of a phrase."""


class _NotPlainError(ValueError):
    pass


def read_shipped(text: str, path: str) -> TopicFile | None:
    """What `read_topics` returns for `text`; None where that is not plain enough to tell."""
    head: dict[str, str] = {}
    entries: list[dict[str, Any]] = []
    try:
        for number, line in enumerate(clean(text).split("\n"), 1):
            if not line:
                continue
            key, colon, value = line.partition(":")
            if not colon or (value and value[0] != " ") or "  " in value or value[-1:] == " ":
                return None
            _take(head, entries, number, key, value[1:])
        made = tuple(Entry(**entry) for entry in entries)
    except (_NotPlainError, TypeError):
        return None
    return TopicFile(path, head.get("field"), head.get("about"), made)


def _take(
    head: dict[str, str], entries: list[dict[str, Any]], number: int, key: str, value: str
) -> None:
    if key == "  - name":
        entries.append({"line": number, "name": _plain(value)})
    elif key in ("field", "about") and not entries:
        head[key] = _plain(value)
    elif key == "topics" and not value and not entries:
        return
    elif entries and key[:4] == "    " and key[4:] not in entries[-1]:
        known, key = entries[-1], key[4:]
        if key in _LISTS:
            known[_LISTS[key]] = _list(value)
        elif key in _TEXTS:
            known[_TEXTS[key]] = _plain(value)
        elif key == "kind" and value in _KINDS:
            known[key] = value
        elif key == "name_matches" and value in ("yes", "no"):
            known[key] = value == "yes"
        else:
            raise _NotPlainError
    else:
        raise _NotPlainError


def _plain(value: str) -> str:
    if not value or value.startswith(_MARKS) or ": " in value or " #" in value or value[-1] == ":":
        raise _NotPlainError
    return value


def _list(value: str) -> tuple[str, ...]:
    inner = value[1:-1]
    if value[:1] != "[" or value[-1:] != "]" or ": " in inner or " #" in inner or "[" in inner:
        raise _NotPlainError
    return tuple([_item(item) for item in inner.split(", ")])


def _item(item: str) -> str:
    if not item or len(item) > _MOST or "," in item or item[-1] in ": ":
        raise _NotPlainError
    if item.startswith(_MARKS):
        quoted = item[0] == item[-1] == '"' and item.count('"') == 2 and "\\" not in item
        if not quoted or len(item) < 3:
            raise _NotPlainError
        return item[1:-1]
    return item
