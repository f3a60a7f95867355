"""An output that is an address: a build says where it went, and a preview stays on this machine."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import cli
from tests.serve.process import Serving, make_digest
from tests.serve.talk import get


@pytest.mark.parametrize("way", ["option", "setting"])
def test_a_build_names_the_address_itself(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a path made of it, which nothing can open; so does the line on problems."""
    pytest.importorskip("fsspec")
    root = make_digest(tmp_path / "digest")
    (root / "content" / "b.md").write_text("---\ntitle: [x\nyear: 1\n---\n", "utf-8")
    monkeypatch.chdir(root)
    address = f"memory://{way}-of-a-test/site"
    options = ["build", "--jobs", "1", "--output", f"{address}/"]
    if way == "setting":
        (root / "digest.yaml").write_text(f"output: {address}\n", "utf-8")
        options = options[:3]
    done = CliRunner().invoke(cli, options)
    assert done.exit_code == 0, done.output
    said = done.output.splitlines()
    assert f"Written to {address}" in said
    assert any(line.endswith(f"by file in {address}/report.html") for line in said)


def test_a_build_into_a_folder_names_its_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can be opened is named so."""
    monkeypatch.chdir(make_digest(tmp_path / "digest"))
    done = CliRunner().invoke(cli, ["build", "--jobs", "1", "--output", "out/here"])
    assert f"Open {Path('out/here/index.html')}" in done.output.splitlines()


def test_a_preview_of_a_digest_that_is_published_afar_stays_here(tmp_path: Path) -> None:
    """The setting is for builds alone: drafts must not get there."""
    root = make_digest(tmp_path / "digest")
    (root / "digest.yaml").write_text("output: s3://bucket-of-nobody/site\n", "utf-8")
    one = Serving(root, "--port", "0")
    try:
        assert b"first things" in get(one.port, "/").body
        assert (root / ".digest" / "preview" / "index.html").is_file()
        assert not [path.name for path in root.iterdir() if "s3" in path.name]
    finally:
        one.stop(signal.SIGINT)
