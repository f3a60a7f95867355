"""Long lists are divided so that what is added disturbs little."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.website.pager import divide


def pages(count: int, size: int) -> dict[str, tuple[int, ...]]:
    # The newest item has the highest number and stands first.
    items = list(range(count, 0, -1))
    return {path: tuple(part) for path, part, _ in divide(items, size, "tags/x.html")}


def test_names_follow_the_contract() -> None:
    """A list that fits stays one page; the oldest full page is 2.html."""
    assert list(pages(10, 5)) == ["tags/x.html"]
    assert pages(11, 5) == {"tags/x.html": (11, 10, 9, 8, 7, 6), "tags/x/2.html": (5, 4, 3, 2, 1)}
    assert list(pages(16, 5)) == ["tags/x.html", "tags/x/3.html", "tags/x/2.html"]


@given(st.integers(0, 400), st.integers(1, 30))
def test_every_item_stands_once_in_order(count: int, size: int) -> None:
    """Dividing loses and repeats nothing, and no page is longer than two pages' worth."""
    found = [item for part in pages(count, size).values() for item in part]
    assert found == list(range(count, 0, -1))
    assert all(len(part) <= 2 * size for part in pages(count, size).values())


@given(st.integers(0, 400), st.integers(1, 30))
def test_one_more_item_rewrites_two_pages_at_most(count: int, size: int) -> None:
    """A new newest item changes the first page, and now and then fills one more."""
    before, after = pages(count, size), pages(count + 1, size)
    assert sum(before.get(path) != part for path, part in after.items()) <= 2
    assert before.keys() <= after.keys()


@given(st.integers(0, 400), st.integers(1, 30))
def test_pagers_form_one_chain(count: int, size: int) -> None:
    """From the newest page one reaches the oldest and back."""
    rows = list(divide(list(range(count)), size, "tags/x.html"))
    paths = [path for path, _, _ in rows]
    assert [pager.older for _, _, pager in rows] == [*paths[1:], None]
    assert [pager.newer for _, _, pager in rows] == [None, *paths[:-1]]
