"""Mathematics as plain Unicode text: for titles of windows, feeds, search and slugs."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.latex.commands import MATH_DROPPED, MATH_SILENT, MATH_TRANSPARENT
from digest.latex.mathml import guess_macro
from digest.latex.symbols import (
    BINARY,
    DOUBLE_STRUCK,
    FUNCTIONS,
    LETTERS,
    MATH_ACCENTS,
    RELATIONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|[<>=:]+|.", re.DOTALL)
_LONGEST = 1500
_DEEPEST = 30

_DOUBLE = frozenset(("mathbb", "mathbbm", "mathds", "Bbb"))
_BARE_RAISED = frozenset(
    ("*", "∗", "⋆", "†", "‡", "′", "″", "‴", "°", "th", "st", "nd", "rd", "♯", "♭", "®", "™")
)
_ESCAPES = {
    ",": " ",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "\\": "; ",
    "|": "‖",
    "!": "",
    "/": "",
}
_SPACE_WORDS = frozenset(("quad", "qquad", "newline", "cr", "thinspace", "space"))
_MACROS = {"eps": "ε", "ep": "ϵ", "veps": "ε"}
_PARENTHESISED = re.compile(r"\([^()]*+\)")
_RADICAND = re.compile(r"\d+|\w[′⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]*")
_ATOM = re.compile(r"[\w.′⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉ℝℤℂℕ\u0300-\u036f]*")


class _TooDeepError(Exception):
    pass


@lru_cache(maxsize=8192)
def math_to_plain(source: str) -> str:
    """One formula, without its dollars, on one line: `x^{2}` -> `x²`, `O(\\sqrt n)` -> `O(√n)`."""
    if len(source) > _LONGEST:
        return _strip(source)
    try:
        return " ".join(_Formula(source).group("").split())
    except _TooDeepError:
        return _strip(source)


def _strip(source: str) -> str:
    """What is left of a formula that is too long or too deep to be worth understanding."""
    return " ".join(re.sub(r"\\([A-Za-z]++)|[\\{}$]", r" \1 ", source).split())


def _wrap(text: str, bare: re.Pattern[str] = _ATOM) -> str:
    return text if bare.fullmatch(text) else f"({text})"


class _Formula:
    """A reader of one formula: tokens, a place among them, and how deep it stands."""

    def __init__(self, source: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(source)
        self._at = 0
        self._depth = 0

    def group(self, end: str) -> str:
        """Text up to `end`, which is consumed; "" is the end of the formula."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        out: list[str] = []
        while (mark := self._next()) and mark != end:
            if mark[0] == "\\":
                self._command(mark, out)
            elif mark == "{":
                out.append(self.group("}"))
            elif mark in "^_":
                self._script(mark, out)
            elif mark == "'":
                out.append("′")
            elif mark.isspace() or mark in "~&":
                if out and out[-1][-1:] != " ":
                    out.append(" ")
            elif mark not in "}$":
                out.append(mark)
        self._depth -= 1
        return "".join(out).strip() if end else "".join(out)

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _skip_blank(self) -> bool:
        if self._peek().isspace():
            self._at += 1
            return True
        return False

    def _argument(self) -> str:
        self._skip_blank()
        mark = self._next()
        if mark == "{":
            return self.group("}")
        if mark[:1] == "\\":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise _TooDeepError
            out: list[str] = []
            self._command(mark, out)
            self._depth -= 1
            return "".join(out).strip()
        if mark in ("}", "]"):
            self._at -= 1
            return ""
        return mark

    def _script(self, sign: str, out: list[str]) -> None:
        raised = sign == "^"
        text = self._argument().strip()
        if not text:
            return
        while out and out[-1] == " ":
            out.pop()
        characters = SUPERSCRIPTS if raised else SUBSCRIPTS
        if raised and text == "∘":
            out.append("°")
        elif all(c in characters for c in text):
            out.append("".join(characters[c] for c in text))
        elif raised and text in _BARE_RAISED:
            out.append(text)
        elif len(text) == 1 or text.isalpha() or (not raised and text.isalnum()):
            out.append(sign + text)
        else:
            out.append(f"{sign}{_wrap(text, _PARENTHESISED)}")

    def _command(self, mark: str, out: list[str]) -> None:
        name = mark[1:].rstrip("*")
        if not name.isalpha():
            self._escape(mark[1:], out)
        elif name in RELATIONS:
            self._relation(RELATIONS[name], out)
        elif name in LETTERS:
            self._letter(LETTERS[name], out)
        elif name in BINARY:
            self._binary(BINARY[name], out)
        elif name in FUNCTIONS:
            self._word({"liminf": "lim inf", "limsup": "lim sup"}.get(name, name), out)
        elif name in MATH_ACCENTS:
            text = self._argument()
            out.append(text + MATH_ACCENTS[name] if len(text) == 1 else text)
        elif name in MATH_TRANSPARENT:
            out.append(self._spaced_argument())
        elif name in _DOUBLE:
            text = self._argument()
            out.append(DOUBLE_STRUCK.get(text, text))
        elif name in MATH_SILENT:
            self._silent(name)
        elif name in _SPACE_WORDS:
            out.append(" ")
        else:
            self._structure(name, out)

    def _escape(self, mark: str, out: list[str]) -> None:
        if mark in _ESCAPES:
            out.append(_ESCAPES[mark])
        elif mark in "'\"`^~=.":
            out.append(self._argument())
        elif mark.isspace():
            out.append(" ")
        elif mark not in "()[]-@":
            out.append(mark)

    def _spaced_argument(self) -> str:
        """An argument with the blanks at its ends, which count in `\\text{ if }`."""
        self._skip_blank()
        if self._peek() != "{":
            return self._argument()
        before = self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].isspace()
        text = self._argument()
        after = self._at >= 2 and self._tokens[self._at - 2].isspace()
        return " " * before + text + " " * after

    def _relation(self, symbol: str, out: list[str]) -> None:
        spaced = "".join(out[-2:]).rstrip()[-1:] not in ("", "(", "[", "{", ",")
        out.append(f" {symbol} " if spaced else symbol)
        self._skip_blank()

    def _binary(self, symbol: str, out: list[str]) -> None:
        spaced = bool(out) and out[-1][-1:] == " "
        blank = self._skip_blank()
        out.append(symbol + " " if spaced and blank else symbol)

    def _letter(self, symbol: str, out: list[str]) -> None:
        out.append(symbol)
        if self._peek().isspace():
            following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else ""
            name = following[1:]
            if following.isalnum() or following in ("(", "_", "^", "'", "{") or name in LETTERS:
                self._at += 1

    def _word(self, word: str, out: list[str]) -> None:
        if out and out[-1][-1:].isalnum():
            out.append(" ")
        out.append(word)
        following = self._peek()
        if following[:1].isalnum() or (following[:1] == "\\" and following[1:].isalpha()):
            out.append(" ")

    def _silent(self, name: str) -> None:
        self._skip_blank()
        if name in ("left", "right") and self._peek() == ".":
            self._at += 1

    def _structure(self, name: str, out: list[str]) -> None:
        """Commands with a form of their own, and those that nobody knows."""
        if name in ("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"):
            upper, lower = self._argument(), self._argument()
            out.append(f"{_wrap(upper)}/{_wrap(lower)}")
        elif name in ("binom", "tbinom", "dbinom"):
            out.append(f"({self._argument()} choose {self._argument()})")
        elif name == "sqrt":
            out.append(self._root())
        elif name in ("overset", "stackrel", "underset", "textcolor", "raisebox"):
            first, second = self._argument(), self._argument()
            out.append(second)
            if name == "underset":
                out.append("_" + (first if first.isalnum() else f"({first})"))
        elif name in ("pmod", "bmod", "pod"):
            out.append(f" (mod {self._argument()})" if name != "bmod" else " mod ")
        elif name in ("begin", "end"):
            self._environment(name, out)
        elif name == "not":
            self._skip_blank()
            self._negated(out)
        elif name == "over":
            self._relation("/", out)
        elif name in ("choose", "atop"):
            self._relation("choose" if name == "choose" else "/", out)
        elif name in MATH_DROPPED:
            self._argument()
        elif name in ("ref", "eqref", "cite"):
            self._argument()
            out.append("[…]")
        elif name == "unicode":
            out.append(_numbered(self._argument()))
        elif name in _MACROS:
            self._letter(_MACROS[name], out)
        elif self._peek() != "{":
            self._unknown(name, out)

    def _negated(self, out: list[str]) -> None:
        mark = self._next()
        name = mark[1:]
        symbol = RELATIONS.get(name) or mark
        self._relation(symbol[:1] + "\u0338" if len(symbol) == 1 else symbol, out)

    def _root(self) -> str:
        degree = ""
        if self._peek() == "[":
            self._at += 1
            inner = self.group("]")
            degree = "".join(SUPERSCRIPTS.get(c, c) for c in inner)
        return f"{degree}√{_wrap(self._argument(), _RADICAND)}"

    def _environment(self, name: str, out: list[str]) -> None:
        kind = self._argument()
        fences = {
            "pmatrix": "()",
            "bmatrix": "[]",
            "vmatrix": "||",
            "cases": "{ ",
            "smallmatrix": "()",
        }
        if kind == "array" and name == "begin":
            self._argument()
        out.append(fences.get(kind, "  ")[name == "end"])

    def _unknown(self, name: str, out: list[str]) -> None:
        guess = guess_macro(name)
        if guess.startswith(r"\mathbb"):
            out.append(DOUBLE_STRUCK.get(name[0], name[0]))
        elif guess.startswith(r"\mathcal"):
            out.append(name[-1])
        elif len(name) == 1:
            out.append(name)
        else:
            self._word(name, out)


def _numbered(text: str) -> str:
    """The character of `x2013` or `8211`, where it prints."""
    try:
        character = chr(int(text[1:], 16) if text[:1] == "x" else int(text))
    except (ValueError, OverflowError):
        return ""
    return character if character.isprintable() else ""
