"""What is broken, as the overlay and the terminal show it: with the lines around the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from digest.problems import Problem
from digest.serve.live import Failure

_AROUND = 2
_MOST = 20
"""Failures that one can take in; more are counted."""
_LARGEST = 8_000_000
_WIDEST = 200


def failures_of(problems: Iterable[Problem], folders: Sequence[Path]) -> tuple[Failure, ...]:
    """The errors among `problems`. `folders`: where their paths may begin, and where they must stay
    for a file's text to be shown."""
    errors = sorted(
        {p for p in problems if p.severity == "error"},
        key=lambda p: (p.path, p.line or 0, p.message),
    )
    shown = [
        Failure(p.path, p.line, p.severity, p.message, p.hint, _context(p, folders))
        for p in errors[:_MOST]
    ]
    if len(errors) > _MOST:
        more = f"and {len(errors) - _MOST:,} more errors"
        shown.append(Failure("", None, "error", more, "The page /_preview lists them all."))
    return tuple(shown)


def _context(problem: Problem, folders: Sequence[Path]) -> tuple[tuple[int, str], ...]:
    file = _find(problem.path, folders) if problem.line else None
    if file is None or problem.line is None:
        return ()
    try:
        if file.stat().st_size > _LARGEST:
            return ()
        lines = file.read_bytes().decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return ()
    start = max(0, problem.line - 1 - _AROUND)
    return tuple(
        (number, _cut(line))
        for number, line in enumerate(lines[start : problem.line + _AROUND], start + 1)
    )


def _find(path: str, folders: Sequence[Path]) -> Path | None:
    for folder in folders:
        try:
            inside, file = folder.resolve(), (folder / path).resolve()
            if file.is_relative_to(inside) and file.is_file():
                return file
        except (OSError, ValueError):
            continue
    return None


def _cut(line: str) -> str:
    text = "".join(c if c.isprintable() else " " for c in line.rstrip())
    return text if len(text) <= _WIDEST else text[:_WIDEST] + " …"
