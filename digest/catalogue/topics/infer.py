"""Which topics a paper is about: from its title and abstract, its keywords and categories.

Topics are ranked by where their words stand (title, sentence that says what is proposed, first and
last sentence), how often, how specific they are, and whether the rest of the text belongs to the
same field. Nothing depends on other papers.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from digest.catalogue.topics.mentions import (
    TITLE,
    Mention,
    Mentions,
    cut_words,
    find_mentions,
    longest_match,
)
from digest.catalogue.topics.plain import plain_text
from digest.catalogue.topics.ranking import MAX_FOUND, Find, rank
from digest.catalogue.topics.vocabulary import Matcher, Rank
from digest.paper import Tag
from digest.text import clean, fold, slugify

__all__ = ["MAX_FOUND", "MAX_IMPLIED", "Matcher", "infer_tags"]

MAX_IMPLIED = 2
MAX_SHOWN = 8
"""Found and implied together; keywords and categories of the source come on top."""
_SMALL_FIELD = 25
"""A field of at most so many topics is a topic like others; a larger one says little of a paper."""
_MAX_OWN = 12
_MAX_KEYWORD = 60
_ENOUGH = 3
"""With so many topics named outright, ambiguous words are heard only in the title, or if they stand
at least `_OFTEN` times."""
_OFTEN = 3

_CATEGORY = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})*\.[A-Za-z][A-Za-z-]+")
# Classes of subjects by number: MSC 68T05, ACM I.2.10, PACS 05.45.-a. They are no words.
_CODE = re.compile(r"\d\d[A-Z]?[\dx]{2}|[A-K]\.\d(?:\.\d+)?|\d\d\.\d\d\.\S{1,3}|[\d\W_]+")


def infer_tags(
    matcher: Matcher, title: str, abstract: str, given: tuple[str, ...]
) -> tuple[Tag, ...]:
    """Tags of a paper: `given` keywords, topics of the text, best first, then implied parents.

    `given` are keywords and arXiv categories of the source. Any text is allowed, LaTeX too.
    """
    known, own, categories = _sort_given(matcher, given)
    finds = _weigh(matcher, find_mentions(matcher, title, abstract), alone=not known)
    ranked = rank(matcher, finds, known)
    tags: dict[str, Tag] = {}
    for slug, keyword in known.items():
        evidence = finds[slug].evidence if slug in finds else ()
        tags[slug] = _tag(matcher, slug, "given", tuple(dict.fromkeys((keyword, *evidence))))
    for slug in ranked:
        if slug not in tags and len(tags) + len(own) < MAX_FOUND:
            tags[slug] = _tag(matcher, slug, "taxonomy", finds[slug].evidence)
    for tag in own:
        tags.setdefault(tag.slug, tag)
    near = [slug for slug in tags if slug in matcher.ranks]
    near = [slug for slug in near if slug not in finds or not finds[slug].passing] or near
    for slug, category in categories.items():
        if slug not in tags:
            tags[slug] = _tag(matcher, slug, "category", (category,))
    for slug in _implied(matcher, near, tags):
        tags[slug] = _tag(matcher, slug, "implied", ())
    return tuple(tags.values())


def _tag(
    matcher: Matcher,
    slug: str,
    source: Literal["given", "category", "taxonomy", "implied"],
    evidence: tuple[str, ...],
) -> Tag:
    return Tag(slug, matcher.ranks[slug].topic.name, source, evidence)


def _weigh(matcher: Matcher, mentions: Mentions, *, alone: bool) -> dict[str, Find]:
    """Topics named outright; beside them those of ambiguous words, and these for want of others
    where the text is `alone`, without keywords that are topics."""
    firm: dict[str, Find] = {}
    weak: list[Mention] = []
    cues = _Cues(mentions)
    for mention in mentions.found:
        slug, kind = mention.sense.slug, mention.sense.kind
        if kind == "weak":
            weak.append(mention)
        elif kind == "word" or (
            slug not in mentions.redefined and cues.near(matcher.ranks[slug], needed=False)
        ):
            _note(firm, mention)
    return _hear(matcher, firm, weak, cues, alone=alone) if weak else firm


def _hear(
    matcher: Matcher, firm: dict[str, Find], weak: list[Mention], cues: _Cues, *, alone: bool
) -> dict[str, Find]:
    """`firm` with what ambiguous words add, or, where `firm` is empty, suggest."""
    fields = {root for slug in firm for root in matcher.ranks[slug].fields}
    above = {up for slug in firm for up in matcher.ranks[slug].above}
    finds = dict(firm)
    faint: dict[str, Find] = {}
    times = Counter(mention.sense.slug for mention in weak)
    for mention in weak:
        slug = mention.sense.slug
        known = matcher.ranks[slug]
        if slug not in firm:
            elsewhere = slug in above or (firm and fields.isdisjoint(known.fields))
            if elsewhere or (
                len(firm) >= _ENOUGH and mention.place != TITLE and times[slug] < _OFTEN
            ):
                continue
        if slug in firm or cues.near(known, needed=True):
            _note(finds, mention)
        elif alone and not firm:
            _note(faint, mention)
    return finds or _best_of(matcher, faint)


def _note(finds: dict[str, Find], mention: Mention) -> None:
    slug = mention.sense.slug
    find = finds.get(slug)
    if find is None:
        find = finds[slug] = Find()
    find.note(mention)


def _best_of(matcher: Matcher, faint: dict[str, Find]) -> dict[str, Find]:
    """Of topics that only ambiguous words without cue suggest, the likeliest one."""
    scores = {slug: find.best + 0.5 * len(find.mentions) for slug, find in faint.items()}
    sums: dict[str, float] = {}
    for slug, score in scores.items():
        for root in matcher.ranks[slug].fields:
            sums[root] = sums.get(root, 0) + score
    field = min(sums, key=lambda root: (-sums[root], root), default="")
    near = [slug for slug in scores if field in matcher.ranks[slug].fields]
    return {slug: faint[slug] for slug in sorted(near, key=lambda s: (-scores[s], s))[:1]}


class _Cues:
    """Whether cue words of a topic stand in a text; the text is put together when first asked."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.words: frozenset[str] | None = None
        self.answers: dict[str, bool] = {}

    def near(self, rank: Rank, *, needed: bool) -> bool:
        """A topic without cues is `near` unless they are `needed`."""
        if not rank.cues and not rank.cue_phrases:
            return not needed
        slug = rank.topic.slug
        if slug not in self.answers:
            if self.words is None:
                self.words = frozenset().union(*[p.stems for p in self.mentions.sentences])
            self.answers[slug] = not rank.cues.isdisjoint(self.words) or any(
                self.words.issuperset(cue) and self._stands(cue) for cue in rank.cue_phrases
            )
        return self.answers[slug]

    def _stands(self, cue: tuple[str, ...]) -> bool:
        phrase = f" {' '.join(cue)} "
        return any(phrase in f" {' '.join(part.stems)} " for part in self.mentions.sentences)


