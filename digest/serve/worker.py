"""The process that builds for the preview: an order a line in, what became of it a line out."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

import msgspec

from digest.build import Workshop
from digest.config import Config, load_config
from digest.pipeline import Report
from digest.problems import DigestError, Problem
from digest.serve.builder import Built, Glimpse, Order, Progress
from digest.today import today

_AHEAD = 0.1
"""Seconds that browsers have for a page before the rest is built: both are hungry."""
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
    for line in sys.stdin.buffer:
        order = msgspec.json.decode(line, type=Order)
        built = make(order, bench, partial(_say, answers=answers))
        _say(built, answers)
        broom.sweep(built.seconds)


def make(order: Order, bench: Bench, say: Callable[[Progress | Glimpse], None]) -> Built:
    """One build on `bench`; `say` hears what comes of it meanwhile. Whatever goes wrong is in the
    answer."""
    started = time.perf_counter()
    settings = Path(order.settings)
    root = settings.parent
    config: Config | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] = ()
    try:
        config = load_config(settings, dict(order.given))
        kept = msgspec.structs.replace(config, output=order.output)
        if shown := bench.glance(root, kept, order.edited):
            say(Glimpse(shown))
            time.sleep(_AHEAD)
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

    def glance(self, root: Path, config: Config, names: tuple[str, ...]) -> tuple[str, ...]:
        """Pages of papers in files that were edited, made at once if that can be."""
        if not names or self._workshop is None or self._workshop[:2] != (root, config):
            return ()
        try:
            return self._workshop[2].glance(names)
        except (DigestError, OSError):
            return ()  # the build will tell

    def forget(self) -> None:
        """Begin anew."""
        self._workshop = None


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


def _say(said: Built | Glimpse | Progress, answers: IO[bytes]) -> None:
    answers.write(msgspec.json.encode(said) + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
