"""The build as one page of prose: one line a stage."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from digest.catalogue.catalogue import make_catalogue
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.merge import merge
from digest.catalogue.overrides import Override, read_override
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.understand import understand
from digest.catalogue.venues.registry import load_venues
from digest.config import Config
from digest.content import TAXONOMY, FreeText, find_content
from digest.executors import each
from digest.ledger import Ledger
from digest.paper import Sighting
from digest.problems import DigestError, Problem
from digest.readers import FileReading, read_files, read_text
from digest.text import content_hash
from digest.website.output import OWN_FOLDERS, prepare
from digest.website.publish import publish
from digest.website.report import FileNote, note_file, plan_report
from digest.website.site import describe_site, plan_site
from digest.website.theme import load_theme

_FILES = 50
"""Files that a process reads at a time; fewer are read by this one."""
MEMORY = ".digest"
"""Folder of the ledger, beside digest.yaml. May be deleted at any moment."""

Progress = Callable[[str, int, int], None]
"""Hears the stage, how much of it is done, and how much there is."""


class Report(Struct, frozen=True, kw_only=True):
    """What a build did."""

    records: int
    papers: int
    duplicates: int
    pages: int
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    seconds: float


def build(
    root: Path,
    config: Config,
    *,
    jobs: int,
    scheduler: str | None = None,
    clean: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Report:
    """Make the site of the digest in `root`.

    Raises DigestError where it cannot be made at all; all else is in the report.
    """
    started = time.perf_counter()
    content_folder, output = root / config.content, root / config.output
    prepare(output, content_folder)
    with _alone(root / MEMORY):
        ledger = Ledger(root / MEMORY / f"ledger-{content_hash(str(output.resolve()))}.sqlite")
        if clean:
            _clear(output, ledger)
        content = find_content(content_folder)
        sightings, files = _read(content.papers, config.fields or {}, jobs, progress)
        taxonomy, taxonomy_problems = load_taxonomy(content.taxonomy, TAXONOMY)
        venues = load_venues()
        progress("understand", 0, 1)
        overrides, note_problems = _overrides(content.notes)
        groups = merge(sightings)
        knowledge = Knowledge(taxonomy, Matcher(taxonomy), venues)
        papers = [*filter(None, each(understand, groups, jobs, knowledge, overrides))]
        spread = partial(_spread, jobs)
        catalogue = make_catalogue(papers, taxonomy, len(sightings), spread)
        progress("understand", 1, 1)
        theme = load_theme(root / config.templates)
        site = describe_site(config, catalogue, theme, content.pages)
        pages = plan_site(
            catalogue,
            site,
            config,
            theme,
            content.pages,
            {slug: note.body for slug, note in content.notes.items()},
            venues.full_names,
        )
        known = (*content.problems, *taxonomy_problems, *note_problems)
        pages += plan_report(files, known, len(sightings), len(papers))
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            progress("render", done, len(pages))

        published = publish(
            pages,
            site,
            theme,
            output,
            ledger,
            jobs=jobs,
            scheduler=scheduler,
            advance=advance,
        )
    return Report(
        records=len(sightings),
        papers=len(catalogue.papers),
        duplicates=len(sightings) - len(groups),
        pages=len(pages),
        written=published.written,
        unchanged=published.unchanged,
        removed=published.removed,
        problems=tuple(
            sorted((*known, *published.problems, *(p for file in files for p in file.problems)))
        ),
        seconds=round(time.perf_counter() - started, 3),
    )


def _read(
    files: Sequence[tuple[Path, str]], fields: dict[str, str], jobs: int, progress: Progress
) -> tuple[list[Sighting], list[FileNote]]:
    sightings: list[Sighting] = []
    notes: list[FileNote] = []
    for number, readings in enumerate(each(_read_one, files, jobs, fields, batch=_FILES), 1):
        for reading in readings:
            sightings.extend(reading.sightings)
            notes.append(note_reading(reading))
        progress("read", number, len(files))
    return sightings, notes


def note_reading(reading: FileReading) -> FileNote:
    """What the import report says of a file."""
    return note_file(
        reading.name,
        reading.format,
        len(reading.sightings),
        reading.characters,
        sum(end - start for start, end, _ in reading.unread),
        reading.problems,
    )


def _spread(
    jobs: int, function: Callable[..., Any], items: Sequence[Any], *shared: object
) -> Iterator[Any]:
    return each(function, items, jobs, *shared, batch=1)


def _read_one(file: tuple[Path, str], fields: dict[str, str]) -> list[FileReading]:
    return [*read_files(*file, fields=fields)]


def _overrides(notes: Mapping[str, FreeText]) -> tuple[dict[str, Override], list[Problem]]:
    overrides: dict[str, Override] = {}
    problems: list[Problem] = []
    for slug, note in notes.items():
        # The head alone: what the note's text mentions is no part of the paper.
        if note.head:
            reading = read_text(note.head, note.path, "front-matter")
            problems.extend(reading.problems)
            for sighting in reading.sightings:
                said, wrong = read_override(sighting.record, note.head, note.path)
                overrides[slug] = said
                problems.extend(wrong)
    return overrides, problems


def _clear(output: Path, ledger: Ledger) -> None:
    ledger.forget()
    for name in OWN_FOLDERS:
        shutil.rmtree(output / name, ignore_errors=True)


@contextlib.contextmanager
def _alone(memory: Path) -> Iterator[None]:
    """Keep two builds of one digest apart; where no lock can be had at all, go on without."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        memory.mkdir(exist_ok=True)
        lock = (memory / "lock").open("a")
    except (ImportError, OSError):
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DigestError(
                Problem(
                    memory.as_posix(),
                    None,
                    "error",
                    "another build of this digest is running",
                    "Wait until it is done, then build again.",
                )
            ) from error
        yield
