"""Groups of sightings into papers: those whose sources say the same are remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import structs

from digest.catalogue.keys import Keyed, reasons
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.overrides import Override
from digest.catalogue.understand import understand
from digest.executors import each
from digest.ledger import Ledger
from digest.paper import Author, Paper, Tag
from digest.shelf import Shelf, encode
from digest.text import mark_of

Group = tuple[Keyed, ...]


class Study:
    """The understanding of a digest's papers, build after build."""

    def __init__(self, ledger: Ledger, *, lasting: bool) -> None:
        self._papers = Shelf(ledger, "paper", Paper, lasting=lasting)
        self._shared: dict[Tag | Author, Any] = {}
        """Tags and authors of which thousands of papers have equal ones: each is held once."""

    def study(
        self,
        groups: Sequence[Group],
        knowledge: Knowledge,
        overrides: Mapping[str, Override],
        version: bytes,
        jobs: int,
        advance: Callable[[int, int], None],
        house: Callable[[list[Paper]], list[Paper]] = lambda papers: papers,
    ) -> list[Paper]:
        """The papers of `groups`, as `merge_keyed` gives them, in their order, but for those that
        the user hides. `overrides` stand by slug; `house` gives all papers their addresses.

        `version` changes with what `knowledge` rests on; `advance` hears how many of how many are
        understood.
        """
        tasks = [_Task(_mark(version, group), group) for group in groups]
        papers = house(self._all(tasks, knowledge, jobs, advance))
        # A note may be of any address of a paper, and the addresses are known by now.
        noted = {
            place: said
            for place, paper in enumerate(papers)
            if (said := _override(paper, overrides)) is not None
        }
        again = [
            _Task(mark_of(tasks[place].mark, encode(said)), groups[place], said)
            for place, said in noted.items()
        ]
        for place, paper in zip(noted, self._all(again, knowledge, jobs), strict=True):
            housed = papers[place]
            papers[place] = structs.replace(
                paper, key=housed.key, slug=housed.slug, aliases=housed.aliases
            )
        self._papers.settle(task.mark for task in (*tasks, *again))
        self._shared.clear()
        return [
            self._whole(paper, group)
            for place, (paper, group) in enumerate(zip(papers, groups, strict=True))
            if place not in noted or not noted[place].hide
        ]

    def _whole(self, paper: Paper, group: Group) -> Paper:
        share = self._shared.setdefault
        return structs.replace(
            paper,
            sources=tuple(member.sighting.source for member in group),
            merged=reasons(group),
            tags=tuple([share(tag, tag) for tag in paper.tags]),
            authors=tuple([share(author, author) for author in paper.authors]),
        )

    def _all(
        self,
        tasks: Sequence[_Task],
        knowledge: Knowledge,
        jobs: int,
        advance: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> list[Paper]:
        found = {task.mark: self._papers.get(task.mark) for task in tasks}
        missing = [task for task in tasks if found[task.mark] is None]
        done = len(tasks) - len(missing)
        for task, encoded in zip(missing, each(_understand, missing, jobs, knowledge), strict=True):
            found[task.mark] = self._papers.put(task.mark, encoded)
            done += 1
            advance(done, len(tasks))
        return [paper for task in tasks if (paper := found[task.mark]) is not None]


class _Task(NamedTuple):
    """A paper to understand, or to remember by its mark."""

    mark: bytes
    group: Group
    said: Override | None = None


def _mark(version: bytes, group: Group) -> bytes:
    return mark_of(version, *(member.fingerprint.encode() for member in group))


def _override(paper: Paper, overrides: Mapping[str, Override]) -> Override | None:
    return next((overrides[s] for s in (paper.slug, *paper.aliases) if s in overrides), None)


def _understand(task: _Task, knowledge: Knowledge) -> bytes:
    sightings = tuple(member.sighting for member in task.group)
    return encode(structs.replace(understand(sightings, knowledge, task.said), sources=()))
