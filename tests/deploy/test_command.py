"""`digest deploy` as its users call it: into folders, branches and buckets."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digest.build import build
from digest.config import Config
from digest.website.output import files_below
from tests.s3 import BUCKET, S3, missing, serving_s3

ROOT = Path(__file__).parents[2]
CONFIG = Config(base_url="https://papers.example.org/")
SMALL = Config(
    base_url="https://papers.example.org/",
    without=("days", "exports", "json-feeds", "related", "search", "tag-feeds", "trends"),
)
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest of eight papers that was built."""
    place = tmp_path / "digest"
    (place / "content").mkdir(parents=True)
    for path in sorted((ROOT / "content" / "classics").glob("*.md"))[:8]:
        shutil.copy(path, place / "content")
    (place / "digest.yaml").write_text("base_url: https://papers.example.org/\n")
    build(place, CONFIG, jobs=1)
    return place


@pytest.fixture
def small(root: Path) -> Path:
    """The same of two papers, with few pages."""
    for path in sorted((root / "content").glob("*.md"))[2:]:
        path.unlink()
    build(root, SMALL, jobs=1)
    return root


def deploy(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run in the digest's folder."""
    command = [sys.executable, "-m", "digest", "deploy", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def told(root: Path, *arguments: str) -> dict[str, Any]:
    """What the command says as JSON; it has to go well."""
    done = deploy(root, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def tree(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


def git(folder: Path, *arguments: str) -> str:
    """What git prints there."""
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    ran = ["git", *own, "-C", str(folder), *arguments]
    return subprocess.run(ran, capture_output=True, text=True, check=True).stdout


def test_a_folder_holds_the_site(root: Path, tmp_path: Path) -> None:
    """The same bytes; a second time nothing is touched; what is gone goes, the rest stays."""
    place = tmp_path / "public"
    files = len(tree(root / "site"))
    assert told(root, str(place))["written"] == files
    assert tree(place) == tree(root / "site")
    (place / "CNAME").write_text("papers.example.org")
    (place / "papers" / "old.html").write_text("old")
    again = told(root, str(place))
    assert (again["written"], again["unchanged"], again["removed"]) == (0, files, 1)
    assert tree(place) == {**tree(root / "site"), "CNAME": b"papers.example.org"}


def test_what_would_harm_is_refused(root: Path, tmp_path: Path) -> None:
    """No site, somebody else's folder, the site itself, many deletions: nothing changes."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.tex").write_text("mine")
    for target, words in ((other, "not a site"), (root / "site", "is the site"), ("", "no place")):
        refused = deploy(root, str(target))
        assert (refused.returncode, words in refused.stderr) == (2, True), refused.stderr
    assert tree(other) == {"thesis.tex": b"mine"}
    assert told(root, "../public")["removed"] == 0
    for number in range(20):
        (tmp_path / "public" / "papers" / f"{number}.html").write_text("old")
    before = tree(tmp_path / "public")
    many = deploy(root, "../public", "--max-deletes", "19")
    assert many.returncode == 2
    assert "20 files" in many.stderr
    assert "--max-deletes 20" in many.stderr
    assert tree(tmp_path / "public") == before
    assert told(root, "../public", "--max-deletes", "20")["removed"] == 20
    shutil.rmtree(root / "site")
    assert "digest build" in deploy(root, "../public").stderr


def test_links_and_secrets_stay_here(root: Path, tmp_path: Path) -> None:
    """A symbolic link in the site is not followed, and no password is printed."""
    (tmp_path / "diary").write_text("private")
    (root / "site" / "diary.txt").symlink_to(tmp_path / "diary")
    said = told(root, str(tmp_path / "public"))
    assert [problem["path"] for problem in said["problems"]] == ["diary.txt"]
    assert not (tmp_path / "public" / "diary.txt").exists()
    failed = deploy(root, "ftp://ann:secret@127.0.0.1:9/site")
    assert failed.returncode == 2
    assert "secret" not in failed.stderr
    assert "Traceback" not in failed.stderr


@needs_git
def test_a_branch_holds_the_site(root: Path, tmp_path: Path) -> None:
    """A commit a change and none without; work tree and index stay; other files of it stay, too."""
    alone = deploy(root, "git:gh-pages")
    assert alone.returncode == 2
    assert "git init" in alone.stderr
    git(root, "init", "--quiet")
    for name in ("name", "email"):
        git(root, "config", f"user.{name}", f"{name}@example.org")
    git(root, "add", "content")
    before = git(root, "status", "--porcelain")
    first = told(root, "gh-pages", "--message", "First")
    assert git(root, "status", "--porcelain") == before
    assert git(root, "log", "--format=%s", "gh-pages").split() == ["First"]
    assert told(root, "gh-pages")["commit"] == first["commit"]
    out = tmp_path / "out"
    git(root, "worktree", "add", "--quiet", str(out), "gh-pages")
    (out / "CNAME").write_text("papers.example.org")
    (out / "papers" / "old.html").write_text("old")
    git(out, "add", ".")
    git(out, "commit", "--quiet", "-m", "By hand")
    git(root, "worktree", "remove", "--force", str(out))
    second = told(root, "gh-pages")
    assert (second["written"], second["removed"]) == (0, 1)
    git(root, "worktree", "add", "--quiet", str(out), "gh-pages")
    site = {**tree(root / "site"), "CNAME": b"papers.example.org", ".nojekyll": b""}
    assert {name: body for name, body in tree(out).items() if name != ".git"} == site


@needs_git
def test_a_branch_is_pushed(root: Path, tmp_path: Path) -> None:
    """What others pushed meanwhile is built upon; a branch of work or other things is safe."""
    bare = tmp_path / "bare.git"
    git(tmp_path, "init", "--quiet", "--bare", str(bare))
    for copy in (root, tmp_path / "twin"):
        if copy != root:
            shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".git"))
        git(copy, "init", "--quiet", "--initial-branch=main")
        git(copy, "remote", "add", "origin", str(bare))
        for name in ("name", "email"):
            git(copy, "config", f"user.{name}", f"{name}@example.org")
    assert told(root, "git:gh-pages")["where"] == "origin/gh-pages"
    (tmp_path / "twin" / "site" / "index.html").write_text("<p>twin")
    assert told(tmp_path / "twin", "git:gh-pages")["written"] == 1
    assert told(root, "git:gh-pages")["written"] == 1
    assert len(git(bare, "log", "--format=%h", "gh-pages").split()) == 3
    assert "working on" in deploy(root, "git:main").stderr
    git(root, "add", "content")
    git(root, "commit", "--quiet", "-m", "Papers")
    git(root, "branch", "drafts")
    refused = deploy(root, "git:drafts")
    assert (refused.returncode, "did not make" in refused.stderr) == (2, True)
    git(root, "remote", "set-url", "origin", "https://ann:secret@127.0.0.1:9/x.git")
    failed = deploy(root, "git:gh-pages")
    assert failed.returncode == 2
    assert "secret" not in failed.stderr


def broken(site: dict[str, bytes]) -> set[str]:
    """Files that are not there, of those that a walk from the home page leads to."""
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        name = ahead.pop()
        body = site.get(name, b"") if name.endswith(".html") else b""
        for link in re.findall(rb'(?:href|src)="([^"#?:]+)["#?]', body):
            path = os.path.normpath(Path(name).parent / link.decode())
            if path not in reached:
                reached.add(path)
                ahead.append(path)
    return reached - site.keys()


@missing
@pytest.mark.filterwarnings("ignore")
def test_a_bucket_is_whole_at_every_step(small: Path, tmp_path: Path) -> None:
    """Wherever a deployment breaks off, it breaks no link, and the next one ends as if nothing
    had happened."""
    with serving_s3(tmp_path) as server:
        where = f"s3://{BUCKET}/papers"
        told(small, where)
        assert server.tree("papers") == tree(small / "site")
        shutil.copy(max((ROOT / "content" / "classics").glob("*.md")), small / "content")
        min((small / "content").glob("*.md")).unlink()
        build(small, SMALL, jobs=1)
        goal = tree(small / "site")
        assert not broken(goal)
        for within in ("papers/", "tags/", "index.html"):
            refuse(server, within)
            assert deploy(small, where).returncode == 2
            assert not broken(server.tree("papers")), within
        server.fail()
        told(small, where)
        assert server.tree("papers") == goal


def refuse(server: S3, within: str) -> None:
    """Nothing more is taken in of files of that name, nor deleted."""
    faults = [
        {"method": m, "within": within, "status": 403, "times": 9_999}
        for m in ("PUT", "DELETE", "POST")
    ]
    server.fail(*faults)
