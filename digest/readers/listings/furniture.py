"""Page furniture: what a page shows around its papers, told by its shape."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.readers.listings.dates import DATED, YEARLESS

_AGO = (
    r"(?:about |over )?(?:\d+|an?|one) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago"
)
_UNIT = (
    r"(?:authors?|papers?|results?|items?|comments?|votes?|upvotes?|likes?|views?|citations?|cites?"
    r"|pages?|followers?|downloads?|replies|models?|datasets?|spaces?|stars?|min(?:utes?)? read)"
)


def _any(*shapes: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{shape})" for shape in shapes), re.I)


_DATE = re.sub(r"\?P<\w+>", "?:", DATED.pattern)
_DAY = YEARLESS.pattern
_TRAILERS = _any(
    # Dates, on their own or as a page labels them.
    rf"(?:(?:published|submitted|posted|updated|date|on|as of)\s?(?:on|:)?\s*)?"
    rf"(?:{_DATE}|{_DAY}|{_AGO}|today|yesterday|just now)",
    # Counts, bullets, arrows, page numbers, several of them on one line.
    rf"[\W_]*\d[\d.,]*[kKmM]?\s?\+?(?:\s{_UNIT})?[\W_]*",
    rf"{_UNIT}[\W_]*\d[\d.,]*[kKmM]?",
    r"[\W_]+",
    rf"[\W_]*\d+ {_UNIT}\s?[·•|,-]\s?(?:{_DATE}|{_DAY}|{_AGO})",
    rf"[\W_]*(?:{_AGO}\s?[·•|,-]|(?:{_AGO}\s)?(?:submitted|posted|uploaded|published)\s(?:on|by)\b)"
    r"[^.:]{0,50}",
)
_CONTROLS = _any(
    r"(?:page )?\d+ ?(?:/|of) ?\d+",
    r"(?:showing|displaying)\s(?:\d|all\b|results?\b|new\b|page\b|first\b|papers\b)[^.:$\\]{0,60}",
    r"(?:sorted by|sort by|order by)\b[^.$\\]{0,60}",
    r"(?:results?|total(?: of)?|found)\s?:?\s?\d[\d,.]*(?:\s?(?:[-–]|to|of)\s?[\d,.]+){0,3}"
    r"(?:\s(?:results?|papers?|items?|entries))?(?:\sfor\b.{0,40})?",
    r"(?:new|hot|top|trending|latest|popular|all|more|less|home|about|blog|docs|pricing|menu|share"
    r"|save|cite|copy|like|follow|upvote|bookmark|subscribe|search|filters?|sort|close|next|prev"
    r"|previous|back|first|last|settings|help|contact|terms|privacy|login|log ?in|log ?out"
    r"|sign ?in|sign ?up|sign ?out|register|skip to (?:main )?content|load more|show more|show less"
    r"|read more|see more|view all|see all|show all|expand|collapse|pdf|html|abs|code|datasets?"
    r"|models?|spaces|community|papers?|daily papers|trending papers|your account|my library"
    r"|abstract|view pdf|other formats|permalink|feedback|cookies?|accept(?: all)?|rss|newsletter"
    r"|daily|weekly|monthly|today's papers|back to (?:top|articles?|list))[\s.!…»›>→+]*",
    r"(?:get|sign up|subscribe|join|follow|browse|discover|stay|receive)\b[^.?:$\\]{0,70}"
    r"\b(?:in your (?:email )?inbox|newsletter|updates?|by email|today|now|for free|on x)"
    r"\b[^.?:$\\]{0,30}[.!]?",
    r"by[^.?:$\\]{1,30}\band the (?:research |whole )?community",
    r"(?:©|\(c\)\s?\d{4}|copyright\s(?:©|\(c\)|\d{4})).{0,80}",
    r"(?:all rights reserved|powered by|made with|hosted (?:by|on)|privacy policy|terms of (?:use"
    r"|service)).{0,60}",
)
_LONGEST = 140
_BUTTONS = re.compile(
    r"(?:Subscribe|Sign (?:in|up)|Log ?in|Search|Follow|Load more|Show more|Read more|Next|Share)"
    r"(?=[A-Z0-9][\w'’-]*[\s:])"
)
BUTTON_INITIALS = "SLFRN"
"""What the label of a button begins with that `glued_button` knows."""


def is_furniture(line: str) -> bool:
    """Whether `line` has the shape of page furniture."""
    return len(line) <= _LONGEST and any(_shape(line))


def is_trailer(line: str) -> bool:
    """Whether `line` is of the kind that a page prints under a paper: dates, counts, bullets."""
    return len(line) <= _LONGEST and _shape(line)[0]


@lru_cache(maxsize=4096)  # pages repeat their furniture, and several questions are asked of it
def _shape(line: str) -> tuple[bool, bool]:
    return _TRAILERS.fullmatch(line) is not None, _CONTROLS.fullmatch(line) is not None


_NOTICE = re.compile(r"\W{0,3}(?:©|\(c\)|copyright|all rights|version\b)", re.I)


def is_notice(line: str) -> bool:
    """Whether `line` is of the kind that licences have as well as pages of papers."""
    return _NOTICE.match(line) is not None


def glued_button(line: str) -> int:
    """The length of a button's label that is glued to the front of `line`, else 0."""
    m = _BUTTONS.match(line)
    return m.end() if m else 0
