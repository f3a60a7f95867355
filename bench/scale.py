"""What a build of many papers costs, beside the rivals, from nothing to one changed paper.

    python bench/scale.py [1000 10000 100000] [--large] [--rounds N] [--only NAME ...]
                          [--to FILE] [--package DIR]

Whole processes in turn (A B A B) within each phase of each round: `cold` without anything that
earlier builds left, `no change`, `one change` of one paper's abstract. Medians; the ratio is over
Hugo's time for the same phase. Memory is that of all processes together (see watch.py). Output
of earlier runs is moved to `.bench/trash`, not deleted: on ext4 files are made several times
slower for minutes after a large tree was deleted; `--tidy` empties it and does nothing else.
On a machine that has other work, trust CPU time; `--priority -12` (as root) helps.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from common import CORPUS, ROOT, WORK, Run, clear, median, run, say_machine
from entrants import (
    PEERS,
    PHASES,
    REAL,
    Entrant,
    digest_site,
    eleventy_site,
    floor,
    have_data,
    have_tools,
    hugo_site,
)
from watch import Watch

WHOLE, FILES, SAME = "digest", "digest, small files", "digest, same pages"
HUGO, HUGO_JSON, HUGO_FLAT = "Hugo", "Hugo, one JSON file", "Hugo, flat files"
ELEVENTY, PAGEFIND = "Eleventy, JavaScript", "Hugo + Pagefind"
FLOOR_WHOLE, FLOOR_SAME = "C, digest's files", "C, the same pages"
NAMES = (
    SAME,
    HUGO,
    WHOLE,
    HUGO_JSON,
    FILES,
    HUGO_FLAT,
    ELEVENTY,
    PAGEFIND,
    FLOOR_SAME,
    FLOOR_WHOLE,
)
SMALL_FILES_UP_TO = 10_000
PAGEFIND_UP_TO = 10_000
"""Above, Pagefind takes minutes and 14 GB: only when it is named."""
GOALS: tuple[tuple[str, str, str, str, float], ...] = (
    (SAME, "cold", "wall", HUGO, 0.28),
    (SAME, "cold", "wall", HUGO_FLAT, 0.35),
    (SAME, "cold", "wall", ELEVENTY, 0.6),
    (SAME, "cold", "together", HUGO, 0.36),
    (WHOLE, "cold", "wall", HUGO, 1.5),
    (WHOLE, "cold", "wall", PAGEFIND, 0.3),
    (WHOLE, "no change", "wall", HUGO, 0.01),
    (SAME, "no change", "wall", HUGO, 0.01),
    (WHOLE, "one change", "wall", HUGO, 0.04),
    (SAME, "one change", "wall", HUGO, 0.04),
)
"""What, phase, figure, beside whom, and the ratio that we aim for at 100,000 papers."""
SEEN_GOAL = 0.5
"""Seconds until a changed small file among 10,000 shows."""

FIGURES = (
    "wall s",
    "min – max",
    "CPU s",
    "wall, of Hugo's",
    "CPU, of Hugo's",
    "memory MiB",
    "of Hugo's",
    "page seen, s",
)
Results = dict[str, dict[str, list[Run]]]
"""Runs by phase and name."""
Profiles = dict[str, dict[str, list[dict[str, float]]]]
"""Seconds by stage of each run, by name and phase."""


def enter(names: Sequence[str], count: int, package: Path, tools: dict[str, Path]) -> list[Entrant]:
    """Those of `names` whose tools are here, with their sites."""
    makers: dict[str, Callable[[str], Entrant]] = {
        WHOLE: lambda name: digest_site(name, count, package),
        FILES: lambda name: digest_site(name, count, package, small_files=True),
        SAME: lambda name: digest_site(name, count, package, same_pages=True),
        ELEVENTY: lambda name: eleventy_site(name, count, tools),
    }
    makers |= dict.fromkeys(
        (HUGO, HUGO_JSON, HUGO_FLAT, PAGEFIND), lambda name: hugo_site(name, count, tools)
    )
    entrants: dict[str, Entrant] = {}
    for name in names:
        missing = {
            tool
            for word, tool in (("Hugo", "hugo"), ("Eleventy", "eleventy"), ("Pagef", "pagefind"))
            if word in name and tool not in tools
        }
        if missing:
            print(f"{name} is left out: no {', '.join(missing)} here", flush=True)
        elif name in makers:
            entrants[name] = makers[name](name)
    for name, of in ((FLOOR_SAME, SAME), (FLOOR_WHOLE, WHOLE)):
        if name in names and of in entrants and "floor" in tools:
            entrants[name] = floor(name, entrants[of], tools)
    return list(entrants.values())


def measure(
    entrants: Sequence[Entrant], rounds: int, phases: Sequence[str]
) -> tuple[Results, Profiles]:
    """Run everybody in turn. One that fails is left out from then on, with its last words."""
    results: Results = {phase: defaultdict(list) for phase in phases}
    profiles: Profiles = defaultdict(lambda: defaultdict(list))
    failed: set[str] = set()
    for number in range(rounds):
        for phase in phases:
            for entrant in entrants:
                contestant = entrant.contestant
                if phase not in entrant.phases or contestant.name in failed:
                    continue
                expected = None
                if phase == "cold":
                    clear(contestant)
                    entrant.ready()
                elif phase == "one change" and entrant.edit:
                    expected = entrant.edit()
                try:
                    done = run(contestant, partial(Watch, expected=expected))
                except RuntimeError as error:
                    print(error, file=sys.stderr, flush=True)
                    failed.add(contestant.name)
                    continue
                if expected and done.seen is None:
                    words = f"{contestant.name}: {expected.page} does not show the change"
                    print(words, file=sys.stderr, flush=True)
                results[phase][contestant.name].append(done)
                if said_stages := _profile(entrant):
                    profiles[contestant.name][phase].append(said_stages)
                said = f"{number + 1}/{rounds} {phase}, {contestant.name}: {done.wall:.2f} s"
                print(f"{time.strftime('%H:%M:%S')} {said}", file=sys.stderr, flush=True)
    return results, profiles


def count_files(folder: Path) -> tuple[int, float]:
    """Files below `folder` and their megabytes."""
    files = size = 0
    for parent, _, names in os.walk(folder):
        files += len(names)
        size += sum((Path(parent) / name).lstat().st_size for name in names)
    return files, size / 1e6


def tables(results: Results, entrants: Sequence[Entrant]) -> list[str]:
    """Markdown: medians by phase with their ratios to Hugo's, then what each has made."""
    rows: list[str] = []
    for phase, by_name in results.items():
        base = median(by_name[HUGO]) if by_name.get(HUGO) else None
        rows += [
            f"| {phase} | {' | '.join(FIGURES)} |",
            "|---" + "|--:" * len(FIGURES) + "|",
        ]
        for entrant in entrants:
            if not (every := by_name.get(entrant.contestant.name)):
                continue
            m = median(every)
            walls = sorted(done.wall for done in every)
            pairs = (
                [(m.wall, base.wall), (m.cpu, base.cpu), (m.together, base.together)]
                if base
                else []
            )
            wall, cpu, memory = [
                f"{own / other:.3f}" if other else "–" for own, other in pairs
            ] or ["–"] * 3
            seen = "–" if m.seen is None else f"{m.seen:.2f}"
            rows.append(
                f"| {entrant.contestant.name} | {m.wall:.2f} | {walls[0]:.2f} – {walls[-1]:.2f} "
                f"| {m.cpu:.2f} | {wall} | {cpu} | {m.together:.0f} | {memory} | {seen} |"
            )
        rows.append("")
    rows += ["| site | files | MB |", "|---|--:|--:|"]
    for entrant in entrants:
        files, size = count_files(entrant.contestant.output)
        rows.append(f"| {entrant.contestant.name} | {files:,} | {size:.1f} |")
    return rows


