"""The command, as it is started and stopped: one process from the outside."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serve.process import PAPER, Serving, make_digest
from tests.serve.talk import get
from tests.watchdog import ends


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """`serve(*options)`: the command, ended with the test; the digest is made before."""
    make_digest(tmp_path)
    started: list[Serving] = []

    def go(*options: str) -> Serving:
        started.append(Serving(tmp_path, *options))
        return started[-1]

    yield go
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGINT)


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that ended meanwhile
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_follows_and_leaves_nothing_behind(
    number: int, serve: Callable[..., Serving]
) -> None:
    """A saved file is soon in the page; when it is interrupted, no process and no socket stays."""
    one = serve("--port", "0")
    port = one.port
    assert b"first things" in get(port, "/").body
    inner = children(one.process.pid)
    assert inner
    (one.root / "content" / "a.md").write_text(PAPER.format("second things"), "utf-8")
    with ends(60):
        while b"second things" not in get(port, "/").body:
            time.sleep(0.02)
    one.wait_for(r"content/a\.md: \d+ files? changed in")
    assert one.stop(number) == 130
    assert "Traceback" not in one.said
    assert not any(Path(f"/proc/{pid}").exists() for pid in inner)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
    # Drafts are shown here, so nothing of it may stand where it could be published.
    assert not (one.root / "site").exists()


def test_what_breaks_is_told_and_the_last_good_site_stays(serve: Callable[..., Serving]) -> None:
    """By the terminal and to pages; so is that it was mended, by the same process."""
    one = serve("--port", "0")
    port = one.port
    settings = one.root / "digest.yaml"
    settings.write_text("titel: A\n", "utf-8")
    one.wait_for(r"digest\.yaml:1: error: “titel” is no setting\n +Did you mean “title”\?")
    assert b"first things" in get(port, "/").body
    assert b"no setting" in get(port, "/_preview").body
    settings.write_text("title: Mended digest\n", "utf-8")
    one.wait_for("Mended: nothing is broken any more")
    assert b"Mended digest" in get(port, "/").body


def test_a_process_that_dies_is_replaced(serve: Callable[..., Serving]) -> None:
    """The server goes on, says so, and the next build is made by another."""
    one = serve("--port", "0")
    port = one.port
    (inner,) = children(one.process.pid)
    os.kill(inner, signal.SIGKILL)
    (one.root / "content" / "a.md").write_text(PAPER.format("third things"), "utf-8")
    with ends(60):
        while b"third things" not in get(port, "/").body:
            time.sleep(0.05)


def test_a_port_in_use_is_said(serve: Callable[..., Serving]) -> None:
    """And the next one is taken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        asked = taken.getsockname()[1]
        one = serve("--port", str(asked))
        assert one.port > asked
        assert f"Port {asked} is in use" in one.said


def test_all_addresses_are_warned_of(serve: Callable[..., Serving]) -> None:
    """With `--host 0.0.0.0` it says who can read."""
    one = serve("--port", "0", "--host", "0.0.0.0")
    one.wait_for("Whoever can reach this machine can read")


def test_the_first_report_is_printed_as_json(serve: Callable[..., Serving]) -> None:
    """One object, with the address, and nothing else on standard output."""
    one = serve("--port", "0", "--json")
    said = json.loads(one.wait_for_output())
    assert said["papers"] == 1 and said["problems"] == []
    assert get(int(said["url"].rstrip("/").rpartition(":")[2]), "/").status == 200
    assert one.stop(signal.SIGINT) == 130
    assert len(one.output.read_text("utf-8").splitlines()) == 1


def test_strict_serves_nothing_that_has_errors(serve: Callable[..., Serving]) -> None:
    """Status 1, as of a build."""
    one = serve("--port", "0", "--strict")
    assert one.port
    (one.root / "content" / "b.md").write_text("---\ntitle: [x\nyear: 1\n---\n", "utf-8")
    two = Serving(one.root, "--port", "0", "--strict", "--output", "other")
    assert two.process.wait(60) == 1


@pytest.mark.parametrize(
    ("options", "settings", "said"),
    [
        (["--content", "none"], "", "there is no such folder"),
        ([], "titel: x\n", "is no setting"),
        (["--host", "not.an.address.invalid"], "", "cannot listen"),
        (["--config", "other.yaml"], "", "there is no such file"),
        (["--output", "s3://bucket/site"], "", "a preview is made on disk"),
    ],
)
def test_what_cannot_be_served_is_said(
    options: list[str], settings: str, said: str, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    """Status 2, as every command has it."""
    (tmp_path / "digest.yaml").write_text(settings, "utf-8")
    one = serve("--port", "0", *options)
    assert one.process.wait(60) == 2
    assert said in one.said and "Traceback" not in one.said
