"""Brackets, quotation marks and formulas: whether they come in pairs."""

from __future__ import annotations

from functools import lru_cache

from digest.catalogue.sentences import MOST_KEPT


@lru_cache(maxsize=MOST_KEPT)
def opened(word: str) -> int:
    """Brackets and quotation marks that `word` opens, less those that it closes."""
    if word.isalnum():
        return 0
    count = word.count
    balance = count("(") + count("[") + count("{") - count(")") - count("]") - count("}")
    balance += count("“") - count("”") + count("«") - count("»") + count("``")
    if '"' in word and count('"') % 2:
        balance += 1 if word.lstrip("([{").startswith('"') else -1
    if word[0] in "'`‘" and word[:2] != "``" and word.rstrip(".,;:?!")[-1:] not in "'’":
        balance += 1
    elif "''" in word and "``" not in word:
        balance -= 1
    if count("$") % 2:
        balance += 50  # a formula that never closes
    return balance


def balanced(text: str) -> bool:
    """Whether brackets, double quotation marks and `$` of `text` come in pairs."""
    return (
        all(text.count(a) == text.count(b) for a, b in ("()", "[]", "{}", "“”", "«»"))
        and text.count("$") % 2 == 0
        and text.count('"') % 2 == 0
        and text.count("``") == text.count("''")
    )
