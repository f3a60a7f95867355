"""A build that remembers makes what one that begins anew makes, whatever was edited."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import content
from digest.build import Workshop
from digest.config import Config, SavedSearch
from digest.website.output import files_below

WORDS = ("salt", "tea", "graph neural networks", "robots", "convex optimization", "tides")
PEOPLE = ("Ada Byron", "Karl Weiß", "Li Wei", "Ana María Ruiz", "ada byron")
VENUES = ("NeurIPS 2023", "Proc. of CVPR 2022", "Physical Review Letters", "")
DATES = ("2023-09-08", "2023-09", "2022", "2023-09-09", "")

PAPER = st.fixed_dictionaries(
    {
        "title": st.sampled_from(WORDS).map(lambda w: f"On {w}, again and again"),
        "abstract": st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
            lambda two: (
                f"We study {two[0]} beside {two[1]} and report on what we saw in the "
                f"field. Code is at https://github.com/example/{two[0].split()[0]}."
            )
        ),
        "authors": st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
        "venue": st.sampled_from(VENUES),
        "published": st.sampled_from(DATES),
        "tags": st.lists(st.sampled_from(WORDS), max_size=2, unique=True),
    }
)
NUMBER = st.integers(0, 7)
EDIT = st.one_of(
    st.tuples(st.just("paper"), NUMBER, PAPER),
    st.tuples(st.just("drop"), NUMBER, st.none()),
    st.tuples(st.just("top"), st.just(0), st.sampled_from(["", "\n\n\n"])),
    st.tuples(
        st.just("note"),
        NUMBER,
        st.sampled_from(
            ["Read it.", "---\nhide: true\n---\n", "---\nadd_tags: [tides]\n---\n", ""]
        ),
    ),
    st.tuples(
        st.just("taxonomy"),
        st.just(0),
        st.sampled_from(["", "topics:\n  - {name: Tides, about: Of the sea.}\n"]),
    ),
)


class Library:
    """Papers in a file of their own, with notes and a taxonomy."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.papers: dict[int, dict[str, Any]] = {}
        self.top = ""

    def edit(self, kind: str, number: int, value: Any) -> None:
        content = self.root / "content"
        (content / "notes").mkdir(parents=True, exist_ok=True)
        if kind == "paper":
            self.papers[number] = {**value, "arxiv_id": f"2309.0000{number}"}
        elif kind == "drop":
            self.papers.pop(number, None)
        elif kind == "top":
            self.top = value
        elif kind == "note":
            (content / "notes" / f"arxiv-2309.0000{number}.md").write_text(value)
        else:
            (content / "taxonomy.yaml").write_text(value)
        rows = (json.dumps(row) for _, row in sorted(self.papers.items()))
        (content / "papers.jsonl").write_text(self.top + "\n".join(rows) + "\n")


def tree(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


@given(st.lists(PAPER, min_size=3, max_size=6), st.lists(EDIT, min_size=1, max_size=5))
@settings(max_examples=10, deadline=None)
def test_whatever_is_edited(
    tmp_path_factory: pytest.TempPathFactory,
    papers: list[dict[str, Any]],
    edits: list[tuple[str, int, Any]],
) -> None:
    """By a workshop that stays, and by one that opens anew for each build."""
    root, again = tmp_path_factory.mktemp("digest"), tmp_path_factory.mktemp("again")
    searches = (SavedSearch("Beside salt", "salt OR tides"),)
    config = Config(papers_per_page=2, feed_entries=2, papers_at_home=3, searches=searches)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "_SETTLED", -1)
        library = Library(root)
        for number, paper in enumerate(papers):
            library.edit("paper", number, paper)
        staying = Workshop(root, config)
        for place, edit in enumerate([("top", 0, ""), *edits]):
            library.edit(*edit)
            workshop = staying if place % 2 == 0 else Workshop(root, config)
            report = workshop.build(jobs=1)
            shutil.rmtree(again)
            shutil.copytree(root / "content", again / "content")
            clean = Workshop(again, config).build(jobs=1)
            assert tree(root / "site") == tree(again / "site")
            assert report.problems == clean.problems
            assert (report.records, report.papers) == (clean.records, clean.papers)
