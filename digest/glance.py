"""The page of a paper as soon as its source was edited, before the whole site is built.

A build looks at everything; whoever edits a paper wants to see that paper. So where a file changed
and the last build is remembered, the papers whose records changed are understood and their pages
written at once, with what the last build knew of all others. The build that follows puts right what
else the change concerns, and finds most of these pages as they should be.

Nothing that a build changes is looked at, so that a glance may be taken while one goes on, too.
"""

from __future__ import annotations

import itertools
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from digest.catalogue.catalogue import Catalogue
from digest.catalogue.keys import Keyed, keyed, reasons
from digest.catalogue.understand import understand
from digest.ledger import Written
from digest.paper import Paper, Tag
from digest.readers import read_parts, read_text
from digest.readers.containers import ContainerError
from digest.readers.formats import FORMATS
from digest.readers.opening import open_file
from digest.readers.reading import shift_sighting
from digest.understanding import Remembered
from digest.website.folder import create
from digest.website.pages import Page, Recipe
from digest.website.render import Renderer

_MOST = 20
"""Papers that are looked at; where more changed, a build is what is wanted."""
_FROM_ANYWHERE = frozenset(
    row.name for row in FORMATS if row.needs == "nothing" and row.name != "ris"
)
"""Formats of which a part is understood without what stands before it. RIS is too, but records of a
part begin on other lines than those of the whole."""
_PIECES = 4
"""Of some million characters each: longer texts are read as a build reads them."""
Group = tuple[Keyed, ...]


class _Read(NamedTuple):
    """A file in one part, as it was read."""

    name: str
    fields: Mapping[str, str]
    format: str
    text: str
    records: list[Keyed]


class Glass:
    """Takes glances, one at a time; knows what the last one read."""

    def __init__(self) -> None:
        self._last: _Read | None = None

    def glance(
        self, last: Remembered, files: Iterable[tuple[Path, str]], site: Path
    ) -> dict[str, Written]:
        """Write the pages of papers that changed in `files` (each with its name in messages) since
        the build `last` into the folder `site`. What became of those that were not there already,
        by their paths; without marks, for a build must look at them again.

        Raises OSError where a page cannot be written.
        """
        written: dict[str, Written] = {}
        renderer = Renderer(last.site, last.theme)
        changed = (
            group
            for path, name in files
            for group in _changed(last, name, self._read(path, name, last.fields))
        )
        for group in itertools.islice(changed, _MOST):
            page = _page(last, group)
            body = renderer.render(page).body if page is not None else None
            if page is not None and body is not None and (row := _put(site, page.path, body)):
                written[page.path] = row
        return written

    def _read(self, path: Path, name: str, fields: Mapping[str, str]) -> list[Keyed]:
        """All records of a file; where it was the last that was read, only what is near the change
        is read again."""
        last = self._last
        if last is not None and (last.name, last.fields) == (name, fields):
            text = _text(path, name)
            again = _read_near_change(last, text) if text is not None else None
            if text is not None and again is not None:
                self._last = last._replace(text=text, records=again)
                return again
        parts = [*read_parts(path, name, fields=fields)]
        records = [keyed(sighting) for part in parts for sighting in part.reading.sightings]
        self._last = None
        first = parts[0].reading
        if len(parts) == 1 and first.name == name and first.format in _FROM_ANYWHERE:
            self._last = _Read(name, fields, first.format, parts[0].text, records)
        return records


def _text(path: Path, name: str) -> str | None:
    """The whole text of a file; None where it is no single text, or large."""
    opened = open_file(path, name)
    first = next(opened, None)
    if first is None or first.name != name or first.pieces is None:
        return None
    try:
        pieces = first.pieces()
        text = "".join(itertools.islice(pieces, _PIECES))
        return text if next(pieces, None) is None and next(opened, None) is None else None
    except (ContainerError, OSError, MemoryError):
        return None


def _read_near_change(last: _Read, text: str) -> list[Keyed] | None:
    """The records of `text` by those of `last`: what stands two records or more from the change is
    taken to be as it was, if the outermost of those that are read again are. None where not."""
    old, records = last.text, last.records
    start = _alike(old, text)
    rest = _alike(old[start:][::-1], text[start:][::-1])
    ends = [record.sighting.source.end for record in records]
    begins = [record.sighting.source.start for record in records]
    first = bisect_right(ends, start) - 2
    final = bisect_left(begins, len(old) - rest) + 1
    begin = begins[first] if first >= 0 else 0
    longer = len(text) - len(old)
    end = ends[final] + longer if final < len(records) else len(text)
    lines = text.count("\n", 0, begin)
    near = [
        shift_sighting(sighting, begin, lines)
        for sighting in read_text(text[begin:end], last.name, last.format, last.fields).sightings
    ]
    fresh = [keyed(sighting) for sighting in near]
    for at, place in ((first, 0), (final, -1)):
        if 0 <= at < len(records) and (
            not fresh or fresh[place].fingerprint != records[at].fingerprint
        ):
            return None
    more = text.count("\n", begin, end) - old.count("\n", begin, end - longer)
    after = [
        structs.replace(record, sighting=shift_sighting(record.sighting, longer, more))
        for record in records[final + 1 :]
    ]
    return [*records[: max(0, first)], *fresh, *after]


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _put(site: Path, path: str, body: bytes) -> Written | None:
    """Make a page that is there hold `body`; None where it does already, or is not there."""
    site = site.resolve()
    old = site / path
    if not old.is_file() or old.read_bytes() == body:
        return None
    # Not where a build, which may be going on, makes its files: it empties that place.
    fresh = site.with_name(f".{site.name}.glance")
    status = create(os.fspath(fresh), body)
    fresh.replace(old)
    return Written(b"", status.st_size, status.st_mtime_ns)


def _changed(last: Remembered, name: str, now: Sequence[Keyed]) -> Iterator[Group]:
    """The sightings of papers of which one, in the file called `name`, changed: the new one stands
    for the old one."""
    before = [
        (group, record)
        for group in last.groups
        for record in group
        if record.sighting.source.file == name
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
