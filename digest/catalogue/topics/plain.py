"""Running text without what is no words of it: formulas, LaTeX commands, addresses, accents."""

from __future__ import annotations

import re
import unicodedata

_MATH = re.compile(r"\$\$[^$]{1,2000}\$\$|\$[^$]{1,500}\$")
# `$p$-adic`, `$K$-theory`, `$C^*$-algebra`: the letter is part of the word.
_LETTER = re.compile(r"\$\s?([A-Za-z])(?:\s?\^\s?\{?(\*|\\ast)\}?)?\s?\$(?=-[a-z])")
_DISPLAY = re.compile(r"\\\(.{0,1000}?\\\)|\\\[.{0,1000}?\\\]", re.DOTALL)
# `$5 million for language models and $6` is money, not a formula.
_MONEY = re.compile(r"\$\d[\d.,]*\s*(?:[A-Za-z]+\s+){2}")
_ACCENT = re.compile(r"\\(?:[\"'`^~=.]|[Hcuvkr](?=\s?\{))\s?\{?\\?([A-Za-z])\}?")
_COMMAND = re.compile(r"\\(?:begin|end|cite[tp]?|ref|label|url)\s?\{[^{}]{0,200}\}|\\[A-Za-z]+\*?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_MAIL = re.compile(r"[\w.+-]{1,64}@\S+")


_MARKS = {0xAD: None, 0x2019: "'", 0x2010: "-", 0x2011: "-", 0x2013: "-"}
"""Soft hyphens are none; curved apostrophes and other hyphens are as ASCII has them."""


class _Bases(dict[int, str]):
    """Character to its letter without accent, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = "".join(c for c in unicodedata.normalize("NFKD", char) if c.isalnum())
        plain = "" if unicodedata.combining(char) else base or char
        if len(self) < 50_000:  # all of Unicode would be wasteful to keep
            self[code] = plain
        return plain


_BASES = _Bases()


def plain_text(text: str) -> str:
    """`text` for looking up words: a formula is a mark between words, commands are gone."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_MARKS))
    if "$" in text:
        text = _LETTER.sub(lambda m: m[1] + ("*" if m[2] else ""), text)
        text = _MATH.sub(lambda m: m[0] if _MONEY.match(m[0]) else " § ", text)
    if "\\" in text:
        text = _DISPLAY.sub(" § ", text)
        text = _COMMAND.sub(" ", _ACCENT.sub(r"\1", text))
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(" § ", text)
    if "@" in text:
        text = _MAIL.sub(" § ", text)
    return text.replace("'s ", " ")


def plain_word(word: str) -> str:
    """`word` in lower case, without accents and ligatures."""
    return word.lower() if word.isascii() else word.translate(_BASES).lower()
