"""What is said by the way, in parentheses, and may be left out so that more of the rest fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_REMARK = 9


def without_remarks(words: Sequence[str]) -> Sequence[str]:
    """`words` without what is said in parentheses between a noun and its place.

    Names stay, and so do formulas: only what is of several words, all of them small, goes.
    """
    if not any(word[0] == "(" and word[1:2].islower() and word[-1] != ")" for word in words):
        return words
    kept: list[str] = []
    i = 0
    while i < len(words):
        if words[i][0] == "(" and kept and (end := _remark_end(words, i)):
            rest = words[end][words[end].index(")") + 1 :]
            if rest and kept[-1][-1].isalnum():
                kept[-1] += rest
            i = end + 1
            continue
        kept.append(words[i])
        i += 1
    return kept


def _remark_end(words: Sequence[str], start: int) -> int:
    """The last word of the remark that begins at `start`; 0 if it is none."""
    for i in range(start, min(len(words), start + _LONGEST_REMARK)):
        word = words[i]
        inner = word.lstrip("(").rstrip(".,;:").removesuffix(")").rstrip(".,")
        if not inner.replace("-", "").replace(".", "").isalpha() or not inner.islower():
            return 0
        if word.rstrip(".,;:")[-1] == ")":
            return i if i > start and word.count(")") == 1 else 0
    return 0
