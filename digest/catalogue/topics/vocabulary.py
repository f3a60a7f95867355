"""The words of a taxonomy, compiled for looking up: plurals, spellings, hyphens, abbreviations."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.background.phrases import load_phrases
from digest.catalogue.topics.heads import Heads
from digest.catalogue.topics.kinds import kind_of
from digest.catalogue.topics.senses import Kind, Lone, Meanings, Sense
from digest.catalogue.topics.stems import Stems, is_loud, phrase_tokens, spellings, stem
from digest.catalogue.topics.topic import Compiled, Topic, read_compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.catalogue.topics.taxonomy import Taxonomy
    from digest.paper import TagKind

__all__ = ["Kind", "Matcher", "Rank", "Sense", "compile_topics", "spellings", "stem"]

_TOKEN = re.compile(r"[^\W_]+")


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
    named: frozenset[str]
    """Stems of the words of its name."""
    spelt: str
    """The stems of its name without blanks: the same for `time series` and `timeseries`."""
    kind: TagKind
    depth: float
    """What its place in the taxonomy multiplies its score by: the narrower, the more it tells."""


class Ranks(dict[str, Rank]):
    """Slug to rank, worked out when first asked for."""

    def __init__(self, taxonomy: Taxonomy, stems: Stems) -> None:
        super().__init__()
        self.taxonomy = taxonomy
        self.stems = stems

    def __contains__(self, slug: object) -> bool:
        return slug in self.taxonomy.topics

    def __missing__(self, slug: str) -> Rank:
        topics = self.taxonomy.topics
        topic = topics[slug]
        above = self.taxonomy.ancestors(slug)
        cues = dict.fromkeys(self._stemmed(cue) for cue in topic.cues)
        name = phrase_tokens(topic.name)
        stemmed = self._stemmed(topic.name)
        self[slug] = Rank(
            topic,
            frozenset(above),
            frozenset(s for s in (slug, *above) if not topics[s].parents),
            frozenset(cue[0] for cue in cues if len(cue) == 1),
            tuple(cue for cue in cues if len(cue) > 1),
            frozenset(stemmed),
            "".join(stemmed),
            topic.kind or kind_of(name),
            1 + 0.12 * min(len(above), 4),
        )
        return self[slug]

    def _stemmed(self, phrase: str) -> tuple[str, ...]:
        return tuple([self.stems[token] for token in phrase_tokens(phrase)])


class Matcher:
    """A taxonomy made ready for `infer_tags`. Build it once; what it finds never changes."""

    def __init__(self, taxonomy: Taxonomy, *, afresh: bool = False) -> None:
        """`afresh`: nothing is taken from what ships ready made."""
        compiled = None if afresh else read_compiled()
        topics = taxonomy.topics
        self.taxonomy = taxonomy
        self.stems = Stems()
        known: dict[str, Topic] = {}
        gone: set[str] = set()
        longer: dict[str, str] = {}
        self.singles: dict[str, str] = {}
        """Phrases of one stem to what they mean, as `meanings` reads it."""
        if compiled is not None:
            known = compiled.topics
            self.singles = dict(compiled.singles)
            longer = compiled.longer
            gone = {s for s, t in known.items() if t is not topics.get(s) and _differs(t, topics)}
        self.meanings = Meanings([*known], gone)
        self.heads = Heads(longer, load_phrases().worths, self.meanings)
        """Longer phrases by their first two stems."""
        self.exact: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
        """First word of abbreviations, in their own case, to all their words."""
        self.ranks = Ranks(taxonomy, self.stems)
        for topic in topics.values():
            if topic.slug not in known or topic.slug in gone:
                self._learn(topic)
            for short in topic.short:
                self._shorten(topic.slug, short)
        for known_forms in self.exact.values():
            if len(known_forms) > 1:
                known_forms.sort(key=lambda entry: -len(entry[0]))
        self.lone = Lone(self.singles, self.meanings)
        self.openers = frozenset(self.singles).union(map(self.stems.__getitem__, self.exact))
        """Stems that are a phrase, or that a word has with which an abbreviation begins."""
        above = _ancestors(taxonomy)
        self.sizes = Counter(up for ups in above.values() for up in ups)
        """Number of topics below a topic."""
        self.pinned = frozenset(t.slug for t in topics.values() if t.pinned)
        self.kin = _kin(taxonomy.roots, above)
        """Field to the fields that share a topic with it."""

    def _learn(self, topic: Topic) -> None:
        number = len(self.meanings.slugs)
        self.meanings.slugs.append(topic.slug)
        for phrase in topic.words:
            self._add(phrase, f"{number}w")
        for phrase in topic.weak:
            self._add(phrase, f"{number}k")

    def _add(self, phrase: str, mark: str) -> None:
        tokens = phrase_tokens(phrase)
        if not tokens:
            return
        written = f"{mark}{len(tokens)}{'!' if is_loud(phrase) else ''}"
        number = f"{mark[:-1]}"
        for variant in spellings(tokens):
            stems = [self.stems[token] for token in variant]
            first, rest = stems[0], " ".join(stems[1:])
            if rest:
                _mark(self.heads.added.setdefault(first, {}), rest, written, number)
            else:
                _mark(self.singles, first, written, number)

    def _shorten(self, slug: str, short: str) -> None:
        tokens = tuple(_TOKEN.findall(short))
        sense = Sense(slug, "short", 1)
        for variant in dict.fromkeys((tokens, ("".join(tokens),))) if tokens else ():
            for form in (variant, (*variant[:-1], variant[-1] + "s")):
                for first in (form[0], form[0] + "-"):
                    self.exact.setdefault(first, []).append((form, sense))


def _mark(known: dict[str, str], stems: str, written: str, number: str) -> None:
    """Add a meaning to those that the stems have, but for one of the same topic."""
    here = known.get(stems, "")
    if not any(part.startswith((f"{number}w", f"{number}k")) for part in here.split()):
        known[stems] = f"{here} {written}" if here else written


def _differs(known: Topic, topics: dict[str, Topic]) -> bool:
    """Whether the phrases of a shipped topic are no longer as they were."""
    now = topics.get(known.slug)
    return now is None or (now.words, now.weak) != (known.words, known.weak)


def _ancestors(taxonomy: Taxonomy) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}

    def above(slug: str) -> frozenset[str]:
        if slug not in found:
            parents = taxonomy.topics[slug].parents
            found[slug] = frozenset(parents).union(*map(above, parents))
        return found[slug]

    for slug in taxonomy.topics:
        above(slug)
    return found


def _kin(roots: Iterable[str], above: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    shared: dict[str, set[str]] = {root: set() for root in roots}
    for slug, ups in above.items():
        fields = shared.keys() & {slug, *ups}
        for root in fields:
            shared[root] |= fields
    return {root: frozenset(others) for root, others in shared.items()}


def compile_topics(taxonomy: Taxonomy, slugs: dict[str, str], source: str) -> Compiled:
    """What `Matcher` would work out from the shipped `taxonomy` each time anew."""
    matcher = Matcher(taxonomy, afresh=True)
    return Compiled(
        source,
        taxonomy.fingerprint,
        {slug: taxonomy.topics[slug] for slug in matcher.meanings.slugs},
        slugs,
        dict(sorted(matcher.singles.items())),
        {
            first: "\n".join(f"{rest}\t{written}" for rest, written in sorted(found.items()))
            for first, found in sorted(matcher.heads.added.items())
        },
    )
