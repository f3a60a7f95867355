"""Where batches of work run: this process, a pool of processes, or a Dask cluster.

One interface for all, `concurrent.futures.Executor`, so that what is computed never depends on
where.
"""

from __future__ import annotations

import contextlib
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


@contextlib.contextmanager
def open_executor(jobs: int, scheduler: str | None) -> Iterator[Executor | None]:
    """An executor for `jobs` processes or the cluster at `scheduler`; None means: do it here.

    Raises DigestError where the cluster cannot be used.
    """
    if scheduler is not None:
        with _cluster(scheduler) as executor:
            yield executor
    elif jobs > 1:
        fork = "fork" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if fork else "spawn")
        with ProcessPoolExecutor(jobs, mp_context=context) as executor:
            yield executor
    else:
        yield None


def run(function: Callable[[A], R], batches: Sequence[A], executor: Executor | None) -> Iterator[R]:
    """`function` of every batch, in order. Batches whose worker died are done again, here."""
    if executor is None:
        yield from map(function, batches)
        return
    futures = [executor.submit(function, batch) for batch in batches]
    for batch, future in zip(batches, futures, strict=True):
        try:
            result = future.result()
        except (BrokenProcessPool, OSError):
            result = function(batch)
        yield result


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[Executor]:
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
