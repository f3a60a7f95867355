"""What a page is: a path, the template or maker that renders it, and the view that it shows.

A view that lists papers is planned as a recipe: what it is made of is known and hashed, but it is
made by whoever renders the page. So a page that did not change is never made at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, msgpack

from digest.language import Words, words_of
from digest.paper import Paper
from digest.text import mark_of


class Ways(Struct, frozen=True):
    """Where the names on a page may lead, to parts of the site that it has, and what they say."""

    days: bool = True
    search: bool = True
    venues: bool = True
    language: str = "en"
    own_words: str = ""
    """The digest's own catalogue, as `words_of` takes it."""

    @property
    def words(self) -> Words:
        """What the interface says."""
        return words_of(self.language, self.own_words)


class Recipe(Struct, frozen=True):
    """A view to be: `make(shown, papers, ways)`, which may look at nothing else."""

    make: Callable[[Any, Sequence[Paper], Ways], Any]
    shown: Any
    """What the page shows besides the papers; values that `msgpack` can encode."""
    papers: Sequence[Paper]
    ways: Ways
    mark: bytes


class Page(Struct, frozen=True):
    """One file of the site, not yet rendered."""

    path: str
    """Relative to the site, with `/`."""
    template: str
    """A template's file name, or the name of a maker in `render.MAKERS`."""
    source: Any
    """The view, a frozen value of `views` or of the maker's module; or the Recipe for it."""

    @property
    def view(self) -> Any:
        """What the page shows."""
        source = self.source
        if type(source) is Recipe:
            return source.make(source.shown, source.papers, source.ways)
        return source

    @property
    def mark(self) -> bytes:
        """Hash of what it shows, known before it is made: equal marks mean equal views."""
        source = self.source
        return source.mark if type(source) is Recipe else mark_of(msgpack.encode(source))
