"""What a site does without is neither made nor linked to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from digest.build import build
from digest.config import PARTS, Config
from digest.website.output import files_below

GONE = {
    "authors": r"authors/",
    "days": r"dates/\d{4}-\d\d-\d\d\.html",
    "exports": r"data/papers-|data/index\.json|papers\.bib",
    "json-feeds": r"feed\.json",
    "redirects": r"papers/doi-",
    "search": r"search\.html|data/search/|searches/",
    "tag-feeds": r"tags/[\w-]+\.xml",
    "trends": r"trends\.html|map\.html",
    "venues": r"venues/",
}
"""The paths that are missing then."""
ROWS = [
    {
        "title": f"On graph neural networks for salt, part {n}",
        "abstract": "We study graph neural networks beside salt water, and name SALTNET as ours.",
        "authors": ["Ada Byron", "Karl Weiß"], "arxiv_id": f"2309.0000{n}",
        "doi": f"10.1145/1234567.123456{n}", "published": f"2023-09-0{n}", "venue": "NeurIPS 2023",
        "tags": ["sea water"],
    }
    for n in range(1, 5)
]  # fmt: skip

ROWS.append({key: value for key, value in ROWS[0].items() if key != "arxiv_id"})


def make(root: Path, *without: str) -> dict[str, str]:
    (root / "content").mkdir(parents=True)
    text = "\n".join(map(json.dumps, ROWS))
    (root / "content" / "a.jsonl").write_text(text)
    report = build(root, Config(without=without), jobs=1)  # type: ignore[arg-type]
    assert not report.problems
    site = root / "site"
    pages = (name for name in files_below(site) if not name.startswith("assets/fonts/"))
    return {name: (site / name).read_text("utf-8") for name in pages}


@pytest.mark.parametrize("part", [*PARTS, "everything"])
def test_no_page_and_no_link(tmp_path: Path, part: str) -> None:
    """Every link of what is left leads to a page, and a second build finds its site again."""
    parts = PARTS if part == "everything" else (part,)
    whole = make(tmp_path / "whole")
    left = make(tmp_path / "left", *parts)
    for name in parts:
        if name in GONE:
            assert any(re.search(GONE[name], path) for path in whole)
            assert not [path for path in left if re.search(GONE[name], path)]
    for path, body in left.items():
        if not path.endswith(".html"):
            continue
        root = "../" * path.count("/")
        for link in re.findall(r'(?:href|action)="([^"#?]*)', body):
            if link and ":" not in link and not link.startswith("//"):
                assert link.startswith(root) or path == "404.html", (path, link)
                assert link.removeprefix(root) in left, (path, link)
    config = Config(without=parts)  # type: ignore[arg-type]
    assert build(tmp_path / "left", config, jobs=1).written == 0


def test_tags_and_relations_are_spared(tmp_path: Path) -> None:
    """What is not wanted is not shown on a paper's page either."""
    page = "papers/arxiv-2309.00001.html"
    whole = make(tmp_path / "whole")
    assert "graph-neural-networks.html" in whole[page]
    assert "part 2" in whole[page]
    fewer = make(tmp_path / "fewer", "inferred-tags")
    assert "graph-neural-networks.html" not in fewer[page]
    assert "sea-water.html" in fewer[page]
    alone = make(tmp_path / "alone", "related")
    assert "both on" not in alone[page]
    assert "both on" in whole[page]


def test_years_without_papers_show_their_months(tmp_path: Path) -> None:
    """And months show the papers, on pages as long as is wished."""
    left = make(tmp_path, "year-papers")
    assert "part 1" not in left["dates/2023.html"]
    assert "2023-09.html" in left["dates/2023.html"]
    assert "part 1" in left["dates/2023-09.html"]
