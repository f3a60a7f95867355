"""What the converter of formulas cannot be given: it would end the whole process, or not end.

Measured with math-core 0.9; tests/latex/test_hostile_tex.py tries heaps of marks at random.
"""

from __future__ import annotations

import re

# The converter recurses, and deep nesting would overflow its stack and end the whole process:
# in a thread with 512 kB at about 200 levels. These limits add up to 130.
_LONGEST = 1500
_DEEPEST = 30
_MOST_CHAINED = 60
_MOST_PAIRED = 40
_CHAINED = re.compile(r"(?:\\[A-Za-z]++|[\^_])\s*+(?=[\\^_\[])")
_PAIRED = re.compile(r"\\(?:left|begin)(?![A-Za-z])")
# It looks for the end of each opened bracket and, where there is none, begins again behind it: time
# doubles with every bracket that stays open.
_MOST_UNCLOSED = 10
_FENCE = "paren|brack|[bB]race|[aA]ngle|ceil|floor|[vV]ert|group|moustache"
_OPENS = (
    rf"\\(?:l(?:{_FENCE}|l(?:angle|parenthesis|bracket|corner))|ulcorner)(?![A-Za-z])|\\\{{|[(\["
    "⌈⌊⌜⌞⎰❲⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼]"
)
_CLOSES = (
    rf"\\(?:r(?:{_FENCE}|r(?:angle|parenthesis|bracket))|[ul]rcorner)(?![A-Za-z])|\\\}}|[)\]"
    "⌉⌋⌝⌟⎱❳⟆⟧⟩⟫⟭⟯⦄⦆⦈⦊⦌⦎⦐⦒⦔⦖⦘⧙⧛⧽]"
)
_FENCES = re.compile(
    rf"(?P<opens>{_OPENS})|(?P<closes>{_CLOSES})|(?P<group>\{{)|(?P<end>\}})"
    r"|(?P<cell>&|\\\\|\\(?:begin|end)(?![A-Za-z]))"
)
_DEFINES = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|Declare)")


def beyond_the_converter(source: str) -> bool:
    """Whether the formula `source` defines commands, or costs too much of the stack or of time."""
    return _too_deep(source) or _DEFINES.search(source) is not None


def _too_deep(source: str) -> bool:
    if len(source) > _LONGEST:
        return True
    if len(source) <= _MOST_UNCLOSED:
        return False
    depth = deepest = 0
    if source.count("{") > _DEEPEST:
        for brace in source:
            depth += (brace == "{") - (brace == "}")
            deepest = max(deepest, depth)
    return (
        deepest > _DEEPEST
        or len(_CHAINED.findall(source)) > _MOST_CHAINED
        or len(_PAIRED.findall(source)) > _MOST_PAIRED
        or _unclosed(source) > _MOST_UNCLOSED
    )


def _unclosed(source: str) -> int:
    """How many brackets are opened and not closed before their group or cell ends."""
    unclosed, here, around = 0, 0, []
    for fence in _FENCES.finditer(source):
        match fence.lastgroup:
            case "opens":
                here += 1
            case "closes":
                here = max(0, here - 1)
            case "group":
                around.append(here)
                here = 0
            case "end":
                unclosed += here
                here = around.pop() if around else 0
            case _:
                unclosed += here
                here = 0
    return unclosed + here + sum(around)
