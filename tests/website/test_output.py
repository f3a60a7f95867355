"""The folder of the site: whole pages, nothing touched in vain, nothing of the user's lost."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from digest.problems import DigestError
from digest.website import folder as folder_module
from digest.website.folder import Folder
from digest.website.output import changed_files, files_below, prepare, strays
from digest.website.placement import delete_tree, make_apart, make_top

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
        assert changed_files(Path(folder._root), {"papers/a.html": row}) == set()
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


def test_a_site_without_exports_is_ours(tmp_path: Path) -> None:
    """A site that does without some parts is known by those that every site has."""
    site = tmp_path / "site"
    with Folder(site, staged=True) as folder:
        for name in ("index.html", "404.html", "assets/style.css"):
            folder.write(name, b"x", MARK)
    prepare(site, tmp_path / "content")


def test_strays_are_found_in_our_folders_only(tmp_path: Path) -> None:
    """Where the ledger is lost, old pages are known by their folders."""
    for name in ("papers/old.html", "papers/now.html", "CNAME", "images/me.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(strays(tmp_path, {"papers/now.html"})) == ["papers/old.html"]


def test_changed_files_are_those_not_as_left(tmp_path: Path) -> None:
    """Edited, touched, replaced and deleted files are found, by one process or more."""
    site = tmp_path / "site"
    names = [f"papers/{number}.html" for number in range(50)]
    with Folder(site, staged=True, ours=names) as folder:
        rows = {name: folder.write(name, name.encode(), MARK)[0] for name in names}
    assert changed_files(site, rows) == set()
    (site / names[3]).write_text("longer than it was before")
    os.utime(site / names[5], ns=(1, 1))
    (site / names[7]).unlink()
    for jobs in (1, 2):
        assert changed_files(site, rows, jobs) == {names[3], names[5], names[7]}


def test_changed_files_of_many_spans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the files are divided among processes, each is looked at once."""
    monkeypatch.setattr("digest.website.output._SPAN", 7)
    with Folder(tmp_path / "site", staged=True) as folder:
        rows = {name: folder.write(name, b"x", MARK)[0] for name in map(str, range(50))}
    changed = {"0", "6", "7", "48", "49"}
    for name in changed:
        (tmp_path / "site" / name).unlink()
    assert changed_files(tmp_path / "site", rows, 2) == changed


@pytest.mark.parametrize("staged", [False, True])
def test_what_a_killed_worker_left_is_replaced(tmp_path: Path, staged: bool) -> None:
    """Half a file is never taken for a page, and the page of the last build is not written into."""
    site = tmp_path / "site"
    with Folder(site, staged=True) as folder:
        folder.write("index.html", b"old", MARK)
    with Folder(site, staged=staged) as folder:
        for half in ("papers/a.html", f"{os.getpid()}-{threading.get_ident()}"):
            Path(folder._aside, half).parent.mkdir(exist_ok=True)
            Path(folder._aside, half).write_bytes(b"ha")
        folder.keep("index.html", MARK)
        folder.write("papers/a.html", b"whole", MARK)
        folder.write("index.html", b"new", MARK)
        kept = (site / "index.html").read_bytes()
        assert kept == (b"old" if staged else b"new")
    assert (site / "papers/a.html").read_bytes() == b"whole"
    assert (site / "index.html").read_bytes() == b"new"


@pytest.mark.parametrize("staged", [False, True])
def test_what_a_killed_build_left_is_cleared(tmp_path: Path, staged: bool) -> None:
    """Its new folder is not taken for part of the next."""
    site = tmp_path / "site"
    (tmp_path / ".site.new" / "papers").mkdir(parents=True)
    (tmp_path / ".site.new" / "papers" / "half.html").write_text("ha")
    with Folder(site, staged=staged) as folder:
        folder.write("papers/a.html", b"a", MARK)
    assert tree(tmp_path) == {"site/papers/a.html": b"a"}


