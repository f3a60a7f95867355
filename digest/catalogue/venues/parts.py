"""Whether a name is only a part of another venue's, or has parts of its own."""

from __future__ import annotations

import re

from digest.catalogue.venues.registry import Match

_WORKSHOP = re.compile(r"\bworkshops?\b", re.I)


# "International Workshop on Computer Algebra": the meeting itself is called so.
_IS_WORKSHOP = re.compile(r"\bWorkshop (?:on|for|in) (?:the )?$")


_FINDINGS = re.compile(r"\bfindings\b", re.I)


_WITH_FINDINGS = frozenset({"ACL", "EMNLP", "NAACL", "EACL", "AACL"})


# The name of another venue that only begins like this one.
_GOES_ON = re.compile(
    r"[ -](?!(?:S[eé]r|Sect|Part|Vol|No|Rapid|Issue|Special|Brief|Regular|Conference|Journal)\w*\b)"
    r"(?:(?:of|and|in|on|for|&) )?(?:the )?[A-Z](?!\d|\b)|[ -](?:of|with) |:\s[A-Z]|/[A-Z]"
    r"|, (?:[A-Z][a-z]{2,20},? ){1,3}(?:and|&) [A-Z]"
)


_GOES_ON_AS_SUCH = re.compile(
    r"[ -](?:Workshops?|Companion|Posters?|Track|Datasets|Proceedings|Student|Doctoral|Findings|"
    r"Main|Late|Demos?|Oral|Spotlight|Volume|Research|Industry|Applied)\b"
)


# `Chinese Conference on X` is not the `Conference on X`; these words may stand before it.
_OTHER_BEFORE = re.compile(
    r"(?<![\w/])(?!(?:Annual|International|Intl|Proceedings|Proc|The|Joint|Biennial|First|Second|Third|"
    r"Fifth|In|At|On|Of|To|By|InProceedings|Conference|Usenix|Allerton|"
    r"Accepted|Accept|Appeared|Appears|Published|Appear|Press|Journal|Final|Version|See|For|From|"
    r"With)\b|[A-Z][a-z]+(?:th|eth|st|nd|rd)\b)"
    r"[A-Z][a-z]{2,20}(?:-[A-Z][a-z]{2,20})? $"
)


def is_part(text: str, match: Match) -> bool:
    """Whether the name is only a part of another venue's."""
    if match.words > 1 and not text[match.start].isupper() and match.kind != "conference":
        return True
    after = _GOES_ON.match(text, match.end)
    if match.words == 1:
        return match.kind != "conference" and after is not None
    if _OTHER_BEFORE.search(text, max(0, match.start - 45), match.start):
        return True
    if match.kind != "conference":
        return after is not None
    return after is not None and not _GOES_ON_AS_SUCH.match(text, match.end)


def part_of(name: str, text: str, begin: int, match: Match, end: int) -> str:
    """Workshops and Findings carry a conference's name, yet are not the conference."""
    before = _IS_WORKSHOP.sub("", text[begin : match.start])
    after = text[end : end + 25].partition(",")[0]
    if name in _WITH_FINDINGS and (_FINDINGS.search(before) or _FINDINGS.search(after)):
        return f"Findings of {name}"
    if match.workshop or _WORKSHOP.search(before) or _WORKSHOP.search(after):
        return name if "orkshop" in name else f"{name} Workshops"
    return name
