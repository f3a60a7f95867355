"""What the source itself says: keywords and categories become topics, or tags of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.catalogue.topics.kinds import kind_of
from digest.catalogue.topics.mentions import find_mentions
from digest.catalogue.topics.words import cut
from digest.paper import Tag
from digest.text import clean, fold, slugify

if TYPE_CHECKING:
    from digest.catalogue.topics.vocabulary import Matcher

_MAX_OWN = 12
_MAX_KEYWORD = 60

_CATEGORY = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})*\.[A-Za-z][A-Za-z-]+")
# Classes of subjects by number: MSC 68T05, ACM I.2.10, PACS 05.45.-a. They are no words.
_CODE = re.compile(r"\d\d[A-Z]?[\dx]{2}|[A-K]\.\d(?:\.\d+)?|\d\d\.\d\d\.\S{1,3}|[\d\W_]+")


def sort_given(
    matcher: Matcher, given: tuple[str, ...]
) -> tuple[dict[str, str], list[Tag], dict[str, str]]:
    """Keywords that are topics, tags of their own for others, and categories that are topics."""
    known: dict[str, str] = {}
    own: list[Tag] = []
    categories: dict[str, str] = {}
    for text in given:
        keyword = fold(clean(text)).strip(" .,;:")
        if slug := matcher.taxonomy.by_category.get(keyword):
            categories.setdefault(slug, keyword)
        elif not keyword or _CATEGORY.fullmatch(keyword) or _CODE.fullmatch(keyword):
            continue
        elif slug := _topic_of(matcher, keyword):
            known.setdefault(slug, keyword)
        elif len(keyword) <= _MAX_KEYWORD and len(own) < _MAX_OWN:
            own.append(
                Tag(
                    slugify(keyword), keyword, "given", (keyword,), kind_of(keyword.lower().split())
                )
            )
    hidden = matcher.taxonomy.hidden
    return known, [tag for tag in own if tag.slug not in hidden], categories


def _topic_of(matcher: Matcher, keyword: str) -> str | None:
    """The topic that `keyword` names; of `Field: subject`, the one of the narrowest known part."""
    for part in (keyword, *reversed(keyword.split(": ") if ": " in keyword else ())):
        text = cut(matcher.stems, part[: 2 * _MAX_KEYWORD], "")
        whole = len(text.words) - 1  # without the stop
        senses = [
            m.sense
            for m in find_mentions(matcher, text, keyword=True).found
            if m.stop - m.start == whole
        ]
        if senses:
            return senses[0].slug
    return None
