"""What is said of two papers that are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

MOST = 8
"""Papers named beside a paper, at most."""


class Reason(NamedTuple):
    """Why a paper is named beside another."""

    rule: str
    """`same-text`, `cites`, `cited`, `both-cite`, `system`, `subjects`, `mentions` or `authors`."""
    names: tuple[str, ...] = ()
    more: int = 0
    """So many are not named."""


class Related(Struct, frozen=True):
    """Another paper, and why it is named."""

    key: str
    why: tuple[Reason, ...]


Spread = Callable[..., Iterator[Any]]
"""`(function, items, *shared)`: `function(item, *shared)` of every item, in order; in whatever
processes."""


def here(function: Callable[..., Any], items: Sequence[Any], *shared: object) -> Iterator[Any]:
    """The `Spread` of this process."""
    return (function(item, *shared) for item in items)
