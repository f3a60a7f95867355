"""Related papers share what is rare, and say so."""

from __future__ import annotations

from collections.abc import Sequence

from digest.catalogue.related import COMMON, MOST, relate
from digest.paper import Author, Paper, Tag


def paper(number: int, tags: Sequence[str] = (), authors: Sequence[str] = ()) -> Paper:
    return Paper(
        key=f"text:{number}", slug=str(number), title="x", title_source="given",
        tags=tuple(Tag(t, t.capitalize(), "taxonomy") for t in tags),
        authors=tuple(Author(a, a, "") for a in authors),
    )  # fmt: skip


def test_a_shared_rare_tag_relates() -> None:
    """With its name as reason; a paper is never related to itself."""
    found = relate([paper(1, ["biscuits"]), paper(2, ["biscuits"]), paper(3, ["tea"])])
    assert {key: [(r.key, r.why) for r in rows] for key, rows in found.items()} == {
        "text:1": [("text:2", ("Biscuits",))], "text:2": [("text:1", ("Biscuits",))]}  # fmt: skip


def test_more_and_rarer_reasons_come_first() -> None:
    """Two shared topics beat one; an author counts too."""
    papers = [paper(1, ["a", "b"], ["Ada"]), paper(2, ["a"]), paper(3, ["a", "b"]),
              paper(4, [], ["Ada"])]  # fmt: skip
    rows = relate(papers)["text:1"]
    assert rows[0].key == "text:3"
    assert ("Ada",) in [r.why for r in rows]


def test_what_everybody_shares_says_nothing() -> None:
    """A tag on very many papers relates none of them, and costs no quadratic time."""
    assert relate([paper(n, ["machine learning"]) for n in range(COMMON + 1)]) == {}


def test_the_list_is_short_and_steady() -> None:
    """At most `MOST`; the order of papers plays no part."""
    papers = [paper(n, ["biscuits"]) for n in range(MOST + 3)]
    found = relate(papers)
    assert all(len(rows) == MOST for rows in found.values())
    assert relate(papers[::-1]) == found
