"""Relations that are remembered are those that would be found anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.catalogue.related import here, relate
from digest.kinship import Kinship
from digest.ledger import Keepsake
from digest.paper import Paper

VERSION = b"0123456789abcdef"
ABOUT = ("salt in sea water", "graph neural networks", "convex optimization of seats")


def paper(number: int) -> Paper:
    about = ABOUT[number % 3]
    abstract = f"We study {about} with care, and what {about} means for reading groups {number}."
    return Paper(
        key=f"arxiv:2309.{number:05}", slug=f"arxiv-2309.{number:05}",
        title=f"On {about}, part {number}", title_source="given", abstract=abstract,
    )  # fmt: skip


@pytest.mark.parametrize("lasting", [True, False])
def test_what_is_known_is_what_is_found(tmp_path: Path, lasting: bool) -> None:
    """While papers come, change and go; from the file, too."""
    path = tmp_path / "related.bin"
    kinship = Kinship(Keepsake(path), lasting=lasting)
    steps = [range(12), range(13), range(3, 13), [*range(3, 13), 1], []]
    for numbers in steps:
        papers = [*map(paper, numbers)]
        expected = relate(papers)
        for desk in (kinship, Kinship(Keepsake(path), lasting=False)):
            found = desk.relate(papers, VERSION, here)
            assert {key: own for key, own in found.items() if own} == expected


@pytest.mark.parametrize("harm", [b"", b"noise", VERSION, VERSION + b"noise"])
def test_a_broken_file_costs_time_only(tmp_path: Path, harm: bytes) -> None:
    """So does one of another version, and a place where nothing can be kept."""
    path = tmp_path / "related.bin"
    papers = [*map(paper, range(6))]
    expected = relate(papers)
    path.write_bytes(harm)
    assert Kinship(Keepsake(path), lasting=False).relate(papers, VERSION, here) == expected
    assert Kinship(Keepsake(path), lasting=False).relate(papers, b"f" * 16, here) == expected
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + b"!" + whole[-8:])
    assert Kinship(Keepsake(path), lasting=False).relate(papers, b"f" * 16, here) == expected
    nowhere = tmp_path / "none" / "related.bin"
    assert Kinship(Keepsake(nowhere), lasting=False).relate(papers, VERSION, here) == expected
