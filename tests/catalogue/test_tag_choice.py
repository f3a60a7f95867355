"""Of the topics that a text names, the tags are those that it is about."""

from __future__ import annotations

import pytest

from digest.catalogue.topics.infer import MAX_FOUND, Matcher, infer_tags
from digest.catalogue.topics.stems import Stems
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.topics.words import cut


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_taxonomy()[0])


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("A degradation model blurs each picture. We propose image super-resolution with it. "
         "The degradation models are learned.", "reliability-and-safety-engineering"),
        ("We propose graph neural networks. Their expressive power has drawn attention.",
         "theory-of-deep-learning"),
        ("We propose channel attention modules for convolutional neural networks.",
         "transformers"),
        ("We propose graph neural networks. They are compared on benchmark datasets.",
         "datasets-and-benchmarks"),
        ("We propose a dialogue system. It is trained by counterfactual augmentation with "
         "adversarial training of a language model.", "adversarial-machine-learning"),
        ("We propose object detection with neural networks for knots. Object detection is "
         "parameter-efficient here.", "parameter-efficient-fine-tuning"),
    ],
)  # fmt: skip
def test_words_in_another_sense_or_in_passing(matcher: Matcher, text: str, unwanted: str) -> None:
    assert unwanted in matcher.ranks
    assert unwanted not in {t.slug for t in infer_tags(matcher, "", text, ())}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("This paper introduces KNOT, a dataset that contains a million knots. It will help "
         "deep learning.", "datasets-and-benchmarks"),
        ("Watch time prediction is hard. We predict how long users watch short videos.",
         "recommender-systems"),
    ],
)  # fmt: skip
def test_what_a_reader_would_browse_by(matcher: Matcher, text: str, wanted: str) -> None:
    assert wanted in {t.slug for t in infer_tags(matcher, "", text, ())}


def test_a_passing_mention_of_a_far_field_is_no_tag(matcher: Matcher) -> None:
    text = (
        "We propose graph neural networks for node classification. Graph neural networks are "
        "trained on citations. One graph is that of malaria researchers. They work well."
    )
    tags = {t.slug for t in infer_tags(matcher, "", text, ())}
    assert "graph-neural-networks" in tags
    assert not any("medicine" in matcher.taxonomy.ancestors(s) for s in tags)


def test_an_abbreviation_for_other_words_is_another_thing(matcher: Matcher) -> None:
    text = "We train Stochastic Neural Networks (SNNs) by deep learning. SNNs are noisy."
    assert "spiking-neural-networks" not in {t.slug for t in infer_tags(matcher, "", text, ())}
    text = "We train Spiking Neural Networks (SNNs) by deep learning. SNNs are fast."
    assert "spiking-neural-networks" in {t.slug for t in infer_tags(matcher, "", text, ())}


def test_found_topics_fill_up_what_keywords_leave(matcher: Matcher) -> None:
    given = tuple(f"keyword {letter}" for letter in "abcdefg")
    tags = infer_tags(matcher, "", "We study graph neural networks.", given)
    assert [t.source for t in tags].count("given") == 7
    assert "taxonomy" not in {t.source for t in tags}
    few = infer_tags(matcher, "", "We study graph neural networks.", given[:2])
    assert "graph-neural-networks" in {t.slug for t in few}
    assert sum(t.source in ("given", "taxonomy") for t in few) <= MAX_FOUND


def test_the_small_field_of_the_first_topic_is_implied(matcher: Matcher) -> None:
    tags = infer_tags(matcher, "", "We study collaborative filtering.", ())
    assert [(t.slug, t.source) for t in tags] == [
        ("collaborative-filtering", "taxonomy"),
        ("recommender-systems", "implied"),
    ]


class TestOverlap:
    def test_both_of_two_that_overlap_count(self) -> None:
        """`reed loom weaving`: the first phrase does not take the head from the second."""
        own = "topics:\n- {name: Reed loom}\n- {name: Loom weaving}\n"
        found = infer_tags(Matcher(load_taxonomy(own)[0]), "On reed loom weaving", "", ())
        assert {"reed-loom", "loom-weaving"} <= {tag.slug for tag in found}

    def test_no_part_of_a_longer_one_counts(self) -> None:
        own = "topics:\n- {name: Reed loom weaving}\n- {name: Loom weaving}\n"
        found = infer_tags(Matcher(load_taxonomy(own)[0]), "On reed loom weaving", "", ())
        assert "loom-weaving" not in {tag.slug for tag in found}

    def test_a_compound_is_not_torn(self) -> None:
        own = "topics:\n- {name: Reed loom}\n- {name: Loom weaving}\n"
        found = infer_tags(Matcher(load_taxonomy(own)[0]), "On reed-loom weaving", "", ())
        assert "loom-weaving" not in {tag.slug for tag in found}

    @pytest.mark.parametrize("blank", [" ", "\n", "\u2009", "\u00a0"])
    def test_sentences_end_before_any_blank(self, blank: str) -> None:
        text = cut(
            Stems(), "", f"One reed.{blank}Two looms et al. are here?{blank}(Three) 3.5 end."
        )
        assert [text.words[at] for at in text.starts] == ["One", "Two", "("]
