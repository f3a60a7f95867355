"""What commands say, and where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from digest.messages import problem_lines
from digest.problems import DigestError, Problem


def check_named(config: Path) -> None:
    """Raises DigestError where settings are named that are not there."""
    if not config.exists() and config.name != "digest.yaml":
        hint = "Check the path given with --config."
        raise DigestError(Problem(config.as_posix(), None, "error", "there is no such file", hint))


def say_problems(problems: Sequence[Problem], *, only_errors: bool = False) -> None:
    """Problems, on standard error."""
    for line in problem_lines(problems, only_errors=only_errors):
        click.echo(line, err=True)


def print_json(value: object) -> None:
    """One JSON object, on standard output."""
    from digest.account import to_json

    click.echo(to_json(value))
