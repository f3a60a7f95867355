"""The build as a user runs it: right, repeatable, incremental, and calm about bad input."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.build import build
from digest.config import Config
from digest.problems import DigestError
from digest.task import Report
from digest.website.output import files_below

ROOT = Path(__file__).parents[1]

ABSTRACTS = [
    "We introduce Pagewise, a reading planner for seminar groups, and show that graph neural "
    "networks are not needed to choose the next paper when everybody brings biscuits.",
    "Seminar rooms lack windows. This paper studies convex optimization of the seating order and "
    r"proves a bound of $\mathcal{O}(n \log n)$ on the number of interruptions. Code is at "
    "https://github.com/example/seating.",
    "Large language models answer questions about papers that nobody has read. We measure how "
    "often reinforcement learning makes them admit it, on a data set of 300 reading groups.",
    "A survey of coffee machines in computer science departments is presented, with an analysis of "
    "recommender systems that predict who will refill the water.",
]
IDS = ["2301.00001", "2302.00002v2", "hep-th/9901001", "2303.00003"]


def blocks(*numbers: int) -> str:
    return (
        "\n\n".join(f"{ABSTRACTS[n]}\n\narXiv:{IDS[n]}\nCreated: 2023-0{n + 1}-15" for n in numbers)
        + "\n"
    )


def labelled(*numbers: int) -> str:
    return "\n".join(f"Abstract:{ABSTRACTS[n]}" for n in numbers)


def tree(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


def make(root: Path, files: dict[str, str] | None = None, **options: Any) -> Report:
    for name, text in (files or {}).items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    jobs = options.pop("jobs", 1)
    return build(root, Config(**options.pop("config", {})), jobs=jobs, **options)


def papers(site: Path) -> list[dict[str, Any]]:
    index = json.loads((site / "data/index.json").read_text())
    return [
        json.loads(line)
        for part in index["parts"]
        for line in (site / part["path"]).read_text().splitlines()
    ]


def test_every_page_of_the_contract_is_made(tmp_path: Path) -> None:
    """Names of files are part of the contract."""
    make(tmp_path, {"a.txt": blocks(0, 1), "b.txt": labelled(2)})
    names = set(tree(tmp_path / "site"))
    assert names >= {
        "index.html",
        "404.html",
        "search.html",
        "tags/index.html",
        "dates/index.html",
        "dates/2023.html",
        "dates/2023-02.html",
        "dates/2023-02-15.html",
        "dates/undated.html",
        "papers/arxiv-2301.00001.html",
        "papers/arxiv-2302.00002.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "report.html",
        "robots.txt",
        "papers.bib",
        "data/index.json",
        "data/papers-1.jsonl",
    }
    tags = {
        name
        for paper in papers(tmp_path / "site")
        for name in (f"tags/{tag['slug']}" for tag in paper["tags"])
    }
    assert tags
    assert names >= {f"{tag}.html" for tag in tags} | {f"{tag}.xml" for tag in tags}


def test_the_export_says_what_the_contract_says(tmp_path: Path) -> None:
    """One paper a line, chosen values with their evidence."""
    make(tmp_path, {"a.txt": blocks(1)})
    (paper,) = papers(tmp_path / "site")
    assert paper["key"] == "arxiv:2302.00002"
    assert paper["path"] == "papers/arxiv-2302.00002.html"
    assert paper["title_source"] == "derived"
    assert (paper["published"], paper["published_source"]) == ("2023-02-15", "created")
    assert paper["links"] == [{"kind": "code", "url": "https://github.com/example/seating"}]
    assert paper["abstract"] == ABSTRACTS[1]
    assert paper["sources"][0]["file"] == "a.txt"
    assert paper["tags"]


def test_the_same_paper_in_two_files_is_one(tmp_path: Path) -> None:
    """It keeps the best of both, and its other address redirects."""
    report = make(tmp_path, {"a.txt": blocks(0), "b.txt": labelled(0, 1)})
    assert (report.records, report.papers, report.duplicates) == (3, 2, 1)
    paper = next(p for p in papers(tmp_path / "site") if p["eprint"])
    assert len(paper["sources"]) == 2
    (alias,) = paper["aliases"]
    assert f'{paper["path"].split("/")[1]}"' in (tmp_path / "site" / alias).read_text()


def test_building_again_writes_nothing(tmp_path: Path) -> None:
    """Unchanged content costs nothing, and no file is touched."""
    make(tmp_path, {"a.txt": blocks(0, 1), "b.txt": labelled(2)})
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*")}
    report = make(tmp_path)
    assert (report.written, report.removed) == (0, 0)
    assert report.unchanged == report.pages
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*")} == before


def test_a_damaged_site_is_mended(tmp_path: Path) -> None:
    """A page that was deleted or changed by hand is made again; the rest is left alone."""
    make(tmp_path, {"a.txt": blocks(0, 1)})
    whole = tree(tmp_path / "site")
    (tmp_path / "site/index.html").write_text("oops")
    (tmp_path / "site/papers/arxiv-2301.00001.html").unlink()
    report = make(tmp_path)
    assert report.written == 2
    assert tree(tmp_path / "site") == whole


def test_losing_the_ledger_costs_time_only(tmp_path: Path) -> None:
    """Without memory, equal files are still not written, and old pages still go."""
    make(tmp_path, {"a.txt": blocks(0, 1)})
    shutil.rmtree(tmp_path / ".digest")
    (tmp_path / "content/a.txt").write_text(blocks(0))
    report = make(tmp_path)
    assert report.removed > 0
    gone = (tmp_path / "site/papers/arxiv-2302.00002.html").read_text("utf-8")
    assert "was removed from the digest" in gone
    fresh = tmp_path / "fresh"
    shutil.copytree(tmp_path / "content", fresh / "content")
    make(fresh)
    assert tree(tmp_path / "site") == tree(fresh / "site")


EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["a.txt", "b.txt", "c/d.txt", "notes/arxiv-2301.00001.md", "pages/about.md"]
        ),
        st.sampled_from(["blocks", "labelled", "delete"]),
        st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True),
    ),
    min_size=1,
    max_size=4,
)


@given(EDITS)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_incremental_build_equals_a_clean_one(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, list[int]]]
) -> None:
    """After any edits the site is byte for byte what a fresh build makes."""
    root = tmp_path_factory.mktemp("digest")
    make(root, {"a.txt": blocks(0, 1), "b.txt": labelled(1, 2)})
    for name, form, numbers in edits:
        path = root / "content" / name
        if form == "delete":
            path.unlink(missing_ok=True)
            make(root)
        else:
            text = blocks(*numbers) if form == "blocks" else labelled(*numbers)
            make(root, {name: text})
        again = root / "again"
        shutil.rmtree(again, ignore_errors=True)
        shutil.copytree(root / "content", again / "content")
        make(again)
        assert tree(root / "site") == tree(again / "site")


def test_workers_and_order_play_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process and two, and files that come in another order, give the same bytes."""
    monkeypatch.setattr("digest.website.publish._WORTH_WORKERS", 1)
    one, two, other = (tmp_path / name for name in ("one", "two", "other"))
    make(one, {"a.txt": blocks(0, 1), "e.txt": labelled(1, 2)})
    make(two, {"e.txt": labelled(1, 2), "a.txt": blocks(0, 1)}, jobs=2)
    assert tree(one / "site") == tree(two / "site")
    # The same files under names that sort the other way round: only the names may differ.
    make(other, {"e.txt": blocks(0, 1), "a.txt": labelled(1, 2)})
    renamed = {
        name: body.replace(b"a.txt", b"\0").replace(b"e.txt", b"a.txt").replace(b"\0", b"e.txt")
        for name, body in tree(other / "site").items()
        if name != "report.html"  # lists files by name
        and not name.startswith("assets/")
    }
    expected = {
        name: body
        for name, body in tree(one / "site").items()
        if name != "report.html" and not name.startswith("assets/")
    }
    assert renamed == expected


