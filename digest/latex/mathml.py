"""Mathematics as MathML: math-core, with a guard before it and a look at what comes out of it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from markupsafe import escape
from math_core import LatexError, LatexToMathML

from digest.latex.guard import beyond_the_converter
from digest.latex.macros import match_braces
from digest.latex.symbols import ACCENTS, TEXT, words

_CONVERTER = LatexToMathML(
    fancy_error=False,
    ignore_unknown_commands=True,
    allow_unreliable_rendering=True,
    # What authors define in their preamble, or borrow from TeX and its packages, so often that it
    # stands in abstracts as if everybody knew it.
    macros={
        "ensuremath": "#1", "mathbbm": r"\mathbb{#1}", "mathds": r"\mathbb{#1}",
        "mathbold": r"\boldsymbol{#1}", "goth": r"\mathfrak{#1}", "Cal": r"\mathcal{#1}",
        "scr": r"\mathscr{#1}", "C": r"\mathbb{C}", "Q": r"\mathbb{Q}", "H": r"\mathbb{H}",
        "eps": r"\varepsilon", "ep": r"\epsilon", "ra": r"\rightarrow", "sp": "^{#1}",
        "sb": "_{#1}", "lsim": r"\lesssim", "gsim": r"\gtrsim", "simlt": r"\lesssim",
        "simgt": r"\gtrsim", "dotsc": r"\ldots", "dotsb": r"\cdots", "dotsm": r"\cdots",
        "dotsi": r"\cdots", "smash": "#1", "substack": r"{\begin{matrix}#1\end{matrix}}",
        "rlap": "#1", "llap": "#1", "xspace": "", "boldmath": "", "hfill": r"\quad",
    },
)  # fmt: skip


_TAG = (
    r"/?(?:math|m(?:i|n|o|row|sub|sup|subsup|over|under|underover|frac|sqrt|root|text|space|table|tr"
    r"|td|padded|phantom|error|ultiscripts|prescripts|enclose)|b|i|em|code|span)"
)
_ATTRIBUTE = (
    r" (?:display|displaystyle|scriptlevel|stretchy|symmetric|form|accent|accentunder|linethickness"
    r"|[lr]space|m(?:in|ax)size|width|height|depth|voffset|mathvariant|movablelimits|largeop"
    r'|class|columnalign|columnspacing|rowspacing|notation)="[A-Za-z0-9 .%+-]*+"'
)
_SAFE = re.compile(f"(?:[^<>]++|<{_TAG}(?:{_ATTRIBUTE})*+/?>)*+")
_STYLE = re.compile(r' style="([^"<>]*+)"')
_TABLE_LEVEL = re.compile(r'(<mtable(?: displaystyle="[a-z]++")?) scriptlevel="0"')
_UNKNOWN = re.compile(r'<merror class="math-core-unknown-cmd"><mtext>\\([^<]*+)</mtext></merror>')

_ODD = re.compile(
    r"[%#&$]|\d,\d|\\(?:label|tag|(?:eq)?ref|begin|text|[hmf]box|unicode|href|url|cite|(?:no)?limits)"
    r"|\^\{(?:th|st|nd|rd)\}"
)
_ORDINAL = re.compile(r"\^\{(th|st|nd|rd)\}")
_PERCENT = re.compile(r"(\\.)|%", re.DOTALL)
_LABEL = re.compile(r"\\(?:label|tag\*?|href|vspace\*?)\s*+\{[^{}]*+\}")
_REFERENCE = re.compile(r"\\(?:(?:eq|page)?ref|cite[a-z]*+)\s*+(?:\[[^\][]*+\])?\{[^{}]*+\}")
_UNICODE = re.compile(r"\\unicode\s*+(?:\[[^\][]*+\])?\{(?:x([0-9A-Fa-f]{2,5})|(\d{2,6}))\}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*+\{([a-z]+)\*?\}")
_ENVIRONMENTS = {
    "equation": "", "displaymath": "", "math": "", "align": "aligned", "flalign": "aligned",
    "split": "aligned", "gather": "gathered", "multline": "gathered", "eqnarray": "aligned",
}  # fmt: skip
_TEXT_ARGUMENT = re.compile(
    r"\\(text(?:rm|it|bf|tt|sf|sc|sl|normal|up|md)?|[hmf]box)(?![A-Za-z])\s*+(?=\{)"
)
_NOT_IN_TEXT = re.compile(r"\\(?:boldmath|unboldmath|math(?:rm|bf|it|sf|tt)(?=\{))\s*+")
_IN_TEXT = re.compile(r"(\\.)|([_#&^])", re.DOTALL)
_LIMITS = re.compile(r"\\(?:no)?limits(?![A-Za-z])\s*+")

_FOREIGN = re.compile(
    r"\\(?:(tiny|scriptsize|footnotesize|small|normalsize|large|Large|it|em|tt|sf|sl|sc|rm|bf)"
    r"|([A-Za-z]+))(?![A-Za-z])\s*+"
)
_TEXT_ACCENT = re.compile(r"""\\(['"`^~=.])\s*+\{?\\?([A-Za-z])\}?""")
_NAMED = re.compile(r"\\operatorname\*?\{\\[a-z]++\{?\s*+([A-Za-z]++)\}?\}")
_LETTERS_OF_TEXT = words("aa AA o O l L ss ae AE oe OE dh th thorn S P i j")


@lru_cache(maxsize=8192)
def to_mathml(source: str, display: bool) -> str:
    """One formula, without its dollars, as `<math>`; as its source in `<code>` where it is broken.

    The result is safe HTML made of an allow-list of elements and attributes, without ids,
    addresses and inline styles.
    """
    source = source.strip()
    if beyond_the_converter(source):
        return _as_code(source)
    markup = _convert(_prepare(source), display)
    if markup is None:
        markup = _convert(_repair(_prepare(source)), display)
    return _as_code(source) if markup is None else markup


def _as_code(source: str) -> str:
    return f'<code class="tex">{escape(source)}</code>'


def _convert(source: str, display: bool) -> str | None:
    """MathML, or None where the converter refuses `source` or yields what we do not know."""
    try:
        markup = _CONVERTER.convert_with_local_state(source, displaystyle=display)
        unknown = set(_UNKNOWN.findall(markup)) if "math-core-unknown-cmd" in markup else None
        if unknown:
            named = _name_unknown(source, {unescape(name) for name in unknown})
            markup = _CONVERTER.convert_with_local_state(named, displaystyle=display)
    except (LatexError, UnicodeError):
        return None
    if " style=" in markup:
        markup = _STYLE.sub(_class_of_style, markup)
    # A bar that stretches: the converter's combining one stands to the left of what it covers.
    markup = markup.replace("&ApplyFunction;", "\u2061").replace(">\u0332</mo>", ">\u203e</mo>")
    if "<mtable" in markup:
        # Level 0 is what a table has anyway but in a script, where TeX's are too large; and HTML's
        # checkers know the attribute on other elements only.
        markup = _TABLE_LEVEL.sub(r"\1", markup)
    return markup if _SAFE.fullmatch(markup) else None


def _class_of_style(found: re.Match[str]) -> str:
    """Inline styles need a lax content security policy; of those, only alignment carries sense."""
    style = found[1]
    for side in ("left", "right"):
        if f"text-align: {side}" in style:
            # Where a formula is aligned, as at its equals sign, the columns touch.
            touches = " tex-close" if f"padding-{side}: 0" in style else ""
            return f' class="tex-{side}{touches}"'
    return ' class="tex-small-caps"' if "small-caps" in style else ""


def _name_unknown(source: str, unknown: set[str]) -> str:
    """`source` with unknown commands replaced by the best guess that their names allow.

    With an argument in braces the command goes and the argument stays; a command alone is
    somebody's name for an operator, an alphabet (`\\RR`, `\\cA`) or a letter, and is set as such.
    """

    def replace(found: re.Match[str]) -> str:
        name = found[1]
        if name not in unknown:
            return found[0]
        if source.startswith("{", found.end()):
            return ""
        return "{" + guess_macro(name) + "}"

    return re.sub(r"\\([A-Za-z]+)", replace, source)


def guess_macro(name: str) -> str:
    """TeX for a macro that nobody defined, judged by its name."""
    if len(name) == 1:
        return name
    if len(name) == 2 and name[0] == name[1] and name.isupper():
        return rf"\mathbb{{{name[0]}}}"
    if len(name) in (2, 4) and name[-1].isupper() and name[:-1] in ("c", "cal"):
        return rf"\mathcal{{{name[-1]}}}"
    return rf"\operatorname{{{name}}}"


def _prepare(source: str) -> str:
    """`source` in the words that the converter knows. What it means stays the same."""
    if _ODD.search(source) is None:
        return source
    source = _PERCENT.sub(lambda m: m[1] or r"\%", source)
    source = _LABEL.sub("", source)
    source = _REFERENCE.sub(r"\\text{[…]}", source)
    source = _UNICODE.sub(_character, source)
    source = _ORDINAL.sub(r"^{\\text{\1}}", source)
    source = _THOUSANDS.sub("{,}", source)
    source = _LIMITS.sub("", source) if "limits" in source else source
    if r"\begin" in source:
        source = source.replace("&=&", "&=").replace(r"\begin{array}{}", r"\begin{array}{c}")
        source = _ENVIRONMENT.sub(_environment, source)
    return _set_text(source) if "text" in source or "box" in source else source


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    # Only printing characters: never a control, a surrogate or an override.
    return chr(number) if number < 0x110000 and chr(number).isprintable() else ""


def _environment(found: re.Match[str]) -> str:
    name = _ENVIRONMENTS.get(found[2])
    if name is None:
        return found[0]
    return rf"\{found[1]}{{{name}}}" if name else ""


def _set_text(source: str) -> str:
    r"""`source` with `\text{if $x$}`, which the converter cannot read, as `\text{if }x`."""
    pairs = match_braces(source)
    parts: list[str] = []
    at = 0
    for found in _TEXT_ARGUMENT.finditer(source):
        closing = pairs.get(found.end())
        if closing is None or found.start() < at:
            continue
        command = found[1] if found[1][4:] in ("", "rm", "it", "bf", "tt", "sf", "sc") else "text"
        parts.append(source[at : found.start()] + "{")
        pieces = source[found.end() + 1 : closing].split("$")
        for n, piece in enumerate(pieces if len(pieces) % 2 else ["".join(pieces)]):
            if n % 2:
                parts.append(piece)
            elif piece:
                escaped = _NOT_IN_TEXT.sub("", _IN_TEXT.sub(_escape_in_text, piece))
                parts.append(f"\\{'text' if 'box' in command else command}{{{escaped}}}")
        parts.append("}")
        at = closing + 1
    return "".join(parts) + source[at:]


def _escape_in_text(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return "^" if found[2] == "^" else "\\" + found[2]


def _repair(source: str) -> str:
    """`source` without the commonest mistakes: tried only when the converter has refused it."""
    source = source.replace(r"\...", r"\ldots")
    source = _NAMED.sub(r"\\operatorname{\1}", _TEXT_ACCENT.sub(lambda m: m[2], source))
    source = _FOREIGN.sub(_foreign, source)
    source = re.sub(r"(?<!\\)#", r"\\#", source)
    source = re.sub(r"\\(left|right|[bB]ig+[lrm]?)\s*+<", r"\\\1\\langle ", source)
    source = re.sub(r"\\(left|right|[bB]ig+[lrm]?)\s*+>", r"\\\1\\rangle ", source)
    source = re.sub(r"\\[bB]ig+[lrm]?\s*+\{([|/])\}", r"\1", source)
    source = source.replace("$", "")
    if r"\begin" not in source:
        source = re.sub(r"(?<!\\)&", r"\\&", source)
    source = _balance(source)
    source = re.sub(r"([\^_])\s*+(?=[}\^_]|$)", "", source)
    return re.sub(r"(\^(?:\w|\{[^{}]*+\}))(?=\^)|(_(?:\w|\{[^{}]*+\}))(?=_)", r"\1\2{}", source)


def _foreign(found: re.Match[str]) -> str:
    if found[1]:
        return ""
    name = found[2]
    if name.startswith("text") and name in TEXT:
        return f"{{{TEXT[name]}}}"
    if len(name) == 1 and name in ACCENTS:
        return name
    return rf"\text{{{TEXT.get(name, 'þ')}}}" if name in _LETTERS_OF_TEXT else found[0]


def _balance(source: str) -> str:
    """`source` with as many `}` as `{`: a stray one goes, a missing one comes at the end."""
    pairs = match_braces(source)
    closing = set(pairs.values())
    kept: list[str] = []
    missing = 0
    escaped = False
    for at, character in enumerate(source):
        if not escaped and character == "}" and at not in closing:
            continue
        if not escaped and character == "{" and at not in pairs:
            missing += 1
        kept.append(character)
        escaped = character == "\\" and not escaped
    return "".join(kept) + "}" * missing
