"""What the user says of a paper, in the front matter of its note, wins over every source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from digest.catalogue.bonds import Bond
from digest.paper import Record
from digest.problems import Problem
from digest.text import clean, fold
from digest.yaml_text import YamlRefused, compose, line_of

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)

_FIELDS = (
    "title",
    "authors",
    "eprint",
    "eprint_version",
    "doi",
    "published",
    "updated",
    "comment",
    "journal_ref",
    "venue",
    "links",
    "tags",
)


class Override(Struct, frozen=True):
    """The front matter of a note."""

    record: Record
    """Fields that are set replace the paper's; an abstract is never taken from here."""
    hide: bool = False
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()
    """Names or slugs."""
    same_as: tuple[tuple[str, int], ...] = ()
    """Papers that are this one, as written, each with its line."""
    not_same_as: tuple[tuple[str, int], ...] = ()


def read_override(record: Record, head: str, path: str) -> tuple[Override, tuple[Problem, ...]]:
    """What a note says: `record`, read from its front matter, and what no record has a field for.

    `head` is the front matter with the lines around it.
    """
    problems: list[Problem] = []
    try:
        root = compose(_FENCE.sub("", head))
    except YamlRefused:
        root = None  # told by whoever read the record
    said: dict[str, Any] = {}
    for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
        name = str(key.value).strip().lower().replace("-", "_").replace(" ", "_")
        if name == "hide":
            said[name] = str(node.value).strip().lower() in ("true", "yes")
        elif name in ("add_tags", "drop_tags"):
            said[name] = _names(node, name, path, problems)
        elif name in ("same_as", "not_same_as"):
            others = _names(node, name, path, problems)
            said[name] = tuple((other, line_of(node)) for other in others)
    return Override(record, **said), tuple(problems)


def _names(node: yaml.Node, key: str, path: str, problems: list[Problem]) -> tuple[str, ...]:
    """A list of names, or several on one line with commas between."""
    if isinstance(node, yaml.ScalarNode):
        parts = node.value.split(",")
    elif isinstance(node, yaml.SequenceNode) and all(
        isinstance(item, yaml.ScalarNode) for item in node.value
    ):
        parts = [item.value for item in node.value]
    else:
        hint = f"Write `{key}: [one, two]`."
        problems.append(
            Problem(path, line_of(node), "warning", f"`{key}` is no list of names", hint)
        )
        return ()
    return tuple(name for part in parts if (name := fold(clean(part)).lstrip("#")))


def bonds_of(overrides: Mapping[str, Override], paths: Mapping[str, str]) -> list[Bond]:
    """What notes, by slug, say of which papers are one; `paths` are the notes' files."""
    return [
        Bond(slug, other, same, paths[slug], line)
        for slug, said in sorted(overrides.items())
        for same, others in ((True, said.same_as), (False, said.not_same_as))
        for other, line in others
    ]


def apply(override: Override, record: Record) -> Record:
    """`record` as the user wants it read."""
    said = {name: value for name in _FIELDS if (value := getattr(override.record, name))}
    if "published" in said:
        said["published_as"] = "note"
    return msgspec.structs.replace(record, **said)
