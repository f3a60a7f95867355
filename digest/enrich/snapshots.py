"""Collections on disk, asked for papers: any file that digest reads, of any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from digest.catalogue.cleaning import cleaned
from digest.catalogue.dates import parse_date
from digest.enrich.gaps import Gap
from digest.enrich.index import Index, build_index, open_index
from digest.enrich.judge import NOTHING, Candidate, Verdict, judge
from digest.enrich.keys import exact_keys, near_keys
from digest.enrich.wording import words
from digest.paper import Record, Sighting
from digest.problems import DigestError, Problem
from digest.readers import read_parts
from digest.text import content_hash

Advance = Callable[[str, int, int], None]
"""Hears a stage, how much of it is done, and how much there is (0: not known)."""
_AT_A_TIME = 500
"""Papers that are asked for in one go."""
_EXACT = 20
"""Records of one key that are looked at."""
_NEAR = 8
"""Records whose abstracts share most with the one asked for."""
_SAMPLE = 2**20
_ARCHIVES = frozenset({"arxiv", "arxiv.org", "corr"})
"""Names of venues that are none."""


class Snapshot:
    """A collection and its index."""

    def __init__(self, path: Path, index: Index) -> None:
        self.name, self._index = path.name, index

    @property
    def records(self) -> int:
        """How many there are."""
        return self._index.about.records

    @property
    def mark(self) -> str:
        """Of the content, the same wherever the file lies."""
        return self._index.about.mark

    def close(self) -> None:
        """Let go of its files."""
        self._index.close()

    def find(self, gaps: Sequence[Gap]) -> list[list[Candidate]]:
        """For each paper the records that bear an identifier, title or abstract of it."""
        keys = [
            np.array(exact_keys(gap.known, words(gap.known.abstract)), np.uint64) for gap in gaps
        ]
        return [
            [self._candidate(row) for row in np.unique(rows)[:_EXACT]]
            for rows in self._index.rows(keys)
        ]

    def find_alike(self, gaps: Sequence[Gap]) -> list[list[Candidate]]:
        """For each paper the records whose abstracts share most with its own."""
        keys = [near_keys(words(gap.known.abstract)) for gap in gaps]
        return [
            [self._candidate(row) for row in _most_shared(rows)] for rows in self._index.rows(keys)
        ]

    def _candidate(self, row: int) -> Candidate:
        return Candidate(self._index.record(int(row)), self.name, self.mark)


def _most_shared(rows: NDArray[np.uint32]) -> list[int]:
    """The records that are met most often, but for those met by far less often than the first."""
    counts = sorted(Counter(rows.tolist()).items(), key=lambda c: (-c[1], c[0]))[:_NEAR]
    return [row for row, count in counts if 2 * count >= counts[0][1]]


def open_snapshot(
    path: Path, memory: Path, fields: Mapping[str, str], version: bytes, advance: Advance
) -> Snapshot:
    """The collection in the file `path`, indexed in the folder `memory` where it is not yet.

    Raises DigestError where the file cannot be read or holds no record.
    """
    try:
        state, mark = _state(path), _mark(path)
    except OSError as error:
        said = f"cannot be read: {error.strerror or error}"
        raise DigestError(
            Problem(path.as_posix(), None, "error", said, "Check the path and your rights.")
        ) from error
    name = content_hash(path.resolve().as_posix(), 16)
    folder = memory / f"snapshot-{name}"
    way = content_hash(version + state + repr(sorted(fields.items())).encode(), 16)
    index = open_index(folder, mark, way)
    if index is None:
        problems: list[Problem] = []
        records = _records(path, fields, problems)
        build_index(folder, mark, way, records, lambda done: advance("index", done, 0))
        index = open_index(folder, mark, way)
        if index is None or not index.about.records:
            hint = "“digest read” shows what is understood of it."
            raise DigestError(
                *problems, Problem(path.as_posix(), None, "error", "holds no paper", hint)
            )
    return Snapshot(path, index)


def fill(gaps: Sequence[Gap], snapshots: Sequence[Snapshot], advance: Advance) -> list[Verdict]:
    """What the collections tell of each paper."""
    verdicts: list[Verdict] = []
    for start in range(0, len(gaps), _AT_A_TIME):
        some = gaps[start : start + _AT_A_TIME]
        exact = _pooled([snapshot.find(some) for snapshot in snapshots])
        own = [judge(gap, met) for gap, met in zip(some, exact, strict=True)]
        # An abstract that is not there letter by letter may be there in another wording.
        again = [
            place
            for place, verdict in enumerate(own)
            if verdict.match is None and some[place].known.abstract
        ]
        asked = [some[place] for place in again]
        near = _pooled([snapshot.find_alike(asked) for snapshot in snapshots])
        for place, met in zip(again, near, strict=True):
            verdict = judge(
                some[place], [*exact[place], *(c for c in met if c not in exact[place])]
            )
            if verdict != NOTHING:
                own[place] = verdict
        verdicts += own
        advance("match", len(verdicts), len(gaps))
    return verdicts


def _pooled(found: Sequence[list[list[Candidate]]]) -> list[list[Candidate]]:
    return [[c for part in parts for c in part] for parts in zip(*found, strict=True)]


def _records(path: Path, fields: Mapping[str, str], problems: list[Problem]) -> Iterator[Record]:
    for part in read_parts(path, path.name, fields=fields):
        problems += (p for p in part.reading.problems if p.severity == "error")
        for sighting in part.reading.sightings:
            yield bare(cleaned(sighting))


def bare(sighting: Sighting) -> Record:
    """What a record can give to another: no more is kept."""
    record = sighting.record
    venue = record.venue
    return structs.replace(
        record,
        span=(0, 0),
        venue=None if venue and venue.casefold() in _ARCHIVES else venue,
        published=parse_date(record.published) if record.published else None,
        links=(),
        tags=(),
    )


def _state(path: Path) -> bytes:
    state = path.stat()
    return f"{state.st_size} {state.st_mtime_ns}".encode()


def _mark(path: Path) -> str:
    """A short hash of a file's size, beginning and end."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        digest = blake2b(str(size).encode() + file.read(_SAMPLE), digest_size=6)
        file.seek(max(0, size - _SAMPLE))
        digest.update(file.read(_SAMPLE))
    return digest.hexdigest()
