"""What a word has in common with its plural and its other spellings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from digest.catalogue.topics.plain import plain_word
from digest.text import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"[^\W_]+")
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}
_DIMENSION = re.compile(r"(\d)(d)")
_SHORTEST = 4
"""Two words with together no more letters than this are never joined."""
_LONGEST = 6
"""A longer word is not joined to the next: `timeseries`, but never `networkanalysis`."""
_MAX_KNOWN = 100_000
_MAX_LENGTH = 40
"""Longer words are worked out each time: what is kept must not grow with hostile texts."""
# Words that do not end in a plural's -s though they look so.
_SINGULAR = frozenset({
    "alias", "always", "atlas", "bayes", "bias", "canvas", "chaos", "cosmos", "diabetes", "ethos",
    "gas", "kubernetes", "lens", "less", "means", "news", "pancreas", "paris", "plus", "rabies",
    "scabies", "series", "species", "texas",
})  # fmt: skip
_IRREGULAR = {
    "metrics": "metric", "topics": "topic", "epidemics": "epidemic", "heuristics": "heuristic",
    "characteristics": "characteristic", "logics": "logic", "ceramics": "ceramic",
    "matrices": "matrix", "vertices": "vertex", "indices": "index", "criteria": "criterion",
    "phenomena": "phenomenon", "children": "child", "women": "woman", "men": "man",
    "mice": "mouse", "spectra": "spectrum", "bacteria": "bacterium", "nuclei": "nucleus",
    "loci": "locus", "fungi": "fungus", "algae": "alga", "larvae": "larva", "lives": "life",
    "leaves": "leaf", "genera": "genus", "minima": "minimum", "maxima": "maximum",
    "automata": "automaton", "simplices": "simplex", "corpora": "corpus",
    "tumour": "tumor", "colour": "color", "neighbour": "neighbor", "labour": "labor",
    "vapour": "vapor", "behaviour": "behavior", "behavioural": "behavioral", "fibre": "fiber",
    "centre": "center", "catalogue": "catalog", "programme": "program", "anaemia": "anemia",
    "leukaemia": "leukemia", "paediatric": "pediatric", "analogue": "analog",
    "oesophagus": "esophagus", "haemoglobin": "hemoglobin", "defence": "defense",
    "neighbouring": "neighboring", "artefact": "artifact", "aluminium": "aluminum",
    "sulphur": "sulfur", "gynaecology": "gynecology", "orthopaedic": "orthopedic",
}  # fmt: skip
_SIBILANT = ("ses", "xes", "zes", "ches", "shes")
_SILENT = ("se", "xe", "ze", "che", "she")
_BRITISH = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"),
    ("ise", "ize"), ("yse", "yze"), ("ysing", "yzing"), ("elling", "eling"), ("elled", "eled"),
)  # fmt: skip
_BRITISH_TAILS = tuple(british for british, _ in _BRITISH)
# Parts that are written joined, with a hyphen or apart: `pretraining`, `pre-training`.
_PREFIXES = (
    "pre", "re", "co", "non", "sub", "un", "semi", "self", "multi", "over", "under", "super",
    "inter", "intra", "trans", "anti", "meta", "hyper", "micro", "macro", "nano", "bio", "neuro",
    "electro", "magneto", "photo", "geo", "auto", "cyber", "infra", "post", "cross", "uni", "bi",
    "tri", "omni", "pseudo", "quasi", "poly", "mono", "thermo", "hydro", "aero", "socio", "psycho",
    "immuno", "radio", "tele", "deep", "data", "base", "life", "real", "time", "key", "back",
    "hand", "text", "video", "image", "speech", "web", "chat", "cloud", "work", "spatio",
)  # fmt: skip


class Stems(dict[str, str]):
    """Word to its stem, worked out when the word is first met.

    In any case, with accents, with or without the hyphen that ties it to the next.
    """

    def __missing__(self, word: str) -> str:
        found = stem(plain_word(word.rstrip("-") or word))
        if len(self) < _MAX_KNOWN and len(word) <= _MAX_LENGTH:
            self[word] = found
        return found


def stem(word: str) -> str:
    """A form that `word` (lower case) shares with its plural and its British spelling."""
    if word in _SINGULAR:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if _is_plural(word):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("lyses", "theses")):
            word = word[:-2] + "is"
        elif word.endswith(_SIBILANT):
            word = word[:-2]
        else:
            word = word[:-1]
        word = _IRREGULAR.get(word, word)
    word = _american(word)
    if len(word) > 3 and word.endswith(_SILENT):
        word = word[:-1]
    return word


def _is_plural(word: str) -> bool:
    return word[-1:] == "s" and len(word) > 3 and not word.endswith(("ss", "us", "is", "ics"))


def _american(word: str) -> str:
    if len(word) > 5 and word.endswith(_BRITISH_TAILS):
        for british, american in _BRITISH:
            if word.endswith(british):
                return word[: -len(british)] + american
    return word


def singular(word: str) -> str:
    """A readable form of `word` (lower case) in the singular: `databases` is `database`."""
    if word in _SINGULAR or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    if not _is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("lyses", "theses")):
        return word[:-2] + "is"
    if word.endswith(("sses", "xes", "shes", "tches", "rches")) or word[:-2] in _SINGULAR:
        return word[:-2]
    return word[:-1]


def is_loud(word: str) -> bool:
    """Whether there are capitals within a word: it is a name or an abbreviation."""
    if word[1:].islower():
        return False  # the commonest case, told fast
    return any(part[1:] != part[1:].lower() for part in word.split())


def phrase_tokens(phrase: str) -> tuple[str, ...]:
    """Tokens of a phrase as the taxonomy writes it, in lower case, without possessive -s."""
    if phrase.isascii():
        return tuple(phrase.lower().replace("'s ", " ").translate(_GAPS).split())
    plain = unaccented(phrase).replace("'s ", " ").replace("’s ", " ")
    return tuple(_TOKEN.findall(plain))


def spellings(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`tokens`, and the same with one pair joined or one compound apart."""
    yield tokens
    for i, token in enumerate(tokens):
        if (
            i + 1 < len(tokens)
            and len(token) <= _LONGEST
            and len(token + tokens[i + 1]) > _SHORTEST
        ):
            yield (*tokens[:i], token + tokens[i + 1], *tokens[i + 2 :])
        for parts in _parts(token):
            yield (*tokens[:i], *parts, *tokens[i + 1 :])


@cache
def _parts(token: str) -> tuple[tuple[str, ...], ...]:
    if m := _DIMENSION.fullmatch(token):
        return (m.groups(),)
    if len(token) < 7 or not token.startswith(_PREFIXES):
        return ()
    return tuple(
        (prefix, token[len(prefix) :])
        for prefix in _PREFIXES
        if token.startswith(prefix) and len(token) - len(prefix) > 3
    )
