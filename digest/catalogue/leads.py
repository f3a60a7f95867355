"""The lead of a paper: the sentence of its abstract that says what is new."""

from __future__ import annotations

import re

from digest.catalogue.sentences import plain, sentences

_LONGEST = 280
"""Characters; a longer sentence is cut between words."""
_LOOKED_AT = 12
_WHO = r"\b(?:we|this (?:paper|work|article|study|letter|note|thesis|report))\s+(?:\w+\s+){0,3}?"
_SIGNS = (
    re.compile(
        _WHO + r"(?:propos|introduc|present|develop|describ|design|formulat|establish|devis|"
        r"construct|deriv|prov|show|demonstrat|build|built|create|releas)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:is|are) (?:proposed|introduced|presented|developed|described|studied|"
        r"investigated|derived|proved|shown|discussed|reported)\b"
    ),
    re.compile(
        _WHO + r"(?:study|studi|investigat|analy[sz]|examin|explor|address|discuss|review|"
        r"survey|consider|identif|find|found|measur|comput|give|offer|report|provid)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:in this (?:paper|work|article|study|letter|note)|to this end|here),? we\b",
        re.IGNORECASE,
    ),
)
"""What announces something new, the surest sign first."""


def lead(abstract: str) -> str:
    """The first sentence that announces something, else the first sentence, else "".

    At most 280 characters; formulas and LaTeX are kept whole.
    """
    found = [" ".join(words) for words in sentences(plain(abstract))[:_LOOKED_AT]]
    if not found:
        return ""
    chosen = next((s for sign in _SIGNS for s in found if sign.search(s)), found[0])
    return _cut(chosen)


def _cut(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    words: list[str] = []
    length = 0
    for word in sentence.split(" "):
        if length + len(word) >= _LONGEST:
            break
        words.append(word)
        length += len(word) + 1
    text = " ".join(words) or sentence[:_LONGEST]
    # A formula that the cut opened would show as source: leave it out whole.
    if text.count("$") % 2:
        text = text[: text.rfind("$")]
    return text.rstrip(" ,;:—-(") + " …"
