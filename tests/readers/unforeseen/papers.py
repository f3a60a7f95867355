"""Papers to lay out: invented ones of endless variety, and real ones where they are at hand."""

# ruff: noqa: E501 - an entry is told best as the page prints it
from __future__ import annotations

import random
import re
from typing import Any, NamedTuple

from tests.readers.layouts import CORPUS, load_papers


class Paper(NamedTuple):
    """What a page can show of a paper."""

    title: str
    people: tuple[tuple[str, str], ...]
    """Given and family names."""
    year: int
    month: int
    day: int
    venue: str
    volume: int
    page: int
    doi: str
    arxiv: str
    abstract: str


_GIVEN = (
    "Ann", "Tomás", "Wei", "Katarzyna", "Jean-Luc", "Priya", "Olu", "Hiroshi", "Lena", "Marco", "Ingrid",
    "Yusuf", "Chloé", "Dmitri", "Aisha", "Björn", "Xiaoming", "Rosa", "Samuel", "Nadia", "Piet", "Zsófia",
)  # fmt: skip
_FAMILY = (
    "Abel", "García", "Zhang", "Kowalska", "Moreau", "Raman", "Adeyemi", "Tanaka", "Vogel", "Rossi",
    "Lindqvist", "Demir", "Lefèvre", "Sokolov", "Haddad", "Nyström", "Li", "Ferreira", "Okafor", "Petrov",
    "van der Berg", "O'Connor", "Müller", "Smith-Jones", "Kim", "de Souza", "Nguyen", "Ivanova",
)  # fmt: skip
_MIDDLE = ("", "", "", " M.", " J.", " R.")
_METHODS = (
    "Sparse Attention", "Kalman Filters", "Variational Bounds", "Message Passing", "Spectral Methods",
    "Self-Training", "Contrastive Learning", "Random Walks", "Tensor Networks", "Lattice Simulations",
    "Energy-Based Models", "Optimal Transport", "Diffusion Models", "Gradient Flows",
)  # fmt: skip
_SUBJECTS = (
    "Protein Folding", "Ocean Currents", "Low-Resource Speech", "Sparse Graphs", "Galaxy Surveys",
    "Robotic Grasping", "Traffic Forecasting", "Medical Imaging", "Turbulent Mixing", "Code Review",
    "Soil Moisture", "Spin Glasses", "Sign Language", "Bird Migration", "Wind Farms",
)  # fmt: skip
_SHAPES = (
    "{m} for {s}", "On the Limits of {m} in {s}", "{s} with {m}: A Second Look", "Why Does {m} Work for {s}?",
    "Towards Reliable {s}", "{n}: Scaling {m} to {s}", "{m} Meets {s}", "A Survey of {m}",
    "Learning {s} from Few Examples via {m}", "Rethinking {m} and {m2} for {s}",
    "Do {m} Help {s}? Evidence from {k} Datasets", "{n}", "Bounds on {m} under Noise",
    "The role of {m} in {s}", "Measuring {s}: a large-scale study of {k} sites",
)  # fmt: skip
_ACRONYMS = ("KITE", "MothNet", "GULL-2", "Lantern", "Tern3D", "PebbleBench", "HeronLM")
_SENTENCES = (
    "We study {s} and show that {m} can be made {k} times cheaper without loss.",
    "Existing methods for {s} rest on assumptions that rarely hold, which is why they fail on new data.",
    "In this paper, we propose {n}, a framework that combines {m} with {m2}.",
    "Experiments on {k} datasets demonstrate that our approach improves accuracy by {k}.{d}%.",
    "Our analysis reveals that the error decays as $O(n^{{-1/2}})$ when the noise is bounded.",
    "However, it remains unclear how {m} behaves in the presence of outliers.",
    "We prove a lower bound that matches the rate of {m} up to a logarithmic factor.",
    "Code and data are publicly available.",
    "These results suggest that {s} is limited by data and not by the size of the model.",
)
_VENUES = (
    "Journal of Imagined Results", "Transactions on Invented Systems", "Letters in Made-up Physics",
    "International Journal of Nothing", "Annals of Fictional Statistics", "Acta Imaginaria",
)  # fmt: skip


def invent(rng: random.Random, count: int) -> list[Paper]:
    """`count` papers that nobody wrote, no two of one title."""
    found: dict[str, Paper] = {}
    while len(found) < count:
        words: dict[str, Any] = {
            "m": rng.choice(_METHODS), "m2": rng.choice(_METHODS), "s": rng.choice(_SUBJECTS),
            "n": rng.choice(_ACRONYMS), "k": rng.randint(2, 40), "d": rng.randint(1, 9),
        }  # fmt: skip
        shape = rng.choice(_SHAPES)
        if shape == "{n}":
            shape = "{n}: {m} Everywhere"
        title = shape.format(**words)
        people = {
            rng.choice(_FAMILY): rng.choice(_GIVEN) + rng.choice(_MIDDLE)
            for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5, 7)))
        }
        year = rng.randint(2008, 2025)
        month, day = rng.randint(1, 12), rng.randint(1, 28)
        told = rng.sample(_SENTENCES, rng.randint(3, 7))
        found[title] = Paper(
            title,
            tuple((given, family) for family, given in people.items()),
            year, month, day, rng.choice(_VENUES), rng.randint(2, 90), rng.randint(1, 900),
            f"10.{rng.randint(1000, 9999)}/{rng.choice('abcdef')}{rng.randint(10**5, 10**7)}",
            f"{year % 100:02}{month:02}.{rng.randint(100, 9999):0{5 if year > 2014 else 4}}",
            " ".join(told).format(**words),
        )  # fmt: skip
    return list(found.values())


def recall(rng: random.Random, count: int) -> list[Paper]:
    """Real papers of the shared corpus; none where it is not beside the repository."""
    if not CORPUS.exists():
        return []
    held = [
        paper
        for paper in load_papers()
        if 0 < len(paper["authors"]) <= 12 and len(paper["abstract"]) > 200 and paper["arxiv"]
    ]
    found = []
    for paper in rng.sample(held, count):
        people = tuple(_parted(" ".join(name.split())) for name in paper["authors"])
        year, month, day = map(int, paper["date"].split("-"))
        found.append(
            Paper(
                paper["title"], people, year, month, day, rng.choice(_VENUES),
                rng.randint(2, 90), rng.randint(1, 900),
                f"10.{rng.randint(1000, 9999)}/x{rng.randint(10**5, 10**7)}",
                paper["arxiv"], paper["abstract"],
            )
        )  # fmt: skip
    return found


def _parted(name: str) -> tuple[str, str]:
    m = re.fullmatch(r"(.*?) ((?:(?:van|von|de|der|den|di|da|la|le) )*\S+)", name)
    return (m[1], m[2]) if m else ("", name)
