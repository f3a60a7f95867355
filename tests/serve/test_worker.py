"""The process that builds stays small, however often it does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from digest.serve.worker import Broom


class Knot:
    """A value that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector_is_off() -> Iterator[None]:
    """So that nothing but a sweep frees a cycle."""
    gc.disable()
    yield
    gc.enable()


def test_cycles_are_freed_between_builds() -> None:
    """The first build's at once: what a sweep costs is not known before."""
    knot = weakref.ref(Knot())
    assert knot() is not None
    Broom().sweep(0.001)
    assert knot() is None


def test_sweeping_takes_a_share_of_the_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a sweep of a second, ten seconds of builds must pass until the next."""
    clock, sweeps = [0.0], []

    def collect() -> int:
        sweeps.append(clock[0])
        clock[0] += 1.0
        return 0

    monkeypatch.setattr("digest.serve.worker.gc.collect", collect)
    monkeypatch.setattr("digest.serve.worker.time.perf_counter", lambda: clock[0])
    broom = Broom()
    for _ in range(31):
        broom.sweep(1.0)
    assert len(sweeps) in (3, 4)
    assert len(sweeps) * 1.0 <= 1.0 + 0.1 * 31
