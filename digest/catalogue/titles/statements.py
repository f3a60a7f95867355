"""What a sentence says that its paper does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    pass


Kind = Literal["object", "clause", "how", "infinitive", "passive", "definition"]


class Statement(NamedTuple):
    """A phrase that a verb of contribution points at."""

    score: float
    sentence: int
    start: int
    """First word of the phrase in its sentence."""
    end: int
    kind: Kind
    creates: bool = False
    """Whether the verb says that the thing is new, as `propose` does and `study` does not."""
