"""Long lists are divided so that a new paper rewrites two pages at most.

Full pages are cut from the oldest paper on and numbered from there: `tags/x/2.html` holds the
oldest papers, `3.html` the next newer, and the first page `tags/x.html` what is newest, between one
and two pages' worth. A paper that joins at the new end changes the first page alone until a page
is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from digest.website.views import Pager

T = TypeVar("T")


def divide(items: Sequence[T], size: int, path: str) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """Yield the path, items and pager of each page of a list that starts at `path` (`x.html`).

    `items` stand newest first. One page, perhaps empty, is always yielded.
    """
    stem = path.removesuffix(".html")
    full = max(0, (len(items) - 1) // size - 1)
    newest = len(items) - full * size
    paths = [path, *(f"{stem}/{number}.html" for number in range(full + 1, 1, -1))]
    for place, own in enumerate(paths):
        start = 0 if place == 0 else newest + (place - 1) * size
        end = newest if place == 0 else start + size
        yield (
            own,
            items[start:end],
            Pager(
                newer=paths[place - 1] if place else None,
                older=paths[place + 1] if place + 1 < len(paths) else None,
                number=None if place == 0 else full + 2 - place,
            ),
        )
