"""How much a passage reads like the author's comment on a paper, not like its abstract.

A listing prints the comment as one more paragraph, without a label: `12 pages, 3 figures, to
appear in ...`. Where an abstract may have several paragraphs, only the form of the last one tells
the two apart.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from digest.readers.listings.comment_clues import CLUES, FIRST_WORD_WEIGHTS, WORD_WEIGHTS

_LETTERS = re.compile(r"[a-z]+")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_HEAD = 1200
_SLACK = 1e-6
"""More than sums of floats may be off."""
_ANY_SIGN = re.compile("|".join(sign.pattern for _, _, sign in CLUES if sign))
_ALL = (1 << len(CLUES)) - 1
_ALWAYS = sum(1 << index for index, (_, _, sign) in enumerate(CLUES) if sign is None)


@lru_cache(maxsize=1 << 14)
def _look_up(word: str) -> tuple[float, int]:
    """What `word` says by itself, and the clues that it may be a part of, a bit each."""
    clues = 0
    if _ANY_SIGN.search(word):
        clues = sum(1 << i for i, (_, _, sign) in enumerate(CLUES) if sign and sign.search(word))
    return WORD_WEIGHTS.get(word, 0.0), clues


def comment_score(
    passage: str, *, ends: bool = True, least: float = -math.inf, most: float = math.inf
) -> float:
    """Log-odds that `passage` is a comment: above 0 it is one, if nothing is known of its place.

    Where it `ends` is known to be in mid-comment, its end and its length say nothing. A score below
    `least` or above `most` need not be exact, which spares most of the work: it lies there too.
    """
    head = passage[:_HEAD]
    known = _LETTERS.findall(head.lower())
    score, wanted = -0.5, _ALWAYS
    for word in set(known):
        weight, signs = _look_up(word)
        score += weight
        wanted |= signs
    # Other letters may stand for ASCII ones where case is ignored; `A&A` is no word.
    if "&" in head or not head.isascii():
        wanted = _ALL
    score += FIRST_WORD_WEIGHTS.get(known[0], 0.0) if known else 0.0
    length, end = _form_scores(passage, head) if ends else (0.0, 0.0)
    least, most = least - length - end - _SLACK, most - length - end + _SLACK
    # Between these two the score lies, whatever the clues say that are not looked for yet.
    low, high = _bounds(wanted)
    low, high = score + low, score + high
    while wanted and low <= most and high >= least:
        find, weight, _ = CLUES[(wanted & -wanted).bit_length() - 1]
        wanted &= wanted - 1
        # What speaks for a comment and is there, or against it and is not, lifts the lower bound.
        if (find(head) is not None) == (weight > 0):
            low += abs(weight)
        else:
            high -= abs(weight)
    return (high if high < least else low) + length + end


@lru_cache(maxsize=1 << 12)
def _bounds(clues: int) -> tuple[float, float]:
    """The least and the most that `clues`, a bit each, can give."""
    weights = [weight for i, (_, weight, _) in enumerate(CLUES) if clues >> i & 1]
    return sum(w for w in weights if w < 0), sum(w for w in weights if w > 0)


def _form_scores(passage: str, head: str) -> tuple[float, float]:
    """What the length of `passage`, and what its end, say."""
    words = len(_WORDS.findall(head))
    # Comments are short: half have fewer than 8 words, one in a hundred more than 60.
    length = (
        2.0 if words <= 4 else 1.0 if words <= 10 else 0.0 if words <= 25 else -(words - 25) / 25
    )
    # arXiv takes the full stop off a comment's end; abstracts keep theirs.
    if passage.endswith((".", "!", "?")):
        return length, -2.0
    return length, 1.0 if passage.endswith(("$", "”", '"')) else 3.0
