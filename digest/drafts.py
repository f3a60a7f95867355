"""What is not to be published yet: drafts, and what the user dated after today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from digest.content import Content, is_held
from digest.paper import Paper, Record, Sighting
from digest.problems import Problem

_DUE = "Due"
_OWN_DATE = "front-matter"
"""Evidence of a date that the user wrote. Journals date issues months ahead: that holds nothing."""


class Ripe(NamedTuple):
    """What there is to build from, and what of it waits."""

    content: Content
    waiting: dict[str, str]
    """Files that wait, and why in a word or two."""
    problems: tuple[Problem, ...]
    """A note for each file that was left out."""


def ripe(content: Content, sightings: Iterable[Sighting], today: str, *, keep: bool) -> Ripe:
    """What may be published on the day `today` (`2026-11-22`); with `keep`, all of it. Of
    `sightings`, those of files that wait are to be left out."""
    waiting = {
        sighting.source.file: _why(sighting.record.draft, sighting.record.published)
        for sighting in sightings
        if _waits(sighting.record, today)
    }
    for page in content.pages:
        if is_held(page.draft, page.date, today):
            waiting[page.path] = _why(page.draft, page.date)
    for note in content.notes.values():
        if note.draft:  # its date is that of its paper
            waiting[note.path] = "Draft note"
    if keep or not waiting:
        return Ripe(content, waiting, ())
    problems = (_problem(name, why) for name, why in sorted(waiting.items()))
    return Ripe(content.without(waiting), waiting, tuple(problems))


def is_due(waiting: dict[str, str]) -> bool:
    """Whether another day alone may bring something of it into the site."""
    return any(why.startswith(_DUE) for why in waiting.values())


def waiting_pages(
    waiting: dict[str, str], content: Content, papers: Iterable[Paper]
) -> tuple[tuple[str, str], ...]:
    """Pages of the site that show nothing but what waits, or a note that does, and why."""
    found = {f"pages/{page.slug}.html": waiting.get(page.path) for page in content.pages}
    for paper in papers if waiting else ():
        whys = [waiting.get(source.file) for source in paper.sources]
        note = content.notes.get(paper.slug)
        found[paper.path] = (
            whys[0] if whys and all(whys) else waiting.get(note.path) if note else None
        )
    return tuple(sorted((path, why) for path, why in found.items() if why))


def _waits(record: Record, today: str) -> bool:
    return is_held(
        record.draft, record.published if record.published_as == _OWN_DATE else None, today
    )


def _why(draft: bool, date: str | None) -> str:
    return "Draft" if draft else f"{_DUE} {date}"


def _problem(name: str, why: str) -> Problem:
    if why.startswith(_DUE):
        said = f"is dated {why[4:]}, and is kept out of the site until then"
        return Problem(name, None, "note", said, "“digest serve” shows it already.")
    said = "is a draft, and is kept out of the site"
    hint = "Take “draft: true” away to publish it; “digest serve” shows it already."
    return Problem(name, None, "note", said, hint)
