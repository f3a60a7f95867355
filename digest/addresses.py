"""The addresses of papers over the builds of a digest: `content/addresses.yaml` and what it does.

Read with the content, brought up to date by “digest build” before the site is written (so that no
address is ever seen that the file does not know), and never by the preview.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from digest.catalogue.addresses import Registry, read_registry, registry_text
from digest.catalogue.holders import book, hold
from digest.catalogue.keys import Keyed
from digest.content import ADDRESSES
from digest.paper import Paper
from digest.problems import Problem


class Addresses:
    """Those of one build."""

    def __init__(self, text: str | None) -> None:
        """`text` of the file; None where there is none."""
        self._text = text
        self._before, self.problems = read_registry(text, ADDRESSES)
        self._after: Registry = self._before
        self._marks: dict[str, str] = {}

    def house(self, groups: Sequence[Sequence[Keyed]], papers: list[Paper]) -> list[Paper]:
        """`papers`, understood from `groups`, with their addresses and all that lead to them."""
        held = hold(papers, groups, self._before)
        self._marks = held.marks
        return held.papers

    def gone(self, papers: Iterable[Paper]) -> tuple[str, ...]:
        """Addresses (slugs) that had a paper before and have none of `papers`, which are shown."""
        self._after, gone = book(self._before, papers, self._marks)
        return gone

    def keep(self, folder: Path) -> tuple[Problem, ...]:
        """Write the file in the content folder where anything changed; a note where that fails."""
        if not self._after.leads and self._text is None:
            return ()
        text = registry_text(self._after)
        path = folder / ADDRESSES
        if text == self._text:
            return ()
        if self._text is None and path.exists():
            # It could not be read, which is told already: what it knows must not be written over.
            return ()
        fresh = folder / f".{ADDRESSES}.new"
        try:
            fresh.write_bytes(text.encode())
            fresh.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                fresh.unlink()
            said = f"new addresses could not be noted: {error.strerror}"
            hint = (
                "The site is whole. Let “digest build” write here, so that these addresses go on "
                "working when their papers change or leave."
            )
            return (Problem(ADDRESSES, None, "note", said, hint),)
        return ()
