"""Names as forms of one name: which is another in short."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from digest.paper import Author
from digest.text import slugify

INITIALS = 3
"""Letters of what may be initials behind a family name, as in `Smith JA`."""


class Form(Struct, frozen=True):
    """A name, its words without accents and case."""

    family: str
    given: tuple[str, ...]
    """A single letter is an initial."""

    @property
    def key(self) -> str:
        """What all forms of a name share, `smith j`; "" where it has but one word."""
        return f"{self.family} {self.given[0][0]}" if self.given and self.family else ""

    @property
    def fullness(self) -> tuple[int, int, int]:
        """More of a name is more: words written out, words, letters."""
        whole = sum(len(word) > 1 for word in self.given)
        return whole, len(self.given), sum(map(len, self.given))


@lru_cache(50_000)
def form_of(author: Author) -> Form:
    """The form of an author's name; `Smith JA`, as medical databases write, is `J. A. Smith`."""
    family, given = author.family, author.given
    letters = family.replace(".", "").replace("-", "")
    behind = letters.isupper() and letters.isalpha() and len(letters) <= INITIALS
    if behind and any(len(word.strip(".")) > 1 for word in given.split()):
        return Form(
            slugify(given), tuple(slugify(letter) for letter in letters if letter.isascii())
        )
    words: list[str] = []
    for word in given.replace(".", ". ").replace("-", " ").split():
        bare = word.rstrip(".")
        # `JA` before a family name are two initials; `Jo` is a name.
        parts = bare if bare.isupper() and len(bare) <= INITIALS else [bare]
        words += [slugify(part) for part in parts if part]
    return Form(slugify(family), tuple(words))


def is_short_of(one: Form, other: Form) -> bool:
    """Whether `one` may be `other` in short: every word of it is one there, in order from the
    first, or its initial, and it has less."""
    if one.family != other.family or not one.given or len(one.given) > len(other.given):
        return False
    if one.fullness >= other.fullness:
        return False
    return all(
        word == fuller or (len(word) == 1 and fuller.startswith(word))
        for word, fuller in zip(one.given, other.given, strict=False)
    )
