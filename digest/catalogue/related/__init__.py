"""Papers like a paper: those that share its subjects, words, authors or sources, and why.

Likeness is a sum over what two papers share; every part's weight rests on the two papers and on
figures that ship with the package, so that a new paper changes the lists of its neighbours alone.
The lists are a function of the set of papers: neither their order nor who computes it plays a part.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.catalogue.related.relation import MOST, Reason, Related, Spread, here
from digest.paper import Paper

__all__ = ["MOST", "Reason", "Related", "Spread", "here", "relate"]


def relate(papers: Sequence[Paper], spread: Spread = here) -> dict[str, tuple[Related, ...]]:
    """For every paper's key up to `MOST` related papers, best first. Keys differ.

    The work is done through `spread`, so that it may use several processes. A build that keeps
    what it found uses `relations` instead.
    """
    # It needs numpy, which takes 0.1 s to import: only a build pays for it.
    from digest.catalogue.related.relations import renew  # noqa: PLC0415

    return renew(None, papers, (), spread).relations.lists()
