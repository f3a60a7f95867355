"""When to look: after quiet, but not never; and the system does tell."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from digest.serve.watch import Bell, Watch
from tests.watchdog import ends


def test_quiet_is_waited_for() -> None:
    """Rings that come one soon after the other are one."""
    bell = Bell()

    def ring() -> None:
        for number in range(8):
            bell.ring(f"/{number}")
            time.sleep(0.004)

    thread = threading.Thread(target=ring)
    thread.start()
    with ends(30):
        assert bell.wait(10)
        paths, quiet = bell.settle(10)
        thread.join()
    assert quiet and paths is not None and 1 <= len(paths) <= 8


def test_a_storm_is_not_waited_out_for_ever() -> None:
    """After the time that is given there is a build all the same, of everything."""
    bell = Bell()
    stop = threading.Event()

    def ring() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            bell.ring(f"/{number}")
            time.sleep(0)

    thread = threading.Thread(target=ring)
    thread.start()
    try:
        with ends(30):
            bell.wait(10)
            time.sleep(0.3)
            paths, quiet = bell.settle(0.1)
    finally:
        stop.set()
        thread.join()
    assert not quiet and paths is None


def test_what_happens_is_heard(tmp_path: Path) -> None:
    """Writing, renaming, deleting, in folders that are new too; not reading."""
    (tmp_path / "a.md").write_text("x")
    bell = Bell()
    watch = Watch(bell)
    watch.follow([(tmp_path, True)])
    try:
        assert watch.has_events
        (tmp_path / "a.md").read_text()
        assert not bell.wait(0.2)
        for act in (
            lambda: (tmp_path / "a.md").write_text("y"),
            lambda: (tmp_path / "new" / "er").mkdir(parents=True),
            lambda: (tmp_path / "new" / "er" / "b.md").write_text("x"),
            lambda: (tmp_path / "new").rename(tmp_path / "other"),
            lambda: (tmp_path / "other" / "er" / "b.md").write_text("y"),
            (tmp_path / "a.md").unlink,
        ):
            act()
            assert bell.wait(10)
            bell.settle(10)
    finally:
        watch.stop()


def test_lost_events_ring_too(tmp_path: Path) -> None:
    """Where the kernel dropped some, everything is looked at."""
    bell = Bell()
    watch = Watch(bell)
    logging.getLogger("watchdog.observers.inotify").warning("Inotify queue overflowed")
    assert bell.wait(0) and bell.settle(10)[0] is None
    watch.stop()


def test_nothing_is_left_of_a_watch(tmp_path: Path) -> None:
    """No thread, and following the same folders again starts none."""
    before = threading.active_count()
    watch = Watch(Bell())
    for _ in range(3):
        watch.follow([(tmp_path, True)])
    running = threading.active_count()
    (tmp_path / "x").mkdir()
    watch.follow([(tmp_path, True), (tmp_path / "x", False)])
    assert threading.active_count() <= running + 2
    watch.stop()
    assert threading.active_count() == before


def test_a_folder_that_cannot_be_watched_is_no_end(tmp_path: Path) -> None:
    """Then there are no events, and whoever asks looks more often."""
    watch = Watch(Bell())
    watch.follow([(tmp_path / "none", True)])
    assert not watch.has_events
    watch.stop()
