"""What came on a day: papers that were new, papers that came once more, papers that were revised.

Every record of a paper tells of a day: a listing of the day that it prints, a mail of its `Date`,
an entry of its own date. One record gives the paper, on the day that the paper bears: there it is
*new*. Each other one comes on a day of its own: as a *revision* where it says that the paper was
changed after it appeared (a replacement in an arXiv mail, a later version), else as a *repeat*. A
record that tells of both, when a paper was created and when it was updated, gives it on the first
day and revises it on the second. So what is received in any day, month or year is always what is
new there, what is repeated and what is revised; of a record without a date nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digest.catalogue.dates import infer_published, parse_date
from digest.paper import Came, Paper, Record


class _Told(NamedTuple):
    """What a record says of days, all EDTF."""

    own: str | None
    revised: str | None
    """Where that is after its own."""
    version: int | None


class Arrival(NamedTuple):
    """A paper that came again."""

    paper: Paper
    came: Came


class Tally(NamedTuple):
    """How much came in a day, month or year."""

    new: int
    repeats: int
    revised: int

    @property
    def received(self) -> int:
        """All of it."""
        return self.new + self.repeats + self.revised


def came(records: Sequence[Record], published: str | None) -> tuple[Came, ...]:
    """When a paper that bears the date `published` came again, by date; `records` in any order."""
    if len(records) < 2 and not any(record.updated for record in records):
        return ()
    told = [_told(record, published) for record in records]
    giver = min(range(len(told)), key=lambda place: _foremost(told[place], published))
    versions: dict[str, list[int | None]] = defaultdict(list)
    repeats: list[Came] = []
    for place, one in enumerate(told):
        if one.revised:
            versions[one.revised].append(one.version)
        elif place != giver and one.own:
            if _is_newer(one, told):
                versions[one.own].append(one.version)
            else:
                repeats.append(Came(one.own, "repeat", one.version))
    for date, found in versions.items():
        # A revision that several records tell of is one; the others say it again.
        known: list[int | None] = [*sorted({version for version in found if version})] or [None]
        repeats += [Came(date, "revised", version) for version in known]
        repeats += [Came(date, "repeat")] * (len(found) - len(known))
    return tuple(sorted(repeats, key=lambda one: (one.date, one.kind, one.version or 0)))


def _told(record: Record, published: str | None) -> _Told:
    found = infer_published(record)
    own = found[0] if found else None
    updated = parse_date(record.updated) if record.updated else None
    # What is told no more precisely than the paper's own date is no other date.
    since = published if published and published.startswith(own or "") else own
    revised = updated if updated and (since is None or _is_after(updated, since)) else None
    return _Told(own, revised, record.eprint_version)


def _is_after(date: str, other: str) -> bool:
    """Whether `date` is certainly later: a day of September is not after September."""
    return date > other and not date.startswith(other)


def _foremost(one: _Told, published: str | None) -> tuple[bool, bool, str, int]:
    # Whoever tells of the paper as it first appeared, and of the very day that it bears.
    return one.revised is not None, one.own != published, one.own or "~", one.version or 0


def _is_newer(one: _Told, told: Iterable[_Told]) -> bool:
    """Whether it has a later version than all that came before it, of which one is known."""
    if one.version is None or one.own is None:
        return False
    before = [
        other.version
        for other in told
        if other.version and other.own and _is_after(one.own, other.own)
    ]
    return bool(before) and one.version > max(before)


def by_date(papers: Iterable[Paper]) -> dict[str, tuple[Arrival, ...]]:
    """By year, month and day what came again in it, the latest first; in order of dates."""
    found: dict[str, list[Arrival]] = defaultdict(list)
    for paper in papers:
        for one in paper.came:
            for length in (4, 7, 10):
                if len(one.date) >= length:
                    found[one.date[:length]].append(Arrival(paper, one))
    for arrivals in found.values():
        arrivals.sort(key=lambda arrival: arrival.paper.key)
        arrivals.sort(key=lambda arrival: arrival.came.date, reverse=True)
    return {date: tuple(found[date]) for date in sorted(found)}


def count(
    date: str,
    new: Mapping[str, Sequence[Paper]],
    again: Mapping[str, Sequence[Arrival]],
) -> Tally:
    """What came in a year, month or day, where both mappings go by these."""
    arrivals = again.get(date, ())
    revised = sum(arrival.came.kind == "revised" for arrival in arrivals)
    return Tally(len(new.get(date, ())), len(arrivals) - revised, revised)
