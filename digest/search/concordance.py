"""The index of a digest, build after build: only what changed is read again.

What is known lies in a file beside the ledger, some 1.5 KB a paper. Like the ledger it may be lost
or broken at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.ledger import Keepsake
from digest.paper import Paper

if TYPE_CHECKING:
    from digest.search.documents import Broader
    from digest.search.index import Index, Spread

_FEW = 100
"""Papers."""


class Concordance:
    """In which papers of a digest each word stands."""

    def __init__(self, file: Keepsake, *, lasting: bool) -> None:
        """Where builds follow one another in this process (`lasting`), `file` is read once and the
        index stays at hand."""
        self._file, self._lasting = file, lasting
        self._version = b""
        self._known: Index | None = None

    def renew(
        self,
        papers: Sequence[Paper],
        marks: Sequence[bytes],
        broader: Broader | None,
        version: bytes,
        spread: Spread,
    ) -> Index:
        """The index of `papers`, whose `marks` change with what they say. `version`, of 16 bytes,
        changes with what `broader` and the reading of papers rest on."""
        # It needs numpy, which takes 0.1 s to import: only a build with a search pays for it.
        from digest.search.index import empty, renew  # noqa: PLC0415
        from digest.search.storage import dump  # noqa: PLC0415

        known = self._recall(version)
        renewed = renew(known or empty(), papers, marks, broader, spread)
        index = renewed.now
        # As with relations: a process that stays writes the file once. Nor is it written where few
        # papers differ from what it says: to read these again costs less than to write it.
        if known is None or (not self._lasting and renewed.differing > _FEW):
            self._file.write(version, *dump(index))
        if self._lasting:
            self._version, self._known = version, index
        return index

    def _recall(self, version: bytes) -> Index | None:
        from digest.search.storage import load  # noqa: PLC0415 - as above

        if self._known is not None:
            return self._known if self._version == version else None
        data = self._file.read()
        return load(data, len(version)) if data.startswith(version) else None
