"""Long lists are divided so that a new paper rewrites two pages at most.

Full pages are cut from the oldest paper on and numbered from there: `tags/x/2.html` holds the
oldest papers, `3.html` the next newer, and the first page `tags/x.html` what is newest, between one
and two pages' worth. A paper that joins at the new end changes the first page alone until a page
is full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from digest.language import Words
from digest.paper import Paper
from digest.website.views import Pager

T = TypeVar("T")
_ALONE = Pager(newer=None, older=None, number=None)
"""Of a list of one page, as nearly all are."""


def divide(
    items: Sequence[T], size: int, path: str, name: Callable[[Sequence[T]], str] | None = None
) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """Yield the path, items and pager of each page of a list that starts at `path` (`x.html`).

    `items` stand newest first. One page, perhaps empty, is always yielded. `name` says what a page
    holds; the first page, which changes with every paper, is never named.
    """
    full = max(0, (len(items) - 1) // size - 1)
    if not full:
        yield path, items, _ALONE
        return
    stem = path.removesuffix(".html")
    newest = len(items) - full * size
    paths = [path, *(f"{stem}/{number}.html" for number in range(full + 1, 1, -1))]
    parts = [items[:newest]]
    parts += [items[start : start + size] for start in range(newest, len(items), size)]
    names = ["", *(name(part) if name else "" for part in parts[1:]), ""]
    for place, own in enumerate(paths):
        yield (
            own,
            parts[place],
            Pager(
                newer=paths[place - 1] if place else None,
                older=paths[place + 1] if place < full else None,
                number=None if place == 0 else full + 2 - place,
                newer_name=names[place - 1] if place else "",
                older_name=names[place + 1],
                here=names[place],
            ),
        )


def span(words: Words) -> Callable[[Sequence[Paper]], str]:
    """Names a page by the months of its papers: `March 2019 to May 2020`, `2019`, `undated`."""

    def name(papers: Sequence[Paper]) -> str:
        dates = [paper.published[:7] for paper in (papers[0], papers[-1]) if paper.published]
        if not dates:
            return words.say("undated papers")
        last, first = dates[0], dates[-1]
        if len(dates) == 1:
            return words.say("{date} and undated", date=words.date(last))
        if first == last:
            return words.date(last)
        return words.say("{first} to {last}", first=words.date(first), last=words.date(last))

    return name
