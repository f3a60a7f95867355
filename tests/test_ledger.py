"""The ledger is a cache: losing or breaking it costs time only."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.ledger import Ledger, Written

ROWS = {"a.html": Written(b"\x01", 5, 10), "b.html": Written(b"\x02", 6, 11)}


def test_rows_come_back(tmp_path: Path) -> None:
    """What was saved is loaded; what was removed or replaced is gone."""
    ledger = Ledger(tmp_path / "memory" / "ledger.sqlite")
    assert ledger.load() == {}
    assert ledger.save(ROWS.items(), [])
    assert ledger.load() == ROWS
    ledger.save([("a.html", Written(b"\x03", 1, 1))], ["b.html"])
    assert ledger.load() == {"a.html": Written(b"\x03", 1, 1)}
    ledger.forget()
    assert ledger.load() == {}


@pytest.mark.parametrize("keep", [0, 1, 17, 100, 1000, 4096, 5000])
def test_a_broken_ledger_is_an_empty_one(tmp_path: Path, keep: int) -> None:
    """Cut at any place or overwritten with noise: nothing is raised, and it can be saved again."""
    path = tmp_path / "ledger.sqlite"
    Ledger(path).save(ROWS.items(), [])
    for broken in (path.read_bytes()[:keep], path.read_bytes()[:keep] + b"\xff" * 3000):
        path.write_bytes(broken)
        assert set(Ledger(path).load()) <= set(ROWS)
        assert Ledger(path).save(ROWS.items(), [])
        assert Ledger(path).load() == ROWS


def test_each_save_begins_another_turn(tmp_path: Path) -> None:
    """So that a process knows whether another one wrote since; what is made plays no part."""
    ledger, other = Ledger(tmp_path / "l.sqlite"), Ledger(tmp_path / "l.sqlite")
    assert ledger.turn() == b""
    ledger.save(ROWS.items(), [])
    first = ledger.turn()
    ledger.keep("word", {b"a": b"1"}, [])
    assert first == ledger.turn() == other.turn() != b""
    other.save([], ["a.html"])
    assert ledger.turn() != first


def test_a_folder_without_rights_is_said(tmp_path: Path) -> None:
    """A ledger that cannot be kept says so and nothing else."""
    (tmp_path / "file").write_text("")
    assert not Ledger(tmp_path / "file" / "ledger.sqlite").save(ROWS.items(), [])
