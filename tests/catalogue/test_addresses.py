"""The registry's text: what is written is read again, and no hand or merge loses an address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.addresses import Registry, read_registry, registry_text
from digest.catalogue.holders import book
from digest.paper import Paper
from digest.yaml_text import load

SLUG = st.from_regex(r"(?:arxiv|doi|on)-[a-z0-9]{1,3}\.[a-z0-9]{1,4}", fullmatch=True)


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Any that the content of a digest may have led to."""
    leads = dict.fromkeys(draw(st.lists(SLUG, unique=True)), "")
    moved = [*leads][1::2]
    leads |= {old: min(leads.keys() - moved) for old in moved}
    pages = [address for address, to in leads.items() if not to]
    return Registry(leads, dict.fromkeys(draw(st.permutations(pages))[:2], "0a1b2c3d"))


@given(registries())
def test_what_is_written_is_read(registry: Registry) -> None:
    """And is YAML: a mapping with a key for each address."""
    text = registry_text(registry)
    assert read_registry(text) == (registry, ())
    assert sorted(load(text) or {}) == sorted(registry.leads)


@given(registries(), registries())
def test_two_branches_are_joined_by_their_lines(one: Registry, other: Registry) -> None:
    """The union of two files, in any order, knows every address of both; so does one with the
    marks of a merge, which are told with their line."""
    lines = [*registry_text(one).splitlines(), *registry_text(other).splitlines()]
    both, _ = read_registry("\n".join(lines) + "\n")
    assert both.leads.keys() == one.leads.keys() | other.leads.keys()
    assert read_registry("\n".join(sorted(lines)) + "\n")[0] == both
    marked = ["<<<<<<< ours", *lines, "=======", ">>>>>>> theirs"]
    again, problems = read_registry("\n".join(marked) + "\n")
    assert again == both
    assert (1, "warning") in {(p.line, p.severity) for p in problems}
    assert read_registry(registry_text(both)) == (both, ())


def test_a_hand_edited_file() -> None:
    """Other spellings of YAML count, remarks stay, what is nothing is told and kept as a remark."""
    text = (
        "# Ours: ask Ada.\n"
        '"arxiv-2309.00001": null\n'
        "doi-10.1-1: 'arxiv-2309.00001'  # moved\n"
        "arxiv-2309.00002:\n"
        "what is this\n"
        "../../etc/passwd: arxiv-2309.00001\n"
    )
    registry, problems = read_registry(text)
    assert registry.leads == {
        "arxiv-2309.00001": "",
        "doi-10.1-1": "arxiv-2309.00001",
        "arxiv-2309.00002": "",
    }
    assert [p.line for p in problems] == [5, 6]
    kept = registry_text(registry)
    assert "# Ours: ask Ada.\n" in kept
    assert "what is this" in kept
    assert registry_text(read_registry(kept)[0]) == kept


def test_the_other_way_round() -> None:
    """Two lines of one address: the one that leads on counts, and where others led is known."""
    registry, problems = read_registry("on-1.a: on-3.c\non-1.a:\non-1.a: on-2.b\n")
    assert registry.leads == {"on-1.a": "on-2.b", "on-2.b": "", "on-3.c": ""}
    assert [p.severity for p in problems] == ["note"]


def test_hostile_texts_cost_what_they_are_long() -> None:
    """Neither long lines nor many odd ones take more than a pass."""
    for text in ("a" * 200_000, "a-" * 100_000 + ":", "{" * 50_000, "? [\n" * 50_000):
        registry, problems = read_registry(text)
        assert not registry.leads
        assert problems


def test_what_is_gone_stays_known() -> None:
    """An address without paper is gone, and its line is as it was."""
    before, _ = read_registry("arxiv-1.1:\ndoi-2.2: arxiv-1.1\non-3.3: ~0a1b2c3d\n")
    paper = Paper(key="arxiv:4.4", slug="arxiv-4.4", title="On", title_source="given")
    standing = book(before, [paper], {})
    assert standing.gone == ("arxiv-1.1", "doi-2.2", "on-3.3")
    assert registry_text(standing.registry).endswith(
        "\narxiv-1.1:\narxiv-4.4:\ndoi-2.2: arxiv-1.1\non-3.3: ~0a1b2c3d\n"
    )
