"""The five real listings that the project was made for are read exactly as their truth says."""

from __future__ import annotations

import json

import pytest

from digest.readers import FileReading, read_file
from tests.readers.account import lost_characters
from tests.readers.layouts import SHARED

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the shared seeds are not beside the project"
)
TRUTH = json.loads((SEEDS / "truth.json").read_text()) if SEEDS.is_dir() else {"files": {}}
FORMATS = {"000": "abstracts", "001": "blocks", "002": "titles", "003": "glued", "004": "abstracts"}


def read(name: str) -> FileReading:
    return read_file(SEEDS / name, name)


@pytest.mark.parametrize("name", sorted(TRUTH["files"]))
def test_seed_equals_truth(name: str) -> None:
    """Every field of every record, and not one character unaccounted."""
    reading = read(name)
    assert reading.format == FORMATS[name[:3]]
    assert not reading.unread
    assert not lost_characters(SEEDS / name, reading)
    papers = TRUTH["files"][name]["papers"]
    assert len(reading.sightings) == len(papers)
    for sighting, paper in zip(reading.sightings, papers, strict=True):
        record = sighting.record
        assert record.title == paper["title"]
        assert record.abstract == " ".join(paper["abstract"].split())
        assert record.eprint == paper["arxiv"]
        assert record.doi == paper["doi"]
        assert record.published == paper["date"]
        assert record.comment == paper["comment"]
        assert record.journal_ref == paper["journal_ref"]
        assert [link.url for link in record.links] == paper["links"]
        start, end = paper["abstract_span"]
        assert record.span[0] <= start < end <= record.span[1]


def test_seeds_hold_55_records_and_17_identifiers() -> None:
    """The counts that the issue names."""
    records = [s.record for name in TRUTH["files"] for s in read(name).sightings]
    assert len(records) == 55
    assert sum(record.eprint is not None for record in records) == 17
