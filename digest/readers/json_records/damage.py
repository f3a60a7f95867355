"""JSON as people and programs get it wrong, mended where only one meaning is possible.

Mended are: trailing commas, comments, texts in single quotes, names without quotes, `None`, `True`,
`NaN` and their like (JSON5, https://spec.json5.org; Python; JavaScript), control characters and
unknown escapes (`\\alpha`) inside texts.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

LARGEST = 1 << 20
"""Characters above which an entry is not mended."""

_TOKEN = re.compile(
    r"""(?P<space>[\s\ufeff]+)
      | (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<single>'(?:[^'\\]|\\.)*')
      | (?P<mark>[{}\[\]:,])
      | (?P<word>[\w$.+-]+)
      | (?P<comment>//[^\n]*|/\*)""",
    re.X | re.S,
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_WORDS = {
    "null": "null", "true": "true", "false": "false", "None": "null", "undefined": "null",
    "True": "true", "False": "false", "NaN": "null", "Infinity": "null", "-Infinity": "null",
    "nan": "null", "inf": "null", "-inf": "null", "-NaN": "null", "+Infinity": "null",
}  # fmt: skip
_NUMERIC = "0123456789+-."
_COLON = re.compile(r"\s*:")
_PLAIN_WORDS = ("null", "true", "false")
_IN_TEXT = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x([0-9a-fA-F]{2})|(.))|([\x00-\x1f])", re.S)


class Mended(NamedTuple):
    """What a damaged text means, and what was wrong with it."""

    value: Any
    faults: tuple[str, ...]


def mend(text: str) -> Mended | None:
    """The value in `text`, or None where it cannot be told. Linear in the length of `text`."""
    if len(text) > LARGEST:
        return None
    faults: dict[str, None] = {}
    out = _rewrite(text, faults)
    if out is None or not faults:
        return None
    try:
        value = json.loads("".join(out), parse_int=str)
    except (ValueError, RecursionError):
        return None
    return Mended(value, tuple(faults))


def _rewrite(text: str, faults: dict[str, None]) -> list[str] | None:
    out: list[str] = []
    pos = 0
    while pos < len(text):
        m = _TOKEN.match(text, pos)
        if m is None:
            return None
        pos, kind, token = m.end(), m.lastgroup, m[0]
        if kind == "comment":
            faults["a comment"] = None
            if token == "/*":  # noqa: S105 - a token of JSON
                pos = text.find("*/", pos) + 2
                if pos < 2:
                    return None
        elif kind in ("text", "single"):
            if kind == "single":
                faults["single quotes"] = None
            out.append('"' + _IN_TEXT.sub(lambda m: _escape(m, faults), _inside(token)) + '"')
        elif kind == "mark":
            if token in ("}", "]") and out and out[-1] == ",":
                if len(out) < 2 or out[-2] in "{[,:":
                    return None
                faults["a trailing comma"] = None
                out.pop()
            out.append(token)
        elif kind == "word":
            word = _word(token, faults)
            # Without quotes only a name can be told from a slip of the pen: one before a colon.
            if word[0] == '"' and token[0] not in _NUMERIC and not _COLON.match(text, pos):
                return None
            out.append(word)
    return out


def _inside(token: str) -> str:
    inner = token[1:-1]
    # In single quotes a double one stands bare; `\"` is an escape already.
    return (
        re.sub(r'(\\.)|"', lambda m: m[1] or '\\"', inner, flags=re.S) if token[0] == "'" else inner
    )


def _escape(m: re.Match[str], faults: dict[str, None]) -> str:
    if m[3]:
        faults["a control character"] = None
        return f"\\u{ord(m[3]):04x}"
    if m[1]:
        faults["an unknown escape"] = None
        return f"\\u00{m[1]}"
    if m[2] == "'":
        return "'"
    if m[2] is not None and m[2] not in '"\\/bfnrt':
        # `\alpha`: the backslash was meant.
        faults["an unknown escape"] = None
        return "\\\\" + (m[2] if m[2] >= " " else f"\\u{ord(m[2]):04x}")
    return m[0]


def _word(token: str, faults: dict[str, None]) -> str:
    if _NUMBER.fullmatch(token):
        return token
    if token in _WORDS:
        if token not in _PLAIN_WORDS:
            faults[f"`{token}`"] = None
        return _WORDS[token]
    if token[0] in _NUMERIC:
        faults["a number that is none in JSON"] = None
    else:
        faults["a name without quotes"] = None
    return json.dumps(token)
