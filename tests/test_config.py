"""digest.yaml: every mistake at once, with its line and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.config import PARTS, Config, load_config
from digest.problems import DigestError


def load(folder: Path, text: str | bytes, **overrides: str) -> Config:
    path = folder / "digest.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_config(path, overrides)


def test_no_file_means_defaults(tmp_path: Path) -> None:
    """A digest needs no settings at all."""
    assert load_config(tmp_path / "digest.yaml") == Config()


def test_values_keep_what_was_written(tmp_path: Path) -> None:
    """`no` stays a word and `1.10` keeps its nought, where text is meant."""
    config = load(tmp_path, "title: no\npublisher: 1.10\npapers_per_page: 20\n")
    assert (config.title, config.publisher, config.papers_per_page) == ("no", "1.10", 20)


def test_dates_may_have_longer_pages(tmp_path: Path) -> None:
    """Lists of dates are as long as all others unless said otherwise."""
    assert load(tmp_path, "title: x\n").papers_per_date_page is None
    assert load(tmp_path, "papers_per_date_page: 10000\n").papers_per_date_page == 10_000
    with pytest.raises(DigestError, match="whole number"):
        load(tmp_path, "papers_per_date_page: all\n")


def test_the_command_line_wins(tmp_path: Path) -> None:
    """An option beats the file."""
    config = load(tmp_path, "base_url: https://a.example/\n", base_url="https://b.example/x")
    assert config.root_url == "https://b.example/x/"


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """Unknown keys with the nearest known one, wrong values, repeats: each with its line."""
    with pytest.raises(DigestError) as caught:
        load(
            tmp_path,
            "titel: x\npapers_per_page: many\naccent: blue\ntitle: a\ntitle: b\n"
            "base_url: javascript:alert(1)\ncontent: [a]\n",
            language="x y",
        )
    found = {p.line: f"{p.message} {p.hint}" for p in caught.value.problems}
    assert set(found) == {1, 2, 3, 5, 6, 7, None}
    assert "Did you mean “title”?" in found[1]
    assert "whole number" in found[2]
    assert "#7a1f2b" in found[3]
    assert "twice" in found[5]
    assert "https://example.org" in found[6]


@pytest.mark.parametrize(
    "text", ["- a\n- b\n", "just text", "a: b: c\n", "title: 'open\n", b"title: \xff\n", "\t- x"]
)
def test_what_is_no_settings_file_is_said(tmp_path: Path, text: str | bytes) -> None:
    """Broken YAML, a list, undecodable bytes: a problem naming the file, never a traceback."""
    with pytest.raises(DigestError) as caught:
        load(tmp_path, text)
    assert caught.value.problems[0].path.endswith("digest.yaml")
    assert caught.value.problems[0].hint


def test_an_empty_file_is_fine(tmp_path: Path) -> None:
    """So is one of comments alone."""
    assert load(tmp_path, "# nothing yet\n") == Config()


def test_fields_are_a_mapping_of_words(tmp_path: Path) -> None:
    """Role to field; nested things are refused."""
    assert load(tmp_path, "fields:\n  title: headline\n  doi: ids.doi\n").fields == {
        "title": "headline",
        "doi": "ids.doi",
    }
    for text in ("fields: title\n", "fields:\n  title: [a, b]\n"):
        with pytest.raises(DigestError, match="fields"):
            load(tmp_path, text)


def test_what_a_site_does_without_is_sorted_and_named_once(tmp_path: Path) -> None:
    """A list, one name, or names after the colon; nothing stands for nothing."""
    for text in (
        "without: [trends, search, trends]\n",
        "without:\n  - trends\n  - search\n",
        "without: trends, search\n",
    ):
        assert load(tmp_path, text).without == ("search", "trends")
    assert load(tmp_path, "without: related\n").without == ("related",)
    for text in ("without:\n", "without: []\n", "title: x\n"):
        assert load(tmp_path, text).without == ()


def test_every_part_can_be_left_out(tmp_path: Path) -> None:
    """All names are accepted together, and each stands in the manual's table."""
    assert load(tmp_path, f"without: [{', '.join(PARTS)}]\n").without == tuple(sorted(PARTS))
    manual = (Path(__file__).parents[1] / "docs/manual.md").read_text("utf-8")
    assert [name for name in PARTS if f"\n| `{name}` |" not in manual] == []


def test_a_part_that_is_not_known_is_told_with_its_line(tmp_path: Path) -> None:
    """The nearest known name is offered, else all; what is no name is refused."""
    with pytest.raises(DigestError) as caught:
        load(tmp_path, "without:\n  - serch\n  - Tag_Feeds\n  - zzzz\n  - {a: b}\n  - days\n")
    found = {p.line: f"{p.message} {p.hint}" for p in caught.value.problems}
    assert set(found) == {2, 3, 4, 5}
    assert "“serch”" in found[2]
    assert "Did you mean “search”?" in found[2]
    assert "Did you mean “tag-feeds”?" in found[3]
    assert all(name in found[4] for name in PARTS)
    assert "list of names" in found[5]
    with pytest.raises(DigestError, match="list of names"):
        load(tmp_path, "without: {search: yes}\n")


@pytest.mark.parametrize("said", ["nobody", "a@b@c", "two words@example.org", "<a@example.org>"])
def test_a_contact_is_a_mail_address(tmp_path: Path, said: str) -> None:
    """What services could not write to, or what would break a header, is refused."""
    with pytest.raises(DigestError, match="contact"):
        load(tmp_path, f'contact: "{said}"\n')
    assert load(tmp_path, "contact: group@example.org\n").contact == "group@example.org"
