"""What is not to be published yet: not in builds, all of it in the preview, and said to wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.build import Workshop
from digest.config import Config
from digest.task import Report
from digest.today import today

PAPER = "---\ntitle: A paper on {0}\ndate: 2021-03-04\n{1}---\n\nWe study {0} at some length.\n"
LISTING = "Abstract: We study nothing but rain.\n\nAbstract: We study snow as it melts in spring.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest with a paper, a draft, one of a day to come, pages and notes likewise."""
    for name, text in {
        "a.md": PAPER.format("stones", "doi: 10.5555/stones\n"),
        "draft.md": PAPER.format("clouds", "draft: true\ndoi: 10.5555/clouds\n"),
        "later.md": PAPER.format("tides", "").replace("2021-03-04", "2031-05"),
        "list.txt": LISTING,
        "pages/open.md": "# Open\n",
        "pages/draft.md": "---\ndraft: yes\n---\n# Not yet\n",
        "pages/later.md": "---\ndate: 2031-05-06\n---\n# Later\n",
        "notes/doi-10.5555-stones.md": "---\ndraft: true\ntitle: Renamed\n---\nUnfinished words.\n",
    }.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def make(root: Path, output: str, day: str, *, drafts: bool = False) -> tuple[Report, set[str]]:
    report = Workshop(root, Config(output=output)).build(jobs=1, today=day, drafts=drafts)
    site = root / output
    pages = {p.relative_to(site).as_posix() for p in site.glob("p*/*.html")}
    return report, pages


def test_builds_do_without_what_waits_and_say_so(root: Path) -> None:
    """Not a word of it is anywhere in the site but its name in the report."""
    report, pages = make(root, "site", "2026-11-22")
    assert report.papers == 3
    assert {p for p in pages if p.startswith("pages/")} == {"pages/open.html"}
    assert "papers/doi-10.5555-clouds.html" not in pages
    files = (p for p in (root / "site").rglob("*") if p.is_file() and p.suffix != ".woff2")
    text = "".join(p.read_text("utf-8") for p in files)
    for word in ("clouds", "tides", "Not yet", "Unfinished", "Renamed"):
        assert word not in text
    said = {problem.path: problem.message for problem in report.problems}
    assert "draft" in said["draft.md"] and "2031-05" in said["later.md"]
    assert set(said) >= {"pages/draft.md", "pages/later.md", "notes/doi-10.5555-stones.md"}
    assert {problem.severity for problem in report.problems} <= {"note"}
    assert report.waiting == ()


def test_the_preview_has_all_of_it_and_says_what_waits(root: Path) -> None:
    """By page, with the reason."""
    report, pages = make(root, "preview", "2026-11-22", drafts=True)
    assert report.papers == 5
    waiting = dict(report.waiting)
    assert waiting["papers/doi-10.5555-clouds.html"] == "Draft"
    assert waiting["papers/doi-10.5555-stones.html"] == "Draft note"
    assert waiting["pages/later.html"] == "Due 2031-05-06"
    assert sorted(waiting.values()) == [
        "Draft",
        "Draft",
        "Draft note",
        "Due 2031-05",
        "Due 2031-05-06",
    ]
    assert waiting.keys() <= pages


def test_a_day_that_comes_brings_what_was_dated_so(root: Path) -> None:
    """Also to a site that stands, and nothing else changed."""
    make(root, "site", "2026-11-22")
    report, pages = make(root, "site", "2031-05-06")
    assert report.papers == 4 and "pages/later.html" in pages
    report, pages = make(root, "site", "2026-11-22")
    assert report.papers == 3 and "pages/later.html" not in pages


def test_a_draft_adds_nothing_to_a_paper_that_others_list(root: Path) -> None:
    """The paper stays, as the others have it."""
    public = PAPER.format("clouds", "doi: 10.5555/clouds\n").replace("at some length", "in short")
    (root / "content" / "public.md").write_text(public, "utf-8")
    report, pages = make(root, "site", "2026-11-22")
    assert report.papers == 4 and "papers/doi-10.5555-clouds.html" in pages
    text = (root / "site/papers/doi-10.5555-clouds.html").read_text("utf-8")
    assert "in short" in text and "draft.md" not in text
    report, _ = make(root, "preview", "2026-11-22", drafts=True)
    assert "papers/doi-10.5555-clouds.html" not in dict(report.waiting)


def test_the_day_is_told_from_outside_and_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """By SOURCE_DATE_EPOCH if that is set; a clock that is years behind is wrong."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1924905600")
    assert today() == "2030-12-31"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    early = today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert today() == early >= "2026-01-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "nonsense")
    assert today() >= early