def _sort_given(
    matcher: Matcher, given: tuple[str, ...]
) -> tuple[dict[str, str], list[Tag], dict[str, str]]:
    """Keywords that are topics, tags of their own for others, and categories that are topics."""
    known: dict[str, str] = {}
    own: list[Tag] = []
    categories: dict[str, str] = {}
    for text in given:
        keyword = fold(clean(text)).strip(" .,;:")
        if slug := matcher.taxonomy.by_category.get(keyword):
            categories.setdefault(slug, keyword)
        elif not keyword or _CATEGORY.fullmatch(keyword) or _CODE.fullmatch(keyword):
            continue
        elif slug := _topic_of(matcher, keyword):
            known.setdefault(slug, keyword)
        elif len(keyword) <= _MAX_KEYWORD and len(own) < _MAX_OWN:
            own.append(Tag(slugify(keyword), keyword, "given", (keyword,)))
    return known, own, categories


def _topic_of(matcher: Matcher, keyword: str) -> str | None:
    """The topic that `keyword` names; of `Field: subject`, the one of the narrowest known part."""
    for part in (keyword, *reversed(keyword.split(": ") if ": " in keyword else ())):
        cut = cut_words(matcher, plain_text(part[: 2 * _MAX_KEYWORD]), TITLE)
        if not cut.words:
            continue
        begun = matcher.exact.get(cut.words[0]), matcher.phrases.at(cut.stems[0])
        for node, tokens in zip(begun, (cut.words, cut.stems), strict=True):
            stop, senses = longest_match(node, tokens, cut.pieces, 0)
            if stop == len(cut.words):
                return senses[0].slug
    return None


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
    return close[: max(0, min(MAX_IMPLIED, MAX_SHOWN - len(tags)))]


def _is_small(matcher: Matcher, root: str, first: tuple[str, ...]) -> bool:
    return root in first and matcher.sizes[root] <= _SMALL_FIELD
