"""From files to the catalogue, stage by stage: read, merge, understand, relate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from digest.addresses import Addresses
from digest.catalogue.catalogue import Catalogue, make_catalogue
from digest.catalogue.gains import Gain, read_gains, rooted, tie
from digest.catalogue.keys import Keyed
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.merge import bring_together
from digest.catalogue.overrides import Override, bonds_of, read_override
from digest.catalogue.people_file import read_people
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.venues.registry import load_venues
from digest.content import PEOPLE, TAXONOMY, Content, FreeText
from digest.drafts import ripe
from digest.executors import each
from digest.intake import Intake, Taken
from digest.kinship import Kinship
from digest.ledger import Keepsake, Ledger
from digest.problems import Problem
from digest.readers import read_text
from digest.search.concordance import Concordance
from digest.shelf import encode
from digest.study import Study
from digest.task import Progress, Task
from digest.text import mark_of
from digest.version import version_mark
from digest.website.pages import Page
from digest.website.report import FileNote, note_file
from digest.website.standing import Standing
from digest.website.theme import Theme
from digest.website.views import Site
from digest.website.wording import language_problems


class Remembered(NamedTuple):
    """The last build, for a glance at what changed since."""

    groups: Sequence[tuple[Keyed, ...]]
    fields: Mapping[str, str]
    knowledge: Knowledge
    overrides: Mapping[str, Override]
    catalogue: Catalogue
    site: Site
    theme: Theme
    pages: Mapping[str, Page]
    """Those of papers, by path."""


class Memory:
    """What the builds of one digest remember, in this process and in the ledger."""

    def __init__(
        self, ledger: Ledger, related: Keepsake, search: Keepsake, *, lasting: bool
    ) -> None:
        """`related`: file of the relations; `search`: of the index. `lasting` where more builds
        will follow in this process: values stay at hand."""
        self.standing = Standing(ledger, lasting=lasting)
        self.intake = Intake(ledger, lasting=lasting)
        self.study = Study(ledger, lasting=lasting)
        self.kinship = Kinship(related, lasting=lasting)
        self.concordance = Concordance(search, lasting=lasting)
        self.lasting = lasting
        self.last: Remembered | None = None


class Clock:
    """How long each stage takes."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, float]] = []
        self._last = time.perf_counter()

    def tick(self, stage: str) -> None:
        """The stage ends."""
        now = time.perf_counter()
        self.stages.append((stage, round(now - self._last, 3)))
        self._last = now


class Understood(NamedTuple):
    """What is known before anything is planned."""

    content: Content
    """Without what waits."""
    waiting: dict[str, str]
    """Files that wait, and why."""
    files: Sequence[FileNote]
    records: int
    duplicates: int
    """Records of papers that others had given."""
    groups: Sequence[tuple[Keyed, ...]]
    """The records of each paper; none unless more builds will follow."""
    knowledge: Knowledge
    overrides: Mapping[str, Override]
    addresses: Addresses
    problems: tuple[Problem, ...]
    """But for those of the files."""
    catalogue: Catalogue
    version: bytes
    """Changes with what the reading of papers rests on."""


def understand(
    task: Task, memory: Memory, jobs: int, progress: Progress, clock: Clock | None = None
) -> Understood:
    """Take the stages that lead to the catalogue."""
    config, content, states, theme, _, today, drafts, _ = task
    version, fields = version_mark(), config.fields or {}
    clock = clock or Clock()
    taken = memory.intake.take_in(
        content.papers, states, fields, version, jobs, partial(progress, "read")
    )
    files = [_note(file) for file in taken]
    keyed = [record for file in taken for record in file.records]
    content, waiting, held = ripe(
        content, (record.sighting for record in keyed), today, keep=drafts
    )
    if not drafts and waiting:
        keyed = [record for record in keyed if record.sighting.source.file not in waiting]
    records = len(keyed)
    del taken
    clock.tick("read")
    gained, gain_problems = _gains(content, keyed)
    overrides, note_problems = _overrides(content.notes)
    bonds = bonds_of(overrides, {slug: note.path for slug, note in content.notes.items()})
    groups, bond_problems = bring_together([*keyed, *gained], bonds)
    groups = rooted(groups) if gained else groups
    duplicates = records - len(groups)
    del keyed
    clock.tick("merge")
    taxonomy, taxonomy_problems = load_taxonomy(content.taxonomy, TAXONOMY)
    infers_tags = "inferred-tags" not in config.without
    knowledge = Knowledge(taxonomy, Matcher(taxonomy), load_venues(), infers_tags)
    addresses = Addresses(content.addresses)
    known = (
        *content.problems, *addresses.problems, *taxonomy_problems, *note_problems, *bond_problems,
        *gain_problems, *held, *config.theme.warnings, *language_problems(theme, config.language),
    )  # fmt: skip
    study_version = mark_of(version, encode((content.taxonomy, infers_tags)))
    papers = memory.study.study(
        groups,
        knowledge,
        overrides,
        study_version,
        jobs,
        partial(progress, "understand"),
        partial(addresses.house, groups),
    )
    kept_groups = groups if memory.lasting else ()
    del groups
    clock.tick("understand")
    relate = partial(memory.kinship.relate, version=version, spread=partial(spread, jobs))
    people, people_problems = read_people(content.people, PEOPLE)
    catalogue = make_catalogue(papers, taxonomy, records, relate, config.without, people)
    known = (*known, *people_problems, *catalogue.problems)
    del papers
    clock.tick("relate")
    return Understood(
        content=content,
        waiting=waiting,
        files=files,
        records=records,
        duplicates=duplicates,
        groups=kept_groups,
        knowledge=knowledge,
        overrides=overrides,
        addresses=addresses,
        problems=known,
        catalogue=catalogue,
        version=study_version,
    )


def _note(file: Taken) -> FileNote:
    """What the import report says of a file."""
    reading = file.reading
    return note_file(
        reading.name,
        reading.format,
        len(file.records),
        reading.characters,
        sum(end - start for start, end, _ in reading.unread),
        reading.problems,
    )


def spread(
    jobs: int, function: Callable[..., Any], items: Sequence[Any], *shared: object
) -> Iterator[Any]:
    """`function(item, *shared)` of every item, in order, in so many processes."""
    return each(function, items, jobs, *shared, batch=1)


def _gains(content: Content, keyed: Sequence[Keyed]) -> tuple[list[Keyed], list[Problem]]:
    gains: list[Gain] = []
    problems: list[Problem] = []
    for name, text in content.enriched:
        found, wrong = read_gains(text, name)
        gains.extend(found)
        problems.extend(wrong)
    return tie(keyed, gains), problems


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
