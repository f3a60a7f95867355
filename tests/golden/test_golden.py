"""A small site, kept whole: what a build makes is read here before it changes.

After a change that is meant: `python -m tests.golden.test_golden` writes the site anew; read the
difference before it is committed.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from digest.build import build
from digest.config import Config
from digest.website.output import files_below

HERE = Path(__file__).parent
LEFT_OUT = ("assets/",)
"""The theme's files stand in templates/."""


def made() -> dict[str, bytes]:
    """The site of `content/`, without what is copied from the theme."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(HERE / "content", root / "content")
        config = Config(title="Golden", base_url="https://example.org/golden/")
        assert build(root, config, jobs=1).problems == ()
        return {
            name: (root / "site" / name).read_bytes()
            for name in files_below(root / "site")
            if not name.startswith(LEFT_OUT)
        }


def kept() -> dict[str, bytes]:
    """The site as it was last agreed upon."""
    site = HERE / "site"
    return {name: (site / name).read_bytes() for name in files_below(site)}


def bare(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Lines of text files, without the mark that follows the theme's assets."""
    mark = next(
        line.split("?v=")[1][:8]
        for line in files["index.html"].decode().splitlines()
        if "?v=" in line
    )
    return {name: body.decode().replace(f"?v={mark}", "").splitlines()
            for name, body in files.items()}  # fmt: skip


def test_the_site_is_as_agreed() -> None:
    """Every file and every line; the theme's assets may change their mark."""
    old, new = bare(kept()), bare(made())
    assert sorted(old) == sorted(new)
    for name in old:
        assert old[name] == new[name], name


if __name__ == "__main__":
    shutil.rmtree(HERE / "site", ignore_errors=True)
    for name, body in made().items():
        (HERE / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / "site" / name).write_bytes(body)
