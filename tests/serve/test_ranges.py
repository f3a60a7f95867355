"""What of a file is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.serve.ranges import judge, version_of, wanted

VERSION = version_of(1_700_000_000_123_456_789, 100)
OTHER = '"other"'
BEFORE, AFTER = "Tue, 14 Nov 2023 22:13:19 GMT", "Tue, 14 Nov 2023 22:13:21 GMT"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"If-None-Match": VERSION.etag}, 304),
        ({"If-None-Match": "W/" + VERSION.etag}, 304),
        ({"If-None-Match": f"{OTHER}, {VERSION.etag}"}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": OTHER, "If-Modified-Since": VERSION.date}, 200),
        ({"If-Modified-Since": VERSION.date}, 304),
        ({"If-Modified-Since": BEFORE}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Match": VERSION.etag}, 200),
        ({"If-Match": "W/" + VERSION.etag}, 412),
        ({"If-Match": OTHER}, 412),
        ({"If-Match": "*"}, 200),
        ({"If-Unmodified-Since": BEFORE}, 412),
        ({"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 412),
        ({"If-Unmodified-Since": "?"}, 200),
        ({"If-Unmodified-Since": AFTER}, 200),
        ({"If-Match": VERSION.etag, "If-Unmodified-Since": BEFORE}, 200),
    ],
)
def test_conditions(headers: dict[str, str], status: int) -> None:
    """Tags before dates; a date must be the same, as nginx has it."""
    assert judge(headers, VERSION) == status


@pytest.mark.parametrize(
    ("asked", "spans"),
    [
        ("bytes=0-0", ((0, 1),)),
        ("bytes=10-19", ((10, 20),)),
        ("bytes=90-", ((90, 100),)),
        ("bytes=90-1000", ((90, 100),)),
        ("bytes=-10", ((90, 100),)),
        ("bytes=-1000", ((0, 100),)),
        ("Bytes= 5 - 6 ", ((5, 7),)),
        ("bytes=0-1,98-", ((0, 2), (98, 100))),
        ("bytes=0-1,200-", ((0, 2),)),
        ("bytes=100-", ()),
        ("bytes=-0", ()),
        ("bytes=5-2", ()),
        ("bytes=-", ()),
        ("bytes=a-b", ()),
        ("bytes=", ()),
        ("bytes=1-2-3", ()),
        ("bytes=" + "9" * 30 + "-", ()),
        ("lines=1-2", None),
        ("", None),
        ("bytes=0-,0-", None),
    ],
)
def test_ranges(asked: str, spans: tuple[tuple[int, int], ...] | None) -> None:
    """Of 100 bytes."""
    assert wanted({"Range": asked}, VERSION, 100) == spans


@pytest.mark.parametrize(
    ("condition", "part"),
    [(VERSION.etag, True), (VERSION.date, True), (OTHER, False), (BEFORE, False), ("x", False)],
)
def test_a_part_of_another_version_is_not_sent(condition: str, part: bool) -> None:
    """`If-Range`: the part if it is still the same file, else all of it."""
    spans = wanted({"Range": "bytes=0-1", "If-Range": condition}, VERSION, 100)
    assert (spans is not None) == part


@given(st.text("bytes=0123456789-, ", max_size=40), st.integers(0, 50))
def test_every_span_lies_within(asked: str, size: int) -> None:
    """Whatever is asked for."""
    for start, end in wanted({"Range": "bytes=" + asked}, VERSION, size) or ():
        assert 0 <= start < end <= size
