"""What an editor leaves behind is neither watched nor copied: one rule for both."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.serve.sources import Places, look
from digest.website.theme import load_theme

LEFT = [
    "style.css~",
    ".style.css.swp",
    "#style.css#",
    ".#style.css",
    "style.css.bak",
    "style.css.tmp",
    "style.css___jb_tmp___",
    "logo.svg.part",
    "~$logo.svg",
    ".git/config",
    "old~/style.css",
]
KEPT = ["style.css", "fonts/text.woff2", "a~b.css", "number#1.svg", "part.css"]


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The templates of a digest, with assets of its own and leftovers beside them."""
    folder = tmp_path / "templates"
    for name in (*LEFT, *KEPT):
        path = folder / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"own {name}", "utf-8")
    return folder


def test_leftovers_are_no_part_of_the_site(templates: Path) -> None:
    """Of the digest's own assets, those that somebody made are copied and no others."""
    own = {name for name, body in load_theme(templates).assets if body.startswith(b"own ")}
    assert own == {f"assets/{name}" for name in KEPT}


def test_what_is_copied_is_what_is_watched(templates: Path, tmp_path: Path) -> None:
    """Nothing is in the site whose change would go unseen."""
    places = Places(
        tmp_path / "digest.yaml", tmp_path / "content", templates, tmp_path / ".digest" / "preview"
    )
    seen = {Path(path).relative_to(templates).as_posix() for path in look(places)}
    own = {name for name, body in load_theme(templates).assets if body.startswith(b"own ")}
    assert own == seen
