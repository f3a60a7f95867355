"""The catalogue as BibTeX: entries that every parser accepts, with keys that never collide."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.paper import Author, Paper, Venue
from digest.website.bibtex import bibtex, citation_keys


def paper(key: str = "arxiv:2301.00001", **fields: Any) -> Paper:
    return Paper(**{"key": key, "slug": "x", "title": "On Biscuits", "title_source": "given",
                    "authors": (Author("Ada Lovelace", "Lovelace", "Ada"),),
                    "published": "2023-01", **fields})  # fmt: skip


def test_an_entry_holds_what_is_known() -> None:
    """Article, conference paper or preprint, by what the paper says of itself."""
    assert bibtex(paper(eprint="2301.00001"), "k") == (
        "@misc{k,\n  title = {{On Biscuits}},\n  author = {Lovelace, Ada},\n  year = {2023},\n"
        "  month = {1},\n  eprint = {2301.00001},\n  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2301.00001},\n}\n"
    )
    venue = Venue("kdd", "KDD", 2023)
    assert bibtex(paper(venue=venue), "k").startswith("@inproceedings{k,")
    assert "journal = {KDD}" in bibtex(paper(venue=venue, journal_ref="KDD 1, 2"), "k")
    assert "Title derived" in bibtex(paper(title_source="derived"), "k")


def test_keys_are_unique() -> None:
    """Two papers of one author, year and word get a hash each; so does one without both."""
    keys = citation_keys([paper("arxiv:1"), paper("arxiv:2"), paper("doi:3", title="Tea"),
                          paper("text:4", authors=(), published=None)])  # fmt: skip
    assert len(set(keys.values())) == 4
    assert keys["doi:3"] == "lovelace2023tea"
    assert keys["arxiv:1"].startswith("lovelace2023biscuits-")
    assert keys["text:4"].startswith("biscuits-")


@given(st.text(max_size=60))
def test_braces_always_balance(text: str) -> None:
    """No title or name can end its field early."""
    entry = bibtex(paper(title=text, authors=(Author(text, text, text),), comment=text), "k")
    depth = 0
    for c in entry:
        depth += (c == "{") - (c == "}")
        assert depth >= 0
    assert depth == 0
