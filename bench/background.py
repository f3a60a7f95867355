"""Make the figures on words and phrases that ship with the package.

    python bench/background.py words phrases taxonomy

Reads the 100,000 papers of all fields in the folder `shared` beside the repository and writes into
`digest/catalogue/background/`. The figures change only with that corpus, or with how words are
told apart and stemmed; `taxonomy` is to be made whenever a field of the taxonomy changes.
"""

from __future__ import annotations

import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import msgspec
from common import ROOT, load_corpus

sys.path.insert(0, str(ROOT))
from digest.catalogue.background.phrases import Background
from digest.catalogue.background.words import LEAST, PAPERS
from digest.catalogue.related.lexicon import word_stems
from digest.catalogue.topics.glue import GLUE
from digest.catalogue.topics.stems import Stems
from digest.catalogue.topics.taxonomy import parsed_topics
from digest.catalogue.topics.topic import field_texts, source_of
from digest.catalogue.topics.vocabulary import compile_topics
from digest.catalogue.topics.words import cut

FOLDER = ROOT / "digest/catalogue/background"


def make_words() -> None:
    """Write `words.txt`: stems by the number of papers that have them."""
    counts: Counter[str] = Counter()
    for paper in load_corpus(PAPERS):
        counts.update(set(word_stems(f"{paper['title']} . {paper['abstract']}")))
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for stem, papers in counts.items():
        if papers >= LEAST:
            by_count[_two_digits(papers)].append(stem)
    lines = [f"{papers} {' '.join(sorted(by_count[papers]))}\n" for papers in sorted(by_count)]
    (FOLDER / "words.txt").write_text("".join(lines), "utf-8")


def _two_digits(number: int) -> int:
    step = 10 ** max(0, len(str(number)) - 2)
    return round(number / step) * step


Run = tuple[str, ...]


def runs(words: list[str], stems: list[str], tails: Counter[str]) -> Iterator[Run]:
    """Runs of words between marks and glue, cut where a compound would be torn."""
    run: list[str] = []
    for i, stem in enumerate(stems):
        if stem in GLUE or not stem.isalpha():
            if run:
                yield tuple(run)
            run = []
        else:
            run.append(stem)
            if i and words[i - 1][-1] == "-":
                tails[stem] += 1
    if run:
        yield tuple(run)


def grams(run: Run) -> Iterator[Run]:
    """Parts of one to three words."""
    for start in range(len(run)):
        for stop in range(start + 1, min(start + 3, len(run)) + 1):
            yield run[start:stop]


def capitalised(words: list[str], stems: list[str]) -> Iterator[str]:
    """Words with a capital within a sentence, as `Kalman` has; abbreviations are none."""
    for i in range(1, len(words)):
        if (
            words[i][0].isupper()
            and words[i - 1].rstrip("-").isalpha()
            and words[i].rstrip("-").istitle()
        ):
            yield stems[i]


def make_phrases() -> None:
    """phrases.z: runs of two and three words that authors put into titles, and how readily.

    The worth of a phrase rises with the share of its papers that have it in the title: terms do,
    `experimental results` does not.
    """
    titles: Counter[Run] = Counter()
    bodies: Counter[Run] = Counter()
    tails: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    stems = Stems()
    for number, paper in enumerate(load_corpus(PAPERS), 1):
        for counts, parts in (
            (titles, (paper["title"], "")),
            (bodies, ("", paper["abstract"])),
        ):
            text = cut(stems, *parts)
            alone.update(text.stems)
            if parts[1]:
                capitals.update(capitalised(text.words, text.stems))
            counts.update({g for run in runs(text.words, text.stems, tails) for g in grams(run)})
        if number % 20_000 == 0:  # rare ones may go: they have no say in the end
            bodies = Counter({g: n for g, n in bodies.items() if n > 1 or g in titles})

    proper = {w for w, n in capitals.items() if n >= 8 and n > 0.4 * alone[w]}

    def ratio(gram: Run) -> float:
        return math.log((titles[gram] + 0.5) / (bodies[gram] + 2))

    def is_common(word: str) -> bool:
        return bodies[word,] >= 8 and ratio((word,)) < -3.2

    def is_term(gram: Run) -> bool:
        within = [longer for longer in longer_than[gram] if bodies[longer] > 0.7 * bodies[gram]]
        return (
            titles[gram] >= 3
            and titles[gram] / (bodies[gram] + 1) >= 0.06
            and not within
            and gram[-1] not in proper  # `Cauchy-Riemann` says no what
            and not any(is_common(word) for word in gram)
            and tails[gram[0]] < 0.5 * alone[gram[0]]
            and not gram[-1].endswith(("ed", "ly", "ally"))
        )

    longer_than: dict[Run, list[Run]] = defaultdict(list)
    for gram in titles:
        if len(gram) == 3 and titles[gram] >= 3:
            longer_than[gram[:2]].append(gram)
            longer_than[gram[1:]].append(gram)
    worth: dict[Run, int] = {}
    for gram in titles:
        if len(gram) > 1 and is_term(gram):
            known = 0.96 * ratio(gram) + 0.12 * math.log(bodies[gram] + 1) - 3.6
            worth[gram] = round(4 * known)
    common = {gram[0] for gram in bodies if len(gram) == 1 and is_common(gram[0])}
    (FOLDER / "phrases.z").write_bytes(pack_phrases(worth, common, proper))
    print(f"phrases.z: {len(worth):,} phrases, {len(common):,} common words")


def pack_phrases(worth: dict[Run, int], common: set[str], proper: set[str]) -> bytes:
    """phrases.z as `background.phrases` reads it; `worth` is in quarters."""
    blocks: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for gram, value in sorted(worth.items()):
        line = blocks[gram[0]].setdefault(gram[1], [gram[1], ""])
        if len(gram) == 2:
            line[1] = str(value)
        else:
            line += gram[2], str(value)
    worths = {first: "\n".join(map(" ".join, lines.values())) for first, lines in blocks.items()}
    found = Background(worths, frozenset(common), frozenset(proper))
    return zlib.compress(msgspec.msgpack.encode(found, order="sorted"), 9)


def make_taxonomy() -> None:
    """topics/compiled.z: the shipped fields, parsed and spelt out. To be made when they change."""
    texts = field_texts()
    found, slugs = parsed_topics()
    compiled = compile_topics(found, slugs, source_of(texts))
    packed = zlib.compress(msgspec.msgpack.encode(compiled), 9)
    (ROOT / "digest/catalogue/topics/compiled.z").write_bytes(packed)
    phrases = sum(lines.count("\n") + 1 for lines in compiled.longer.values())
    print(f"compiled.z: {len(compiled.topics):,} topics, {phrases:,} longer phrases")


PARTS: dict[str, Callable[[], None]] = {
    "words": make_words,
    "phrases": make_phrases,
    "taxonomy": make_taxonomy,
}


def main() -> None:
    """Make the parts that are named, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
