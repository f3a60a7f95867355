"""BibTeX read in parts, cut where an entry begins, gives what the whole gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from digest.readers import bibtex
from digest.readers.base import Passage, Remark
from digest.readers.decode import decode
from tests.readers.passages import SHARED, records

Cut = Callable[[str, int], int]
SIZES = st.integers(1, 600)


def parts(text: str, cut: Cut, size: int) -> Iterator[tuple[int, str]]:
    """`text` from cut to cut, seeing `size` characters ahead, or more where they hold no cut."""
    at = 0
    while at + size < len(text):
        seen, end = size, -1
        while end < 0 and at + seen < len(text):
            end = cut(text[at : at + seen], 0)
            seen *= 2
        if end < 0:
            break
        assert end > 0
        yield at, text[at : at + end]
        at += end
    yield at, text[at:]


def moved(passage: Passage, by: int) -> Passage:
    if isinstance(passage, Remark):
        return structs.replace(passage, at=passage.at + by)
    return structs.replace(passage, span=(passage.span[0] + by, passage.span[1] + by))


def mixed(pieces: list[str]) -> st.SearchStrategy[str]:
    """Some of `pieces`, in any order and number."""
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=14).map("".join)


BIBTEX = [
    "@article{moths,\n  title = {A Clock of {Moths}},\n  author = {Owl, Ada},\n  year = 2024,\n}\n",
    '@inproceedings(gulls, title = "Gulls", crossref = {tides}, month = jan)\n',
    "@proceedings{tides,\n  title = {Proceedings of Tides},\n  ids = {seas},\n  year = {2020}\n}\n",
    "  @misc{wrens, title = {Wrens}, journal = jw, xdata = {seas}}\n",
    "@string{jw = {Journal of Wrens}}\n",
    "@string{jw = {Another Journal}}\n",
    "@article{open,\n  title = {Never closed,\n  year = 2020,\n}\n",
    "@article{shut,\n  title = {Closed twice}},\n}\n",
    '@article{quote, title = "No end, year = 2021}\n',
    "@comment{\n@article{hidden,\n title = {Hidden}}\n}\n",
    "@comment{ with { too many\n",
    "% @article{off, title = {Off}}\n",
    "Words between the entries.\n",
    "}\n",
    "@article{holds,\n title = {Shown},\n abstract = {As in\n@misc{in, title = {In}}\nhere}\n}\n",
    "@weird{key,\n",
]


def bibtex_in_parts(text: str, size: int) -> list[Passage]:
    divided = list(parts(text, bibtex.cut, size))
    context = bibtex.context(lambda: (part for _, part in divided))
    return [moved(p, at) for at, part in divided for p in bibtex.read(part, context)]


@given(mixed(BIBTEX), SIZES)
def test_bibtex_in_parts(text: str, size: int) -> None:
    """Entries, whole and broken, with strings, parents and keys of other parts."""
    assert bibtex_in_parts(text, size) == list(bibtex.read(text))


def test_bibtex_is_cut_late() -> None:
    """The cut lies before the last entry; an open comment has none after it."""
    text = BIBTEX[0] * 3
    assert bibtex.cut(text, 0) == 2 * len(BIBTEX[0])
    assert bibtex.cut(text, 2 * len(BIBTEX[0])) == -1
    assert bibtex.cut("@comment{ open\n" + text, 0) <= len("@comment{ open\n")


def test_parts_take_what_others_define() -> None:
    """A string and a parent that stand in a later part, and a key of an earlier one."""
    entry = "@inproceedings{a, title = {Moths}, journal = jw, crossref = {p}}\n"
    texts = [entry, entry, "@string{jw = {Wrens}}\n", "@proceedings{p, title = {Tides}}\n"]
    context = bibtex.context(lambda: texts)
    passages = [list(bibtex.read(text, context)) for text in texts]
    [first], [second] = records(passages[0]), records(passages[1])
    assert first.venue == second.venue == "Wrens"
    said = [p.message for p in passages[1] if isinstance(p, Remark)]
    assert said == ["the key `a` was used before"]


@pytest.mark.parametrize("size", [700, 9_000])
def test_real_files_in_parts(size: int) -> None:
    """Real bibliographies, cut as often as can be."""
    if not SHARED.exists():
        pytest.skip("needs the folder `shared` beside the repository")
    for path in sorted((SHARED / "formats/bibtex").rglob("*.bib")):
        text = (decode(path.read_bytes(), path.name).text or "")[:30_000]
        assert bibtex_in_parts(text, size) == list(bibtex.read(text)), path.name
