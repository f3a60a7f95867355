"""How the papers of a collection and of its tags lie in time, counted once for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from digest.catalogue.timeline import lay_out
from digest.catalogue.trends import Trends, find_trends
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.chart_views import TimeChart

_TELLING = 2
"""Papers that some period of a chart must have: where each has one, nothing is told."""
_SPARK_FROM = 8
"""Papers that a tag needs for a spark line: fewer are told by their number."""
_SPARKS = 20
"""Steps of a spark line, at most."""
_SPARK_HEIGHT = 12
_SHOWN = 40
"""Periods that spark lines span, the newest."""


class Times:
    """The timeline of a catalogue, and the papers of its tags on it."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.timeline = lay_out(names.catalogue.papers)
        width = len(self.timeline.periods[0]) if self.timeline.periods else 0
        self._linked = width < len("2023-09-08") or names.ways.days

    @cached_property
    def tallies(self) -> dict[str, Mapping[int, int]]:
        """By the slug of a tag its papers in each period, by the period's number."""
        tally = self.timeline.tally
        return {slug: tally(tag.papers) for slug, tag in self._names.catalogue.tags.items()}

    @cached_property
    def trends(self) -> Trends | None:
        """What rises and falls among the tags that papers can be about."""
        is_subject = self._names.is_subject
        subjects = {slug: tally for slug, tally in self.tallies.items() if is_subject(slug)}
        return find_trends(self.timeline, subjects)

    @cached_property
    def whole(self) -> TimeChart | None:
        """The chart of all papers."""
        tally = {n: count for n, count in enumerate(self.timeline.totals) if count}
        return self._chart(tally, len(self._names.catalogue.papers))

    def chart(self, papers: Iterable[Paper]) -> TimeChart | None:
        """The chart of `papers` of this catalogue, from the first period that has any to the last;
        None where that is one, or each has but one paper."""
        papers = tuple(papers)
        return self._chart(self.timeline.tally(papers), len(papers))

    def tag_chart(self, slug: str) -> TimeChart | None:
        """The chart of the papers of a tag."""
        return self._chart(self.tallies[slug], len(self._names.catalogue.tags[slug].papers))

    def spark(self, slug: str) -> tuple[int, ...]:
        """The papers of a tag over the newest periods of the collection, several together where
        these are many: heights up to `_SPARK_HEIGHT`. None where the tag has few papers."""
        tally = self.tallies.get(slug, {})
        size = len(self.timeline.periods)
        first = max(0, size - _SHOWN)
        step = -(-(size - first) // _SPARKS)
        if sum(tally.values()) < _SPARK_FROM or size - first < step * 3:
            return ()
        sums = [0] * -(-(size - first) // step)
        for place, count in tally.items():
            if place >= first:
                # Counted from the newest, so that the newest step is a whole one.
                sums[-1 - (size - 1 - place) // step] += count
        most = max(sums)
        return tuple(-(-_SPARK_HEIGHT * count // most) for count in sums) if most else ()

    @property
    def spark_span(self) -> tuple[str, str]:
        """In words, the first and the last period of spark lines; or nothing."""
        periods = self.timeline.periods[-_SHOWN:]
        say = self._names.words.date
        return (say(periods[0]), say(periods[-1])) if len(periods) > 2 else ("", "")

    def _chart(self, tally: Mapping[int, int], papers: int) -> TimeChart | None:
        if len(tally) < 2 or max(tally.values()) < _TELLING:
            return None
        first, last = min(tally), max(tally)
        return TimeChart(
            first=self.timeline.periods[first],
            counts=tuple(tally.get(place, 0) for place in range(first, last + 1)),
            linked=self._linked,
            apart=papers - sum(tally.values()),
        )
