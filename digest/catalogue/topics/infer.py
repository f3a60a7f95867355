"""Which topics a paper is about: from its title and abstract, its keywords and categories.

Topics are ranked by where their words stand (title, sentence that says what is proposed, first and
last sentence), how often, how specific they are, and whether the rest of the text belongs to the
same field. Phrases that the taxonomy lacks, and names, join them. Nothing depends on other papers.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from digest.catalogue.background.phrases import load_phrases
from digest.catalogue.topics.given import sort_given
from digest.catalogue.topics.hearing import hear
from digest.catalogue.topics.kinds import kind_of
from digest.catalogue.topics.mentions import find_mentions
from digest.catalogue.topics.named import named_data
from digest.catalogue.topics.phrases import LEAST, find_phrases, roots
from digest.catalogue.topics.ranking import MAX_FOUND, Find, odds, rank
from digest.catalogue.topics.spelling import phrase_name
from digest.catalogue.topics.vocabulary import Matcher
from digest.catalogue.topics.words import Text, cut
from digest.paper import Tag, TagSource
from digest.text import slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from digest.catalogue.topics.mentions import Mentions

__all__ = ["MAX_FOUND", "MAX_IMPLIED", "MAX_SHOWN", "Matcher", "infer_tags"]

MAX_IMPLIED = 2
MAX_SHOWN = 6
"""Tags beside those that the source gives."""
_MAX_TOPICS = 5
_MAX_PHRASES = 2
_MAX_DATA = 2
_FOREMOST = 2
"""So many topics are always among those that stand first."""
_CHIEF = 4
"""So many of what is found stand before the parents that they imply."""
_LAST_RESORT = -5.0
"""Worth of a phrase that will do where nothing else is found."""
_SMALL_FIELD = 25
"""A field of at most so many topics is a topic like others; a larger one says little of a paper."""


def infer_tags(
    matcher: Matcher, title: str, abstract: str, given: tuple[str, ...], system: str | None = None
) -> tuple[Tag, ...]:
    """Tags of a paper: `given` keywords, then what the text is about, best first, then parents.

    `given` are keywords and arXiv categories of the source; `system` is the name of what the paper
    proposes. Any text is allowed, LaTeX too.
    """
    known, own, categories = sort_given(matcher, given)
    text = cut(matcher.stems, title, abstract)
    mentions = find_mentions(matcher, text)
    finds = hear(matcher, mentions, text, alone=not known)
    data = {s: finds.pop(s) for s in [s for s in finds if matcher.ranks[s].kind == "data"]}
    shares = rank(matcher, finds, known)
    tags: dict[str, Tag] = {}
    for slug, keyword in known.items():
        evidence = finds[slug].evidence(text) if slug in finds else ()
        tags[slug] = _tag(matcher, slug, "given", tuple(dict.fromkeys((keyword, *evidence))))
    for tag in own:
        tags.setdefault(tag.slug, tag)
    room = MAX_SHOWN if not tags else max(0, MAX_SHOWN - len(tags))
    topics = [
        (
            odds(matcher.ranks[slug], finds[slug], share, text, matcher.sizes[slug]),
            _tag(matcher, slug, "taxonomy", finds[slug].evidence(text)),
        )
        for slug, share in shares.items()
        if slug not in tags
    ][:_MAX_TOPICS]
    said = [*tags, *(tag.slug for _, tag in topics)]
    phrases = _phrases(matcher, text, mentions, said, system)
    found = sorted([*topics, *islice(phrases, _MAX_PHRASES)], key=lambda entry: -entry[0])
    pinned = [*_pinned(matcher, finds, text)]
    names = [*_system(system), *_data(matcher, text, data, system)]
    most = len(tags) + room
    foremost = [tag.slug for _, tag in topics[:_FOREMOST]]
    found.sort(key=lambda entry: entry[1].slug not in foremost)  # stable: else by their odds
    chief = sorted(found[:_CHIEF], key=lambda entry: -entry[0])
    told = [
        tag
        for tag in [*pinned, *(tag for _, tag in [*chief, *found[_CHIEF:]])]
        if _wanted(matcher, tag)
    ]
    for tag in told[: max(_CHIEF, len(pinned))]:
        if len(tags) < most:
            tags.setdefault(tag.slug, tag)
    near = [slug for slug in tags if slug in matcher.taxonomy.topics]
    near = [slug for slug in near if slug not in finds or not finds[slug].passing] or near
    for slug, category in categories.items():
        if slug not in tags:
            tags[slug] = _tag(matcher, slug, "category", (category,))
            most += 1
    implied = [_tag(matcher, slug, "implied", ()) for slug in _implied(matcher, near, tags)]
    early = max(0, most - len(tags) - 1)  # the paper's own name comes before the last place
    names = [name for name in names if _wanted(matcher, name)]
    for tag in [*implied[:early], *names, *implied[early:], *told[_CHIEF:]]:
        if len(tags) < most:
            tags.setdefault(tag.slug, tag)
    return tuple(tags.values())


def _wanted(matcher: Matcher, tag: Tag) -> bool:
    return tag.slug not in matcher.taxonomy.hidden


def _tag(matcher: Matcher, slug: str, source: TagSource, evidence: tuple[str, ...]) -> Tag:
    rank = matcher.ranks[slug]
    return Tag(slug, rank.topic.name, source, evidence, rank.kind)


def _pinned(matcher: Matcher, finds: dict[str, Find], text: Text) -> Iterator[Tag]:
    for slug in sorted(matcher.pinned & finds.keys()):
        if not finds[slug].weak:
            yield _tag(matcher, slug, "taxonomy", finds[slug].evidence(text))


def _phrases(
    matcher: Matcher,
    text: Text,
    mentions: Mentions,
    slugs: Collection[str],
    system: str | None,
) -> Iterator[tuple[float, Tag]]:
    """Phrases that say what the tags `slugs` do not, best first, with their worth."""
    background = load_phrases()
    terms = {m.start: m for m in mentions.found}
    ranks = [matcher.ranks[slug] for slug in slugs if slug in matcher.taxonomy.topics]
    said = [roots(rank.named) for rank in ranks]
    spelt = {rank.spelt for rank in ranks}
    made: list[frozenset[str]] = []
    earned = _earned(text, mentions, slugs)
    least = LEAST if said else _LAST_RESORT
    found = find_phrases(background.common, matcher.heads, text, mentions.steps, terms, least)
    for phrase in found:
        if phrase.worth < least:
            return
        words = frozenset(phrase.stems)
        new = roots(words)
        if (
            any(new <= other for other in said)
            or any(new > other for other in made)
            or "".join(phrase.stems) in spelt
            or any(new < other for other in earned)
        ):
            continue
        said.append(new)
        made.append(new)
        least = LEAST
        quote = text.quote(phrase.start, phrase.stop)
        term = terms.get(phrase.start)
        slug = term.sense.slug if term and term.stop == phrase.stop else ""
        if slug and (matcher.ranks[slug].named == words or slug in matcher.taxonomy.own):
            yield phrase.worth, _tag(matcher, slug, "taxonomy", (quote,))
            continue
        spoken = text.words[phrase.start : phrase.stop]
        name = phrase_name(spoken, phrase.stems, background.proper)
        short = text.short_for(phrase.start, phrase.stop)
        if short is None or short != system:
            evidence = (quote, short) if short else (quote,)
            kind = kind_of(name.lower().split())
            yield phrase.worth, Tag(slugify(name), name, "phrase", evidence, kind, page=False)


def _earned(text: Text, mentions: Mentions, slugs: Collection[str]) -> list[frozenset[str]]:
    """The roots of what earned the tags `slugs`: a phrase that is only a part of one, as `neural
    network` of `deep neural network`, says nothing more."""
    return [
        roots(frozenset(text.stems[start:stop]))
        for sense, _, start, stop in mentions.found
        if stop - start > 1 and sense[0] in slugs
    ]


def _system(system: str | None) -> Iterable[Tag]:
    if system:
        yield Tag(slugify(system), system, "name", (system,), "system", page=False)


def _data(
    matcher: Matcher, text: Text, named: dict[str, Find], system: str | None
) -> Iterable[Tag]:
    """Data sets: those that the taxonomy knows, then those that the text calls so."""
    found: dict[str, Tag] = {
        slug: _tag(matcher, slug, "name", find.evidence(text)) for slug, find in named.items()
    }
    for name, _ in named_data(text, matcher.exact):
        if name != system:
            slug = slugify(name)
            found.setdefault(slug, Tag(slug, name, "name", (name,), "data", page=False))
    return list(found.values())[:_MAX_DATA]


def _implied(matcher: Matcher, near: list[str], tags: dict[str, Tag]) -> list[str]:
    """The nearest topics above those found: a large field as a whole only where nothing is nearer.

    Of a topic with several parents all count where it comes first, else only the foremost.
    """
    topics = matcher.taxonomy.topics
    parents = [
        up
        for at, slug in enumerate(near)
        for up in topics[slug].parents[: None if at == 0 else 1]
        if up not in tags
    ]
    first = topics[near[0]].parents if near else ()
    close = list(
        dict.fromkeys(up for up in parents if topics[up].parents or _is_small(matcher, up, first))
    )
    if not close and not any(topics[slug].parents for slug in tags if slug in topics):
        close = parents[:1]
    if not close:
        close = [] if len(tags) > 2 else list(dict.fromkeys(parents))[:1]
    return close[:MAX_IMPLIED]


def _is_small(matcher: Matcher, root: str, first: tuple[str, ...]) -> bool:
    return root in first and matcher.sizes[root] <= _SMALL_FIELD
