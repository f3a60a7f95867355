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
    redefined = mentions.redefined
    for mention in mentions.found:
        slug, kind, _, _ = mention[0]
        if kind == "weak":
            weak.append(mention)
        elif kind == "word" or (
            slug not in redefined and cues.near(matcher.ranks[slug], needed=False)
        ):
            if slug in firm:
                firm[slug].note(mention)
            else:
                firm[slug] = Find(mention)
    return _hear(matcher, firm, weak, cues, alone=alone) if weak else firm


def _hear(
    matcher: Matcher, firm: dict[str, Find], weak: list[Mention], cues: _Cues, *, alone: bool
) -> dict[str, Find]:
    """`firm` with what ambiguous words add, or, where `firm` is empty, suggest."""
    ranks = matcher.ranks
    known = [ranks[slug] for slug in firm]
    fields = frozenset().union(*[rank.fields for rank in known])
    above = frozenset().union(*[rank.above for rank in known])
    often: set[str] | None = None
    if len(firm) >= _ENOUGH:
        times = Counter([mention[0][0] for mention in weak])
        often = {slug for slug, count in times.items() if count >= _OFTEN}
    finds = dict(firm)
    faint: dict[str, Find] = {}
    for mention in weak:
        slug = mention[0][0]
        rank = ranks[slug]
        if slug not in firm:
            if slug in above or (firm and fields.isdisjoint(rank.fields)):
                continue
            if often is not None and mention[1] != TITLE and slug not in often:
                continue
        if slug in firm or cues.near(rank, needed=True):
            _note(finds, mention)
        elif alone and not firm:
            _note(faint, mention)
    return finds or _best_of(matcher, faint)


def _note(finds: dict[str, Find], mention: Mention) -> None:
    slug = mention[0][0]
    if slug in finds:
        finds[slug].note(mention)
    else:
        finds[slug] = Find(mention)


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
        if slug in self.answers:
            return self.answers[slug]
        if self.words is None:
            self.words = frozenset(self.stems)
        found = not self.words.isdisjoint(rank.cues)
        if not found and rank.cue_phrases:
            found = any(
                self.words.issuperset(cue) and self._stands(cue) for cue in rank.cue_phrases
            )
        self.answers[slug] = found
        return found

    def _stands(self, cue: tuple[str, ...]) -> bool:
        phrase = f" {' '.join(cue)} "
        return phrase in f" {' '.join(self.stems)} "
