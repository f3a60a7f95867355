"""How a phrase is written as a tag: in the singular, in lower case but for names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.topics.stems import is_loud, singular

if TYPE_CHECKING:
    from collections.abc import Container, Sequence


def phrase_name(words: Sequence[str], stems: Sequence[str], proper: Container[str]) -> str:
    """`words` of a text, each with the hyphen that follows it, as the name of a tag.

    `proper` are the stems of words that are written with a capital.
    """
    made = [_cased(*pair, proper) for pair in zip(words, stems, strict=True)]
    last = made[-1].rstrip("-")
    made[-1] = last if is_loud(last) or stems[-1] in proper else singular(last)
    name = " ".join(made).replace("- ", "-")
    return name[0].upper() + name[1:]


def _cased(word: str, stem: str, proper: Container[str]) -> str:
    if not word.islower() and is_loud(word.rstrip("-")):
        return word
    return word.capitalize() if stem in proper else word.lower()
