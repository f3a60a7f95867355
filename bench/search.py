"""Search beside Pagefind: time to index, files, bytes a query loads, time to results, known items.

    python bench/search.py [--papers 10000 100000] [--rounds 3] [--queries 200] [--items 1000]

Both index the same papers. Pagefind (from PyPI, by its command line) indexes the paper pages of the
site that digest built, and once more lean pages made for it: title, authors, tags as filters,
abstract, nothing to weed out; these it answers from. digest's index is timed as the step of a build
that it is: the papers are at hand, the files are written.
Then both answer the same queries in Chromium from a server that compresses, which counts the bytes
of the search's own scripts and data; pages and style sheets are not counted.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common import WORK, Contestant, clear, run, say_machine
from playwright.sync_api import sync_playwright
from rivals import install, load_export
from search_browser import Ours, Pagefind, Served, measure_bytes, measure_keys
from search_queries import known_items, mean_reciprocal_rank, two_word_queries
from search_sites import lean_pages, prepared_site

BYTES = {10_000: 100_000, 100_000: 300_000}
FILES = {10_000: 300, 100_000: 1_200}
INDEX = {10_000: 0.3, 100_000: 0.15}
"""Goals: bytes of a first query, files, and the share of Pagefind's time."""
LATER = 30_000
"""Bytes of a later query."""
ONE_CHANGE = 0.3
KEY = 0.050
"""Seconds."""


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--papers", type=int, nargs="+", default=[10_000])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--queries", type=int, default=200)
    arguments.add_argument("--items", type=int, default=1_000)
    arguments.add_argument("--lean", action="store_true", help="Pagefind on lean pages alone")
    chosen = arguments.parse_args()
    WORK.mkdir(exist_ok=True)
    say_machine()
    tools = install(("pagefind",))
    for count in chosen.papers:
        print(f"\n## {count:,} papers\n")
        site = prepared_site(count)
        pages = lean_pages(load_export(site), WORK / f"search-{count}-pages")
        index = pages / "pagefind"
        of_site = ("--site", site, "--glob", "papers/*.html", "--root-selector", "article.paper")
        out = site.parent / "pagefind"
        rivals = {
            "Pagefind": (*of_site, "--output-path", out),
            "Pagefind, lean pages": ("--site", pages),
        }
        folders = {"Pagefind": site.parent, "Pagefind, lean pages": pages}
        contestants = [
            Contestant(name, (*tools["pagefind"], *arguments), folders[name], ("pagefind",))
            for name, arguments in rivals.items()
            if not (chosen.lean and folders[name] is site.parent)
        ]
        _say_times(_in_turn(site.parent, contestants, chosen.rounds), count)
        _say_files(site, index, count)
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            with Served(site) as here, Served(pages) as there:
                _say_queries(browser, Ours(here), Pagefind(there), count, chosen)
            browser.close()


def _in_turn(
    folder: Path, rivals: Sequence[Contestant], rounds: int
) -> dict[str, list[tuple[float, float]]]:
    """Seconds and MiB by name, round by round: ours, theirs, ours after an edit."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for what, name in (("index", "digest"), ("change", "digest, one changed paper")):
            step = (sys.executable, Path(__file__).with_name("search_index.py"), what, folder)
            made = run(Contestant(name, step, folder))
            said = re.search(r"seconds ([0-9.]+)", (folder / "last.log").read_text("utf-8"))
            assert said
            found.setdefault(name, []).append((float(said[1]), made.peak))
        for rival in rivals:
            clear(rival)
            made = run(rival)
            found.setdefault(rival.name, []).append((made.wall, made.peak))
    return found


def _say_times(found: dict[str, list[tuple[float, float]]], count: int) -> None:
    """Medians; memory is that of the largest process, for digest with the papers of the build."""
    seconds = {name: statistics.median(s for s, _ in runs) for name, runs in found.items()}
    memory = {name: statistics.median(m for _, m in runs) for name, runs in found.items()}
    goals = {"digest": f"ratio {INDEX.get(count)}", "digest, one changed paper": f"{ONE_CHANGE} s"}
    print("| index | seconds | MiB | ratio | goal |\n|---|--:|--:|--:|--:|")
    for name, spent in seconds.items():
        ratio = spent / seconds.get("Pagefind", seconds["Pagefind, lean pages"])
        print(
            f"| {name} | {spent:.2f} | {memory[name]:.0f} | {ratio:.2f} | {goals.get(name, '')} |"
        )


def _say_files(site: Path, index: Path, count: int) -> None:
    print("\n| what is served | files | MB |\n|---|--:|--:|")
    for name, folder in (("digest", site / "data/search"), ("Pagefind", index)):
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"| {name} | {len(files):,} | {size:.1f} |")
    print(f"\nFiles at most: {FILES.get(count)}")


def _say_queries(
    browser: Any, ours: Ours, rival: Pagefind, count: int, chosen: argparse.Namespace
) -> None:
    queries = two_word_queries(ours.export, chosen.queries)
    print("\n| kB loaded (compressed) | first query | later queries |\n|---|--:|--:|")
    for side in (ours, rival):
        first, later = measure_bytes(browser, side, queries)
        print(
            f"| {side.name} | {statistics.median(first) / 1e3:.1f} | "
            f"{statistics.median(later) / 1e3:.1f} (first ten "
            f"{statistics.median(later[:10]) / 1e3:.1f}) |"
        )
    print(f"\nGoals: {BYTES.get(count, 0) / 1e3:.0f} and {LATER / 1e3:.0f}")
    print("\n| ms from key press to results | median | 90 % | most |\n|---|--:|--:|--:|")
    for side in (ours, rival):
        found = sorted(1_000 * seconds for seconds in measure_keys(browser, side, queries))
        print(
            f"| {side.name} | {statistics.median(found):.0f} | "
            f"{found[int(len(found) * 0.9)]:.0f} | {found[-1]:.0f} |"
        )
    print(f"\nGoal: {KEY * 1_000:.0f}")
    print("\n| known items, mean reciprocal rank | as written | with a typo |\n|---|--:|--:|")
    plain, typos = known_items(ours.export, chosen.items)
    for side in (ours, rival):
        ranks = [
            mean_reciprocal_rank(side.answer(browser, items), items) for items in (plain, typos)
        ]
        print(f"| {side.name} | {ranks[0]:.3f} | {ranks[1]:.3f} |")


if __name__ == "__main__":
    main()
