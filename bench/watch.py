"""What is seen of a process from outside while it runs: memory, and when a page is on disk.

Memory is the sum of the proportional set sizes (PSS: what processes share is counted once) of the
process and all below it, sampled. Sampling a large process takes the kernel a while, in which it
waits: so a sample is taken only after twenty times what the last one took.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

_SAMPLE_EVERY = 0.1
_LOOK_EVERY = 0.004
"""Seconds."""
_SHARE = 20


class Expected(NamedTuple):
    """A page that will hold a text once the build is as far."""

    page: Path
    text: bytes


class Watch:
    """Threads that watch the process `pid` until `stop`."""

    def __init__(self, pid: int, expected: Expected | None = None) -> None:
        self.peak = 0.0
        """MiB, of all processes together."""
        self.seen: float | None = None
        """Seconds from the start to the expected page on disk; None where it never came."""
        self._pid = pid
        self._expected = expected
        self._started = time.perf_counter()
        self._over = threading.Event()
        tasks = [self._sample, self._look] if expected else [self._sample]
        self._threads = [threading.Thread(target=task, daemon=True) for task in tasks]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """The process has ended; look a last time."""
        ended = time.perf_counter() - self._started
        self._over.set()
        for thread in self._threads:
            thread.join()
        if self._expected and self.seen is None and _holds(self._expected):
            self.seen = ended

    def _sample(self) -> None:
        pause = 0.02
        while not self._over.wait(pause):
            began = time.perf_counter()
            self.peak = max(self.peak, tree_pss(self._pid))
            pause = max(_SAMPLE_EVERY, _SHARE * (time.perf_counter() - began))

    def _look(self) -> None:
        assert self._expected is not None
        last: tuple[int, int, int] | None = None
        while not self._over.wait(_LOOK_EVERY):
            try:
                found = self._expected.page.stat()
            except OSError:
                continue
            state = found.st_ino, found.st_size, found.st_mtime_ns
            if state != last and _holds(self._expected):
                self.seen = time.perf_counter() - self._started
                return
            last = state


def _holds(expected: Expected) -> bool:
    try:
        return expected.text in expected.page.read_bytes()
    except OSError:
        return False


def tree_pss(pid: int) -> float:
    """Memory of the process `pid` and of all below it, in MiB; 0 where the system does not say."""
    below: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name, in brackets, may hold anything; the parent is the second field after it.
            parent = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1]
            below[int(parent)].append(int(folder.name))
    total = 0
    waiting = [pid]
    while waiting:
        process = waiting.pop()
        waiting += below[process]
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
            total += next((int(r.split()[1]) for r in rollup.split("\n") if r[:4] == "Pss:"), 0)
    return total / 1024
