"""What was found about papers: read from files, tied to its paper, heard where all is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from digest.catalogue.gains import Gain, _key, complete, read_gains, rooted, tie
from digest.catalogue.keys import Keyed, keyed
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.merge import merge_keyed
from digest.catalogue.slugs import record_key
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.understand import understand
from digest.catalogue.venues.registry import load_venues
from digest.paper import Paper, Sighting

ABSTRACT = (
    "Rivers that meander leave lakes behind. We follow forty of them through old maps, and find "
    "that the age of a lake tells how fast its river moved, whatever the valley is made of."
)
Make = Callable[..., Sighting]


def entry(paper: str, found: str, more: str = "") -> str:
    return f'- paper: "{paper}"\n{more}  found:\n' + "".join(f"    {f}\n" for f in found.split("|"))


def papers(sightings: list[Sighting], text: str) -> list[Paper]:
    """The papers of `sightings`, once what a file says is known."""
    gains, problems = read_gains(text, "enriched/text.yaml")
    assert not problems
    members: list[Keyed] = [keyed(s) for s in sightings]
    taxonomy, _ = load_taxonomy(None, "taxonomy.yaml")
    knowledge = Knowledge(taxonomy, Matcher(taxonomy), load_venues(), False)
    groups = rooted(merge_keyed([*members, *tie(members, gains)]))
    return [understand(tuple(m.sighting for m in group), knowledge) for group in groups]


def test_what_is_missing_is_gained(sighting: Make) -> None:
    """A paper known by its abstract alone gets title, authors, date and identifier; its old address
    leads to the new one, and the file stands among its sources."""
    one = sighting(abstract=ABSTRACT)
    found = 'title: "Lakes left behind"|authors: ["A. Brook"]|published: "2019-05-02"'
    found += '|eprint: "1905.00001"'
    (before,), (paper,) = papers([one], ""), papers([one], entry(record_key(one.record), found))
    assert (paper.title, paper.title_source) == ("Lakes left behind", "enriched")
    assert [a.name for a in paper.authors] == ["A. Brook"]
    assert (paper.published, paper.published_source) == ("2019-05-02", "enriched")
    assert (paper.key, paper.aliases) == ("arxiv:1905.00001", (before.slug,))
    assert [s.file for s in paper.sources] == ["a.txt", "enriched/text.yaml"] or [
        s.file for s in paper.sources
    ] == ["enriched/text.yaml", "a.txt"]


def test_sources_are_believed_first(sighting: Make) -> None:
    """What a source says is never replaced, even where another source of the paper says it."""
    named = sighting(file="b.txt", abstract=ABSTRACT, title="Oxbow lakes", published="2018")
    bare = sighting(abstract=ABSTRACT)
    text = entry(record_key(bare.record), 'title: "Other words"|published: "2019"|doi: "10.5555/X"')
    (paper,) = papers([named, bare], text)
    assert (paper.title, paper.title_source, paper.published) == ("Oxbow lakes", "given", "2018")
    assert paper.doi == "10.5555/x"


@pytest.mark.parametrize("word", ["no", "NO", "false"])
def test_a_refused_entry_is_not_heard(sighting: Make, word: str) -> None:
    """`accepted: no` takes an entry out."""
    one = sighting(abstract=ABSTRACT)
    text = entry(record_key(one.record), 'title: "Wrong"', f"  accepted: {word}\n")
    assert papers([one], text)[0].title_source == "derived"


def test_nothing_is_made_of_gains_alone(sighting: Make) -> None:
    """An entry whose paper is gone makes no paper."""
    one = sighting(abstract=ABSTRACT)
    text = entry("arxiv:1905.00009", 'title: "Gone"|doi: "10.5555/gone"')
    assert [p.title_source for p in papers([one], text)] == ["derived"]


def test_papers_that_turn_out_to_be_one_merge(sighting: Make) -> None:
    """An abstract that gains the identifier of another paper's record joins it."""
    one, other = sighting(abstract=ABSTRACT), sighting(file="b", eprint="1905.00001", title="Lakes")
    (paper,) = papers([one, other], entry(record_key(one.record), 'eprint: "1905.00001"'))
    assert (paper.title, paper.title_source, paper.abstract) == ("Lakes", "given", ABSTRACT)


def test_gained_identifiers_do_not_join_what_differs(sighting: Make) -> None:
    """Two papers of one title stay two where each gains authors of its own."""
    title = "A title that two papers have"
    sightings = [
        sighting(file="a", title=title, authors=("Ann Brook",)),
        sighting(file="b", title=title, authors=("Bo Hill",)),
    ]
    text = "".join(entry(record_key(s.record), 'published: "2011"') for s in sightings)
    assert len(papers(sightings, text)) == 2


