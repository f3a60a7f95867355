"""The loop: something changes, the site is built again, browsers are told."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.serve.builder import Builder, Built, Look, Order
from digest.serve.live import Failure, Hub
from digest.serve.overlay import failures_of
from digest.serve.sources import Places, Sources, differences, folders, look, look_at
from digest.serve.watch import Bell, Watch

_PATIENCE = 2.0
"""Seconds of unrest after which a build is made all the same; doubled while it goes on, so that a
storm costs few builds."""
_LONGEST_PATIENCE = 32.0
_GRACE = 0.1
"""Seconds that a file may be away, or empty, while an editor saves it."""
_CALM = 0.2
"""Seconds between two looks at a storm."""
_LOOK_EVERY = 3.0
"""Seconds between two looks without any event: some file systems have none."""
_LOOK_EVERY_BLIND = 0.5
_RETRY = 2.0
_LONGEST_RETRY = 60.0
_AHEAD = 0.1
"""Seconds that browsers have for a page that was edited before the rest is built; what else is
saved meanwhile is built with it."""
_REMEMBERED = 50
_KEPT = 100
"""Names kept of a build."""
_FEW = 5
"""Files that are looked at before a build."""


class Round(Struct, frozen=True):
    """A build, and why it was made."""

    number: int
    at: float
    """Seconds since 1970."""
    causes: tuple[tuple[str, str], ...]
    """Sources, relative to the digest where they are below it, and what happened to each: some, of
    very many."""
    built: Built
    """Of an earlier build, some of what it changed, and no problems."""
    more_causes: int = 0
    """How many there were beside."""
    more_changed: int = 0


class Preview:
    """Keeps a site up to date with its sources, and browsers with the site."""

    def __init__(
        self,
        order: Order,
        hub: Hub,
        builder: Builder,
        places: Places,
        heard: Callable[[Round, tuple[Failure, ...]], None],
    ) -> None:
        """`heard` is told of every build, with what was broken before it."""
        self._order = order
        self._hub = hub
        self._builder = builder
        builder.glimpse = self._show
        self._heard = heard
        self._root = Path(order.settings).parent
        self._places = places
        self._bell = Bell()
        self._watch = Watch(self._bell)
        self._stopped = threading.Event()
        self._stopping = threading.Lock()
        self._sources: Sources = {}
        """As they were when the last build began."""
        self._seen: Sources = {}
        """As they were at the last look."""
        self._look_cost = 0.0
        self._number = 0
        self.rounds: deque[Round] = deque(maxlen=_REMEMBERED)
        """The last builds, the newest last."""

    @property
    def has_events(self) -> bool:
        """Whether the system tells what changes; if not, we look twice a second."""
        return self._watch.has_events

    def build_first(self, progress: Callable[[str, int, int], None]) -> Built:
        """The build with which it begins. Watching begins before, so that nothing is missed."""
        self._watch.follow(folders(self._places))
        self._sources = self._look_again(None)
        return self._build({}, progress)

    def run(self) -> None:
        """Build whenever something changed, until `stop` is called."""
        patience, retry, failed_at = _PATIENCE, _RETRY, time.monotonic()
        while not self._stopped.is_set():
            every = _LOOK_EVERY if self._watch.has_events else _LOOK_EVERY_BLIND
            rung = self._bell.wait(max(every, 50 * self._look_cost))
            if self._stopped.is_set():
                return
            happened, quiet = self._find_out(patience, rung=rung)
            give_up = time.monotonic() + _PATIENCE
            while (
                quiet
                and self._ask_for_pages(happened)
                and self._bell.wait(_AHEAD)
                and time.monotonic() < give_up
                and not self._stopped.is_set()
            ):
                happened, quiet = self._find_out(patience, rung=True)
            patience = _PATIENCE if quiet else min(2 * patience, _LONGEST_PATIENCE)
            broken = bool(self.rounds) and not self.rounds[-1].built.done
            again = broken and time.monotonic() - failed_at > retry
            if happened or again:
                # As they were before the build: what changes meanwhile differs next time.
                self._sources = self._seen
                built = self._build(happened)
                failed_at = time.monotonic()
                retry = _RETRY if built.done or happened else min(2 * retry, _LONGEST_RETRY)

    def stop(self) -> None:
        """End `run`, and break off what it does."""
        with self._stopping:
            self._stopped.set()
            self._bell.ring()
            self._builder.stop()
            self._watch.stop()

    def _build(
        self,
        happened: Mapping[str, str],
        progress: Callable[[str, int, int], None] = lambda *_: None,
    ) -> Built:
        at = time.time()
        built = self._wait_for_build(progress)
        self._order = msgspec.structs.replace(self._order, clean=False)
        if self._stopped.is_set():
            return built
        moved = self._follow(built)
        templates = str(self._places.templates)
        self._hub.patches = not any(
            path.endswith((".js", ".mjs")) and path.startswith(templates) for path in self._sources
        )
        before = self._hub.failures
        failures = failures_of(built.problems, (self._places.content, self._root))
        last = self.rounds[-1].built if self.rounds else None
        only_styles = (
            bool(happened)
            and last is not None
            and last.done
            and not moved
            and all(self._is_style(path) for path in happened)
        )
        if built.changed or failures != before or built.waiting != self._hub.waiting:
            waiting = built.waiting if built.done else self._hub.waiting
            self._hub.publish(built.changed, failures, only_styles=only_styles, waiting=waiting)
        if (
            last is not None
            and not last.done
            and built == msgspec.structs.replace(last, seconds=built.seconds)
        ):
            return built  # tried again in vain: nothing to tell
        self._number += 1
        if self.rounds:
            self.rounds[-1] = _outlined(self.rounds[-1])
        causes = tuple((self._named(path), what) for path, what in happened.items())
        entry = Round(self._number, at, causes[:_KEPT], built, max(0, len(causes) - _KEPT))
        self.rounds.append(entry)
        self._heard(entry, before)
        return built

    def _find_out(self, patience: float, *, rung: bool) -> tuple[dict[str, str], bool]:
        """What happened to the sources since the last build, and whether no more does."""
        paths, quiet = self._bell.settle(patience) if rung else (None, True)
        sources = self._look_again(paths)
        if rung and (paths is None or len(paths) > _FEW):
            sources, quiet = self._wait_for_calm(sources, patience)
        happened = differences(self._sources, sources)
        if quiet and _may_be_midway(happened, sources):
            time.sleep(_GRACE)
            happened = differences(self._sources, self._look_again(frozenset(happened)))
        return happened, quiet

    def _wait_for_build(self, progress: Callable[[str, int, int], None]) -> Built:
        """Build. What is edited meanwhile is shown, and built next time."""
        with ThreadPoolExecutor(1, "build") as thread:
            job = thread.submit(self._builder.build, self._order, progress)
            job.add_done_callback(lambda _: self._bell.stir())
            later: set[str] | None = set()
            while later is not None and not job.done():
                if not self._bell.wait(_LOOK_EVERY, job.done) or job.done():
                    continue
                paths, _ = self._bell.settle(_GRACE)
                later = None if paths is None or len(paths) > _FEW else later | paths
                if later and (now := look_at(self._places, self._seen, later)) is not None:
                    self._ask_for_pages(differences(self._sources, now))
            built = job.result()
        if later is None:
            self._bell.ring()
        elif later:
            self._bell.ring(*later)
        return built

    def _ask_for_pages(self, happened: Mapping[str, str]) -> bool:
        """Have pages made at once where a few papers were edited, and nothing that concerns more
        than them; whether that is so."""
        content = self._places.content
        if not 0 < len(happened) <= _FEW or any(
            what != "changed" or not Path(path).is_relative_to(content)
            for path, what in happened.items()
        ):
            return False
        names = tuple(Path(path).relative_to(content).as_posix() for path in happened)
        self._builder.look(Look(order=self._order, edited=names))
        return True

    def _show(self, changed: tuple[str, ...]) -> None:
        hub = self._hub
        hub.publish(changed, hub.failures, waiting=hub.waiting)

    def _follow(self, built: Built) -> bool:
        """Watch where the settings say by now; whether that is somewhere else."""
        if built.content is None or built.templates is None:
            return False
        places = self._places._replace(content=Path(built.content), templates=Path(built.templates))
        moved = places != self._places
        if moved:
            self._places = places
            self._watch.follow(folders(places))
            # What is there now may be newer than what was built: look, and build once more.
            self._bell.ring()
        return moved

    def _look_again(self, paths: frozenset[str] | None) -> Sources:
        # First: what happens between the two in a folder that is new would else be missed.
        self._watch.follow(folders(self._places))
        found = look_at(self._places, self._seen, paths) if paths is not None else None
        if found is None:
            started = time.thread_time()
            found = look(self._places)
            self._look_cost = time.thread_time() - started
        self._seen = found
        return found

    def _wait_for_calm(self, sources: Sources, at_most: float) -> tuple[Sources, bool]:
        """Look until two looks agree: where very much happens, events are late, and their absence
        says nothing."""
        give_up = time.monotonic() + at_most
        while not self._stopped.is_set() and time.monotonic() < give_up:
            time.sleep(_CALM)
            self._bell.settle(max(0.0, give_up - time.monotonic()))
            again = self._look_again(None)
            if again == sources:
                return again, True
            sources = again
        return sources, False

    def _is_style(self, path: str) -> bool:
        return path.endswith(".css") and Path(path).is_relative_to(self._places.templates)

    def _named(self, path: str) -> str:
        file = Path(path)
        if file.is_relative_to(self._root):
            return file.relative_to(self._root).as_posix()
        return path


def _outlined(entry: Round) -> Round:
    """What is remembered of an earlier build: of a large one, all would be too much."""
    built = entry.built
    return msgspec.structs.replace(
        entry,
        built=msgspec.structs.replace(
            built, changed=built.changed[:_KEPT], problems=(), waiting=()
        ),
        more_changed=max(0, len(built.changed) - _KEPT),
    )


def _may_be_midway(happened: Mapping[str, str], sources: Sources) -> bool:
    """Whether an editor may be between two steps of saving."""
    return any(what == "removed" or not sources[path].size for path, what in happened.items())
