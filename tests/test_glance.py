"""A glance shows what was edited at once, and the build after it makes what it always makes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from digest import content
from digest.build import Workshop
from digest.config import Config
from digest.website.output import files_below


def row(number: int, title: str = "On salt", **more: object) -> str:
    about = f"We study salt of kind {number} beside graph neural networks, with care."
    fields = {"title": title, "abstract": about, "arxiv_id": f"2309.0000{number}", **more}
    return json.dumps(fields) + "\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(content, "_SETTLED", -1)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.jsonl").write_text(row(1) + row(2, "On tea"))
    (tmp_path / "content" / "b.jsonl").write_text(row(3, "On ink"))
    made = Workshop(tmp_path, Config())
    made.build(jobs=1)
    return made


def edit(root: Path, text: str) -> None:
    (root / "content" / "a.jsonl").write_text(text)


def page(root: Path, number: int) -> str:
    return (root / "site" / "papers" / f"arxiv-2309.0000{number}.html").read_text()


def test_what_was_edited_is_shown(workshop: Workshop, tmp_path: Path) -> None:
    """Its page and no other; the build after it equals a clean one and need not write it again."""
    edit(tmp_path, row(1) + row(2, "On tea", comment="Now with a longer appendix"))
    before = tree(tmp_path / "site")
    assert workshop.glance(["a.jsonl"]) == ("papers/arxiv-2309.00002.html",)
    assert "a longer appendix" in page(tmp_path, 2)
    changed = {name for name, body in tree(tmp_path / "site").items() if body != before[name]}
    assert changed == {"papers/arxiv-2309.00002.html"}
    report = workshop.build(jobs=1)
    assert "papers/arxiv-2309.00002.html" not in report.changed
    assert "data/papers-1.jsonl" in report.changed
    again = tmp_path / "again"
    shutil.copytree(tmp_path / "content", again / "content")
    Workshop(again, Config()).build(jobs=1)
    assert tree(tmp_path / "site") == tree(again / "site")


@pytest.mark.parametrize(
    "text",
    [
        row(1),
        row(1) + row(2, "On tea") + row(4, "On tin"),
        row(1) + row(5, "On tea"),
        "",
        "nothing that anybody knows\n",
    ],
)
def test_what_came_or_went_waits_for_the_build(
    workshop: Workshop, tmp_path: Path, text: str
) -> None:
    """A glance that cannot tell writes nothing, and nothing is lost by it."""
    before = tree(tmp_path / "site")
    edit(tmp_path, text)
    assert workshop.glance(["a.jsonl", "missing.txt"]) == ()
    assert tree(tmp_path / "site") == before
    workshop.build(jobs=1)
    again = tmp_path / "again"
    shutil.copytree(tmp_path / "content", again / "content")
    Workshop(again, Config()).build(jobs=1)
    assert tree(tmp_path / "site") == tree(again / "site")


def test_a_glance_needs_a_build(tmp_path: Path) -> None:
    """Before the first one nothing is known."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.jsonl").write_text(row(1))
    assert Workshop(tmp_path, Config()).glance(["a.jsonl"]) == ()
