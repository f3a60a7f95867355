r"""Running text as authors of abstracts write it: half LaTeX, half not.

What is not certainly LaTeX stays as it is written: `%` is no comment, `_` and `^` outside
mathematics are characters, a dollar may be money and a brace a brace.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.latex.accents import read_accent
from digest.latex.addresses import read_address, unescape_address
from digest.latex.commands import (
    ARGUMENTS_DROPPED,
    DECLARATIONS,
    DISPLAYED,
    ELEMENTS,
    FORMULAE,
    REFERENCES,
    SILENT,
)
from digest.latex.formulae import find_dollars, formula_end
from digest.latex.groups import Groups
from digest.latex.punctuation import Punctuation
from digest.latex.symbols import (
    ACCENTS,
    FUNCTIONS,
    GLUED,
    SPACES,
    SYMBOLS,
    TEXT,
)

if TYPE_CHECKING:
    from digest.latex.writers import Writer

# Every alternative begins with a literal: so the engine skips what cannot begin any, twice as fast.
_MARK = r"\\|\$|`|\{|\}|~|'|\"|--++"
_TOKEN = re.compile(_MARK)
_TOKEN_OR_ADDRESS = re.compile(_MARK + r"|h(?<![A-Za-z]h)ttps?://")
_COMMAND = re.compile(r"\\(?:([A-Za-z]++)\*?|(.)|\Z)", re.DOTALL)
_OPTION = re.compile(r"\s*+\[[^\][]{0,200}+\]")
_WORD_BEFORE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]++\Z")
_PATH = re.compile(r"(?:\\[\w.-]++)++\\?")
_QUOTED_WORD = re.compile(r"\\\"(?=[\s.,;:!?)]|\Z)")

_LONGEST_FORMULA = 3000


class Prose:
    """One pass over a text; what it understands goes to a `Writer`."""

    def __init__(self, text: str, writer: Writer) -> None:
        self._text = text
        self._writer = writer
        self._groups = Groups(text, writer)
        self._punctuation = Punctuation(text, " " if writer.plain else "\u00a0")
        self._quotes_escaped: bool | None = None

    def read(self) -> None:
        """Hand the whole text to the writer."""
        text, writer, at = self._text, self._writer, 0
        search = (_TOKEN_OR_ADDRESS if "://" in text else _TOKEN).search
        while found := search(text, at):
            start = found.start()
            if start > at:
                writer.text(text[at:start])
            mark = text[start]
            if mark == "\\":
                at = self._command(start)
            elif mark == "$":
                at = self._dollar(start)
            elif mark in "{}":
                at = self._groups.read(start, mark)
            elif mark == "h":
                at = self._address(start)
            else:
                printed, at = self._punctuation.read(start, found[0])
                writer.text(printed)
        if at < len(text):
            writer.text(text[at:])
        self._groups.end_all()

    # Mathematics

    def _dollar(self, at: int) -> int:
        found = find_dollars(self._text, at)
        if isinstance(found, str):
            self._writer.text(found)
            return at + len(found)
        if found.kind == "prose":
            Prose(found.source, self._writer).read()
        elif found.kind == "slanted":
            element = self._writer.begin("em")
            Prose(found.source, self._writer).read()
            self._writer.end(element)
        else:
            self._writer.math(found.source, found.kind == "display")
        return found.end

    def _delimited(self, at: int, begin: int, closing: str, display: bool) -> int | None:
        """A formula from `begin` to the next `closing`, or None where there is none near."""
        end = self._text.find(closing, begin, begin + _LONGEST_FORMULA)
        if end < 0 or not self._text[begin:end].strip():
            return None
        source = self._text[begin:end]
        if closing.startswith("\\end"):
            source = self._text[at : end + len(closing)]
        self._writer.math(source, display)
        return end + len(closing)

    def _formula(self, at: int, end: int) -> int:
        """A command of mathematics outside dollars, with its arguments and scripts."""
        after = formula_end(self._text, end, self._groups.matching)
        # Without anything to work on, an accent or alphabet prints nothing.
        if after > end:
            self._writer.math(self._text[at:after], False)
        return after

    # Commands

    def _command(self, at: int) -> int:
        found = _COMMAND.match(self._text, at)
        name = found[1] if found else None
        if found is None or not name:
            return self._escape(at, found[2] if found else None)
        end = found.end()
        if at >= 2 and self._text[at - 1] == ":" and self._text[at - 2].isalpha():
            path = _PATH.match(self._text, at)
            if path and not self._text[max(at - 3, 0) : at - 2].isalpha():
                self._writer.text(path[0])
                return path.end()
        if name in ELEMENTS and self._groups.opens(end):
            return self._groups.begin(self._groups.brace_at(end), ELEMENTS[name])
        if name in DECLARATIONS:
            return self._declare(DECLARATIONS[name], end)
        if name in ACCENTS and (accented := self._accent(name, end)) is not None:
            return accented
        if name in TEXT or name in SYMBOLS:
            return self._symbol(name, at, end)
        if name in SPACES:
            self._writer.text(" ")
            return end
        if name in REFERENCES:
            return self._reference(end)
        if name in ARGUMENTS_DROPPED:
            return self._drop_arguments(end, ARGUMENTS_DROPPED[name])
        if name in FORMULAE:
            return self._formula(at, end)
        return self._structure(name, at, end)

    def _structure(self, name: str, at: int, end: int) -> int:
        """Commands with a form of their own, and those that nobody knows."""
        text = self._text
        if name in ("begin", "end"):
            return self._environment(name, at, end)
        if name in ("url", "href", "nolinkurl", "path"):
            return self._link(name, end)
        if name == "verb" and text[end : end + 1] and not text[end].isspace():
            closing = text.find(text[end], end + 1, end + 300)
            if closing > 0:
                element = self._writer.begin("code")
                self._writer.text(text[end + 1 : closing])
                self._writer.end(element)
                return closing + 1
        if name in ("footnote", "footnotetext") and self._groups.opens(end):
            self._writer.text(" (")
            return self._groups.begin(self._groups.brace_at(end), after=")")
        if name == "texorpdfstring" and self._groups.opens(end):
            return self._either(self._groups.brace_at(end))
        if name in FUNCTIONS:
            self._writer.text(name)
            return end
        if self._groups.opens(end):
            return self._groups.begin(self._groups.brace_at(end))
        option = _OPTION.match(text, end)
        if option and self._groups.opens(option.end()):
            return self._groups.begin(self._groups.brace_at(option.end()))
        if name not in SILENT:
            # `and\or` is no command, but `\tera\watt` are two.
            slash = _WORD_BEFORE.search(text, max(at - 30, 0), at)
            self._writer.text("\\" + name if slash else name)
        return end

    def _escape(self, at: int, mark: str | None) -> int:
        r"""A backslash before something that is no letter."""
        if mark is None:
            self._writer.text("\\")
            return at + 1
        if mark in "([":
            closing = "\\)" if mark == "(" else "\\]"
            end = self._delimited(at, at + 2, closing, mark == "[")
            if end is not None:
                return end
        if mark == '"' and self._quotes():
            self._writer.text('"')
            return at + 2
        if mark in ACCENTS:
            accented = self._accent(mark, at + 2)
            if accented is not None:
                return accented
        if mark in "!/-@":
            return at + 2
        self._writer.text({"\\": " ", ",": "\u2009", ";": " ", ":": " ", ">": " "}.get(mark, mark))
        return at + 2

    def _quotes(self) -> bool:
        r"""Whether `\"` quotes words in this text, as in JSON, and is no accent."""
        if self._quotes_escaped is None:
            self._quotes_escaped = _QUOTED_WORD.search(self._text) is not None
        return self._quotes_escaped

    def _accent(self, name: str, end: int) -> int | None:
        found = read_accent(self._text, name, end)
        if found is None:
            return None
        self._writer.text(found.text)
        if found.opens_group:
            self._groups.push()
        return found.end

    def _declare(self, element: str, end: int) -> int:
        r"""`{\it ...}`, to the end of its group; `\it{...}`, which authors write as well."""
        text = self._text
        if self._groups.opens(end) and (not self._groups or text[end] == "{"):
            return self._groups.begin(self._groups.brace_at(end), element)
        if self._groups:
            self._groups.begin_element(element)
        while text[end : end + 1] in (" ", "\n", "/"):
            end += 1
        return end

    def _symbol(self, name: str, at: int, end: int) -> int:
        text = self._text
        if name in SYMBOLS and text[end : end + 1] in ("_", "^"):
            return self._formula(at, end)
        self._writer.text(TEXT.get(name) or SYMBOLS[name])
        if text[end : end + 2] == "{}":
            return end + 2
        if name in GLUED:
            while text[end : end + 1] == " ":
                end += 1
        elif text[end : end + 2] == "\\ ":
            self._writer.text(" ")
            end += 2
        return end

    def _reference(self, end: int) -> int:
        for _ in range(2):
            option = _OPTION.match(self._text, end)
            end = option.end() if option else end
        if self._groups.opens(end) and (
            closing := self._groups.matching(self._groups.brace_at(end))
        ):
            self._writer.text("[…]")
            return closing + 1
        return end

    def _drop_arguments(self, end: int, count: int) -> int:
        option = _OPTION.match(self._text, end)
        end = option.end() if option else end
        for _ in range(count):
            if not self._groups.opens(end):
                return end
            closing = self._groups.matching(self._groups.brace_at(end))
            if closing is None:
                return end
            end = closing + 1
        # What is left in braces is text (`\textcolor{red}{text}`).
        return self._groups.begin(end) if self._text.startswith("{", end) else end

    def _either(self, opening: int) -> int:
        r"""`\texorpdfstring{TeX}{plain}`."""
        closing = self._groups.matching(opening)
        if closing is None or self._text[closing + 1 : closing + 2] != "{":
            return self._groups.begin(opening)
        other = self._groups.matching(closing + 1)
        if other is None:
            return self._groups.begin(opening)
        if self._writer.plain:
            return self._groups.begin(closing + 1)
        return self._groups.begin(opening, resume=other + 1)

    def _environment(self, name: str, at: int, end: int) -> int:
        opening = self._groups.brace_at(end) if self._groups.opens(end) else -1
        closing = self._groups.matching(opening)
        if closing is None:
            return end
        kind = self._text[opening + 1 : closing].strip()
        if name == "begin" and kind.rstrip("*") in DISPLAYED:
            formula = self._delimited(at, closing + 1, f"\\end{{{kind}}}", True)
            if formula is not None:
                return formula
        self._writer.text(" ")
        option = _OPTION.match(self._text, closing + 1)
        return option.end() if option else closing + 1

    # Links and punctuation

    def _link(self, name: str, end: int) -> int:
        text = self._text
        opening = self._groups.brace_at(end) if self._groups.opens(end) else -1
        closing = self._groups.matching(opening)
        if closing is None:
            return end
        address = unescape_address(text[opening + 1 : closing])
        following = closing + 1
        if name != "href" or not self._groups.opens(following):
            self._writer.link(address)
            return following
        element = self._writer.begin("a", address)
        self._groups.push(element)
        return self._groups.brace_at(following) + 1

    def _address(self, at: int) -> int:
        address, end = read_address(self._text, at)
        self._writer.link(address)
        return end
