"""What the headings above an entry say about it: a topic, a venue, or nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.readers.markdown.inline import plain
from digest.readers.markdown.values import read_venue, read_when

_NUMBER = re.compile(
    r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3}){0,4}(?:[.):、]+\s*|\s+)|\(?[IVX]{1,5}[.)]+\s+|[-–#§]\s*)(?=\D)"
)
_SIGNS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27bf\u2b00-\u2bff\ufe0f]|:[a-z0-9_+-]{2,30}:")
_COUNT = re.compile(r"\s*[(\[（]\s*\d+\s*(?:papers?|篇)?\s*[)\]）]\s*$", re.I)
_NO_TOPIC = re.compile(
    r"\b(?:contents?|toc|papers?|lists?|awesome|top|week(?:ly)?|daily|updates?|updated|news|latest|recent"
    r"|today|yesterday|archive|others?|misc\w*|introduction|intro|overview|about|resources?|references?"
    r"|links?|related|publications?|articles?|reading|must.read|contribut\w+|licen[cs]e|acknowledg\w+"
    r"|citation|citing|table|back|index|usage|install\w*|getting|how|what|why|this|these|our|us|me|you|welcome"
    r"|hall|history|changelog|star|stargazers|format|note|notes|readme|arxiv|preprints?|conferences?|journals?"
    r"|accepted|orals?|posters?|spotlights?|january|february|march|april|june|july|august|september"
    r"|october|november|december|results?|page|cool|more|summary|all|new|collection|highlights?|abstract"
    r"|(?:19|20)\d\d|general|team|contact|to.?do|faq|code|codes)\b|目录|论文|更新|其他|其它|汇总|列表|简介"
    r"|前言|参考|说明|检索|页面|今日",
    re.I,
)


class Place(NamedTuple):
    """What the headings above an entry say."""

    topic: str | None = None
    venue: str | None = None


def place_of(headings: list[tuple[int, str]]) -> Place:
    """What `headings`, (level, words) from the outermost, say: the nearest that tells counts."""
    topic = venue = None
    for _, words in reversed(headings):
        if venue is None:
            venue = venue_heading(words)
        if topic is None:
            topic = topic_heading(words)
        if topic and venue:
            break
    return Place(topic, venue)


def _bare(words: str) -> str:
    words = _SIGNS.sub(" ", plain(words))
    words = _COUNT.sub("", words)
    words = _NUMBER.sub("", words.strip())
    return " ".join(words.split()).strip(" .:：-–—*_`#[]")


def topic_heading(words: str) -> str | None:
    """The topic that the heading `words` names; None where it is furniture, a date or a venue."""
    bare = _bare(words)
    if not 2 <= len(bare) <= 60 or len(bare.split()) > 6 or _NO_TOPIC.search(bare):
        return None
    if read_when(bare) or read_venue(bare) or not re.search(r"[^\W\d_]{2}", bare):
        return None
    if "http" in bare or bare.endswith(("?", "!", ".")):
        return None
    return bare


def venue_heading(words: str) -> str | None:
    """The venue that the heading `words` names: `CVPR 2024`."""
    bare = _bare(words)
    bare = re.sub(r"\s*(?:accepted\s)?papers?$", "", bare, flags=re.I)
    if len(bare) > 40 or not re.search(r"(?:19|20)\d\d", bare):
        return None
    return read_venue(bare)
