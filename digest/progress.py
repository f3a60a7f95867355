"""Progress of a build on a terminal; silent elsewhere."""

from __future__ import annotations

import sys
from typing import Any

from digest.interrupt import heed

_STAGES = {
    "read": "Reading",
    "understand": "Understanding",
    "render": "Making pages",
    "check": "Checking pages",
    "index": "Indexing the collection, once",
    "match": "Looking papers up",
    "ask": "Asking",
}


class Bar:
    """Progress on a terminal; silent elsewhere."""

    def __init__(self, *, visible: bool) -> None:
        self._progress: Any = None
        self._task: Any = None
        self._stage = ""
        if visible and sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415 - only for people
            from rich.progress import Progress  # noqa: PLC0415 - likewise

            self._progress = Progress(console=Console(stderr=True), transient=True)

    def __enter__(self) -> Bar:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Hear of progress. Raises KeyboardInterrupt where Ctrl-C was pressed and went unheard."""
        heed()
        if not self._progress:
            return
        if stage != self._stage:
            self._stage = stage
            self._task = self._progress.add_task(_STAGES[stage], total=total or None)
        self._progress.update(self._task, completed=done, total=total or None)
