"""Relations outlive a build as bytes; bytes that are not whole are refused."""

from __future__ import annotations

import pytest

from digest.catalogue.related.relations import Relations, renew
from digest.catalogue.related.storage import dump, load
from tests.catalogue.related.test_relations import assert_clean, collection, some_paper


@pytest.fixture(scope="module")
def known() -> Relations:
    """Of some papers, after a change."""
    first = renew(None, [*collection(30).values()], ()).relations
    return renew(first, [some_paper("text:ä\u2028", 7)], ["text:0003"]).relations


def test_what_was_dumped_comes_back(known: Relations) -> None:
    """And can be kept up to date as before; the bytes follow from the value alone."""
    back = load(dump(known))
    assert back is not None
    assert back.keys == known.keys
    assert back.rows == known.rows
    assert dump(back) == dump(known)
    papers = collection(30)
    del papers["text:0003"], papers["text:0005"]
    papers["text:ä\u2028"] = some_paper("text:ä\u2028", 7)
    papers["text:0100"] = some_paper("text:0100", 8)
    after = renew(back, [papers["text:0100"]], ["text:0005"]).relations
    assert_clean(after, [*papers.values()])


def test_nothing_can_be_kept_too() -> None:
    """Relations of no papers."""
    back = load(dump(renew(None, [], ()).relations))
    assert back is not None
    assert_clean(renew(back, [*collection(5).values()], ()).relations, [*collection(5).values()])


def test_broken_bytes_are_refused(known: Relations) -> None:
    """Cut off, longer, changed anywhere, of another version, or something else altogether."""
    whole = dump(known)
    for end in (0, 5, 20, 30, 100, len(whole) // 2, len(whole) - 1):
        assert load(whole[:end]) is None
    assert load(whole + b"\0") is None
    for place in (*range(120), *range(120, len(whole), len(whole) // 50)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert load(changed) is None, place
    for other in (
        b"SQLite format 3\0",
        b"{}",
        b"\xff" * 1000,
        whole.replace(b"related 1", b"related 0"),
    ):
        assert load(other) is None
