"""Where a title may begin: at a noun or a deed, not at a connective, a pronoun or a verb form."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.word_classes import AUXILIARIES, DETERMINERS, PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_START = (
    AUXILIARIES
    | (PREPOSITIONS - {"towards", "toward", "beyond", "on", "versus", "near", "inside", "against"})
    | listed(
        """it there we i they he she if when once since because although while given
        using according and or but nor that which who whose let imagine suppose far not so then
        thus hence due already done made shown here it's there's itself themselves them us whenever
        unless"""
    )
)


_OPENERS = "$\\([{\"'`“‘«#"
_DASHES = ("—", "–", "-", "--", "---")
_BEFORE_BE = AUXILIARIES | listed("to not also always then never only still thus")
_THINGS = listed("paper volume article note papers articles authors author manuscript")
_CONNECTIVES = listed(
    """however instead then thus hence therefore moreover furthermore also indeed finally
    nevertheless nonetheless consequently namely particularly sometimes often essentially actually
    surprisingly interestingly additionally meanwhile besides accordingly similarly conversely
    resulting respectively out up in-particular even"""
)


def sound_start(words: Sequence[str]) -> int:
    """How many words to leave out that tie a sentence to others: `however, we specify |the …`."""
    start = 0
    if len(words) > 3 and words[0] in _DASHES:
        start = next((i + 1 for i in range(2, min(9, len(words) - 1)) if words[i] in _DASHES), 1)
    while start < len(words) - 2 and bare(words[start]) in _CONNECTIVES:
        start += 1
    if (
        start < len(words) - 3
        and bare(words[start]).endswith("ly")
        and bare(words[start + 1]) in ("whether", "how", "why", "what")
    ):
        start += 1
    if start < len(words) - 3 and bare(words[start]) in ("we", "one"):
        i = start + 1
        while i < len(words) - 2 and (
            bare(words[i]) in _BEFORE_BE or bare(words[i]).endswith("ly")
        ):
            i += 1
        if bare(words[i + 1]) in DETERMINERS:
            return i + 1
    if start < len(words) - 3 and bare(words[start]) == "it" and bare(words[start + 1]) == "is":
        if bare(words[start + 2]) in DETERMINERS:
            return start + 2
        that = next(
            (i for i in range(start + 2, len(words) - 2)[:4] if bare(words[i]) == "that"), 0
        )
        return that + 1 if that else start
    return start


def _may_govern(low: str) -> bool:
    """Whether a noun phrase with its article may follow `low`, the first word of a title."""
    return low.endswith("ing") or low in _GOVERN or low in PREPOSITIONS


def _may_be(low: str) -> bool:
    return low.endswith(("ed", "wn", "nd")) or low in _MAY_BE


_MAY_BE = listed("likely unlikely able unable have has need needs seem seems ought proven said")
_ARTICLES = listed("the a an our its their these those some such")
_GOVERN = listed("both all how why what whether half not only even every when where")


def begins_well(words: Sequence[str]) -> bool:
    """Whether a title may begin as `words` do: with no preposition, pronoun or verb form."""
    if not words:
        return False
    low = bare(words[0])
    if low in _NO_START or not (words[0][0].isalnum() or words[0][0] in _OPENERS):
        return False
    if len(words) > 1 and low in _THINGS and bare(words[1]) not in PREPOSITIONS:
        return False  # `|paper summarizes the chances`
    lows = [bare(word) for word in words]
    if lows[1:] and lows[1] in _ARTICLES and low.isalpha() and not _may_govern(low):
        return False  # `|suggests a way`
    if any(
        low == "be" and lows[i - 1] not in _BEFORE_BE and not lows[i - 1].endswith("ly")
        for i, low in enumerate(lows)
        if i
    ):
        return False  # `let |f be a function`
    if any(
        low == "be" and lows[i - 1] == "to" and not _may_be(lows[i - 2])
        for i, low in enumerate(lows)
        if i > 1
    ):
        return False  # `we define |b to be the least number`
    if any(
        here == "of" and then in PREPOSITIONS and then not in ("about", "over", "under")
        for here, then in pairwise(lows)
    ):
        return False  # what stood between, a reference as a rule, is gone
    return not (lows[1:] and low.endswith("ed") and lows[1] in ("by", "a", "an"))