def test_order_of_entries_and_sightings_plays_no_part(sighting: Make) -> None:
    """The same papers come of the same entries, however all of it is ordered."""
    sightings = [sighting(file=f, abstract=f"{ABSTRACT} Number {f}.") for f in "abc"]
    entries = [entry(record_key(s.record), f'title: "{s.source.file}"') for s in sightings]
    one = papers(sightings, "".join(entries))
    other = papers(sightings[::-1], "".join(entries[::-1]))
    assert {(p.title, p.slug) for p in one} == {(p.title, p.slug) for p in other}


def test_entries_know_their_lines() -> None:
    """Places count in the whole file, of which only a piece is parsed at a time."""
    text = "".join(entry(f"doi:10.5555/{n}", 'comment: "' + "x" * 90 + '"') for n in range(3_000))
    gains, problems = read_gains("# head\n\n" + text, "f.yaml")
    assert len(gains) == 3_000
    assert not problems
    lines = ("# head\n\n" + text).splitlines()
    for gain in gains[::371]:
        assert gain.source is not None
        assert gain.paper in lines[gain.source.first_line - 1]


@pytest.mark.parametrize(
    "text",
    ["- 1\n- two\n", "a: b\n", "- found: {title: x}\n", "- [\n", "- paper: &a [*a]\n", "\x00"],
)
def test_what_is_no_entry_is_told(text: str) -> None:
    """Whatever stands in a file, nothing raises, and what is no entry is a problem with a place."""
    gains, problems = read_gains(text, "f.yaml")
    assert not gains
    assert problems and all(p.path == "f.yaml" and p.hint for p in problems)


@pytest.mark.parametrize("found", ["found: 3", "found: [1]", "found: {authors: {a: b}, title: []}"])
def test_values_of_another_shape_are_left_out(found: str) -> None:
    """An entry with values that are none keeps the others."""
    (gain,), _ = read_gains(f'- paper: "doi:10.5555/1"\n  {found}\n', "f.yaml")
    assert not gain.found.title and not gain.found.authors


def test_without_gains_records_are_as_given(sighting: Make) -> None:
    """Where nothing was gained there is nothing to add."""
    one = sighting(title="A title")
    assert complete([one]) == ([one.record], None)


def test_the_key_of_a_sighting_is_that_of_its_record(sighting: Make) -> None:
    """Whether the hash is known or worked out, papers are named alike."""
    for fields in (
        {"abstract": ABSTRACT},
        {"abstract": ABSTRACT, "doi": "10.5555/A"},
        {"abstract": "Short.", "title": "A"},
        {"eprint": "1905.00001", "abstract": ABSTRACT},
    ):
        one = sighting(**fields)
        assert _key(keyed(one)) == record_key(one.record)


@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        ('title: "A: b"', "title: 'A: b'"),
        ("  found:", "  # mine\n  found:"),
        ("    doi", "    # mine\n    doi"),
        ('    doi: "10.5555/a"', '    doi: "10.5555/a" # mine'),
        ('["A. Brook", "B"]', "\n    - A. Brook\n    - B"),
        ('  evidence:\n    from: "x"\n', '  evidence: {from: "x"}\n'),
        ('  found:\n    title: "A: b"', '  found:\n      title: "A: b"'),
        ("- paper", "-   paper"),
    ],
)
def test_lines_and_yaml_tell_the_same(change: tuple[str, str], monkeypatch: Any) -> None:
    """What is read line by line is what YAML says of the text, and what was edited is read too."""
    text = (
        '# head\n\n- paper: "doi:10.5555/0"\n  seen: "Aé"\n  accepted: yes\n  found:\n'
        '    title: "A: b"\n    doi: "10.5555/a"\n    authors: ["A. Brook", "B"]\n'
        '  evidence:\n    from: "x"\n\n- paper: "text:1"\n  found:\n    title: "C \\"d\\""\n'
    ).replace(*change)
    gains, _ = read_gains(text, "f.yaml")
    monkeypatch.setattr("digest.catalogue.gains.read_lines", lambda _: None)
    others, _ = read_gains(text, "f.yaml")

    def said(read: tuple[Gain, ...]) -> list[object]:
        return [
            (g.paper, g.seen, g.accepted, g.evidence, g.found.title, g.found.authors, g.found.doi)
            for g in read
        ]

    assert said(gains) == said(others)
    if not change[0]:
        assert [g.source.first_line for g in gains if g.source] == [
            g.source.first_line for g in others if g.source
        ]


def test_what_digest_writes_needs_no_yaml(monkeypatch: Any) -> None:
    """Files as they are written are read line by line."""
    monkeypatch.setattr("digest.catalogue.gains.compose", None)
    text = '- paper: "doi:10.5555/0"\n  seen: "A"\n  found:\n    title: "A: b"\n'
    (gain,), _ = read_gains(text, "f.yaml")
    assert gain.found.title == "A: b"
