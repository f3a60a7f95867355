"""What a phrase may mean: topics, and how surely."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["word", "short", "weak"]


class Sense(NamedTuple):
    """One topic that a phrase may mean."""

    slug: str
    kind: Kind
    size: int
    """Number of tokens of the phrase, as first written."""
    loud: bool = False
    """The phrase has capitals beyond initials, as `FPGA` has."""


class Meanings(dict[str, tuple[Sense, ...]]):
    """What is written of a phrase, to its senses, made out when first met.

    `12w2 7k1!` is topic 12 as a phrase of two words and topic 7 by an ambiguous loud word.
    """

    def __init__(self, slugs: list[str], gone: set[str]) -> None:
        super().__init__()
        self.slugs = slugs
        self.gone = gone
        """Slugs whose shipped phrases do not hold any more."""
        self.valid = len(slugs)
        """Topics from here on are the user's."""

    def __missing__(self, written: str) -> tuple[Sense, ...]:
        senses = []
        for part in written.split():
            number, kind, size = part.removesuffix("!").partition("w" if "w" in part else "k")
            if int(number) >= self.valid or self.slugs[int(number)] not in self.gone:
                named: Kind = "word" if kind == "w" else "weak"
                slug = self.slugs[int(number)]
                senses.append(Sense(slug, named, int(size), part.endswith("!")))
        self[written] = tuple(senses)
        return self[written]


class Lone(dict[str, tuple[Sense, ...]]):
    """Stem to what it means by itself, made out when first met; of many stems nothing."""

    def __init__(self, written: dict[str, str], meanings: Meanings) -> None:
        super().__init__()
        self.written = written
        self.meanings = meanings

    def __missing__(self, stem: str) -> tuple[Sense, ...]:
        # Asked of stems that begin a known phrase or abbreviation only: there is an end of them.
        written = self.written.get(stem)
        self[stem] = () if written is None else self.meanings[written]
        return self[stem]
