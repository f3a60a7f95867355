"""Problems are values, and an error carries all of them, also between processes."""

from __future__ import annotations

import copy

from digest.problems import DigestError, Problem


def test_a_problem_reads_as_a_compiler_says_it() -> None:
    """Place first, so that editors can jump there."""
    problem = Problem("a.txt", 3, "error", "this is no date", "write 2023-09-08")
    assert str(problem) == "a.txt:3: error: this is no date"
    assert str(Problem("", None, "note", "nothing here", "")) == "nothing here"


def test_an_error_keeps_its_problems() -> None:
    """Copied as a worker process sends it."""
    error = DigestError(Problem("a", 1, "error", "x", "y"), Problem("b", None, "error", "z", ""))
    again = copy.copy(error)
    assert again.problems == error.problems
    assert str(again) == "a:1: error: x; b: error: z"
