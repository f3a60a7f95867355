"""Builds are made in a process of their own.

So pages are served while one is made, a build that dies takes nothing with it, and the processes
that a build starts are children of one that has a single thread. Requests and answers are lines of
JSON on its standard input and output.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.problems import Problem


class Order(Struct, frozen=True, kw_only=True):
    """A build that is asked for; paths are absolute."""

    settings: str
    """The file `digest.yaml`."""
    given: dict[str, str | None]
    """Settings of the command line, which win."""
    output: str
    jobs: int
    scheduler: str | None = None
    clean: bool = False
    edited: tuple[str, ...] = ()
    """Files to look at before all else, by their names below the content folder."""


class Progress(Struct, frozen=True, tag=True):
    """How far a build is."""

    stage: str
    done: int
    total: int


class Glimpse(Struct, frozen=True, tag=True):
    """Pages that show an edit already, while the rest is being built."""

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


class Builder:
    """The process that builds; started anew where it died."""

    def __init__(self, command: tuple[str, ...] = ("-m", "digest.serve.worker")) -> None:
        """`command`: arguments of Python."""
        # -P: a file of the digest that is called like a module must not be taken for it.
        self._command = (sys.executable, "-P", *command)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopped = False

    def build(
        self,
        order: Order,
        progress: Callable[[str, int, int], None] = lambda *_: None,
        glimpse: Callable[[tuple[str, ...]], None] = lambda _changed: None,
    ) -> Built:
        """Build, and wait for the end; `glimpse` hears of pages that are ready before it."""
        process = self._running()
        if process is None or process.stdin is None or process.stdout is None:
            return _failed("the preview is ending")
        with contextlib.suppress(OSError, msgspec.DecodeError):
            process.stdin.write(msgspec.json.encode(order) + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                said = msgspec.json.decode(line, type=Progress | Glimpse | Built)
                if isinstance(said, Built):
                    return said
                if isinstance(said, Glimpse):
                    glimpse(said.changed)
                else:
                    progress(said.stage, said.done, said.total)
        self._end(process)
        return _failed(f"the build ended without a word (status {process.returncode})")

    def stop(self) -> None:
        """End the process and all that it started. A build that is going on is broken off, which
        leaves the site as it was."""
        with self._lock:
            self._stopped = True
            process, self._process = self._process, None
        if process is not None:
            self._end(process)

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopped:
                return None
            if self._process is None or self._process.poll() is not None:
                # A session of its own: Ctrl-C is for us, who then end it in good order.
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    start_new_session=True,
                    env={**os.environ, "PYTHONPATH": _python_path()},
                )
            return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            if self._process is process:
                self._process = None
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _python_path() -> str:
    here = str(Path(__file__).parents[2])
    return os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))


def _failed(why: str) -> Built:
    hint = "Save any file to try again. If that does not help, “digest build” may say more."
    return Built(done=False, problems=(Problem("", None, "error", why, hint),))
