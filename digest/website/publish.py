"""Planned pages become the site: what is stale is rendered, in batches, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import cache, partial
from pathlib import Path

from msgspec import Struct

from digest.executors import run
from digest.ledger import Ledger, Written
from digest.problems import DigestError, Problem
from digest.website.output import Folder, is_as_left, strays
from digest.website.pages import Page
from digest.website.render import Rendered, Renderer
from digest.website.theme import Theme
from digest.website.views import Site

_BATCH = 200
_WORTH_WORKERS = 400
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


def publish(
    pages: Sequence[Page],
    site: Site,
    theme: Theme,
    folder: Path,
    ledger: Ledger,
    executor: Callable[[], Executor | None],
    advance: Callable[[int], None] = lambda _pages: None,
) -> Published:
    """Make `folder` hold exactly `pages`, in the order of which single files are replaced.

    `executor` is called only where there is enough to do for one; `advance` hears how many pages
    are done. Raises DigestError where the folder cannot be written.
    """
    renderer = Renderer(site, theme)
    known = ledger.load()
    marks = {page.path: renderer.fingerprint(page) for page in pages}
    stale = [
        page
        for page in pages
        if (row := known.get(page.path)) is None
        or row.fingerprint != marks[page.path]
        or not is_as_left(folder / page.path, row)
    ]
    gone = sorted((known.keys() or set(strays(folder, set(marks)))) - marks.keys())
    advance(len(pages) - len(stale))
    staged = not folder.exists() or (len(stale) > _FEW and len(stale) > _SHARE * max(1, len(pages)))
    changed: list[tuple[str, Written]] = []
    problems: list[Problem] = []
    written = failed = 0
    try:
        with Folder(folder, staged=staged) as target:
            if staged:
                fresh = {page.path for page in stale}
                for path, mark in marks.items():
                    if path not in fresh:
                        target.keep(path, mark)
            workers = executor() if len(stale) >= _WORTH_WORKERS else None
            for page, rendered in _render(stale, renderer, site, theme, workers):
                advance(1)
                if rendered.problem is not None:
                    problems.append(rendered.problem)
                if rendered.body is None:
                    failed += 1
                    if staged and (folder / page.path).is_file():
                        target.keep(page.path, b"")
                    continue
                row, new = target.write(page.path, rendered.body, marks[page.path])
                # A page that the default theme stood in for is tried again next time.
                changed.append(
                    (page.path, row)
                    if rendered.problem is None
                    else (page.path, Written(b"", row.size, row.mtime_ns))
                )
                written += new
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
    if changed or gone:
        ledger.save(changed, gone)
    return Published(written, len(pages) - written - failed, len(gone), _distinct(problems))


def _render(
    pages: Sequence[Page], renderer: Renderer, site: Site, theme: Theme, executor: Executor | None
) -> Iterator[tuple[Page, Rendered]]:
    if executor is None:
        for page in pages:
            yield page, renderer.render(page)
        return
    batches = [tuple(pages[i : i + _BATCH]) for i in range(0, len(pages), _BATCH)]
    for batch, done in zip(
        batches, run(partial(render_batch, site, theme), batches, executor), strict=True
    ):
        yield from zip(batch, done, strict=True)


def render_batch(site: Site, theme: Theme, pages: Sequence[Page]) -> tuple[Rendered, ...]:
    """What a worker does."""
    renderer = _renderer(site, theme)
    return tuple(map(renderer.render, pages))


@cache
def _renderer(site: Site, theme: Theme) -> Renderer:
    # One compiled theme a process, not one a batch.
    return Renderer(site, theme)


def _distinct(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    # One broken template fails on every page: say it once a place.
    first = {(p.path, p.line): p for p in reversed(problems)}
    return tuple(sorted(first.values()))
