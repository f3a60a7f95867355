"""The process that builds for the preview: an order a line in, what became of it a line out."""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

import msgspec

from digest.build import Workshop
from digest.config import Config, load_config
from digest.problems import DigestError, Problem
from digest.serve.builder import Built, Glimpse, Look, Order, Progress
from digest.task import Report
from digest.today import today

_NICE = 5
"""By how much builds give way to browsers: both are hungry."""
_SWITCH = 0.0005
"""Seconds that a build goes on, once a glance asks for its turn."""
_OFTEN = 0.1
"""Seconds between two words on how far a build is."""
_TIDYING = 0.1
"""Of the time that builds take, as much at most goes into tidying up after them."""


def main() -> None:
    """Build until nobody asks any more."""
    # A build makes many values and hardly a cycle: looking for some costs a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    # What a library might print must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bench, broom = Bench(), Broom()
    say = partial(_say, answers=answers, alone=threading.Lock())
    watchman = Watchman(bench, say)
    orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(watchman, orders), daemon=True).start()
    _stand_back()
    while (order := orders.get()) is not None:
        with watchman.building():
            built = make(order, bench, say)
        say(watchman.catch_up(order, built))
        broom.sweep(built.seconds)


def _listen(watchman: Watchman, orders: queue.SimpleQueue[Order | None]) -> None:
    for line in _lines(0):
        asked = msgspec.json.decode(line, type=Order | Look)
        if isinstance(asked, Look):
            watchman.look(asked)
        else:
            orders.put(asked)
    orders.put(None)


def _lines(handle: int) -> Iterator[bytes]:
    # A file object has a lock, which a process that is born meanwhile would find locked for ever.
    held = b""
    while chunk := os.read(handle, 65_536):
        *whole, held = (held + chunk).split(b"\n")
        yield from whole


def _stand_back() -> None:
    """Let browsers, the server and glances go before this thread's builds and their processes."""
    if sys.platform == "linux":  # where a thread's number stands for it alone
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def make(order: Order, bench: Bench, say: Callable[[Progress], None]) -> Built:
    """One build on `bench`; `say` hears how far it is. Whatever goes wrong is in the answer."""
    started = time.perf_counter()
    settings = Path(order.settings)
    root = settings.parent
    config: Config | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] = ()
    try:
        config = load_config(settings, dict(order.given))
        kept = msgspec.structs.replace(config, output=order.output)
        report = bench.build(root, kept, order, _teller(say))
        problems = report.problems
    except DigestError as error:
        problems = error.problems
    except Exception as error:  # the preview goes on, and trusts nothing of what came before
        bench.forget()
        problems = (_fault(error),)
    built = Built(
        done=report is not None,
        problems=tuple(_named(problem, root) for problem in problems),
        content=str(root / config.content) if config else None,
        templates=str(root / config.templates) if config else None,
        seconds=time.perf_counter() - started,
    )
    if report is None:
        return built
    return msgspec.structs.replace(
        built,
        changed=report.changed,
        stages=report.stages,
        waiting=report.waiting,
        records=report.records,
        papers=report.papers,
        duplicates=report.duplicates,
        pages=report.pages,
        written=report.written,
        unchanged=report.unchanged,
        removed=report.removed,
    )


class Bench:
    """Where a site is made again and again: what one build learnt, the next need not."""

    def __init__(self) -> None:
        self._workshop: tuple[Path, Config, Workshop] | None = None

    def build(
        self, root: Path, config: Config, order: Order, progress: Callable[[str, int, int], None]
    ) -> Report:
        """Build, from what is known if the settings are the same."""
        if self._workshop is None or self._workshop[:2] != (root, config):
            self._workshop = root, config, Workshop(root, config)
        return self._workshop[2].build(
            jobs=order.jobs,
            scheduler=order.scheduler,
            clean=order.clean,
            progress=progress,
            today=today(),
            drafts=True,
        )

    def glance(self, order: Order, names: Iterable[str], *, aside: bool) -> tuple[str, ...]:
        """Pages of papers in files that were edited, made at once if that can be; `aside` while a
        build goes on."""
        workshop, settings = self._workshop, Path(order.settings)
        try:
            config = load_config(settings, dict(order.given))
            kept = msgspec.structs.replace(config, output=order.output)
            if workshop is None or workshop[:2] != (settings.parent, kept):
                return ()
            return workshop[2].glance(names, aside=aside)
        except (DigestError, OSError):
            return ()  # the build will tell

    def forget(self) -> None:
        """Begin anew."""
        self._workshop = None


