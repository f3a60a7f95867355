"""The page of a paper as soon as its source was edited, before the whole site is built.

A build looks at everything; whoever edits a paper wants to see that paper. So where a file changed
and the last build is remembered, the papers whose records changed are understood and their pages
written at once, with what the last build knew of all others. The build that follows puts right what
else the change concerns, and finds most of these pages as they should be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import structs

from digest.catalogue.catalogue import Catalogue
from digest.catalogue.keys import Keyed, keyed, reasons
from digest.catalogue.understand import understand
from digest.ledger import Written
from digest.paper import Paper, Tag
from digest.readers import read_files
from digest.understanding import Memory, Remembered
from digest.website.output import Body, Output
from digest.website.pages import Page, Recipe
from digest.website.render import Renderer

_MOST = 20
"""Papers that are looked at; where more changed, a build is what is wanted."""
Group = tuple[Keyed, ...]


def glance(memory: Memory, files: Iterable[tuple[Path, str]], output: Output) -> tuple[str, ...]:
    """Write the pages of papers that changed in `files` (each with its name in messages) into the
    site at `output`, and return their paths. Nothing where the last build tells too little.

    Raises OSError where a page cannot be written.
    """
    last = memory.last
    if last is None:
        return ()
    written: dict[str, Written] = {}
    renderer = Renderer(last.site, last.theme)
    with output.open(staged=False, ours=()) as target:
        for group in itertools.islice(_changed(last, files), _MOST):
            page = _page(last, group)
            body = renderer.render(page).body if page is not None else None
            if page is None or body is None:
                continue
            # Without a mark, for the build must look at it again.
            ((row, new),) = target.write_all([Body(page.path, body, b"")])
            if new:
                written[page.path] = row
    if written:
        memory.standing.note(written, ())
    return tuple(written)


def _changed(last: Remembered, files: Iterable[tuple[Path, str]]) -> Iterator[Group]:
    """The sightings of papers of which one changed: the new one stands for the old one."""
    for path, name in files:
        before = [
            (group, record)
            for group in last.groups
            for record in group
            if record.sighting.source.file == name
        ]
        now = [
            keyed(sighting)
            for reading in read_files(path, name, fields=last.fields)
            for sighting in reading.sightings
        ]
        known = {record.fingerprint for _, record in before}
        fresh = [record for record in now if record.fingerprint not in known]
        stayed = {record.fingerprint for record in now}
        gone = [pair for pair in before if pair[1].fingerprint not in stayed]
        # Records that were edited, and none that came or went.
        if len(fresh) == len(gone):
            gone.sort(key=lambda pair: pair[1].sighting.source.start)
            for (group, old), new in zip(gone, fresh, strict=True):
                yield tuple(
                    structs.replace(new, merged=old.merged) if record is old else record
                    for record in group
                )


def _page(last: Remembered, group: Group) -> Page | None:
    """The page of the paper that `group` makes; None where the last build had none like it."""
    sightings = tuple(record.sighting for record in group)
    paper = understand(sightings, last.knowledge)
    addresses = paper.slug, *paper.aliases
    said = next((last.overrides[slug] for slug in addresses if slug in last.overrides), None)
    if said is not None:
        paper = understand(sightings, last.knowledge, said)
    old = last.pages.get(paper.path)
    if old is None or not isinstance(old.source, Recipe) or (said is not None and said.hide):
        return None
    paper = structs.replace(paper, merged=reasons(group))
    paper = structs.replace(paper, tags=tuple(_adopted(tag, last.catalogue) for tag in paper.tags))
    return Page(old.path, old.template, _view(old.source, paper))


def _view(recipe: Recipe, paper: Paper) -> object:
    papers: Sequence[Paper] = (paper, *recipe.papers[1:])
    return recipe.make(recipe.shown, papers, recipe.ways)


def _adopted(tag: Tag, catalogue: Catalogue) -> Tag:
    entry = catalogue.tags.get(tag.slug)
    if tag.page or entry is None:
        return tag
    return structs.replace(tag, page=True, name=entry.name)
