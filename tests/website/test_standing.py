"""The mark of a site on disk tells whether anybody touched it."""

from __future__ import annotations

import os
from pathlib import Path

from digest.website.output import Local


def test_every_touch_is_told(tmp_path: Path) -> None:
    """A file that is written, added, renamed or removed; and nothing else."""
    (tmp_path / "a").mkdir()
    page = tmp_path / "a" / "b.html"
    page.write_text("one")
    marks = [mark_of_site(tmp_path)]
    assert mark_of_site(tmp_path) == marks[0]
    os.utime(page, ns=(1, 1))
    marks.append(mark_of_site(tmp_path))
    (tmp_path / "c.html").write_text("")
    marks.append(mark_of_site(tmp_path))
    page.rename(tmp_path / "a" / "d.html")
    marks.append(mark_of_site(tmp_path))
    (tmp_path / "a" / "d.html").unlink()
    marks.append(mark_of_site(tmp_path))
    assert len(set(marks)) == len(marks)
    assert mark_of_site(tmp_path / "nowhere") == mark_of_site(tmp_path / "a")


def mark_of_site(folder: Path) -> bytes:
    return Local(folder).mark()
