"""Where a text names topics: one pass over its words, the longest phrase first."""

from __future__ import annotations

import re
from itertools import compress, count
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.topics.plain import plain_text
from digest.catalogue.topics.vocabulary import Matcher, Node, Sense, is_loud, phrase_tokens
from digest.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_TEXT = 20_000
"""Characters of a title or abstract that are looked at."""
TITLE, PROPOSAL, FIRST, LAST, BODY = 3.0, 2.0, 1.6, 1.4, 1.0
"""Weight of a mention by its place; `PROPOSAL` is a sentence that says what the paper does."""


def _any_case(words: set[str]) -> frozenset[str]:
    return frozenset(f(word) for word in words for f in (str.lower, str.capitalize, str.upper))


_WORDS = re.compile(r"([^\W_]+)")
_ASCII_WORDS = re.compile(r"([A-Za-z0-9]+)")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z0-9(\"“])")
_BREAK = re.compile(r"[^\w\s\-‐‑–'’/&*{}~]")
_PROPOSES = _any_case({
    "propose", "proposes", "proposed", "introduce", "introduces", "introducing", "present",
    "presents", "presenting", "develop", "develops", "design", "devise", "address", "addresses",
    "tackle", "tackles", "study", "studies", "investigate", "investigates", "explore", "explores",
    "prove", "proves", "examine", "examines", "describe", "describes", "analyze", "analyse",
    "aims", "focus", "focuses", "formulate",
})  # fmt: skip
_SPEAKER = _any_case({"we", "paper", "work", "article", "here", "letter", "thesis", "study", "our"})


_ROOT = 4
"""So many letters tell whether two words are akin, as `convolution` and `convolutional` are."""


class Sentence(NamedTuple):
    """A sentence cut into words; what stands between them tells which belong together."""

    pieces: list[str]
    """Gap, word, gap, word ... gap."""
    words: list[str]
    stems: list[str]
    place: float


class Mention(NamedTuple):
    """A phrase of the taxonomy as it stands in a text."""

    sense: Sense
    place: float
    sentence: Sentence
    start: int
    stop: int
    """First word of the phrase, and the one after its last."""

    @property
    def words(self) -> str:
        """The phrase as the text has it."""
        return fold("".join(self.sentence.pieces[2 * self.start + 1 : 2 * self.stop]))


class Mentions(NamedTuple):
    """What a title and an abstract name."""

    sentences: list[Sentence]
    found: list[Mention]
    redefined: frozenset[str]
    """Topics whose abbreviation the text uses for something else."""


def find_mentions(matcher: Matcher, title: str, abstract: str) -> Mentions:
    """Every mention of every topic, in the order of the text, ambiguous words included."""
    sentences = []
    if title:
        sentences.append(cut_words(matcher, plain_text(title[:MAX_TEXT]), TITLE))
    body = _SENTENCE_END.split(plain_text(abstract[:MAX_TEXT]))
    for at, sentence in enumerate(body):
        place = FIRST if at == 0 else LAST if at == len(body) - 1 else BODY
        sentences.append(cut_words(matcher, sentence, place))
    found: list[Mention] = []
    redefined: set[str] = set()
    for part in sentences:
        _match(matcher, part, found, redefined)
    return Mentions(sentences, found, frozenset(redefined))


def cut_words(matcher: Matcher, sentence: str, place: float) -> Sentence:
    """`sentence`, plain text, as words."""
    pieces = (_ASCII_WORDS if sentence.isascii() else _WORDS).split(sentence)
    words = pieces[1::2]
    if place < PROPOSAL and not _PROPOSES.isdisjoint(words) and not _SPEAKER.isdisjoint(words):
        place = PROPOSAL
    return Sentence(pieces, words, list(map(matcher.stems.__getitem__, words)), place)


def longest_match(
    node: Node | None, tokens: Sequence[str], pieces: list[str], start: int
) -> tuple[int, tuple[Sense, ...]]:
    """Where the longest phrase from word `start` on ends, and its senses; `start` if none is.

    `node` is what is known of that word.
    """
    stop, i, size = start, start, len(tokens)
    senses: tuple[Sense, ...] = ()
    while node is not None:
        i += 1
        if "" in node:
            stop, senses = i, node[""]
            if len(node) == 1:
                break
        if i == size:
            break
        gap = pieces[2 * i]
        if gap != " " and gap != "-" and _BREAK.search(gap):  # noqa: PLR1714 - this is hot
            break
        node = node.get(tokens[i])
    return stop, senses


def _match(matcher: Matcher, part: Sentence, found: list[Mention], redefined: set[str]) -> None:
    pieces, words, stems, place = part
    phrases, exact = matcher.phrases, matcher.exact
    shouted = words[:1] != [] and words[0].isupper() and "".join(words).isupper()
    if shouted:
        exact = {}  # in a text all in capitals every word looks like an abbreviation
    starts: Iterable[int] = compress(count(), map(phrases.heads.__contains__, stems))
    shorts: list[int] = []
    if not exact.keys().isdisjoint(words):
        shorts = [i for i, word in enumerate(words) if word in exact]
        starts = sorted({*starts, *shorts})
    after = (*stems[1:], "")  # "" stands in every node that ends a phrase
    end = 0
    last: tuple[Sense, ...] = ()
    for i in starts:
        if i < end:
            continue
        node = phrases.at(stems[i]) if shorts else phrases[stems[i]]
        if node is not None and after[i] not in node and "" not in node:
            node = None
        if node is None and i not in shorts:
            continue
        stop, senses = longest_match(node, stems, pieces, i)
        if i in shorts:
            short_stop, short_senses = longest_match(exact[words[i]], words, pieces, i)
            if short_stop > stop:
                stop, senses = short_stop, short_senses
            elif short_stop == stop and stop > i:
                known = {s.slug for s in senses}
                senses += tuple(s for s in short_senses if s.slug not in known)
        if stop == i + 1 and not shouted and not words[i].islower() and is_loud(words[i]):
            # `MARS` or `MaRs` is the name of a method, not the planet
            senses = tuple([s for s in senses if s.loud or s.kind == "short"])
        if stop == i or not senses:
            continue
        before = last if end == i else ()
        for sense in senses:
            if sense.kind == "short" and _redefines(matcher, part, i, sense, before):
                redefined.add(sense.slug)
            found.append(Mention(sense, place, part, i, stop))
        end, last = stop, senses


def _redefines(
    matcher: Matcher, part: Sentence, at: int, sense: Sense, before: tuple[Sense, ...]
) -> bool:
    """Whether the abbreviation stands for other words here: `Gross Annual Need (GAN)`."""
    if not part.pieces[2 * at].endswith("(") or any(s.slug == sense.slug for s in before):
        return False
    letters = [c for c in part.words[at] if c.isupper()]
    first = at - len(letters)
    if len(letters) < 2 or first < 0:
        return False
    if [w[0].upper() for w in part.words[first:at]] != letters:
        return False
    phrases = matcher.ranks[sense.slug].topic.words
    own = {token[:_ROOT] for phrase in phrases for token in phrase_tokens(phrase)}
    return not own.issuperset(stem[:_ROOT] for stem in part.stems[first:at])
