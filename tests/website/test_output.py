"""The folder of the site: whole pages, nothing touched in vain, nothing of the user's lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.problems import DigestError
from digest.website.output import Folder, files_below, is_as_left, prepare, strays

MARK = b"\x01"


def tree(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


@pytest.mark.parametrize("staged", [False, True])
def test_files_are_written_kept_and_removed(tmp_path: Path, staged: bool) -> None:
    """Both ways of writing leave the same folder."""
    site = tmp_path / "site"
    with Folder(site, staged=True) as folder:
        for name in ("papers/a.html", "papers/b.html", "tags/x/2.html", "data/index.json"):
            folder.write(name, name.encode(), MARK)
    (site / "CNAME").write_text("digest.example")
    with Folder(site, staged=staged) as folder:
        row, new = folder.write("papers/a.html", b"changed", MARK)
        assert new
        assert is_as_left(folder._root / "papers/a.html", row)
        _, new = folder.write("papers/b.html", b"papers/b.html", MARK)
        assert not new
        folder.keep("data/index.json", MARK)
        folder.remove(["tags/x/2.html"])
    assert tree(site) == {
        "papers/a.html": b"changed",
        "papers/b.html": b"papers/b.html",
        "data/index.json": b"data/index.json",
        "CNAME": b"digest.example",
    }
    assert not (site / "tags").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize("staged", [False, True])
def test_equal_bytes_are_not_touched(tmp_path: Path, staged: bool) -> None:
    """A file whose bytes are equal keeps its time, and its place on disk."""
    site = tmp_path / "site"
    with Folder(site, staged=True) as folder:
        folder.write("index.html", b"same", MARK)
    before = (site / "index.html").stat()
    with Folder(site, staged=staged) as folder:
        folder.write("index.html", b"same", MARK)
    after = (site / "index.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_failed_build_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    """An exception on the way throws the new folder away, not the old."""
    site = tmp_path / "site"
    with Folder(site, staged=True) as folder:
        folder.write("index.html", b"old", MARK)

    def interrupted() -> None:
        with Folder(site, staged=True) as folder:
            folder.write("index.html", b"new", MARK)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert tree(tmp_path) == {"site/index.html": b"old"}


def test_a_build_killed_in_mid_swap_is_repaired(tmp_path: Path) -> None:
    """The old site comes back where the new one did not get into its place."""
    site = tmp_path / "site"
    (tmp_path / ".site.old" / "data").mkdir(parents=True)
    (tmp_path / ".site.old" / "data" / "index.json").write_text("{}")
    prepare(site, tmp_path / "content")
    assert tree(site) == {"data/index.json": b"{}"}


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """Nothing is written into a folder with other things in it, nor over the content."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.tex").write_text("years of work")
    with pytest.raises(DigestError, match="not a site that digest made"):
        prepare(tmp_path / "home", tmp_path / "content")
    (tmp_path / "content").mkdir()
    for output in (tmp_path / "content", tmp_path):
        with pytest.raises(DigestError, match="its own content"):
            prepare(output, tmp_path / "content")
    (tmp_path / "file").write_text("x")
    with pytest.raises(DigestError, match="is a file"):
        prepare(tmp_path / "file", tmp_path / "content")


def test_strays_are_found_in_our_folders_only(tmp_path: Path) -> None:
    """Where the ledger is lost, old pages are known by their folders."""
    for name in ("papers/old.html", "papers/now.html", "CNAME", "images/me.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(strays(tmp_path, {"papers/now.html"})) == ["papers/old.html"]
