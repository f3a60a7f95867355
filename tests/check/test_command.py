"""`digest check` as its users call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def digest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run in `folder`."""
    command = [sys.executable, "-m", "digest", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_digest_from_sound_to_broken(tmp_path: Path) -> None:
    """Without a site there is nothing to check; a site as built is sound; a broken one fails."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.bib").write_text("@article{a, title={On walks}, author={Ann Lee}, year=2020}\n")
    none = digest(tmp_path, "check")
    assert none.returncode == 2
    assert "digest build" in none.stderr
    assert digest(tmp_path, "build", "--quiet").returncode == 0
    sound = digest(tmp_path, "check", "--json")
    assert sound.returncode == 0, sound.stderr
    said = json.loads(sound.stdout)
    assert said["problems"] == []
    assert said["records"] == 1
    assert said["pages"] > 5
    assert said["links"] > 20
    (tmp_path / "site/tags/index.html").unlink()
    (content / "b.bib").write_text("@article{b, title={Unclosed\n")
    broken = digest(tmp_path, "check")
    assert broken.returncode == 1
    assert "there is no tags/index.html" in broken.stderr
    assert "b.bib" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_another_folder_can_be_named(tmp_path: Path) -> None:
    """A site that stands elsewhere, without any sources."""
    (tmp_path / "public").mkdir()
    page = '<!DOCTYPE html><html lang="en"><title>T</title><a href="b.html">b</a></html>'
    (tmp_path / "public/index.html").write_text(page)
    found = digest(tmp_path, "check", "public")
    assert found.returncode == 1
    assert "index.html:1" in found.stderr
