"""The words of a taxonomy, compiled for looking up: plurals, spellings, hyphens, abbreviations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from digest.catalogue.topics.plain import plain_word
from digest.text import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.catalogue.topics.taxonomy import Taxonomy, Topic

Kind = Literal["word", "short", "weak"]
Node = dict[str, Any]
"""Token to the node of what follows it; "" to the tuple of `Sense`s of the phrase ending here."""

_TOKEN = re.compile(r"[^\W_]+")
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}
_DIMENSION = re.compile(r"(\d)(d)")
_SHORTEST = 4
"""Two words with together no more letters than this are never joined."""
_MAX_KNOWN = 100_000
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


class Sense(NamedTuple):
    """One topic that a phrase may mean."""

    slug: str
    kind: Kind
    size: int
    """Number of tokens of the phrase, as first written."""
    loud: bool = False
    """The phrase has capitals beyond initials, as `FPGA` has."""


class Rank(NamedTuple):
    """What the scoring needs to know of a topic."""

    topic: Topic
    above: frozenset[str]
    """Slugs of all broader topics."""
    fields: frozenset[str]
    """Slugs of the roots that it belongs to."""
    cues: frozenset[str]
    """Stems of the cues that are one word."""
    cue_phrases: tuple[tuple[str, ...], ...]
    """Stems of the words of longer cues."""


class Stems(dict[str, str]):
    """Word, in any case and with accents, to its stem, worked out when the word is first met."""

    def __missing__(self, word: str) -> str:
        found = stem(plain_word(word))
        if len(self) < _MAX_KNOWN:
            self[word] = found
        return found


def stem(word: str) -> str:
    """A form that `word` (lower case) shares with its plural and its British spelling."""
    if word in _SINGULAR:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word[-1:] == "s" and len(word) > 3 and not word.endswith(("ss", "us", "is", "ics")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("lyses", "theses")):
            word = word[:-2] + "is"
        elif word.endswith(_SIBILANT):
            word = word[:-2]
        else:
            word = word[:-1]
        word = _IRREGULAR.get(word, word)
    if len(word) > 5 and word.endswith(_BRITISH_TAILS):
        for british, american in _BRITISH:
            if word.endswith(british):
                word = word[: -len(british)] + american
                break
    if len(word) > 3 and word.endswith(_SILENT):
        word = word[:-1]
    return word


def is_loud(word: str) -> bool:
    """Whether there are capitals within a word: it is a name or an abbreviation."""
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
        if i + 1 < len(tokens) and len(token) + len(tokens[i + 1]) > _SHORTEST:
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


_Entry = tuple[str, tuple[str, ...], str, Kind]


class Phrases(dict[str, Node]):
    """First stem to the phrases that begin with it, put together when the stem is first met."""

    def __init__(self, stems: Stems) -> None:
        super().__init__()
        self.stems = stems
        self.heads: dict[str, list[_Entry]] = defaultdict(list)
        """First stem to phrases of which one spelling begins with it, with tokens and topic."""

    def add(self, phrase: str, slug: str, kind: Kind) -> None:
        tokens = phrase_tokens(phrase)
        if not tokens:
            return
        entry = (phrase, tokens, slug, kind)
        first = tokens[0]
        head = self.stems[first]
        self.heads[head].append(entry)
        if len(tokens) > 1 and len(first) + len(tokens[1]) > _SHORTEST:
            joined = stem(first + tokens[1])
            if joined != head:
                self.heads[joined].append(entry)
        for parts in _parts(first):
            self.heads[self.stems[parts[0]]].append(entry)

    def at(self, head: str) -> Node | None:
        """What follows `head` in phrases that begin with it; None if none does."""
        return self[head] if head in self.heads else None

    def __missing__(self, head: str) -> Node:
        node: Node = {}
        for phrase, tokens, slug, kind in self.heads[head]:
            sense = Sense(slug, kind, len(tokens), is_loud(phrase))
            for variant in spellings(tokens):
                stems = [self.stems[token] for token in variant]
                if stems[0] == head:
                    _plant(node, stems[1:], sense)
        self[head] = node
        return node


def _kin(roots: Iterable[str], ranks: Iterable[Rank]) -> dict[str, frozenset[str]]:
    shared: dict[str, set[str]] = {root: set() for root in roots}
    for rank in ranks:
        for root in rank.fields:
            shared[root] |= rank.fields
    return {root: frozenset(others) for root, others in shared.items()}


class Matcher:
    """A taxonomy made ready for `infer_tags`. Build it once; what it finds never changes."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.stems = Stems()
        self.phrases = Phrases(self.stems)
        """Phrases by the stems of their words."""
        self.exact: Node = {}
        """Abbreviations, in their own case."""
        self.ranks: dict[str, Rank] = {}
        for topic in taxonomy.topics.values():
            self._learn(topic)
        self.sizes = Counter(up for rank in self.ranks.values() for up in rank.above)
        """Number of topics below a topic."""
        self.kin = _kin(taxonomy.roots, self.ranks.values())
        """Field to the fields that share a topic with it."""

    def _learn(self, topic: Topic) -> None:
        above = self.taxonomy.ancestors(topic.slug)
        roots = [s for s in (topic.slug, *above) if not self.taxonomy.topics[s].parents]
        cues = dict.fromkeys(self._stemmed(phrase_tokens(cue)) for cue in topic.cues)
        self.ranks[topic.slug] = Rank(
            topic,
            frozenset(above),
            frozenset(roots),
            frozenset(cue[0] for cue in cues if len(cue) == 1),
            tuple(cue for cue in cues if len(cue) > 1),
        )
        for phrase in topic.words:
            self.phrases.add(phrase, topic.slug, "word")
        for phrase in topic.weak:
            self.phrases.add(phrase, topic.slug, "weak")
        for short in topic.short:
            tokens = tuple(_TOKEN.findall(short))
            sense = Sense(topic.slug, "short", 1)
            for variant in {tokens, ("".join(tokens),)} if tokens else ():
                _plant(self.exact, variant, sense)
                _plant(self.exact, (*variant[:-1], variant[-1] + "s"), sense)

    def _stemmed(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        return tuple([self.stems[token] for token in tokens])


def _plant(root: Node, tokens: Iterable[str], sense: Sense) -> None:
    node = root
    for token in tokens:
        node = node.setdefault(token, {})
    senses = node.get("", ())
    if all(s.slug != sense.slug for s in senses):
        node[""] = (*senses, sense)