def verdicts(results: Results) -> list[str]:
    """Each goal whose two figures were measured: what it is, what is aimed for at 100,000 papers
    (10,000 where it is small files)."""
    rows = ["| figure | measured | in CPU time | goal at 100,000 |", "|---|--:|--:|--:|"]
    for name, phase, figure, beside, goal in GOALS:
        ours, theirs = (results.get(phase, {}).get(who) for who in (name, beside))
        if ours and theirs:
            own, other = median(ours), median(theirs)
            ratio = getattr(own, figure) / max(1e-9, getattr(other, figure))
            word = "met" if ratio <= goal else "missed"
            what, cpu = (
                ("time", f"{own.cpu / other.cpu:.3f}") if figure == "wall" else ("memory", "")
            )
            rows.append(
                f"| {name}, {phase}: {what} over {beside} | {ratio:.3f} | {cpu} | {goal} {word} |"
            )
    files = results.get("one change", {}).get(FILES)
    if files and (seen := median(files).seen) is not None:
        word = "met" if seen <= SEEN_GOAL else "missed"
        rows.append(
            f"| one small file changed: page on disk, s | {seen:.2f} | | {SEEN_GOAL} {word} |"
        )
    return rows


def prefer(priority: int) -> None:
    """Give this process and all that it starts a nice value, also between sessions on Linux."""
    if priority:
        os.nice(priority)
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(priority), "utf-8")


