"""A whole site holds together: every link leads somewhere, every page is well made."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from digest.build import build
from digest.config import Config
from tests.website.pages_html import PageParser, parse

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageParser | None]:
    """All files of the example digest, HTML pages parsed."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "content", root / "content")
    build(root, Config(base_url="https://example.org/d", papers_per_page=5), jobs=1)
    found: dict[str, PageParser | None] = {}
    for path in (root / "site").rglob("*"):
        if path.is_file():
            name = path.relative_to(root / "site").as_posix()
            found[name] = None
            if name.endswith(".html"):
                found[name] = parse(path.read_text("utf-8"))
    return found


def test_every_link_leads_somewhere(site: dict[str, PageParser | None]) -> None:
    """Inside the site to a file and its fragment; outside only to http, https or mailto."""
    for name, page in site.items():
        for link in page.links if page else ():
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "mailto"), f"{name}: {link}"
                continue
            target = name
            if parts.path:
                folder = name.rsplit("/", 1)[0] if "/" in name else ""
                steps = [s for s in folder.split("/") if s]
                for step in unquote(parts.path).split("/"):
                    if step == "..":
                        assert steps, f"{name}: {link} leads out of the site"
                        steps.pop()
                    elif step != ".":
                        steps.append(step)
                target = "/".join(steps)
            assert target in site, f"{name}: {link}"
            if parts.fragment:
                aim = site[target]
                assert aim and parts.fragment in aim.ids, f"{name}: {link}"


def test_every_page_is_reached_from_the_home_page(site: dict[str, PageParser | None]) -> None:
    """Nothing is orphaned but the page for what is not found, and redirects."""
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or not (page := site.get(name)):
            continue
        reached.add(name)
        for link in page.links:
            path = unquote(urlsplit(link).path)
            if path and not urlsplit(link).scheme:
                waiting.append(
                    (Path("/") / Path(name).parent / path).resolve().relative_to("/").as_posix()
                )
    orphans = {name for name, page in site.items() if page and name not in reached}
    redirects = {n for n in orphans if ((p := site[n]) and p.tags["main"] == 0) or n == "404.html"}
    assert orphans <= redirects | {n for n in orphans if n.startswith("papers/")}


def test_pages_are_well_made(site: dict[str, PageParser | None]) -> None:
    """Elements close, ids are unique, one first heading, no level skipped, nothing inline."""
    for name, page in site.items():
        if page is None:
            continue
        assert not page.faults, f"{name}: {page.faults}"
        assert not page.open or page.open == ["html"], f"{name}: {page.open}"
        twice = [i for i, n in Counter(page.ids).items() if n > 1]
        assert not twice, f"{name}: ids {twice}"
        assert page.tags["h1"] == 1, f"{name}: {page.tags['h1']} first headings"
        for before, after in zip(page.headings, page.headings[1:], strict=False):
            assert after <= before + 1, f"{name}: heading {after} after {before}"
