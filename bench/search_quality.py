"""How well search finds: `python bench/search_quality.py [--papers N] [--part dev|test]`

Two tasks, on real papers, without tags or anything else that digest infers:

- *topics*: the query is a keyword that authors gave to three papers or more; right are the papers
  that bear it. nDCG at 10 (Järvelin and Kekäläinen 2002), all right ones worth the same. Keywords
  that are paths in a conference's own list (`Search: Local search`) are told apart as areas: no
  author chose their words, and many texts that belong there have none of them.
- *known items*: the query is two to four informative words of one paper's title or abstract, as
  they stand there; right is that paper. Mean reciprocal rank, 0 beyond the first 100; once more
  with one slip of the finger in a word of five letters or more.

Beside digest stands BM25 by tantivy (`pip install tantivy`), once with its default words and once
with English stems, over title and abstract, any of the words; it is left out where it is not
installed. Queries are drawn with a fixed seed and divided into halves by their text: constants are
tuned on `dev` alone.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import lzma
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from common import CORPUS, KEYWORDS

from digest.latex import to_plain
from digest.paper import Author, Paper
from digest.search.files import make_files
from digest.search.find import find
from digest.search.reader import Reader

DEPTH = 100
Engine = Callable[[str, int], Sequence[str]]
"""`(query, most)` -> slugs of papers, best first."""


class Topic(NamedTuple):
    """A keyword, and the slugs of papers that bear it."""

    query: str
    right: frozenset[str]
    area: bool
    """Whether it is a path in a list that authors had to choose from."""


class Item(NamedTuple):
    """Words of a paper, as they are and with a slip."""

    query: str
    slipped: str
    right: str


def rows(path: Any, most: int | None = None) -> Iterator[dict[str, Any]]:
    """The first `most` records of a corpus."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, itertools.islice(lines, most))


def paper(row: dict[str, Any], number: int) -> Paper:
    """A paper of a corpus, without keywords."""
    return Paper(
        key=f"text:{number}",
        slug=f"p{number}",
        title=" ".join(row["title"].split()),
        title_source="given",
        abstract=" ".join(row["abstract"].split()),
        authors=tuple(
            Author(name, name.split()[-1], " ".join(name.split()[:-1]))
            for name in row["authors"]
            if name.split()
        ),
        published=row.get("date") or (str(row["year"]) if row.get("year") else None),
    )


def part_of(query: str) -> str:
    """`dev` or `test`, the same for the same query."""
    return "dev" if hashlib.sha256(query.encode()).digest()[0] % 2 else "test"


def topics(found: Sequence[dict[str, Any]]) -> list[Topic]:
    """Keywords that three papers or more bear, and one in twenty at most."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    paths: set[str] = set()
    for number, row in enumerate(found):
        for tag in row["tags"]:
            query = " ".join(re.findall(r"\w+(?:-\w+)*", tag.lower()))
            bearers[query].add(f"p{number}")
            if ":" in tag:
                paths.add(query)
    return [
        Topic(query, frozenset(right), query in paths)
        for query, right in sorted(bearers.items())
        if query and 3 <= len(right) <= len(found) / 20
    ]


def items(papers: Sequence[Paper], count: int, seed: int = 7) -> list[Item]:
    """Words of `count` papers: none that stands in more than 1 % of all, rarer ones likelier."""
    texts = [to_plain(f"{one.title}. {one.abstract}") for one in papers]
    having = Counter(word for text in texts for word in set(_plain_words(text)))
    draw = random.Random(seed)
    made = []
    for number in draw.sample(range(len(papers)), len(papers)):
        known = sorted(
            word
            for word in set(_plain_words(texts[number]))
            if 2 <= having[word] <= max(10, len(papers) / 100)
        )
        size = draw.randint(2, 4)
        if len(known) < size:
            continue
        rarity = [math.log(len(papers) / having[word]) for word in known]
        words: list[str] = []
        while len(words) < size:
            word = draw.choices(known, rarity)[0]
            if word not in words:
                words.append(word)
        long = [at for at, word in enumerate(words) if len(word) >= 5]
        if not long:
            continue
        at = draw.choice(long)
        slipped = [*words[:at], _slip(words[at], draw), *words[at + 1 :]]
        made.append(Item(" ".join(words), " ".join(slipped), f"p{number}"))
        if len(made) == count:
            break
    return made


def _plain_words(text: str) -> list[str]:
    return re.findall(r"(?<![\w-])[a-z]{4,}(?![\w-])", text.lower())


def _slip(word: str, draw: random.Random) -> str:
    """`word` with a letter more, less or other, or two neighbours swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    while True:
        at = draw.randrange(len(word))
        before, after = word[:at], word[at + 1 :]
        other = draw.choice(letters)
        slipped = draw.choice(
            [
                before + after,
                before + other + after,
                before + other + word[at:],
                before + after[:1] + word[at] + after[1:],
            ]
        )
        if slipped != word:
            return slipped


