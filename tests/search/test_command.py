"""`digest search`, from building a site to what is printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.problems import DigestError
from digest.search.command import FOLDER, ask, fields, lines, remarks
from digest.search.files import make_files
from tests.search.collection import PAPERS

CONTENT = """\
@article{a, title={Biscuits and graphs}, author={Byron, Ada}, year={2021},
  abstract={We dunk biscuits by a recommender system.}}
@article{b, title={Tea without biscuits}, author={Wei, Lin}, year={2023}, abstract={Only tea.}}
"""


def digest(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digest", *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "DIGEST_DEBUG": ""},
    )


def test_a_built_site_can_be_searched(tmp_path: Path) -> None:
    """Data goes to standard output, remarks to standard error; `--json` prints one object."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.bib").write_text(CONTENT)
    built = digest("build", "--jobs", "1", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    done = digest("search", "biscuit", "-tea", "--json", cwd=tmp_path)
    assert done.returncode == 2, "a minus is an option unless it is quoted with the rest"
    done = digest("search", "biscuit -tea", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert [result["title"] for result in found["results"]] == ["Biscuits and graphs"]
    assert (tmp_path / "site" / found["results"][0]["path"]).is_file()
    done = digest("search", "recomender", "biscuits", "--limit", "1", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Biscuits and graphs\n")
    assert "“recomender”" in done.stderr
    assert "“recomender”" not in done.stdout


def test_without_a_site_the_status_is_2(tmp_path: Path) -> None:
    """What to do is said, and `--json` still prints one object."""
    done = digest("search", "tea", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert "digest build" in done.stderr
    assert json.loads(done.stdout)["problems"]


def test_the_command_answers_from_the_files_of_a_site(tmp_path: Path) -> None:
    """The same papers as in memory, as an object for programs and as lines for people."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    for name, text in make_files(PAPERS).items():
        (folder / name).write_text(text, "utf-8")
    answer = ask(tmp_path.parent, tmp_path.name, "recomender zebra", sort="relevance", limit=1)
    found = json.loads(json.dumps(fields(answer)))
    assert found.keys() == {"query", "total", "instead", "missing", "results"}
    assert found["instead"] == [["recomender", "recommender"]]
    assert found["missing"] == ["zebra"]
    assert found["results"][0]["title"].startswith("Recommender")
    assert found["results"][0]["date"] is None
    said = "\n".join(remarks(answer))
    assert "“recomender”" in said and "zebra" in said and "some" in said
    assert next(lines(answer))[0] == found["results"][0]["title"]


def test_no_index_is_a_problem_with_a_hint(tmp_path: Path) -> None:
    """A folder without a site says what to do."""
    with pytest.raises(DigestError) as error:
        ask(tmp_path.parent, tmp_path.name, "tea", sort="date", limit=3)
    assert "digest build" in error.value.problems[0].hint


def test_a_bucket_is_not_searched() -> None:
    """The index is read from this machine; where the site went to a bucket, that is said."""
    with pytest.raises(DigestError, match="not on this machine"):
        ask(Path(), "s3://bucket/site", "tea", sort="date", limit=3)
