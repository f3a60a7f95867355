"""A build: alone, and spared where nothing changed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, structs

from digest.config import Config
from digest.content import Content, find_content, read_addresses, state_of
from digest.ledger import Keepsake, Ledger, Written
from digest.problems import DigestError, Problem
from digest.shelf import encode
from digest.task import Progress, Report, Task
from digest.text import content_hash, mark_of
from digest.version import version_mark
from digest.website.output import open_output
from digest.website.theme import load_theme

if TYPE_CHECKING:
    # A build that changes nothing needs none of these, which take the longest to import.
    from digest.glance import Glass
    from digest.understanding import Memory, Understood

MEMORY = ".digest"
"""Folder of the ledger, beside digest.yaml. May be deleted at any moment."""
_LAST = "last"


class _Last(Struct, frozen=True):
    """The last build, as the ledger keeps it."""

    report: Report
    """As of one that changed nothing."""
    site: bytes
    """The mark of the site as it was left."""
    today: str
    """The day as of which nothing waited: nor does anything on a later one."""


class Workshop:
    """Builds of one digest, each of which remembers what those before it made."""

    def __init__(self, root: Path, config: Config, *, lasting: bool = True) -> None:
        """The digest in the folder `root`; not `lasting` where one build is all, which then takes
        less memory, and notes the papers' addresses in the content folder."""
        self._root, self._config, self._lasting = root, config, lasting
        place = open_output(root, config.output, root / MEMORY).name
        name = content_hash(place)
        self._ledger = Ledger(root / MEMORY / f"ledger-{name}.sqlite")
        self._related = Keepsake(root / MEMORY / f"related-{name}.bin")
        self._search = Keepsake(root / MEMORY / f"search-{name}.bin")
        self._memory: Memory | None = None
        self._glass: Glass | None = None
        self._aside: dict[str, Written] = {}
        """Pages that were written beside a build."""

    def build(
        self,
        *,
        jobs: int,
        scheduler: str | None = None,
        clean: bool = False,
        progress: Progress = lambda _stage, _done, _total: None,
        today: str = "9999",
        drafts: bool = False,
    ) -> Report:
        """Make the site: without drafts and what is dated after `today` (`2026-11-22`), or, with
        `drafts`, with both. Raises DigestError where it cannot be made at all; all else is in the
        report."""
        content_folder = self._root / self._config.content
        self._output = open_output(self._root, self._config.output, self._root / MEMORY)
        self._output.prepare(content_folder)
        with _alone(self._root / MEMORY):
            started = time.perf_counter()
            if clean:
                self._forget()
            content = find_content(content_folder)
            task = self._task(content, today, drafts=drafts)
            mark = _mark(task)
            report = self._as_left(mark, today) if mark else None
            if report is None:
                from digest.pipeline import run  # noqa: PLC0415 - only where there is work

                self._memory = self._memory or self._recollect()
                report = run(task, self._memory, jobs, scheduler, progress)
                if not self._lasting:
                    self._memory = None
                    if mark:
                        # The build has noted addresses: the next finds what this one left.
                        kept = read_addresses(content_folder)
                        content = structs.replace(content, addresses=kept)
                        mark = _mark(task._replace(content=content))
                    self._note(mark, report, today)
            return structs.replace(report, seconds=round(time.perf_counter() - started, 3))

    def understand(
        self,
        *,
        jobs: int,
        progress: Progress = lambda _stage, _done, _total: None,
        today: str = "9999",
    ) -> Understood:
        """What a build would know of the papers, without making anything of them. Raises
        DigestError as `build` does."""
        from digest.understanding import understand  # noqa: PLC0415 - as above

        self._output = open_output(self._root, self._config.output, self._root / MEMORY)
        with _alone(self._root / MEMORY):
            content = find_content(self._root / self._config.content)
            return understand(self._task(content, today), self._recollect(), jobs, progress)

    def _task(self, content: Content, today: str, *, drafts: bool = False) -> Task:
        return Task(
            self._config,
            content,
            {name: state_of(path) for path, name in content.papers},
            load_theme(self._root / self._config.templates),
            self._output,
            today,
            drafts,
            None if self._lasting else self._root / self._config.content,
        )

    def _recollect(self) -> Memory:
        from digest.understanding import Memory  # noqa: PLC0415 - as above

        return Memory(self._ledger, self._related, self._search, lasting=self._lasting)

    def glance(self, names: Iterable[str], *, aside: bool = False) -> tuple[str, ...]:
        """Write the pages of papers that changed in files of the content folder, by their names in
        it, before all is built; the paths of these pages. See `digest.glance`.

        `aside`: in another thread than that of a build that goes on. The build may put its own in
        their place, so another glance is to be taken after it."""
        folder = self._root / self._config.content
        files = [(folder / name, name) for name in names if (folder / name).is_file()]
        memory, site = self._memory, self._root / self._config.output
        if memory is None or memory.last is None:
            return ()
        with contextlib.nullcontext() if aside else _alone(self._root / MEMORY):
            from digest.glance import Glass  # noqa: PLC0415 - as above

            self._glass = self._glass or Glass()
            written = self._glass.glance(memory.last, files, site)
            self._aside.update(written)
            if self._aside and not aside:
                memory.standing.note(self._aside, ())
                self._aside = {}
        return tuple(written)

    def _as_left(self, mark: bytes, today: str) -> Report | None:
        """What was last built, where it was made of the same and stands as it was left."""
        stored = self._ledger.recall(_LAST).get(mark)
        if stored is None:
            return None
        try:
            last = msgspec.msgpack.decode(stored, type=_Last)
        except msgspec.MsgspecError:
            return None
        return last.report if today >= last.today and last.site == self._output.mark() else None

    def _note(self, mark: bytes, report: Report, today: str) -> None:
        said = structs.replace(
            report, written=0, unchanged=report.pages, removed=0, stages=(), changed=()
        )
        # What failed is tried again, and what was written just now may be written again unseen.
        whole = report.written + report.unchanged == report.pages
        sound = mark and whole and not report.due and not report.unkept
        site = self._output.mark()
        made = {mark: encode(_Last(said, site, today))} if sound and site else {}
        self._ledger.keep(_LAST, made, self._ledger.recall(_LAST).keys() - made.keys())

    def _forget(self) -> None:
        self._ledger.forget()
        self._memory = None
        self._related.forget()
        self._search.forget()
        self._output.clear()


def build(
    root: Path,
    config: Config,
    *,
    jobs: int,
    scheduler: str | None = None,
    clean: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
    today: str = "9999",
) -> Report:
    """Make the site of the digest in `root`, once; see `Workshop.build`."""
    return Workshop(root, config, lasting=False).build(
        jobs=jobs, scheduler=scheduler, clean=clean, progress=progress, today=today
    )


def _mark(task: Task) -> bytes:
    """Hash of all that the site is made of; empty where a file was written just now."""
    if not all(task.states.values()):
        return b""
    content, theme = task.content, task.theme
    said = (
        content.pages,
        content.notes,
        content.taxonomy,
        content.problems,
        content.enriched,
        content.addresses,
        content.people,
    )
    return mark_of(
        version_mark(),
        *map(
            encode,
            (task.config, task.drafts, said, theme.fingerprint, theme.assets_mark),
        ),
        encode(list(task.states.items())),
    )


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
