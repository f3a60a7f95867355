"""Problems are values: where, what was found, and what to do about it.

A reader or stage that meets bad input yields a `Problem` and goes on. Only what makes the whole
command impossible (usage, configuration, an unreadable folder) is raised, as `DigestError`, and it
carries problems too.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "note"]
"""`error`: something of the user's is missing from the site. `warning`: it is there, but perhaps
not as meant. `note`: nothing is wrong; good to know."""


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong, in the words of whoever must mend it."""

    path: str
    """The file, as the user would name it, or "" where no file is concerned."""
    line: int | None
    """1-based line of `path`, or None where the whole file is meant."""
    severity: Severity
    message: str
    """What was found."""
    hint: str
    """What to do next."""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.severity}: {self.message}" if place else self.message


class DigestError(Exception):
    """The command cannot go on. Carries every problem known by then, never just the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems

    def __reduce__(self) -> tuple[type[DigestError], tuple[Problem, ...]]:
        # So that it comes whole out of a worker process.
        return type(self), self.problems
