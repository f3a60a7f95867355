"""Derived titles are short whole phrases in the abstract's own words, whatever the abstract."""

from __future__ import annotations

import itertools
import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.sentences import bare, plain, sentences
from digest.catalogue.titles.derive import UNTITLED, DerivedTitle, derive_title, system_name
from digest.catalogue.titles.endings import settle
from digest.catalogue.titles.marks import balanced
from digest.catalogue.titles.phrases import waits
from digest.catalogue.titles.systems import long_form, named
from tests.watchdog import ends

SHARED = Path(__file__).parents[2] / "../shared"
CORPORA = [SHARED / "corpora/keywords-dev.jsonl.xz", SHARED / "corpora/papers-100k.jsonl.xz"]

CONTRIBUTIONS = [
    (
        (
            "Letters are often lost. In this paper, we propose PIGEON, a routing framework for"
            " paper letters that learns from weather maps. PIGEON outperforms mail coaches."
        ),
        "PIGEON: routing framework for paper letters that learns from weather maps",
        "PIGEON",
    ),
    (
        (
            "Bread ages quickly. To address this issue, we introduce a novel method called"
            " CrumbNet to predict the age of bread from crust images. Experiments are extensive."
        ),
        "CrumbNet: method to predict the age of bread from crust images",
        "CrumbNet",
    ),
    (
        "We present the Tidal Garden Engine (TGE), a simulator of coastal plants.",
        "Tidal Garden Engine (TGE): simulator of coastal plants",
        "TGE",
    ),
    (
        (
            "Harbour traffic forecasting (HTF) is hard. We propose a simple yet effective"
            " Lighthouse Attention (LA) mechanism for HTF based on echoes."
        ),
        "Lighthouse Attention (LA) mechanism for harbour traffic forecasting based on echoes",
        "LA",
    ),
    (
        (
            "Large language models (LLMs) are used for weaving. We study the problem of choosing"
            " threads under budget constraints. Results are shown."
        ),
        "Choosing threads under budget constraints",
        None,
    ),
    (
        "The purpose of this paper is to classify folded ribbons with at most three twists.",
        "Folded ribbons with at most three twists",
        None,
    ),
    (
        "In this note we prove that every knitted graph is planar.",
        "Every knitted graph is planar",
        None,
    ),
    (
        "A continuous model of falling leaves in turbulent wind is developed.",
        "Continuous model of falling leaves in turbulent wind",
        None,
    ),
    (
        "We investigate how bees choose flowers in cities.",
        "How bees choose flowers in cities",
        None,
    ),
    (
        "KnotKit is a library that draws knots from braid words.",
        "KnotKit: library that draws knots from braid words",
        "KnotKit",
    ),
    (
        "We propose yarn2map, a method for drawing the yarns of a carpet.",
        "yarn2map: method for drawing the yarns of a carpet",
        "yarn2map",
    ),
    (
        "We introduce the Weaver, an architecture for carpet repair.",
        "Weaver: architecture for carpet repair",
        "Weaver",
    ),
    (
        "We introduce knotting, a way to tie ropes under water.",
        "Knotting: way to tie ropes under water",
        None,
    ),
    (
        "We propose a knot selection method using a smoothed rope norm in the literature.",
        "Knot selection method using a smoothed rope norm",
        None,
    ),
    (
        "We present KnitLR, a recipe for learning of woven features in which every ingredient is"
        " simple and every stitch is measured against many others.",
        "KnitLR: recipe for learning of woven features",
        "KnitLR",
    ),
    (
        "We present a loom for learning carpet patterns without labels that takes the negatives"
        " from a long queue of earlier carpets instead of weaving.",
        "Loom for learning carpet patterns without labels",
        None,
    ),
    (
        "We show that when only small knots are considered there exists a rope between harbours.",
        "Rope between harbours",
        None,
    ),
    ("This paper has been withdrawn by the author.", "Withdrawn paper", None),
    (
        "This paper has been withdrawn by the author due to a crucial error in Lemma 3.",
        "Withdrawn: crucial error in Lemma 3",
        None,
    ),
    (
        "We show that the operator $T_{a, b} f(x)$ is bounded on $L^p(\\mathbb{R})$.",
        "Operator $T_{a, b} f(x)$ is bounded on $L^p(\\mathbb{R})$",
        None,
    ),
    (
        "Abstract: <p>We describe a catalogue of <i>dwarf</i> moons.</p>",
        "Catalogue of dwarf moons",
        None,
    ),
    ("Wir untersuchen die Wirkung von Salz auf Glas", None, None),
    (
        "The woven ladder conjecture says that ladders hold. We prove the conjecture for ropes.",
        "Woven ladder conjecture for ropes",
        None,
    ),
    ("a" * 300, "A" + "a" * 109, None),
    ("   \n ", UNTITLED, None),
    ("…!?", UNTITLED, None),
]


