"""Whether an object is a paper at all, and what is odd about a valid one."""

from __future__ import annotations

from collections.abc import Iterator
from json import loads
from typing import Any

from digest.paper import Record
from digest.readers.base import Remark
from digest.readers.roles import find_roles

_STRONG = ("abstract", "authors", "eprint", "doi", "venue", "journal_ref")


def is_sure(record: Record) -> bool:
    """Whether `record` says enough to be told from a film, a news item or a package."""
    pdf = any(link.kind == "pdf" for link in record.links)
    evidence = (
        2.0 * bool(record.title) + 2.0 * bool(record.abstract)
        + 2.0 * bool(record.eprint or record.doi) + 2.0 * bool(record.venue or record.journal_ref)
        + min(2, len(record.authors)) + bool(record.published) + bool(record.tags) + pdf
    )  # fmt: skip
    return bool(record.title or record.abstract) and evidence >= 4


def names_paper(names: list[str]) -> bool:
    """Whether an object whose fields have these names is meant as a paper."""
    roles = find_roles(names)
    return "title" in roles and any(role in roles for role in _STRONG)


def count_names(value: Any) -> int:
    """How many names the objects in `value` have."""
    number = 0
    todo = [value]
    while todo:
        inner = todo.pop()
        if isinstance(inner, dict):
            number += len(inner)
            inner = inner.values()
        todo.extend([item for item in inner if isinstance(item, (dict, list))])
    return number


def find_repeated(text: str, start: int, end: int) -> Iterator[Remark]:
    """A remark for each field that an object in text[start:end] has twice."""
    names: dict[str, None] = {}

    def note(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                names[name] = None
            seen.add(name)

    try:
        loads(text[start:end], object_pairs_hook=note, parse_int=str)
    except (ValueError, RecursionError):
        return
    for name in names:
        at = text.rfind(f'"{name}"', start, end)
        yield Remark(
            max(at, start), "warning", f"`{name[:60]}` stands twice; the last one counts",
            "remove the other one",
        )  # fmt: skip
