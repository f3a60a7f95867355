"""Processes of this machine, which share what was in memory when they were born."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

_AHEAD = 4
"""Batches under way for each process: when one takes long, the others go on meanwhile."""
_PATIENCE = 2

_Work = tuple[Callable[..., Any], Sequence[Any], tuple[object, ...]]
_known: list[_Work] = []
"""What this process was told to work on."""


class Processes:
    """A pool of processes that all know the same work; a batch is a range of its items."""

    patience = _PATIENCE

    def __init__(self, work: _Work, jobs: int) -> None:
        self.ahead = _AHEAD * jobs
        self._work = work
        self._jobs = jobs
        self._pool = self._open()

    def submit(self, batch: range) -> Future[list[Any]]:
        """Begin with a batch."""
        try:
            return self._pool.submit(_do, batch)
        except BrokenProcessPool:
            # A worker died since the last look. Those who wait for the old pool's work are told.
            self.renew()
            return self._pool.submit(_do, batch)

    def settle(self, future: Future[Any]) -> None:
        """Wait until it is done, or its process died."""
        wait([future])

    def died(self, error: BaseException) -> bool:
        """Whether `error` says that a worker died."""
        return isinstance(error, BrokenProcessPool)

    def renew(self) -> None:
        """Start anew, where a process died."""
        self.close()
        self._pool = self._open()

    def close(self) -> None:
        """End all processes, after what they are at."""
        self._pool.shutdown(cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        fork = "fork" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if fork else "spawn")
        return ProcessPoolExecutor(self._jobs, context, _begin, (self._work,))


@contextlib.contextmanager
def open_processes(
    function: Callable[..., Any], items: Sequence[Any], shared: tuple[object, ...], jobs: int
) -> Iterator[Processes]:
    """`jobs` processes that apply `function(some_items, *shared)` to ranges of `items`."""
    work = function, items, shared
    _known[:] = [work]
    # Frozen objects are not visited by the collector, so their memory stays shared after a fork.
    gc.freeze()
    processes = Processes(work, jobs)
    try:
        yield processes
    finally:
        processes.close()
        gc.unfreeze()
        _known.clear()


def _begin(work: _Work) -> None:
    _known[:] = [work]
    # Ctrl-C goes to all processes of a terminal: the one that started us ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(span: range) -> list[Any]:
    function, items, shared = _known[0]
    return [*function(items[span.start : span.stop], *shared)]
