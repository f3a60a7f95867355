"""The page `/_preview`: the last builds by stage, why they were made, and what is wrong."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache

import jinja2
from msgspec import Struct

from digest.problems import Problem
from digest.serve.pages import read_asset
from digest.serve.preview import Round

_LISTED = 12
"""Files named of a build; more are counted."""
_PROBLEMS = 50
"""Problems named of a file."""
_ORDER = {"error": 0, "warning": 1, "note": 2}


class _Names(Struct, frozen=True):
    shown: tuple[str, ...]
    more: int


class _Row(Struct, frozen=True):
    number: int
    time: str
    done: bool
    seconds: str
    stages: tuple[tuple[str, str, int], ...]
    """Name, seconds, and share of the whole in per cent."""
    causes: _Names
    changed: _Names
    papers: int
    pages: int


class _File(Struct, frozen=True):
    name: str
    problems: tuple[Problem, ...]
    more: int


def make_status(rounds: Iterable[Round], *, listening: int, has_events: bool) -> bytes:
    """The page, of the last builds with the newest last."""
    newest_first = list(rounds)[::-1]
    problems = newest_first[0].built.problems if newest_first else ()
    page = _template().render(
        rows=[_row(entry) for entry in newest_first],
        files=_by_file(problems),
        counts={
            severity: sum(problem.severity == severity for problem in problems)
            for severity in _ORDER
        },
        listening=listening,
        has_events=has_events,
    )
    return page.encode("utf-8", "replace")


def _row(entry: Round) -> _Row:
    built = entry.built
    whole = max(built.seconds, 1e-9)
    return _Row(
        entry.number,
        time.strftime("%H:%M:%S", time.localtime(entry.at)),
        built.done,
        _seconds(built.seconds),
        tuple(
            (name, _seconds(seconds), min(100, round(100 * seconds / whole)))
            for name, seconds in built.stages
        ),
        _names([f"{path} ({what})" for path, what in entry.causes], entry.more_causes),
        _names(built.changed, entry.more_changed),
        built.papers,
        built.pages,
    )


def _names(names: Sequence[str], more: int) -> _Names:
    return _Names(tuple(names[:_LISTED]), max(0, len(names) - _LISTED) + more)


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _by_file(problems: Iterable[Problem]) -> list[_File]:
    def place(problem: Problem) -> tuple[str, int, int, str]:
        return problem.path, _ORDER[problem.severity], problem.line or 0, problem.message

    files = []
    for name, group in itertools.groupby(sorted(problems, key=place), lambda p: p.path):
        found = tuple(group)
        files.append(_File(name, found[:_PROBLEMS], max(0, len(found) - _PROBLEMS)))
    return sorted(files, key=lambda file: (_ORDER[file.problems[0].severity], file.name))


@lru_cache(1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(read_asset("status.html").decode())
