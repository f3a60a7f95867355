"""`report.html`: what was understood of every file, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from digest.language import Words, noted
from digest.paper import Paper
from digest.problems import Problem
from digest.website.labels import FORMATS
from digest.website.pages import Page


class FileNote(Struct, frozen=True):
    """A file of the content folder, in the report."""

    name: str
    format: str
    """As readers name it, or in words; "" where no layout was recognised."""
    records: int
    characters: int
    unread: int
    """Characters that were not understood, blanks not counted."""
    problems: tuple[Problem, ...]


class Differing(Struct, frozen=True):
    """A field on which the sources of a paper disagree."""

    title: str
    path: str
    field: str
    said: tuple[tuple[str, str, int], ...]
    """Each value with the file and the line of the first source that says so."""


MOST_DISAGREEMENTS = 200
_FIELDS = {
    "title": noted("title"),
    "year": noted("year"),
    "doi": noted("DOI"),
    "author": noted("first author"),
}


class ReportPage(Struct, frozen=True):
    """The view of `report.html`."""

    files: tuple[FileNote, ...]
    """Those with problems first, then by name."""
    others: tuple[Problem, ...]
    """Problems of notes, taxonomy and folders."""
    records: int
    papers: int
    disagreements: tuple[Differing, ...] = ()
    """The first of them, by title."""
    disagreeing: int = 0


def note_file(
    name: str, kind: str | None, records: int, characters: int, unread: int,
    problems: Sequence[Problem],
) -> FileNote:  # fmt: skip
    """`kind` is the name of the file's format, as readers know it."""
    return FileNote(name, kind or "", records, characters, unread, tuple(problems))


def plan_report(
    files: Sequence[FileNote], others: Sequence[Problem], records: int, papers: Sequence[Paper],
    words: Words,
) -> Iterator[Page]:  # fmt: skip
    """The page itself."""
    files = [structs.replace(file, format=_format(file.format, words)) for file in files]
    ordered = sorted(files, key=lambda file: (not file.problems, file.name))
    differing = [
        Differing(
            paper.title,
            paper.path,
            words.say(_FIELDS[one.field]),
            tuple(
                (value, paper.sources[place].file, paper.sources[place].first_line)
                for value, place in one.values
            ),
        )
        for paper in papers
        for one in paper.disagreements
    ]
    differing.sort(key=lambda one: (one.title, one.path, one.field))
    view = ReportPage(
        tuple(ordered),
        tuple(sorted(others)),
        records,
        len(papers),
        tuple(differing[:MOST_DISAGREEMENTS]),
        len(differing),
    )
    yield Page("report.html", "report.html", view)


def _format(kind: str, words: Words) -> str:
    return words.say(FORMATS[kind]) if kind in FORMATS else kind
