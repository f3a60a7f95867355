"""Which of the topics that a text names it is about, and in what order."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from digest.catalogue.topics.words import FIRST, LAST, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.catalogue.topics.mentions import Mention
    from digest.catalogue.topics.vocabulary import Matcher, Rank
    from digest.catalogue.topics.words import Text

MAX_FOUND = 6
_FAINT = 0.25
"""A topic with less than this share of the best topic's score is beside the point."""
_TWICE = 2
_SURE = 2
"""A phrase of so many words seldom has another sense in a field that is near."""
_SETTLED = 3
"""With so many topics found, one that is named in passing adds nothing."""


class Find:
    """What is known of one topic as mention after mention of it is noted."""

    __slots__ = ("best", "mentions", "size", "weak")

    def __init__(self, mention: Mention) -> None:
        (_, kind, size, _), place, _, _ = mention
        self.best = place
        """Weight of the best place."""
        self.size = size
        """Words of the longest phrase."""
        self.weak = kind == "weak"
        """Nothing but ambiguous words."""
        self.mentions = [mention]

    def note(self, mention: Mention) -> None:
        (_, kind, size, _), place, _, _ = mention
        if place > self.best:  # noqa: PLR1730 - max() takes several times as long
            self.best = place
        if size > self.size:  # noqa: PLR1730 - likewise
            self.size = size
        if kind != "weak":
            self.weak = False
        self.mentions.append(mention)

    def evidence(self, text: Text) -> tuple[str, ...]:
        """Up to three different phrases that stand for the topic, in the order of the text."""
        if len(self.mentions) == 1:
            _, _, start, stop = self.mentions[0]
            return (text.quote(start, stop),)
        seen: dict[str, str] = {}
        for _, _, start, stop in self.mentions[:6]:
            words = text.quote(start, stop)
            seen.setdefault(words.lower(), words)
        return tuple(seen.values())[:3]

    @property
    def passing(self) -> bool:
        """Named once, and where a text also speaks of what it uses, fears or hopes."""
        return len(self.mentions) == 1 and self.best <= LAST

    @property
    def faint(self) -> bool:
        """So little named that its words may have another sense, if the rest is of other fields."""
        return self.passing or (len(self.mentions) == 1 and self.best <= FIRST and self.size == 1)

    @property
    def alien(self) -> bool:
        """So little named that this cannot be, if the rest is of fields that are far."""
        return self.best < TITLE and (
            len(self.mentions) == 1 or (self.size == 1 and len(self.mentions) == _TWICE)
        )


def rank(matcher: Matcher, finds: dict[str, Find], known: Iterable[str]) -> dict[str, float]:
    """Slugs worth showing, best first, with their share of the best one's score.

    `known` are those that the source itself gives.
    """
    if not finds:
        return {}
    known = tuple(known)
    ranks = matcher.ranks
    scores = _scores(ranks, finds, known)
    ranked = _distinct([slug for _, slug in sorted([(-n, s) for s, n in scores.items()])], finds)
    best = scores[ranked[0]]
    least = _FAINT * best
    home = _home(ranks, finds, ranked, known)
    near = home.union(*[matcher.kin[root] for root in home])
    kept: dict[str, float] = {}
    for slug in ranked:
        score = scores[slug]
        if kept or known:
            if score < least:
                continue
            find, fields = finds[slug], ranks[slug].fields
            if (
                (find.passing and len(kept) + len(known) >= _SETTLED)
                or (find.size < _SURE and home.isdisjoint(fields) and find.faint)
                or (near.isdisjoint(fields) and find.alien)
            ):
                continue
        kept[slug] = score / best
        if len(kept) == MAX_FOUND:
            break
    return kept


def odds(here: Rank, find: Find, share: float, text: Text, below: int) -> float:
    """Logarithm of the odds that an author would choose the topic's name as a keyword.

    `share` is what `rank` gives, `below` the number of topics below it. What a text calls by its
    very name comes first, then what is short and broad enough for many to know. The weights are
    those of a logistic regression on papers with their authors' keywords, rounded.
    """
    stems = text.stems
    named = False
    for _, _, start, stop in find.mentions:
        if here.named.issuperset(stems[start:stop]):
            named = True
            break
    return (
        -3.2
        + 0.5 * share
        + 1.2 * named
        + 0.25 * find.size
        + 0.27 * log(1 + below)
        - 0.35 * len(here.named)
        - 0.6 * (not here.above)
    )


def _scores(
    ranks: dict[str, Rank], finds: dict[str, Find], known: tuple[str, ...]
) -> dict[str, float]:
    scores: dict[str, float] = {}
    shares: dict[str, float] = {}
    for slug, find in finds.items():
        here = ranks[slug]
        size, times = find.size, len(find.mentions)
        score = find.best
        if times > 1:
            score += (0.5 if size > 1 else 0.35) * (times - 1 if times < 5 else 4)
        score *= here.depth + 0.1 * (size - 1 if size < 4 else 3)
        if find.weak:
            score *= 0.6
        scores[slug] = score
        for root in here.fields:
            shares[root] = shares.get(root, 0) + score
    most = max(shares.values(), default=1)
    broader = frozenset().union(*[ranks[slug].above for slug in (*scores, *known)])
    for slug, find in finds.items():
        fields = ranks[slug].fields
        if len(fields) == 1:
            (root,) = fields
            share = shares[root] / most
        else:
            share = max(map(shares.__getitem__, fields)) / most
        # A word of a field that the rest is not about is often used in another sense.
        score = scores[slug] * ((0.35 + 0.65 * share) * (0.5 if slug in broader else 1))
        if share < 0.3 and find.size == 1:
            score *= 0.6
        scores[slug] = score
    return scores


def _home(
    ranks: dict[str, Rank], finds: dict[str, Find], ranked: list[str], known: tuple[str, ...]
) -> set[str]:
    """The fields that a paper belongs to by what the source gives and by what it speaks of most."""
    firm = [slug for slug in ranked if not finds[slug].faint][:4]
    return {root for slug in (*known, *(firm or ranked[:1])) for root in ranks[slug].fields}


def _distinct(ranked: list[str], finds: dict[str, Find]) -> list[str]:
    """`ranked` without topics that rest on the very words of a better one."""
    used: set[int] = set()
    kept = []
    for slug in ranked:
        places = {m.start for m in finds[slug].mentions}
        if not places <= used:
            kept.append(slug)
            used |= places
    return kept
