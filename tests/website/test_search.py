"""The search of a built site: its files, feeds of saved searches, and limits of hosts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.build import build
from digest.config import Config, SavedSearch, load_config
from digest.problems import DigestError
from digest.website.hosts import HOSTS, NO_LIMITS, check_limits, limits_of, search_files
from digest.website.output import files_below

ROWS = [
    {
        "title": f"On {what}, part {n}", "abstract": f"We study {what} with care.",
        "authors": ["Ada Byron"], "arxiv_id": f"2309.0000{n}", "published": f"2023-09-0{n}",
    }
    for n, what in enumerate(("salt", "tea", "salt and tea", "tides"), 1)
]  # fmt: skip


def make(root: Path, **settings: Any) -> Path:
    (root / "content").mkdir(parents=True)
    (root / "content" / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    report = build(root, Config(**settings), jobs=1)
    assert not report.problems
    return root / "site"


def meta(site: Path) -> Any:
    script = (site / "data" / "search" / "index.js").read_text("utf-8")
    return json.loads(script.removeprefix("digestSearch.index(").removesuffix(");\n"))


def test_all_files_are_named_and_all_that_is_named_is_there(tmp_path: Path) -> None:
    """The index knows its parts, packs and columns."""
    site = make(tmp_path)
    about = meta(site)
    named = {f"{name}.js" for _, name, _ in about["words"] + about["positions"]}
    named |= {f"c-{number}.js" for number, mark in enumerate(about["cards"]) if mark}
    named |= {f"column-{name}.js" for name in about["columns"]}
    named |= {f"s-{letters}.js" for letters in about["spelling"]}
    assert {*files_below(site / "data" / "search")} == named | {"index.js"}
    assert about["papers"] == 4


def test_newer_papers_may_be_preferred(tmp_path: Path) -> None:
    """As the setting says."""
    found = [
        meta(make(tmp_path / wish, search_recency=wish))["recency"]
        for wish in ("none", "some", "strong")
    ]
    assert found == [0.0, 0.2, 0.6]


def test_a_saved_search_has_feeds(tmp_path: Path) -> None:
    """Of its newest papers, newest first, and no JSON feed where there are to be none."""
    searches = SavedSearch("Salt & water", "salt"), SavedSearch("Nothing", "zebra")
    site = make(tmp_path / "all", searches=searches, base_url="https://example.org")
    feed = json.loads((site / "searches" / "salt-water.json").read_text("utf-8"))
    assert [item["title"] for item in feed["items"]] == [
        "On salt and tea, part 3",
        "On salt, part 1",
    ]
    assert feed["title"] == "Salt & water · Literature digest"
    atom = (site / "searches" / "salt-water.xml").read_text("utf-8")
    assert atom.count("<entry>") == 2
    assert "search.html?q=salt&amp;sort=date" in atom
    assert json.loads((site / "searches" / "nothing.json").read_text("utf-8"))["items"] == []
    fewer = make(tmp_path / "fewer", searches=searches, without=("json-feeds",), feed_entries=1)
    assert {*files_below(fewer / "searches")} == {"salt-water.xml", "nothing.xml"}
    assert (fewer / "searches" / "salt-water.xml").read_text("utf-8").count("<entry>") == 1


def load(folder: Path, text: str) -> Config:
    path = folder / "digest.yaml"
    path.write_text(text)
    return load_config(path)


def test_settings_of_the_search(tmp_path: Path) -> None:
    """Host, recency and searches are read."""
    config = load(
        tmp_path,
        "host: netlify\nsearch_recency: some\n"
        "searches:\n  - {name: Salt, query: 'salt -tea'}\n  - name: Tea\n    query: tea\n",
    )
    assert (config.host, config.search_recency) == ("netlify", "some")
    assert config.searches == (SavedSearch("Salt", "salt -tea"), SavedSearch("Tea", "tea"))


def test_wrong_settings_are_told_with_their_lines(tmp_path: Path) -> None:
    """Unknown hosts, searches without a query, with more than that, or of one name."""
    with pytest.raises(DigestError) as caught:
        load(
            tmp_path,
            "host: geocities\nsearch_recency: always\nsearches:\n  - {name: A}\n"
            "  - {name: B, query: b, sort: date}\n  - {name: C c, query: c}\n"
            "  - {name: c-C, query: d}\n  - plain\n",
        )
    found = {p.line: f"{p.message} {p.hint}" for p in caught.value.problems}
    assert set(found) == {1, 2, 4, 5, 7, 8}
    assert "github-pages" in found[1]
    assert "strong" in found[2]
    assert "“query”" in found[4]
    assert "another name" in found[7]
    with pytest.raises(DigestError, match="list of names and queries"):
        load(tmp_path, "searches: salt\n")


def test_a_site_above_its_host_is_told(tmp_path: Path) -> None:
    """Too many files, too many in a folder, a file or all too large; with what to do."""
    few = {"a.html": 10, "papers/b.html": 20}
    for host in HOSTS:
        assert not [*check_limits(limits_of(host), few, ())]
    many = {f"papers/{n}.html": 10 for n in range(60_000)}
    (problem,) = check_limits(limits_of("cloudflare-pages"), many, ("days",))
    assert "60,000 files, but Cloudflare Pages takes 20,000" in problem.message
    assert "without: [tag-feeds, authors," in problem.hint
    (problem,) = check_limits(limits_of("netlify"), many, ())
    assert "in papers/" in problem.message
    large = {f"data/{n}.jsonl": 2 * 10**7 for n in range(51)}
    (problem,) = check_limits(limits_of("github-pages"), large, ())
    assert "the site has 1,020 MB, but GitHub Pages takes 1,000 MB" in problem.message
    (problem,) = check_limits(limits_of("cloudflare-pages"), {"data/x.jsonl": 3 * 10**7}, ())
    assert "data/x.jsonl of 30 MB" in problem.message
    assert not [*check_limits(NO_LIMITS, many, ())]


def test_a_build_tells_of_its_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing changed since."""
    monkeypatch.setitem(HOSTS, "vercel", HOSTS["vercel"]._replace(files=20))
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    for _ in range(2):
        report = build(tmp_path, Config(host="vercel"), jobs=1)
        (problem,) = report.problems
        assert problem.severity == "error"
        assert "Vercel takes 20" in problem.message


def test_the_search_keeps_to_its_share() -> None:
    """Its files grow with the papers, and stay few for hosts that take few."""
    found = [search_files(NO_LIMITS, papers) for papers in (0, 1_000, 10_000, 100_000, 1_000_000)]
    assert found == [30, 55, 280, 1_100, 1_100]
    assert search_files(limits_of("vercel"), 100_000) == 750
