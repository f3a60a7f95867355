"""The first page says what a digest is about: whatever it holds, and no more than can be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.build import build
from digest.catalogue.catalogue import make_catalogue
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.config import Config
from digest.paper import Paper, Tag
from digest.website.cards import Names
from digest.website.home_page import make_home
from digest.website.site import describe_site
from digest.website.theme import load_theme
from digest.website.timelines import Times


def paper(n: int, date: str | None, *tags: str) -> Paper:
    return Paper(
        key=f"k{n}",
        slug=f"p{n}",
        title=f"Paper {n}",
        title_source="given",
        published=date,
        tags=tuple(Tag(slug=t.lower(), name=t, source="given") for t in tags),
    )


def home(papers: list[Paper], **settings: Any) -> Any:
    config = Config(**settings)
    taxonomy = load_taxonomy()[0]
    catalogue = make_catalogue(papers, taxonomy, len(papers), relate=lambda _: {})
    names = Names(catalogue, config)
    site = describe_site(config, catalogue, load_theme(Path("no theme")), ())
    return make_home(names, Times(names), config, site)


def test_nothing_is_made_of_nothing() -> None:
    """Two papers, or papers without a date: no chart, nothing that rises, no editions."""
    for papers in (
        [],
        [paper(1, "1994-03-01", "Salt"), paper(2, "1999-05-02", "Tea")],
        [paper(n, None, "Salt") for n in range(40)],
    ):
        view = home(papers)
        assert (view.chart, view.rising, view.editions) == (None, None, ())
        assert sum(len(group.cards) for group in view.groups) == min(len(papers), 30)


def test_what_rises_is_told_with_its_shares() -> None:
    """The share before and since, of the periods that have papers enough."""
    papers = [paper(n, f"{2012 + n % 8}", "Salt") for n in range(80)]
    papers += [paper(100 + n, "2019", "Tea") for n in range(8)]
    view = home(papers)
    assert view.rising.since == "2019"
    (note,) = view.rising.notes
    assert (note.ref.name, note.before, note.lately) == ("Tea", 0.0, 44.4)
    assert note.shares[-1] == note.top == 44.4
    assert len(note.shares) == 8
    assert view.chart.counts == (10,) * 7 + (18,)
    assert home(papers, without=("trends",)).rising is None


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        (["2023-09-01"] * 4 + ["2023-08-02"] * 4, ["September 2023", "August 2023"]),
        (["2023-09-02"] * 2 + ["2023-09-01"] * 2, ["2 September 2023", "1 September 2023"]),
        (["2023-09-02", "2022-01-01", "2022-05-01"], ["2023", "2022"]),
        (["2023", "2022", "2022"], ["2023", "2022"]),
        (["2023-09-02"] * 5, []),
    ],
)
def test_editions_are_months_where_months_have_papers(dates: list[str], names: list[str]) -> None:
    """Years where they have few, days where all is of one month, newest first."""
    view = home([paper(n, date) for n, date in enumerate(dates)])
    assert [edition.ref.name for edition in view.editions] == names
    assert all(edition.ref.path and edition.about == "" for edition in view.editions)


def test_an_edition_says_what_it_is_mostly_on() -> None:
    """`Mostly` where half the papers are; and a tag of one paper is not named."""
    august = [paper(n, "2023-08-01", "Salt", "Tea") for n in range(3)] + [paper(9, "2023-08-01")]
    rare = [paper(10 + n, "2023-09-01", f"Tag {n}") for n in range(6)]
    some = [paper(20 + n, "2023-09-02", "Tea") for n in range(2)]
    newer, older = home([*august, *rare, *some]).editions
    assert older.about == "Mostly on Salt and Tea."
    assert newer.about == "Among others on Tea."
    assert (older.ref.count, newer.ref.path) == (4, "dates/2023-09.html")


def test_a_whole_site_of_each_kind(tmp_path: Path) -> None:
    """Built without a problem, its charts with links that lead somewhere."""
    kinds: dict[str, list[str] | list[None]] = {
        "years": [f"{1990 + n % 30}-01-02" for n in range(90)],
        "ages": [f"{1905 + n % 118}" for n in range(150)],
        "months": [f"2023-{1 + n % 9:02}" for n in range(40)],
        "days": [f"2023-09-{1 + n % 28:02}" for n in range(60)],
        "none": [None] * 5,
    }
    for kind, dates in kinds.items():
        root = tmp_path / kind
        (root / "content").mkdir(parents=True)
        rows = [
            {"title": f"On salt {n}", "abstract": f"Salt, again, number {n}.", "published": date}
            for n, date in enumerate(dates)
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (root / "content" / "a.jsonl").write_text(text, "utf-8")
        report = build(root, Config(), jobs=1)
        assert not [p for p in report.problems if p.severity == "error"], kind
        site = root / "site"
        for page in ("index.html", "trends.html"):
            text = (site / page).read_text("utf-8")
            assert ('<svg class="plot"' in text) == (kind != "none"), (kind, page)
            for link in {part.split('"')[0] for part in text.split('href="dates/')[1:]}:
                assert (site / "dates" / link).is_file(), (kind, link)
