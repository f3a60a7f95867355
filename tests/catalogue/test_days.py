"""What came on a day is counted honestly: numbers add up, and each is told by records."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from digest.catalogue.catalogue import Catalogue, make_catalogue
from digest.catalogue.days import Tally, by_date, came, count
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.understand import understand
from digest.catalogue.venues.registry import load_venues
from digest.paper import Came, Paper, Record, Sighting


def record(published: str | None = None, **fields: object) -> Record:
    return structs.replace(Record(span=(0, 9), published=published), **fields)


def test_one_record_that_says_no_more_than_its_date_comes_once() -> None:
    """Where each record is a new paper there is nothing else to tell."""
    assert came([record("2023-09-08")], "2023-09-08") == ()
    assert came([record("2023-09-08", updated="2023-09-08")], "2023-09-08") == ()


def test_a_paper_listed_again_is_a_repeat_on_the_later_day() -> None:
    """Two daily listings name one paper: it is new on the first day and a repeat on the second."""
    again = came([record("2023-09-09"), record("2023-09-08")], "2023-09-08")
    assert again == (Came("2023-09-09", "repeat"),)


def test_the_same_file_twice_is_a_repeat_on_the_same_day() -> None:
    """A listing that was saved twice gives every paper once more on its own day."""
    again = came([record("2023-09-08"), record("2023-09-08")], "2023-09-08")
    assert again == (Came("2023-09-08", "repeat"),)


def test_a_replacement_comes_on_the_day_of_the_revision() -> None:
    """An arXiv mail repeats the first date of a paper that it says was replaced; it came later."""
    mail = record("2023-06-07", updated="2023-09-08", eprint="2306.04713")
    first = record("2023-06-07", eprint="2306.04713")
    assert came([mail, first], "2023-06-07") == (Came("2023-09-08", "revised"),)


def test_a_record_with_both_dates_gives_and_revises() -> None:
    """An export with `created` and `updated` tells of two days."""
    both = record("2023-01-02", updated="2023-05-05", eprint_version=3)
    assert came([both], "2023-01-02") == (Came("2023-05-05", "revised", 3),)


def test_a_revision_that_two_sources_tell_of_is_one() -> None:
    """The second says it again, on the same day."""
    one = record("2023-01-02", updated="2023-05-05")
    assert came([one, one, record("2023-01-02")], "2023-01-02") == (
        Came("2023-05-05", "repeat"),
        Came("2023-05-05", "revised"),
    )


def test_a_later_version_is_a_revision_only_where_an_earlier_one_is_known() -> None:
    """A listing that prints `v2` after one with `v1` tells of a revision; alone it is a repeat."""
    v1 = record("2023-09-08", eprint="2309.00001", eprint_version=1)
    v2 = record("2023-10-02", eprint="2309.00001", eprint_version=2)
    none = record("2023-09-08", eprint="2309.00001")
    assert came([v1, v2], "2023-09-08") == (Came("2023-10-02", "revised", 2),)
    assert came([none, v2], "2023-09-08") == (Came("2023-10-02", "repeat", 2),)


def test_an_update_in_a_month_known_only_by_the_identifier_is_no_revision() -> None:
    """`2309.00001`, updated on a day of that month, may well be of that day."""
    bare = record(eprint="2309.00001", updated="2023-09-08")
    assert came([bare], "2023-09") == ()
    # A source that knows the day makes it one.
    assert came([bare, record("2023-09-01")], "2023-09-01") == (Came("2023-09-08", "revised"),)


def test_a_record_without_a_date_comes_on_no_day() -> None:
    """Nothing is known of when it came, so no day counts it."""
    assert came([record("2023-09-08"), record(title="A title")], "2023-09-08") == ()


DATES = st.sampled_from(
    [None, "2023", "2023-09", "2023-09-08", "2023-09-09", "2023-10-01", "2024-01-02"]
)
RECORDS = st.builds(
    record,
    DATES,
    updated=DATES,
    eprint_version=st.sampled_from([None, 1, 2, 3]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=5), DATES, st.randoms(use_true_random=False))
def test_order_plays_no_part_and_nothing_is_counted_twice(
    records: list[Record], published: str | None, chance: random.Random
) -> None:
    """Records in any order give the same; one of them gives the paper, and may revise it, and each
    other comes at most once."""
    found = came(records, published)
    mixed = [*records]
    chance.shuffle(mixed)
    assert came(mixed, published) == found
    assert len(found) <= len(records)
    assert list(found) == sorted(found, key=lambda one: (one.date, one.kind, one.version or 0))


KNOWN = Knowledge(taxonomy := load_taxonomy(None, "")[0], Matcher(taxonomy), load_venues(), False)


def catalogue_of(papers: list[Paper]) -> Catalogue:
    return make_catalogue(papers, taxonomy, len(papers), relate=lambda _: {})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(RECORDS, min_size=1, max_size=4)), min_size=1, max_size=6))
def test_the_numbers_of_every_day_month_and_year_add_up(groups: list[tuple[list[Record]]]) -> None:
    """Received is new, repeats and revised, each as many as are listed; a month has at least what
    its days have, a year at least what its months have, and all years all that is dated."""
    papers = [
        Paper(
            key=f"text:{place}",
            slug=f"p-{place}",
            title=f"Title {place}",
            title_source="given",
            published=(published := max((r.published or "" for r in group), default="") or None),
            came=came(group, published),
        )
        for place, (group,) in enumerate(groups)
    ]
    catalogue = catalogue_of(papers)
    dates = {*catalogue.dates, *catalogue.again}
    tallies = {date: count(date, catalogue.dates, catalogue.again) for date in dates}
    for date, tally in tallies.items():
        listed = catalogue.again.get(date, ())
        assert tally.received == tally.new + tally.repeats + tally.revised > 0
        assert tally.new == len(catalogue.dates.get(date, ()))
        assert tally.repeats == sum(a.came.kind == "repeat" for a in listed)
        assert tally.revised == sum(a.came.kind == "revised" for a in listed)
    for width, finer in ((4, 7), (7, 10)):
        for date in dates:
            if len(date) == width:
                within = [t for d, t in tallies.items() if len(d) == finer and d.startswith(date)]
                assert tallies[date].received >= sum(t.received for t in within)
    years = sum(t.received for date, t in tallies.items() if len(date) == 4)
    assert years == sum(bool(p.published) + len(p.came) for p in papers)
    assert by_date(reversed(papers)) == catalogue.again


def test_understanding_tells_when_a_paper_came_again(sighting: Callable[..., Sighting]) -> None:
    """Sightings of one paper in any order make a Paper that knows its days; what was looked up
    elsewhere is no arrival."""
    sightings = [
        sighting("mon.txt", title="On ice", published="2023-09-08", eprint="2309.00001"),
        sighting("tue.txt", title="On ice", published="2023-09-09", eprint="2309.00001"),
        sighting("mail.txt", title="On ice", updated="2023-09-20", eprint="2309.00001"),
    ]
    wanted = (Came("2023-09-09", "repeat"), Came("2023-09-20", "revised"))
    for group in itertools.permutations(sightings):
        assert understand(group, KNOWN).came == wanted
    found = sightings[1]
    enriched = Sighting(found.record, structs.replace(found.source, format="enriched"))
    assert understand((sightings[0], enriched), KNOWN).came == ()


@pytest.mark.parametrize(("new", "repeats", "revised"), [(0, 0, 0), (9, 2, 1)])
def test_received_is_the_sum(new: int, repeats: int, revised: int) -> None:
    """`12 received, 9 new, 2 repeats, 1 revised`."""
    assert Tally(new, repeats, revised).received == new + repeats + revised
