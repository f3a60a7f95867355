"""What running text is written as: HTML or plain text."""

from __future__ import annotations

from typing import Protocol

from digest.latex.addresses import check_address
from digest.latex.escaping import escape_text
from digest.latex.mathml import to_mathml
from digest.latex.plain import math_to_plain
from digest.latex.symbols import SUBSCRIPTS, SUPERSCRIPTS

_MOST_NESTED = 20


class Writer(Protocol):
    """Collects a text piece by piece."""

    plain: bool

    def text(self, text: str) -> None:
        """Characters as they shall be read."""

    def math(self, source: str, display: bool) -> None:
        """A formula in TeX, without its dollars."""

    def link(self, address: str) -> None:
        """An address that stands in the text."""

    def begin(self, element: str, address: str = "") -> str:
        """Begin an element; what is returned must be handed to `end`."""

    def end(self, element: str) -> None:
        """End the element that `begin` gave."""


class HtmlWriter:
    """Safe HTML: text escaped, elements only those of `prose` and of `mathml`."""

    plain = False

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._opened: list[str] = []

    def text(self, text: str) -> None:
        self.parts.append(escape_text(text))

    def math(self, source: str, display: bool) -> None:
        self.parts.append(to_mathml(source, display))

    def link(self, address: str) -> None:
        element = self.begin("a", address)
        self.text(address)
        self.end(element)

    def begin(self, element: str, address: str = "") -> str:
        if not element or element in self._opened or len(self._opened) >= _MOST_NESTED:
            return ""
        if element == "a":
            checked = check_address(address)
            if checked is None:
                return ""
            self.parts.append(f'<a href="{escape_text(checked)}" rel="nofollow noopener">')
        else:
            self.parts.append(f"<{element}>")
        self._opened.append(element)
        return element

    def end(self, element: str) -> None:
        if element:
            self._opened.pop()
            self.parts.append(f"</{element}>")


class PlainWriter:
    """Plain text: elements leave no trace, but for raised and lowered digits."""

    plain = True

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._begun: list[int] = []

    def text(self, text: str) -> None:
        self.parts.append(text)

    def math(self, source: str, display: bool) -> None:
        text = math_to_plain(source)
        self.parts.append(f" {text} " if display else text)

    def link(self, address: str) -> None:
        self.parts.append(address)

    def begin(self, element: str, address: str = "") -> str:  # noqa: ARG002 (the protocol's)
        if element not in ("sup", "sub"):
            return ""
        self._begun.append(len(self.parts))
        return element

    def end(self, element: str) -> None:
        if not element:
            return
        begun = self._begun.pop()
        text = "".join(self.parts[begun:])
        table = SUPERSCRIPTS if element == "sup" else SUBSCRIPTS
        self.parts[begun:] = ["".join(table.get(character, character) for character in text)]
