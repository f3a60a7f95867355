"""The grammar: every text is a query, and it means what the table says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.search.query import MOST_CHARACTERS, MOST_WORDS, Atom, Query, parse

TABLE = json.loads(Path(__file__).with_name("queries.json").read_text("utf-8"))
PIECES = """
OR - " a graph net* tag: tag:gnn year:20 2020..2022 the
title: author:" ( ) t-sne 深度学习 \\alpha * :
""".split()
QUERIES = st.text(max_size=500) | st.lists(
    st.sampled_from([*PIECES, " ", "\ud800", "\x00"]), max_size=40
).map("".join)


def as_row(query: Query) -> dict[str, Any]:
    """`query` as the table writes it: fields that say nothing are left out."""
    return {
        "left_out": query.left_out,
        "clauses": [
            {
                "negative": clause.negative,
                "atoms": [
                    {
                        name: list(value) if isinstance(value, tuple) else value
                        for name, value in atom._asdict().items()
                        if value not in ("", (), False, None)
                    }
                    for atom in clause.atoms
                ],
            }
            for clause in query.clauses
        ],
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: ascii(row["query"])[:40])
def test_queries_mean_what_the_table_says(row: dict[str, Any]) -> None:
    """The table that the page's script is held to as well."""
    found = as_row(parse(row["query"], typing=row["typing"]))
    # 0 counts as nothing said, too: `0 == False`.
    assert found == {"left_out": row["left_out"], "clauses": row["clauses"]}


QUOTE = re.compile('["\u201c-\u201f]')


@given(QUERIES, st.booleans())
def test_every_text_is_a_query(text: str, typing: bool) -> None:
    """Nothing raises; what is read keeps to its bounds; no clause is empty."""
    query = parse(text, typing=typing)
    atoms = [atom for clause in query.clauses for atom in clause.atoms]
    assert sum(max(len(atom.words), 1) for atom in atoms) <= MOST_WORDS
    assert all(clause.atoms for clause in query.clauses)
    assert all(len(atom.words) == len(atom.places) for atom in atoms)
    assert all(atom.words or atom.value for atom in atoms)
    if len(text) > MOST_CHARACTERS:
        assert query.left_out


@given(QUERIES)
def test_blanks_around_mean_nothing(text: str) -> None:
    """Blanks before and after, and two for one, change no query that is finished."""
    short = text[: MOST_CHARACTERS // 2]
    assert parse(short).clauses == parse(f"  {short} ").clauses or len(QUOTE.findall(short)) % 2


@given(st.lists(st.sampled_from("graph neural -tree title:web tag:gnn".split()), max_size=6))
def test_tokens_stand_for_themselves(tokens: list[str]) -> None:
    """Without OR and quotes, a query is the clauses of its tokens in order."""
    together = parse(" ".join(tokens)).clauses
    alone = [clause for token in tokens for clause in parse(token).clauses]
    assert [_unplaced(c.atoms) for c in together] == [_unplaced(c.atoms) for c in alone]
    assert [c.negative for c in together] == [c.negative for c in alone]


def _unplaced(atoms: tuple[Atom, ...]) -> list[Atom]:
    return [atom._replace(places=()) for atom in atoms]


def test_only_the_last_word_is_unfinished() -> None:
    """A blank ends what is being typed."""
    first, last = (clause.atoms[0] for clause in parse("graph neur", typing=True).clauses)
    assert (first.prefix, last.prefix) == ("", "neur")
    assert not any(c.atoms[0].prefix for c in parse("graph neur ", typing=True).clauses)


def test_long_queries_say_that_they_are_cut() -> None:
    """Beyond 32 words or 400 characters nothing is read, and it is said."""
    assert parse("a b c d " * 10_000).left_out
    assert len(parse(" ".join(f"w{n}" for n in range(40))).clauses) == MOST_WORDS
