"""How much of a paper's real title its derived title says, beside two simpler ways.

    python bench/titles.py [--no-yake] [PAPERS.jsonl[.xz]] [--limit N]

Papers are lines of JSON with `title` and `abstract`. Recall is the mean share of the real title's
content words (lower case, stop words left out, plurals as singulars) that stand among the first 14
words of the derived one. YAKE is measured if it is installed (`pip install yake`).
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from common import KEYWORDS, ROOT, load_records

sys.path.insert(0, str(ROOT))
from digest.catalogue.titles.derive import derive_title, system_name
from digest.catalogue.titles.marks import balanced

if TYPE_CHECKING:
    from collections.abc import Callable


STOP = frozenset(
    """a an the of in on for and or to with by from at as is are be via using based towards
    toward its their our we it this that can how do does what when why not through under into
    beyond between over without within""".split()
)
BAD_LAST = frozenset(
    """a an the of in on for and or to with by from at as is are be via using based that which
    where our its their this these into between than such more most very not can also both
    when while novel new""".split()
)


def content(text: str) -> list[str]:
    """The words that count, plural endings removed."""
    words = re.findall(r"[^\W_]+", text.lower())
    return [
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")) else w
        for w in words
        if w not in STOP
    ]


def recall(title: str, derived: str) -> float:
    """Share of the content words of `title` among the first 14 words of `derived`."""
    wanted = set(content(title))
    return len(wanted & set(content(" ".join(derived.split()[:14])))) / len(wanted)


def first_sentence(abstract: str) -> str:
    """The first 14 words of the first sentence."""
    return " ".join(re.split(r"(?<=[.!?])\s+(?=[A-Z])", abstract.strip())[0].split()[:14])


def yake_phrases() -> Callable[[str], str] | None:
    """YAKE's best key phrases up to 14 words, or None where it is not installed."""
    try:
        import yake  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    extractor = yake.KeywordExtractor(lan="en", n=3, top=10)

    def phrases(abstract: str) -> str:
        found = [phrase for phrase, _ in extractor.extract_keywords(abstract)]
        return " ".join(" ".join(found).split()[:14])

    return phrases


def ends_badly(title: str) -> bool:
    """Whether the last word cannot end a title, or its marks do not pair."""
    return (
        title.rsplit(maxsplit=1)[-1].lower() in BAD_LAST
        or title[-1] in ",;:.-("
        or not balanced(title)
    )


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("papers", nargs="?", type=Path, default=KEYWORDS)
    arguments.add_argument("--limit", type=int, default=None)
    arguments.add_argument("--no-yake", action="store_true")
    chosen = arguments.parse_args()
    papers = [
        (r["title"], r["abstract"])
        for r in load_records(chosen.papers, chosen.limit)
        if r.get("title") and r.get("abstract") and content(r["title"])
    ]
    start = time.process_time()
    derived = [derive_title(abstract) for _, abstract in papers]
    spent = time.process_time() - start
    table = {"derived title": [d.text for d in derived]}
    table["first sentence, 14 words"] = [first_sentence(a) for _, a in papers]
    phrases = None if chosen.no_yake else yake_phrases()
    if phrases:
        table["YAKE, top phrases"] = [phrases(a) for _, a in papers]
    print(f"{len(papers)} papers of {chosen.papers.name}\n")
    print(f"{'':26}{'recall':>8}{'words':>8}")
    for name, titles in table.items():
        shares = [recall(t, d) for (t, _), d in zip(papers, titles, strict=True)]
        length = statistics.fmean(len(t.split()) for t in titles)
        print(f"{name:26}{statistics.fmean(shares):8.3f}{length:8.1f}")
    texts = [d.text for d in derived]
    size = len(texts)
    long = sum(len(t.split()) > 14 or len(t) > 110 for t in texts)
    print(f"\nlonger than 14 words or 110 characters  {long / size:8.2%}")
    print(f"ending badly                            {sum(map(ends_badly, texts)) / size:8.2%}")
    short = sum(len(t.split()) < 3 for t in texts)
    print(f"shorter than three words                {short / size:8.2%}")
    print(f"microseconds a paper                    {spent / size * 1e6:8.0f}")
    named = [
        (t.partition(":")[0], system_name(None, a)) for t, a in papers if re.match(r"[^\s:]+:\s", t)
    ]
    if named:
        same = sum(found is not None and found.lower() == real.lower() for real, found in named)
        none = sum(found is None for _, found in named)
        print(f"\ntitles that begin with a one-word name  {len(named):8}")
        print(f"  same name found in the abstract       {same / len(named):8.2%}")
        other = len(named) - same - none
        print(f"  another name found                    {other / len(named):8.2%}")


if __name__ == "__main__":
    main()
