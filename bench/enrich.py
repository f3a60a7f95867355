"""What `digest enrich` finds, and what it gets wrong: papers of which little is known, with the
noise of pages that print abstracts, looked up in a collection that holds them, and as many that it
does not hold.

    python bench/enrich.py [--papers 5000] [--collection FILE]

The papers are real ones (`../shared/corpora/papers-100k.jsonl.xz`). What is known, by turns:
the abstract; the same with LaTeX accents, Greek letters and scripts as Unicode; with all markup
taken away; with a few words misread; cut to the first 300, 500 or 800 characters; both cut and
without markup; the identifier; title and first author; the title. A match is wrong where the
record is of another identifier; of papers that the collection lacks every match is wrong.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from digest.catalogue.gains import Gain, read_gains  # noqa: E402
from digest.catalogue.keys import keyed  # noqa: E402
from digest.catalogue.slugs import record_key  # noqa: E402
from digest.config import Config  # noqa: E402
from digest.enrich.command import enrich  # noqa: E402
from digest.latex import to_plain  # noqa: E402
from digest.readers import read_parts  # noqa: E402

REAL = 100_000
"""Papers of the corpus, and of collections that begin with it (`expand_corpus.py`)."""
CORPUS = ROOT.parent / "shared" / "corpora" / "papers-100k.jsonl.xz"


Known = Callable[[dict[str, Any], random.Random], dict[str, Any]]


def _misread(text: str, rng: random.Random) -> str:
    words = text.split()
    for _ in range(max(1, len(words) // 60)):
        place = rng.randrange(len(words))
        words[place] = words[place][:-1] or "l"
    return " ".join(words)


def _cut(text: str, rng: random.Random) -> str:
    end = rng.choice((300, 500, 800))
    return (
        text if len(text) <= end else text[:end].rpartition(" ")[0] + rng.choice(("…", " ...", ""))
    )


def _bare(text: str, _: random.Random) -> str:
    return re.sub(r"\\[a-zA-Z]+|[\\$^_{}~]", "", text)


def _abstract(noise: Callable[[str, random.Random], str]) -> Known:
    return lambda paper, rng: {"abstract": noise(" ".join(paper["abstract"].split()), rng)}


KNOWN: dict[str, Known] = {
    "abstract": _abstract(lambda text, _: text),
    "Unicode": _abstract(lambda text, _: to_plain(text)),
    "no markup": _abstract(_bare),
    "misread": _abstract(_misread),
    "cut": _abstract(_cut),
    "cut, no markup": _abstract(lambda text, rng: _cut(_bare(text, rng), rng)),
    "identifier": lambda paper, _: {"arxiv": paper["arxiv"]},
    "title, author": lambda paper, _: {
        "title": paper["title"].upper(),
        "authors": paper["authors"][:1],
    },
    "title": lambda paper, _: {"title": to_plain(paper["title"])},
}
"""What is known of a paper, by kind."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=5_000)
    parser.add_argument("--collection", type=Path, help="one that holds the corpus and more")
    options = parser.parse_args()
    rng = random.Random(7)
    chosen = rng.sample(range(REAL), 2 * options.papers)
    absent = {*chosen[options.papers :]}
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        (root / "content").mkdir()
        snapshot = root / "collection.jsonl"
        papers = _make_collection(options.collection or CORPUS, snapshot, {*chosen}, absent)
        told: list[tuple[str, str]] = []
        names = [*KNOWN]
        with (root / "content" / "papers.jsonl").open("w", encoding="utf-8") as file:
            for number_asked, number in enumerate(chosen):
                paper = papers.pop(number)
                kind = names[number_asked % len(names)]
                known = KNOWN[kind](paper, rng)
                file.write(json.dumps(known | {"venue": "Somewhere"}) + "\n")
                told.append((kind, paper["arxiv"] if number not in absent else ""))
        keys = [
            record_key(keyed(sighting).sighting.record)
            for part in read_parts(root / "content" / "papers.jsonl", "papers.jsonl")
            for sighting in part.reading.sightings
        ]
        assert len(keys) == len(told), (len(keys), len(told))
        marks: list[tuple[str, float]] = []
        for turn in ("index and look up", "look up"):
            started = time.process_time()
            report = enrich(root, Config(), [snapshot], lambda *_: None, None)
            marks.append((turn, time.process_time() - started))
        found = {
            gain.paper: gain
            for path in sorted((root / "content" / "enriched").glob("*.yaml"))
            for gain in read_gains(path.read_text("utf-8"), path.name)[0]
        }
        _show(told, keys, found, root / ".digest", marks)
        print(f"refused: {len(report.refused)}")
        for seen, why in report.refused[:12]:
            print("  ", seen[:70], "|", why)


def _make_collection(
    source: Path, target: Path, chosen: set[int], absent: set[int]
) -> dict[int, dict[str, Any]]:
    """Copy `source` without the papers that are to be `absent`; those `chosen`, by number."""
    papers = {}
    reading = lzma.open if source.suffix == ".xz" else open
    with reading(source, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as to:
        for number, line in enumerate(lines):
            if number in chosen:
                papers[number] = json.loads(line)
            if number not in absent:
                to.write(line)
    return papers


def _show(
    told: list[tuple[str, str]],
    keys: list[str],
    found: dict[str, Gain],
    memory: Path,
    marks: list[tuple[str, float]],
) -> None:
    asked: Counter[tuple[str, bool]] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[tuple[str, bool]] = Counter()
    for (kind, eprint), key in zip(told, keys, strict=True):
        asked[kind, bool(eprint)] += 1
        gain = found.get(key)
        if gain is None:
            continue
        if dict(gain.evidence).get("record") == f"arxiv:{eprint}".lower():
            right[kind] += 1
        else:
            wrong[kind, bool(eprint)] += 1
            print("wrong:", kind, eprint or "(absent)", gain.evidence, gain.seen)
    print(
        f"{'known':<16}{'there':>7}{'right':>7}{'wrong':>7}{'recall':>9}{'absent':>9}{'wrong':>7}"
    )
    for kind in KNOWN:
        there, absent = asked[kind, True], asked[kind, False]
        print(
            f"{kind:<16}{there:>7}{right[kind]:>7}{wrong[kind, True]:>7}{right[kind] / there:>9.2%}"
            f"{absent:>9}{wrong[kind, False]:>7}"
        )
    size = sum(p.stat().st_size for p in memory.rglob("*") if p.is_file())
    for turn, seconds in marks:
        print(f"{turn}: {seconds:.1f} s of processor time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"index {size / 1e6:.0f} MB on disk; peak memory, this script's included, {peak:.0f} MB")


if __name__ == "__main__":
    main()
