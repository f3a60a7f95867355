"""Drafts in the preview: seen there, with a mark, on their own page and in every list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_serve import Desk, desk
from tests.serve.process import PAPER

pytestmark = pytest.mark.browser
__all__ = ["desk"]

MARK = "digest-preview-mark"


def test_drafts_are_marked_until_they_are_none(desk: Desk) -> None:
    """Nothing else is; and a build has neither the paper nor the mark."""
    draft = desk.content / "draft.md"
    text = PAPER.format("uncertain things").replace("---\n", "---\ndraft: true\n", 1)
    draft.write_text(text, "utf-8")
    home = desk.open("")
    entry = home.locator(".entry", has_text="uncertain things")
    entry.locator(MARK).first.wait_for()
    assert home.locator(".entry", has_text="first things").locator(MARK).count() == 0
    page = desk.open(_path(desk.root, "uncertain things"))
    page.locator(MARK, has_text="Draft: shown in this preview alone").wait_for()
    draft.write_text(text.replace("draft: true\n", ""), "utf-8")
    page.locator(MARK).wait_for(state="detached")
    assert "uncertain things" in page.locator("h1").inner_text()


def _path(root: Path, words: str) -> str:
    papers: Any = (root / ".digest/preview/papers").glob("*.html")
    return next(f"papers/{p.name}" for p in papers if f"{words}</h1>" in p.read_text("utf-8"))
