"""Sightings of one paper are brought together, each with the reason why.

In this order, the surest first: what the user's notes say; equal records; equal identifiers (arXiv,
DOI, and others in links); equal abstracts; equal titles with the same first author at about the
same time; equal titles alone, where nothing speaks against it and only one paper has that title;
abstracts that are equal for the most part. Two sightings with identifiers of one kind that differ
are two papers whatever their text, and stay so through any third. An identifier that two sightings
share, which are unlike in everything else, is taken for a mistake. The result does not depend on
the order of the sightings, nor on the names of files.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import structs

from digest.catalogue.bonds import Bond, bind
from digest.catalogue.groups import Groups
from digest.catalogue.keys import ABSTRACT_LEAST, Keyed, identity, keyed, links_of, text_key
from digest.catalogue.likeness import (
    abstract_overlap,
    same_first_author,
    same_title,
    share_author,
    years_apart,
)
from digest.paper import Merge, Record, Sighting
from digest.problems import Problem

_TRIES = 8
"""Sets under one key that a sighting is compared with: keeps merging linear where thousands of
papers share a title."""
_UNLIKE = 0.1
"""Share of an abstract's runs of words below which two abstracts are of different papers."""
_TELLING = 400
"""Characters of an abstract from which most of its words being shared says much."""
_SURE = 8
"""Windows of an abstract from which the share of them that another has says something."""
_BACKED = 0.3
"""That share below which two abstracts are not compared."""
_LONG = 5
"""Years after which one title by one author needs more evidence."""

Test = Callable[[Record, Record], float]
"""How sure it is that two records are of one paper; 0 where they are not joined."""


def merge(sightings: Iterable[Sighting]) -> list[tuple[Sighting, ...]]:
    """Group `sightings` by paper; groups and their members stand in an order of their content.

    Texts are cleaned on the way: from here on they are fit for a page.
    """
    groups = merge_keyed(map(keyed, sightings))
    return [tuple(member.sighting for member in group) for group in groups]


class Merged(NamedTuple):
    """What `bring_together` gives."""

    groups: list[tuple[Keyed, ...]]
    """By paper; every member of several says why it is one."""
    problems: list[Problem]
    """Of the notes."""


def merge_keyed(sightings: Iterable[Keyed]) -> list[tuple[Keyed, ...]]:
    """What `merge` does, where the keys are known; every member of several says why it is one."""
    return bring_together(sightings).groups


def bring_together(sightings: Iterable[Keyed], bonds: Sequence[Bond] = ()) -> Merged:
    """The same, with what the user says of which papers are one: it wins over everything."""
    # By content first: renaming a file must not change which of two records speaks first.
    ordered = sorted(
        sightings,
        key=lambda k: (k.fingerprint, k.sighting.source.file, k.sighting.source.start),
    )
    records = [member.sighting.record for member in ordered]
    kinds = [identity(record) for record in records]
    groups = Groups(kinds)
    problems = bind(bonds, records, groups)
    stage = _Stage(groups, records)
    stage.join_equal("text", [member.fingerprint for member in ordered], lambda _a, _b: 1.0)
    for kind in ("arxiv", "doi"):
        stage.join_equal(kind, [found.get(kind) for found in kinds], _by_identifier, split=kind)
    others = [links_of(record) if record.links else () for record in records]
    for place in range(max(map(len, others), default=0)):
        keys = [names[place] if place < len(names) else None for names in others]
        stage.join_equal("link", keys, _by_link)
    del kinds, others
    stage.join_equal("abstract", [member.abstract for member in ordered], _by_abstract)
    titles = [member.title for member in ordered]
    stage.join_equal("title-author", titles, _by_title_and_author)
    stage.join_lone("title", titles, _by_title)
    stage.join_near(ordered)
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(ordered)):
        members[groups.find(index)].append(index)
    return Merged([_told(group, ordered, groups) for group in members.values()], problems)


def _told(group: Sequence[int], ordered: Sequence[Keyed], groups: Groups) -> tuple[Keyed, ...]:
    if len(group) == 1:
        return (ordered[group[0]],)
    return tuple(structs.replace(ordered[i], merged=groups.why(i)) for i in group)