def test_clock_and_locale_play_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site of another day, in another time zone, is the same."""
    make(tmp_path / "now", {"a.txt": blocks(0, 1)})
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr("time.time", lambda: 0.0)
    make(tmp_path / "then", {"a.txt": blocks(0, 1)})
    assert tree(tmp_path / "now/site") == tree(tmp_path / "then/site")


def test_a_note_stands_on_its_paper_and_overrides(tmp_path: Path) -> None:
    """The body is shown, the front matter wins, `hide` takes the paper out."""
    note = (
        "---\ntitle: Pagewise, given by hand\ndate: 2020-01\n---\nWe *liked* it. "
        "<script>alert(1)</script>"
    )
    make(tmp_path, {"a.txt": blocks(0, 1), "notes/arxiv-2301.00001.md": note})
    page = (tmp_path / "site/papers/arxiv-2301.00001.html").read_text()
    assert "We <em>liked</em> it." in page
    assert "<script>alert" not in page
    paper = next(p for p in papers(tmp_path / "site") if p["eprint"] == "2301.00001")
    assert (paper["title"], paper["title_source"]) == ("Pagewise, given by hand", "given")
    assert (paper["published"], paper["published_source"]) == ("2020-01", "note")
    report = make(tmp_path, {"notes/arxiv-2301.00001.md": "---\nhide: true\n---\n"})
    assert report.papers == 1
    assert not report.problems


def test_bad_files_cost_themselves_alone(tmp_path: Path) -> None:
    """Empty, binary and unreadable things are problems with place and hint; the rest is built."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "empty.txt").write_bytes(b"")
    (content / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 50)
    (content / "latin.txt").write_bytes(labelled(2).replace("read", "r\u00e9ad").encode("latin-1"))
    (content / "letter.txt").write_text("Dear Ada,\n\nthank you for the biscuits.\n\nYours, E.")
    report = make(tmp_path, {"good.txt": blocks(0)})
    assert report.papers == 2
    assert {p.path for p in report.problems} == {
        "empty.txt",
        "photo.txt",
        "latin.txt",
        "letter.txt",
    }
    assert all(p.message and p.hint for p in report.problems)
    page = (tmp_path / "site/report.html").read_text()
    for problem in report.problems:
        assert problem.path in page
        assert problem.message.partition("“")[0] in page


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX rights")
def test_a_folder_without_rights_is_said() -> None:
    """It is named, and the rest is built."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make(root, {"good.txt": blocks(0)})
        locked = root / "content" / "locked"
        locked.mkdir()
        locked.chmod(0)
        for path in (root, *root.rglob("*")):
            if path != locked:
                path.chmod(0o777 if path.is_dir() else 0o666)
        reader, writer = os.pipe()
        if os.fork() == 0:
            if os.geteuid() == 0:  # root may read everything: be somebody else
                os.setgid(65534)
                os.setuid(65534)
            report = make(root)
            os.write(
                writer, json.dumps([report.papers, *(p.path for p in report.problems)]).encode()
            )
            os._exit(0)
        os.wait()
        assert json.loads(os.read(reader, 10_000)) == [1, "locked"]
        locked.chmod(0o700)


def test_a_broken_template_costs_its_override_alone(tmp_path: Path) -> None:
    """The problem names file and line; the default theme's template stands in."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/paper.html").write_text("{% extends 'default/paper.html' %}\n{% oops %}")
    report = make(tmp_path, {"a.txt": blocks(0)})
    (problem,) = report.problems
    assert problem.path.endswith("templates/paper.html")
    assert problem.line == 2
    assert "<h1" in (tmp_path / "site/papers/arxiv-2301.00001.html").read_text()
    (tmp_path / "templates/paper.html").write_text("{{ view.no_such_thing }}")
    (problem,) = make(tmp_path).problems
    assert problem.line == 1
    assert "no_such_thing" in problem.message


