"""Which of the topics that a text names it is about, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.topics.mentions import FIRST, LAST, TITLE, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.catalogue.topics.vocabulary import Matcher, Rank

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

    def __init__(self) -> None:
        self.best = 0.0
        """Weight of the best place."""
        self.size = 0
        """Words of the longest phrase."""
        self.weak = True
        """Nothing but ambiguous words."""
        self.mentions: list[Mention] = []

    def note(self, mention: Mention) -> None:
        sense = mention.sense
        self.best = max(self.best, mention.place)
        self.size = max(self.size, sense.size)
        if sense.kind != "weak":
            self.weak = False
        self.mentions.append(mention)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Up to three different phrases that stand for the topic, in the order of the text."""
        seen: dict[str, str] = {}
        for mention in self.mentions[:6]:
            words = mention.words
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


def rank(matcher: Matcher, finds: dict[str, Find], known: Iterable[str]) -> list[str]:
    """Slugs worth showing, best first; `known` are those that the source itself gives."""
    known = tuple(known)
    scores = _scores(matcher.ranks, finds, known)
    ranked = _distinct(sorted(scores, key=lambda s: (-scores[s], s)), finds)
    if not ranked:
        return []
    least = _FAINT * scores[ranked[0]]
    home = _home(matcher.ranks, finds, ranked, known)
    near = home.union(*[matcher.kin[root] for root in home])
    kept: list[str] = []
    for slug in ranked:
        find = finds[slug]
        if (kept or known) and (
            scores[slug] < least
            or (find.passing and len(kept) + len(known) >= _SETTLED)
            or (find.faint and find.size < _SURE and home.isdisjoint(matcher.ranks[slug].fields))
            or (find.alien and near.isdisjoint(matcher.ranks[slug].fields))
        ):
            continue
        kept.append(slug)
    return kept[:MAX_FOUND]


def _scores(
    ranks: dict[str, Rank], finds: dict[str, Find], known: tuple[str, ...]
) -> dict[str, float]:
    scores: dict[str, float] = {}
    shares: dict[str, float] = {}
    for slug, find in finds.items():
        here = ranks[slug]
        score = find.best + (0.5 if find.size > 1 else 0.35) * min(len(find.mentions) - 1, 4)
        score *= 1 + 0.12 * min(len(here.above), 4) + 0.1 * min(find.size - 1, 3)
        scores[slug] = score = score * (0.6 if find.weak else 1)
        for root in here.fields:
            shares[root] = shares.get(root, 0) + score
    most = max(shares.values(), default=1)
    broader = {up for slug in (*scores, *known) for up in ranks[slug].above}
    for slug in scores:
        share = max(shares[root] for root in ranks[slug].fields) / most
        # A word of a field that the rest is not about is often used in another sense.
        scores[slug] *= (0.35 + 0.65 * share) * (0.5 if slug in broader else 1)
        if share < 0.3 and finds[slug].size == 1:
            scores[slug] *= 0.6
    return scores


def _home(
    ranks: dict[str, Rank], finds: dict[str, Find], ranked: list[str], known: tuple[str, ...]
) -> set[str]:
    """The fields that a paper belongs to by what the source gives and by what it speaks of most."""
    firm = [slug for slug in ranked if not finds[slug].faint][:4]
    return {root for slug in (*known, *(firm or ranked[:1])) for root in ranks[slug].fields}


def _distinct(ranked: list[str], finds: dict[str, Find]) -> list[str]:
    """`ranked` without topics that rest on the very words of a better one."""
    used: set[tuple[int, int]] = set()
    kept = []
    for slug in ranked:
        places = {(id(m.sentence.words), m.start) for m in finds[slug].mentions}
        if not places <= used:
            kept.append(slug)
            used |= places
    return kept
