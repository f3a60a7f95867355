"""Quotation marks, dashes and ties: what TeX's keys for them mean, and when they mean nothing."""

from __future__ import annotations

import re

_CLOSING_QUOTE = re.compile(r"`|'(?!\w)")
_FARTHEST_QUOTE = 200
_DASHES = {"--": "–", "---": "—"}


class Punctuation:
    """Reads the marks of one text in their order, and remembers which quotations are open."""

    def __init__(self, text: str, tie: str) -> None:
        self._text = text
        self._tie = tie
        self._single = self._double = 0

    def read(self, at: int, mark: str) -> tuple[str, int]:
        """What `mark`, found at offset `at`, prints, and the offset behind it."""
        end = at + len(mark)
        before, after = self._text[at - 1 : at] if at else "", self._text[end : end + 1]
        at_edge = not before or before.isspace() or before in "(["
        if mark[0] == "-":
            # `--fast` is an option of a program, `-->` an arrow and `-----` a rule.
            kept = (mark == "--" and at_edge and after.isalpha()) or before == "<" or after == ">"
            return (mark if kept else _DASHES.get(mark, mark)), end
        if mark == "~":
            # `~5` is about five, `/~name` part of a path.
            loose = at_edge or before in "/~" or not after or after.isspace() or after in "/~"
            return (mark if loose else self._tie), end
        if mark == "`":
            return self._opening(end, before, after)
        return self._closing(mark, end, before, after, at_edge=at_edge)

    def _opening(self, end: int, before: str, after: str) -> tuple[str, int]:
        if after == "`":
            self._double += 1
            return "“", end + 1
        # A backtick that a backtick closes is code, as on the web, and stays as it is.
        found = (
            None
            if before.isalnum()
            else _CLOSING_QUOTE.search(self._text, end, end + _FARTHEST_QUOTE)
        )
        if found is None or found[0] == "`":
            return "`", end
        self._single += 1
        return "‘", end

    def _closing(
        self, mark: str, end: int, before: str, after: str, *, at_edge: bool
    ) -> tuple[str, int]:
        if mark == '"':
            if not self._double or (after.isalnum() and not before.isalnum()):
                return mark, end
            self._double -= 1
            return "”", end
        if after == "'" and self._double:
            self._double -= 1
            return "”", end + 1
        if after == "'" and at_edge:
            self._double += 1
            return "“", end + 1
        if self._single and not after.isalnum() and not before.isspace():
            self._single -= 1
            return "’", end
        return mark, end
