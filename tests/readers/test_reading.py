"""The account of a file: each fault is told once."""

from __future__ import annotations

from digest.problems import Severity
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.reading import account

TEXT = "good\nbroken entry\nother words\n"


def test_what_a_reader_complains_of_is_not_told_again() -> None:
    """A remark inside an unread passage stands for the warning about it; a note does not, nor does
    a remark elsewhere."""
    cases: tuple[tuple[int, Severity, list[int]], ...] = (
        (5, "error", [2, 3]),
        (16, "warning", [2, 3]),
        (7, "note", [2, 2, 3]),
        (0, "error", [1, 2, 3]),
        (17, "error", [2, 2, 3]),
    )
    for at, severity, lines in cases:
        passages: list[Passage] = [
            Chrome((0, 4)), Unread((5, 17), "torn"), Remark(at, severity, "it is torn", "mend it"),
            Unread((18, 29), "odd"),
        ]  # fmt: skip
        reading = account(TEXT, "a.txt", "x", [(p, "x") for p in passages], [])
        assert sorted(p.line or 0 for p in reading.problems) == lines, (at, severity)
        assert [u[2] for u in reading.unread] == ["torn", "odd"]
