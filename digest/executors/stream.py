"""Results of batches in order, whatever happens to those who work on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

A = TypeVar("A")
R = TypeVar("R")


class Workers(Protocol):
    """Those who work, wherever they are."""

    ahead: int
    """Batches under way that keep them all busy."""
    patience: int
    """Deaths that a batch may be part of before it is suspected."""

    def submit(self, batch: Any) -> Future[Any]:
        """Begin with a batch."""

    def settle(self, future: Future[Any]) -> None:
        """Wait until it is done, or its worker died. Raises DigestError where nobody is left."""

    def died(self, error: BaseException) -> bool:
        """Whether `error` says that a worker died, and not that the work went wrong."""

    def renew(self) -> None:
        """Put living workers in the place of dead ones."""


def in_order(
    workers: Workers, batches: Iterator[Sequence[A]], lost: Callable[[A], R]
) -> Iterator[Sequence[R]]:
    """The results of every batch, in the order of `batches`, of which few are taken ahead.

    A batch whose worker died is done again. When it has been part of as many deaths as the workers'
    patience allows, it is done with nothing else under way; if its worker dies then, it is halved,
    until `lost` of one item stands for its result.
    """
    waiting: deque[tuple[Sequence[A], int, Future[Sequence[R]]]] = deque()
    while True:
        while len(waiting) < workers.ahead and (batch := next(batches, None)) is not None:
            waiting.append((batch, 0, workers.submit(batch)))
        if not waiting:
            return
        batch, deaths, future = waiting[0]
        results = _results(workers, future)
        if results is None:
            # One death ends all futures of a process pool: see who is left before going on.
            for _, _, future in waiting:
                workers.settle(future)
            workers.renew()
            if deaths + 1 >= workers.patience:
                results = _alone(workers, batch, lost)
            else:
                waiting[0] = batch, deaths + 1, workers.submit(batch)
            for number, (other, before, future) in enumerate(waiting):
                if number and _has_died(workers, future):
                    waiting[number] = other, before + 1, workers.submit(other)
        if results is not None:
            waiting.popleft()
            yield results


def _alone(workers: Workers, batch: Sequence[A], lost: Callable[[A], R]) -> Sequence[R]:
    results: Sequence[R] | None = _results(workers, workers.submit(batch))
    if results is not None:
        return results
    workers.renew()
    if len(batch) == 1:
        return [lost(batch[0])]
    middle = len(batch) // 2
    return [*_alone(workers, batch[:middle], lost), *_alone(workers, batch[middle:], lost)]


def _results(workers: Workers, future: Future[Sequence[R]]) -> Sequence[R] | None:
    """What came of it; None where its worker died."""
    workers.settle(future)
    return None if _has_died(workers, future) else future.result()


def _has_died(workers: Workers, future: Future[Any]) -> bool:
    error = future.exception()
    return error is not None and workers.died(error)
