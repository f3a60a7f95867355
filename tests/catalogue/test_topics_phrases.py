"""Terms, names and data sets that the taxonomy lacks become tags, and never by other papers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.background.phrases import load_phrases
from digest.catalogue.topics.adopt import SHARED, SMALL, adopt
from digest.catalogue.topics.heads import Heads
from digest.catalogue.topics.infer import MAX_SHOWN, Matcher, infer_tags
from digest.catalogue.topics.kinds import kind_of
from digest.catalogue.topics.senses import Meanings
from digest.catalogue.topics.stems import singular
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.topics.topic import read_compiled
from digest.paper import Paper, Tag

BASKETS = """
field: Basketry
about: Weaving.
topics:
  - {name: Willow weaving, about: A.}
"""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_taxonomy(BASKETS)[0])


def tags_of(matcher: Matcher, title: str, abstract: str, system: str | None = None) -> list[Tag]:
    return [*infer_tags(matcher, title, abstract, (), system)]


def phrases(tags: list[Tag]) -> dict[str, Tag]:
    return {tag.name: tag for tag in tags if tag.source == "phrase"}


class TestPhrases:
    @pytest.mark.parametrize(
        "title",
        [
            "Sedge plaiting and willow weaving", "On sedge plaiting: willow weaving",
            "Sedge-plaiting for willow weaving", "Sedge plaitings of willow weaving",
        ],
    )  # fmt: skip
    def test_variants_are_one_tag(self, matcher: Matcher, title: str) -> None:
        """Case, plural and hyphen make no other address."""
        assert {
            t.slug for t in phrases(tags_of(matcher, title, "We like sedge plaiting.")).values()
        } == {"sedge-plaiting"}

    @pytest.mark.parametrize(
        "title",
        [
            "A novel method for willow weaving", "Willow weaving with extensive experiments",
            "Improving willow weaving by better results",
        ],
    )  # fmt: skip
    def test_what_any_paper_says_is_none(self, matcher: Matcher, title: str) -> None:
        assert phrases(tags_of(matcher, title, title + ". " + title)) == {}

    def test_compounds_are_not_torn(self, matcher: Matcher) -> None:
        """`sedge plaiting` is not what `proto-sedge plaiting` says."""
        text = "Willow weaving by proto-sedge plaiting."
        assert "sedge-plaiting" not in {t.slug for t in tags_of(matcher, text, text)}

    def test_an_abbreviation_makes_a_term(self, matcher: Matcher) -> None:
        text = "We weave baskets. We rely on Sedge Plaiting (SP) for them. SP is old."
        tag = phrases(tags_of(matcher, "Willow weaving", text))["Sedge plaiting"]
        assert tag.evidence == ("Sedge Plaiting", "SP")
        assert not tag.page

    def test_what_a_topic_says_is_not_said_twice(self, matcher: Matcher) -> None:
        tags = tags_of(matcher, "Willow weaving systems", "Willow weaving systems are fine.")
        assert [t.slug for t in tags if t.source in ("taxonomy", "phrase")] == ["willow-weaving"]

    def test_names_keep_their_capitals(self, matcher: Matcher) -> None:
        """A name is written large wherever a title puts capitals."""
        found = phrases(tags_of(matcher, "KALMAN FILTERING: Willow Weaving", ""))
        assert all(name.split()[0] in ("Kalman", "KALMAN") for name in found)

    @pytest.mark.parametrize(
        ("plural", "one"),
        [
            ("databases", "database"), ("classes", "class"), ("boxes", "box"), ("bias", "bias"),
            ("studies", "study"), ("matrices", "matrix"), ("batches", "batch"),
            ("caches", "cache"), ("analysis", "analysis"), ("analyses", "analysis"),
        ],
    )  # fmt: skip
    def test_singular(self, plural: str, one: str) -> None:
        assert singular(plural) == one

    def test_few(self, matcher: Matcher) -> None:
        """However much a text names, a handful is shown."""
        known = [(a, b.split()[0]) for a, b in [*load_phrases().worths.items()][:400:3]]
        words = " ".join(f"{a} {b}." for a, b in known)
        assert len(tags_of(matcher, words[:300], words)) <= MAX_SHOWN

    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.sampled_from(["Sedge", "plaiting", "(", "SP", ")", "-", ".", "of", "SPs"])))
    def test_any_mixture_is_fine(self, matcher: Matcher, parts: list[str]) -> None:
        for tag in tags_of(matcher, " ".join(parts), "".join(parts) + " " + " ".join(parts)):
            assert tag.slug and tag.name


class TestNames:
    def test_the_system_is_one(self, matcher: Matcher) -> None:
        tag = tags_of(matcher, "Willow weaving with BASKO", "", "BASKO")[-1]
        assert (tag.slug, tag.kind, tag.source) == ("basko", "system", "name")

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("We test on the ReedBench dataset.", {"ReedBench"}),
            ("We test on ReedBench, TWIG-9 and the OsierQA benchmarks.", {"OsierQA", "TWIG-9"}),
            ("We test on public datasets.", set()),
            ("The Second dataset is new.", set()),
            ("A hedge trimming task (HTT) is hard. HTT datasets are few.", set()),
        ],
    )
    def test_data_sets_that_a_text_calls_so(
        self, matcher: Matcher, text: str, wanted: set[str]
    ) -> None:
        tags = tags_of(matcher, "Willow weaving", text)
        assert {t.name for t in tags if t.kind == "data"} == wanted

    def test_known_data_sets(self, matcher: Matcher) -> None:
        """One that the taxonomy knows needs no word beside it, and has its page."""
        tags = tags_of(matcher, "Willow weaving", "Our baskets are trained on CIFAR10 alone.")
        tag = next(t for t in tags if t.kind == "data")
        assert (tag.slug, tag.evidence, tag.page) == ("cifar-10-and-cifar-100", ("CIFAR10",), True)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("object detection", "task"), ("graph neural networks", "method"),
            ("basketry", "topic"), ("machine translation", "task"),
        ],
    )  # fmt: skip
    def test_kinds(self, name: str, kind: str) -> None:
        assert kind_of(name.split()) == kind


def paper(number: int, *tags: Tag) -> Paper:
    key = f"text:{number}"
    return Paper(key=key, slug=f"p{number}", title="T", title_source="given", tags=tags)


def chip(name: str, slug: str = "sedge-plaiting") -> Tag:
    return Tag(slug, name, "phrase", (name,), page=False)


class TestAdoption:
    def test_in_a_large_collection_pages_need_sharers(self) -> None:
        others = [paper(n) for n in range(SMALL + 1)]
        few = [paper(10_000 + n, chip("Sedge plaiting")) for n in range(SHARED)]
        for papers, page in ((few[:-1], False), (few, True)):
            found = adopt([*others, *papers], ())
            assert {t.page for p in found for t in p.tags} == {page}

    def test_in_a_small_one_two_papers_make_a_page(self) -> None:
        alone, other = (paper(n, chip("Sedge plaiting")) for n in (1, 2))
        assert not adopt([alone], ())[0].tags[0].page
        assert all(p.tags[0].page for p in adopt([alone, other], ()))

    def test_one_tag_has_one_name(self) -> None:
        """The most frequent spelling, whatever the order of the papers."""
        papers = [
            paper(1, chip("Sedge-plaiting")), paper(2, chip("Sedge plaiting")),
            paper(3, chip("Sedge plaiting")),
        ]  # fmt: skip
        for order in (papers, papers[::-1]):
            assert {t.name for p in adopt(order, ()) for t in p.tags} == {"Sedge plaiting"}

    def test_a_paper_more_takes_no_tag_from_another(self) -> None:
        papers = [paper(n, chip("A b", "a-b"), chip("C d", "c-d")) for n in range(5)]
        for count in range(1, 5):
            before = {p.key: {t.slug for t in p.tags} for p in adopt(papers[:count], ())}
            after = {p.key: {t.slug for t in p.tags} for p in adopt(papers[: count + 1], ())}
            assert all(after[key] == slugs for key, slugs in before.items())

    def test_topics_are_left_alone(self) -> None:
        one = paper(1, Tag("robotics", "Robotics", "taxonomy"))
        assert adopt([one], {"robotics"})[0] is one


class TestTheUser:
    TEXT = "Sedge plaiting for willow weaving"
    BODY = "We like sedge plaiting."

    def load(self, text: str) -> Matcher:
        taxonomy, problems = load_taxonomy(BASKETS + text)
        assert problems == ()
        return Matcher(taxonomy)

    def test_hides_a_phrase(self) -> None:
        hidden = self.load("  - {name: Sedge plaiting, hide: yes}\n")
        assert "sedge-plaiting" not in {t.slug for t in tags_of(hidden, self.TEXT, self.BODY)}
        tags = infer_tags(hidden, "", "", ("sedge plaiting",))
        assert tags == ()

    def test_renames_and_describes_a_phrase_by_making_it_a_topic(self) -> None:
        made = self.load("  - {name: Sedges, about: Plaiting., words: [sedge plaiting]}\n")
        tags = {t.slug: t for t in tags_of(made, self.TEXT, self.BODY)}
        assert tags["sedges"].source == "taxonomy"
        assert "sedge-plaiting" not in tags

    def test_merges_a_phrase_into_a_topic(self) -> None:
        merged = self.load("  - {name: Sedge plaiting, same_as: Willow weaving}\n")
        tags = {t.slug: t for t in tags_of(merged, "Sedge plaiting", "")}
        assert tags["willow-weaving"].evidence == ("Sedge plaiting",)

    def test_merges_topics(self) -> None:
        """What named the one names the other; its children move up and its name still leads."""
        taxonomy, problems = load_taxonomy(
            "topics:\n- {name: Graph neural networks, same_as: Graph learning}\n"
        )
        assert problems == ()
        assert "graph-neural-networks" not in taxonomy.topics
        tags = infer_tags(Matcher(taxonomy), "", "We like GNNs.", ("graph neural networks",))
        assert tags[0].slug == "graph-learning"

    def test_pins_a_topic(self, matcher: Matcher) -> None:
        text = "Object detection with object tracking. Object detection. A robot has willow weaving"
        pinned = self.load("  - {name: Willow weaving, pin: yes}\n")
        assert tags_of(pinned, "Object detection for robots", text)[0].slug == "willow-weaving"

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("topics:\n- name: A\n  same_as: Robotic\n", 2),
            ("topics:\n- name: Robotics\n  same_as: Robotics\n", 2),
            ("topics:\n- name: A\n  kind: thing\n", 3),
            ("topics:\n- name: A\n  pin: perhaps\n", 3),
        ],
    )
    def test_mistakes_are_told_with_their_line(self, text: str, line: int) -> None:
        _, problems = load_taxonomy(text)
        assert [p.line for p in problems] == [line]
        assert all(p.hint for p in problems)


class TestOneOfMany:
    def test_a_part_of_what_earned_another_tag_is_none(self) -> None:
        """`sedge plait` says nothing beside a topic that `glazed sedge plaits` names."""
        own = "topics:\n- {name: Basket glaze, words: [glazed sedge plait]}\n"
        taxonomy = load_taxonomy(BASKETS + own.removeprefix("topics:\n").replace("- ", "  - "))[0]
        title = "Sedge plaits"
        body = "We show glazed sedge plaits. We study sedge plaits."
        names = [tag.name for tag in tags_of(Matcher(taxonomy), title, body)]
        assert "Basket glaze" in names
        assert "Sedge plait" not in names

    def test_a_topic_joined_or_apart_is_one(self) -> None:
        own = "  - {name: Sedgeplait, name_matches: no, words: [withy braid]}\n"
        matcher = Matcher(load_taxonomy(BASKETS + own)[0])
        names = [t.name for t in tags_of(matcher, "Sedge plait", "A withy braid is shown.")]
        assert "Sedge plait" not in names


class TestReadyMade:
    def test_what_ships_fits_the_fields(self) -> None:
        """Else every build parses them anew: run `python bench/background.py taxonomy`."""
        assert read_compiled() is not None

    def test_it_finds_what_the_fields_say(self) -> None:
        taxonomy = load_taxonomy()[0]
        ready, afresh = Matcher(taxonomy), Matcher(taxonomy, afresh=True)
        assert ready.singles == afresh.singles
        assert ready.heads.taxonomy.keys() == afresh.heads.added.keys()
        for first in [*ready.heads.taxonomy][::7]:
            assert ready.heads[first] == afresh.heads[first]
        changed = load_taxonomy("topics:\n- {name: Robotics, words: [osier arm]}\n")[0]
        one, other = Matcher(changed), Matcher(changed, afresh=True)
        assert (
            set(one.meanings[one.singles["robotic"]])
            == set(other.meanings[other.singles["robotic"]])
            != set()
        )
        for first, second in (("osier", "arm"), ("graph", "neural")):
            phrases = [m.heads[first][second].phrases for m in (one, other)]
            assert phrases[0] == phrases[1] != ()

    def test_background_figures(self) -> None:
        background = load_phrases()
        heads = Heads({}, background.worths, Meanings([], set()))
        assert heads.worth(("neural", "network")) is not None
        assert heads.worth(("graph", "neural", "network")) is not None
        assert heads.worth(("experimental", "result")) is None
        assert "kalman" in background.proper
