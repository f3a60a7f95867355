"""How many megabytes a second each reader reads, beside other parsers, and how much it holds.

    python bench/readers.py [--megabytes 10] [--rounds 3] [--memory 13] [FORMAT...]

`read` is what `digest` does with a file: bytes, decoding, recognising the format, records, the
account of every character. Beside it, in turn on the same bytes, stand the libraries of
`parsers.py`; for listings, which no library reads, the floor: splitting the text at blank lines.
Figures are medians of CPU time, so other users of the machine do not count. Papers come from the
shared corpus where it is there, else from the example content, repeated; rows called `real` are
the files of `../shared/formats`. `--memory` megabytes, and ten times as much, are read part by part
in a process of its own each: the peak is not to grow with the file. 0 leaves that out.
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from common import ROOT, SHARED, WORK, Contestant, run, say_machine
from layouts import INTERCHANGE, LAYOUTS, LISTINGS, Layout, lay_out, load_papers
from parsers import PARSERS, Parser

from digest.readers import read_file

_BLANK = re.compile(r"\n\s*\n")
_STREAMED = ("json", "arxiv-mail", "bibtex", "table", "ris", "atom", "glued")
"""Formats whose memory is measured."""
_REAL = {
    "arxiv-mail": "arxiv-mail*/**/listings/*",
    "bibtex": "bibtex/*/**/*.bib",
    "ris": "ris/*/**/*.ris",
    "medline": "nbib/*/**/*.nbib",
    "atom": "arxiv-*/**/*.xml",
    "table": "csv/*/**/*.csv",
}
_LEAST = 20_000
"""Bytes below which a file says more about starting than about reading."""
_READ = """
import sys
from pathlib import Path
from digest.readers import read_parts
path = Path(sys.argv[1])
print(sum(len(part.reading.sightings) for part in read_parts(path, path.name)))
"""

Work = Callable[[Path], object]


def seconds(work: Work, paths: Sequence[Path]) -> float:
    """CPU seconds of `work` on all `paths`."""
    started = time.process_time()
    for path in paths:
        work(path)
    return time.process_time() - started


def in_turn(works: Sequence[Work], paths: Sequence[Path], rounds: int) -> list[float]:
    """The median seconds of each, A B C A B C."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, found in zip(works, taken, strict=True):
            found.append(seconds(work, paths))
    return [statistics.median(found) for found in taken]


def read(path: Path) -> object:
    """Ours."""
    return read_file(path, path.name)


def floor(path: Path) -> object:
    """The least that reading a listing can be."""
    return _BLANK.split(path.read_text("utf-8", "replace"))


def beside(form: str, paths: Sequence[Path]) -> tuple[list[tuple[str, Work]], list[str]]:
    """What is measured beside our reader, and a row for each that cannot be."""
    if form not in PARSERS:
        return [("splitting at blank lines", floor)], []
    found: list[tuple[str, Work]] = []
    missing: list[str] = []
    for parser in PARSERS[form]:
        work = _made(parser, paths)
        if isinstance(work, str):
            missing.append(f"| | | | | | {parser.shown} | {work} | |")
        else:
            found.append((parser.shown, work))
    return found, missing


def _made(parser: Parser, paths: Sequence[Path]) -> Work | str:
    """`parser` at work on a file, or why it cannot be."""
    try:
        parse = parser.make()
    except ImportError:
        return "not installed"

    def work(path: Path) -> object:
        return parse(path.read_bytes())

    try:
        for path in paths:
            work(path)
    except Exception as error:  # noqa: BLE001, RUF100  # whatever a library raises is its answer
        return f"stops with {type(error).__name__}"
    return work


def compare(name: str, form: str, paths: Sequence[Path], rounds: int) -> None:
    """Print the rows of one set of files."""
    size = sum(path.stat().st_size for path in paths) / 1e6
    records = 0
    for path in paths:
        reading = read_file(path, path.name)
        records += len(reading.sightings)
        if reading.format != form:
            print(f"{path}: read as {reading.format}, not {form}", file=sys.stderr)
    others, missing = beside(form, paths)
    ours, *theirs = in_turn([read, *(work for _, work in others)], paths, rounds)
    shown = f"{name} | {len(paths):,} | {records:,} | {size:.2f} | {size / ours:.1f}"
    for (other, _), took in zip(others, theirs, strict=True):
        print(f"| {shown} | {other} | {size / took:.1f} | {took / ours:.2f} |", flush=True)
        shown = " | | | | "
    if not others:
        print(f"| {shown} | | | |")
    print("\n".join(missing) + "\n" * bool(missing), end="", flush=True)


