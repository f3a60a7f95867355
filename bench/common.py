"""What the benchmarks share: measuring whole processes in turn, real papers, tables.

Wall time is that of the whole process, start-up included. Peak memory is the resident set of the
largest process among the measured one and those it waited for, as the kernel reports it.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import lzma
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watch import Watch

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / "../shared"
WORK = ROOT / ".bench"
"""Rivals and sites under test. May be deleted at any moment."""
CORPUS = SHARED / "corpora/papers-100k.jsonl.xz"
KEYWORDS = SHARED / "corpora/keywords-dev.jsonl.xz"
"""Papers with their authors' keywords."""
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""With compiled modules kept from run to run, as they are wherever a package is installed."""
PAPERS_A_FILE = 500

_ONE_DOI = re.compile(r"10\.\S*[^\s.,;:]")


@dataclass(frozen=True)
class Run:
    """What one process cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all cores, children included."""
    peak: float
    """MiB, of the largest process."""
    together: float = 0.0
    """MiB, of all processes together; 0 where nobody watched."""
    seen: float | None = None
    """Seconds until the page that was waited for was on disk."""


@dataclass(frozen=True)
class Contestant:
    """A command that is measured, and how its folder is made ready."""

    name: str
    command: Sequence[str | Path]
    folder: Path = ROOT
    leftovers: tuple[str, ...] = ()
    """What a build leaves in `folder`, its output first: out of the way before a cold build."""
    change: Callable[[int], None] = lambda _round: None
    """Edit one paper; told the number of the round, so that each edit differs."""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def output(self) -> Path:
        """The folder of the site."""
        return self.folder / self.leftovers[0]


def run(contestant: Contestant, watch: Callable[[int], Watch] | None = None) -> Run:
    """Run the command once. Raises RuntimeError with its last words where it fails.

    `watch` is told the number of the process, and watches it until it has ended.
    """
    log = WORK / "last.log"
    if contestant.folder != ROOT:
        log = contestant.folder / "last.log"
    log.parent.mkdir(exist_ok=True)
    with contextlib.suppress(OSError):
        # A new process is born with our peak as its own: forget that of preparing the data.
        Path("/proc/self/clear_refs").write_text("5", "utf-8")
    os.sync()
    with log.open("wb") as sink:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in contestant.command],
            cwd=contestant.folder,
            env={**_ENVIRONMENT, **contestant.environment},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
        watched = watch(process.pid) if watch else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    if watched:
        watched.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = log.read_text("utf-8", "replace")[-2000:]
        raise RuntimeError(f"{contestant.name} failed ({process.returncode}):\n{words}")
    unit = 1 if sys.platform == "darwin" else 1024
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20
    return Run(wall, cpu, peak, *((watched.peak, watched.seen) if watched else ()))


def run_in_turn(
    contestants: Sequence[Contestant], rounds: int, phases: Sequence[str] = ("run",)
) -> dict[str, dict[str, list[Run]]]:
    """Runs by phase and name: A B A B within each phase of each round.

    Phases: `run` as it is; `cold` without what earlier builds left; `no change` over the site just
    built; `one change` after an edit of one paper.
    """
    runs: dict[str, dict[str, list[Run]]] = {p: {c.name: [] for c in contestants} for p in phases}
    for number, phase in itertools.product(range(rounds), phases):
        for contestant in contestants:
            if phase == "cold":
                clear(contestant)
            elif phase == "one change":
                contestant.change(number)
            runs[phase][contestant.name].append(run(contestant))
    return runs


def clear(contestant: Contestant) -> None:
    """Move what earlier builds left out of the way.

    Moved, not deleted: on ext4 files are made several times slower for a while after a large tree
    was deleted.
    """
    for name in contestant.leftovers:
        path = contestant.folder / name
        if path.exists():
            trash = WORK / "trash"
            trash.mkdir(parents=True, exist_ok=True)
            path.rename(trash / f"{time.time_ns()}-{path.name}")


def median(runs: Iterable[Run]) -> Run:
    """The median of each figure by itself."""
    every = list(runs)
    seen = [r.seen for r in every if r.seen is not None]
    return Run(
        statistics.median(r.wall for r in every),
        statistics.median(r.cpu for r in every),
        statistics.median(r.peak for r in every),
        statistics.median(r.together for r in every),
        statistics.median(seen) if seen else None,
    )


def print_runs(title: str, runs: dict[str, dict[str, list[Run]]], first: str) -> None:
    """A Markdown table of medians; ratios are each one's time over that of `first`."""
    print(f"\n### {title}\n")
    print("| phase | tool | wall s | min – max | CPU s | peak MiB | wall, ratio | CPU, ratio |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for phase, by_name in runs.items():
        base = median(by_name[first])
        for name, each in by_name.items():
            if not each:
                continue
            m = median(each)
            low, high = min(r.wall for r in each), max(r.wall for r in each)
            print(
                f"| {phase} | {name} | {m.wall:.3f} | {low:.2f} – {high:.2f} | {m.cpu:.2f} "
                f"| {m.peak:.0f} | {m.wall / base.wall:.2f} | {m.cpu / base.cpu:.2f} |"
            )
    print(flush=True)


def print_sites(contestants: Sequence[Contestant]) -> None:
    """How many files and bytes each made, and how many of them are HTML."""
    print("| tool | files | of them HTML | MB |")
    print("|---|--:|--:|--:|")
    for contestant in contestants:
        files = [path for path in contestant.output.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        pages = sum(path.suffix == ".html" for path in files)
        print(f"| {contestant.name} | {len(files):,} | {pages:,} | {size / 1e6:.2f} |")
    print(flush=True)


def say_machine() -> None:
    """What the figures were measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    print(
        f"{platform.system()} {platform.release()}, {cores} cores, load {load}, "
        f"Python {platform.python_version()}",
        flush=True,
    )


def load_records(path: Path, count: int | None = None) -> Iterator[dict[str, Any]]:
    """The first `count` records of a file of JSON Lines, which may be packed with xz."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, itertools.islice(lines, count))


def load_corpus(count: int) -> Iterator[dict[str, Any]]:
    """The first `count` real papers with an abstract, white space folded, one at a time."""
    whole = (paper for paper in load_records(CORPUS) if paper["abstract"].strip())
    for paper in itertools.islice(whole, count):
        for name in ("title", "abstract", "comment"):
            paper[name] = " ".join(paper[name].split())
        yield paper


def block(paper: dict[str, Any]) -> str:
    """`paper` as an entry of a block listing: abstract, comment, identifier, dates."""
    closing = f"arXiv:{paper['arxiv']}"
    if _ONE_DOI.fullmatch(paper["doi"]):
        closing += f" - doi: {paper['doi']}"
    closing += f"\nCreated: {paper['date']}"
    if paper["updated"]:
        closing += f" Updated: {paper['updated']}"
    return "\n\n".join(filter(None, (paper["abstract"], paper["comment"], closing)))


def in_files(papers: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """`papers`, as many at a time as a listing holds."""
    rest = iter(papers)
    while chunk := list(itertools.islice(rest, PAPERS_A_FILE)):
        yield chunk