def digest(papers: Sequence[Paper]) -> Engine:
    """Our own search, on files in memory."""
    index = Reader(make_files(papers).__getitem__)
    slugs: dict[int, str] = {}

    def ask(query: str, most: int) -> Sequence[str]:
        hits = find(index, query, limit=most).hits
        new = [hit.slot for hit in hits if hit.slot not in slugs]
        slugs.update((card.slot, card.path[7:-5]) for card in index.cards(new))
        return [slugs[hit.slot] for hit in hits]

    return ask


def tantivy(papers: Sequence[Paper], tokenizer: str) -> Engine | None:
    """BM25 over title and abstract."""
    try:
        import tantivy as library  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    builder = library.SchemaBuilder()
    builder.add_text_field("slug", stored=True, tokenizer_name="raw")
    for name in ("title", "abstract"):
        builder.add_text_field(name, tokenizer_name=tokenizer)
    index = library.Index(builder.build())
    writer = index.writer(200_000_000, 1)
    for one in papers:
        writer.add_document(
            library.Document(
                slug=[one.slug],
                title=[to_plain(one.title)],
                abstract=[to_plain(one.abstract or "")],
            )
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: str, most: int) -> Sequence[str]:
        plain = " ".join(re.findall(r"\w+", query))
        parsed = index.parse_query(plain, ["title", "abstract"])
        hits = searcher.search(parsed, most).hits
        return [searcher.doc(address)["slug"][0] for _, address in hits]

    return ask


def gain(found: Sequence[str], right: frozenset[str]) -> float:
    """nDCG at 10."""
    best = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(right))))
    return sum(1 / math.log2(rank + 2) for rank, slug in enumerate(found) if slug in right) / best


def reciprocal(found: Sequence[str], right: str) -> float:
    """1 / rank, 0 where it was not found."""
    return next((1 / rank for rank, slug in enumerate(found, 1) if slug == right), 0.0)


def mean(values: Iterable[float]) -> float:
    """0 of nothing."""
    all_values = [*values]
    return sum(all_values) / max(1, len(all_values))


def engines(papers: Sequence[Paper]) -> Iterator[tuple[str, Engine]]:
    """Each by its name."""
    yield "digest", digest(papers)
    for tokenizer in ("default", "en_stem"):
        engine = tantivy(papers, tokenizer)
        if engine:
            yield f"tantivy {tokenizer}", engine


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000, help="of the known items")
    parser.add_argument("--queries", type=int, default=1_000, help="known items")
    parser.add_argument("--part", choices=["dev", "test"], default="test")
    options = parser.parse_args()
    found = [*rows(KEYWORDS)]
    asked = [topic for topic in topics(found) if part_of(topic.query) == options.part]
    chosen = [topic for topic in asked if not topic.area]
    print(f"topics: {len(chosen)} keywords, {len(asked)} with areas; {len(found):,} papers")
    for name, engine in engines([paper(row, number) for number, row in enumerate(found)]):
        started = time.process_time()
        scores = {topic: gain(engine(topic.query, 10), topic.right) for topic in asked}
        spent = (time.process_time() - started) / len(asked)
        print(
            f"  {name:16} nDCG@10 {mean(scores[topic] for topic in chosen):.4f}   "
            f"with areas {mean(scores.values()):.4f}   {spent * 1000:.1f} ms a query"
        )
    papers = [paper(row, number) for number, row in enumerate(rows(CORPUS, options.papers))]
    drawn = items(papers, 2 * options.queries)
    known = [item for item in drawn if part_of(item.query) == options.part][: options.queries]
    print(f"known items: {len(known)} queries, {len(papers):,} papers ({options.part})")
    for name, engine in engines(papers):
        plain = mean(reciprocal(engine(item.query, DEPTH), item.right) for item in known)
        slipped = mean(reciprocal(engine(item.slipped, DEPTH), item.right) for item in known)
        print(f"  {name:16} MRR {plain:.4f}   with a slip {slipped:.4f}")


if __name__ == "__main__":
    main()
