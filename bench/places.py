"""The places of topics on the map: figures that ship as digest/catalogue/places.csv.

    pip install numpy scipy scikit-learn
    python bench/places.py [PAPERS.jsonl[.xz] ...]

Topics found in the same papers attract each other: the matrix of positive pointwise mutual
information of topics and papers' topics is reduced to a few dimensions by truncated SVD, and laid
out in two by t-SNE (van der Maaten and Hinton, JMLR 9, 2008). A topic that no paper has lies beside
the topics above it.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import numpy as np
from common import CORPUS, KEYWORDS, ROOT, load_records
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.manifold import TSNE

sys.path.insert(0, str(ROOT))
from digest.catalogue.places import HEIGHT, WIDTH
from digest.catalogue.topics.infer import Matcher, infer_tags
from digest.catalogue.topics.taxonomy import Taxonomy, load_taxonomy
from digest.executors import default_jobs, each

PAPERS = [CORPUS, KEYWORDS]
MARGIN = 30
FEWEST = 3


def topics_of(paper: dict[str, Any], matcher: Matcher) -> list[str]:
    """The topics of a paper by its text, and those above them."""
    taxonomy = matcher.taxonomy
    tags = infer_tags(matcher, paper["title"], paper["abstract"], ())
    own = [tag.slug for tag in tags if tag.slug in taxonomy.topics]
    return own + [up for slug in own for up in taxonomy.topics[slug].parents]


def co_occurrence(found: list[list[str]], slugs: list[str]) -> csr_matrix:
    """How much oftener than by chance two topics stand together, in bits; never below zero."""
    numbers = {slug: number for number, slug in enumerate(slugs)}
    rows, columns = [], []
    for row, own in enumerate(found):
        for slug in dict.fromkeys(own):
            rows.append(row)
            columns.append(numbers[slug])
    has = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(found), len(slugs)))
    together = (has.T @ has).tocoo()
    papers = np.asarray(has.sum(axis=0)).ravel()
    bits = np.log2(together.data * len(found) / (papers[together.row] * papers[together.col]))
    return csr_matrix((np.maximum(bits, 0), (together.row, together.col)), shape=together.shape)


def fit(points: np.ndarray) -> np.ndarray:
    """`points` turned and stretched so that they fill the map evenly."""
    points = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    ranks = (points @ axes.T).argsort(axis=0).argsort(axis=0) / (len(points) - 1)
    scaled = (points @ axes.T) / np.abs(points @ axes.T).max(axis=0) / 2 + 0.5
    even = (ranks + scaled) / 2
    return MARGIN + even * (np.array([WIDTH, HEIGHT]) - 2 * MARGIN)


def main() -> None:
    """Write the places."""
    taxonomy: Taxonomy = load_taxonomy()[0]
    files = [Path(name) for name in sys.argv[1:]] or PAPERS
    papers = [paper for file in files for paper in load_records(file)]
    found = list(each(topics_of, papers, default_jobs(), Matcher(taxonomy)))
    counts: dict[str, int] = {}
    for slug in itertools.chain.from_iterable(map(set, found)):
        counts[slug] = counts.get(slug, 0) + 1
    slugs = sorted(slug for slug, n in counts.items() if n >= FEWEST)
    matrix = co_occurrence([[s for s in own if counts[s] >= FEWEST] for own in found], slugs)
    reduced = TruncatedSVD(40, random_state=1).fit_transform(matrix)
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True) + 1e-9
    flat = TSNE(2, perplexity=25, metric="cosine", init="pca", random_state=1).fit_transform(
        reduced
    )
    places = fit(flat).round().astype(int)
    out = ROOT / "digest/catalogue/places.csv"
    out.write_text(
        "".join(f"{slug},{x},{y}\n" for slug, (x, y) in zip(slugs, places, strict=True)), "utf-8"
    )
    print(
        f"{len(found):,} papers, {len(slugs):,} of {len(taxonomy.topics):,} topics placed in {out}"
    )


if __name__ == "__main__":
    main()
