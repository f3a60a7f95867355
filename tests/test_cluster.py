"""A real Dask cluster makes the same site, even when a worker is killed in the middle."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from digest.build import build
from digest.config import Config
from digest.executors import each, open_cluster
from digest.problems import DigestError
from digest.website.output import files_below
from tests.s3 import BUCKET, missing, serving_s3

pytest.importorskip("distributed", reason="the extra litdigest[cluster] is not installed")

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.filterwarnings("ignore")


class RealCluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self.processes: list[subprocess.Popen[bytes]] = []
        log = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = wait_for(r"Scheduler at:\s+(tcp://\S+)", log)
        for _ in range(2):
            self.start_worker()

    def start_worker(self) -> None:
        log = self._start(
            "worker",
            self.address,
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(self._folder),
        )
        wait_for(r"Registered to:\s+(tcp://\S+)", log)

    def _start(self, what: str, *options: str) -> Path:
        log = self._folder / f"{what}-{len(list(self._folder.iterdir()))}.log"
        process = self._stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "dask", what, *options],
                cwd=ROOT,
                stdout=log.open("wb"),
                stderr=subprocess.STDOUT,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
                },
                start_new_session=True,
            )
        )
        self._stack.callback(end, process)
        self.processes.append(process)
        return log


def end(process: subprocess.Popen[bytes]) -> None:
    # With its nanny's children: a session of their own.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_for(pattern: str, log: Path) -> str:
    for _ in range(1200):
        if found := re.search(pattern, log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.05)
    pytest.fail(log.read_text("utf-8", "replace"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCluster]:
    with ExitStack() as stack:
        yield RealCluster(tmp_path_factory.mktemp("cluster"), stack)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A digest that is worth workers all the same, and its site as one process makes it."""
    monkeypatch.setattr("digest.website.publish._WORTH_WORKERS", 1)
    monkeypatch.setattr("digest.website.publish._BATCH", 5)
    (tmp_path / "content").mkdir()
    for path in sorted((ROOT / "content" / "classics").glob("*.md"))[:8]:
        shutil.copy(path, tmp_path / "content")
    build(tmp_path, Config(output="alone"), jobs=1)
    return tmp_path


class Killer:
    """A progress bar that kills a process when a quarter of the pages is made."""

    def __init__(self, victim: int) -> None:
        self._victim = victim
        self.killed = False

    def __call__(self, stage: str, done: int, of: int) -> None:
        if stage == "render" and done > of // 4 and not self.killed:
            os.kill(self._victim, signal.SIGKILL)
            self.killed = True


def a_worker_of(address: str) -> int:
    with open_cluster(address) as there:
        found: int = min(there._client.run(os.getpid).values())
        return found


def note_worker(number: int, folder: Path) -> int:
    (folder / str(os.getpid())).write_text("")
    time.sleep(0.01)
    return number


def add_but(number: int, deadly: int) -> int:
    if number == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_results_come_in_order_though_a_worker_is_killed(
    cluster: RealCluster, tmp_path: Path
) -> None:
    """Its batches are done by another; nobody notices."""
    with open_cluster(cluster.address) as there:
        results = each(note_worker, range(300), there, tmp_path, batch=10)
        found = [next(results) for _ in range(60)]
        os.kill(int(min(path.name for path in tmp_path.iterdir())), signal.SIGKILL)
        assert found + list(results) == list(range(300))


def test_an_item_that_kills_workers_is_set_aside(cluster: RealCluster) -> None:
    """The cluster gives up on its batch; the item is found by halving."""
    with open_cluster(cluster.address) as there:
        found = each(add_but, range(12), there, 9, batch=3, lost=lambda number: -number)
        assert list(found) == [*range(9), -9, 10, 11]


def test_the_site_is_the_same_though_a_worker_is_killed(cluster: RealCluster, small: Path) -> None:
    """One process here, and a cluster that loses a worker while it renders, give the same bytes."""
    killer = Killer(a_worker_of(cluster.address))
    build(small, Config(output="there"), jobs=1, scheduler=cluster.address, progress=killer)
    assert killer.killed
    assert tree(small / "there") == tree(small / "alone")
    assert len(tree(small / "there")) > 50


@missing
def test_workers_upload_by_themselves(
    small: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A site in a bucket is the same, though a worker was killed while it uploaded."""
    with ExitStack() as stack:
        s3 = stack.enter_context(serving_s3(tmp_path_factory.mktemp("s3")))
        here = RealCluster(tmp_path_factory.mktemp("cluster"), stack)
        killer = Killer(a_worker_of(here.address))
        where = Config(output=f"s3://{BUCKET}/site")
        build(small, where, jobs=1, scheduler=here.address, progress=killer)
        assert killer.killed
        assert s3.tree("site") == tree(small / "alone")


def test_nobody_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody answers is a problem with a hint."""
    monkeypatch.setattr("digest.executors.cluster._WAIT", 1)
    with pytest.raises(DigestError, match="no scheduler"), open_cluster("tcp://127.0.0.1:9"):
        pass


def test_another_digest_is_refused(cluster: RealCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of another version might make other bytes."""
    monkeypatch.setattr("digest.executors.cluster.__version__", "0.0.1")
    with pytest.raises(DigestError, match="workers have digest"), open_cluster(cluster.address):
        pass


@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_a_cluster_that_goes_away_is_said(
    lost: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for a scheduler, or for workers, that have gone."""
    monkeypatch.setattr("digest.executors.cluster._WAIT", 3)
    monkeypatch.setattr("digest.executors.cluster._LOOK", 0.2)
    monkeypatch.setattr("digest.executors.cluster._PATIENT", 0.4)
    with ExitStack() as stack:
        short = RealCluster(tmp_path, stack)
        with open_cluster(short.address) as there:
            results = each(note_worker, range(2000), there, tmp_path, batch=5)
            next(results)
            for process in short.processes[:1] if lost == "scheduler" else short.processes[1:]:
                end(process)
            with pytest.raises(DigestError, match="gone"):
                list(results)


def tree(site: Path) -> dict[str, bytes]:
    return {name: (site / name).read_bytes() for name in files_below(site)}