def test_a_template_can_override_one_block(tmp_path: Path) -> None:
    """`default/…` names the theme's own template."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/home.html").write_text(
        "{% extends 'default/home.html' %}{% block whole_title %}Mine{% endblock %}"
    )
    report = make(tmp_path, {"a.txt": blocks(0)})
    assert not report.problems
    assert "<title>Mine</title>" in (tmp_path / "site/index.html").read_text()


def test_an_empty_digest_is_a_site(tmp_path: Path) -> None:
    """No papers yet: every page still renders."""
    (tmp_path / "content").mkdir()
    report = make(tmp_path)
    assert report.papers == 0
    assert not report.problems
    assert (tmp_path / "site/index.html").is_file()


def test_the_example_content_is_clean() -> None:
    """What ships reads without a single problem, and is large enough to show every feature."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "content", Path(folder) / "content")
        report = make(Path(folder))
        assert report.problems == ()
        assert report.papers >= 40
        assert report.duplicates >= 2
        assert all(p["title"] and p["tags"] for p in papers(Path(folder) / "site"))


def test_the_seeds_are_54_papers(shared: Path, tmp_path: Path) -> None:
    """Five real listings: 55 records, 54 papers, each with a title and a tag."""
    (tmp_path / "content").mkdir()
    for path in (shared / "seeds").glob("*.txt"):
        shutil.copy(path, tmp_path / "content")
    report = make(tmp_path)
    assert (report.records, report.papers, report.problems) == (55, 54, ())
    found = papers(tmp_path / "site")
    assert all(p["title"] and p["tags"] for p in found)
    twice = next(p for p in found if len(p["sources"]) == 2)
    assert twice["title"].startswith("Predictable Scale: Part I")
    assert twice["title_source"] == "given"


