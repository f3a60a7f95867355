"""Real Markdown files: dumps with truth, lists with counts, other formats, hostile files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from digest.paper import Record
from digest.readers.base import Unread
from digest.readers.decode import decode
from digest.readers.markdown.document import READER
from tests.readers.test_markdown import account

ROOT = Path(__file__).parents[2]


def text_of(path: Path) -> str:
    text = decode(path.read_bytes(), path.name).text
    assert text is not None
    return text


@pytest.mark.parametrize("name", ["r20", "r22", "r24", "r25", "r28", "r30"])
def test_dumps(shared: Path, name: str) -> None:
    """Titles, identifiers, dates, comments and abstracts of every entry are those of the truth."""
    (path,) = (shared / "dumps").glob(f"{name}_*.md")
    truth = json.loads(Path(f"{path}.truth.json").read_text("utf-8"))["papers"]
    text = text_of(path)
    assert READER.recognise(text[:65_536]) >= 0.5
    reading = account(text)
    found = [s.record for s in reading.sightings]
    assert [r.title for r in found] == [p["title"] for p in truth]
    assert [r.eprint for r in found] == [p["arxiv"] for p in truth]
    assert [r.doi for r in found] == [p["doi"] for p in truth]
    assert [r.comment for r in found] == [p["comment"] for p in truth]
    days = {"15 December, 2025": "2025-12-15"}
    assert [r.published for r in found] == [days.get(p["date"], p["date"]) for p in truth]
    for record, paper in zip(found, truth, strict=True):
        # The truth keeps `<br>`, which here begins a paragraph, and a link torn inside a word.
        expected = " ".join((paper["abstract"] or "").replace("<br>", " ").split())
        expected = expected.replace("it[s Claude.ai](http://claude.ai/)", "its Claude.ai")
        assert " ".join((record.abstract or "").split()) == expected
    assert not reading.unread


def expected_in(path: Path, text: str) -> int:
    """Papers in a real file, counted by what its maker repeats in every row."""
    if "dair-ai" in str(path):
        return len(re.findall(r"^\| *\d+[).]", text, re.M))
    if "zziz" in str(path):
        # The first such row leads to the years of the page.
        return len(re.findall(r"^\| \[", text, re.M)) - 1
    return text.count("(Read more on ")


def test_real_files(shared: Path) -> None:
    """Each file has as many papers as rows, counted without the reader, and none is unread."""
    files = sorted((shared / "formats" / "markdown").rglob("*.md"))
    table = {}
    for path in files:
        text = text_of(path)
        assert READER.recognise(text[:65_536]) >= 0.5, path
        reading = account(text) if len(text) < 200_000 else None
        passages = list(READER.read(text))
        found = [p for p in passages if isinstance(p, Record)]
        table[path.name, path.parent.name] = (expected_in(path, text), len(found))
        assert all(r.title for r in found)
        assert not any(isinstance(p, Unread) for p in passages)
        assert reading is None or not reading.problems
    assert len(table) == len(files)
    assert {k: v for k, v in table.items() if v[0] != v[1]} == {}


def test_other_formats_are_left_alone(shared: Path) -> None:
    """Real files of other formats, and this project's own pages, score below one half."""
    files = [
        p
        for p in sorted((shared / "formats").rglob("*"))
        if p.is_file() and "formats/markdown" not in p.as_posix() and p.stat().st_size < 5_000_000
    ]
    files += sorted((shared / "dumps").glob("*.txt")) + sorted((shared / "seeds").glob("*"))
    files += [p for p in (ROOT / "README.md", ROOT / "CHANGELOG.md") if p.exists()]
    files += sorted((ROOT / "docs").glob("*.md")) + sorted((ROOT / "digest").glob("*.py"))
    for path in files:
        text = decode(path.read_bytes(), path.name).text
        assert text is None or READER.recognise(text[:65_536]) < 0.5, path


def test_hostile_files(shared: Path) -> None:
    """Files made to break parsers of Markdown: an account of each, and never an exception."""
    for folder in ("hostile/markdown", "hostile/own/markdown"):
        for path in sorted((shared / folder).rglob("*")):
            if path.is_file() and (text := decode(path.read_bytes(), path.name).text):
                READER.recognise(text[:65_536])
                account(text)
