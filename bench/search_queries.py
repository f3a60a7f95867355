"""The queries of the search benchmark, drawn from the papers themselves; always the same ones."""

from __future__ import annotations

import random
import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from common import KEYWORDS, load_records
from rivals import Paper

_WORD = re.compile(r"[a-z]{4,}")
_COMMON_SHARE = 0.1
"""A word that more papers than this have is not informative."""
_SEED = 20_261_122


class Item(NamedTuple):
    """A query, and the slug of the paper that it was made of."""

    query: str
    slug: str


def two_word_queries(papers: Sequence[Paper], count: int) -> list[str]:
    """Half of them two words of a title, half keywords of two words that authors gave papers."""
    chance = random.Random(_SEED)
    found: list[str] = []
    for paper in chance.sample(papers, len(papers)):
        words = sorted({*_WORD.findall(paper.title.lower())} - _STOP)
        if len(words) >= 2:
            found.append(" ".join(chance.sample(words, 2)))
        if len(found) == count // 2:
            break
    keywords = sorted(
        {
            word.lower()
            for record in load_records(KEYWORDS)
            for word in record.get("tags") or ()
            if len(word.split()) == 2 and word.isascii()
        }
    )
    found += chance.sample(keywords, count - len(found))
    chance.shuffle(found)
    return found


def known_items(papers: Sequence[Paper], count: int) -> tuple[list[Item], list[Item]]:
    """2 to 4 informative words of a paper's title or abstract; and the same with one typo."""
    chance = random.Random(_SEED + 1)
    texts = [{*_WORD.findall(f"{paper.title} {paper.abstract}".lower())} for paper in papers]
    held = Counter(word for words in texts for word in words)
    most = max(3, _COMMON_SHARE * len(papers))
    plain: list[Item] = []
    typos: list[Item] = []
    for place in chance.sample(range(len(papers)), len(papers)):
        paper = papers[place]
        text = paper.title if len(plain) % 2 else paper.abstract
        words = [w for w in _WORD.findall(text.lower()) if w not in _STOP and held[w] < most]
        unique = sorted({*words})
        long = [word for word in unique if len(word) >= 5]
        size = chance.randint(2, 4)
        if len(unique) < size or not long:
            continue
        chosen = chance.sample(unique, size)
        if not any(len(word) >= 5 for word in chosen):
            chosen[0] = chance.choice(long)
        plain.append(Item(" ".join(chosen), paper.slug))
        wrong = chance.choice([word for word in chosen if len(word) >= 5])
        spoilt = [_mistyped(w, chance) if w == wrong else w for w in chosen]
        typos.append(Item(" ".join(spoilt), paper.slug))
        if len(plain) == count:
            break
    return plain, typos


def _mistyped(word: str, chance: random.Random) -> str:
    """`word` with one letter left out, doubled by another, put for another, or swapped."""
    at = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    made = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word[1:],
        )
    )
    return made if made != word else word + letter


def mean_reciprocal_rank(answers: Sequence[Sequence[str]], items: Sequence[Item]) -> float:
    """Of the slugs that were found for each item, best first."""
    total = 0.0
    for found, item in zip(answers, items, strict=True):
        if item.slug in found:
            total += 1 / (1 + list(found).index(item.slug))
    return total / len(items)


_STOP = frozenset(
    """about above across after again against algorithm almost also although among analysis another
    approach based because been before being below between both cannot case cases could different
    does done down during each either first following found from further give given have having
    here however into itself just like made make many methods model more most much must
    method only other ours over paper possible present present problem problems propose proposed
    provide results same several shall should show shown shows since some study such than that their
    them then there these they this those through thus under upon used uses using very well were
    what when where whether which while whose will with within without work would your""".split()
)
"""Words that nobody searches for, and that none of the tools need find."""
