"""Builds are made in a process of their own.

So pages are served while one is made, a build that dies takes nothing with it, and the processes
that a build starts are children of one that has a single thread. Requests and answers are lines of
JSON on its standard input and output.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from digest.problems import Problem


class Order(Struct, frozen=True, kw_only=True, tag=True):
    """A build that is asked for; paths are absolute."""

    settings: str
    """The file `digest.yaml`."""
    given: dict[str, str | None]
    """Settings of the command line, which win."""
    output: str
    jobs: int
    scheduler: str | None = None
    clean: bool = False


class Look(Struct, frozen=True, kw_only=True, tag=True):
    """The pages of papers that were edited, asked for at once: before a build, or beside one."""

    order: Order
    """The build that they belong to, or one like it."""
    edited: tuple[str, ...]
    """Files, by their names below the content folder."""


class Progress(Struct, frozen=True, tag=True):
    """How far a build is."""

    stage: str
    done: int
    total: int


class Glimpse(Struct, frozen=True, tag=True):
    """Pages that show an edit already, before the rest is built."""

    changed: tuple[str, ...]


class Built(Struct, frozen=True, kw_only=True, tag=True):
    """What became of a build."""

    done: bool
    """Whether there is a new site; if not, the last one stays."""
    problems: tuple[Problem, ...]
    content: str | None = None
    """Folder to watch, absolute; None where the settings could not be read."""
    templates: str | None = None
    changed: tuple[str, ...] = ()
    """Paths of the site that were written or removed."""
    stages: tuple[tuple[str, float], ...] = ()
    """What took how many seconds, in order."""
    waiting: tuple[tuple[str, str], ...] = ()
    """Pages that a build would do without, and why, in a word or two."""
    records: int = 0
    papers: int = 0
    duplicates: int = 0
    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    seconds: float = 0.0


class _Process(NamedTuple):
    """A process that builds."""

    itself: subprocess.Popen[bytes]
    answers: queue.SimpleQueue[Built | None]
    """None at its end."""
    hearer: threading.Thread
    """Reads what it says; ends with it."""


class Builder:
    """The process that builds; started anew where it died."""

    def __init__(self, command: tuple[str, ...] = ("-m", "digest.serve.worker")) -> None:
        """`command`: arguments of Python."""
        # -P: a file of the digest that is called like a module must not be taken for it.
        self._command = (sys.executable, "-P", *command)
        self._process: _Process | None = None
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._progress: Callable[[str, int, int], None] = lambda *_: None
        self._stopped = False
        self.glimpse: Callable[[tuple[str, ...]], None] = lambda _changed: None
        """Hears of pages that are ready before a build's end, in a thread of its own."""

    def build(
        self, order: Order, progress: Callable[[str, int, int], None] = lambda *_: None
    ) -> Built:
        """Build, and wait for the end."""
        self._progress = progress
        process = self._running()
        if process is None:
            return _failed("the preview is ending")
        self._ask(process, order)
        if (built := process.answers.get()) is not None:
            return built
        self._end(process)
        status = process.itself.returncode
        return _failed(f"the build ended without a word (status {status})")

    def look(self, look: Look) -> None:
        """Ask for the pages of a few papers, also while `build` goes on; `glimpse` will hear."""
        process = self._running()
        if process is not None:
            self._ask(process, look)

    def stop(self) -> None:
        """End the process and all that it started. A build that is going on is broken off, which
        leaves the site as it was."""
        with self._lock:
            self._stopped = True
            process, self._process = self._process, None
        if process is not None:
            self._end(process)

    def _running(self) -> _Process | None:
        with self._lock:
            if self._stopped:
                return None
            if self._process is None or self._process.itself.poll() is not None:
                # A session of its own: Ctrl-C is for us, who then end it in good order.
                process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    start_new_session=True,
                    env={**os.environ, "PYTHONPATH": _python_path()},
                )
                answers: queue.SimpleQueue[Built | None] = queue.SimpleQueue()
                hearer = threading.Thread(target=self._hear, args=(process, answers))
                hearer.start()
                self._process = _Process(process, answers, hearer)
            return self._process

    def _ask(self, process: _Process, what: Order | Look) -> None:
        stream = process.itself.stdin
        if stream is not None:
            with self._asking, contextlib.suppress(OSError, ValueError):
                stream.write(msgspec.json.encode(what) + b"\n")
                stream.flush()

    def _hear(
        self, process: subprocess.Popen[bytes], answers: queue.SimpleQueue[Built | None]
    ) -> None:
        with contextlib.suppress(OSError, msgspec.DecodeError):
            for line in process.stdout or ():
                said = msgspec.json.decode(line, type=Progress | Glimpse | Built)
                if isinstance(said, Built):
                    answers.put(said)
                elif isinstance(said, Glimpse):
                    self.glimpse(said.changed)
                else:
                    self._progress(said.stage, said.done, said.total)
        answers.put(None)

    def _end(self, process: _Process) -> None:
        with self._lock:
            if self._process is process:
                self._process = None
        one = process.itself
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(one.pid, signal.SIGKILL)
            else:
                one.kill()
        one.wait()
        process.hearer.join()
        for stream in (one.stdin, one.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _python_path() -> str:
    here = str(Path(__file__).parents[2])
    return os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))


def _failed(why: str) -> Built:
    hint = "Save any file to try again. If that does not help, “digest build” may say more."
    return Built(done=False, problems=(Problem("", None, "error", why, hint),))
