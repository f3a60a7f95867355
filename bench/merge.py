"""Does every paper come out once, and how long does that take?

    python bench/merge.py [--papers 30000] [--sizes 100000 200000 500000] [--expand PROGRAM]

Each real paper is laid out in one to four sources, as pages, exports and indexes print papers: with
or without identifiers, accents as Unicode, as LaTeX or lost, titles in other case, abstracts cut or
missing, initials for given names, authors cut to “et al.”, dates to the year. Prints precision,
recall and F1 of the pairs that are brought together, beside merging by identifiers and exact titles
alone; then CPU seconds and peak memory of merging at several sizes, each in a process of its own.
The layouts are seeded: the same figures every time, but for the clock.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from common import load_corpus, load_records, say_machine

from digest.catalogue.keys import Keyed, identity, keyed
from digest.catalogue.merge import merge_keyed
from digest.paper import Record, Sighting, Source

_ACCENTS = {"\u0301": "'", "\u0300": "`", "\u0302": "^", "\u0308": '"', "\u0303": "~"}
_TEX = re.compile(r"\\(['`^\"~])\{?\\?([A-Za-z])\}?")
_SEED = 7


def to_latex(text: str) -> str:
    """Accents as LaTeX writes them."""
    found = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        known = len(parts) == 2 and parts[1] in _ACCENTS
        found.append(f"\\{_ACCENTS[parts[1]]}{{{parts[0]}}}" if known else letter)
    return "".join(found)


def to_unicode(text: str) -> str:
    """LaTeX accents as letters."""
    marks = {tex: mark for mark, tex in _ACCENTS.items()}
    return _TEX.sub(lambda m: unicodedata.normalize("NFC", m[2] + marks[m[1]]), text)


def bare(text: str) -> str:
    """Without accents, as old exports have it."""
    decomposed = unicodedata.normalize("NFD", to_unicode(text))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _name(name: str, way: int) -> str:
    given, _, family = to_unicode(name).rpartition(" ")
    initials = [part[0] + "." for part in given.split() if part]
    if way == 0 or not given:
        return name
    if way == 1:
        return f"{family}, {given}"
    if way == 2:
        return f"{' '.join(initials)} {family}"
    return f"{family}, {' '.join(initials)}"


def sighting(paper: dict[str, Any], number: int, rng: random.Random) -> Sighting:
    """One layout of `paper`, chosen by `rng`."""
    spell = rng.choice((str, str, to_unicode, to_latex, bare))
    title = rng.choice((str, str, str.title, str.upper, str.lower))(paper["title"])
    abstract: str | None = paper["abstract"]
    choice = rng.random()
    if choice < 0.15:
        abstract = None
    elif choice < 0.35:
        words = paper["abstract"].split()
        kept = max(min(len(words), 30), int(len(words) * rng.uniform(0.3, 0.9)))
        abstract = " ".join(words[:kept]) + rng.choice(("…", "...", " [more]", ""))
    way = rng.randrange(4)
    authors = [_name(name, way) for name in paper["authors"]]
    if len(authors) > 3 and rng.random() < 0.25:
        authors = [*authors[: rng.choice((1, 3))], "et al."]
    listed = rng.random() < 0.85
    dated = rng.random()
    titled = rng.random() < 0.85 or abstract is None
    version = rng.choice((None, 1, 2))
    return Sighting(
        Record(
            span=(0, 1),
            title=spell(title) if titled else None,
            abstract=spell(abstract) if abstract else None,
            authors=tuple(map(spell, authors)) if listed else (),
            eprint=paper["arxiv"] if rng.random() < 0.5 else None,
            eprint_version=version,
            doi=paper["doi"].split()[0] if paper["doi"] and rng.random() < 0.5 else None,
            published=None if dated < 0.2 else paper["date"][: 4 if dated < 0.5 else 10] or None,
        ),
        Source(f"{rng.randrange(50)}.txt", "bench", number, number + 1, number, number),
    )


def laid_out(papers: Iterable[dict[str, Any]]) -> Iterator[tuple[int, Sighting]]:
    """Sightings, each with the number of its paper."""
    rng = random.Random(_SEED)
    count = itertools.count()
    for paper_number, paper in enumerate(papers):
        for _ in range(rng.randint(1, 4)):
            yield paper_number, sighting(paper, next(count), rng)


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def scores(groups: Iterable[Sequence[Keyed]], truth: dict[int, int]) -> tuple[int, int, int]:
    """Pairs brought together, those of them that are right, and all that are."""
    together = right = 0
    for group in groups:
        together += _pairs(len(group))
        of = Counter(truth[member.sighting.source.start] for member in group)
        right += sum(map(_pairs, of.values()))
    return together, right, sum(map(_pairs, Counter(truth.values()).values()))


def by_identifier_and_title(records: Sequence[Keyed]) -> list[list[Keyed]]:
    """The baseline: one shared identifier, or title letter by letter, is one paper."""
    parent = list(range(len(records)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, member in enumerate(records):
        record = member.sighting.record
        keys = [f"{kind}:{name}" for kind, name in identity(record).items()]
        for key in [*keys, *([record.title] if record.title else [])]:
            parent[find(index)] = find(first.setdefault(key, index))
    groups: dict[int, list[Keyed]] = defaultdict(list)
    for index, member in enumerate(records):
        groups[find(index)].append(member)
    return list(groups.values())


def quality(papers: int) -> None:
    """Print the table, and what goes wrong."""
    truth, records = {}, []
    for number, one in laid_out(load_corpus(papers)):
        truth[one.source.start] = number
        records.append(keyed(one))
    merged = merge_keyed(records)
    print(f"{papers:,} papers in {len(records):,} records\n")
    print("| | precision | recall | F1 |\n|---|--:|--:|--:|")
    for name, groups in (
        ("digest", merged),
        ("identifiers and exact titles", by_identifier_and_title(records)),
    ):
        together, right, wanted = scores(groups, truth)
        precision, recall = right / max(1, together), right / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"| {name} | {precision:.5f} | {recall:.5f} | {f1:.5f} |")
    rules: dict[str, Counter[bool]] = defaultdict(Counter)
    for group in merged:
        if len(group) > 1:
            of = Counter(truth[member.sighting.source.start] for member in group)
            most = of.most_common(1)[0][0]
            for member in group:
                if member.merged is not None:
                    fits = truth[member.sighting.source.start] == most
                    rules[member.merged.rule][fits] += 1
    print("\n| surest reason | members | of them with another paper |\n|---|--:|--:|")
    for rule, found in sorted(rules.items()):
        print(f"| {rule} | {found.total():,} | {found[False]:,} |")
    print(flush=True)


def plain(paper: dict[str, Any], number: int) -> Sighting:
    """A paper as a whole record; what has no identifier of its own is compared by its texts."""
    return Sighting(
        Record(
            span=(0, 1),
            title=paper["title"] or None,
            abstract=paper["abstract"] or None,
            authors=tuple(paper["authors"]),
            eprint=paper["arxiv"],
            doi=paper["doi"].split()[0] if paper["doi"] else None,
            published=paper["date"] or None,
        ),
        Source("a.jsonl", "bench", number, number + 1, number, number),
    )


def speed(size: int, expanded: Path | None, kind: str) -> None:
    """Merge `size` records in this process and print a row."""
    papers = load_records(expanded) if expanded else load_corpus(min(size, 100_000))
    if kind == "noisy":
        source: Iterator[Sighting] = (one for _, one in laid_out(papers))
    else:
        source = (plain(paper, number) for number, paper in enumerate(papers))
    records = [keyed(one) for one in itertools.islice(source, size)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, wall = time.process_time(), time.perf_counter()
    groups = merge_keyed(records)
    cpu, seconds = time.process_time() - started, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {kind} | {len(records):,} | {len(groups):,} | {cpu:.2f} | {seconds:.2f} "
        f"| {before:.0f} | {peak:.0f} |",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=30_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 200_000, 500_000])
    parser.add_argument("--expand", type=Path, help="a program that prints N records, told N")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.one:
        size, file, kind = wanted.one
        speed(int(size), Path(file) if file != "-" else None, kind)
        return
    say_machine()
    quality(wanted.papers)
    print("| records | how many | papers | CPU s | wall s | MiB before | peak MiB |")
    print("|---|--:|--:|--:|--:|--:|--:|", flush=True)
    command = [sys.executable, __file__, "--one"]
    for size in wanted.sizes:
        file = "-"
        if size > 100_000 and wanted.expand:
            path = Path(f"/tmp/expanded-{size}.jsonl")
            with path.open("wb") as sink:
                subprocess.run([sys.executable, wanted.expand, str(size)], stdout=sink, check=True)
            file = str(path)
        if size <= 200_000 or wanted.expand:
            subprocess.run([*command, str(size), file, "noisy"], check=True)
        if size <= 100_000 or wanted.expand:
            subprocess.run([*command, str(size), file, "whole"], check=True)


if __name__ == "__main__":
    main()
