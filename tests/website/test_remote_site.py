"""A whole build into a bucket gives the site that a build on disk gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.build import build
from digest.config import Config
from digest.website.output import files_below
from tests.s3 import BUCKET, S3, missing, serving_s3

pytestmark = [missing, pytest.mark.filterwarnings("ignore")]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with serving_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_bytes_are_those_on_disk(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Cold, after a change, and with processes that upload by themselves."""
    monkeypatch.setattr("digest.website.publish._WORTH_WORKERS", 1)
    monkeypatch.setattr("digest.website.publish._BATCH", 20)
    prefix = f"site-{jobs}"
    where = f"s3://{BUCKET}/{prefix}"
    (tmp_path / "content").mkdir()
    for path in sorted((ROOT / "content" / "classics").glob("*.md"))[:8]:
        shutil.copy(path, tmp_path / "content")
    build(tmp_path, Config(), jobs=1)
    first = build(tmp_path, Config(output=where), jobs=jobs)
    assert first.written == first.pages
    assert s3.tree(prefix) == tree(tmp_path / "site")
    s3.asked()
    again = build(tmp_path, Config(output=where), jobs=jobs)
    assert (again.written, again.removed, again.unchanged) == (0, 0, first.pages)
    assert not s3.asked("PUT", "DELETE")
    min((tmp_path / "content").glob("*.md")).unlink()
    build(tmp_path, Config(), jobs=1)
    later = build(tmp_path, Config(output=where), jobs=jobs)
    assert 0 < later.written < first.written
    assert later.removed > 0
    assert s3.tree(prefix) == tree(tmp_path / "site")


def tree(site: Path) -> dict[str, bytes]:
    return {name: (site / name).read_bytes() for name in files_below(site)}
