"""What a build costs on many machines: a simulation from task times measured here.

    python bench/model.py                            # the tables of docs/scale.md
    python bench/model.py --papers 2900000 --pages 2.1 --workers 8 32 128

Task times are those of costs.json, which `stages.py` measures. Workers take batches one after the
other; one process plans, hands them out and takes what comes back, one scheduler passes them on,
and a bucket takes so many requests a second. There are no failures, and the network is never slow.
"""

from __future__ import annotations

import argparse
import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stages import A_LISTING, Costs, load_costs

PAPERS = 2_900_000
"""arXiv's, at the end of 2025."""
PAGES = 2.1
"""Files a paper, counted at 40,000 papers; 2.5 at 10,000 and 3.8 at 2,000: lists grow slower."""
WORKERS = (1, 8, 32, 128)


@dataclass(frozen=True)
class Plan:
    """How a build is divided."""

    name: str
    far: bool
    """Whether workers write by themselves, or bytes come back."""
    spread: bool
    """Whether reading and understanding are shared out, too, or done by `home` processes."""
    batch: int = 200
    home: int = 2
    prefixes: int = 1
    """Parts into which the bucket has divided the site's names."""


PLANS = (
    Plan("as built, into a folder", far=False, spread=False),
    Plan("as built, into a bucket", far=True, spread=False),
    Plan("everything shared out, 2,000 a batch, into a bucket", True, True, 2000),
    Plan("the same, when the bucket has divided in four", True, True, 2000, prefixes=4),
)


@dataclass(frozen=True)
class Stage:
    """What became of one."""

    name: str
    seconds: float
    bound: str
    """What it waits for most."""


def simulate(costs: Costs, plan: Plan, papers: int, workers: int) -> list[Stage]:
    """Every stage of a first build of `papers` by `workers`, each with one core."""
    pages = round(papers * costs.pages)
    home = workers if plan.spread else min(workers, plan.home)
    back = 0.0 if plan.far else costs.page_bytes
    return [
        _shared("read", costs, papers, costs.read, A_LISTING, home, costs.record_bytes, plan),
        Stage("merge", papers * costs.merge, "one process"),
        _shared("understand", costs, papers, costs.understand, plan.batch, home, 2000, plan),
        Stage("index", papers * costs.index, "one process"),
        _shared("relate", costs, papers, costs.relate, plan.batch, home, 300, plan),
        Stage("plan", pages * costs.plan, "one process"),
        _rendered(costs, plan, pages, workers, back),
    ]


def _shared(
    name: str,
    costs: Costs,
    items: int,
    each: float,
    batch: int,
    workers: int,
    back: float,
    plan: Plan,
) -> Stage:
    afar = plan.spread and workers > plan.home
    return _batches(
        name,
        -(-items // batch),
        batch * each,
        workers,
        costs.hand_out * afar + batch * back * costs.bring_back,
        costs.schedule * afar,
        0.0,
    )


def _rendered(costs: Costs, plan: Plan, pages: int, workers: int, back: float) -> Stage:
    batch = plan.batch
    work = batch * (costs.render + (costs.put if plan.far else 0.0))
    home = costs.hand_out + batch * (
        costs.view + back * costs.bring_back + (0.0 if plan.far else costs.write)
    )
    bucket = batch / costs.puts_a_second / plan.prefixes if plan.far else 0.0
    return _batches(
        "render, write", -(-pages // batch), work, workers, home, costs.schedule, bucket
    )


def _batches(
    name: str, count: int, work: float, workers: int, home: float, schedule: float, bucket: float
) -> Stage:
    """Batches that pass the scheduler, a worker, perhaps the bucket, and the process at home.

    Each of these takes one at a time, but for the workers; each takes what is there first.
    """
    free = [0.0] * workers
    scheduler = store = host = 0.0
    for _ in range(count):
        scheduler += schedule
        begun = max(heapq.heappop(free), scheduler)
        done = begun + work
        store = max(store + bucket, begun + bucket)
        done = max(done, store)
        heapq.heappush(free, done)
        host = max(host, done) + home
    spans = {
        "the workers": count * work / workers,
        "Dask's scheduler": count * schedule,
        "the bucket": count * bucket,
        "the process at home": count * home,
    }
    return Stage(name, max(host, *free), max(spans, key=lambda bound: spans[bound]))


def print_tables(costs: Costs, papers: int, workers: Sequence[int]) -> None:
    """One table a plan, in Markdown."""
    pages = papers * costs.pages
    print(
        f"{papers:,} papers, {pages / 1e6:,.1f} million files, "
        f"{pages * costs.page_bytes / 1e9:,.0f} GB; "
        f"{papers * costs.memory / 1e9:,.0f} GB of memory in the process that plans"
    )
    for plan in PLANS:
        print(f"\n**{plan.name[0].upper()}{plan.name[1:]}**, minutes\n")
        columns = [simulate(costs, plan, papers, count) for count in workers]
        print("| stage |" + "".join(f" {count} |" for count in workers) + " bound at the end by |")
        print("|---|" + "--:|" * len(workers) + "---|")
        for stages in zip(*columns, strict=True):
            cells = "".join(f" {stage.seconds / 60:,.1f} |" for stage in stages)
            print(f"| {stages[0].name} |{cells} {stages[-1].bound} |")
        totals = [sum(stage.seconds for stage in stages) for stages in columns]
        print("| **all** |" + "".join(f" **{total / 60:,.0f}** |" for total in totals) + " |")
        print("| times faster |" + "".join(f" {totals[0] / t:.1f} |" for t in totals) + " |")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--papers", type=int, default=PAPERS)
    parser.add_argument("--pages", type=float, default=PAGES, help="files a paper")
    parser.add_argument("--workers", type=int, nargs="+", default=WORKERS)
    options = parser.parse_args()
    costs = replace(load_costs(), pages=options.pages)
    print_tables(costs, options.papers, options.workers)


if __name__ == "__main__":
    main()