def real_files(form: str) -> list[Path]:
    """Files of `form` as people made them, none of them tiny."""
    found = sorted((SHARED / "formats").glob(_REAL[form])) if form in _REAL else []
    return [
        path
        for path in found
        if path.is_file()
        and path.stat().st_size >= _LEAST
        and read_file(path, path.name).format == form
    ]


def speeds(forms: Sequence[Layout], size: int, rounds: int) -> None:
    """Print the table of speeds."""
    heads = ("files", "records", "MB", "read, MB/s", "beside", "beside, MB/s", "ours ÷ theirs")
    print(f"\n| format | {' | '.join(heads)} |\n|---|--:|--:|--:|--:|---|--:|--:|", flush=True)
    for layout in forms:
        paths = lay_out(layout, WORK / "readers" / layout.name, size)
        compare(layout.name, layout.name, paths, rounds)
        if layout.name == "blocks":
            # Cost must grow with the text, not with its square: the same in a single file.
            whole = paths[0].with_name("whole.txt")
            whole.write_bytes(b"\n\n".join(path.read_bytes() for path in paths))
            compare("blocks, one file", layout.name, [whole], rounds)
        if real := real_files(layout.name):
            compare(f"{layout.name}, real", layout.name, real, rounds)


def _write(path: Path, layout: Layout, wanted: int) -> int:
    """Lay papers out, at least `wanted` bytes of them; how many there are."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        # Cut by the paper, so that the end of the file is written as well.
        papers = itertools.takewhile(lambda _: written < wanted, load_papers())
        for text in layout.show(papers):
            written += len(text.encode())
            file.write(text)
    return written


def memory(forms: Sequence[Layout], size: int) -> None:
    """Print the table of memory."""
    folder = WORK / "readers" / "memory"
    folder.mkdir(parents=True)
    sizes = {"small": size, "large": 10 * size}
    script = folder / "read.py"
    script.write_text(_READ, "utf-8")
    # What Python and the reader's modules take before there is anything to read.
    (folder / "one.txt").write_text("Abstract: Nothing.", "utf-8")
    start = _peak(script, folder / "one.txt")[0]
    print(f"\nPeak resident memory; {start:.0f} MiB before anything is read.\n")
    heads = ("MB", "records", "peak, MiB", "MB", "records", "peak, MiB", "growth")
    print(f"| format | {' | '.join(heads)} |\n|---{'|--:' * len(heads)}|", flush=True)
    for layout in forms:
        cells, peaks = [], []
        for name, wanted in sizes.items():
            path = folder / f"{layout.name}-{name}{layout.suffix}"
            written = _write(path, layout, wanted)
            peak, records = _peak(script, path)
            path.unlink()
            peaks.append(peak)
            cells.append(f"{written / 1e6:.0f} | {records:,} | {peak:.0f}")
        growth = peaks[1] / peaks[0] - 1
        print(f"| {layout.name} | {' | '.join(cells)} | {growth:+.0%} |", flush=True)


def _peak(script: Path, path: Path) -> tuple[float, int]:
    """MiB of a process that reads `path` part by part, and its records."""
    ours = {"PYTHONPATH": str(ROOT)}
    cost = run(Contestant(path.name, (sys.executable, script, path), environment=ours))
    return cost.peak, int((WORK / "last.log").read_text("utf-8"))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("formats", nargs="*", help=f"of {', '.join(LAYOUTS)}; all if none")
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=float, default=13, help="megabytes of the smaller file")
    chosen = parser.parse_args()
    if unknown := {*chosen.formats} - {*LAYOUTS}:
        parser.error(f"unknown format: {', '.join(sorted(unknown))}")
    forms = [x for x in (*INTERCHANGE, *LISTINGS) if not chosen.formats or x.name in chosen.formats]
    shutil.rmtree(WORK / "readers", ignore_errors=True)
    say_machine()
    if chosen.memory:
        # First, while this process is small: a new one is born with its size as peak.
        memory([x for x in forms if x.name in _STREAMED], int(chosen.memory * 1e6))
    if chosen.rounds:
        speeds(forms, int(chosen.megabytes * 1e6), chosen.rounds)
    shutil.rmtree(WORK / "readers")


if __name__ == "__main__":
    main()
