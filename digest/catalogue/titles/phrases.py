"""Noun phrases by closed word classes: where a phrase may begin, and where it may end.

No tagger: English marks the seams of its phrases with a small stock of prepositions, relatives,
auxiliaries and participles, and a cut is only made at such a seam.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.catalogue.sentences import MOST_KEPT, bare, listed
from digest.catalogue.titles.marks import opened
from digest.catalogue.titles.verbs import VERBS
from digest.catalogue.titles.word_classes import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    GENERIC,
    LIST_NUMBERS,
    PARTICIPLES,
    PREPOSITIONS,
    REFERENCES,
    RELATIVES,
    SUBORDINATORS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS = 14
MOST_CHARACTERS = 110

_NEVER_LAST = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | RELATIVES
    | AUXILIARIES
    | SUBORDINATORS
    | REFERENCES
    | FILLERS
    | (PARTICIPLES - {"known", "related", "only", "together", "respectively", "available", "able"})
    | listed(
        """i.e e.g not no more most less least very too also only several many much each every all
    either neither both how what why between — - – = + et i ii iii which's well state-of-the
    non final high low large small better other different effectively next valid once just provided
    namely two three four multiple single whole entire same additional further potential initial
    left"""
    )
)
_SEAMS = (
    PREPOSITIONS | RELATIVES | PARTICIPLES | AUXILIARIES | SUBORDINATORS | frozenset(["—", "–"])
) - {"of", "as", "than", "per", "vs", "versus", "both", "only", "related", "known"}
_ADJECTIVE_ENDS = ("al", "ive", "ous", "ic", "able", "ible", "ful", "ary", "ent", "ant", "less")
_NOUNS_LIKE_ADJECTIVES = listed(
    """signal signals potential retrieval integral interval journal material manifold proposal
    approval removal survival capital animal trial objective perspective derivative archive
    logic topic metric traffic arithmetic heuristic dynamic music fabric variable table student
    agent content component environment movement measurement event coefficient gradient
    experiment segment moment treatment development management deployment assessment improvement
    element argument document statement environment alignment entanglement confinement
    displacement current constant variant plant invariant determinant dictionary library
    boundary summary binary vocabulary commentary potential functional differential exponential
    polynomial optical deployment adjustment refinement enhancement agreement enrichment
    equipment fragment payment sentiment department government descent accident talent patent
    extent text context process access success loss mass class sentient epidemic clinic critic
    characteristic arsenal goal canal dual total nonlocal crystal metal mineral hospital spiral
    tutorial narrative motive initiative alternative adaptive predicate festival arrival rival
    portal pedal principal placement judgment judgement reinforcement settlement torrent parent
    client ingredient nutrient patient accelerant tangent constituent exponent discriminant
    consonant quadrant remnant dominant covariant mutant tenant merchant restaurant"""
)
_AFTER_RELATIVE = RELATIVES | {"to", "and", "not", "can", "will", "could", "may", "effectively"}


@lru_cache(maxsize=MOST_KEPT)
def hangs(word: str) -> bool:
    """Whether `word` in lower case seems to wait for a noun: `deep and spectral |`."""
    if word in _NEVER_LAST:
        return True
    tail = word.rsplit("-", 1)[-1]
    return (
        tail.endswith(_ADJECTIVE_ENDS) and tail not in _NOUNS_LIKE_ADJECTIVES and len(tail) > 4
    ) or word.endswith(("-based", "-aware", "-free", "-driven", "-guided", "-scale", "-level"))


def begin(words: Sequence[str]) -> int:
    """How many words to leave out before the phrase says something: `a novel type of |`."""
    i = 0
    while i < len(words) - 1:
        word = bare(words[i])
        follower = bare(words[i + 1])
        if (
            word in DETERMINERS
            or word in FILLERS
            or (
                word in ("and", "but", "yet")
                and i
                and bare(words[i - 1]) in FILLERS | {"effective"}
            )
            or (word in ("effective", "efficient", "powerful") and i and words[i - 1].endswith(","))
            or (word == "effective" and i and bare(words[i - 1]) in ("yet", "but", "and"))
            or not word
            or "://" in word
            or (words[i][0] == "(" and words[i][-1] == ")" and words[i][1:-1].islower())
            or (words[i][0] == "\\" and words[i][1:].isalpha())
            or (word.endswith("ly") and (follower in DETERMINERS or follower in FILLERS))
        ):
            i += 1
        elif follower in ("of", "on") and word in _EMPTY_HEADS and i + 2 < len(words):
            i += 2
        elif follower == "whether" and word in ("question", "of"):
            i += 1
        else:
            break
    return i


_EMPTY_HEADS = listed(
    """problem problems type kind class classes family set series number variety range notion
    concept issue question task use idea topic subject possibility study results couple lot
    array results"""
)


def complete(
    words: Sequence[str], most_words: int = MOST_WORDS, most_characters: int = MOST_CHARACTERS
) -> int:
    """How many of `words` form the longest phrase that is complete and fits; 0 if none does."""
    best = weak = count = 0
    depth = 0
    quoted = False  # within a single quotation mark, which looks like an apostrophe where it closes
    characters = -1
    follower = ""
    fragile = False  # after "between" or "both" an "and" is no seam
    for i, word in enumerate(words):
        count += 1 + word.count(" ")  # a formula may hold blanks
        if count > most_words:
            break
        characters += len(word) + 1
        if characters > most_characters + 1:
            break
        low = follower if i else bare(word)
        follower = bare(words[i + 1]) if i + 1 < len(words) else ""
        if (
            not depth
            and i
            and (
                low in REFERENCES
                or (word[-1] == ")" and word.lower() in LIST_NUMBERS)
                or (low in ("both", "above", "all") and follower in GENERIC)
            )
        ):
            if not best:
                weak = weak or _before(words, i)
            elif best > 1:
                weak = min(weak, best)
            else:
                weak = 0
            break
        if low in _REASONS and not depth and best > 2:
            break
        depth += opened(word)
        if depth == 1 and quoted and word.rstrip(".,;:?!)")[-1:] in ("'", "’"):
            depth = 0
        quoted = quoted if depth else False
        quoted = quoted or (depth == 1 and word[0] in "'`‘" and word[:2] != "``")
        if low in ("between", "both", "either"):
            fragile = True
        if depth:
            if depth < 0:
                break
            continue
        if characters > most_characters and (
            len(word) > _trailing(word) and characters - _trailing(word) > most_characters
        ):
            break
        last = word[-1]
        ends = i + 1 == len(words)
        if hangs(low) and not (ends and low not in _NEVER_LAST):
            if last in ";:" or (last == "," and low not in _NEVER_LAST and _breaks(words, i + 1)):
                break
            continue
        if i and bare(words[i - 1]) in _AFTER_RELATIVE and not ends:
            continue
        if low.endswith("ed") and len(low) > 5 and (follower in PREPOSITIONS or follower == "to"):
            continue  # `agents engaged |in`
        if last in ";:" or ends:
            return i + 1
        if last == ",":
            if _breaks(words, i + 1):
                return i + 1
            weak = i + 1
        elif follower in CONJUNCTIONS:
            if i + 2 < len(words) and _tells(bare(words[i + 2])):
                return i + 1
            if not fragile:
                weak = i + 1
        elif (
            follower in _SEAMS
            or words[i + 1][0] in "(—"
            or (
                follower.endswith("ing")
                and i + 2 < len(words)
                and bare(words[i + 2]) in DETERMINERS
            )
        ):
            best = i + 1
        elif follower == "of":
            weak = weak or i + 1
        if low in ("and", "or"):
            fragile = False
    if best >= 4 or best >= weak:
        return best
    return weak


_REASONS = listed("because although though whereas unless thus therefore hence")


def fits(words: Sequence[str]) -> bool:
    """Whether `words` are within the limits of a title."""
    text = " ".join(words)
    return len(text) <= MOST_CHARACTERS and len(text.split()) <= MOST_WORDS


def waits(word: str) -> bool:
    """Whether nothing can end in `word`: an article, a preposition, a conjunction."""
    return bare(word) in _NEVER_LAST or not bare(word)


def _before(words: Sequence[str], end: int) -> int:
    end = next((i for i in range(end - 1, 1, -1) if bare(words[i]) in _SEAMS), end)
    while end and hangs(bare(words[end - 1])):
        end -= 1
    return end if not sum(map(opened, words[:end])) else 0


def _trailing(word: str) -> int:
    return len(word) - len(word.rstrip(",;:.!?"))


_AFTER_COMMA = listed("i.e e.g namely we prove show derive obtain give provide propose discuss")


def _breaks(words: Sequence[str], i: int) -> bool:
    """Whether the comma before word `i` ends the phrase, rather than parting a list."""
    if i >= len(words):
        return True
    follower = bare(words[i])
    if follower in _SEAMS or follower in DETERMINERS or follower in _AFTER_COMMA:
        return True
    if follower in ("and", "or", "but"):
        return i + 1 < len(words) and (
            _tells(bare(words[i + 1])) or bare(words[i + 1]) in DETERMINERS | REFERENCES
        )
    return False


def _tells(word: str) -> bool:
    """Whether `word` after `and` begins another predicate: `… and discusses`."""
    return word in _PREDICATES or (
        word in VERBS and word.endswith("s") and VERBS[word][1] not in _ALSO_NOUNS
    )


_ALSO_NOUNS = listed(
    """study model measure report use design test estimate approach search look focus concern
    address survey review release offer detail process"""
)
_PREDICATES = AUXILIARIES | listed(
    """show shows prove proves demonstrate demonstrates discuss apply evaluate compare present
    propose proposes derive give gives provide provides illustrate validate study investigate
    analyze use describe establish obtain find then we its their is are it also explore
    introduce examine test compute determine conduct perform report verify argue thus therefore
    hence develop improve"""
)
