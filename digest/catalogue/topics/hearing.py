"""Which mentions count: outright names, abbreviations with their cues, ambiguous words for want of
better."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from digest.catalogue.topics.ranking import Find
from digest.catalogue.topics.words import TITLE

if TYPE_CHECKING:
    from digest.catalogue.topics.mentions import Mention, Mentions
    from digest.catalogue.topics.vocabulary import Matcher, Rank
    from digest.catalogue.topics.words import Text

_ENOUGH = 3
"""With so many topics named outright, ambiguous words are heard only in the title, or if they stand
at least `_OFTEN` times."""
_OFTEN = 3


def hear(matcher: Matcher, mentions: Mentions, text: Text, *, alone: bool) -> dict[str, Find]:
    """Topics named outright; beside them those of ambiguous words, and these for want of others
    where the text is `alone`, without keywords that are topics."""
    firm: dict[str, Find] = {}
    weak: list[Mention] = []
    cues = _Cues(text)
    for mention in mentions.found:
        slug, kind, _, _ = mention[0]
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
    slug = mention[0][0]
    find = finds.get(slug)
    if find is None:
        finds[slug] = Find(mention)
    else:
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

    def __init__(self, text: Text) -> None:
        self.stems = text.stems
        self.words: frozenset[str] | None = None
        self.answers: dict[str, bool] = {}

    def near(self, rank: Rank, *, needed: bool) -> bool:
        """A topic without cues is `near` unless they are `needed`."""
        if not rank.cues and not rank.cue_phrases:
            return not needed
        slug = rank.topic.slug
        if slug not in self.answers:
            if self.words is None:
                self.words = frozenset(self.stems)
            self.answers[slug] = not rank.cues.isdisjoint(self.words) or any(
                self.words.issuperset(cue) and self._stands(cue) for cue in rank.cue_phrases
            )
        return self.answers[slug]

    def _stands(self, cue: tuple[str, ...]) -> bool:
        phrase = f" {' '.join(cue)} "
        return phrase in f" {' '.join(self.stems)} "
