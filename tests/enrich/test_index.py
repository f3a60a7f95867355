"""An index gives the records that bear a key, from disk, whatever came before them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digest.enrich import index as module
from digest.enrich.index import build_index, open_index
from digest.enrich.keys import exact_keys, kept_near_keys, near_keys
from digest.enrich.wording import words
from digest.paper import Record


def record(number: int) -> Record:
    text = " ".join(f"word{(number * 31 + place * place) % 9973}" for place in range(120))
    return Record(
        span=(0, 0), eprint=f"1905.{number:05d}", title=f"Title {number:010d}", abstract=text
    )


RECORDS = [record(n) for n in range(300)]


def test_every_record_is_found_by_each_of_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By identifier, title, abstract and runs of words, also where keys were sorted in many goes
    and few blocks are remembered."""
    monkeypatch.setattr(module, "_HELD", 500)
    monkeypatch.setattr(module, "_REMEMBERED", 2)
    build_index(tmp_path / "i", "m", "w", iter(RECORDS), lambda _: None)
    index = open_index(tmp_path / "i", "m", "w")
    assert index is not None and index.about.records == 300
    keys = [np.array(exact_keys(r, words(r.abstract)), np.uint64) for r in RECORDS]
    for number, (own, rows) in enumerate(zip(keys, index.rows(keys), strict=True)):
        assert rows.tolist() == [number] * len(own) and len(own) == 3
        assert index.record(number) == RECORDS[number]
    near = [kept_near_keys(words(r.abstract)) for r in RECORDS]
    for number, rows in enumerate(index.rows(near)):
        assert rows.tolist().count(number) == len(near[number])
    index.close()


def test_what_all_records_say_is_no_key(tmp_path: Path) -> None:
    """A phrase that stands in most abstracts leads to none of them."""
    common = "we study the following problem in this paper "
    records = [
        Record(span=(0, 0), abstract=common + " ".join(f"own{n}x{k}" for k in range(20)))
        for n in range(100)
    ]
    build_index(tmp_path / "i", "m", "w", records, lambda _: None)
    index = open_index(tmp_path / "i", "m", "w")
    assert index is not None
    assert not len(index.rows([near_keys(common.split())])[0])
    index.close()


def test_only_the_index_of_that_collection_is_opened(tmp_path: Path) -> None:
    """Another mark, another way to read, or no index at all: it is to be built."""
    assert open_index(tmp_path / "i", "m", "w") is None
    build_index(tmp_path / "i", "m", "w", RECORDS[:3], lambda _: None)
    assert open_index(tmp_path / "i", "other", "w") is None
    assert open_index(tmp_path / "i", "m", "other") is None


def test_an_interrupted_index_leaves_nothing(tmp_path: Path) -> None:
    """Where reading the collection fails there is no index, nor half of one."""

    def broken() -> object:
        yield RECORDS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path / "i", "m", "w", broken(), lambda _: None)  # type: ignore[arg-type]
    assert not [*tmp_path.iterdir()]


def test_a_cut_abstract_shares_keys_with_the_whole() -> None:
    """The first forty words of an abstract meet what an index holds of it, also where some words
    differ."""
    for one in RECORDS[:50]:
        own = words(one.abstract)
        cut = [*own[:10], "misread", *own[11:40]]
        assert np.isin(near_keys(cut), kept_near_keys(own)).sum() >= 3