@pytest.mark.parametrize(("abstract", "title", "system"), CONTRIBUTIONS)
def test_titles_of_examples(abstract: str, title: str | None, system: str | None) -> None:
    """Each way of announcing a contribution gives the title that a reader would expect."""
    derived = derive_title(abstract)
    assert derived.system == system
    if title is not None:
        assert derived.text == title


@pytest.mark.parametrize(
    ("title", "abstract", "system"),
    [
        ("SnailMail: Slow Networks", None, "SnailMail"),
        ("On knots: a survey", None, None),
        (None, "Graph neural networks (GNNs) are common. We study GNNs on ImageNet.", None),
        (None, "We use LLMs. Our proposed model, OwlNet, achieves good results.", "OwlNet"),
        (None, "We propose a hedge model, shortened as HedgeHog.", "HedgeHog"),
        (None, None, None),
        ("", "", None),
    ],
)
def test_system_names(title: str | None, abstract: str | None, system: str | None) -> None:
    """A name counts if the paper contributes it, not if it is background, data or measure."""
    assert system_name(title, abstract) == system


def check(abstract: str, derived: DerivedTitle) -> None:
    """The rules that hold for every abstract."""
    text = derived.text
    assert text
    assert text == text.strip()
    assert len(text.split()) <= 14
    assert len(text) <= 110
    assert text[-1] not in ".,;:"
    assert balanced(text)
    if any(c.isalnum() for c in plain(abstract)):
        assert derive_title(abstract) == derived


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_title(text: str) -> None:
    """Whatever the input, the title is there, within the limits, and its marks pair."""
    check(text, derive_title(text))


WORDS = st.sampled_from(
    """We propose present called Deep Net (DN), (DN) a the novel of for that which $x_1$ $ ( ) [ ]
    " `` '' \\frac{a}{b} {\\em model} in this paper, is shown to by using — - and, framework NetX,
    NetX. i.e., et al. (2020). 1) http://a.example model. It these Ünï 数据。 “quoted ”""".split()
)


@settings(max_examples=500, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_words_have_a_title(text: str) -> None:
    """Fragments of the very patterns that are looked for, in any order, break no rule."""
    check(text, derive_title(text))


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.name)
def test_real_abstracts(path: Path) -> None:
    """On real abstracts titles begin well, end well and use the abstract's own words."""
    if not path.exists():
        pytest.skip("no shared corpora beside the repository")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        abstracts = [json.loads(line)["abstract"] for line in itertools.islice(lines, 600)]
    lower = waiting = strange = 0
    for abstract in filter(None, abstracts):
        derived = derive_title(abstract)
        check(abstract, derived)
        lower += derived.text[0].islower() and derived.text.split()[0].rstrip(":").islower()
        waiting += waits(derived.text.split()[-1])
        source = plain(abstract).lower()
        own = [w for word in derived.text.split() if (w := bare(word)) not in source]
        strange += len(own) > 1 and not derived.text.startswith("Withdrawn")
    assert lower <= 2
    assert waiting <= 2
    assert strange <= 6


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "We propose ",
        "(",
        "$",
        "$ ",
        "`",
        "A.B. ",
        "called X ",
        "the novel ",
        "<p ",
        "\\emph{",
        "_a ",
        "(A, 2020 ",
        "- ",
        "[1,2",
        "&amp;",
        "Aa (A) ",
        "word, ",
    ],
)
def test_hostile_abstracts_take_no_longer(unit: str) -> None:
    """A hundred thousand characters of anything take well below a second."""
    text = unit * (100_000 // len(unit))
    with ends():
        check(text, derive_title(text))


def test_sentences_keep_formulas_and_abbreviations_whole() -> None:
    """Stops inside formulas and abbreviations end no sentence."""
    text = plain(
        "Let $f. X$ be given, cf. Fig. 3 of J. Doe et al. The rest follows. (See above.) We go."
    )
    assert [" ".join(words) for words in sentences(text)] == [
        "Let $f. X$ be given, cf. Fig. 3 of J. Doe et al. The rest follows.",
        "(See above.)",
        "We go.",
    ]


def test_long_forms_fit_their_letters() -> None:
    """An abbreviation is traced to the words whose letters it has, and to no others."""
    words = ["we", "use", "a", "deep", "interest", "network"]
    assert long_form(words, len(words), "DIN") == 3
    assert long_form(words, len(words), "XYZ") is None
    assert named("LaVIT")
    assert not named("LLM-based")
    assert not named("Navier-Stokes")


def test_a_clause_is_kept_whole_or_left_out() -> None:
    """What was cut in two goes, if enough is left to say something."""
    words = "shared ropes in growing fleets as the origin of power laws".split()
    assert settle(words, 8) == 5
    words = "wet knots that may be tied using two ropes".split()
    assert settle(words, 6) == 2
    words = "wet knots that resist salt".split()
    assert settle(words, 5) == 5
