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
from digest.catalogue.venues.registry import load_venues
from digest.config import Config
from digest.content import TAXONOMY, Content, FreeText, find_content
from digest.executors import each
from digest.intake import Intake
from digest.ledger import Ledger
from digest.problems import DigestError, Problem
from digest.readers import FileReading, read_text
from digest.study import Study
from digest.text import content_hash, mark_of
from digest.version import version_mark
from digest.website.output import OWN_FOLDERS, prepare
from digest.website.publish import publish
from digest.website.report import FileNote, note_file, plan_report
from digest.website.site import describe_site, plan_site
from digest.website.theme import load_theme

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
    stages: tuple[tuple[str, float], ...]
    """Their names and seconds."""
    changed: tuple[str, ...]
    """Paths of the site that were written or removed."""


class Workshop:
    """Builds of one digest, each of which remembers what those before it made."""

    def __init__(self, root: Path, config: Config) -> None:
        """The digest in the folder `root`."""
        self._root, self._config = root, config
        self._output = root / config.output
        name = content_hash(str(self._output.resolve()))
        self._ledger = Ledger(root / MEMORY / f"ledger-{name}.sqlite")
        self._intake: Intake | None = None
        self._study: Study | None = None

    def build(
        self,
        *,
        jobs: int,
        scheduler: str | None = None,
        clean: bool = False,
        progress: Progress = lambda _stage, _done, _total: None,
    ) -> Report:
        """Make the site. Raises DigestError where it cannot be made at all; all else is in the
        report."""
        content_folder = self._root / self._config.content
        prepare(self._output, content_folder)
        with _alone(self._root / MEMORY):
            if clean:
                self._forget()
            return self._build(find_content(content_folder), jobs, scheduler, progress)

    def _build(
        self, content: Content, jobs: int, scheduler: str | None, progress: Progress
    ) -> Report:
        clock = _Clock()
        config, version = self._config, version_mark()
        intake = self._intake = self._intake or Intake(self._ledger)
        study = self._study = self._study or Study(self._ledger)
        readings = intake.take_in(
            content.papers, config.fields or {}, version, jobs, partial(progress, "read")
        )
        files = [*map(note_reading, readings)]
        sightings = [sighting for reading in readings for sighting in reading.sightings]
        clock.tick("read")
        groups = merge(sightings)
        clock.tick("merge")
        taxonomy, taxonomy_problems = load_taxonomy(content.taxonomy, TAXONOMY)
        knowledge = Knowledge(taxonomy, Matcher(taxonomy), load_venues())
        overrides, note_problems = _overrides(content.notes)
        known = (*content.problems, *taxonomy_problems, *note_problems)
        papers = study.study(
            groups,
            knowledge,
            overrides,
            mark_of(version, (content.taxonomy or "").encode()),
            jobs,
            partial(progress, "understand"),
        )
        clock.tick("understand")
        catalogue = make_catalogue(papers, taxonomy, len(sightings), partial(_spread, jobs))
        clock.tick("relate")
        theme = load_theme(self._root / config.templates)
        site = describe_site(config, catalogue, theme, content.pages)
        notes = {slug: note.body for slug, note in content.notes.items()}
        full_names = knowledge.venues.full_names
        pages = plan_site(catalogue, site, config, theme, content.pages, notes, full_names)
        pages += plan_report(files, known, len(sightings), len(papers))
        clock.tick("plan")
        published = publish(
            pages,
            site,
            theme,
            self._output,
            self._ledger,
            jobs=jobs,
            scheduler=scheduler,
            advance=partial(progress, "render"),
        )
        clock.tick("render")
        problems = (*known, *published.problems, *(p for file in files for p in file.problems))
        return Report(
            records=len(sightings),
            papers=len(catalogue.papers),
            duplicates=len(sightings) - len(groups),
            pages=len(pages),
            written=published.written,
            unchanged=published.unchanged,
            removed=published.removed,
            problems=tuple(sorted(problems)),
            seconds=clock.total(),
            stages=tuple(clock.stages),
            changed=published.changed,
        )

    def _forget(self) -> None:
        self._ledger.forget()
        self._intake = self._study = None
        for name in OWN_FOLDERS:
            shutil.rmtree(self._output / name, ignore_errors=True)


def build(
    root: Path,
    config: Config,
    *,
    jobs: int,
    scheduler: str | None = None,
    clean: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Report:
    """Make the site of the digest in `root`, once; see `Workshop.build`."""
    return Workshop(root, config).build(
        jobs=jobs, scheduler=scheduler, clean=clean, progress=progress
    )


class _Clock:
    """How long each stage takes."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, float]] = []
        self._started = self._last = time.perf_counter()

    def tick(self, stage: str) -> None:
        now = time.perf_counter()
        self.stages.append((stage, round(now - self._last, 3)))
        self._last = now

    def total(self) -> float:
        return round(time.perf_counter() - self._started, 3)


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
