"""Planned pages become the site: what is stale is rendered and written, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct

from digest.executors import each, open_cluster, run
from digest.ledger import Written
from digest.problems import DigestError, Problem
from digest.website.output import Folder, strays
from digest.website.pages import Page
from digest.website.render import Rendered, Renderer
from digest.website.standing import Standing
from digest.website.theme import Theme
from digest.website.views import Site

_BATCH = 200
_WORTH_WORKERS = 1_000
"""Pages below which starting processes takes longer than rendering."""
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
    target: Folder


def publish(
    pages: Sequence[Page],
    site: Site,
    theme: Theme,
    folder: Path,
    standing: Standing,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> Published:
    """Make `folder` hold exactly `pages`, in the order of which single files are replaced.

    With `jobs` above one, or a Dask `scheduler`, much work is shared; `advance` hears how many
    pages of how many are done. Raises DigestError where the folder cannot be written.
    """
    renderer = Renderer(site, theme)
    known = standing.recall(folder)
    marks = {page.path: renderer.fingerprint(page) for page in pages}
    stale = tuple(
        page
        for page in pages
        if (row := known.get(page.path)) is None or row.fingerprint != marks[page.path]
    )
    gone = sorted((known.keys() or set(strays(folder, set(marks)))) - marks.keys())
    fresh = len(pages) - len(stale)
    advance(fresh, len(pages))
    staged = not folder.exists() or (len(stale) > _FEW and len(stale) > _SHARE * max(1, len(pages)))
    outcomes: list[_Outcome] = []
    try:
        with Folder(folder, staged=staged, ours=marks.keys()) as target:
            if staged:
                made = {page.path for page in stale}
                for path, mark in marks.items():
                    if path not in made:
                        target.keep(path, mark)
            for done in _make(_Work(site, theme, stale, marks, target), jobs, scheduler):
                outcomes.append(done)
                advance(fresh + len(outcomes), len(pages))
            target.remove(gone)
    except OSError as error:
        raise DigestError(
            Problem(
                str(error.filename or folder),
                None,
                "error",
                f"cannot be written: {error.strerror}",
                "Make room or get the right to write there, then build again; "
                "the site is as it was.",
            )
        ) from error
    standing.note({done.path: done.row for done in outcomes if done.row is not None}, gone)
    written = [done.path for done in outcomes if done.new]
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
    if scheduler is not None and len(work.pages) >= _WORTH_WORKERS:
        # A cluster need not see this folder: pages go there, and bytes come back.
        ready = [Page(page.path, page.template, page.view) for page in work.pages]
        batches = [ready[at : at + _BATCH] for at in range(0, len(ready), _BATCH)]
        with open_cluster(scheduler) as executor:
            results = run(partial(render_batch, work.site, work.theme), batches, executor)
            for batch, rendered in zip(batches, results, strict=True):
                yield from (_put(work, *pair) for pair in zip(batch, rendered, strict=True))
        return
    if len(work.pages) < _WORTH_WORKERS:
        jobs = 1
    elif jobs > 1:
        _renderer(work.site, work.theme).compile()
    yield from each(_write, work.pages, jobs, work, batch=_BATCH)


def _write(page: Page, work: _Work) -> _Outcome:
    return _put(work, page, _renderer(work.site, work.theme).render(page))


def _put(work: _Work, page: Page, rendered: Rendered) -> _Outcome:
    if rendered.body is None:
        work.target.keep_old(page.path)
        return _Outcome(page.path, None, False, rendered.problem)
    # A page that the default theme stood in for has no mark, and so is tried again next time.
    mark = work.marks[page.path] if rendered.problem is None else b""
    row, new = work.target.write(page.path, rendered.body, mark)
    return _Outcome(page.path, row, new, rendered.problem)


def render_batch(site: Site, theme: Theme, pages: Sequence[Page]) -> tuple[Rendered, ...]:
    """What a worker of a cluster does."""
    renderer = _renderer(site, theme)
    return tuple(map(renderer.render, pages))


@lru_cache(1)
def _renderer(site: Site, theme: Theme) -> Renderer:
    # One a process and build, with its rendered cards.
    return Renderer(site, theme)


def _distinct(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    # One broken template fails on every page: say it once a place.
    first = {(p.path, p.line): p for p in reversed(problems)}
    return tuple(sorted(first.values()))
