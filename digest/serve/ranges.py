"""What of a file is sent: nothing new, all of it, or the part that was asked for.

RFC 9110, sections 13 (conditions) and 14 (ranges), where it leaves a choice as nginx takes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from typing import Literal, NamedTuple

_TAGS = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_ONE = re.compile(r"[ \t]*+([0-9]{0,18})[ \t]*+-[ \t]*+([0-9]{0,18})[ \t]*+")
_MOST = 16
"""Ranges of one request; who asks for more gets the whole."""
BOUNDARY = "00000000000000digest"
"""Between the parts of one answer. It may stand within a part: readers count bytes."""


class Version(NamedTuple):
    """What a file is at this moment, as browsers compare it."""

    etag: str
    """Strong, with its quotes."""
    modified: int
    """Seconds since 1970."""

    @property
    def date(self) -> str:
        """`modified` as headers have it."""
        return formatdate(self.modified, usegmt=True)


class Span(NamedTuple):
    """Bytes of a file, the end not among them."""

    start: int
    end: int


def version_of(mtime_ns: int, size: int, mark: str = "") -> Version:
    """`mark` tells versions apart that have the same file."""
    return Version(f'"{mtime_ns:x}-{size:x}{mark}"', mtime_ns // 1_000_000_000)


def judge(headers: Mapping[str, str], version: Version) -> Literal[200, 304, 412]:
    """Whether whoever asks has `version` already, or wants another."""
    if (match := headers.get("If-Match")) is not None:
        if not _has(match, version.etag, weak=False):
            return 412
    else:
        since = _seconds(headers.get("If-Unmodified-Since"))
        if since is not None and version.modified > since:
            return 412
    if (none := headers.get("If-None-Match")) is not None:
        return 304 if _has(none, version.etag, weak=True) else 200
    # Exactly equal, as nginx has it: an older version put back is a change too.
    since = _seconds(headers.get("If-Modified-Since"))
    return 304 if since == version.modified else 200


def wanted(headers: Mapping[str, str], version: Version, size: int) -> tuple[Span, ...] | None:
    """The parts of `size` bytes to send; none at all means that nothing asked for is there.

    None where the whole is to be sent.
    """
    asked = headers.get("Range", "")
    if asked[:6].lower() != "bytes=":
        return None
    if (condition := headers.get("If-Range")) is not None:
        same = condition.strip() == version.etag or _seconds(condition) == version.modified
        if not same:
            return None
    spans = []
    for piece in asked[6:].split(","):
        m = _ONE.fullmatch(piece)
        if m is None or not (m[1] or m[2]):
            return ()
        if m[1]:
            start, end = int(m[1]), int(m[2]) + 1 if m[2] else size
            if end <= start and m[2]:
                return ()
        else:
            start, end = max(0, size - int(m[2])), size
        if start < min(end, size):
            spans.append(Span(start, min(end, size)))
    if len(spans) > _MOST or sum(end - start for start, end in spans) > size:
        return None
    return tuple(spans)


def wrap(spans: tuple[Span, ...], kind: str, size: int) -> tuple[list[bytes], bytes]:
    """What stands before each of several parts of a file of `size` bytes, and at the end."""
    heads = [
        f"\r\n--{BOUNDARY}\r\nContent-Type: {kind}\r\n"
        f"Content-Range: bytes {start}-{end - 1}/{size}\r\n\r\n".encode()
        for start, end in spans
    ]
    return heads, f"\r\n--{BOUNDARY}--\r\n".encode()


def _has(listed: str, etag: str, *, weak: bool) -> bool:
    if listed.strip() == "*":
        return True
    return any(tag == etag and (weak or not loose) for loose, tag in _TAGS.findall(listed))


def _seconds(date: str | None) -> int | None:
    if date is None:
        return None
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
