"""A guard against hangs: work that never ends must fail its test, not stop the suite.

The bound is far above what the slowest machine needs. How fast things are is measured in `bench/`.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def ends(within: float = 60.0) -> Iterator[None]:
    """Raise AssertionError where the block is still at work after `within` seconds."""
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not usable:
        yield
        return

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"still at work after {within:g} s: time must grow with the input")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, within)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
