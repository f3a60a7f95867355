"""Contributions told without «we»: passives, definitions, and things that are given a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import listed
from digest.catalogue.titles.statements import Statement
from digest.catalogue.titles.systems import CALLS, abbreviation, named
from digest.catalogue.titles.verbs import (
    CLAIMING,
    PARTICIPLES_OF_VERBS,
)
from digest.catalogue.titles.word_classes import AUXILIARIES, GENERIC, PREPOSITIONS, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


VAIN = listed(
    """experiments experiment evaluation evaluations results result code evidence examples example
    guarantees analysis theorem bounds bound insights performance improvements improvement
    observations implementation ablation simulations comparisons comparison theoretical
    empirical extensive numerical experimental proof proofs discussion conclusion conclusions
    details directions applications application thorough comprehensive background introduction
    baselines effectiveness superiority efficacy usefulness feasibility state-of-the-art
    advantages validity conditions summary answer findings"""
)


def passive(
    number: int, words: Sequence[str], low: Sequence[str], i: int, score: float
) -> Statement | None:
    """`A method … is proposed`, `It is shown that …` with the participle at `i`."""
    weight, base = PARTICIPLES_OF_VERBS[low[i]]
    be = i - 1
    while be > 0 and (
        low[be].endswith("ly")
        or low[be] in ("also", "then", "first", "here", "and")
        or low[be] in PARTICIPLES_OF_VERBS
    ):
        be -= 1
    if be < 1 or low[be] not in ("is", "are", "was", "were", "been", "be"):
        return None
    perfect = low[be] in ("been", "be")
    if perfect:
        be -= 1
    if low[be - 1] == "it" and (be - 1 < 8 or words[be - 2][-1] == ","):
        if i + 2 < len(words) and low[i + 1] == "that" and base in CLAIMING:
            return Statement(score + 1.1, number, i + 2, len(words), "clause")
        return None
    start = 0
    if low[0] in PREPOSITIONS or low[0] in (
        "to",
        "when",
        "if",
        "as",
        "here",
        "using",
        "based",
        "while",
        "although",
        "then",
        "furthermore",
        "moreover",
    ):
        start = next((k + 1 for k in range(be) if words[k][-1] == ","), 0)
        if not start and low[0] != "here":
            return None
        start = start or 1
    for k in range(be - 1, start, -1):
        # `…, and a method is proposed`: the last clause only
        if (
            words[k - 1][-1] in ";:" or (words[k - 1][-1] == "," and low[k] == "and")
        ) and be > k + 1:
            start = k + 1 if low[k] == "and" else k
            break
    if low[start] in ("and", "or", "but") or low[start] in PARTICIPLES_OF_VERBS:
        return None
    if (
        be - start < 1
        or low[start] in REFERENCES | {"each", "every"}
        or low[be - 1] in ("which", "that", "as")
    ):
        return None
    if any(w in ("that", "which", "we") for w in low[start:be]) and be - start > 16:
        return None
    by = low[i + 1] if i + 1 < len(words) else ""
    score += {3.0: 2.3, 2.4: 1.4, 2.0: 1.6, 1.5: 0.8, 1.3: 0.9}[weight] - (
        1.4 if perfect and not any(map(abbreviation, words[start:be])) else 0
    )
    if by in ("by", "as", "in", "to") and weight < 3:
        score -= 0.7
    if any(w in VAIN for w in low[start : start + 3]):
        score -= 0.8
    return Statement(score, number, start, be, "passive", weight >= 3)


def definition(
    number: int, words: Sequence[str], low: Sequence[str], score: float
) -> Iterator[Statement]:
    """`LangXAI is a framework that …`"""
    for i in range(1, min(4, len(words) - 3)):
        if low[i] == "is" and low[i + 1] in ("a", "an", "the", "our") and words[i - 1][-1] != ",":
            if not _KNOWN.isdisjoint(low[i + 2 : i + 5]):
                return
            yield Statement(score + 1.5, number, 0, len(words), "definition", True)
            return


_KNOWN = listed("prominent popular well-known widely powerful common classical standard recent")


_OURS = listed("our proposed presented novel new present newly")


def christened(
    number: int, words: Sequence[str], low: Sequence[str], score: float
) -> Iterator[Statement]:
    """`the presented model called LaVIT …`, `a novel technique, SlerpFace`, wherever they stand."""
    if _OURS.isdisjoint(low):
        return
    for i in [i for i, word in enumerate(low) if word in _OURS]:
        if i + 2 >= len(low):
            break
        for j in range(i + 1, min(i + 10, len(low) - 1)):
            if low[j] in PREPOSITIONS or low[j] in AUXILIARIES:
                break
            if low[j] in CALLS or (
                (
                    (low[j] in GENERIC and words[j][-1] != ",")
                    or (words[j][-1] == "," and words[j + 1][-1] in ",.:")
                )
                and named(words[j + 1])
                and words[j + 1][0] != "("
            ):
                yield Statement(score + 3.0, number, i, len(words), "object", True)
                return