def test_unusual_fields_are_named_in_the_settings(tmp_path: Path) -> None:
    """JSON and tables of one's own, by `fields` of digest.yaml; a wrong role is said."""
    fields = {"title": "headline", "abstract": "gist"}
    files = {
        "own.json": json.dumps([{"headline": "A Count of Moths", "gist": ABSTRACTS[0]}]),
        "own.csv": f'headline,gist\nA Count of Gulls,"{ABSTRACTS[2]}"\n',
    }
    report = make(tmp_path, files, config={"fields": fields})
    assert report.problems == ()
    assert {p["title"] for p in papers(tmp_path / "site")} == {
        "A Count of Moths",
        "A Count of Gulls",
    }
    with pytest.raises(DigestError, match="did you mean `title`"):
        make(tmp_path, config={"fields": {"titel": "headline"}})


def test_another_day_is_no_reason_to_build(tmp_path: Path) -> None:
    """Unless something waits for it; and what was due is gone again as of an earlier day."""
    page = "---\ntitle: Salt\ndate: 2031-05-04\n---\nSoon.\n"
    make(tmp_path, {"a.txt": blocks(0)})
    time.sleep(0.1)
    make(tmp_path, today="2031-05-01")
    assert not make(tmp_path, today="2031-05-02").stages
    make(tmp_path, {"pages/salt.md": page}, today="2031-05-02")
    time.sleep(0.1)
    assert make(tmp_path, today="2031-05-03").due
    assert not (tmp_path / "site" / "pages" / "salt.html").exists()
    make(tmp_path, today="2031-05-04")
    assert (tmp_path / "site" / "pages" / "salt.html").exists()
    assert not make(tmp_path, today="2031-05-05").stages
    make(tmp_path, today="2031-05-01")
    assert not (tmp_path / "site" / "pages" / "salt.html").exists()
