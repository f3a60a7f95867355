"""Sightings of one paper are brought together.

Two sightings are the same paper when they share an identifier (arXiv, DOI), or when their abstracts
or their titles are equal once case, accents, punctuation and LaTeX spelling are folded away,
unless both carry identifiers of one kind and these differ: then they are two papers, whatever
their text. The result does not depend on the order of the sightings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from digest.catalogue.keys import WORD, Keyed, keyed
from digest.identifiers import canonical_doi
from digest.paper import Record, Sighting
from digest.text import unaccented

_ALIKE = 0.3
"""Share of common words from which two wordings of an abstract may be of one paper."""
_TRIES = 8
"""Groups under one key that a sighting is compared with: keeps merging linear where thousands of
papers share a title."""


def merge(sightings: Iterable[Sighting]) -> list[tuple[Sighting, ...]]:
    """Group `sightings` by paper; groups and their members stand in an order of their content.

    Texts are cleaned on the way: from here on they are fit for a page.
    """
    groups = merge_keyed(map(keyed, sightings))
    return [tuple(member.sighting for member in group) for group in groups]


def merge_keyed(sightings: Iterable[Keyed]) -> list[tuple[Keyed, ...]]:
    """What `merge` does, where the keys are known."""
    # By content first: renaming a file must not change which of two records speaks first.
    ordered = sorted(
        sightings,
        key=lambda k: (k.fingerprint, k.sighting.source.file, k.sighting.source.start),
    )
    records = [member.sighting.record for member in ordered]
    groups = _Groups([_identity(r) for r in records])
    groups.join_equal([member.fingerprint for member in ordered])
    groups.join_equal([r.eprint for r in records])
    groups.join_equal([canonical_doi(r.doi) if r.doi else None for r in records])
    groups.join_equal([member.abstract for member in ordered])
    groups.join_equal(
        [member.title for member in ordered],
        lambda one, other: _same_work(records[one], records[other]),
    )
    members: dict[int, list[Keyed]] = defaultdict(list)
    for index, member in enumerate(ordered):
        members[groups.find(index)].append(member)
    return [tuple(group) for group in members.values()]


def _identity(record: Record) -> dict[str, str]:
    found = {}
    if record.eprint:
        found["arxiv"] = record.eprint
    if record.doi:
        found["doi"] = canonical_doi(record.doi)
    return found


def _same_work(one: Record, other: Record) -> bool:
    """Whether two records of one title are one paper: a title alone proves nothing."""
    if one.authors and other.authors:
        return _family(one.authors[0]) == _family(other.authors[0])
    if not one.abstract or not other.abstract:
        return True
    mine, theirs = (set(WORD.findall(unaccented(r.abstract or ""))) for r in (one, other))
    return len(mine & theirs) >= _ALIKE * max(1, min(len(mine), len(theirs)))


def _family(name: str) -> str:
    before, comma, _ = name.partition(",")
    words = unaccented(before if comma else name).split()
    return words[-1] if words else ""


class _Groups:
    """Disjoint sets that refuse to bring two identifiers of one kind together."""

    def __init__(self, identities: list[dict[str, str]]) -> None:
        self._parent = list(range(len(identities)))
        self._identity = identities

    def find(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join_equal(
        self,
        keys: Sequence[str | None],
        same: Callable[[int, int], bool] = lambda _one, _other: True,
    ) -> None:
        """Join the sets of all indexes whose keys are equal, where `same` agrees."""
        by_key: dict[str, list[int]] = {}
        for index, key in enumerate(keys):
            if key is None:
                continue
            known = by_key.setdefault(key, [])
            if not any(same(one, index) and self._join(one, index) for one in known[:_TRIES]):
                known.append(index)

    def _join(self, one: int, other: int) -> bool:
        one, other = sorted((self.find(one), self.find(other)))
        if one == other:
            return True
        mine, theirs = self._identity[one], self._identity[other]
        if any(mine[kind] != theirs[kind] for kind in mine.keys() & theirs.keys()):
            return False
        self._parent[other] = one
        self._identity[one] = mine | theirs
        return True
