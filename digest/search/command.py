"""`digest search`: a query to a site that has been built, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from digest.problems import DigestError, Problem
from digest.search.find import Hit, Result, Sort, find
from digest.search.reader import Card, Reader

FOLDER = Path("data/search")
"""Of the index, in a site."""


class Answer(NamedTuple):
    """What a site has on a query."""

    query: str
    result: Result
    shown: list[tuple[Hit, Card]]


def ask(root: Path, output: str, query: str, *, sort: Sort, limit: int) -> Answer:
    """What the site in `output`, seen from `root`, has on `query`: `limit` results of it.

    Raises DigestError where there is no index, or one that cannot be used.
    """
    if "://" in output:
        hint = "Name a folder that it was built into with --output."
        raise DigestError(Problem(output, None, "error", "is not on this machine", hint))
    folder = root / output / FOLDER
    if not (folder / "index.js").is_file():
        hint = "Run “digest build” first, with search (see `without` in digest.yaml)."
        raise DigestError(
            Problem(folder.as_posix(), None, "error", "there is no search index", hint)
        )
    reader = Reader(lambda name: (folder / name).read_text("utf-8"))
    result = find(reader, query, sort=sort, limit=limit)
    cards = reader.cards(hit.slot for hit in result.hits)
    return Answer(query, result, list(zip(result.hits, cards, strict=True)))


def fields(answer: Answer) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "query": answer.query,
        "total": answer.result.total,
        "instead": answer.result.instead,
        "missing": answer.result.missing,
        "results": [
            {
                "path": card.path,
                "title": card.title,
                "people": card.people,
                "date": card.date or None,
                "venue": card.venue or None,
                "tags": card.tags,
                "score": round(hit.score, 6),
                "whole": hit.whole,
            }
            for hit, card in answer.shown
        ],
    }


def remarks(answer: Answer) -> Iterator[str]:
    """What is to be said of the query, a line each."""
    result = answer.result
    for word, other in result.instead:
        yield f"No paper has “{word}”. Looked for “{other}” instead."
    for what in result.missing:
        yield f"No paper has {what}."
    if result.left_out:
        yield "The query is too long; its end was left out."
    if not result.total:
        yield "Nothing found."
    elif not result.whole:
        yield "No paper has all of it; these have some."


def lines(answer: Answer) -> Iterator[tuple[str, str]]:
    """Each result for a reader: its title, and what is known of it."""
    for _, card in answer.shown:
        known = (card.people, card.date, card.venue, card.path)
        yield card.title, " · ".join(filter(None, known))
