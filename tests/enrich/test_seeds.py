"""Real listings, looked up where some of their papers are: these are found, and no others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from digest.catalogue.gains import read_gains
from digest.config import Config
from digest.enrich.command import Report, enrich
from digest.enrich.wording import letters


def truth(shared: Path) -> list[dict[str, Any]]:
    """The papers of the listings, each once, with what any of them says."""
    files = json.loads((shared / "seeds/truth.json").read_text("utf-8"))["files"].values()
    papers: dict[str, dict[str, Any]] = {}
    for paper in (paper for file in files for paper in file["papers"] if paper["abstract"]):
        known = papers.setdefault(letters(paper["abstract"]), {})
        known.update({name: value for name, value in paper.items() if value or name not in known})
    return [*papers.values()]


def look_up(
    shared: Path, root: Path, collection: list[dict[str, Any]]
) -> tuple[Report, dict[str, Any]]:
    """The report, and by title of the collection what was found."""
    (root / "content").mkdir()
    for path in (shared / "seeds").glob("*.txt"):
        shutil.copy(path, root / "content")
    snapshot = root / "collection.jsonl"
    snapshot.write_text("".join(json.dumps(p) + "\n" for p in collection), "utf-8")
    report = enrich(root, Config(), [snapshot], lambda *_: None, None)
    gains = (
        gain
        for path in sorted((root / "content/enriched").glob("*"))
        for gain in read_gains(path.read_text("utf-8"), path.name)[0]
    )
    return report, {gain.found.authors[0]: gain for gain in gains}


@pytest.mark.parametrize("way", ["all", "identifier", "abstract", "cut"])
def test_what_is_there_is_found_and_nothing_else(shared: Path, tmp_path: Path, way: str) -> None:
    """Every other paper of the listings is in a collection, with identifier and abstract, with one
    of the two, or with the abstract's beginning alone."""
    known = truth(shared)
    collection, expected = [], {}
    for number, paper in enumerate(known):
        if number % 2 or (way == "identifier" and not paper["arxiv"]):
            continue
        author = f"Ann Number{number}"
        row = {
            "title": paper["title"] or f"A title that we made up, of paper {number}",
            "authors": [author, "Bo Hill"],
            "venue": "Somewhere",
            "date": "2019-05-02",
        }
        if way in ("all", "identifier") and paper["arxiv"]:
            row["arxiv"] = paper["arxiv"]
        if way != "identifier":
            abstract = " ".join(paper["abstract"].split())
            row["abstract"] = abstract[:500] + "…" if way == "cut" else abstract
        collection.append(row)
        expected[author] = row["title"]
    report, found = look_up(shared, tmp_path, collection)
    assert len(collection) > 5
    assert {*found} == {*expected}
    for author, gain in found.items():
        assert gain.found.title in (None, expected[author])
        assert gain.found.authors == (author, "Bo Hill")
    assert not report.refused


def test_a_collection_of_other_papers_gives_nothing(shared: Path, tmp_path: Path) -> None:
    """Real papers of other fields and years are none of these."""
    lines = (shared / "corpora/hardcases.jsonl").read_text("utf-8").strip().split("\n")
    report, found = look_up(shared, tmp_path, [json.loads(line) for line in lines])
    assert (report.matched, report.refused, found) == (0, (), {})
