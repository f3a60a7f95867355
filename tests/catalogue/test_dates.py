"""Dates are read as precisely as they are printed, and inferred from the best evidence there is."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.dates import (
    choose_date,
    date_of_eprint,
    infer_published,
    month,
    parse_date,
    precision,
    year,
    year_of_comment,
    year_of_reference,
)
from digest.paper import Record, Venue
from tests.watchdog import ends


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("Mar 4, 2021", "2021-03-04"),
        ("March 4th, 2021", "2021-03-04"),
        ("4 March 2021", "2021-03-04"),
        ("04-Mar-2021", "2021-03-04"),
        ("Thu, 4 Mar 2021 10:20:30 GMT", "2021-03-04"),
        ("2021/03/04", "2021-03-04"),
        ("2021-3-4", "2021-03-04"),
        ("20210304", "2021-03-04"),
        ("2021 Mar 4", "2021-03-04"),
        ("2021-03-04T10:20:30Z", "2021-03-04"),
        ("2021-03-04T10:20:30.123456+01:00", "2021-03-04"),
        ("2021-03-04 10:20", "2021-03-04"),
        ("2021-03", "2021-03"),
        ("2021 Mar", "2021-03"),
        ("March 2021", "2021-03"),
        ("Sept. 2021", "2021-09"),
        (" 2021 ", "2021"),
        ("25/12/2020", "2020-12-25"),
        ("12/25/2020", "2020-12-25"),
        ("05/05/2020", "2020-05-05"),
        ("03/04/2024", "2024"),
        ("29 February 2024", "2024-02-29"),
        ("29 February 2023", None),
        ("2021-13-01", None),
        ("2021-00", None),
        ("45/45/2020", None),
        ("1776-07-04", None),
        ("2101", None),
        ("Foo 2021", None),
        ("yesterday", None),
        ("", None),
        ("2021" * 50, None),
    ],
)
def test_printed_dates(printed: str, edtf: str | None) -> None:
    assert parse_date(printed) == edtf


@pytest.mark.parametrize(
    ("eprint", "edtf"),
    [
        ("2309.04669", "2023-09"),
        ("0704.0001", "2007-04"),
        ("hep-th/9901001", "1999-01"),
        ("math/0701005", "2007-01"),
        ("math.GT/0309136", "2003-09"),
        ("2313.04669", None),
        ("hep-th/9013001", None),
        ("hep-th/8901001", None),
        ("9901.00001", None),
        ("nonsense", None),
    ],
)
def test_the_month_of_a_number(eprint: str, edtf: str | None) -> None:
    assert date_of_eprint(eprint) == edtf


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("Phys.Rev.Lett.71:1987-1990,1993", 1993),
        ("Phys. Rev. D 50, 2001", None),
        ("Phys. Rev. D 50, 2001 (1994)", 1994),
        ("J. Phys. A 12, pp. 1990-1999", None),
        ("2014, ApJ, 785, L4", 2014),
        ("MNRAS, 2020, 520, 1990", 2020),
        ("Galaxies 2023, 11(2), 39", 2023),
        ("Adv. High Energy Phys. Vol. 2014, 434539 (2015)", 2015),
        ("Proc. of the Gadget Conf. (GC '98), Oslo", 1998),
        ("J. Gadgets, June 2011, pp. 1-9", 2011),
        ("MNRAS (June 21, 2014) 441 (2): 1305-1316", 2014),
        ("Foo 12 (pp. 1999)", None),
        ("JHEP 07 (2013) 1987", 2013),
        ("", None),
    ],
)
def test_the_year_of_a_reference(ref: str, expected: int | None) -> None:
    assert year_of_reference(ref) == expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("To appear in CVPR 2023", 2023),
        ("Talk given at the Ropes Workshop, Oslo, June 1998", 1998),
        ("ACL 2022, 14 pages", 2022),
        ("submitted May 2010", None),
        ("Submitted to ICML 2010", None),
        ("pages 2010-2020", None),
        ("Supernova 1987A: 20 years", None),
        ("overlap with arXiv:2001.01234", None),
        ("2010 figures", None),
    ],
)
def test_the_year_of_a_comment(comment: str, expected: int | None) -> None:
    assert year_of_comment(comment) == expected


def record(**fields: str) -> Record:
    return Record(span=(0, 1), **fields)  # type: ignore[arg-type]


def test_the_strongest_evidence_is_named() -> None:
    everything = {
        "published": "2020-05-06",
        "published_as": "created",
        "eprint": "2006.00001",
        "journal_ref": "Foo 1 (2021) 2",
        "comment": "Accepted at CVPR 2022",
    }
    seen = []
    for gone in ("", "published", "eprint", "journal_ref", "comment"):
        everything.pop(gone, None)
        seen.append(infer_published(record(**everything)))
    assert seen == [
        ("2020-05-06", "created"),
        ("2020-06", "arxiv-id"),
        ("2021", "journal-ref"),
        ("2022", "comment"),
        None,
    ]
    assert infer_published(record(), Venue("kdd", "KDD", 2019)) == ("2019", "venue")


def test_a_weaker_evidence_may_only_refine() -> None:
    assert infer_published(record(published="2023", eprint="2309.04669")) == ("2023-09", "arxiv-id")
    assert infer_published(record(published="2022", published_as="page", eprint="2309.04669")) == (
        "2022",
        "page",
    )
    assert infer_published(record(published="soon", eprint="2309.04669")) == ("2023-09", "arxiv-id")


def test_the_choice_does_not_depend_on_the_order() -> None:
    found = [
        ("2023", "page"),
        ("2023-09-08", "created"),
        ("2022-01", "arxiv-id"),
        ("2021", "comment"),
        ("2023-11", "page"),
    ]
    assert {choose_date(order) for order in itertools.permutations(found)} == {
        ("2023-09-08", "created")
    }
    assert choose_date([]) is None


def test_parts_of_a_date() -> None:
    assert [precision(d) for d in ("2023", "2023-09", "2023-09-08")] == ["year", "month", "day"]
    assert [month(d) for d in ("2023", "2023-09", "2023-09-08")] == [None, "2023-09", "2023-09"]
    assert {year(d) for d in ("2023", "2023-09", "2023-09-08")} == {"2023"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_survived(one: str, other: str) -> None:
    found = infer_published(record(published=one, eprint=one, journal_ref=other, comment=other))
    assert found is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", found[0])


@given(st.dates())
def test_every_day_is_read_back(day) -> None:
    fits = 1900 <= day.year <= 2100
    for form in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year:04}",
        f"{day:%b} {day.day}, {day.year:04}",
    ):
        assert parse_date(form) == (day.isoformat() if fits else None)


@pytest.mark.parametrize(
    "piece", ["1", "2020", "2020-", "(2020", "'9", "Jan ", "a ", "accepted 2020 "]
)
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with ends():
        found = infer_published(record(published=text, eprint=text, journal_ref=text, comment=text))
    assert found is None or parse_date(found[0]) == found[0]


@given(
    published=st.sampled_from([None, "2003", "2003-04", "2003-04-05", "no date"]),
    label=st.sampled_from([None, "created", "arxiv-id", "journal-ref", "comment"]),
    eprint=st.sampled_from([None, "0304.0001", "hep-th/0304001", "0704.0001"]),
    ref=st.sampled_from([None, "Acta Breadologica 12 (2004) 1-9", "Acta B. 3, 1"]),
    comment=st.sampled_from([None, "9 pages", "to appear in Acta B., 2005", "talk, 2001"]),
    venue=st.sampled_from([None, Venue("acta", "Acta", 2002), Venue("acta", "Acta", None)]),
)
def test_what_is_not_looked_for_would_change_nothing(
    published: str | None,
    label: str | None,
    eprint: str | None,
    ref: str | None,
    comment: str | None,
    venue: Venue | None,
) -> None:
    """Weaker evidence is left aside only where the choice among all evidence is the same."""
    found = [(parse_date(published or ""), label or "published")]
    found.append((date_of_eprint(eprint or ""), "arxiv-id"))
    found.append((year_of_reference(ref) if ref else None, "journal-ref"))
    found.append((venue.year if venue else None, "venue"))
    found.append((year_of_comment(comment) if comment else None, "comment"))
    row = record(
        published=published, published_as=label, eprint=eprint, journal_ref=ref, comment=comment
    )
    assert infer_published(row, venue) == choose_date((str(d), why) for d, why in found if d)