class Watchman:
    """Shows what was edited, whether a build goes on or not."""

    def __init__(self, bench: Bench, say: Callable[[Glimpse], None]) -> None:
        self._bench, self._say = bench, say
        self._looking = threading.RLock()
        self._is_building = False
        self._seen: dict[str, None] = {}
        """Files of which pages were shown while a build went on."""
        # A process that is born while a glance holds some lock would wait for it for ever.
        if hasattr(os, "register_at_fork"):
            hold, let_go = self._looking.acquire, self._looking.release
            os.register_at_fork(before=hold, after_in_parent=let_go, after_in_child=let_go)

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """While a build goes on."""
        with self._looking:
            self._is_building, self._seen = True, {}
        try:
            yield
        finally:
            with self._looking:
                self._is_building = False

    def look(self, asked: Look) -> None:
        """Make pages of papers in files that were edited, and tell of them."""
        usual = sys.getswitchinterval()
        with self._looking:
            # A glance waits often, and each time a build in the other thread goes on for so long.
            sys.setswitchinterval(_SWITCH)
            try:
                shown = self._bench.glance(asked.order, asked.edited, aside=self._is_building)
            except Exception:  # the build will come to it, and tell
                shown = ()
            finally:
                sys.setswitchinterval(usual)
            if self._is_building:
                self._seen.update(dict.fromkeys(asked.edited))
            if shown:
                self._say(Glimpse(shown))

    def catch_up(self, order: Order, built: Built) -> Built:
        """`built`, after the pages that were shown meanwhile were made as they are by now: the
        build put older ones in their place."""
        with self._looking:
            if not self._seen:
                return built
            again = self._bench.glance(order, self._seen, aside=False)
        return msgspec.structs.replace(
            built, changed=tuple({**dict.fromkeys(built.changed), **dict.fromkeys(again)})
        )


class Broom:
    """Frees what builds leave behind in cycles, between them: the collector, slowed down for their
    sake, would find it only after hundreds of builds."""

    def __init__(self) -> None:
        self._cost = self._earned = 0.0

    def sweep(self, seconds: float) -> None:
        """After a build that took `seconds`, if it is due."""
        self._earned += _TIDYING * seconds
        if self._earned < self._cost:
            return
        started = time.perf_counter()
        gc.collect()
        self._cost, self._earned = time.perf_counter() - started, 0.0


def _fault(error: Exception) -> Problem:
    said = f"digest failed: {type(error).__name__}: {error}"
    hint = "This is a fault of digest. Please report it, with what “digest build” says."
    return Problem("", None, "error", said, hint)


def _named(problem: Problem, root: Path) -> Problem:
    """With a path as the user would type it, below the digest's own folder."""
    path = Path(problem.path)
    if path.is_absolute() and path.is_relative_to(root):
        return msgspec.structs.replace(problem, path=path.relative_to(root).as_posix())
    return problem


def _teller(say: Callable[[Progress], None]) -> Callable[[str, int, int], None]:
    last = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _OFTEN or done == total:
            last = time.monotonic()
            say(Progress(stage, done, total))

    return tell


def _say(said: Built | Glimpse | Progress, answers: IO[bytes], alone: threading.Lock) -> None:
    with alone:
        answers.write(msgspec.json.encode(said) + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