class _Stage:
    """Joins sets of records by one kind of evidence after the other."""

    def __init__(self, groups: Groups, records: Sequence[Record]) -> None:
        self._groups = groups
        self._records = records

    def join_equal(
        self, rule: str, keys: Sequence[str | None], test: Test, split: str | None = None
    ) -> None:
        """Join the sets of all whose keys are equal, where `test` agrees. Those of which it does
        not are parted for good where `split` names the kind of identifier that the key is."""
        for key, bucket in self._buckets(keys):
            speakers: list[int] = []
            if split is not None:
                # Whoever says most speaks first: what has the identifier alone joins it.
                bucket.sort(key=lambda index: (-_fullness(self._records[index]), index))
            for index in bucket:
                known = speakers[:_TRIES]
                if any(self._joins(rule, key, one, index, test) for one in known):
                    continue
                if split is not None and speakers:
                    self._groups.part(speakers[0], f"{split} of", "0")
                    self._groups.part(index, f"{split} of", str(len(speakers)))
                speakers.append(index)

    def join_lone(self, rule: str, keys: Sequence[str | None], test: Test) -> None:
        """As `join_equal`, but where several sets would do, none is right."""
        for key, bucket in self._buckets(keys):
            sets = list(dict.fromkeys(map(self._groups.find, bucket)))[: 2 * _TRIES]
            fit: dict[int, list[int]] = defaultdict(list)
            pairs = [(a, b) for n, a in enumerate(sets) for b in sets[n + 1 :]]
            by_set: dict[int, list[int]] = defaultdict(list)
            for index in bucket:
                by_set[self._groups.find(index)].append(index)
            for a, b in pairs:
                if self._groups.may_join(a, b) and self._agree(by_set[a], by_set[b], test):
                    fit[a].append(b)
                    fit[b].append(a)
            for a, b in pairs:
                # What fits one also fits all that fit the other: there is no choice to make.
                if b in fit[a] and {a, *fit[a]} == {b, *fit[b]}:
                    self._joins(rule, key, by_set[a][0], by_set[b][0], test)

    def _agree(self, some: Sequence[int], others: Sequence[int], test: Test) -> bool:
        return all(test(self._records[a], self._records[b]) for a in some[:4] for b in others[:4])

    def join_near(self, ordered: Sequence[Keyed]) -> None:
        """Join the sets whose abstracts are equal for the most part, the likest first.

        Two with arXiv identifiers never join here, so that only others need to be looked up.
        """
        seen: set[tuple[int, str]] = set()
        loose: list[int] = []
        fixed: list[int] = []
        for index, member in enumerate(ordered):
            root = self._groups.find(index)
            if member.abstract is not None and (root, member.abstract) not in seen:
                seen.add((root, member.abstract))
                (fixed if "arxiv" in self._groups.identity(root) else loose).append(index)
        del seen
        if not loose or len(loose) + len(fixed) == 1:
            return
        # It needs numpy, which takes a while to import: only a digest with such papers pays for it.
        from digest.catalogue.near import find_near  # noqa: PLC0415

        found: list[tuple[float, int, int]] = []
        for one, other, shared, windows in find_near(self._letters(loose), self._letters(fixed)):
            # A sentence in common is no paper in common.
            if windows >= _SURE and shared < _BACKED * windows:
                continue
            if self._groups.find(one) == self._groups.find(other):
                continue
            if self._groups.may_join(one, other):
                most = _most_shared(shared, windows)
                share = near_share(self._records[one], self._records[other], most)
                if share:
                    found.append((-share, one, other))
        for share, one, other in sorted(found):
            said = f"{-share:.0%} of the abstract"
            self._groups.join(
                one, other, Merge("near-abstract", said, round(0.7 - 0.25 * share, 2))
            )

    def _letters(self, indexes: Iterable[int]) -> Iterable[tuple[int, str]]:
        for index in indexes:
            yield index, text_key(self._records[index].abstract, ABSTRACT_LEAST) or ""

    def _buckets(self, keys: Sequence[str | None]) -> Iterable[tuple[str, list[int]]]:
        first: dict[str, int] = {}
        buckets: dict[str, list[int]] = {}
        for index, key in enumerate(keys):
            if key is None:
                continue
            known = first.setdefault(key, index)
            if known != index:
                buckets.setdefault(key, [known]).append(index)
        return buckets.items()

    def _joins(self, rule: str, key: str, one: int, other: int, test: Test) -> bool:
        if self._groups.find(one) == self._groups.find(other):
            return True
        if not self._groups.may_join(one, other):
            return False
        sure = test(self._records[one], self._records[other])
        if not sure:
            return False
        said = key if rule in ("arxiv", "doi", "link") else ""
        return self._groups.join(one, other, Merge(rule, said, sure))  # type: ignore[arg-type]


