"""The search engine by itself: a page that has nothing else, and an index of made-up papers."""

from __future__ import annotations

import random
from pathlib import Path

from digest.paper import Paper
from digest.search.files import Settings, make_files
from digest.website.theme import load_theme, plan_assets
from tests.search.collection import PAPERS, paper

ROOT = Path(__file__).parents[2]
PAGE = """<!doctype html><meta charset="utf-8"><title>Engine</title><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'self'; img-src data:">
<script src="assets/search-words.js"></script><script src="assets/search-index.js"></script>
<script src="assets/search-engine.js"></script>"""
ABOVE = {"gnn": ("networks",), "ranking": ("survey", "retrieval")}
"""Topics above a tag, some of which papers bear themselves."""
OPEN = "digestSearch.open('data/search/', 'mark')"


def made_up() -> list[Paper]:
    """Some hundred papers, of few words, so that most queries find some of them."""
    chance = random.Random(3)
    known = [word for each in PAPERS for word in f"{each.title} {each.abstract}".split()]
    known += "model motel morel hotel".split()  # all but the last one slip from `mosel`
    people = [author.name for each in PAPERS for author in each.authors]
    found = [*PAPERS]
    for number in range(len(PAPERS), 300):
        words = [known[int(len(known) * chance.random() ** 2)] for _ in range(40)]
        year, month = chance.randrange(1990, 2025), chance.randrange(1, 13)
        dates = ["", f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{month + 9}"]
        found.append(
            paper(
                number,
                " ".join(words[: chance.randint(2, 9)]) + f" {number % 7}",
                " ".join(words[9 : chance.randint(9, 40)]),
                ";".join(chance.sample(people, chance.randint(0, 3))),
                chance.choice(dates),
                ";".join(chance.sample(["gnn", "survey", "maps", "ranking"], chance.randint(0, 3))),
                chance.choice(["", "TEACONF", "COFFEE"]),
            )
        )
    return found


def write_site(folder: Path, recency: float) -> Path:
    """A page that has the engine, and nothing else, beside an index in several parts."""
    (folder / "assets").mkdir()
    for page in plan_assets(load_theme(folder / "no theme of its own"), ""):
        if page.path.endswith(".js"):
            (folder / page.path).write_bytes(page.view.content)
    (folder / "data/search").mkdir(parents=True)
    files = make_files(made_up(), Settings(60, recency), broader=lambda tag: ABOVE.get(tag, ()))
    for name, text in files.items():
        (folder / "data/search" / name).write_text(text, "utf-8")
    (folder / "page.html").write_text(PAGE, "utf-8")
    return folder
