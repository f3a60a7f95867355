"""YAML read as nothing but text, lists and mappings: the one door for it.

Every scalar stays the characters that stand in the file, so that `2401.10200` is an identifier and
`no` a word. Aliases are refused, and so is deep nesting, before anything is built: a few hundred
bytes of aliases within aliases can take minutes (the "billion laughs"), or hold themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

MAX_CHARACTERS = 262_144
MAX_DEPTH = 30
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlRefused(ValueError):  # noqa: N818 - a refusal, not a fault of ours
    """`line` (1-based, None where the whole text is meant) and why."""

    def __init__(self, line: int | None, why: str) -> None:
        super().__init__(why)
        self.line = line


def compose(text: str, *, trusted: bool = False) -> yaml.Node | None:
    """The tree of `text`, whose nodes know their lines; None where there is nothing.

    A `trusted` text ships with the package, and is not searched for what might do harm.
    Raises YamlRefused.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlRefused(None, f"longer than {MAX_CHARACTERS:,} characters")
    try:
        if not trusted:
            _guard(text)
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except YamlRefused:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(mark.line + 1 if mark else None, error.problem or "not YAML") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlRefused(None, " ".join(str(error).split())[:120]) from error
    return node


def load(text: str, *, trusted: bool = False) -> Any:
    """`text` as str, list and dict; None where there is nothing. Raises YamlRefused."""
    node = compose(text, trusted=trusted)
    return None if node is None else value_of(node)


def value_of(node: yaml.Node) -> Any:
    """A node as str, list and dict. Of a key that stands twice the last counts."""
    if isinstance(node, yaml.MappingNode):
        return {_key(key): value_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item) for item in node.value]
    return node.value


def line_of(node: yaml.Node) -> int:
    """The 1-based line on which `node` begins."""
    return int(node.start_mark.line) + 1


def _key(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _guard(text: str) -> None:
    # Events first: they cost nothing, however deep or often repeated the values are.
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        alias = isinstance(event, yaml.AliasEvent)
        if alias or depth > MAX_DEPTH:
            what = "an alias (*name): write it out" if alias else "nested too deeply"
            raise YamlRefused(int(event.start_mark.line) + 1 if event.start_mark else None, what)


class Scalar(NamedTuple):
    """A value or key of a YAML text, where it stands, and what it says."""

    start: int
    """Offset of its tag, quote, `|` or first letter."""
    end: int
    style: str
    """`'`, `"`, `|`, `>` or, where it is plain, nothing."""
    value: str | None
    """None where the text ends inside its quotes."""
    is_binary: bool
    """Whether it is tagged `!!binary`: bytes in base64."""


def scalars(text: str) -> Iterator[Scalar]:
    """Every scalar of `text` with its place, nothing built from them.

    For texts of any length: events alone cost no more than they are long. An alias is passed over.
    Raises YamlRefused at what is no YAML, after what stands before it.
    """
    depth, by = 0, len(text) - len(text.lstrip("\ufeff"))
    try:
        for event in yaml.parse(text[by:], Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    line = int(event.start_mark.line) + 1 if event.start_mark else None
                    raise YamlRefused(line, "nested too deeply")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
                start, end = by + event.start_mark.index, by + event.end_mark.index
                binary = event.tag in ("!!binary", "tag:yaml.org,2002:binary")
                yield Scalar(start, end, event.style or "", event.value, binary)
    except yaml.MarkedYAMLError as error:
        begun = error.context_mark
        if begun and "quoted scalar" in (error.context or "") and "end of" in (error.problem or ""):
            start = by + begun.index
            yield Scalar(start, len(text), text[start : start + 1], None, False)
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(mark.line + 1 if mark else None, error.problem or "not YAML") from error
    except YamlRefused:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlRefused(None, " ".join(str(error).split())[:120]) from error
