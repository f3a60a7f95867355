"""Who is related to whom, build after build: only where a change can matter it is asked again.

What is known lies in a file beside the ledger, some 2 KB a paper. Like the ledger it may be lost or
broken at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.catalogue.related import Related, Spread
from digest.ledger import Keepsake
from digest.paper import Paper

if TYPE_CHECKING:
    from digest.catalogue.related.relations import Relations


class Kinship:
    """The relations of a digest's papers."""

    def __init__(self, file: Keepsake, *, lasting: bool) -> None:
        """Where builds follow one another in this process (`lasting`), `file` is read once and the
        relations stay at hand."""
        self._file, self._lasting = file, lasting
        self._version = b""
        self._known: Relations | None = None
        self._lists: dict[str, tuple[Related, ...]] = {}

    def relate(
        self, papers: Sequence[Paper], version: bytes, spread: Spread
    ) -> dict[str, tuple[Related, ...]]:
        """What `related.relate` gives. `version`, of 16 bytes, changes with what it rests on."""
        # They need numpy, which takes 0.1 s to import: only a build that relates pays for it.
        from digest.catalogue.related.relations import relate_again  # noqa: PLC0415
        from digest.catalogue.related.storage import dump  # noqa: PLC0415

        known = self._recall(version)
        relations, differing = relate_again(papers, known, spread)
        # A process that stays keeps the file from falling far behind, and no more: writing it takes
        # longer than an edit of one paper may.
        if relations is not known and (known is None or not self._lasting):
            self._file.write(version + dump(relations))
        if not self._lasting:
            return relations.lists()
        if known is not None and known is self._known:
            keys = {paper.key for paper in papers}
            self._lists = {key: own for key, own in self._lists.items() if key in keys}
            self._lists.update((key, relations.of(key)) for key in differing)
        else:
            self._lists = relations.lists()
        self._version, self._known = version, relations
        return self._lists

    def _recall(self, version: bytes) -> Relations | None:
        from digest.catalogue.related.storage import load  # noqa: PLC0415 - as above

        if self._known is not None:
            return self._known if self._version == version else None
        data = self._file.read()
        return load(data[len(version) :]) if data.startswith(version) else None
