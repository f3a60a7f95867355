"""An index that is remembered is the one that would be made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import msgpack

from digest.ledger import Keepsake
from digest.paper import Paper
from digest.search.concordance import Concordance
from digest.search.index import Index, empty, here, renew
from digest.search.storage import dump
from digest.text import mark_of
from tests.search.collection import PAPERS

VERSION = b"0123456789abcdef"


def marks(papers: list[Paper]) -> list[bytes]:
    return [mark_of(msgpack.encode(each)) for each in papers]


def of(desk: Concordance, papers: list[Paper], version: bytes = VERSION) -> bytes:
    return said(desk.renew(papers, marks(papers), None, version, here))


def said(index: Index) -> bytes:
    return b"".join(dump(index))


@pytest.mark.parametrize("lasting", [True, False])
def test_what_is_known_is_what_is_found(tmp_path: Path, lasting: bool) -> None:
    """While papers come and go; from the file, too."""
    path = tmp_path / "search.bin"
    desk = Concordance(Keepsake(path), lasting=lasting)
    for papers in (PAPERS[:6], PAPERS, PAPERS[3:], PAPERS[3:], []):
        expected = said(renew(empty(), papers, marks(papers)).now)
        assert of(desk, papers) == expected
        assert of(Concordance(Keepsake(path), lasting=False), papers) == expected


@pytest.mark.parametrize("harm", [b"", b"noise", VERSION, VERSION + b"noise"])
def test_a_broken_file_costs_time_only(tmp_path: Path, harm: bytes) -> None:
    """So does one of another version, and a place where nothing can be kept."""
    path = tmp_path / "search.bin"
    expected = said(renew(empty(), PAPERS, marks(PAPERS)).now)
    path.write_bytes(harm)
    assert of(Concordance(Keepsake(path), lasting=False), PAPERS) == expected
    assert of(Concordance(Keepsake(path), lasting=False), PAPERS, b"f" * 16) == expected
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + b"!" + whole[-8:])
    assert of(Concordance(Keepsake(path), lasting=False), PAPERS, b"f" * 16) == expected
    nowhere = Keepsake(tmp_path / "none" / "search.bin")
    assert of(Concordance(nowhere, lasting=False), PAPERS) == expected


def test_a_process_that_stays_writes_once(tmp_path: Path) -> None:
    """Its index is at hand; an edit does not wait for the disk."""
    path = tmp_path / "search.bin"
    desk = Concordance(Keepsake(path), lasting=True)
    of(desk, PAPERS[:5])
    path.unlink()
    assert of(desk, PAPERS) == said(renew(empty(), PAPERS, marks(PAPERS)).now)
    assert not path.exists()
    of(desk, PAPERS, b"f" * 16)
    assert path.exists()


def test_the_file_is_written_again_when_many_papers_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then what differs from it is read again, build after build."""
    monkeypatch.setattr("digest.search.concordance._FEW", 2)
    path = tmp_path / "search.bin"
    of(Concordance(Keepsake(path), lasting=False), PAPERS[:4])
    kept = path.read_bytes()
    for papers, stays in ((PAPERS[:6], True), (PAPERS[1:5], True), (PAPERS[2:7], False)):
        expected = said(renew(empty(), papers, marks(papers)).now)
        assert of(Concordance(Keepsake(path), lasting=False), papers) == expected
        assert (path.read_bytes() == kept) is stays
