"""Where a text names topics: one pass over its words, the longest phrase first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.topics.plain import plain_text, plain_word
from digest.catalogue.topics.vocabulary import Matcher, Node, Sense, is_loud, phrase_tokens
from digest.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_TEXT = 20_000
"""Characters of a title or abstract that are looked at."""
TITLE, PROPOSAL, FIRST, LAST, BODY = 3.0, 2.0, 1.6, 1.4, 1.0
"""Weight of a mention by its place; `PROPOSAL` is a sentence that says what the paper does."""

_WORDS = re.compile(r"([^\W_]+)")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z0-9(\"“])")
_BREAK = re.compile(r"[^\w\s\-‐‑–'’/&*{}~]")
_PROPOSES = frozenset({
    "propose", "proposes", "proposed", "introduce", "introduces", "introducing", "present",
    "presents", "presenting", "develop", "develops", "design", "devise", "address", "addresses",
    "tackle", "tackles", "study", "studies", "investigate", "investigates", "explore", "explores",
    "prove", "proves", "examine", "examines", "describe", "describes", "analyze", "analyse",
    "aims", "focus", "focuses", "formulate",
})  # fmt: skip
_SPEAKER = frozenset({"we", "paper", "work", "article", "here", "letter", "thesis", "study", "our"})


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
    pieces = _WORDS.split(sentence)
    words = pieces[1::2]
    lows = [*map(str.lower if sentence.isascii() else plain_word, words)]
    if place < PROPOSAL and not _PROPOSES.isdisjoint(lows) and not _SPEAKER.isdisjoint(lows):
        place = PROPOSAL
    return Sentence(pieces, words, list(map(matcher.stems.__getitem__, lows)), place)


def longest_match(
    root: Node, tokens: Sequence[str], pieces: list[str], start: int
) -> tuple[int, tuple[Sense, ...]]:
    """Where the longest phrase from word `start` on ends, and its senses; `start` if none is."""
    node: Node | None = root.get(tokens[start])
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
    begin = phrases.get
    starts = [
        i
        for i, (s, after) in enumerate(zip(stems, (*stems[1:], None), strict=False))
        if (node := begin(s)) is not None and ("" in node or after in node)
    ]
    if shorts := [i for i, w in enumerate(words) if w in exact]:
        starts = sorted({*starts, *shorts})
    end = 0
    last: tuple[Sense, ...] = ()
    for i in starts:
        if i < end:
            continue
        stop, senses = longest_match(phrases, stems, pieces, i)
        if i in shorts:
            short_stop, short_senses = longest_match(exact, words, pieces, i)
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
    own = {matcher.stems[t] for phrase in phrases for t in phrase_tokens(phrase)}
    return 2 * sum(s in own for s in part.stems[first:at]) < len(letters)
