"""What a page is: a path, the template or maker that renders it, and the view that it shows."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Page(Struct, frozen=True):
    """One file of the site, not yet rendered."""

    path: str
    """Relative to the site, with `/`."""
    template: str
    """A template's file name, or the name of a maker in `render.MAKERS`."""
    view: Any
    """A frozen value of `views`, or of the maker's module."""
