"""How long a start and a build take, and how much memory, beside rivals in the same run.

    python bench/build.py [start] [seeds] [example] [scale] [--rounds N] [--papers 1000 10000]

Whole processes, medians of runs in turn (A B A B). Rivals are installed into `.bench/` from PyPI
and npm; one that cannot be had is left out with a message. They get digest's own export, so the
same papers, as clean files: what each makes of them is counted under each table.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from common import (
    CORPUS,
    ROOT,
    SHARED,
    WORK,
    Contestant,
    block,
    in_files,
    load_corpus,
    median,
    print_runs,
    print_sites,
    run,
    run_in_turn,
    say_machine,
)
from rivals import Installed, install, load_export, set_up, version

PHASES = ("cold", "no change", "one change")
START_GOAL = 0.15
COLD_GOAL = 1.0
RIVALS_UP_TO = 1000


def digest_command() -> tuple[str | Path, ...]:
    """The command of this environment."""
    script = Path(sys.executable).with_name("digest")
    return (script,) if script.exists() else (sys.executable, "-m", "digest")


def digest_in(
    folder: Path, change: Callable[[int], None], *, jobs: int | None = None, name: str = "digest"
) -> Contestant:
    """A build of `folder`/content."""
    more = ("--jobs", str(jobs)) if jobs else ()
    return Contestant(
        name,
        (*digest_command(), "build", "--quiet", *more),
        folder,
        ("site", ".digest"),
        change,
        {"PYTHONPATH": str(ROOT)},
    )


def beside(digest: Contestant, rivals: Installed, names: Sequence[str]) -> list[Contestant]:
    """`digest` and those of `names` that are installed, each with the papers digest exports."""
    if not names:
        return [digest]
    run(digest)
    papers = load_export(digest.output)
    return [
        digest,
        *(
            set_up(
                name, rivals[name], papers, digest.folder.with_name(f"{digest.folder.name}-{name}")
            )
            for name in names
            if name in rivals
        ),
    ]


def revise(path: Path, after: str) -> Callable[[int], None]:
    """An edit: one more sentence after the first `after` in the second half of a file."""

    def change(number: int) -> None:
        text = path.read_text("utf-8")
        start = text.find(after, len(text) // 2) + len(after)
        end = text.find(". ", start) + 2
        path.write_text(f"{text[:end]}This is revision {number}. {text[end:]}", "utf-8")

    return change


def extend(path: Path) -> Callable[[int], None]:
    """An edit: one more sentence at the end of a file that holds one paper."""

    def change(number: int) -> None:
        path.write_text(f"{path.read_text('utf-8').rstrip()} This is revision {number}.\n", "utf-8")

    return change


def fresh(name: str) -> Path:
    """An empty digest in the work folder."""
    folder = WORK / name
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "content").mkdir(parents=True)
    return folder


def measure_start(rivals: Installed, rounds: int) -> None:
    """`--version`: what everyone waits for first."""
    contestants = [
        Contestant(
            "digest --version",
            (*digest_command(), "--version"),
            environment={"PYTHONPATH": str(ROOT)},
        ),
        Contestant("python -c pass", (sys.executable, "-c", "pass")),
    ]
    contestants += [
        Contestant(f"{name} --version", (*rivals[name], "--version"))
        for name in ("pelican", "mkdocs")
        if name in rivals
    ]
    for contestant in contestants:
        run(contestant)  # once unmeasured: bytecode and the disk's cache
    runs = run_in_turn(contestants, rounds)
    print_runs("Start", runs, contestants[0].name)
    _judge("start", median(runs["run"]["digest --version"]).wall, START_GOAL)


def measure_seeds(rivals: Installed, rounds: int) -> None:
    """The five listings that the project was created from, or the example content."""
    source = SHARED / "seeds"
    listings = sorted(source.glob("*.txt")) if source.is_dir() else []
    if not listings:
        print("The seed listings are not here: see the example content instead.\n")
        return
    folder = fresh("seeds")
    for listing in listings:
        shutil.copy(listing, folder / "content")
    digest = digest_in(folder, lambda _round: None)
    contestants = beside(digest, rivals, ("pelican",))
    papers = len(load_export(digest.output))
    runs = run_in_turn(contestants, rounds, PHASES[:2])
    print_runs(f"The {len(listings)} seed listings, {papers} papers", runs, "digest")
    print_sites(contestants)
    _judge("cold build", median(runs["cold"]["digest"]).wall, COLD_GOAL)


def measure_example(rivals: Installed, rounds: int) -> None:
    """The content that ships with the project."""
    folder = fresh("example")
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    paper = sorted(folder.glob("content/classics/*.md"))[0]
    contestants = beside(digest_in(folder, extend(paper)), rivals, ("pelican",))
    print_runs(
        f"Example content, {len(load_export(contestants[0].output))} papers",
        run_in_turn(contestants, rounds, PHASES),
        "digest",
    )
    print_sites(contestants)


def measure_scale(rivals: Installed, rounds: int, count: int) -> None:
    """`count` real papers in block listings of 500."""
    if not CORPUS.exists():
        print(f"{count:,} papers are left out: {CORPUS.name} is not here.\n")
        return
    folders = [fresh(f"scale-{count}"), fresh(f"scale-{count}-one")]
    for number, papers in enumerate(in_files(load_corpus(count)), 1):
        text = "\n\n".join(map(block, papers)) + "\n"
        for folder in folders:
            (folder / f"content/listing-{number:03}.txt").write_text(text, "utf-8")
    listings = sorted(folders[0].glob("content/*.txt"))
    change = revise(listings[len(listings) // 2], "\n\n")
    two = digest_in(folders[0], change, jobs=2, name="digest --jobs 2")
    one = digest_in(folders[1], lambda _round: None, jobs=1, name="digest --jobs 1")
    names = ("pelican", "hugo", "eleventy") if count <= RIVALS_UP_TO else ()
    contestants = beside(two, rivals, names)
    # Within a round, one process beside two; the other phases say nothing new of it.
    runs = run_in_turn([*contestants, one], rounds, ("cold",))
    runs |= run_in_turn(contestants, rounds, PHASES[1:])
    print_runs(f"{count:,} papers in {len(listings)} listings", runs, two.name)
    print_sites(contestants)


def _judge(what: str, seconds: float, goal: float) -> None:
    word = "met" if seconds <= goal else "missed"
    print(f"Goal, {what} at most {goal} s: {word} ({seconds:.3f} s).\n", flush=True)


def main() -> None:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help="start, seeds, example, scale")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each; 10,000 papers: 3")
    parser.add_argument("--papers", type=int, nargs="+", default=[1000, 10_000])
    chosen = parser.parse_args()
    parts = chosen.parts or ["start", "seeds", "example", "scale"]
    if unknown := set(parts) - {"start", "seeds", "example", "scale"}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    rivals = install()
    say_machine()
    said = {
        name: version(command, "version" if name == "hugo" else "--version")
        for name, command in {"digest": digest_command(), **rivals}.items()
    }
    print(", ".join(f"{name} {number}" for name, number in said.items()), flush=True)
    if "start" in parts:
        measure_start(rivals, max(chosen.rounds, 9))
    if "seeds" in parts:
        measure_seeds(rivals, chosen.rounds)
    if "example" in parts:
        measure_example(rivals, chosen.rounds)
    if "scale" in parts:
        for count in chosen.papers:
            rounds = chosen.rounds if count <= RIVALS_UP_TO else min(3, chosen.rounds)
            measure_scale(rivals, rounds, count)
    shutil.rmtree(WORK / "trash", ignore_errors=True)


if __name__ == "__main__":
    main()
