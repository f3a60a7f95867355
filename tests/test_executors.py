"""Where work runs never changes what comes out: this process, two, or a real Dask cluster."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from digest.build import build
from digest.config import Config
from digest.executors import each, open_cluster
from digest.problems import DigestError
from digest.website.output import files_below

ROOT = Path(__file__).parents[1]


def die_once(marker: str) -> int:
    """Kills its process the first time it is called with `marker`."""
    if not Path(marker).exists():
        Path(marker).write_text("died")
        os.kill(os.getpid(), signal.SIGKILL)
    return 1


def add(number: int, shared: int) -> int:
    return number + shared


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    """Whichever process makes them; each knows what all share."""
    assert list(each(add, range(20), jobs, 100, batch=3)) == list(range(100, 120))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process")
def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    """Its batches are done again."""
    assert list(each(die_once, [str(tmp_path / "marker")] * 5, 2, batch=1)) == [1] * 5


def test_no_scheduler_is_said() -> None:
    """An address where nobody answers is a problem with a hint."""
    pytest.importorskip("distributed", reason="the extra litdigest[cluster] is not installed")
    with pytest.raises(DigestError, match="no scheduler"), open_cluster("tcp://127.0.0.1:9"):
        pass


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_makes_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real scheduler with two worker processes gives the bytes that one process gives."""
    distributed = pytest.importorskip(
        "distributed", reason="the extra litdigest[cluster] is not installed"
    )
    monkeypatch.setattr("digest.website.publish._WORTH_WORKERS", 1)
    for name in ("here", "there"):
        shutil.copytree(ROOT / "content", tmp_path / name / "content")
    build(tmp_path / "here", Config(), jobs=1)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        build(tmp_path / "there", Config(), jobs=1, scheduler=cluster.scheduler_address)
    trees = [
        {
            n: (tmp_path / name / "site" / n).read_bytes()
            for n in files_below(tmp_path / name / "site")
        }
        for name in ("here", "there")
    ]
    assert trees[0] == trees[1]
    assert len(trees[0]) > 100
