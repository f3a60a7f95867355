"""The file system as it is: what a look finds is what there is, however it came about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.content import find_content
from digest.serve.sources import Places, differences, folders, look, look_at


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A digest with a file in each place."""
    found = Places(
        tmp_path / "digest.yaml", tmp_path / "content", tmp_path / "templates", tmp_path / "site"
    )
    for path in (found.settings, found.content / "a.md", found.content / "in" / "b.md",
                 found.templates / "card.html", found.output / "index.html"):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return found


def names(places: Places, happened: dict[str, str]) -> dict[str, str]:
    root = places.settings.parent
    return {Path(path).relative_to(root).as_posix(): what for path, what in happened.items()}


def test_every_source_is_seen_and_nothing_else(places: Places) -> None:
    """Not the output, and not what is hidden or left behind by an editor: what counts as content
    is what the build reads."""
    left = (".hidden.md", "a.md~", "#a.md#", ".a.md.swp", "a.md.bak", "~$a.md", "a.pdf.part")
    for name in left:
        (places.content / name).write_text("x")
    inside = places._replace(output=places.content / "site")
    (inside.output).mkdir()
    (inside.output / "index.html").write_text("x")
    found = look(inside)
    assert set(names(places, dict.fromkeys(found, ""))) == {
        "digest.yaml", "content/a.md", "content/in/b.md", "templates/card.html"
    }  # fmt: skip
    (places.content / "site" / "index.html").unlink()
    read = {name for _, name in find_content(places.content).papers}
    assert read == {"a.md", "in/b.md"}


def test_each_kind_of_change_is_told(places: Places) -> None:
    """Also one that keeps size and time, by another file in its place."""
    before = look(places)
    (places.content / "a.md").write_text("longer")
    (places.content / "new.md").write_text("x")
    (places.templates / "card.html").unlink()
    fresh = places.content / ".fresh"
    fresh.write_text("y")
    status = (places.content / "in" / "b.md").stat()
    os.utime(fresh, ns=(status.st_atime_ns, status.st_mtime_ns))
    fresh.replace(places.content / "in" / "b.md")
    assert names(places, differences(before, look(places))) == {
        "content/a.md": "changed",
        "content/in/b.md": "changed",
        "content/new.md": "added",
        "templates/card.html": "removed",
    }


def test_a_look_at_some_paths_equals_a_look_at_all(places: Places) -> None:
    """Files and folders that come, change, move and go."""
    before = look(places)
    root = places.content
    (root / "in").rename(root / "moved")
    (root / "a.md").write_text("longer")
    (root / "deep" / "er").mkdir(parents=True)
    (root / "deep" / "er" / "c.md").write_text("x")
    places.settings.unlink()
    paths = [str(root / n) for n in ("in", "moved", "a.md", "deep", "a.md~")]
    paths += [str(places.settings), str(places.output / "index.html"), "/elsewhere"]
    assert look_at(places, before, paths) == look(places)


def test_many_that_are_gone_need_a_look_at_all(places: Places) -> None:
    """Each may have been a folder: a look everywhere is cheaper."""
    assert look_at(places, {}, [str(places.content / f"gone{n}") for n in range(100)]) is None


def test_a_folder_that_is_not_there_is_waited_for(places: Places, tmp_path: Path) -> None:
    """By watching the nearest one above."""
    later = places._replace(templates=tmp_path / "themes" / "own")
    assert folders(later) == ((tmp_path, False), (places.content, True))
    (tmp_path / "themes").mkdir()
    assert (tmp_path / "themes", False) in folders(later)
