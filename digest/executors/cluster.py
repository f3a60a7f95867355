"""A Dask cluster: workers of other machines, which need digest and nothing of this one's disks."""

from __future__ import annotations

import contextlib
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, wait
from functools import partial
from typing import Any

from distributed import Client, KilledWorker, WorkerPlugin
from distributed.comm.core import CommClosedError

from digest import __version__
from digest.problems import DigestError, Problem

_AHEAD = 3
"""Batches under way for each thread of the cluster."""
_PATIENCE = 1
"""Dask itself does a task again that a dying worker had; `KilledWorker` comes after several."""
_WAIT = 10
"""Seconds that a scheduler, and a first worker, may take to answer."""
_LOOK = 5
"""Seconds between looks whether anybody is left."""
_PATIENT = 60
"""Seconds in which a cluster that lost all workers may get new ones."""

_told: dict[str, tuple[Callable[..., Any], tuple[object, ...]]] = {}
"""What this process was told to work on, by name."""


class _Telling(WorkerPlugin):
    """Tells every worker once what is shared: those of now, and those that come or come again."""

    def __init__(self, name: str, function: Callable[..., Any], shared: tuple[object, ...]) -> None:
        self.name = name
        self._told = function, shared

    def setup(self, worker: object) -> None:  # noqa: ARG002 - Dask's interface
        """Called by a worker when it begins."""
        _told[self.name] = self._told

    def teardown(self, worker: object) -> None:  # noqa: ARG002
        """Called by a worker when the work is over."""
        _told.pop(self.name, None)


class Cluster:
    """A cluster that answers, and whose workers run the same digest as this process."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @contextlib.contextmanager
    def sharing(
        self, function: Callable[..., Any], shared: tuple[object, ...]
    ) -> Iterator[_Workers]:
        """Workers that apply `function(some_items, *shared)` to batches."""
        name = f"digest-{uuid.uuid4().hex}"
        self._client.register_plugin(_Telling(name, function, shared), name=name)
        try:
            yield self.calling(partial(_do, name))
        finally:
            # A scheduler that has gone has forgotten by itself.
            with contextlib.suppress(Exception):
                self._client.unregister_worker_plugin(name)

    def calling(self, function: Callable[[Sequence[Any]], Sequence[Any]]) -> _Workers:
        """Workers that apply `function` to a batch."""
        threads = sum(self._client.nthreads().values())
        return _Workers(self._client, function, _AHEAD * max(1, threads))


class _Workers:
    patience = _PATIENCE

    def __init__(
        self, client: Any, function: Callable[[Sequence[Any]], Sequence[Any]], ahead: int
    ) -> None:
        self._client = client
        # Nothing is gained by Dask's looking whether two batches are equal.
        self._executor: Executor = client.get_executor(pure=False)
        self._function = function
        self.ahead = ahead

    def submit(self, batch: Sequence[Any]) -> Future[Sequence[Any]]:
        """Begin with a batch. Raises DigestError where the scheduler has gone."""
        try:
            return self._executor.submit(self._function, batch)
        except Exception as error:
            raise _gone() from error

    def settle(self, future: Future[Any]) -> None:
        """Wait until it is done, or Dask gave it up.

        Raises DigestError where the scheduler or all workers have gone.
        """
        idle = 0
        while not wait([future], timeout=_LOOK).done:
            try:
                idle = 0 if self._client.nthreads() else idle + 1
            except Exception as error:
                raise _gone() from error
            if idle * _LOOK >= _PATIENT:
                raise _unusable(
                    "all workers of the cluster have gone",
                    "Start new ones, with more memory if that is what killed them.",
                )
        # An error of the work itself is never one of these.
        if future.cancelled() or isinstance(future.exception(), (CancelledError, CommClosedError)):
            raise _gone()

    def died(self, error: BaseException) -> bool:
        """Whether `error` says that workers died."""
        return isinstance(error, KilledWorker)

    def renew(self) -> None:
        """Nothing to do: the cluster itself sees to its workers."""


@contextlib.contextmanager
def connect(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address`.

    Raises DigestError where nobody answers, nobody works, or another digest would.
    """
    try:
        make: Any = Client  # ships hardly any types
        client = make(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _unusable(
            f"no scheduler answers at {address}: {error}",
            "Start one with “dask scheduler”, or build without --scheduler.",
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError as error:
            raise _unusable(
                f"the scheduler at {address} has no workers",
                f"Start some with “dask worker {address}”.",
            ) from error
        ours = _edition()
        try:
            theirs = client.run(_edition)
        except ModuleNotFoundError as error:
            raise _unusable(
                f"a worker lacks a package: {error}",
                f"Install litdigest {__version__} wherever workers run.",
            ) from error
        others = sorted({edition for edition in theirs.values() if edition != ours})
        if others:
            raise _unusable(
                f"workers have {', '.join(others)}, but this is {ours}",
                "Install the same everywhere: others might make other bytes.",
            )
        yield Cluster(client)


def _edition() -> str:
    return f"digest {__version__} on Python {sys.version_info.major}.{sys.version_info.minor}"


def _do(name: str, items: Sequence[Any]) -> list[Any]:
    function, shared = _told[name]
    return [*function(items, *shared)]


def _gone() -> DigestError:
    return _unusable("the scheduler has gone", "Start it again, or build without --scheduler.")


def _unusable(message: str, hint: str) -> DigestError:
    return DigestError(Problem("--scheduler", None, "error", message, hint))
