"""A Markdown file with front matter is one paper, its values taken as the characters they are."""

from __future__ import annotations

import pytest

from digest.paper import Link
from digest.readers import FileReading, read_text
from tests.readers.account import lost_in_text


def read(
    head: str, body: str = "\n# A Clock of Moths\n\nWe count\nmoths.\n\nThey fly.\n"
) -> FileReading:
    text = f"---\n{head}\n---\n{body}"
    reading = read_text(text, "x.md")
    assert reading.format == "front-matter"
    assert not lost_in_text(text, reading)
    return reading


def test_all_fields() -> None:
    """Every key, and the body as abstract with its paragraphs."""
    reading = read(
        "title: A Clock of Moths\nauthors: [Ada Owl, Bob Finch]\ndate: 2024-01-18\n"
        "updated: 2024-02\n"
        "arxiv: 2401.10200\ndoi: https://doi.org/10.1000/ABC\nvenue: Moths 2024\ncomment: 3 pages\n"
        "journal_ref: J. Moths 1 (2024)\ntags: [clocks, moths]\ncode: https://github.com/a/b\n"
        "links:\n  demo: https://x.org/d"
    )
    record = reading.sightings[0].record
    assert record.title == "A Clock of Moths"
    assert record.abstract == "We count moths.\n\nThey fly."
    assert record.authors == ("Ada Owl", "Bob Finch")
    assert (record.published, record.updated, record.published_as) == (
        "2024-01-18", "2024-02", "front-matter",
    )  # fmt: skip
    assert (record.eprint, record.doi, record.venue) == ("2401.10200", "10.1000/ABC", "Moths 2024")
    assert (record.comment, record.journal_ref) == ("3 pages", "J. Moths 1 (2024)")
    assert record.tags == ("clocks", "moths")
    assert set(record.links) == {
        Link("code", "https://github.com/a/b"), Link("demo", "https://x.org/d"),
    }  # fmt: skip
    assert not reading.problems


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Owl and Bob Finch", ("Ada Owl", "Bob Finch")),
        ("Ada Owl; Bob Finch", ("Ada Owl", "Bob Finch")),
        ("Ada Owl, Bob Finch, and Cy Wren", ("Ada Owl", "Bob Finch", "Cy Wren")),
        ("Owl, Ada and Finch, Bob", ("Owl, Ada", "Finch, Bob")),
        ("Owl, Ada", ("Owl, Ada")),
        ("[{name: Ada Owl}, {given: Bob, family: Finch}]", ("Ada Owl", "Bob Finch")),
    ],
)
def test_authors(value: str, names: tuple[str, ...] | str) -> None:
    """Lists, mappings and the three ways to write names on a line."""
    expected = (names,) if isinstance(names, str) else names
    assert read(f"title: x\nauthors: {value}").sightings[0].record.authors == expected


def test_unknown_key_names_the_nearest() -> None:
    """A slip in a key is a warning on its line."""
    problem = read("title: x\nauthers: Ada").problems[0]
    assert (problem.severity, problem.line) == ("warning", 3)
    assert "`authors`" in problem.hint


@pytest.mark.parametrize(
    "head",
    [
        "title: [x", "title: 'x", "title: x\n\tdoi: y",
        "title: &a x\n" + "tags: [" + "*a, " * 60 + "]",
        "title: x\ntags: " + "[" * 40 + "]" * 40, "title: x\nabstract: " + "y" * 300_000,
    ],
)  # fmt: skip
def test_broken_front_matter_is_unread_with_its_line(head: str) -> None:
    """Nothing is lost, nothing explodes, and the place is named."""
    reading = read(head)
    assert not reading.sightings
    assert reading.unread
    assert any(p.severity == "error" and p.line for p in reading.problems)


def test_bad_values_are_warned_of() -> None:
    """What is no date or identifier is left out, and said so."""
    reading = read("title: x\ndate: soon\narxiv: 99")
    assert reading.sightings[0].record.published is None
    assert len(reading.problems) == 2


def test_markdown_without_front_matter_is_something_else() -> None:
    """A rule in a text is no fence."""
    assert read_text("# Moths\n\n---\ntitle: x\n---\n", "x.md").format is None


def test_posts_of_proceedings() -> None:
    """The vocabulary of PMLR's posts: where the paper stands; what says nothing is passed over,
    and what is not known is one note, on its own line."""
    reading = read(
        "title: An id of moths\nlayout: inproceedings\nid: owl13a\n"
        "author:\n- given: Ada\n  family: Owl\n"
        "container-title: Moths 2013\nvolume: '31'\npage: 75-84\nsoftware: https://github.com/a/b\n"
        "date: 2013-04-29\nwing_span: 4\ncolour: grey"
    )
    record = reading.sightings[0].record
    assert record.authors == ("Ada Owl",)
    assert record.venue == "Moths 2013"
    assert record.journal_ref == "Moths 2013 31, 75-84 (2013)"
    assert [(link.kind, link.url) for link in record.links] == [("code", "https://github.com/a/b")]
    (problem,) = reading.problems
    assert (problem.severity, problem.line) == ("note", 13)
    assert "`wing_span`, `colour`" in problem.message
