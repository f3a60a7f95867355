"""`report.html`: what was understood of every file, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from digest.paper import Paper
from digest.problems import Problem
from digest.website.labels import FORMATS
from digest.website.pages import Page


class FileNote(Struct, frozen=True):
    """A file of the content folder, in the report."""

    name: str
    format: str
    """In words; "" where no layout was recognised."""
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
_FIELDS = {"title": "title", "year": "year", "doi": "DOI", "author": "first author"}


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
    said = FORMATS.get(kind, kind) if kind else ""
    return FileNote(name, said, records, characters, unread, tuple(problems))


def plan_report(
    files: Sequence[FileNote], others: Sequence[Problem], records: int, papers: Sequence[Paper]
) -> Iterator[Page]:
    """The page itself."""
    ordered = sorted(files, key=lambda file: (not file.problems, file.name))
    differing = [
        Differing(
            paper.title,
            paper.path,
            _FIELDS[one.field],
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
