"""Tags are found by what a text says, whatever its spelling, and never by accident."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.topics.infer import MAX_FOUND, MAX_IMPLIED, Matcher, infer_tags
from digest.catalogue.topics.stems import spellings, stem
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.paper import Tag
from tests.watchdog import ends


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_taxonomy()[0])


@pytest.fixture(scope="module")
def small() -> Matcher:
    """A few topics added to those that ship, in words that nothing else uses."""
    taxonomy, problems = load_taxonomy(
        """
field: Basketry
about: Weaving.
topics:
  - {name: Willow weaving, about: A., words: [pre-soaked withy, osier rod analysis]}
  - {name: Willow weaving looms, about: B., parents: [Willow weaving], words: [treadle wicker]}
  - {name: Coiled mats, about: C., short: [CMX], weak: [coil], with: [rush, sweet grass]}
  - {name: Sedge Ropes, about: D., short: [SGR]}
"""
    )
    assert problems == ()
    return Matcher(taxonomy)


def found(tags: tuple[Tag, ...], *sources: str) -> list[str]:
    return [t.slug for t in tags if t.source in (sources or ("taxonomy",))]


def tags_of(matcher: Matcher, abstract: str, title: str = "") -> list[str]:
    return found(infer_tags(matcher, title, abstract, ()))


class TestSpelling:
    @pytest.mark.parametrize(
        "text",
        [
            "willow weaving", "Willow Weaving", "WILLOW WEAVING", "willow-weaving",
            "willow\n weaving", "Wíllow weaving", "willow\u2010weaving", "willowweaving",
            "pre-soaked withies", "presoaked withy", "pre soaked withies", "Pre-Soaked Withy",
            "osier rod analyses", "osier rods analysis", r"\emph{willow} weaving",
            r"{\bf Willow weaving}", "wil\u00adlow weaving",
        ],
    )  # fmt: skip
    def test_variants_are_the_same_phrase(self, small: Matcher, text: str) -> None:
        assert tags_of(small, f"We looked at {text} for years.") == ["willow-weaving"]

    @pytest.mark.parametrize(
        "text",
        [
            "willow. Weaving", "willow, weaving", "willow (weaving)", "pillow weaving",
            "willow weavingly", "$willow weaving$", r"\willow weaving", r"\cite{willow weaving}",
            "https://example.org/willow-weaving", "name@willow-weaving.example",
            "willow $x$ weaving",
        ],
    )  # fmt: skip
    def test_other_words_are_not(self, small: Matcher, text: str) -> None:
        assert "willow-weaving" not in tags_of(small, f"We looked at {text} for years.")

    def test_money_is_not_a_formula(self, small: Matcher) -> None:
        assert "willow-weaving" in tags_of(small, "For $5 million of willow weaving and $6 more.")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("networks", "network"), ("classes", "class"), ("caches", "cache"),
            ("studies", "study"), ("analyses", "analysis"), ("matrices", "matrix"),
            ("optimisation", "optimization"), ("modelling", "modeling"),
            ("behaviours", "behavior"), ("boxes", "box"), ("responses", "response"),
        ],
    )  # fmt: skip
    def test_stems(self, one: str, other: str) -> None:
        assert stem(one) == stem(other)

    @pytest.mark.parametrize("word", ["physics", "bias", "news", "series", "analysis", "gas"])
    def test_words_in_s_that_are_no_plurals(self, word: str) -> None:
        assert stem(word) == word

    def test_compounds_come_joined_and_apart(self) -> None:
        assert ("pretraining",) in spellings(("pre", "training"))
        assert ("pre", "training") in spellings(("pretraining",))
        assert ("3", "d", "vision") in spellings(("3d", "vision"))


class TestAbbreviations:
    @pytest.mark.parametrize("text", ["SGR", "SGRs", "SGR-based ties", "(SGR)"])
    def test_in_their_own_case(self, small: Matcher, text: str) -> None:
        assert "sedge-ropes" in tags_of(small, f"The role of {text} is large.")

    @pytest.mark.parametrize("text", ["sgr", "Sgr", "SGRX", "XSGR"])
    def test_in_no_other(self, small: Matcher, text: str) -> None:
        assert "sedge-ropes" not in tags_of(small, f"The role of {text} is large.")

    def test_not_in_a_title_all_in_capitals(self, small: Matcher) -> None:
        assert "sedge-ropes" not in tags_of(small, "", title="THE SGR OF OLD")

    def test_not_where_the_text_gives_them_another_meaning(self, small: Matcher) -> None:
        text = "A Second Grade Reader (SGR) is a book. The SGR was printed."
        assert "sedge-ropes" not in tags_of(small, text)
        assert "sedge-ropes" in tags_of(small, "Some sedge ropes (SGR) last. The SGR is strong.")

    def test_a_name_in_capitals_is_not_a_word(self, matcher: Matcher) -> None:
        assert "robotics" in tags_of(matcher, "Robotics has grown. We like robotics.")
        assert "robotics" not in tags_of(matcher, "We present roBOTics, which folds proteins.")


class TestCues:
    def test_abbreviation_and_weak_word_need_one(self, small: Matcher) -> None:
        text = "Willow weaving with a {} of {}."
        for word in ("CMX", "coil"):
            assert "coiled-mats" in tags_of(small, text.format(word, "rushes"))
            assert "coiled-mats" in tags_of(small, text.format(word, "sweet grass"))
            assert "coiled-mats" not in tags_of(small, text.format(word, "grass that is sweet"))

    def test_weak_words_are_heard_where_nothing_else_is(self, small: Matcher) -> None:
        assert tags_of(small, "Xyzzy has a coil.") == ["coiled-mats"]

    def test_weak_words_of_other_fields_are_not(self, small: Matcher) -> None:
        text = "Convolutional neural networks segment images by a coil of rush."
        assert "coiled-mats" not in tags_of(small, text)


class TestRanking:
    def test_the_longest_phrase_wins(self, small: Matcher) -> None:
        tags = infer_tags(small, "", "About willow weaving looms.", ())
        assert found(tags) == ["willow-weaving-looms"]
        assert found(tags, "implied") == ["willow-weaving"]

    def test_title_before_proposal_before_passing_mention(self, matcher: Matcher) -> None:
        tags = tags_of(
            matcher,
            "Much has been said. Machine translation is one use of it. We propose a method of "
            "speech recognition. It works. That is all.",
            title="Object detection for listeners",
        )
        assert tags.index("object-detection") < tags.index("speech-recognition")
        assert "machine-translation" not in tags[:2]

    def test_evidence_is_as_the_text_has_it(self, matcher: Matcher) -> None:
        tags = infer_tags(matcher, "", "We train Graph  Neural\nNetworks. GNNs are fun.", ())
        gnn = next(t for t in tags if t.slug == "graph-neural-networks")
        assert gnn.evidence == ("Graph Neural Networks", "GNNs")
        assert gnn.name == "Graph neural networks"
        assert gnn.source == "taxonomy"

    def test_parents_are_implied_after_what_was_found(self, matcher: Matcher) -> None:
        tags = infer_tags(matcher, "", "We study graph neural networks.", ())
        assert [(t.slug, t.source) for t in tags] == [
            ("graph-neural-networks", "taxonomy"),
            ("graph-learning", "implied"),
            ("deep-learning", "implied"),
        ]

    def test_never_more_than_a_handful(self, matcher: Matcher) -> None:
        names = [t.name for t in matcher.taxonomy.topics.values()]
        tags = infer_tags(matcher, "", ". ".join(names[:300]), ())
        assert len(found(tags)) <= MAX_FOUND
        assert len(found(tags, "implied")) <= MAX_IMPLIED
        assert len({t.slug for t in tags}) == len(tags)


class TestGiven:
    def test_categories_and_keywords(self, matcher: Matcher) -> None:
        given = ("cs.CV", "GANs", "Optical-Character Recognition", "hedge trimming")
        tags = infer_tags(matcher, "", "", given)
        assert [(t.slug, t.source) for t in tags][:4] == [
            ("generative-adversarial-networks", "given"),
            ("document-analysis-and-ocr", "given"),
            ("hedge-trimming", "given"),
            ("computer-vision", "category"),
        ]
        assert tags[2] == Tag("hedge-trimming", "hedge trimming", "given", ("hedge trimming",))
        assert tags[3].evidence == ("cs.CV",)

    def test_the_known_part_of_a_keyword_with_its_field(self, matcher: Matcher) -> None:
        tags = infer_tags(matcher, "", "", ("Machine Learning: ML: Reinforcement Learning",))
        assert tags[0].slug == "reinforcement-learning"

    @pytest.mark.parametrize(
        "junk", ["", "  ", "2023", "1.5", "x" * 61, "68T05", "I.2.10", "xx.YY", "---", "."]
    )
    def test_junk_is_left_out(self, matcher: Matcher, junk: str) -> None:
        assert infer_tags(matcher, "", "", (junk,)) == ()

    def test_a_keyword_that_the_text_has_too_is_given_with_evidence(self, matcher: Matcher) -> None:
        tags = infer_tags(matcher, "", "We study speech synthesis.", ("TTS",))
        assert tags[0].source == "given"
        assert tags[0].evidence == ("TTS", "speech synthesis")
        assert [t.slug for t in tags].count("speech-synthesis") == 1


class TestKindsOfText:
    @pytest.mark.parametrize(
        ("text", "wanted", "unwanted"),
        [
            (
                "Stored portraits let operators recognise people. We hide identities in face "
                "images while face recognition still works, which protects privacy.",
                {"face-recognition", "privacy"},
                {"databases"},
            ),
            (
                "Tables of embeddings fill the memory of industrial recommender systems. We "
                "combine model compression with quantization of embeddings.",
                {"recommender-systems", "model-compression"},
                {"databases"},
            ),
            (
                "The theorem on prime ideals rests on a network of lemmas about rings of integers.",
                set(),
                {"computer-networks", "deep-learning"},
            ),
            (
                "We report the light curve of a star that was observed for three nights.",
                set(),
                {"machine-learning", "rendering"},
            ),
        ],
    )
    def test_what_it_is_about(
        self, matcher: Matcher, text: str, wanted: set[str], unwanted: set[str]
    ) -> None:
        tags = set(tags_of(matcher, text))
        assert wanted <= tags
        assert not unwanted & tags

    def test_nothing_gives_nothing(self, matcher: Matcher) -> None:
        assert infer_tags(matcher, "", "", ()) == ()
        assert infer_tags(matcher, "", "Qwx zzyx vrooq.", ()) == ()


class TestSoundness:
    def test_no_memory(self) -> None:
        """The order of papers, and what went before, changes nothing; nor does another process."""
        matcher = Matcher(load_taxonomy()[0])
        texts = ["We study robots and LLMs.", "A model of networks.", "Über Graphen: GNNs!"] * 2
        first = [infer_tags(matcher, "", t, ()) for t in texts]
        copy = pickle.loads(pickle.dumps(matcher))
        assert [infer_tags(copy, "", t, ()) for t in reversed(texts)] == first[::-1]

    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=200), st.text(max_size=400), st.lists(st.text(max_size=80), max_size=4))
    def test_any_text_is_fine(
        self, matcher: Matcher, title: str, abstract: str, keywords: list[str]
    ) -> None:
        for tag in infer_tags(matcher, title, abstract, tuple(keywords)):
            assert tag.slug
            assert tag.name

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "graph",
                    "neural",
                    " ",
                    "-",
                    "network",
                    "(",
                    ")",
                    "GNN",
                    ". ",
                    "$",
                    "\\",
                    "{",
                    "}",
                    "é",
                ]
            ),
            max_size=60,
        )
    )
    def test_any_mixture_of_its_own_words_is_fine(self, matcher: Matcher, parts: list[str]) -> None:
        whole, back = "".join(parts), "".join(reversed(parts))
        slugs = [tag.slug for tag in infer_tags(matcher, whole, back, (whole[:70],))]
        assert len(slugs) == len(set(slugs))

    @pytest.mark.parametrize(
        "unit",
        ["$", "\\(", "\\[", "a@", "http://", "(GNN ", "\\begin{", "{", "'s ", "graph ", "$1 a "],
    )
    def test_hostile_lengths_take_no_time(self, matcher: Matcher, unit: str) -> None:
        text = unit * (100_000 // len(unit))
        with ends():
            slugs = [tag.slug for tag in infer_tags(matcher, text, text, (text,))]
        assert len(slugs) == len(set(slugs))
