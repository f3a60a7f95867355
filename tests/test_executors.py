"""Where work runs never changes what comes out, even when those who work are killed."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.executors import each
from digest.problems import DigestError

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process"
)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: str) -> int:
    """Kills its process the first time it is called with `marker`."""
    if not Path(marker).exists():
        Path(marker).write_text("died")
        die()
    return 1


def add(number: int, shared: int) -> int:
    return number + shared


def add_but(number: int, shared: int, deadly: frozenset[int]) -> int:
    if number in deadly:
        die()
    return number + shared


def note(number: int, folder: Path) -> int:
    (folder / str(number)).write_text(str(os.getpid()))
    return number


def fail(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def work_for_long(number: int, folder: Path) -> int:
    (folder / f"{os.getpid()}").write_text("")
    time.sleep(60)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("batch", [1, 3, 19, 20, 50])
def test_results_come_in_order(jobs: int, batch: int) -> None:
    """Whichever process makes them; each knows what all share."""
    assert list(each(add, range(20), jobs, 100, batch=batch)) == list(range(100, 120))


def test_nothing_is_nothing() -> None:
    """No items give no results, and start no process."""
    assert list(each(add, [], 2, 100)) == []


def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    """Its batches are done again."""
    assert list(each(die_once, [str(tmp_path / "marker")] * 5, 2, batch=1)) == [1] * 5


@pytest.mark.parametrize("deadly", [{0}, {37}, {99}, {10, 11, 88}])
def test_an_item_that_kills_is_set_aside(deadly: set[int]) -> None:
    """It alone is lost, wherever it stands in its batch; all others come in order."""
    found = each(
        add_but, range(100), 2, 1000, frozenset(deadly), batch=16, lost=lambda number: -number
    )
    assert list(found) == [-n if n in deadly else n + 1000 for n in range(100)]


def test_an_item_that_kills_ends_the_work_where_nothing_stands_for_it() -> None:
    """It is said, with what to do, and not tried for ever."""
    with pytest.raises(DigestError, match="killed each time"):
        list(each(add_but, range(20), 2, 0, frozenset({5}), batch=4))


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    """Killing processes at any moment changes no result."""
    results = each(note, range(600), 2, tmp_path, batch=5)
    found = list(itertools.islice(results, 40))
    for worker in {path.read_text() for path in tmp_path.iterdir()}:
        with contextlib.suppress(ProcessLookupError, ValueError):
            os.kill(int(worker), signal.SIGKILL)
    assert found + list(results) == list(range(600))


def test_little_is_done_ahead(tmp_path: Path) -> None:
    """As long as nobody asks for more, no more is made: results do not pile up in memory."""
    results = each(note, range(1000), 2, tmp_path, batch=10)
    next(results)
    time.sleep(0.3)
    assert len(list(tmp_path.iterdir())) <= 110
    assert list(results) == list(range(1, 1000))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_mistake_in_the_work_is_raised(jobs: int) -> None:
    """Work that fails is not work whose worker died."""
    with pytest.raises(ValueError, match="seven"):
        list(each(fail, range(20), jobs, batch=5))


def test_workers_end_with_whoever_started_them(tmp_path: Path) -> None:
    """A build that is killed leaves no process behind."""
    code = (
        "from pathlib import Path; import sys\n"
        "from digest.executors import each; from tests.test_executors import work_for_long\n"
        "list(each(work_for_long, range(9), 2, Path(sys.argv[1]), batch=1))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[1]
    ) as main:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        main.kill()
    until(lambda: not any(is_alive(int(path.name)) for path in tmp_path.iterdir()))


def until(condition: object) -> None:
    """Wait for what happens soon."""
    assert callable(condition)
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen")


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
