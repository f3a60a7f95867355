"""The command as a user types it: output, messages and exit status of real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest import __version__

LISTING = "Abstract:We count reading groups and propose graph neural networks for biscuits.\n" * 2


def digest(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digest", *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "DIGEST_DEBUG": "", **variables},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.txt").write_text(LISTING)
    return tmp_path


def test_version_and_help(tmp_path: Path) -> None:
    """Data goes to standard output; every command has help."""
    assert digest("--version", cwd=tmp_path).stdout.strip() == f"digest, version {__version__}"
    shown = digest("--help", cwd=tmp_path).stdout
    for command in ("build", "read", "init"):
        assert command in shown
        done = digest(command, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert "Usage" in done.stdout


def test_what_is_heavy_is_imported_late(tmp_path: Path) -> None:
    """`digest --version` answers at once because it loads nothing but the command line."""
    code = (
        "import sys; from digest.cli import main\ntry: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('jinja2', 'yaml', 'markdown', 'rich', 'nh3', 'math_core', "
        "'sqlite3', 'multiprocessing') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_build_says_what_it_made_and_where(folder: Path) -> None:
    """The closing line counts papers and files and names the page to open."""
    done = digest("build", cwd=folder)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "1 paper from 2 records (1 repeat)" in done.stderr
    assert "Open site/index.html" in done.stderr
    assert "base_url" in done.stderr


def test_build_json_is_one_object(folder: Path) -> None:
    """Exactly the contract's keys, and nothing else on standard output."""
    report = json.loads(digest("build", "--json", cwd=folder).stdout)
    assert set(report) == {
        "records",
        "papers",
        "duplicates",
        "pages",
        "written",
        "unchanged",
        "removed",
        "problems",
        "seconds",
    }
    assert (report["records"], report["papers"], report["duplicates"]) == (2, 1, 1)
    assert report["problems"] == []


def test_read_json_accounts_for_every_character(folder: Path) -> None:
    """The contract's keys; absent values are null; spans cover the text."""
    (data,) = json.loads(digest("read", "content/a.txt", "--json", cwd=folder).stdout)["files"]
    assert set(data) == {
        "path",
        "format",
        "encoding",
        "characters",
        "records",
        "chrome",
        "unread",
        "problems",
    }
    assert set(data["records"][0]) == {
        "title",
        "abstract",
        "authors",
        "eprint",
        "eprint_version",
        "doi",
        "published",
        "updated",
        "comment",
        "journal_ref",
        "venue",
        "links",
        "tags",
        "span",
    }
    assert data["records"][0]["title"] is None
    covered = {i for r in data["records"] for i in range(*r["span"])}
    covered |= {i for span in data["chrome"] for i in range(*span)}
    assert all(i in covered or c.isspace() for i, c in enumerate(LISTING))


def test_read_shows_a_person_what_was_understood(folder: Path) -> None:
    """The text itself, divided: records with lines and what they say, furniture, the rest."""
    (folder / "letter.txt").write_text("Dear Ada,\nthank you.\n")
    done = digest("read", "content/a.txt", "letter.txt", cwd=folder)
    assert "content/a.txt: 2 records, read as abstracts" in done.stdout
    assert "── 1 · lines 1–1" in done.stdout
    assert "no title · abstract" in done.stdout
    assert LISTING.strip().splitlines()[0] in done.stdout
    assert "not understood" in done.stdout
    assert "letter.txt" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--jobs", "0"), "jobs"),
        (("build", "--config", "none.yaml"), "no such file"),
        (("build", "--content", "none"), "no such folder"),
        (("build", "--output", "content"), "own content"),
        (("build", "--base-url", "javascript:x"), "https://example.org"),
        (("read", "none.txt"), "no such file"),
        (("read", "content"), "is a folder"),
        (("read", "content/a.txt", "--as", "abstract"), "abstracts"),
        (("bild",), "No such command"),
        (("read",), "Missing argument"),
    ],
)
def test_what_cannot_run_says_why_and_exits_2(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Usage, configuration and unreadable input: a message and a hint, no traceback."""
    done = digest(*arguments, cwd=folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_are_refused_all_at_once(folder: Path) -> None:
    """Every mistake of digest.yaml with its line; nothing is built."""
    (folder / "digest.yaml").write_text("titel: x\naccent: red\n")
    done = digest("build", "--json", cwd=folder)
    assert done.returncode == 2
    assert "digest.yaml:1" in done.stderr
    assert "digest.yaml:2" in done.stderr
    assert len(json.loads(done.stdout)["problems"]) == 2
    assert not (folder / "site").exists()


def test_strict_turns_errors_into_status_1(folder: Path) -> None:
    """The site is built all the same."""
    (folder / "content/letter.txt").write_text("Dear Ada,\n\nthank you.\n")
    assert digest("build", cwd=folder).returncode == 0
    assert digest("build", "--strict", cwd=folder).returncode == 1
    assert (folder / "site/index.html").exists()


def test_messages_cannot_steer_the_terminal(folder: Path) -> None:
    """Escape sequences in names and texts do not reach the terminal."""
    (folder / "content/\x1b[31mred.txt").write_text("no listing \x1b[2J at all")
    done = digest("build", cwd=folder)
    assert "\x1b" not in done.stderr
    shown = digest("read", "content/\x1b[31mred.txt", cwd=folder)
    assert "\x1b" not in shown.stdout + shown.stderr


def test_init_scaffolds_a_digest_that_builds(tmp_path: Path) -> None:
    """What it makes builds without a problem; what is there is kept."""
    done = digest("init", "mine", cwd=tmp_path)
    assert done.returncode == 0
    assert "digest build" in done.stderr
    (tmp_path / "mine/digest.yaml").write_text("title: Mine\n")
    assert "kept  digest.yaml" in digest("init", "mine", cwd=tmp_path).stderr
    assert (tmp_path / "mine/digest.yaml").read_text() == "title: Mine\n"
    report = json.loads(digest("build", "--json", cwd=tmp_path / "mine").stdout)
    assert (report["papers"], report["problems"]) == (1, [])


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_leaves_no_half_site(folder: Path) -> None:
    """Ctrl-C ends with 130, and the next build is whole."""
    many = "\n".join(
        f"Abstract:Reading group {n} proposes convex optimization of {n} biscuits, "
        f"with a proof for every plate and {n} crumbs."
        for n in range(6000)
    )
    (folder / "content/many.txt").write_text(many)
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "build", "--jobs", "1"], cwd=folder, stderr=subprocess.PIPE
    ) as process:
        for _ in range(400):
            time.sleep(0.05)
            if (folder / ".digest").exists():  # the build itself has begun
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        # Python itself ends by the signal where it came while a string was compiled; to a shell
        # both are 130.
        assert process.returncode in (130, -signal.SIGINT)
    assert not (folder / "site").exists()
    assert digest("build", "--quiet", cwd=folder).returncode == 0
    assert sorted(p.name for p in folder.iterdir()) == [".digest", "content", "site"]
