"""Every way we know to write a path that leads out of a folder, combined."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

UP = (
    "..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "%25252e%25252e", "%c0%ae%c0%ae", "%e0%80%ae.",
    "%u002e%u002e", "..%00", "..%01", "%ef%bc%8e%ef%bc%8e", "....", "..;", "...", ". .", "..%20",
    "..%0d%0a", ".%00.", "%f0%80%80%ae.", "%fc%80%80%80%80%ae.", "..%3f", "..%23", "%%32%65.",
)  # fmt: skip
SLASH = (
    "/", "%2f", "%2F", "\\", "%5c", "%255c", "%252f", "%c0%af", "%c1%9c", "//", "/./", "%e2%88%95",
    "%ef%bc%8f", "/%2f", "\\/", ":", "%u2215", "%00/",
)  # fmt: skip
GOALS = (
    "secret.txt", "siteother/secret.txt", "etc/passwd", "secret.txt%00.html", "secret.txt?raw??",
    "secret.txt#x", "secret.txt/", "secret.txt%3f.html", "etc%2fpasswd", "proc/self/environ",
)  # fmt: skip
STARTS = ("", "/papers", "/assets", "/_preview", "/tags/.", "//")
SINGLE = (
    "/.env", "/%2eenv", "/.git/config", "/.git%2fconfig", "/linked/secret.txt", "/link.txt",
    "/linked/", "/papers/inner.html", "/./.env", "//.env", "/papers/../.env", "/..", "/../",
    "/siteother/secret.txt", "/%2e%2e", "/~root", "/file:///etc/passwd", "/C:/secret.txt",
    "/secret.txt::$DATA", "/@fs/etc/passwd", "/papers/one.html::$DATA", "/CON", "/con.html", "/%00",
    "/%ff%fe", "/%", "/%zz", "/*", "/|", "/<>", "/%0aSet-Cookie:x", "/%e2%80%ae", "/\x00", "/\t",
    "/ü", "http://localhost/secret.txt", "http://evil.example/../secret.txt", "file:///etc/passwd",
    "..", "../secret.txt", "secret.txt", "\\..\\secret.txt", "*", "?", "#", "/index.html.",
    "/index.html%20",
)  # fmt: skip


def targets(limit: int | None = None) -> Iterator[str]:
    """All targets of requests, or `limit` of them spread evenly."""
    every = [*SINGLE]
    for start, depth, up, slash, goal in itertools.product(STARTS, (1, 2, 6), UP, SLASH, GOALS):
        every.append(f"{start}/{(up + slash) * depth}{goal}")
    step = 1 if limit is None else max(1, len(every) // limit)
    yield from SINGLE
    yield from every[len(SINGLE) :: step]
