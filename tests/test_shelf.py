"""What a shelf holds comes back, and what came to harm is made anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from digest.ledger import Ledger
from digest.shelf import Shelf, encode


def test_values_come_back(tmp_path: Path) -> None:
    """From the same shelf, and from one that is filled from the ledger."""
    ledger = Ledger(tmp_path / "l.sqlite")
    shelf = Shelf(ledger, "word", tuple[str, int], lasting=True)
    assert shelf.get(b"a") is None
    assert shelf.put(b"a", encode(("one", 1))) == ("one", 1)
    shelf.put(b"b", encode(("two", 2)))
    assert shelf.get(b"a") == ("one", 1)
    shelf.settle([b"a", b"b"])
    again = Shelf(ledger, "word", tuple[str, int], lasting=True)
    assert (again.get(b"a"), again.get(b"b")) == (("one", 1), ("two", 2))
    assert Shelf(ledger, "other", tuple[str, int], lasting=True).get(b"a") is None


def test_one_that_does_not_last_is_empty_after_a_build(tmp_path: Path) -> None:
    """What it gave away stands in the ledger, in whatever batches it came there."""
    ledger = Ledger(tmp_path / "l.sqlite")
    shelf = Shelf(ledger, "word", str, lasting=False)
    assert shelf.put(b"a", encode("a" * 9_000_000)) == "a" * 9_000_000
    shelf.put(b"b", encode("b" * 9_000_000))
    shelf.put(b"c", encode("c"))
    shelf.put(b"d", encode("d"))
    shelf.settle([b"a", b"b", b"c"])
    again = Shelf(ledger, "word", str, lasting=False)
    assert [again.get(mark) for mark in (b"c", b"c", b"d")] == ["c", "c", None]
    assert again.get(b"a") == "a" * 9_000_000
    again.settle([b"a"])
    assert again.get(b"a") is None
    assert ledger.recall("word").keys() == {b"a"}


def test_what_is_not_used_is_let_go(tmp_path: Path) -> None:
    """Both in the process and in the ledger, also what nobody asked for."""
    ledger = Ledger(tmp_path / "l.sqlite")
    shelf = Shelf(ledger, "word", str, lasting=True)
    for name in ("a", "b", "c"):
        shelf.put(name.encode(), encode(name))
    shelf.settle([b"a", b"b"])
    assert shelf.get(b"c") is None
    again = Shelf(ledger, "word", str, lasting=True)
    again.settle([b"b"])
    assert again.get(b"a") is None
    assert ledger.recall("word").keys() == {b"b"}


def test_what_came_to_harm_is_missing(tmp_path: Path) -> None:
    """A byte that changed on the disk, and a value of another kind."""
    path = tmp_path / "l.sqlite"
    ledger = Ledger(path)
    shelf = Shelf(ledger, "word", str, lasting=True)
    for name in ("a", "b"):
        shelf.put(name.encode(), encode(name * 20))
    shelf.settle([b"a", b"b"])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE made SET value = ? WHERE mark = ?", (encode("x" * 20), b"a"))
    again = Shelf(ledger, "word", str, lasting=True)
    assert again.get(b"a") is None
    assert again.get(b"b") == "b" * 20
    numbers = Shelf(ledger, "word", int, lasting=True)
    assert numbers.get(b"b") is None
    numbers.put(b"b", encode(5))
    numbers.settle([b"b"])
    assert Shelf(ledger, "word", int, lasting=True).get(b"b") == 5
