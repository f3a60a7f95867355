"""Where an abstract may name a system: told at a glance, because few abstracts name one.

Whatever `names.divide` and `names.define` take for a name leaves a trace here; that one is found
does not yet mean that there is a name.
"""

from __future__ import annotations

from itertools import compress, count
from typing import TYPE_CHECKING

from digest.catalogue.sentences import LONG, MOST_KEPT, bare
from digest.catalogue.titles.names import SEAMS
from digest.catalogue.titles.systems import CALLS, CALLS_AS, abbreviation, capitalised, named
from digest.catalogue.titles.word_classes import AUXILIARIES, CONJUNCTIONS, DETERMINERS, GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

FEATS = frozenset(
    """consists outperforms achieves features comprises surpasses improves exhibits enables attains
    obtains introduces employs leverages utilizes combines integrates significantly consistently
    demonstrates yields reduces""".split()
)
"""What a system does, where its name is the subject."""
WEAK_FEATS = frozenset(["is", "can", "uses", "provides", "allows"])
"""What a thing of the background may do as well."""
MOST_BEFORE = 6
"""Words of a sentence among which its subject stands."""

_CALLING = CALLS | CALLS_AS | {"namely", "i.e", "call", "name", "dub", "term"}
_BETWEEN = frozenset(["the", "a", "an", "as", "it", "to", "by"])
"""What may stand between `called` and a name."""
_AFTER = FEATS | WEAK_FEATS | SEAMS | CONJUNCTIONS | AUXILIARIES | {"", "then", "be", "been"}
"""What may follow a name, whether a phrase goes on with it or has ended there."""
_NAMED, _SHORT, _CAPITAL, _CALL = 1, 2, 4, 8


class _Spellings(dict[str, int]):
    """Word to what its spelling may make of it, worked out when the word is first met."""

    def __missing__(self, word: str) -> int:
        # A name has a capital, or it is told at once: `node2vec, a method …`.
        found = _CAPITAL * (word[-1] == "," and any(map(str.isdigit, word)))
        if not word.islower():
            found |= (
                _NAMED * named(word)
                | _SHORT * (abbreviation(word) is not None)
                | _CAPITAL * capitalised(word)
            )
        if bare(word) in _CALLING:
            found |= _CALL
        if len(self) < MOST_KEPT and len(word) < LONG:
            self[word] = found
        return found


_SPELLINGS = _Spellings()


def find_traces(words: Sequence[str]) -> list[int]:
    """The places of `words`, a whole abstract, that may be or may announce the name of a system."""
    spellings = [*map(_SPELLINGS.__getitem__, words)]
    return [
        place
        for place in compress(count(), spellings)
        if spellings[place] & _SHORT or _is_trace(words, place, spellings[place])
    ]


def _is_trace(words: Sequence[str], place: int, spelling: int) -> bool:
    word = words[place]
    before = words[place - 1] if place else " "
    after = words[place + 1] if place + 1 < len(words) else ""
    if spelling & _NAMED and (
        not word[-1].isalnum()
        or bare(after) in _AFTER
        or after[0] in "(—"
        or before[-1] in ",:—"
        or bare(before) in GENERIC
        or any(bare(later) in ("be", "been") for later in words[place + 2 : place + 3])
    ):
        return True
    if spelling & _CAPITAL and (
        (before[-1].isalpha() and bare(before) in GENERIC)
        or after == "—"
        or (word[-1] == "," and (bare(after) in DETERMINERS or bare(after) == "which"))
    ):
        return True
    return bool(spelling & _CALL) and _announces(words, place + 1)


def _announces(words: Sequence[str], place: int) -> bool:
    while place < len(words) and bare(words[place]) in _BETWEEN:
        place += 1
    return place < len(words) and bool(_SPELLINGS[words[place]] & (_NAMED | _CAPITAL))
