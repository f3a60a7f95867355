"""Where batches of work run: in processes of this machine, or on a Dask cluster.

What is computed never depends on where. Results come in order and as they are asked for: no more
is under way than keeps every worker busy, so that memory does not grow with the work. The batches
of a worker that died are done again; a batch that kills its workers is halved until the one item is
found, and that item is set aside.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from digest.executors.stream import in_order
from digest.problems import DigestError, Problem

if TYPE_CHECKING:
    from digest.executors.cluster import Cluster

__all__ = ["default_jobs", "each", "in_batches", "open_cluster"]

A = TypeVar("A")
R = TypeVar("R")


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    function: Callable[..., R],
    items: Sequence[A],
    where: int | Cluster,
    *shared: object,
    batch: int = 200,
    lost: Callable[[A], R] | None = None,
) -> Iterator[R]:
    """`function(item, *shared)` of every item, in order; all else is as for `in_batches`."""
    return in_batches(_one_by_one, items, where, function, shared, batch=batch, lost=lost)


def in_batches(
    function: Callable[..., Iterable[R]],
    items: Sequence[A],
    where: int | Cluster,
    *shared: object,
    batch: int = 200,
    lost: Callable[[A], R] | None = None,
) -> Iterator[R]:
    """What `function(some_items, *shared)` gives, a result for each item, in order.

    `where`: so many processes of this machine, or a cluster. Where the system can fork, neither
    `items` nor `shared` is copied to processes, however large they are; only results are. To a
    cluster, `shared` goes once a worker. `lost` says what becomes of an item that kills whatever
    works on it; without it, DigestError is raised.
    """
    set_aside: Callable[[A], R] = lost or _give_up
    spans = (range(at, min(at + batch, len(items))) for at in range(0, len(items), batch))
    if not isinstance(where, int):
        with where.sharing(function, shared) as workers:
            chunks = (items[span.start : span.stop] for span in spans)
            for results in in_order(workers, chunks, set_aside):
                yield from results
    elif where == 1 or len(items) <= batch:
        for span in spans:
            yield from function(items[span.start : span.stop], *shared)
    else:
        # Small work is done here, without what starting processes imports.
        from digest.executors.processes import open_processes  # noqa: PLC0415

        with open_processes(function, items, shared, where) as workers:
            for results in in_order(workers, spans, lambda at: set_aside(items[at])):
                yield from results


def _one_by_one(
    items: Sequence[A], function: Callable[..., R], shared: tuple[object, ...]
) -> Iterator[R]:
    # One after the other as they are asked for, where they come from this process.
    return (function(item, *shared) for item in items)


@contextlib.contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """The Dask cluster whose scheduler is at `address` (`tcp://HOST:PORT`).

    Raises DigestError where it cannot be used.
    """
    try:
        from digest.executors.cluster import connect  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DigestError(
            Problem(
                "--scheduler",
                None,
                "error",
                "needs the package “distributed”",
                "Install it with: pip install 'litdigest[cluster]'",
            )
        ) from error
    with connect(address) as cluster:
        yield cluster


def _give_up(_item: object) -> Any:
    raise DigestError(
        Problem(
            "",
            None,
            "error",
            "a process was killed each time it came to the same piece of work",
            "Most often memory ran out: build with fewer --jobs, or give it more memory.",
        )
    )