def _fullness(record: Record) -> int:
    return bool(record.title) + bool(record.authors) + bool(record.abstract)


def _by_identifier(one: Record, other: Record) -> float:
    """One identifier is one paper, but where title, authors and abstract all say otherwise."""
    if same_title(one, other) is not False or share_author(one, other) is not False:
        return 0.99
    overlap = abstract_overlap(one, other)
    if overlap is not None:
        return 0.9 if overlap >= _UNLIKE else 0.0
    # Another language, and its spelling of names, is no contradiction.
    texts = (one.title or "") + (other.title or "")
    return 0.0 if texts.isascii() else 0.8


def _by_link(one: Record, other: Record) -> float:
    return 0.95 if same_title(one, other) is not False else 0.0


def _by_abstract(one: Record, other: Record) -> float:
    if same_title(one, other) is False:
        # Prefaces of proceedings, parts of a series, notes on one collaboration.
        return 0.85 if share_author(one, other) and not _parts(one, other) else 0.0
    return 0.98


def _parts(one: Record, other: Record) -> bool:
    """Whether two titles differ in a number alone."""
    plain = (structs.replace(r, authors=(), abstract=None) for r in (one, other))
    first, second = plain
    return same_title(first, second) is False and _wording(first) == _wording(second)


def _wording(record: Record) -> str:
    return "".join(c for c in (record.title or "").lower() if c.isalpha() and c not in "ivx")


def _one_wording(one: Record, other: Record) -> bool:
    """Whether two titles have the same letters, or one goes on where the other ends."""
    first, second = (text_key(record.title) or "" for record in (one, other))
    return first.startswith(second) or second.startswith(first)


def _by_title_and_author(one: Record, other: Record) -> float:
    if not same_first_author(one, other):
        return 0.0
    overlap = abstract_overlap(one, other)
    if overlap is not None:
        return 0.97 if overlap >= _UNLIKE else 0.0
    apart = years_apart(one, other)
    return 0.0 if apart is not None and apart > _LONG else 0.95


def _by_title(one: Record, other: Record) -> float:
    if same_first_author(one, other) is False and not share_author(one, other):
        return 0.0
    overlap = abstract_overlap(one, other)
    if overlap is not None:
        return 0.9 if overlap >= 3 * _UNLIKE else 0.0
    apart = years_apart(one, other)
    return 0.0 if apart is not None and apart > _LONG else 0.8


def _most_shared(shared: int, windows: int) -> float:
    """The share of two abstracts' runs of words that can be expected at most, where they share so
    many `windows`, each of which is about as long as six words and a half; runs are of three."""
    return math.pow(min(1.0, shared / windows + 1.4 / math.sqrt(windows)), 3 / 6.5)


def near_share(one: Record, other: Record, most: float = 1.0) -> float:
    """How much of the shorter abstract stands in the other, where that and the rest of what the
    records say is enough for one paper; else 0. `most`: what is known not to be exceeded."""
    titles, authors = same_title(one, other), share_author(one, other)
    if titles is False:
        least = 0.8 if authors and not _parts(one, other) else 2.0
    elif authors is False:
        least = 0.9 if titles else 2.0
    elif titles and not _one_wording(one, other):
        # Two entries made by one pattern ("A study of …") share most of their words.
        least = 0.8 if min(len(one.abstract or ""), len(other.abstract or "")) >= _TELLING else 0.95
    elif titles or authors:
        least = 0.4
    else:
        least = 0.6
    # The abstracts last, for they take the longest to compare.
    share = abstract_overlap(one, other) if least <= most else None
    return share if share is not None and share >= least else 0.0
