"""Pages of tags say when and with what, and their further pages stand still."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.catalogue import make_catalogue
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.config import Config
from digest.paper import Paper, Tag
from digest.website.cards import Names
from digest.website.pages import Page
from digest.website.tag_pages import plan_tags
from digest.website.timelines import Times

TAXONOMY = load_taxonomy("topics:\n- {name: Wet things}\n- {name: Tides, parents: [Wet things]}\n")[
    0
]


def paper(n: int, date: str | None, *tags: str) -> Paper:
    return Paper(
        key=f"k{n:04}",
        slug=f"p{n}",
        title=f"Paper {n}",
        title_source="given",
        published=date,
        tags=tuple(Tag(slug=t.lower().replace(" ", "-"), name=t, source="given") for t in tags),
    )


def pages(papers: list[Paper], size: int = 5) -> dict[str, Page]:
    catalogue = make_catalogue(papers, TAXONOMY, len(papers), relate=lambda _: {})
    names = Names(catalogue, Config())
    return {page.path: page for page in plan_tags(names, Times(names), size, feeds=True)}


def test_ways_name_where_they_lead() -> None:
    """The months of the page behind them; the newest page, which changes daily, has no dates."""
    papers = [paper(n, f"2020-{n // 2 + 1:02}-03", "Tides") for n in range(17)]
    made = pages([*papers, paper(50, None, "Tides")])
    first, newer, older = (made[f"tags/tides{end}.html"].view for end in ("", "/3", "/2"))
    assert (first.pager.here, first.pager.older_name) == ("", "March 2020 to May 2020")
    assert newer.pager.here == "March 2020 to May 2020"
    assert (newer.pager.newer_name, newer.pager.older_name) == ("", "February 2020 and undated")
    assert older.pager.here == newer.pager.older_name
    assert older.pager.newer_name == newer.pager.here


@given(st.lists(st.integers(1, 28), min_size=11, max_size=40), st.integers(0, 3))
def test_a_new_paper_leaves_further_pages_alone(days: list[int], more: int) -> None:
    """Of each tag the first page changes, and one more where a page is full."""
    papers = [paper(n, f"2020-01-{day:02}", "Tides", "Salt") for n, day in enumerate(days)]
    before = pages(papers)
    after = pages([*papers, paper(900, f"2020-0{2 + more}-01", "Tides")])
    changed = {path for path, page in after.items()
               if path not in before or before[path].mark != page.mark}  # fmt: skip
    later = {path for path in changed if "/tides/" in path}
    assert "tags/tides.html" in changed
    assert len(later) <= 2
    if len(after) == len(before):
        assert not later
    assert not any(path.startswith("tags/salt/") for path in changed)


def test_what_stands_on_the_same_papers() -> None:
    """With the number of these papers, not with that of all its own; fields above are no news."""
    papers = [paper(n, "2020", "Tides", "Salt") for n in range(3)]
    papers += [paper(10 + n, "2021", "Salt") for n in range(4)]
    view: Any = pages(papers)["tags/tides.html"].view
    assert [(ref.name, ref.count) for ref in view.akin] == [("Salt", 3)]
    above: Any = pages(papers)["tags/wet-things.html"].view
    assert [(ref.name, ref.count) for ref in above.children] == [("Tides", 3)]


def test_the_index_shows_time_where_papers_are_many() -> None:
    """A line of heights for a tag of many papers, none for one of few."""
    papers = [paper(n, f"{2000 + n % 10}", "Tides") for n in range(30)]
    papers += [paper(100 + n, "2009", "Salt") for n in range(40)]
    index: Any = pages(papers)["tags/index.html"].view
    (field,) = (node for node in index.fields if node.ref.name == "Wet things")
    (tides,) = field.children
    assert tides.spark == field.spark == (12,) * 10
    assert (tides.below, field.below, field.folded) == (0, 1, False)
    assert [ref.name for ref in index.own] == ["Salt"]
    assert (index.first, index.last, index.foremost) == ("2000", "2009", ())


def test_many_keywords_are_led_by_the_foremost() -> None:
    """Those with most papers come first, and all are there by name."""
    papers = [paper(n, "2020", f"Word {n % 90}") for n in range(130)]
    index: Any = pages(papers)["tags/index.html"].view
    assert len(index.own) == 90
    assert len(index.foremost) == 30
    assert all(ref.count == 2 for ref in index.foremost)


def test_a_very_large_index_shows_the_upper_levels() -> None:
    """Fields and two levels below them; what is deeper stands on the pages of tags."""
    every = [slug for slug in TAXONOMY.topics if slug in TAXONOMY.below or TAXONOMY.ancestors(slug)]
    papers = [
        Paper(key=f"k{n:04}", slug=f"p{n}", title="T", title_source="given", published="2020",
              tags=(Tag(slug=slug, name=TAXONOMY.topics[slug].name, source="taxonomy"),))
        for n, slug in enumerate(every)
    ]  # fmt: skip
    assert len(every) > 1_500
    made = pages(papers, 50)
    index: Any = made["tags/index.html"].view
    levels = [index.fields]
    while levels[-1]:
        levels.append(tuple(child for node in levels[-1] for child in node.children))
    assert len(levels) == 4
    assert all(not node.spark for node in levels[2])
    shown = {node.ref.path for level in levels for node in level}
    deeper: list[str] = [path for path in made if path.count("/") == 1 and path not in shown]
    linked = {ref.path for page in made.values() if page.template == "tag.html"
              for ref in page.view.children}  # fmt: skip
    assert set(deeper) - {"tags/index.html"} <= linked
