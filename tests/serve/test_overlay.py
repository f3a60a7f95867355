"""What is broken is shown with its place, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from digest.problems import Problem
from digest.serve.overlay import failures_of


def error(path: str, line: int | None = 3, message: str = "broken") -> Problem:
    return Problem(path, line, "error", message, "mend it")


def test_lines_around_the_place_are_shown(tmp_path: Path) -> None:
    """Two before and two after, with their numbers; control characters are not passed on."""
    (tmp_path / "a.md").write_text("one\ntwo\nth\x1b[31mree\nfour\nfive\nsix\n")
    (shown,) = failures_of([error("a.md")], [tmp_path])
    assert shown.context == (
        (1, "one"), (2, "two"), (3, "th [31mree"), (4, "four"), (5, "five")
    )  # fmt: skip
    assert failures_of([error("a.md", None)], [tmp_path])[0].context == ()
    assert failures_of([error("a.md", 99)], [tmp_path])[0].context == ()


def test_no_file_outside_the_digest_is_shown(tmp_path: Path) -> None:
    """Whatever a problem's path says."""
    (tmp_path / "secret").write_text("a\nb\nc\n")
    inside = tmp_path / "content"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path / "secret")
    paths = ("../secret", str(tmp_path / "secret"), "link", "none", "x\0y")
    for failure in failures_of([error(path) for path in paths], [inside]):
        assert failure.context == ()


def test_errors_alone_are_shown_and_few_of_them(tmp_path: Path) -> None:
    """The rest is counted."""
    problems = [Problem("a", 1, "warning", "w", ""), *(error(f"{n}.md") for n in range(50))]
    shown = failures_of([*problems, *problems], [tmp_path])
    assert len(shown) == 21 and "30 more" in shown[-1].message
