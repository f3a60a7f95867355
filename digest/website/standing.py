"""The site as it stands on disk, told by what the system knows of its files."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import structs

from digest.ledger import Ledger, Written
from digest.website.output import Output

_TOUCHED = b""
"""Fingerprint of a file that somebody else wrote."""


class Standing:
    """What is known of the files of a site."""

    def __init__(self, ledger: Ledger, *, lasting: bool) -> None:
        """`lasting` where builds follow one another in this process: from the second on the folder
        is taken to be as the one before left it, unless another process built it since."""
        self._ledger, self._lasting = ledger, lasting
        self._rows: dict[str, Written] | None = None
        self._turn = b""

    def recall(self, output: Output, jobs: int = 1) -> Mapping[str, Written]:
        """Every file of the last build; one that is not as it was left has another fingerprint."""
        if self._rows is None or self._turn != self._ledger.turn() or output.is_new():
            kept = self._ledger.load()
            touched = output.changed(kept, jobs)
            self._rows = {
                path: structs.replace(row, fingerprint=_TOUCHED) if path in touched else row
                for path, row in kept.items()
            }
        return self._rows

    def note(self, changed: Mapping[str, Written], gone: Collection[str]) -> None:
        """Files that were written and removed, after `recall`."""
        if changed or gone:
            self._ledger.save(changed.items(), gone)
        rows = self._rows or {}
        rows.update(changed)
        for path in gone:
            rows.pop(path, None)
        self._rows = rows if self._lasting else None
        self._turn = self._ledger.turn() if self._lasting else b""

    def sizes(self) -> dict[str, int]:
        """The bytes of every file, by its path, after `note`."""
        rows = self._ledger.load() if self._rows is None else self._rows
        return {path: row.size for path, row in rows.items()}