def stages(profiles: Profiles) -> list[str]:
    """Median seconds by stage of each of digest's builds, as `--profile` says them."""
    columns = [(name, phase) for name, by_phase in profiles.items() for phase in by_phase]
    names = list(dict.fromkeys(s for n, p in columns for one in profiles[n][p] for s in one))
    heads = [f"{name}: {phase}" for name, phase in columns]
    rows = [f"| stage | {' | '.join(heads)} |", "|---" + "|--:" * len(columns) + "|"]
    for stage in names:
        cells = []
        for name, phase in columns:
            seconds = [one[stage] for one in profiles[name][phase] if stage in one]
            cells.append(f"{statistics.median(seconds):.2f}" if seconds else "–")
        rows.append(f"| {stage} | {' | '.join(cells)} |")
    return rows if names else []


def _profile(entrant: Entrant) -> dict[str, float]:
    """What the build that was run last said of its stages; nothing where it is no build of ours."""
    log = entrant.contestant.folder / "last.log"
    for line in log.read_text("utf-8", "replace").splitlines():
        if line.startswith("{"):
            with contextlib.suppress(ValueError):
                return dict(json.loads(line).get("stages", {}))
    return {}


def main() -> None:
    """Measure the sizes that are asked for, and print a table for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("papers", nargs="*", type=int, help="default: 1000 10000 100000")
    parser.add_argument("--large", action="store_true", help="500,000 papers too, digest alone")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--phases", nargs="+", choices=PHASES, default=PHASES)
    parser.add_argument("--to", type=Path, help="add the tables to this file")
    parser.add_argument("--package", type=Path, default=ROOT, help="checkout that is measured")
    parser.add_argument("--tidy", action="store_true", help="delete what earlier runs left")
    parser.add_argument("--priority", type=int, default=0, help="nice value; -12 needs root")
    chosen = parser.parse_args()
    if chosen.tidy:
        shutil.rmtree(WORK / "trash", ignore_errors=True)
        return
    if not CORPUS.exists() or not PEERS.is_dir():
        parser.error(f"needs {CORPUS} and {PEERS}")
    prefer(chosen.priority)
    for count in [*(chosen.papers or [1000, 10_000, REAL]), *([5 * REAL] if chosen.large else [])]:
        names = chosen.only or [
            name
            for name in NAMES
            if not (name == FILES and count > SMALL_FILES_UP_TO)
            and not (name == PAGEFIND and count > PAGEFIND_UP_TO)
            and (count <= REAL or name in (WHOLE, SAME))
        ]
        tools = have_tools(set(names))
        have_data(count)
        entrants = enter(names, count, chosen.package, tools)
        results, profiles = measure(entrants, chosen.rounds, chosen.phases)
        title = f"### {count:,} papers, median of {chosen.rounds}"
        text = [
            title,
            "",
            *tables(results, entrants),
            "",
            *verdicts(results),
            "",
            *stages(profiles),
            "",
        ]
        say_machine()
        print("\n".join(text), flush=True)
        if chosen.to:
            with chosen.to.open("a", encoding="utf-8") as file:
                file.write("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
