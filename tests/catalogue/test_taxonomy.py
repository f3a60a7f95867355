"""The taxonomy: what ships is sound, and a user's file adds to it, line by line."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.catalogue.topics.files import TopicFile, read_topics
from digest.catalogue.topics.shipped import read_shipped
from digest.catalogue.topics.taxonomy import Taxonomy, assemble, load_taxonomy, packaged_fields
from digest.problems import Problem
from digest.text import slugify, unaccented
from digest.yaml_text import MAX_CHARACTERS


@pytest.fixture(scope="module")
def shipped() -> Taxonomy:
    taxonomy, problems = load_taxonomy()
    assert problems == ()
    return taxonomy


@pytest.fixture(scope="module")
def fields() -> tuple[TopicFile, ...]:
    return packaged_fields()


def load(text: str) -> tuple[Taxonomy, tuple[Problem, ...]]:
    return load_taxonomy(text)


def key(name: str) -> str:
    return " ".join(unaccented(name).replace("-", " ").split())


class TestShipped:
    def test_each_file_names_its_field_and_reads_without_problem(self) -> None:
        from importlib.resources import files

        found = [
            f
            for f in files("digest.catalogue.topics").joinpath("fields").iterdir()
            if f.name.endswith(".yaml")
        ]
        assert len(found) > 20
        for file in found:
            topics, problems = read_topics(file.read_text("utf-8"), file.name)
            assert problems == ()
            assert topics.field
            assert topics.entries
            assert read_shipped(file.read_text("utf-8"), file.name) == topics

    @pytest.mark.parametrize(
        "line",
        [
            "    words: [a, {b: c}]", "    words: *anchor", "    about: 'quoted'",
            "    about: one: two", "    about: three # four", "    words: [a,", "    hide: yes",
            "    words: [[a]]", '    words: ["a, b"]', "    about: |", "  - {name: B}",
            "    unknown: x", "    words: [a,b]",
            "    name: twice", "    words: [" + "a" * 121 + "]", "- x", "    name_matches: maybe",
        ],
    )  # fmt: skip
    def test_what_is_not_plain_is_left_to_yaml(self, line: str) -> None:
        plain = "field: F\ntopics:\n  - name: A\n"
        assert read_shipped(plain, "f.yaml") == read_topics(plain, "f.yaml")[0]
        assert read_shipped(f"{plain}{line}\n", "f.yaml") is None

    def test_slugs_and_names_are_unique(self, fields: tuple[TopicFile, ...]) -> None:
        entries = [e for f in fields for e in f.entries]
        for values in (
            Counter(e.slug or slugify(e.name) for e in entries),
            Counter(key(e.name) for e in entries),
        ):
            assert [v for v, n in values.items() if n > 1] == []

    def test_slugs_are_slugs(self, shipped: Taxonomy) -> None:
        assert [s for s in shipped.topics if slugify(s) != s] == []

    def test_parents_exist(self, fields: tuple[TopicFile, ...], shipped: Taxonomy) -> None:
        known = {key(t.name) for t in shipped.topics.values()} | {key(s) for s in shipped.topics}
        missing = [
            (e.name, p) for f in fields for e in f.entries for p in e.parents if key(p) not in known
        ]
        assert missing == []

    def test_every_topic_is_described_and_hangs_below_a_field(self, shipped: Taxonomy) -> None:
        for slug, topic in shipped.topics.items():
            assert re.search(r"\.$", topic.about), slug
            assert topic.words or topic.short or topic.weak, slug
            assert slug in shipped.roots or set(shipped.ancestors(slug)) & set(shipped.roots), slug
        names = {key(f.field or "") for f in packaged_fields()}
        assert {key(shipped.topics[root].name) for root in shipped.roots} == names

    def test_no_topic_lies_above_itself(self, shipped: Taxonomy) -> None:
        assert [slug for slug in shipped.topics if slug in shipped.ancestors(slug)] == []

    def test_a_category_belongs_to_one_topic(self, fields: tuple[TopicFile, ...]) -> None:
        counts = Counter(c for f in fields for e in f.entries for c in e.arxiv)
        assert [c for c, n in counts.items() if n > 1] == []

    def test_every_category_of_computing_has_a_topic(self, shipped: Taxonomy) -> None:
        codes = "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT "
        codes += "LG LO MA MM MS NA NE NI OH OS PF PL RO SC SD SE SI SY"
        wanted = [*(f"cs.{code}" for code in codes.split()), "cmp-lg", "eess.AS", "eess.IV"]
        assert [c for c in wanted if c not in shipped.by_category] == []

    def test_children_are_sorted_by_name(self, shipped: Taxonomy) -> None:
        children = shipped.children("machine-learning")
        names = [unaccented(shipped.topics[slug].name) for slug in children]
        assert names == sorted(names)
        assert "deep-learning" in children

    def test_unknown_slugs_have_no_kin(self, shipped: Taxonomy) -> None:
        assert shipped.children("no-such-topic") == ()
        assert shipped.ancestors("no-such-topic") == ()

    def test_the_same_fingerprint_twice_and_another_after_a_change(self, shipped: Taxonomy) -> None:
        assert load_taxonomy()[0].fingerprint == shipped.fingerprint
        assert load("topics: [{name: Robotics, words: [gripping]}]")[0].fingerprint != (
            shipped.fingerprint
        )


class TestUsersFile:
    def test_a_new_topic_under_a_known_one(self) -> None:
        taxonomy, problems = load(
            "topics:\n- name: Tea brewing\n  about: Making tea.\n  parents: [Robotics]\n"
            "  words: [steeping time]\n  short: [TBR]\n"
        )
        assert problems == ()
        topic = taxonomy.topics["tea-brewing"]
        assert topic.parents == ("robotics",)
        assert topic.words == ("tea brewing", "steeping time")
        assert "tea-brewing" in taxonomy.children("robotics")

    def test_a_field_of_ones_own(self) -> None:
        taxonomy, problems = load(
            "field: Gardening\nabout: Growing things.\ntopics:\n- name: Roses\n  about: Thorns.\n"
        )
        assert problems == ()
        assert "gardening" in taxonomy.roots
        assert taxonomy.children("gardening") == ("roses",)

    @pytest.mark.parametrize("which", ["name: robotics", "slug: robotics"])
    def test_words_for_a_known_topic(self, which: str, shipped: Taxonomy) -> None:
        taxonomy, problems = load(f"topics:\n- {which}\n  words: [walking machine]\n")
        assert problems == ()
        assert set(taxonomy.topics) == set(shipped.topics)
        assert "walking machine" in taxonomy.topics["robotics"].words
        assert set(shipped.topics["robotics"].words) < set(taxonomy.topics["robotics"].words)

    def test_rename_keeps_the_address(self) -> None:
        taxonomy, problems = load("topics:\n- name: Robotics\n  rename: Robots and machines\n")
        assert problems == ()
        assert taxonomy.topics["robotics"].name == "Robots and machines"

    def test_hide_moves_children_up(self, shipped: Taxonomy) -> None:
        taxonomy, problems = load("topics:\n- name: Deep learning\n  hide: true\n")
        assert problems == ()
        assert "deep-learning" not in taxonomy.topics
        for slug in shipped.children("deep-learning"):
            assert "deep-learning" not in taxonomy.topics[slug].parents
        assert "machine-learning" in taxonomy.topics["convolutional-neural-networks"].parents

    def test_an_empty_file_changes_nothing(self, shipped: Taxonomy) -> None:
        for text in ("", "# nothing yet\n", "topics:\n", "topics: []\n"):
            taxonomy, problems = load(text)
            assert problems == ()
            assert taxonomy.fingerprint == shipped.fingerprint


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("topics:\n- name: Robotics\n  wrods: [x]\n", 3, "`words`"),
            ("topic:\n- name: A\n", 1, "`topics`"),
            ("topics:\n- name: A\n  parents: [Robotic]\n", 2, "`Robotics`"),
            ("topics:\n- name: Robotic\n  hide: yes\n", 2, "`Robotics`"),
            ("topics:\n- name: Robotic\n  rename: B\n", 2, "`Robotics`"),
            ("topics:\n- name: A\n\n- words: [b]\n", 4, "name"),
            ("topics:\n- just text\n", 2, "name"),
            ("topics: many\n", 1, "name"),
            ("- name: A\n", 1, "topics"),
            ("topics:\n- name: A\n  hide: perhaps\n", 3, "yes"),
            ("topics:\n- name: A\n  name: B\n", 3, "last"),
            ("topics:\n- name: A\n  words: [{x: y}]\n", 3, "words"),
            ("topics:\n- name: [A]\n", 2, "line"),
            ("topics:\n- name: A\n  words: [" + "long " * 40 + "]\n", 3, "below"),
        ],
    )
    def test_each_is_told_with_line_and_hint(self, text: str, line: int, words: str) -> None:
        _, problems = load(text)
        assert line in [p.line for p in problems]
        assert any(words in p.hint for p in problems if p.line == line)
        assert {p.path for p in problems} == {"taxonomy.yaml"}

    def test_the_rest_still_counts(self) -> None:
        taxonomy, problems = load(
            "topics:\n- nmae: Lost\n- name: Kept\n  about: Here.\n  parents: [Nowhere, Robotics]\n"
        )
        assert len(problems) == 3  # unknown key, no name, unknown parent
        assert taxonomy.topics["kept"].parents == ("robotics",)

    def test_a_circle_is_broken(self) -> None:
        taxonomy, problems = load(
            "topics:\n- name: Robotics\n  parents: [Robot manipulation]\n"
            "- name: A\n  parents: [B]\n- name: B\n  parents: [A]\n"
        )
        assert [p.line for p in problems] == [2, 6]
        assert all("circle" in p.message for p in problems)
        assert all(s not in taxonomy.ancestors(s) for s in taxonomy.topics)

    @pytest.mark.parametrize(
        "text",
        [
            "topics: [",
            "topics:\n\t- x",
            "x" * (MAX_CHARACTERS + 1),
            "a: &a [x]\nb: [" + "*a, " * 60 + "]",
            "[" * 5000,
            "{" * 5000 + "}" * 5000,
            "topics: &x [*x]",
            "topics:\n- &x {name: *x}",
        ],
    )
    def test_hostile_files_give_a_problem_and_nothing_else(
        self, text: str, shipped: Taxonomy
    ) -> None:
        taxonomy, problems = load(text)
        assert problems
        assert set(taxonomy.topics) == set(shipped.topics)

    @settings(max_examples=60, deadline=None)
    @given(st.text(alphabet="topicsname:[]{}-&* \n\"'#wordshide,|>!%é\x00", max_size=120))
    def test_any_text_can_be_read(self, text: str) -> None:
        _, problems = read_topics(text, "taxonomy.yaml")
        assert all(problem.path == "taxonomy.yaml" for problem in problems)


class TestSharedField:
    SELF = "{name: Withies, slug: osiers, name_matches: no, words: [osier]}"
    HEAD = f"field: Withies\ntopics:\n- {SELF}\n"
    REST = "field: Withies\nabout: All withies.\ntopics:\n- {name: Wicker}\n"

    @pytest.mark.parametrize("texts", [(HEAD, REST), (REST, HEAD), (REST, HEAD, REST)])
    def test_files_of_one_field_in_any_order(self, texts: tuple[str, ...]) -> None:
        """The file that describes the field decides its slug and whether its name is a phrase."""
        files = tuple(read_topics(t, f"{i}.yaml")[0] for i, t in enumerate(texts))
        taxonomy = assemble(files)
        assert taxonomy.roots == ("osiers",)
        assert taxonomy.topics["osiers"].words == ("osier",)
        assert taxonomy.topics["osiers"].about == "All withies."
        assert taxonomy.topics["wicker"].parents == ("osiers",)

    def test_a_user_who_adds_to_a_field_leaves_its_words(self) -> None:
        """A field whose name is no phrase stays so when a user's file adds topics to it."""
        plain = load_taxonomy()[0]
        mute = [
            plain.topics[s]
            for s in plain.roots
            if plain.topics[s].name.lower() not in plain.topics[s].words
        ]
        for root in mute:
            added = load(f"field: {root.name}\ntopics:\n- {{name: Osier looms}}\n")[0]
            assert added.topics[root.slug].words == root.words

    def test_short_forms_have_two_letters(self) -> None:
        taxonomy, problems = load("topics:\n- name: Osier looms\n  short: [Q, QX]\n")
        assert taxonomy.topics["osier-looms"].short == ("QX",)
        assert [p.line for p in problems] == [3]
        assert problems[0].hint
