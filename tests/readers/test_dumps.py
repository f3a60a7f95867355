"""The real and re-laid listings of the four layouts are read exactly as their truth says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.readers import read_file
from digest.readers.listings.dates import DATED, edtf
from tests.readers.account import lost_characters
from tests.readers.layouts import SHARED, fold

DUMPS = SHARED / "dumps"
pytestmark = pytest.mark.skipif(
    not DUMPS.is_dir(), reason="the shared dumps are not beside the project"
)
NAMES = sorted(
    path.name
    for path in (DUMPS.glob("*.txt") if DUMPS.is_dir() else ())
    if path.name[0] == "s" or path.name[:3] in ("r03", "r04", "r06", "r07")
)
FORMATS = {"s0": "abstracts", "s1": "blocks", "s2": "titles", "s3": "glued"}


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((DUMPS / f"{name}.truth.json").read_text())
    return truth


def as_edtf(printed: str | None) -> str | None:
    m = DATED.match(printed) if printed else None
    return edtf(m) if m else None


def test_all_21_dumps_are_there() -> None:
    """Nothing is skipped by a pattern that matches nothing."""
    assert len(NAMES) == 21


@pytest.mark.parametrize("name", NAMES)
def test_dump_equals_truth(name: str) -> None:
    """Fields and bounds of every entry that is whole; a cut one is there all the same."""
    path: Path = DUMPS / name
    reading = read_file(path, name)
    papers = truth_of(name)["papers"]
    if name[0] == "s":
        assert reading.format == FORMATS[name[:2]]
    assert len(reading.sightings) == len(papers)
    assert not reading.unread
    assert not lost_characters(path, reading)
    for sighting, paper in zip(reading.sightings, papers, strict=True):
        record = sighting.record
        abstract = fold(record.abstract or "")
        assert abstract[:60] == paper["abstract_first60"]
        if paper.get("complete") is False:
            continue
        assert abstract[-40:] == paper["abstract_last40"]
        assert len(abstract) == paper.get("abstract_chars", len(abstract))
        assert record.title == paper.get("title")
        assert record.eprint == paper.get("arxiv")
        version = paper.get("version")
        assert record.eprint_version == (int(version[1:]) if version else None)
        assert record.doi == paper.get("doi")
        assert record.published == as_edtf(paper.get("date"))
        assert record.updated == paper.get("updated")
        assert record.comment == paper.get("comment")
        assert record.journal_ref == paper.get("journal_ref")
        if "paragraphs" in paper:
            assert len((record.abstract or "").split("\n\n")) == paper["paragraphs"]
