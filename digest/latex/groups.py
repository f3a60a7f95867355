"""Braces in running text: which hold an argument, which keep capitals, and which are braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.latex.macros import match_braces
from digest.latex.symbols import ACCENTS

if TYPE_CHECKING:
    from digest.latex.writers import Writer

_PROTECTED = re.compile(r"[A-Z][\w+./-]*+")
_LONGEST_PROTECTED = 60


class _Group(NamedTuple):
    """An open `{`: the elements and the text that end with its `}`, and where reading goes on."""

    elements: list[str]
    after: str
    resume: int


class Groups:
    """The groups of one text that are open. Offsets are those of the text."""

    def __init__(self, text: str, writer: Writer) -> None:
        self._text = text
        self._writer = writer
        self._open: list[_Group] = []
        self._braces: dict[int, int] | None = None

    def __bool__(self) -> bool:
        """Whether any group is open."""
        return bool(self._open)

    def matching(self, opening: int) -> int | None:
        """The offset of the `}` of the `{` at `opening`."""
        if self._braces is None:
            self._braces = match_braces(self._text)
        return self._braces.get(opening)

    def opens(self, at: int) -> bool:
        """Whether an argument in braces stands at `at`, or behind one blank."""
        return self._text.startswith(("{", " {"), at)

    def brace_at(self, at: int) -> int:
        """The offset of the brace of which `opens` told."""
        return at + (self._text[at] == " ")

    def push(self, element: str = "") -> None:
        """A group whose `{` has been read; `element`, already begun, ends with it."""
        self._open.append(_Group([element] if element else [], "", -1))

    def begin(self, at: int, element: str = "", after: str = "", resume: int = -1) -> int:
        """Begin the group whose `{` stands at `at`; gives where its content begins.

        With its `}`, `element` ends and `after` is printed; then reading goes on at `resume`.
        """
        elements = [self._writer.begin(element)] if element else []
        self._open.append(_Group(elements, after, resume))
        return at + 1

    def begin_element(self, element: str) -> None:
        """Begin an element that ends with the innermost group."""
        self._open[-1].elements.append(self._writer.begin(element))

    def end_all(self) -> None:
        """End what the text leaves open."""
        while self._open:
            self._end()

    def _end(self) -> int:
        group = self._open.pop()
        for element in reversed(group.elements):
            self._writer.end(element)
        if group.after:
            self._writer.text(group.after)
        return group.resume

    def read(self, at: int, mark: str) -> int:
        """Read a brace that belongs to no command; gives where reading goes on."""
        if mark == "}":
            if not self._open:
                self._writer.text("}")
                return at + 1
            resume = self._end()
            return at + 1 if resume < 0 else resume
        end = self.matching(at)
        following = self._text[at + 1 : at + 2]
        if end is None:
            # A group that never ends: its command counts, the brace does not.
            if following != "\\":
                self._writer.text("{")
            return at + 1
        if end == at + 1:
            return end + 1
        command = self._text[at + 2 : at + 3] if following == "\\" else ""
        if command.isalpha() or command in ACCENTS or self._is_protection(at, end):
            return self.begin(at)
        self._writer.text("{")
        return self.begin(at, after="}")

    def _is_protection(self, at: int, end: int) -> bool:
        """Whether braces keep capitals, as in BibTeX (`{BERT}`, `{G}raph`), and not a set."""
        text = self._text
        if at == 0 and end == len(text) - 1:
            return True
        before, after = text[at - 1 : at] if at else "", text[end + 1 : end + 2]
        if before in tuple("_^=,:|") or end - at > _LONGEST_PROTECTED:
            return False
        inner = text[at + 1 : end]
        if not _PROTECTED.fullmatch(inner):
            return False
        return after.isalpha() or (len(inner) > 1 and not before.isalnum())