def test_what_the_user_put_there_stays(tmp_path: Path) -> None:
    """Files, folders and links that the build does not own outlive a swap, as what they are."""
    site = tmp_path / "site"
    with Folder(site, staged=True) as folder:
        folder.write("papers/a.html", b"a", MARK)
    (site / ".nojekyll").touch()
    (site / "talks" / "2024").mkdir(parents=True)
    (site / "talks" / "2024" / "slides.pdf").write_bytes(b"slides")
    (site / "papers" / "leftover.html").write_bytes(b"ours")
    (site / "latest").symlink_to("talks/2024")
    (site / "missing").symlink_to("nowhere")
    with Folder(site, staged=True) as folder:
        folder.write("papers/a.html", b"b", MARK)
    (site / "missing").rename(tmp_path / "missing")
    assert tree(site) == {
        "papers/a.html": b"b",
        ".nojekyll": b"",
        "talks/2024/slides.pdf": b"slides",
    }
    assert (site / "latest" / "slides.pdf").read_bytes() == b"slides"
    assert (tmp_path / "missing").is_symlink()


@pytest.mark.parametrize("path", ["../x.html", "papers/../../x.html", "/tmp/x.html", ".."])
def test_no_path_leaves_the_site(tmp_path: Path, path: str) -> None:
    """Whatever a page is called, it is written below the site or not at all."""
    with (
        Folder(tmp_path / "site", staged=True) as folder,
        pytest.raises(ValueError, match="not a path of the site"),
    ):
        folder.write(path, b"x", MARK)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("why", ["a volume", "a parent without rights"])
def test_a_folder_that_cannot_be_swapped_is_written_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """A mounted output folder, or the only one that may be written to, is filled where it is."""

    def refuse(_folder: str) -> None:
        raise PermissionError

    if why == "a volume":
        monkeypatch.setattr(os.path, "ismount", lambda _path: True)
    else:
        monkeypatch.setattr(folder_module, "make_top", refuse)
    site = tmp_path / "site"
    site.mkdir()
    place = site.stat().st_ino
    with Folder(site, staged=True, ours=["papers/a.html", "gone.html"]) as folder:
        folder.write("papers/a.html", b"a", MARK)
        folder.remove(["gone.html"])
    assert tree(tmp_path) == {"site/papers/a.html": b"a"}
    assert site.stat().st_ino == place
    assert [path.name for path in site.iterdir()] == ["papers"]


def test_a_linked_site_is_changed_where_it_is(tmp_path: Path) -> None:
    """The link to a folder elsewhere stays a link."""
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to("www")
    with Folder(tmp_path / "site", staged=True) as folder:
        folder.write("index.html", b"x", MARK)
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www" / "index.html").read_bytes() == b"x"


def test_folders_are_made_apart_where_the_disk_knows_how(tmp_path: Path) -> None:
    """On every file system the folders stand; none of the passing names stays."""
    for place in filter(Path.is_dir, (tmp_path, Path("/dev/shm"))):
        top = place / f"top-{os.getpid()}"
        make_top(str(top))
        make_apart(f"{top}/papers")
        assert [path.name for path in top.iterdir()] == ["papers"]
        delete_tree(str(top))
        assert not top.exists()


def test_a_tree_is_deleted_and_nothing_beside_it(tmp_path: Path) -> None:
    """Many files in many folders go; what links point to stays."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("x")
    tree = tmp_path / "tree"
    for number in range(300):
        (tree / f"folder-{number % 7}").mkdir(parents=True, exist_ok=True)
        (tree / f"folder-{number % 7}" / str(number)).write_text("x")
    (tree / "folder-1" / "link").symlink_to(tmp_path / "kept")
    (tree / "link").symlink_to(tmp_path / "kept" / "file")
    delete_tree(str(tree))
    delete_tree(str(tree))
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept" / "file").read_text() == "x"
