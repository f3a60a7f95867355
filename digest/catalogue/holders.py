"""Which paper holds which address: what the content tells, then what the registry remembers.

An address that a record of a paper would have by itself is that paper's. One that only the registry
knows is looked for, in this order: among identifiers and texts that records have besides the
strongest (a record that gained an identifier would have had it before); by following the registry
to an address that is held; among the other addresses of the same paper, as the registry has them;
and among new papers, by the words of the title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from digest.catalogue.addresses import Registry
from digest.catalogue.keys import Keyed
from digest.catalogue.slugs import doi_slug, text_slug
from digest.identifiers import canonical_doi
from digest.paper import Paper
from digest.text import content_hash

_HASHED = re.compile(r"(.*)-([0-9a-f]{8})")
_WORDS_LEAST = 20
"""Characters of a slug's words below which they tell no paper from another."""
_RANK = {"arxiv": 0, "doi": 1}


class Held(NamedTuple):
    """Papers with their addresses."""

    papers: list[Paper]
    """As they came, each with an address of its own and all that lead to it."""
    marks: dict[str, str]
    """What tells apart, by address, the papers whose address may be another's as well."""


class Standing(NamedTuple):
    """What becomes of the registry."""

    registry: Registry
    gone: tuple[str, ...]
    """Addresses that no paper holds any more, sorted."""


def hold(papers: Sequence[Paper], groups: Sequence[Sequence[Keyed]], registry: Registry) -> Held:
    """Addresses for `papers`, which are understood from `groups`; the order plays no part."""
    marks = [_mark(paper, group) for paper, group in zip(papers, groups, strict=True)]
    named = _own(papers, groups, marks, registry)
    owner = {paper.slug: place for place, paper in enumerate(named)}
    first = dict(owner)
    aliases: list[set[str]] = [set() for _ in papers]
    for alias, claimants in sorted(_claims(named, owner).items()):
        place = _foremost(alias, claimants, named, registry, owner)
        owner[alias] = place
        aliases[place].add(alias)
    lost = sorted(registry.leads.keys() - owner.keys())
    if lost:
        for address, place in _found(lost, groups, named, registry, owner, first).items():
            aliases[place].add(address)
    settled = [
        structs.replace(paper, aliases=_in_order(paper.aliases, more))
        if more != set(paper.aliases)
        else paper
        for paper, more in zip(named, aliases, strict=True)
    ]
    return Held(settled, {p.slug: m for p, m in zip(settled, marks, strict=True) if m})


def book(registry: Registry, papers: Iterable[Paper], marks: Mapping[str, str]) -> Standing:
    """The registry after a build that shows `papers`, as `hold` gave them."""
    leads: dict[str, str] = {}
    kept: dict[str, str] = {}
    for paper in papers:
        leads[paper.slug] = ""
        for alias in paper.aliases:
            leads[alias] = paper.slug
        if paper.slug in marks:
            kept[paper.slug] = marks[paper.slug]
    gone = sorted(registry.leads.keys() - leads.keys())
    for address in gone:
        leads[address] = registry.leads[address]
        if address in registry.marks:
            kept[address] = registry.marks[address]
    return Standing(Registry(leads, kept, registry.remarks), tuple(gone))


def _mark(paper: Paper, group: Sequence[Keyed]) -> str:
    """ "" where the address cannot be another paper's: identifiers and abstracts are joined."""
    if not paper.key.startswith("text:") or any(member.abstract for member in group):
        return ""
    return min(member.fingerprint for member in group)[:8]


def _own(
    papers: Sequence[Paper],
    groups: Sequence[Sequence[Keyed]],
    marks: Sequence[str],
    registry: Registry,
) -> list[Paper]:
    """`papers` with a slug and key of their own; who had one first keeps it."""
    claims: dict[str, list[int]] = defaultdict(list)
    for place, paper in enumerate(papers):
        claims[paper.slug].append(place)
    named = list(papers)
    for slug, places in claims.items():
        if len(places) == 1 and not marks[places[0]]:
            continue
        own = {p: marks[p] or min(m.fingerprint for m in groups[p])[:8] for p in places}
        before = registry.marks.get(slug)
        free = [p for p in places if f"{slug}-{own[p]}" not in registry.leads or own[p] == before]
        keeps = min(free, key=lambda p: (own[p] != before, own[p], _content(groups[p])), default=-1)
        for place in places:
            if place != keeps:
                named[place] = structs.replace(
                    papers[place],
                    slug=f"{slug}-{own[place]}",
                    key=f"{papers[place].key}~{own[place]}",
                )
    return _apart(named)


def _apart(papers: list[Paper]) -> list[Paper]:
    """`papers` with a key each: titles too different to be one paper's may stand over one abstract,
    which alone makes the key. Their addresses differ; the first in the alphabet keeps the key."""
    holders: dict[str, str] = {}
    shared = False
    for paper in papers:
        shared = shared or paper.key in holders
        holders[paper.key] = min(paper.slug, holders.get(paper.key, paper.slug))
    if not shared:
        return papers
    return [
        paper
        if paper.slug == holders[paper.key]
        else structs.replace(paper, key=f"{paper.key}~{content_hash(paper.slug)}")
        for paper in papers
    ]


