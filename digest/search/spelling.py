"""Words that no paper has -> the nearest words that some have."""

from __future__ import annotations

from collections.abc import Iterable

from digest.search.reader import Reader

SHORTEST = 5
"""Letters of a word from which another may stand for it."""
MOST = 4
"""Words that may stand for one."""
LONGEST = 16
"""Letters of the words in the last list, which has all longer ones, too."""


def nearest(reader: Reader, word: str) -> list[str]:
    """The terms that are one edit away from `word`: the commonest of those that there are.

    Words that several papers have come first; then those of the part where `word` would stand,
    which may be one paper's.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    lengths = {min(len(word) + more, LONGEST) for more in (-1, 0, 1)}
    shared = (row for letters in lengths for row in reader.spelt(letters))
    rare: Iterable[tuple[int, str]] = reader.neighbours(word)
    known = [
        term
        for rows in (shared, rare)
        for _, term in sorted((-common, term) for common, term in rows if is_one_edit(word, term))
    ]
    return [*dict.fromkeys(known)][:MOST]


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, make `other` of `one`."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        start += 1
    rest, else_ = one[start:], other[start:]
    if len(rest) != len(else_):
        return rest[1:] == else_ or rest == else_[1:]
    return rest[1:] == else_[1:] or (
        rest[:2] == else_[1::-1] and len(rest) > 1 and rest[2:] == else_[2:]
    )
