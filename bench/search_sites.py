"""What the search benchmark indexes: one digest of real papers, and the same as lean pages."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from common import ROOT, WORK, load_corpus
from rivals import Paper

_SETTINGS = """title: Search
without: [related, trends, tag-feeds, days, venues, authors, redirects, year-papers]
"""
"""What the index does not need."""


def prepared_site(count: int) -> Path:
    """The site of `count` papers of the corpus with their titles, built anew."""
    folder = WORK / f"search-{count}"
    content = folder / "content/papers.jsonl"
    if not content.exists():
        content.parent.mkdir(parents=True)
        with content.open("w", encoding="utf-8") as lines:
            for paper in load_corpus(count):
                lines.write(json.dumps(paper, ensure_ascii=False) + "\n")
    (folder / "digest.yaml").write_text(_SETTINGS, "utf-8")
    command = [sys.executable, "-m", "digest", "build", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    if not (folder / "papers.msgpack").exists():
        step = [sys.executable, Path(__file__).with_name("search_index.py"), "prepare", folder]
        subprocess.run(step, check=True)
    return folder / "site"


def lean_pages(papers: Sequence[Paper], folder: Path) -> Path:
    """One small page a paper in `folder`: all that there is to search, and nothing else."""
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "papers").mkdir(parents=True)
    for paper in papers:
        (folder / f"papers/{paper.slug}.html").write_text(_page(paper), "utf-8")
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><title>Search</title><body data-pagefind-ignore>', "utf-8"
    )
    return folder


def _page(paper: Paper) -> str:
    title = html.escape(paper.title)
    tags = "".join(f'<li data-pagefind-filter="tag">{html.escape(tag)}</li>' for tag in paper.tags)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main data-pagefind-body><h1>{title}</h1><p>{html.escape(', '.join(paper.authors))}"
        f'</p><p data-pagefind-sort="date">{paper.date}</p><ul>{tags}</ul>'
        f"<p>{html.escape(paper.abstract)}</p></main></body></html>\n"
    )
