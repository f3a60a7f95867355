"""What a paper shares with others besides words: tags, authors, its system, works it names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from digest.catalogue.related.lexicon import LEXICON, MARK, Word, number_of, split_words
from digest.identifiers import canonical_doi, match_arxiv, match_doi
from digest.paper import Author, Paper
from digest.text import unaccented


class Kind(IntEnum):
    """What a term of a paper is to it."""

    TEXT = 0
    """A word that is not worth telling."""
    WORD = 1
    PHRASE = 2
    TAG = 3
    IMPLIED = 4
    """A tag that another implies."""
    AUTHOR = 5
    SYSTEM = 6
    OWN = 7
    """The paper itself, by an identifier."""
    NAMED = 8
    """Another work."""


class Feature(NamedTuple):
    """A term that is no word of the text."""

    number: int
    weight: int
    kind: Kind
    name: str
    """As it is told."""


TAGS = 316
"""Length of the part of a paper that its tags make, where that of its words is 1,000."""
AUTHORS = 632
SYSTEM = 500
NAMED = 700
"""Weight of a work that is named by its identifier, and of the work itself."""
_IMPLIED = 0.4
_MOST_AUTHORS = 12
"""Longer lists say nothing of likeness: collaborations sign hundreds of papers."""
_MOST_NAMED = 30
_LONGEST = 200
"""Characters of a name that are kept."""
_ARXIV = re.compile(r"arxiv(?:\.org/(?:abs|pdf|html)/|\s{0,2}[:.]\s{0,2}|\s)", re.IGNORECASE)
_WORKS = {"arxiv": "arXiv", "doi": "doi"}


def features(paper: Paper) -> list[Feature]:
    """All of `paper`; each number stands once."""
    found = [*_tags(paper), *_authors(paper)]
    if paper.system:
        number = _number(f"system:{unaccented(paper.system)}")
        found.append(Feature(number, SYSTEM, Kind.SYSTEM, paper.system[:_LONGEST]))
    own = own_works(paper)
    for work in sorted({*own, *named_works(paper)}):
        kind, _, value = work.partition(":")
        name = f"{_WORKS[kind]}:{value}"
        found.append(
            Feature(_number(f"work:{work}"), NAMED, Kind.OWN if work in own else Kind.NAMED, name)
        )
    return found


@lru_cache(100_000)
def _number(text: str) -> int:
    return number_of(text)


def _tags(paper: Paper) -> Iterator[Feature]:
    weights = {tag.slug: _IMPLIED if tag.source == "implied" else 1.0 for tag in paper.tags}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    names = {tag.slug: tag.name for tag in paper.tags}
    for slug, weight in weights.items():
        kind = Kind.TAG if weight == 1.0 else Kind.IMPLIED
        part = max(round(TAGS * weight / length), 1)
        yield Feature(_number(f"tag:{slug}"), part, kind, names[slug][:_LONGEST])


def _authors(paper: Paper) -> Iterator[Feature]:
    names: dict[str, str] = {}
    for author in paper.authors[:_MOST_AUTHORS]:
        names.setdefault(author_name(author), author.name)
    weight = round(AUTHORS / math.sqrt(len(names))) if names else 0
    for folded, name in names.items():
        yield Feature(_number(f"author:{folded}"), weight, Kind.AUTHOR, name[:_LONGEST])


def author_name(author: Author) -> str:
    """The form in which names are compared."""
    return unaccented(author.name)


def own_works(paper: Paper) -> tuple[str, ...]:
    """`arxiv:2309.04669` and `doi:10.1145/…` of the paper itself."""
    return tuple(
        f"{kind}:{value}" for kind, value in (("arxiv", paper.eprint), ("doi", paper.doi)) if value
    )


def named_works(paper: Paper) -> tuple[str, ...]:
    """Works that the paper's texts and links name by identifier, itself left out, sorted."""
    texts = [paper.abstract or "", paper.comment or "", *(link.url for link in paper.links)]
    found = {work for text in texts for work in _works(text)}
    return tuple(sorted(found - set(own_works(paper))))[:_MOST_NAMED]


def _works(text: str) -> Iterator[str]:
    if "rxiv" in text.lower():
        for lead in _ARXIV.finditer(text):
            if eprint := match_arxiv(text, lead.end()):
                yield f"arxiv:{eprint[0].id}"
    at = text.find("10.")
    while at >= 0:
        doi = match_doi(text, at, glued=False)
        if doi:
            yield f"doi:{canonical_doi(doi[0])}"
        at = text.find("10.", at + 3 if doi is None else max(doi[1], at + 3))


def system_word(paper: Paper) -> Word:
    """The word that names the paper's system; `MARK` where there is none, or it is no single rare
    word, so that others may use it without meaning the system."""
    words = split_words(paper.system or "")
    return LEXICON[words[0]] if len(words) == 1 else MARK
