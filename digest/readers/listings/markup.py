"""Signs that a text is no listing: markup, source code, mail headers, tables, exports."""

from __future__ import annotations

import re

from digest.readers.listings.lines import Line

_SIGN = re.compile(
    r"#{1,6}\s|[-*+>|]\s|[-*_=~`]{3}|<[/!a-zA-Z]|@\w+\{|[{}\[\]];?$|\w+\(.*\)[;:]?$|//|/\*|\\\\$"
    r"|import |from \S+ c?import|#include|def |class \w+[:(]|\$?\w+ = |[A-Z][A-Z\d] {1,2}- "
    r"|(?:From|To|Cc|Date|Subject|Authors?|Title|Comments|Journal-ref|Report-no|Copyright|License|Source"
    r"|Format|Files|Categories|MSC-class|ACM-class|Subj-class|DOI|Paper|Upstream-\w+)\s?(?::|\(c\))"
    r"|(?:[^,\s]*,){4}[^,\s]|\"[^\"]*\",\"|\"[\w -]{1,40}\":"
)
_SEEN = 120


def markup_share(text: str, lines: list[Line]) -> float:
    """The share of `lines` that begin as markup, code or labelled fields do, 0 to 1."""
    if not lines:
        return 0.0
    marked = sum(
        _SIGN.match(text[line.start : min(line.end, line.start + _SEEN)]) is not None
        for line in lines
    )
    return marked / len(lines)
