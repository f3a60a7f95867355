"""What commands say, line by line, and what they print as JSON; `cli` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.problems import Problem

if TYPE_CHECKING:
    from digest.config import Config
    from digest.task import Report

_STYLE: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "note": {"fg": "blue"},
}


def visible(text: str) -> str:
    """`text` without what would steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def problem_lines(problems: Sequence[Problem], *, only_errors: bool = False) -> Iterator[str]:
    """Place, what is wrong and what to do, of each problem."""
    for problem in problems:
        if only_errors and problem.severity != "error":
            continue
        place = f"{visible(problem.path)}{f':{problem.line}' if problem.line else ''}: "
        kind = click.style(f"{problem.severity}: ", **_STYLE[problem.severity])
        yield (place if problem.path else "") + kind + visible(problem.message)
        if problem.hint:
            yield f"    {visible(problem.hint)}"


def closing_lines(report: Report, root: Path, config: Config) -> Iterator[str]:
    """What a build did, and where to look; `root` is the folder of the digest."""
    from digest.website.labels import count  # noqa: PLC0415 - only a build needs it

    far = "://" in config.output
    place = config.output.rstrip("/") if far else (root / config.output).as_posix()
    repeats = f" ({count(report.duplicates, 'repeat', 'repeats')})" if report.duplicates else ""
    yield click.style(
        f"{count(report.papers, 'paper', 'papers')} from "
        f"{count(report.records, 'record', 'records')}{repeats}, "
        f"{count(report.pages, 'file', 'files')}: {report.written:,} written, "
        f"{report.unchanged:,} unchanged, {report.removed:,} removed "
        f"in {report.seconds:.2f} s.",
        bold=True,
    )
    if report.problems:
        problems = count(len(report.problems), "problem", "problems")
        yield f"{problems}, by file in {place}/report.html"
    yield f"Written to {place}" if far else f"Open {place}/index.html"
    if not config.base_url:
        yield (
            "Before you publish it, set base_url in digest.yaml: feeds and the sitemap "
            "need full addresses."
        )


def report_fields(report: Report) -> dict[str, Any]:
    """What `digest build --json` prints."""
    fields = {name: getattr(report, name) for name in report.__struct_fields__}
    del fields["changed"], fields["stages"], fields["waiting"], fields["due"], fields["unkept"]
    return {**fields, "problems": [problem_fields(p) for p in report.problems]}


def problem_fields(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    return {name: getattr(problem, name) for name in problem.__struct_fields__}
