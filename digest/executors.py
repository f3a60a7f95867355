"""Where batches of work run: in processes of this machine, or on a Dask cluster.

One interface for both, `concurrent.futures.Executor`, so that what is computed never depends on
where.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from digest.problems import DigestError, Problem

A = TypeVar("A")
R = TypeVar("R")


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    function: Callable[..., R], items: Sequence[A], jobs: int, *shared: object, batch: int = 200
) -> Iterator[R]:
    """`function(item, *shared)` of every item, in order, by `jobs` processes of this machine.

    Where the system can fork, neither `items` nor `shared` is copied, however large they are; only
    results are. A batch whose process died is done again, here.
    """
    if jobs == 1 or len(items) <= batch:
        for item in items:
            yield function(item, *shared)
        return
    work = function, items, shared
    _remember(work)
    spans = [(at, at + batch) for at in range(0, len(items), batch)]
    fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if fork else "spawn")
    # Frozen objects are not visited by the collector, so their memory stays shared after a fork.
    gc.freeze()
    try:
        with ProcessPoolExecutor(jobs, context, _remember, (work,)) as executor:
            for results in run(_do, spans, executor):
                yield from results
    finally:
        gc.unfreeze()
        _known.clear()


_Work = tuple[Callable[..., Any], Sequence[Any], tuple[object, ...]]
_known: list[_Work] = []
"""What this process was told to work on."""


def _remember(work: _Work) -> None:
    _known[:] = [work]


def _do(span: tuple[int, int]) -> list[Any]:
    function, items, shared = _known[0]
    return [function(item, *shared) for item in items[slice(*span)]]


@contextlib.contextmanager
def open_cluster(address: str) -> Iterator[Executor]:
    """The Dask cluster whose scheduler is at `address` (`tcp://HOST:PORT`).

    Raises DigestError where it cannot be used.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
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
    make: Any = Client  # ships no types
    try:
        client = make(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise DigestError(
            Problem(
                "--scheduler",
                None,
                "error",
                f"no scheduler answers at {address}: {error}",
                "Start one with “dask scheduler”, or build without --scheduler.",
            )
        ) from error
    with client:
        yield client.get_executor()


def run(function: Callable[[A], R], batches: Sequence[A], executor: Executor) -> Iterator[R]:
    """`function` of every batch, in order. A batch whose worker died is done again, here."""
    futures = [executor.submit(function, batch) for batch in batches]
    for batch, future in zip(batches, futures, strict=True):
        try:
            result = future.result()
        except BrokenProcessPool:
            result = function(batch)
        yield result
