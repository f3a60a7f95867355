"""Abbreviations of BibTeX (`@string`) and the text that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.readers.bibtex.entries import Field
from digest.readers.bibtex.values import Fault, Name, Value

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
# What plain.bst and its kin define, https://ctan.org/pkg/bibtex
_JOURNALS = {
    "acmcs": "ACM Computing Surveys",
    "acta": "Acta Informatica",
    "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing",
    "tcs": "Theoretical Computer Science",
    "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
}
_LONGEST = 4_000
"""Characters of one abbreviation's text: strings made of strings double with every line."""


class Strings:
    """The abbreviations known at a place of a file.

    Each is expanded once, where it is defined, so none can go round in circles; what all of them
    together may add to a file is bounded.
    """

    def __init__(self, characters: int, later: Iterable[tuple[Field, ...]] = ()) -> None:
        """`later` are all definitions of the file, looked through once a name is used that is not
        defined yet: people put strings at the end, too."""
        self._texts = dict(_JOURNALS)
        self._texts.update((month[:3].lower(), month) for month in _MONTHS)
        self._unseen: Iterable[tuple[Field, ...]] | None = later
        self._later: dict[str, str] = {}
        self._missed: set[str] = set()
        self._budget = 16 * characters + 1_000_000

    def define(self, fields: tuple[Field, ...]) -> Iterator[Fault]:
        """Takes the definitions of one `@string`."""
        for field in fields:
            if isinstance(field.value, str) and len(field.value) <= _LONGEST:
                self._texts[field.name] = field.value
                continue
            faults: list[Fault] = []
            text = "".join(self._expand(field.value, faults))
            yield from faults
            if len(text) > _LONGEST:
                yield Fault(
                    field.at, "warning",
                    f"the string `{field.name[:60]}` is longer than {_LONGEST} characters",
                    "it was cut; write it out where it is needed",
                )  # fmt: skip
            self._texts[field.name] = text[:_LONGEST]

    def resolve(self, value: Value, faults: list[Fault]) -> str:
        """The text of `value`; names that nobody defined stay, with a fault for the first use."""
        return value if isinstance(value, str) else "".join(self._expand(value, faults))

    def _foreseen(self, name: str) -> str | None:
        if self._unseen is not None:
            unseen, self._unseen = self._unseen, None
            for fields in unseen:
                for field in fields:
                    self._later[field.name] = "".join(self._expand(field.value, []))[:_LONGEST]
        return self._later.get(name)

    def _expand(self, value: Value, faults: list[Fault]) -> Iterator[str]:
        if isinstance(value, str):
            yield value
            return
        length = 0
        for part in value:
            if not isinstance(part, Name):
                yield part
                continue
            name = part.word.lower()
            text = self._texts.get(name)
            if text is None:
                text = self._foreseen(name)
            if text is None or self._budget < 0 or length > 2 * _LONGEST:
                if text is None and name not in self._missed:
                    self._missed.add(name)
                    faults.append(
                        Fault(part.at, "warning", f"`{part.word[:60]}` is not defined",
                              "put the value in braces, or define it with @string")
                    )  # fmt: skip
                yield part.word
                continue
            self._budget -= len(text)
            length += len(text)
            yield text
