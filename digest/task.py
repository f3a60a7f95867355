"""What is to be built, and what a build reports: known before anything heavy is imported, for a
build that changes nothing needs no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from digest.config import Config
from digest.content import Content
from digest.problems import Problem
from digest.website.output import Output
from digest.website.theme import Theme

Progress = Callable[[str, int, int], None]
"""Hears the stage, how much of it is done, and how much there is."""


class Task(NamedTuple):
    """What is to be built."""

    config: Config
    content: Content
    states: Mapping[str, bytes]
    """Of the content's files by name, as `content.state_of` tells them."""
    theme: Theme
    output: Output
    today: str = "9999"
    """`2026-11-22`: what is dated later waits. The only thing that depends on a clock."""
    drafts: bool = False
    """Whether what waits is shown all the same."""
    registry: Path | None = None
    """The folder in which addresses are to be noted; None where none are."""


class Report(Struct, frozen=True, kw_only=True):
    """What a build did."""

    records: int
    papers: int
    duplicates: int
    pages: int
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    stages: tuple[tuple[str, float], ...] = ()
    """Their names and seconds."""
    changed: tuple[str, ...] = ()
    """Paths of the site that were written or removed."""
    waiting: tuple[tuple[str, str], ...] = ()
    """Pages that a build would do without, and why in a word or two."""
    due: bool = False
    """Whether something was left out that another day alone may bring in."""
    unkept: bool = False
    """Whether addresses of papers could not be noted."""
    seconds: float = 0.0
