"""`digest export` prints the papers that were asked for, in forms that other programs read."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from digest.readers import read_text

PAPERS = [
    {
        "title": "=SUM(walks) on Erd\\H{o}s graphs",
        "authors": ["Ann Lee", "Bo Wu"],
        "published": "2023-05-01",
        "doi": "10.1145/12.34",
        "abstract": "A graph neural network learns how long a walk takes from forty strolls.",
    },
    {
        "title": "Sleep, and what it is good for",
        "authors": ["Cy Doe"],
        "published": "2021-12",
        "arxiv_id": "2112.00001",
        "abstract": "We kept forty watchmen awake, and asked them riddles in the morning.",
    },
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest of two papers that was never built."""
    root = tmp_path_factory.mktemp("digest")
    (root / "content").mkdir()
    lines = "".join(json.dumps(paper) + "\n" for paper in PAPERS)
    (root / "content/papers.jsonl").write_text(lines)
    return root


def export(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command, run in `root`."""
    command = [sys.executable, "-m", "digest", "export", "--format", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, check=False)


@pytest.mark.parametrize(("form", "reader"), [("bibtex", "bibtex"), ("ris", "ris")])
def test_what_is_exported_reads_as_it_was(root: Path, form: str, reader: str) -> None:
    """Our own readers find the same papers in it."""
    done = export(root, form)
    assert done.returncode == 0, done.stderr
    reading = read_text(done.stdout.decode(), f"papers.{form}", reader)
    assert not reading.problems
    found = [sighting.record for sighting in reading.sightings]
    assert [record.title for record in found][1] == PAPERS[1]["title"]
    assert {record.doi for record in found} == {"10.1145/12.34", None}
    assert [len(record.authors) for record in found] == [2, 1]


def test_every_form_holds_every_paper(root: Path) -> None:
    """JSON Lines as in the site, one array of CSL-JSON, a table."""
    rows = [*map(json.loads, export(root, "jsonl").stdout.splitlines())]
    assert [row["published"] for row in rows] == ["2023-05-01", "2021-12"]
    items = json.loads(export(root, "csl-json").stdout)
    assert [item["issued"]["date-parts"] for item in items] == [[[2023, 5, 1]], [[2021, 12]]]
    assert items[0]["title"] == "=SUM(walks) on Erdős graphs"
    table = [*csv.DictReader(io.StringIO(export(root, "csv").stdout.decode(), newline=""))]
    assert [row["arxiv"] for row in table] == ["", "2112.00001"]
    assert table[0]["title"].startswith("'="), "no spreadsheet takes a title for a formula"
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (("--since", "2022"), 1),
        (("--since", "2021-12-15"), 2),
        (("--since", "2023-05-02"), 0),
        (("--tag", "graph-neural-networks"), 1),
        (("--tag", "Graph Neural Networks", "--since", "2024"), 0),
    ],
)
def test_papers_can_be_chosen(root: Path, asked: tuple[str, ...], count: int) -> None:
    """By tag and by date; December 2021 may be any day of it."""
    done = export(root, "jsonl", *asked)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == count


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (("--tag", "Graph neural netwroks"), "Did you mean “Graph neural networks”?"),
        (("--since", "May"), "--since 2023-09"),
    ],
)
def test_what_cannot_be_chosen_is_told(root: Path, asked: tuple[str, ...], hint: str) -> None:
    """With what to do about it, and nothing is printed."""
    done = export(root, "jsonl", *asked)
    assert done.returncode == 2
    assert hint in done.stderr.decode()
    assert not done.stdout
