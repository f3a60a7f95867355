"""What a build costs, task by task, measured here with real papers.

    python bench/stages.py 2000 10000                # so many papers; the largest counts

Prints the seconds of each task and keeps them in costs.json, for `model.py`. They are processor
time of one process that builds alone, so that other work of the machine hardly counts. What a
cluster and a bucket add is not measured by this, but kept in the same file; here it was

- `hand_out`, `schedule`, `bring_back`: processor time of the process that builds, and of Dask's
  scheduler, for 400 batches of 200 results of no size, and of 12 kB each, over two workers;
- `put`: processor time of a process that uploads 300 small files to a server of the same machine.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from common import ROOT, load_corpus

from digest import understanding
from digest.build import build
from digest.config import Config
from digest.website.folder import Folder
from digest.website.pages import Page

COSTS = Path(__file__).with_name("costs.json")
A_LISTING = 500


@dataclass(frozen=True)
class Costs:
    """Seconds of one core, unless said otherwise."""

    read: float
    """A record."""
    merge: float
    """A record; one process does it."""
    understand: float
    """A paper."""
    index: float
    """A paper, before its related papers can be looked for; one process does it."""
    relate: float
    """A paper."""
    plan: float
    """A page; one process does it."""
    view: float
    """A page: making what it shows; whoever plans does it where workers have not the papers."""
    render: float
    """A page."""
    write: float
    """A page, into a folder."""
    pages: float
    """Pages a paper."""
    page_bytes: float
    record_bytes: float
    memory: float
    """Bytes a paper that the planning process holds."""
    put: float
    """A page, into a bucket: the processor time of a request."""
    hand_out: float
    """A batch, in the planning process."""
    schedule: float
    """A batch, in the scheduler."""
    bring_back: float
    """A byte of results that the planning process takes in."""
    puts_a_second: float
    """That a bucket takes below one prefix; S3 promises 3,500
    (docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html)."""


def load_costs() -> Costs:
    """As last measured."""
    return Costs(**json.loads(COSTS.read_text("utf-8")))


def measure(sizes: Sequence[int], known: Costs) -> Costs:
    """The stages of builds of so many real papers, in this process; the largest counts.

    Memory is what the largest took more than the smallest, a paper.
    """
    peaks: list[float] = []
    for size in sorted(sizes):
        known = _measure(size, known)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
        print(size, {name: f"{value:.3g}" for name, value in asdict(known).items()}, flush=True)
    more = max(sizes) - min(sizes)
    return replace(known, memory=(peaks[-1] - peaks[0]) / more) if more else known


def _measure(papers: int, known: Costs) -> Costs:
    written = shared = viewed = 0.0
    write_all, spread, clock = Folder.write_all, understanding.spread, time.perf_counter
    view = Page.view

    def timed_write(*given: Any) -> Any:
        nonlocal written
        started = time.process_time()
        done = write_all(*given)
        written += time.process_time() - started
        return done

    def timed_view(page: Page) -> Any:
        nonlocal viewed
        started = time.process_time()
        made = view.fget(page)
        viewed += time.process_time() - started
        return made

    def timed_spread(*given: Any) -> Any:
        nonlocal shared
        started = time.process_time()
        done = [*spread(*given)]
        shared += time.process_time() - started
        return iter(done)

    with tempfile.TemporaryDirectory(dir=ROOT.parent) as folder:
        content = Path(folder, "content")
        content.mkdir()
        size = _write_content(content, papers)
        # Processor time, and where the seams between tasks are.
        Folder.write_all = timed_write  # type: ignore[method-assign] - timed while it runs
        Page.view = property(timed_view)  # type: ignore[assignment] - timed while it runs
        understanding.spread = timed_spread
        time.perf_counter = time.process_time
        try:
            report = build(Path(folder), Config(), jobs=1)
        finally:
            Folder.write_all = write_all  # type: ignore[method-assign] - as it was
            Page.view = view  # type: ignore[assignment] - as it was
            understanding.spread, time.perf_counter = spread, clock
        files = [path for path in Path(folder, "site").rglob("*") if path.is_file()]
        made = sum(path.stat().st_size for path in files)
        site = Path(folder, "site")
        print(Counter(path.relative_to(site).parts[0] for path in files), flush=True)
    took = dict(report.stages)
    return replace(
        known,
        read=took["read"] / report.records,
        merge=took["merge"] / report.records,
        understand=took["understand"] / report.papers,
        relate=shared / report.papers,
        index=(took["relate"] - shared) / report.papers,
        plan=took["plan"] / report.pages,
        view=viewed / report.pages,
        render=(took["render"] - written - viewed) / report.pages,
        write=written / report.pages,
        pages=report.pages / report.papers,
        page_bytes=made / len(files),
        record_bytes=size / report.records,
    )


def _write_content(folder: Path, papers: int) -> int:
    size = 0
    for number, chunk in enumerate(_chunks(load_corpus(papers))):
        body = "".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in chunk).encode()
        (folder / f"{number:05}.jsonl").write_bytes(body)
        size += len(body)
    return size


def _chunks(papers: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for paper in papers:
        chunk.append(paper)
        if len(chunk) == A_LISTING:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


if __name__ == "__main__":
    found = measure([int(size) for size in sys.argv[1:]] or [2000, 10000], load_costs())
    COSTS.write_text(json.dumps(asdict(found), indent=2) + "\n", "utf-8")
