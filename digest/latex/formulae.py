r"""Where formulae stand in running text: which dollars enclose mathematics, and which are money."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_INLINE = re.compile(r"\$([^$\\]*+(?:\\.[^$\\]*+)*+)\$", re.DOTALL)
_DISPLAY = re.compile(r"\$\$((?!\$)[^$\\]*+(?:\\.[^$\\]*+)*+)\$\$", re.DOTALL)

_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")
_WORDS_OF_TEX = re.compile(r"\\[A-Za-z]++\s*+(?:\{[^{}]*+\})?|\{[^{}]*+\}")
_WORD = re.compile(r"(?<!\S)[A-Za-z]{3,}(?=[\s,.;:]|\Z)")
# Dollars round nothing but words (`$\textbf{Our Method}$`) or an address: no formula, which could
# not be broken over two lines.
_PROSE = re.compile(
    r"\s*+\\(?:(?:text(?:bf|it|tt|sf|sc|rm|sl)?|emph|mbox)\s*+\{[^{}$]*+\}\s*+\Z|(?:href|url)\s*+\{)"
)
_BARE_ARGUMENT = re.compile(r"\s{0,3}+(?:\\[A-Za-z]++|[\w=])")
_LONGEST_ARGUMENT = 300
_SHORT = 200
"""Characters of a formula that is worth remembering."""


class Dollars(NamedTuple):
    """What a pair of dollars encloses, and the offset behind it."""

    kind: Literal["inline", "display", "prose", "slanted"]
    """`prose`: text with commands of its own; `slanted`: plain words, in dollars for italics."""
    source: str
    end: int


def find_dollars(text: str, at: int) -> Dollars | str:
    """What the dollar at `at` begins; as text, the one or two dollars that begin nothing."""
    if text.startswith("$$", at):
        found = _DISPLAY.match(text, at)
        if found and is_math(found[1], ""):
            return Dollars("display", found[1], found.end())
        return "$$"
    found = _INLINE.match(text, at)
    if found is None:
        return "$"
    source = found[1]
    if len(source) < _SHORT and _is_plainly_math(source):
        return Dollars("inline", source, found.end())
    end = _end_of_formula(text, at, found.end())
    source, following = text[at + 1 : end - 1], text[end : end + 1]
    if not is_math(source, following):
        return Dollars("slanted", source, end) if _is_slanted(source, following) else "$"
    return Dollars("prose" if _PROSE.match(source) else "inline", source, end)


@lru_cache(maxsize=8192)
def _is_plainly_math(source: str) -> bool:
    """Whether what two dollars enclose is a formula by every rule below, as most are."""
    return (
        "!" <= source[:1] <= "~"
        and not source[0].isdigit()
        and not any(map(source.__contains__, (" ", "\n", "text", "box")))
        and not (source[0] == "\\" and _PROSE.match(source))
    )


def _end_of_formula(text: str, at: int, end: int) -> int:
    r"""`end` of the formula that begins at `at`, or farther where `\text{...$x$}` holds dollars."""
    for _ in range(3):
        source = text[at + 1 : end - 1]
        if source.count("{") <= source.count("}") or not ("\\text" in source or "box" in source):
            break
        inner = _INLINE.match(text, end - 1)
        longer = _INLINE.match(text, inner.end() - 1) if inner else None
        if longer is None:
            break
        end = longer.end()
    return end


def formula_end(text: str, end: int, matching: Callable[[int], int | None]) -> int:
    """Where a formula without dollars is over, whose first command ends at `end`.

    It takes up to three arguments in braces, or one letter or command, and then scripts; `end`
    itself where there is nothing of the kind. `matching` gives the `}` of a `{`.
    """

    def group(start: int) -> int:
        closing = matching(start) if text.startswith("{", start) else None
        return start if closing is None or closing - start > _LONGEST_ARGUMENT else closing + 1

    begin = end
    for _ in range(3):
        end = group(end)
    if end == begin and text[end : end + 1] not in ("_", "^"):
        bare = _BARE_ARGUMENT.match(text, end)
        end = bare.end() if bare else end
    for _ in range(2):
        if text[end : end + 1] not in ("_", "^"):
            break
        script = end + 1
        after = script + 1 if text[script : script + 1].isalnum() else group(script)
        if after == script:
            break
        end = after
    return end


def is_math(source: str, following: str) -> bool:
    r"""Whether what stands between two dollars is a formula; `following` is the next character.

    Two prices enclose prose: it begins with a figure and ends before another (`$5 to $10`), or
    holds words that stand free and not in `\text{...}`.
    """
    if not source or source.isspace():
        return False
    if "\n" in source and _BLANK_LINE.search(source):
        return False
    tex = "\\" in source or "^" in source or "_" in source
    if not tex and source[0].isdigit() and (following.isdigit() or source[-1].isspace()):
        # `$5 to $10`, `$5M and $x$`; but `$ 5 $` has its blanks on both sides.
        return " " not in source.strip() and not (following.isalnum() or following == "\\")
    if " " not in source and "\n" not in source:
        return True
    words = len(_WORD.findall(_WORDS_OF_TEX.sub(" ", source) if tex else source))
    return words < (3 if tex else 2)


def _is_slanted(source: str, following: str) -> bool:
    """Whether dollars that hold no formula were typed for their italics (`$Fine-grained Reward$`).

    They stand close to the words on both sides, which the gap between two prices does not.
    """
    ends = source[-1:].isalpha() or source[-1:] in (")", "}", ".")
    return ends and (source[0].isalpha() or source[0] == "\\") and not following.isalnum()
