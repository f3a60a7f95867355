"""The house keeps its shape: who may import whom, one door for dangerous things, small files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "digest"

MAY_USE: dict[str, set[str]] = {
    "text": set(),
    "problems": set(),
    "yaml_text": set(),
    "paper": {"text", "problems"},
    "identifiers": {"text", "paper"},
    "links": {"text", "paper", "identifiers"},
    "latex": {"text"},
    "language": set(),
    "readers": {"text", "yaml_text", "latex", "problems", "identifiers", "links", "paper"},
    "catalogue": {"text", "yaml_text", "latex", "problems", "identifiers", "links", "paper"},
    "colours": set(),
    "look": {"colours", "problems"},
    "config": {"text", "problems", "yaml_text", "look"},
    "content": {"problems", "text"},
    "ledger": {"problems", "paper"},
    "executors": {"problems", "paper"},
    "account": {"paper", "problems", "readers"},
    "version": {"text"},
    "shelf": {"ledger"},
    "intake": {"text", "readers", "catalogue", "executors", "ledger", "shelf"},
    "study": {"text", "paper", "catalogue", "executors", "ledger", "shelf"},
    "kinship": {"paper", "catalogue", "ledger"},
    "search": {"text", "latex", "problems", "identifiers", "paper", "catalogue", "ledger"},
    "website": {
        "text",
        "version",
        "latex",
        "language",
        "problems",
        "identifiers",
        "paper",
        "catalogue",
        "look",
        "config",
        "content",
        "ledger",
        "executors",
        "search",
    },
    "drafts": {"paper", "problems", "content"},
    "addresses": {"paper", "problems", "catalogue", "content"},
    "today": set(),
    "scaffold": set(),
    "interrupt": set(),
    "progress": {"interrupt"},
    "task": {"problems", "config", "content", "website"},
    "understanding": {
        "task",
        "addresses",
        "drafts",
        "text",
        "version",
        "problems",
        "paper",
        "readers",
        "catalogue",
        "config",
        "content",
        "executors",
        "ledger",
        "shelf",
        "intake",
        "study",
        "kinship",
        "search",
        "website",
    },
    "pipeline": {
        "task",
        "drafts",
        "problems",
        "config",
        "understanding",
        "website",
    },
    "glance": {"paper", "readers", "catalogue", "ledger", "understanding", "website"},
    "build": {
        "task",
        "text",
        "glance",
        "version",
        "problems",
        "config",
        "content",
        "ledger",
        "shelf",
        "intake",
        "understanding",
        "pipeline",
        "website",
    },
    "enrich": {
        "text",
        "latex",
        "problems",
        "identifiers",
        "paper",
        "readers",
        "catalogue",
        "config",
        "content",
    },
    "export": {
        "text",
        "latex",
        "problems",
        "identifiers",
        "paper",
        "catalogue",
        "config",
        "website",
        "build",
    },
    "check": {
        "problems",
        "readers",
        "catalogue",
        "config",
        "content",
        "executors",
        "website",
    },
    "deploy": {"problems", "config", "website"},
    "options": set(),
    "serve": {
        "website",
        "text",
        "problems",
        "config",
        "content",
        "executors",
        "progress",
        "today",
        "task",
        "pipeline",
        "build",
    },
    "messages": {"problems", "config", "task", "website"},
    "cli": {
        "messages",
        "problems",
        "account",
        "readers",
        "config",
        "executors",
        "website",
        "pipeline",
        "build",
        "check",
        "deploy",
        "export",
        "enrich",
        "options",
        "serve",
        "today",
        "scaffold",
        "interrupt",
        "progress",
        "search",
    },
}
"""Rooms of the house, each with the rooms that it may use; every row names only rows above it."""


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__main__.py")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            module = node.module or ""
            # `from digest.readers import bibtex` uses the module, not the package's face.
            inner = [f"{module}.{alias.name}" for alias in node.names]
            names = [name if is_module(name) else module for name in inner]
        found |= {name for name in names if name == "digest" or name.startswith("digest.")}
    return found


def is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def test_the_table_is_a_ladder() -> None:
    """No row names itself or a row below it, so no cycle is possible between rooms."""
    seen: set[str] = set()
    for name, used in MAY_USE.items():
        assert used <= seen, f"{name} names {used - seen}, which stand below it"
        seen.add(name)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_use_only_rooms_below_them(path: Path) -> None:
    """Imports follow the table, late and typing-only ones included."""
    own = room(path)
    if own == "__init__":
        return
    used = {name.split(".")[1] for name in imported(path) if "." in name} - {own}
    assert used <= MAY_USE[own], f"{own} may not use {sorted(used - MAY_USE[own])}"


def test_modules_have_no_import_cycles() -> None:
    """Within a room, too, imports run one way."""
    graph: dict[str, set[str]] = {}
    for path in modules():
        name = "digest." + path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        graph[name.removesuffix(".__init__")] = imported(path)
    state: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert state.get(name) != 1, " -> ".join((*trail, name))
        if state.get(name) == 2:
            return
        state[name] = 1
        for other in sorted(graph.get(name, ())):
            if other != name and other in graph:
                visit(other, (*trail, name))
        state[name] = 2

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_have_one_job(path: Path) -> None:
    """No file grows above about 300 lines."""
    assert len(path.read_text("utf-8").splitlines()) <= 320


DOORS = {
    r"Markup\((?!\"<pre>)": {"website/render.py", "website/markdown.py"},
    r"\byaml\.(?:\w*load|compose|parse)\w*\(": {"yaml_text.py"},
    r"\bpickle\b|\beval\(|\bexec\(|shell=True": set(),
    r"\.open\([\"'][wax]|write_bytes\(|write_text\(": {
        "website/output.py",
        "scaffold.py",
        "enrich/files.py",
        "build.py",
        "addresses.py",
        "ledger.py",
    },
    r"\bprint\(|sys\.exit\(|click\.s?echo\(": {
        "cli/main.py",
        "cli/making.py",
        "cli/asking.py",
        "cli/saying.py",
    },
}
"""What is dangerous or belongs to one place, and the files that may hold it."""


@pytest.mark.parametrize("pattern", DOORS, ids=lambda p: p[:24])
def test_dangerous_things_have_one_door(pattern: str) -> None:
    """Escaped HTML is made, files are written and YAML is parsed in known places only."""
    for path in modules():
        name = path.relative_to(PACKAGE).as_posix()
        allowed = name in DOORS[pattern] or (name.startswith("latex/") and "Markup" in pattern)
        found = [
            line
            for line in path.read_text("utf-8").splitlines()
            if re.search(pattern, line) and not line.lstrip().startswith("#")
        ]
        assert allowed or not found, f"{name}: {found}"