def _content(group: Sequence[Keyed]) -> list[str]:
    return sorted(member.fingerprint for member in group)


def _claims(papers: Sequence[Paper], taken: Mapping[str, int]) -> dict[str, list[int]]:
    """By address that is no paper's own who has a record that would stand there."""
    claims: dict[str, list[int]] = defaultdict(list)
    for place, paper in enumerate(papers):
        for alias in paper.aliases:
            if alias not in taken:
                claims[alias].append(place)
    return claims


def _foremost(
    address: str,
    places: Collection[int],
    papers: Sequence[Paper],
    registry: Registry,
    owner: Mapping[str, int],
) -> int:
    """Which of several papers an address belongs to: the one that it led to."""
    if len(places) > 1:
        led = owner.get(registry.leads.get(address) or "")
        if led is not None and led in places:
            return led
    return min(places, key=lambda place: _preference(papers[place].slug))


def _preference(slug: str) -> tuple[int, str]:
    return _RANK.get(slug.partition("-")[0], 2), slug


def _found(
    lost: Sequence[str],
    groups: Sequence[Sequence[Keyed]],
    papers: Sequence[Paper],
    registry: Registry,
    owner: Mapping[str, int],
    first: Mapping[str, int],
) -> dict[str, int]:
    """Places of papers to which `lost` addresses lead; without those that lead nowhere."""
    hints = _hints(lost, groups)
    families = _families(registry.leads)
    found: dict[str, int] = {}
    rest: list[str] = []
    for address in lost:
        followed = _follow(address, registry.leads, owner, hints)
        places = hints.get(address, set())
        if followed is not None and (not places or followed in places):
            found[address] = followed
        elif places:
            found[address] = min(places, key=lambda place: _preference(papers[place].slug))
        else:
            kin = {owner[other] for other in families.get(address, ()) if other in owner}
            for other in families.get(address, ()):
                kin |= hints.get(other, set())
            if kin:
                found[address] = min(kin, key=lambda place: _preference(papers[place].slug))
            else:
                rest.append(address)
    fresh = [place for slug, place in first.items() if slug not in registry.leads]
    return found | _by_words(rest, groups, fresh)


def _hints(lost: Sequence[str], groups: Sequence[Sequence[Keyed]]) -> dict[str, set[int]]:
    """Papers with a record that stood at a lost address before it had a better identifier."""
    hints: dict[str, set[int]] = defaultdict(set)
    wanted = frozenset(lost)
    hashed: dict[str, list[str]] = defaultdict(list)
    for address in lost:
        if match := _HASHED.fullmatch(address):
            hashed[match[2]].append(address)
    dois = any(address.startswith("doi-") for address in lost)
    for place, group in enumerate(groups):
        for member in group:
            record = member.sighting.record
            if dois and record.doi and record.eprint:
                slug = doi_slug(canonical_doi(record.doi))
                if slug in wanted:
                    hints[slug].add(place)
            if not hashed:
                continue
            if member.abstract:
                # The hash in a text's address: whatever title it stood under.
                for slug in hashed.get(member.abstract[:8], ()):
                    hints[slug].add(place)
            elif (record.eprint or record.doi) and (slug := text_slug(record)) in wanted:
                hints[slug].add(place)
    return hints


def _follow(
    address: str,
    leads: Mapping[str, str],
    owner: Mapping[str, int],
    hints: Mapping[str, set[int]],
) -> int | None:
    seen = {address}
    while (address := leads.get(address, "")) and address not in seen:
        if address in owner:
            return owner[address]
        if len(hints.get(address, ())) == 1:
            return next(iter(hints[address]))
        seen.add(address)
    return None


def _families(leads: Mapping[str, str]) -> dict[str, list[str]]:
    """By address all that ever were the same paper's, in order; none for one that stood alone."""
    joined: dict[str, list[str]] = {}
    for address, to in sorted(leads.items()):
        if not to:
            continue
        one, other = joined.setdefault(address, [address]), joined.setdefault(to, [to])
        if one is not other:
            small, large = sorted((one, other), key=len)
            large.extend(small)
            for member in small:
                joined[member] = large
    return joined


def _by_words(
    lost: Sequence[str], groups: Sequence[Sequence[Keyed]], fresh: Sequence[int]
) -> dict[str, int]:
    """New papers under the title of one that is gone, where both are the only ones."""
    words: dict[str, list[str]] = defaultdict(list)
    for address in lost:
        match = _HASHED.fullmatch(address)
        if match and len(match[1]) >= _WORDS_LEAST:
            words[match[1]].append(address)
    if not words:
        return {}
    named: dict[str, set[int]] = defaultdict(set)
    for place in fresh:
        for member in groups[place]:
            slug = text_slug(member.sighting.record)
            match = _HASHED.fullmatch(slug)
            # The whole slug, where papers of one address are told apart by a hash after it.
            for title in (slug, match[1] if match else slug):
                if title in words:
                    named[title].add(place)
    return {
        words[title][0]: next(iter(places))
        for title, places in named.items()
        if len(places) == 1 and len(words[title]) == 1
    }


def _in_order(before: Sequence[str], now: Collection[str]) -> tuple[str, ...]:
    kept = [alias for alias in before if alias in now]
    return (*kept, *sorted(set(now).difference(kept)))
