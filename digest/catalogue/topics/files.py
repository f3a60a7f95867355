"""Files of topics: YAML text -> what it says of each topic, with the line of every mistake.

The same format serves the fields that ship with the package and the `taxonomy.yaml` of a digest;
it is described in `fields/README.md`.
"""

from __future__ import annotations

import difflib
from typing import Any, get_args

import yaml
from msgspec import Struct

from digest.paper import TagKind
from digest.problems import Problem
from digest.text import clean, fold
from digest.yaml_text import YamlRefused, compose, line_of

_MAX_PHRASE = 120
_LISTS = ("parents", "words", "short", "weak", "with", "arxiv")
_TEXTS = ("name", "slug", "about", "rename", "same_as")
_FLAGS = ("hide", "pin", "name_matches")
_KINDS = get_args(TagKind)
_KEYS = (*_TEXTS, *_LISTS, *_FLAGS, "kind")
_TOP = ("field", "about", "topics")
_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})


class Entry(Struct, frozen=True, kw_only=True):
    """What a file says of one topic. `None` and `()` where it says nothing."""

    line: int
    name: str
    slug: str | None = None
    about: str | None = None
    parents: tuple[str, ...] = ()
    """Names or slugs, as written."""
    words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    arxiv: tuple[str, ...] = ()
    rename: str | None = None
    same_as: str | None = None
    """Name or slug of the topic that this one becomes part of."""
    hide: bool = False
    pin: bool = False
    name_matches: bool = True
    kind: TagKind | None = None


class TopicFile(Struct, frozen=True):
    """A whole file: its field, if it names one, and its topics in the order written."""

    path: str
    field: str | None
    about: str | None
    entries: tuple[Entry, ...]


def nearest(word: str, known: tuple[str, ...] | list[str], cutoff: float = 0.6) -> str | None:
    """The one of `known` that `word` was probably meant to be; `cutoff` is 0 to 1."""
    folded = {k.lower(): k for k in known}
    near = difflib.get_close_matches(word.lower(), list(folded), n=1, cutoff=cutoff)
    return folded[near[0]] if near else None


def read_topics(
    text: str, path: str, *, trusted: bool = False
) -> tuple[TopicFile, tuple[Problem, ...]]:
    """The topics of `text`. What is wrong is left out and told in a problem; the rest counts.

    `trusted`: the file ships with the package; it is not searched for what might harm the parser.
    """
    try:
        root = compose(text, trusted=trusted)
    except YamlRefused as refused:
        problem = Problem(
            path,
            refused.line,
            "error",
            f"not valid YAML: {refused}",
            "Check indentation, quotes and brackets near this line.",
        )
        return TopicFile(path, None, None, ()), (problem,)
    reader = _Reader(path)
    file = reader.read(root)
    return file, tuple(reader.problems)


class _Reader:
    """Walks the nodes of one file and collects its problems."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def tell(self, node: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line_of(node), "warning", message, hint))

    def read(self, root: Any) -> TopicFile:
        if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
            return TopicFile(self.path, None, None, ())
        if not isinstance(root, yaml.MappingNode):
            self.tell(root, "the file is not a mapping", "Begin it with `topics:`.")
            return TopicFile(self.path, None, None, ())
        field = about = None
        entries: list[Entry] = []
        for key, node in self.pairs(root, _TOP):
            if key == "topics":
                entries = self.entries(node)
            elif key == "field":
                field = self.text(key, node)
            else:
                about = self.text(key, node)
        return TopicFile(self.path, field, about, tuple(entries))

    def pairs(self, node: Any, known: tuple[str, ...]) -> list[tuple[str, Any]]:
        """Known keys of a mapping with their nodes; of a key that stands twice, the last."""
        found: dict[str, Any] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key not in known:
                near = nearest(key, known)
                self.tell(
                    key_node,
                    f"unknown key `{key[:40]}`",
                    f"Did you mean `{near}`?" if near else f"Known: {', '.join(known)}.",
                )
                continue
            if key in found:
                self.tell(key_node, f"`{key}` stands twice", "Keep one; the last one counts.")
            found[key] = value
        return list(found.items())

    def entries(self, node: Any) -> list[Entry]:
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.tell(node, "`topics` is not a list", "Begin each topic with `- name: …`.")
            return []
        return [entry for item in node.value if (entry := self.entry(item)) is not None]

    def entry(self, node: Any) -> Entry | None:
        if not isinstance(node, yaml.MappingNode):
            self.tell(node, "a topic is not a mapping", "Begin each topic with `- name: …`.")
            return None
        values: dict[str, Any] = {}
        for key, value in self.pairs(node, _KEYS):
            if key in _TEXTS:
                values[key] = self.text(key, value)
            elif key == "kind":
                values[key] = self.kind(value)
            elif key in _FLAGS:
                flag = self.flag(key, value)
                if flag is not None:
                    values[key] = flag
            else:
                values["cues" if key == "with" else key] = self.texts(key, value)
        name = values.get("name") or values.get("slug")
        if not name:
            self.tell(node, "a topic has no name", "Add `name:`, or `slug:` of a known topic.")
            return None
        return Entry(line=line_of(node), **{**values, "name": name})

    def text(self, key: str, node: Any) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self.tell(node, f"`{key}` is not a text", "Write it on one line; quote it if needed.")
            return None
        return fold(clean(node.value)) or None

    def kind(self, node: Any) -> Any:
        value = node.value.lower() if isinstance(node, yaml.ScalarNode) else ""
        if value in _KINDS:
            return value
        self.tell(node, "`kind` is none of the known kinds", f"Known: {', '.join(_KINDS)}.")
        return None

    def flag(self, key: str, node: Any) -> bool | None:
        value = node.value.lower() if isinstance(node, yaml.ScalarNode) else ""
        if value in _YES or value in _NO:
            return value in _YES
        self.tell(node, f"`{key}` is neither yes nor no", "Write `yes` or `no`.")
        return None

    def texts(self, key: str, node: Any) -> tuple[str, ...]:
        """A list of texts; a single text is taken as a list of one."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found: list[str] = []
        for item in nodes:
            if not isinstance(item, yaml.ScalarNode):
                self.tell(
                    item,
                    f"`{key}` holds something that is not a text",
                    f"Write `{key}: [one, two]`.",
                )
                continue
            value = fold(clean(item.value))
            if len(value) > _MAX_PHRASE:
                self.tell(
                    item,
                    f"`{key}` holds a phrase of {len(value)} characters",
                    f"Keep phrases below {_MAX_PHRASE} characters.",
                )
            elif key == "short" and len(value) == 1:
                self.tell(
                    item,
                    f"`short` holds a single letter, `{value}`",
                    "Any text has it. Write two letters or more, or a phrase under `words`.",
                )
            elif value:
                found.append(value)
        return tuple(found)
