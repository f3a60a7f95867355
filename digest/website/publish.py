"""Planned pages become the site: what is stale is rendered and written, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from digest.executors import in_batches, open_cluster
from digest.ledger import Written
from digest.problems import DigestError, Problem
from digest.website.output import Body, Output, Target
from digest.website.pages import Page
from digest.website.render import Rendered, Renderer
from digest.website.standing import Standing
from digest.website.theme import Theme
from digest.website.views import Site

if TYPE_CHECKING:
    from digest.executors.cluster import Cluster

_BATCH = 200
_WORTH_WORKERS = 2_500
"""Pages below which starting processes takes longer than rendering."""
_FIRST = frozenset({"assets", "data", "papers"})
"""Folders of what all other pages link to."""
_FEW = 100
_SHARE = 0.2
"""A build that writes more than `_FEW` pages and this share of the site is swapped in as one."""


class Published(Struct, frozen=True):
    """What became of the site."""

    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    changed: tuple[str, ...]
    """Paths that were written or removed."""


class _Outcome(Struct, frozen=True):
    """What became of a page."""

    path: str
    row: Written | None
    """None where even the default template failed."""
    new: bool
    problem: Problem | None


class _Work(Struct, frozen=True):
    """What every worker knows before it begins."""

    site: Site
    theme: Theme
    pages: tuple[Page, ...]
    """Those to make anew."""
    marks: dict[str, bytes]
    target: Target
    whole: bool
    """Whether nobody sees the site before all is written."""


def publish(
    pages: Sequence[Page],
    site: Site,
    theme: Theme,
    output: Output,
    standing: Standing,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> Published:
    """Make `output` hold exactly `pages`, in the order of which single files are replaced.

    With `jobs` above one, or a Dask `scheduler`, much work is shared; `advance` hears how many
    pages of how many are done. Raises DigestError where it cannot be written.
    """
    renderer = Renderer(site, theme)
    known = standing.recall(output, jobs)
    marks = {page.path: renderer.fingerprint(page) for page in pages}
    stale = tuple(
        page
        for page in pages
        if (row := known.get(page.path)) is None or row.fingerprint != marks[page.path]
    )
    gone = output.gone(known.keys(), marks.keys())
    fresh = len(pages) - len(stale)
    advance(fresh, len(pages))
    many = len(stale) > _FEW and len(stale) > _SHARE * max(1, len(pages))
    staged = many or output.is_new()
    outcomes: list[_Outcome] = []
    try:
        with output.open(staged=staged, ours=marks.keys()) as target:
            target.keep_all(marks.keys() - {page.path for page in stale})
            whole = staged and not target.far
            new_marks = {page.path: marks[page.path] for page in stale}
            work = _Work(site, theme, stale, new_marks, target, whole)
            for done in _make(work, jobs, scheduler):
                outcomes.append(done)
                advance(fresh + len(outcomes), len(pages))
            target.remove(gone)
    except OSError as error:
        raise DigestError(
            Problem(
                str(error.filename or output.name),
                None,
                "error",
                f"cannot be written: {error.strerror}",
                "Make room or get the right to write there, then build again; "
                "the site is as it was.",
            )
        ) from error
    standing.note({done.path: done.row for done in outcomes if done.row is not None}, gone)
    written = [done.path for done in outcomes if done.new]
    output.seal(changed=bool(written or gone))
    failed = sum(done.row is None for done in outcomes)
    problems = [done.problem for done in outcomes if done.problem is not None]
    return Published(
        written=len(written),
        unchanged=len(pages) - len(written) - failed,
        removed=len(gone),
        problems=_distinct(problems),
        changed=(*written, *gone),
    )


def _make(work: _Work, jobs: int, scheduler: str | None) -> Iterator[_Outcome]:
    if len(work.pages) < _WORTH_WORKERS:
        yield from in_batches(_write, work.pages, 1, work, batch=_BATCH)
        if work.pages:
            _renderer(work.site, work.theme).keep()
        return
    _renderer(work.site, work.theme).compile()
    # Where pages are seen one by one, all that others link to stands before those are begun.
    turns = (0,) if work.whole else (0, 1, 2)
    with open_cluster(scheduler) if scheduler else nullcontext(jobs) as where:
        for now in turns:
            pages = tuple(page for page in work.pages if work.whole or turn(page.path) == now)
            yield from _share(work, pages, where)


def turn(path: str) -> int:
    """0 for files that others link to, 1 for what links to those, 2 for the pages at the top."""
    folder, slash, _ = path.partition("/")
    return (0 if folder in _FIRST else 1) if slash else 2


def _share(work: _Work, pages: Sequence[Page], where: int | Cluster) -> Iterator[_Outcome]:
    if isinstance(where, int):
        yield from in_batches(_write, pages, where, work, batch=_BATCH, lost=_lost)
    elif work.target.far:
        know = structs.replace(work, pages=())
        yield from in_batches(_write, _Ready(pages), where, know, batch=_BATCH, lost=_lost)
    else:
        # A cluster need not see this folder: pages go there, and bytes come back.
        known = work.site, work.theme
        rendered = in_batches(_render, _Ready(pages), where, *known, batch=_BATCH, lost=_lost_there)
        for at in range(0, len(pages), _BATCH):
            yield from _put(work, pages[at : at + _BATCH], [*islice(rendered, _BATCH)])


class _Ready(Sequence[Page]):
    """Pages whose views are made as they are asked for: a worker elsewhere has not the papers."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [Page(page.path, page.template, page.view) for page in self._pages[at]]
        return self[at : at + 1][0]


def _write(pages: Sequence[Page], work: _Work) -> list[_Outcome]:
    return _put(work, pages, _render(pages, work.site, work.theme))


def _render(pages: Sequence[Page], site: Site, theme: Theme) -> list[Rendered]:
    renderer = _renderer(site, theme)
    return [renderer.render(page) for page in pages]


def _put(work: _Work, pages: Sequence[Page], rendered: Sequence[Rendered]) -> list[_Outcome]:
    outcomes: dict[str, _Outcome] = {}
    bodies: list[Body] = []
    for page, made in zip(pages, rendered, strict=True):
        outcomes[page.path] = _Outcome(page.path, None, False, made.problem)
        if made.body is None:
            work.target.keep_old(page.path)
        else:
            # A page that the default theme stood in for has no mark, and so is tried again.
            mark = work.marks[page.path] if made.problem is None else b""
            bodies.append(Body(page.path, made.body, mark))
    for body, (row, new) in zip(bodies, work.target.write_all(bodies), strict=True):
        outcomes[body.path] = _Outcome(body.path, row, new, outcomes[body.path].problem)
    return [*outcomes.values()]


def _lost(page: Page) -> _Outcome:
    return _Outcome(page.path, None, False, _lost_there(page).problem)


def _lost_there(page: Page) -> Rendered:
    return Rendered(
        None,
        Problem(
            page.path,
            None,
            "error",
            "left out: every process that rendered it was killed",
            "Most often memory ran out: build with fewer --jobs.",
        ),
    )


@lru_cache(1)
def _renderer(site: Site, theme: Theme) -> Renderer:
    # One a process and build, with its rendered cards.
    return Renderer(site, theme)


def _distinct(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    # One broken template fails on every page: say it once a place.
    first = {(p.path, p.line): p for p in reversed(problems)}
    return tuple(sorted(first.values()))
