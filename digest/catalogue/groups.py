"""Disjoint sets of sightings that never bring together what an identifier or the user parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.paper import Merge

Identity = Mapping[str, str]
"""By kind of identifier its value; of a set that the user joined all its values, a line each."""


class Groups:
    """Sets of the indexes 0, 1, … of sightings, one each at first.

    Two sets whose identities differ in one kind are joined by force alone, so that no chain of
    joins brings two papers together, in whatever order they come.
    """

    def __init__(self, identities: Sequence[Identity]) -> None:
        self._parent = list(range(len(identities)))
        self._identity = list(identities)
        self._why: dict[int, Merge] = {}

    def find(self, index: int) -> int:
        """The index that stands for the set of `index`: the lowest in it."""
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def identity(self, index: int) -> Identity:
        """Of the whole set of `index`."""
        return self._identity[self.find(index)]

    def part(self, index: int, kind: str, side: str) -> None:
        """Let the set of `index` never join one that is on another side of `kind`."""
        root = self.find(index)
        self._identity[root] = {**self._identity[root], kind: side}

    def may_join(self, one: int, other: int, kinds: str = "") -> bool:
        """Whether nothing parts their sets; of identities only kinds that begin with `kinds`."""
        mine, theirs = self.identity(one), self.identity(other)
        if not mine or not theirs or mine is theirs:
            return True
        return not any(
            kind.startswith(kinds)
            and mine[kind] != theirs[kind]
            and not set(mine[kind].split("\n")) & set(theirs[kind].split("\n"))
            for kind in mine.keys() & theirs.keys()
        )

    def join(self, one: int, other: int, why: Merge, kinds: str = "") -> bool:
        """Make one set of theirs; False where something (see `may_join`) parts them."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if not self.may_join(first, second, kinds):
            return False
        self._parent[second] = first
        self._identity[first] = _union(self._identity[first], self._identity[second])
        for index in (one, other):
            known = self._why.get(index)
            if known is None or known.confidence < why.confidence:
                self._why[index] = why
        return True

    def why(self, index: int) -> Merge | None:
        """The surest reason for which `index` itself was joined; None where it stands alone."""
        return self._why.get(index)


def _union(mine: Identity, theirs: Identity) -> Identity:
    if not theirs or mine == theirs:
        return mine
    if not mine:
        return theirs
    both = {**mine, **theirs}
    for kind in mine.keys() & theirs.keys():
        if mine[kind] != theirs[kind]:
            values = {*mine[kind].split("\n"), *theirs[kind].split("\n")}
            both[kind] = "\n".join(sorted(values))
    return both
