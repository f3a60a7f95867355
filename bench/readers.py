"""How many megabytes a second each reader reads, in one process.

    python bench/readers.py [--megabytes 10] [--rounds 3]

Papers are laid out as the pages do that users copy from. `read` is what `digest` does with a file:
bytes, decoding, recognising the layout, records, the account of every character. The floor beside
it reads the same files and splits them at blank lines, and knows nothing of papers. Papers come
from the shared corpus where it is there, else from the example content, repeated.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from common import CORPUS, ROOT, WORK, block, in_files, load_corpus, say_machine

sys.path.insert(0, str(ROOT))

from digest.readers import read_file

_BLANK = re.compile(r"\n\s*\n")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

Paper = dict[str, Any]


def load_papers() -> Iterator[Paper]:
    """Papers without end, no two with one identifier."""
    if CORPUS.exists():
        yield from load_corpus(100_000)
    records = [
        sighting.record
        for path in sorted((ROOT / "content").rglob("*.txt"))
        for sighting in read_file(path, path.name).sightings
    ]
    for number, record in enumerate(itertools.cycle(records)):
        if record.abstract:
            abstract = " ".join(record.abstract.split())
            yield {
                "title": record.title or abstract[:60],
                "abstract": abstract,
                "comment": record.comment or "",
                "authors": ["A. Author", "B. Writer"],
                "arxiv": f"{1501 + number // 90_000:04}.{number % 90_000 + 10_000:05}",
                "doi": record.doi or "",
                "date": "2015-01-31",
                "updated": "",
                "tags": ["cs.DL"],
            }


def abstracts(papers: list[Paper]) -> str:
    """One `Abstract:` after another."""
    return "\n".join(f"Abstract:{p['abstract']}" for p in papers)


def blocks(papers: list[Paper]) -> str:
    """Abstract, comment, identifier and date, apart by blank lines."""
    return "\n\n".join(map(block, papers))


def glued(papers: list[Paper]) -> str:
    """Each abstract glued to the identifier before it."""
    return "".join(
        "\n".join(filter(None, (p["abstract"], p["comment"], f"arXiv:{p['arxiv']}")))
        for p in papers
    )


def titles(papers: list[Paper]) -> str:
    """A page's furniture, then title, abstract, authors and date in turn."""
    entries = ["Daily Papers", "Subscribe"]
    for p in papers:
        year, month, day = p["date"].split("-")
        date = f"{_MONTHS[int(month) - 1]} {int(day)}, {year}"
        entries += [p["title"], p["abstract"], f"  • {len(p['authors'])} authors\n·\n{date}"]
    return "\n\n".join(entries)


def front_matter(papers: list[Paper]) -> str:
    """One paper as a Markdown file."""
    [p] = papers
    fields = {
        "title": p["title"],
        "authors": p["authors"],
        "date": p["date"],
        "arxiv": p["arxiv"],
        "tags": p["tags"],
    }
    # JSON's strings and lists are YAML's.
    head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{head}---\n\n{p['abstract']}\n"


def one_each(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    """A paper a file."""
    for paper in papers:
        yield [paper]


Layout = tuple[
    str, str, Callable[[list[Paper]], str], Callable[[Iterable[Paper]], Iterator[list[Paper]]]
]
LAYOUTS: tuple[Layout, ...] = (
    ("abstracts", ".txt", abstracts, in_files),
    ("blocks", ".txt", blocks, in_files),
    ("glued", ".txt", glued, in_files),
    ("titles", ".txt", titles, in_files),
    ("front-matter", ".md", front_matter, one_each),
)


def lay_out(layout: Layout, size: int) -> list[Path]:
    """Files of together `size` bytes, or a little more."""
    name, suffix, show, split = layout
    folder = WORK / "readers" / name
    folder.mkdir(parents=True)
    paths: list[Path] = []
    written = 0
    for papers in split(load_papers()):
        data = show(papers).encode()
        path = folder / f"{len(paths):05}{suffix}"
        path.write_bytes(data)
        paths.append(path)
        written += len(data)
        if written >= size:
            break
    return paths


def seconds(function: Callable[[Path], object], paths: list[Path]) -> float:
    """CPU seconds of `function` on all `paths`: other users of the machine do not count."""
    started = time.process_time()
    for path in paths:
        function(path)
    return time.process_time() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    shutil.rmtree(WORK / "readers", ignore_errors=True)
    say_machine()
    heads = ("files", "records", "MB", "read, MB/s", "floor, MB/s", "floor ÷ read", "µs a record")
    print(f"\n| layout | {' | '.join(heads)} |\n|---{'|--:' * len(heads)}|")
    for layout in LAYOUTS:
        paths = lay_out(layout, int(chosen.megabytes * 1e6))
        rows = [(layout[0], paths)]
        if layout[0] == "blocks":
            # Cost must grow with the text, not with its square: the same in a single file.
            whole = paths[0].with_name("whole.txt")
            whole.write_bytes(b"\n\n".join(path.read_bytes() for path in paths))
            rows.append(("blocks, one file", [whole]))
        for name, files in rows:
            _measure(name, layout[0], files, chosen.rounds)
    shutil.rmtree(WORK / "readers")


def _measure(name: str, form: str, paths: list[Path], rounds: int) -> None:
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    records = 0
    for path in paths:
        reading = read_file(path, path.name)
        if reading.format != form:
            print(f"{path}: read as {reading.format}, not {form}", file=sys.stderr)
        records += len(reading.sightings)
    reads, floors = [], []
    for _ in range(rounds):
        reads.append(seconds(lambda path: read_file(path, path.name), paths))
        floors.append(seconds(lambda path: _BLANK.split(path.read_text("utf-8")), paths))
    read, floor = statistics.median(reads), statistics.median(floors)
    print(
        f"| {name} | {len(paths):,} | {records:,} | {megabytes:.1f} | {megabytes / read:.1f} "
        f"| {megabytes / floor:.0f} | {read / floor:.1f} | {read / records * 1e6:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
