"""`people.yaml`: what the group says of who is who.

- name: Wei Wang                  # a name as papers print it
  apart: [arxiv-2309.04669]       # these papers are of one who is not the others of that name
  known_as: Wei Wang (Lyon)       # how the page calls this one; may be left out
- same: [Jane Smith, J. Smith]    # one person; the first is how the page calls her
"""

from __future__ import annotations

import difflib

import yaml
from msgspec import Struct

from digest.problems import Problem
from digest.text import clean, fold
from digest.yaml_text import YamlRefused, compose, line_of

_KEYS = ("name", "apart", "known_as", "same")
_SHAPE = "Write “- name: …” with “apart: [paper, paper]”, or “- same: [name, name]”."


class Written(Struct, frozen=True):
    """A word and the line that it stands on."""

    text: str
    line: int


class Apart(Struct, frozen=True):
    """Papers that are of one of several people of one name."""

    name: Written
    papers: tuple[Written, ...]
    """Slugs, addresses, identifiers or keys."""
    known_as: str = ""


class People(Struct, frozen=True):
    """What a file says."""

    path: str = ""
    apart: tuple[Apart, ...] = ()
    same: tuple[tuple[Written, ...], ...] = ()
    """Names of one person, two or more."""


def read_people(text: str | None, path: str) -> tuple[People, tuple[Problem, ...]]:
    """What `text`, in a file called `path` in messages, says, and what is wrong with it."""
    if not text:
        return People(path), ()
    try:
        root = compose(text)
    except YamlRefused as refused:
        problem = Problem(path, refused.line, "error", f"not valid YAML: {refused}", _SHAPE)
        return People(path), (problem,)
    problems: list[Problem] = []
    apart: list[Apart] = []
    same: list[tuple[Written, ...]] = []
    entries = root.value if isinstance(root, yaml.SequenceNode) else [root] if root else []
    for node in entries:
        said = _fields(node, path, problems)
        names, papers, called = (said.get(key, ()) for key in ("name", "apart", "known_as"))
        if len(said.get("same", ())) > 1 and not names:
            same.append(said["same"])
        elif len(names) == 1 and papers:
            apart.append(Apart(names[0], papers, called[0].text if called else ""))
        else:
            message = "says nothing of who is who"
            problems.append(Problem(path, line_of(node), "warning", message, _SHAPE))
    return People(path, tuple(apart), tuple(same)), tuple(problems)


def _fields(node: yaml.Node, path: str, problems: list[Problem]) -> dict[str, tuple[Written, ...]]:
    said: dict[str, tuple[Written, ...]] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        name = str(key.value).strip().lower().replace("-", "_").replace(" ", "_")
        if name not in _KEYS:
            near = difflib.get_close_matches(name[:40], _KEYS, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else _SHAPE
            message = f"“{name[:40]}” is not known here"
            problems.append(Problem(path, line_of(key), "warning", message, hint))
            continue
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        said[name] = tuple(
            Written(word, line_of(item))
            for item in items
            if isinstance(item, yaml.ScalarNode) and (word := fold(clean(item.value)))
        )
    return said
